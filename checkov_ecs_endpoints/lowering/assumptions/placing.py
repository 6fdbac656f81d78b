"""What lies in a network that the settings assume: interfaces whose subnets, and things whose VPC, are given.

An assumption names what gives a VPC, or its subnets. The rest of what is given follows: AWS
lets an interface have security groups of its own VPC alone, and a data source is asked by what
it looks up.
https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from checkov_ecs_endpoints.lowering.assumptions.networks import Assumed
from checkov_ecs_endpoints.lowering.assumptions.sources import Sources
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import (
    DnsInfluence,
    Endpoint,
    InternetGateway,
    NatGateway,
    Network,
    NetworkAcl,
    RouteTable,
    SecurityGroup,
    Subnet,
)
from checkov_ecs_endpoints.model.workloads import InstanceSet, Launch, Placement, Workload
from checkov_ecs_endpoints.settings import Assumption
from checkov_ecs_endpoints.values import Unknown

Inside = TypeVar(
    "Inside",
    Subnet,
    RouteTable,
    InternetGateway,
    NatGateway,
    Endpoint,
    SecurityGroup,
    NetworkAcl,
    DnsInfluence,
)


@dataclass(frozen=True, slots=True)
class Placing:
    """Places things of a network and workloads in the assumed networks, one for each region.

    ``assumed`` are those in which something lies, by what is assumed and region.
    """

    network: Network
    sources: Sources
    assumed: dict[tuple[str, str | Unknown], Assumed] = field(default_factory=dict)

    def with_vpcs(self) -> Network:
        """The network in which what lies in an assumed VPC is linked to it."""
        network = self.network
        return replace(
            network,
            subnets=self._all_within(network.subnets),
            tables=self._all_within(network.tables),
            internet_gateways=self._all_within(network.internet_gateways),
            nat_gateways=self._all_within(network.nat_gateways),
            endpoints={id_: self._endpoint(one) for id_, one in network.endpoints.items()},
            groups=self._all_within(network.groups),
            acls=self._all_within(network.acls),
            dns=tuple(map(self._within, network.dns)),
        )

    def _all_within(self, items: Mapping[str, Inside]) -> Mapping[str, Inside]:
        return {id_: self._within(item) for id_, item in items.items()}

    def _within(self, item: Inside) -> Inside:
        assumption = self._of_vpc(item.vpc) if isinstance(item.vpc, Unknown) else None
        return item if assumption is None else replace(item, vpc=self._in(assumption, item.id).vpc)

    def _in(self, assumption: Assumption, id_: str) -> Assumed:
        """The assumed network in the region of a resource."""
        region = self.sources.region(id_)
        return self.assumed.setdefault((assumption.key, region), Assumed(assumption, region))

    def _endpoint(self, endpoint: Endpoint) -> Endpoint:
        """An endpoint with interfaces in subnets from elsewhere that workloads are placed in."""
        region = self.sources.region(endpoint.id)
        here = (one for one in self.assumed.values() if one.region == region)
        placed = {given.subject: id_ for one in here for id_, given in one.subnets.items()}
        return self._within(replace(endpoint, subnets=_replaced(endpoint.subnets, placed)))

    def _of_vpc(self, vpc: Unknown) -> Assumption | None:
        """The assumption about a VPC from elsewhere."""
        found = self.sources.behind(vpc)
        if found is not None or self.network.vpcs or self.sources.creates_unseen():
            return found
        return self.sources.of_any() if self.sources.from_elsewhere(vpc) else None

    def placed(self, workload: Workload) -> Workload:
        """The workload with the interfaces of its tasks and of its instances placed."""
        launches = tuple(self._launch(launch, workload.id) for launch in workload.launches)
        return replace(
            workload,
            tasks=None if workload.tasks is None else self._placement(workload.tasks, workload.id),
            launches=Listing(launches, workload.launches.rest),
        )

    def _launch(self, launch: Launch, id_: str) -> Launch:
        instances = tuple(self._instances(one, id_) for one in launch.instances)
        return replace(launch, instances=Listing(instances, launch.instances.rest))

    def _instances(self, instances: InstanceSet, id_: str) -> InstanceSet:
        if isinstance(instances.placement, Unknown):
            return instances
        return replace(instances, placement=self._placement(instances.placement, id_))

    def _placement(self, placement: Placement, id_: str) -> Placement:
        given = [link for link in placement.subnets if isinstance(link, Unknown)]
        given += [placement.subnets.rest] if placement.subnets.rest else []
        placed = {
            unknown.subject: self._in(assumption, id_).subnet(unknown)
            for unknown in given
            if (assumption := self._of_subnet(unknown, placement)) is not None
        }
        return replace(placement, subnets=_replaced(placement.subnets, placed))

    def _of_subnet(self, subnet: Unknown, placement: Placement) -> Assumption | None:
        """The assumption about subnets from elsewhere.

        Subnets whose interfaces get public addresses are taken for public ones, of which nothing
        is assumed, and so are those that decide on it, unless it is they that are named.
        """
        if placement.public_ip not in (None, False):
            return None
        found = self.sources.behind(subnet) or self._by_surroundings(subnet, placement)
        if found is None or placement.public_ip is False or found.match.giver is None:
            return found
        return found if self.sources.names(found, subnet) else None

    def _by_surroundings(self, subnet: Unknown, placement: Placement) -> Assumption | None:
        """The assumption about subnets of which only the surroundings tell where they are.

        With subnets of its own the configuration may mean those, if a condition is not known.
        """
        own = bool(self.network.subnets) or self.sources.creates_unseen()
        if own or not self.sources.from_elsewhere(subnet):
            return None
        vpcs = [self.network.groups[group].vpc for group in placement.groups if isinstance(group, str)]
        if not all(isinstance(vpc, Unknown) for vpc in vpcs):
            return None
        by_groups = (self._of_vpc(vpc) for vpc in vpcs if isinstance(vpc, Unknown))
        return next((one for one in by_groups if one is not None), None) or self._only_one()

    def _only_one(self) -> Assumption | None:
        """The assumption about any network, or the one about the only network that is given."""
        found = self.sources.of_any()
        if found is not None:
            return found
        in_use = self.sources.in_use()
        told = [self.sources.behind(vpc) for vpc in self._given_vpcs()]
        return in_use[0] if len(in_use) == 1 and all(one is in_use[0] for one in told) else None

    def _given_vpcs(self) -> Iterator[Unknown]:
        network = self.network
        for items in (network.tables, network.endpoints, network.groups):
            for item in items.values():
                if isinstance(item.vpc, Unknown):
                    yield item.vpc


def _replaced(links: Listing[Link], placed: Mapping[str, str]) -> Listing[Link]:
    """Subnets, of which those that are not known are replaced by what their subjects stand for."""
    found = [placed.get(link.subject, link) if isinstance(link, Unknown) else link for link in links]
    further = None if links.rest is None else placed.get(links.rest.subject)
    known = found if further is None else [*found, further]
    return Listing(tuple(dict.fromkeys(known)), links.rest if further is None else None)
