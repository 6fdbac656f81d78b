"""Where the traffic of a workload starts: interfaces, their subnets and groups (facts A.0)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import Network, Subnet
from checkov_ecs_endpoints.model.workloads import Capacity, Launch, NetworkMode, Placement, Workload
from checkov_ecs_endpoints.reasoning.needs import Interface, Need
from checkov_ecs_endpoints.reasoning.security import Groups, groups_in_effect
from checkov_ecs_endpoints.values import Truth, Unknown, Why


@dataclass(frozen=True, slots=True)
class Interfaces:
    """Interfaces of one launch of a workload: the tasks' own, or those of its instances."""

    placement: Placement
    capacity: Capacity
    interface: Interface

    def vpc(self, network: Network) -> Link:
        """The VPC that they are in, found by their first known subnet."""
        unknown = self.placement.subnets.rest
        for link in self.placement.subnets:
            if isinstance(link, str):
                return network.subnets[link].vpc
            unknown = unknown or link
        return unknown or Unknown(Why.NO_VALUE, "the subnets", self.placement.source.at("subnets"))

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


def interfaces_of(workload: Workload, launch: Launch, interface: Interface) -> Listing[Interfaces]:
    """The interfaces of one kind that a launch gives a workload."""
    if interface is Interface.TASK:
        if workload.tasks is None:
            subject = f"the network configuration of {workload.source.address}"
            return Listing((), Unknown(Why.NO_VALUE, subject, workload.source.at()))
        return Listing((Interfaces(workload.tasks, launch.capacity, interface),))
    found: list[Interfaces] = []
    rest = launch.instances.rest
    for instances in launch.instances:
        if isinstance(instances.placement, Unknown):
            rest = rest or instances.placement
        else:
            found.append(Interfaces(instances.placement, launch.capacity, interface))
    return Listing(tuple(found), rest)


def application_interfaces(workload: Workload) -> Listing[Interfaces]:
    """The interfaces that the application's own traffic leaves by, of every launch."""
    return _over_launches(workload, _application)


def host_interfaces(workload: Workload) -> Listing[Interfaces]:
    """The interfaces that images, secrets and logs come through, of every launch."""
    return _over_launches(workload, _host)


def origins(network: Network, interfaces: Listing[Interfaces]) -> Listing[Origin]:
    """Every subnet that the interfaces may be in; ``rest`` if there may be others."""
    found: list[Origin] = []
    rest = interfaces.rest
    for one in interfaces:
        rest = rest or one.placement.subnets.rest
        for link in one.placement.subnets:
            if isinstance(link, Unknown):
                rest = rest or link
            else:
                found.append(Origin(one, network.subnets[link]))
    return Listing(tuple(found), rest)


def origins_of_need(network: Network, workload: Workload, need: Need) -> Listing[Origin]:
    """Every place that the traffic of a need starts from."""
    return origins(network, interfaces_of(workload, need.launch, need.interface))


def _over_launches(
    workload: Workload, which: Callable[[Workload, Launch], Interface | Unknown | None]
) -> Listing[Interfaces]:
    found: list[Interfaces] = []
    rest = workload.launches.rest
    for launch in workload.launches:
        interface = which(workload, launch)
        if isinstance(interface, Unknown):
            rest = rest or interface
        elif interface is not None:
            listed = interfaces_of(workload, launch, interface)
            found += [one for one in listed if one not in found]
            rest = rest or listed.rest
    return Listing(tuple(found), rest)


def _application(workload: Workload, launch: Launch) -> Interface | Unknown | None:
    mode = _mode(workload)
    if launch.capacity is Capacity.EXTERNAL or mode is NetworkMode.NONE:
        return None
    if launch.capacity is Capacity.FARGATE:
        return Interface.TASK
    if isinstance(mode, Unknown):
        # A network configuration is only allowed, and then required, in network mode awsvpc.
        return mode if workload.tasks is None else Interface.TASK
    return Interface.TASK if mode is NetworkMode.AWSVPC else Interface.INSTANCE


def _host(workload: Workload, launch: Launch) -> Interface | None:
    if launch.capacity is Capacity.EXTERNAL or _mode(workload) is NetworkMode.NONE:
        return None
    return Interface.TASK if launch.capacity is Capacity.FARGATE else Interface.INSTANCE


def _mode(workload: Workload) -> NetworkMode | Unknown:
    task = workload.task_definition
    return task if isinstance(task, Unknown) else task.network_mode
