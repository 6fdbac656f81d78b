"""Where the traffic of a workload starts: interfaces, their subnets and groups (facts A.0)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import Network, Subnet
from checkov_ecs_endpoints.model.workloads import Capacity, Launch, NetworkMode, Placement, Workload
from checkov_ecs_endpoints.reasoning.launches import (
    Interface,
    application_interface,
    host_interface,
    launches_of,
    mode_of,
)
from checkov_ecs_endpoints.reasoning.needs import Need
from checkov_ecs_endpoints.reasoning.security import Groups, groups_in_effect
from checkov_ecs_endpoints.values import Truth, Unknown, Why


@dataclass(frozen=True, slots=True)
class Interfaces:
    """Interfaces of one launch of a workload: the tasks' own, or those of its instances.

    ``exists`` is True, or the unknown that decides whether the launch is used.
    """

    placement: Placement
    capacity: Capacity
    interface: Interface
    exists: Truth = True

    def vpc(self, network: Network) -> Link:
        """The VPC that they are in, found by their first known subnet."""
        unknown = self.placement.subnets.rest
        for link in self.placement.subnets:
            if isinstance(link, str):
                return network.subnets[link].vpc
            unknown = unknown or link
        return unknown or self.no_subnets

    @property
    def no_subnets(self) -> Unknown:
        """What is not known where no subnets are given."""
        source = self.placement.source
        return Unknown(Why.NOT_SET, f"the subnets of {source.address}", source.at("subnets"))

    def groups(self, network: Network) -> Groups:
        """The security groups in effect on them."""
        return groups_in_effect(network, self.placement.groups, self.vpc(network))


@dataclass(frozen=True, slots=True)
class Origin:
    """One subnet that interfaces of a workload may be in."""

    interfaces: Interfaces
    subnet: Subnet

    @property
    def placement(self) -> Placement:
        """The placement of the interfaces."""
        return self.interfaces.placement

    @property
    def name(self) -> str:
        """The subnet as people know it."""
        return self.subnet.source.address

    def groups(self, network: Network) -> Groups:
        """The security groups in effect on an interface in this subnet."""
        return groups_in_effect(network, self.placement.groups, self.subnet.vpc)

    def public_address(self) -> Truth:
        """Whether an interface here gets a public IPv4 address (facts D16, D17)."""
        if self.interfaces.interface is Interface.TASK and self.interfaces.capacity is not Capacity.FARGATE:
            return False
        decided = self.placement.public_ip
        return self.subnet.public_ip_on_launch if decided is None else decided

    def ipv6_address(self) -> Truth:
        """Whether an interface here gets an IPv6 address, which is always a public one.

        In a subnet of both versions tasks do if the account setting ``dualStackIPv6`` is on:
        https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html;
        instances where the subnet or their launch template says so.
        """
        if self.subnet.ipv6_native is not False:
            return self.subnet.ipv6_native
        if self.subnet.ipv6 is not True:
            return self.subnet.ipv6
        place = self.subnet.source.at()
        if self.interfaces.interface is Interface.TASK:
            subject = f"whether tasks in {self.name} get IPv6 addresses"
            return Unknown(Why.OUTSIDE, subject, place, "the account setting dualStackIPv6 decides")
        return Unknown(Why.NOT_MODELLED, f"whether instances in {self.name} get IPv6 addresses", place)


def interfaces_of(workload: Workload, launch: Launch, interface: Interface) -> Listing[Interfaces]:
    """The interfaces of one kind that a launch gives a workload."""
    if interface is Interface.TASK:
        if workload.tasks is None:
            subject = f"the network configuration of {workload.source.address}"
            return Listing((), Unknown(Why.NO_VALUE, subject, workload.source.at()))
        return Listing((Interfaces(workload.tasks, launch.capacity, interface, launch.exists),))
    found: list[Interfaces] = []
    rest = launch.instances.rest
    for instances in launch.instances:
        if isinstance(instances.placement, Unknown):
            rest = rest or instances.placement
        else:
            found.append(Interfaces(instances.placement, launch.capacity, interface, launch.exists))
    return Listing(tuple(found), rest)


def application_interfaces(workload: Workload) -> Listing[Interfaces]:
    """The interfaces that the application's own traffic leaves by, of every launch."""
    return _over_launches(workload, lambda launch: application_interface(workload, launch))


def host_interfaces(workload: Workload) -> Listing[Interfaces]:
    """The interfaces that images, secrets and logs come through, of every launch."""
    return _over_launches(workload, host_interface)


def origins(network: Network, interfaces: Listing[Interfaces]) -> Listing[Origin]:
    """Every subnet that the interfaces may be in; ``rest`` if there may be others."""
    found: list[Origin] = []
    rest = interfaces.rest
    for one in interfaces:
        subnets = one.placement.subnets
        rest = rest or subnets.rest or (None if subnets else one.no_subnets)
        for link in subnets:
            if isinstance(link, Unknown):
                rest = rest or link
            else:
                found.append(Origin(one, network.subnets[link]))
    return Listing(tuple(found), rest)


def origins_of_need(network: Network, workload: Workload, need: Need) -> Listing[Origin]:
    """Every place that the traffic of a need starts from."""
    return origins(network, interfaces_of(workload, need.launch, need.interface))


def _over_launches(workload: Workload, which: Callable[[Launch], Interface | Unknown]) -> Listing[Interfaces]:
    if mode_of(workload) is NetworkMode.NONE:
        return Listing()
    found: list[Interfaces] = []
    rest: Unknown | None = None
    for launch in launches_of(workload):
        interface = which(launch)
        if isinstance(interface, Unknown):
            rest = rest or interface
        else:
            listed = interfaces_of(workload, launch, interface)
            found += listed.items
            rest = rest or listed.rest
    return Listing(tuple(found), rest)
