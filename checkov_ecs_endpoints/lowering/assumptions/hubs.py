"""What lies behind the routes of a configuration's own VPCs, as the settings assume it (facts B16, C13).

A transit gateway, a peering connection or a firewall of another account says nothing of what is on its
other side. What the settings say is there works, what they do not say is not known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.lowering.assumptions.networks import SAID, limits
from checkov_ecs_endpoints.lowering.assumptions.sources import Sources
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import Hub, Network, Route, RouteTable, Target, TargetKind
from checkov_ecs_endpoints.settings import Assumption, Egress, Giver, RouteKind, RouteTo
from checkov_ecs_endpoints.values import Truth, Unknown, Why

_KINDS = {
    RouteKind.TRANSIT_GATEWAY: TargetKind.TRANSIT_GATEWAY,
    RouteKind.CLOUD_WAN: TargetKind.CLOUD_WAN,
    RouteKind.PEERING: TargetKind.PEERING,
    RouteKind.FIREWALL: TargetKind.VPC_ENDPOINT,
    RouteKind.VIRTUAL_PRIVATE_GATEWAY: TargetKind.VIRTUAL_PRIVATE_GATEWAY,
    RouteKind.NETWORK_INTERFACE: TargetKind.NETWORK_INTERFACE,
}
_WRITTEN = re.compile(r"[a-z]+-[0-9a-f]{8,17}|arn:.+")
"""Ids and ARNs as AWS gives them."""


@dataclass(frozen=True, slots=True)
class Hubs:
    """Finds what routes of a network lead to and the settings say something of, and collects it by id."""

    network: Network
    sources: Sources
    found: dict[str, Hub] = field(default_factory=dict)

    def with_hubs(self) -> Network:
        """The network that knows what lies behind its routes, as far as it is said."""
        tables = {id_: self._table(table) for id_, table in self.network.tables.items()}
        return replace(self.network, tables=tables, hubs={**self.network.hubs, **self.found})

    def _table(self, table: RouteTable) -> RouteTable:
        routes = tuple(map(self._route, table.routes))
        return replace(table, routes=Listing(routes, table.routes.rest))

    def _route(self, route: Route) -> Route:
        target = route.target
        if isinstance(target, Unknown) or target.kind not in _KINDS.values():
            return route
        if target.id in self.network.firewalls or target.id in self.network.endpoints:
            return route  # what lies behind these, the files themselves say
        about = next((one for one in self.sources.assumptions if self._is_about(one, target)), None)
        if about is None:
            return route
        id_ = target.id if isinstance(target.id, str) else target.id.subject
        self.found.setdefault(id_, _hub(id_, target.kind, about))
        return replace(route, target=Target(target.kind, id_))

    def _is_about(self, assumption: Assumption, target: Target) -> bool:
        wanted = assumption.match.route_to
        if wanted is None or (wanted.kind is not None and _KINDS[wanted.kind] is not target.kind):
            return False
        return wanted.giver is None or self._gives(wanted, target.id)

    def _gives(self, wanted: RouteTo, target: Link) -> bool:
        """Whether the id that a route leads to is given by what the settings name."""
        if isinstance(target, Unknown):
            if wanted.giver is not Giver.ID:
                return wanted.giver is not None and self.sources.gives(wanted.giver, wanted.name, target)
            written = target.why is Why.OUTSIDE and _WRITTEN.fullmatch(target.subject) is not None
            return written and fnmatchcase(target.subject, wanted.name)
        resource = self.sources.index.get(target)
        if resource is None:
            return False
        if resource.is_data:
            read = Unknown(Why.DATA_SOURCE, target)
            return wanted.giver is Giver.DATA and self.sources.gives(wanted.giver, wanted.name, read)
        names = (resource.id, resource.address)
        return wanted.giver is Giver.RESOURCE and any(_is_named(name, wanted.name) for name in names)


def _is_named(name: str, wanted: str) -> bool:
    """Whether an address is meant: as it is, by a glob, or with all instances of a resource."""
    return name == wanted or any(fnmatchcase(name, glob) for glob in (wanted, f"{wanted}[[]*"))


def _hub(id_: str, kind: TargetKind, assumption: Assumption) -> Hub:
    """What is said of what lies behind a target; to the internet no peering connection leads (facts C13).

    https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html#vpc-peering-limitations
    """

    def unsaid(what: str) -> Unknown:
        note = f"{assumption.key} of the settings does not say it"
        return Unknown(Why.OUTSIDE, what, assumption.location, note)

    egress, endpoints = assumption.egress, assumption.endpoints
    internet: Truth = egress is not Egress.ISOLATED
    if egress is None or (internet and kind is TargetKind.PEERING):
        internet = unsaid(f"whether the internet is reached behind {id_}")
    return Hub(
        id=id_,
        source=Source(f"behind {id_}, {SAID}", assumption.location),
        internet=internet,
        limits=limits(egress, unsaid(f"whether anything behind {id_} limits destinations")),
        gateways=unsaid(f"which NAT gateways there are behind {id_}"),
        endpoints=unsaid(f"which endpoints there are behind {id_}") if endpoints is None else endpoints,
    )
