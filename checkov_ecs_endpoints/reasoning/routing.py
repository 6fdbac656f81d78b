"""Routes: which table a subnet has, and where its traffic to the internet goes.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from ipaddress import ip_network

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.network import (
    Cidr,
    CustomerPrefixList,
    Forwarder,
    Network,
    Route,
    RouteTable,
    Subnet,
    TargetKind,
)
from checkov_ecs_endpoints.reasoning.addresses import Block, block, is_public, within
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every, some

_HALVES = {
    4: (ip_network("0.0.0.0/1"), ip_network("128.0.0.0/1")),
    6: (ip_network("::/1"), ip_network("8000::/1")),
}
"""A default route may be written as two; each half of the addresses goes its own way."""


class Exit(Enum):
    """Where the traffic of a subnet to addresses on the internet goes."""

    NONE = "nowhere"
    INTERNET_GATEWAY = "an internet gateway"
    NAT_GATEWAY = "a NAT gateway"
    NAT_INSTANCE = "a NAT instance"
    HUB = "something whose other side is not in these files"


@dataclass(frozen=True, slots=True)
class WayOut:
    """The way out of a subnet, followed from its effective route table to what the route leads to.

    ``gateway`` is the id of the NAT gateway or of what else the route names, "" if there
    is none. ``exit`` is Unknown where the routes do not tell.
    """

    exit: Exit | Unknown
    gateway: str
    kind: TargetKind | None
    steps: tuple[Step, ...]


def table_of(network: Network, subnet: Subnet) -> tuple[RouteTable | Unknown, tuple[Step, ...]]:
    """The effective route table of a subnet: the associated one, else the VPC's main one."""
    named = [a for a in network.associations if a.subnet == subnet.id]
    certain = [a for a in named if a.exists is True]
    name = subnet.source.address
    for association in certain or named:
        if isinstance(association.exists, Unknown):
            return association.exists, (
                association.source.step(f"{name} may be associated with a route table"),
            )
        table = association.table
        if isinstance(table, Unknown):
            return table, (
                association.source.step(f"{name} is associated with a route table that is not known"),
            )
        found = network.tables[table]
        return found, (
            association.source.step(f"{name} is associated with route table {found.source.address}"),
        )
    for association in network.associations:
        if isinstance(association.subnet, Unknown):
            step = association.source.step(
                "this association is of a subnet that is not known, perhaps of this one"
            )
            return association.subnet, (step,)
    if isinstance(subnet.vpc, Unknown):
        return subnet.vpc, (
            subnet.source.step(f"{name} has no association, and its VPC is not known", "vpc"),
        )
    vpc = network.vpcs[subnet.vpc]
    if isinstance(vpc.main_table, Unknown):
        return vpc.main_table, (
            vpc.source.step(f"{name} has no association, and the main table is not known"),
        )
    main = network.tables[vpc.main_table]
    sentence = f"{name} has no association, so it uses the main route table of {vpc.source.address}"
    return main, (main.source.step(sentence),)


def default_routes(table: RouteTable, version: int = 4) -> list[Route]:
    """The routes that carry traffic to any address: the whole space or a half of it."""
    return [
        route
        for route in table.routes
        if any(found.version == version and found.prefixlen <= 1 for found in _ranges(route))
    ]


def leads_to_internet_gateway(
    network: Network, subnet: Subnet, versions: Iterable[int] = (4, 6)
) -> tuple[Truth, tuple[Step, ...]]:
    """Whether a subnet is public: a default route of its table goes to an internet gateway.

    IPv6 and the two halves of the address space count too (design 4.2). Never decided by
    ``map_public_ip_on_launch`` or by names.
    """
    table, steps = table_of(network, subnet)
    if isinstance(table, Unknown):
        return table, steps
    truths: list[Truth] = []
    for route in [route for version in versions for route in default_routes(table, version)]:
        if isinstance(route.target, Unknown):
            truths.append(route.target)
        elif route.target.kind is TargetKind.INTERNET_GATEWAY:
            truths.append(route.exists)
            if route.exists is True:
                steps = (*steps, *_follow(network, route).steps)
                break
    for route in table.routes:
        unclear = _unclear_destination(route)
        if unclear is not None:
            to_gateway = isinstance(route.target, Unknown) or (
                route.target.kind is TargetKind.INTERNET_GATEWAY
            )
            truths += [unclear] if to_gateway else []
    if table.routes.rest is not None:
        truths.append(table.routes.rest)
    return some(truths), steps


def way_out(network: Network, subnet: Subnet) -> WayOut:
    """Follow the IPv4 default route of a subnet's effective table to its target."""
    ways, steps = ways_out(network, subnet)
    first = ways[0]
    if all((way.exit, way.gateway) == (first.exit, first.gateway) for way in ways):
        return WayOut(first.exit, first.gateway, first.kind, (*steps, *first.steps))
    table, _ = table_of(network, subnet)
    assert isinstance(table, RouteTable)  # else there is one way alone
    unclear = next((way.exit for way in ways if isinstance(way.exit, Unknown)), None)
    unclear = unclear or next(
        (r.exists for r in default_routes(table) if isinstance(r.exists, Unknown)), None
    )
    several = Unknown(
        Why.NOT_MODELLED, f"which route of {table.source.address} leads to the service", table.source.at()
    )
    return WayOut(unclear or several, "", None, (*steps, *(step for way in ways for step in way.steps)))


def ways_out(network: Network, subnet: Subnet, version: int = 4) -> tuple[list[WayOut], tuple[Step, ...]]:
    """The ways that traffic to the internet may take, each with its own steps, and the steps to them."""
    table, steps = table_of(network, subnet)
    if isinstance(table, Unknown):
        return [WayOut(table, "", None, ())], steps
    carriers = _carriers(table, version)
    return [
        _nowhere(table, version) if route is None else _follow(network, route) for route in carriers
    ], steps


def _carriers(table: RouteTable, version: int) -> list[Route | None]:
    """The routes that may carry traffic to anywhere, longest prefix first; None where none may."""
    found: list[Route | None] = []
    for half in _HALVES[version]:
        longest = -1
        for route in sorted(default_routes(table, version), key=lambda route: -_prefix(route, half)):
            if _prefix(route, half) < max(longest, 0):
                break
            found.append(route)
            if route.exists is True:
                longest = _prefix(route, half)
        if longest < 0:
            found.append(None)
    return [route for number, route in enumerate(found) if route not in found[:number]]


def _prefix(route: Route, half: Block) -> int:
    """The length of the prefix by which a route takes one half of the addresses, -1 if it does not."""
    return max((found.prefixlen for found in _ranges(route) if within(half, found)), default=-1)


def _nowhere(table: RouteTable, version: int) -> WayOut:
    open_edge = _open_edge(table, version)
    if open_edge is None:
        return WayOut(Exit.NONE, "", None, (no_default_route(table),))
    return WayOut(open_edge, "", None, (table.source.step("its routes are not all known"),))


def no_default_route(table: RouteTable) -> Step:
    """The step that says that a table has no default route, and which routes were looked at."""
    looked = (
        ", ".join(sorted(f"{_destination(r)} -> {_target(r)}" for r in table.routes))
        or "none but the local one"
    )
    return table.source.step(f"it has no default route (routes: {looked})")


def _ranges(route: Route) -> list[Block]:
    """The ranges of a destination as far as they are known; a prefix list has several."""
    destination = route.destination
    entries = destination.entries if isinstance(destination, CustomerPrefixList) else (destination,)
    return [found for one in entries if isinstance(one, Cidr) and (found := block(one.block)) is not None]


def _open_edge(table: RouteTable, version: int) -> Unknown | None:
    """Why a table without default route may still carry traffic to a service's addresses."""
    if table.routes.rest is not None:
        return table.routes.rest
    for route in table.routes:
        unclear = _unclear_destination(route)
        if unclear is not None:
            return unclear
        for found in _ranges(route):
            if found.version == version and is_public(found) and found.prefixlen > 1:
                subject = f"whether a service's addresses lie in {found}"
                return Unknown(Why.NOT_MODELLED, subject, route.source.at())
    return None


def _unclear_destination(route: Route) -> Unknown | None:
    """Why it is not known where a route is for."""
    if isinstance(route.destination, CustomerPrefixList):
        return route.destination.entries.rest
    return route.destination if isinstance(route.destination, Unknown) else None


def _follow(network: Network, route: Route) -> WayOut:
    target = route.target
    if isinstance(target, Unknown):
        step = route.source.step(
            f"its route {_destination(route)} goes to a target that is not known", "target"
        )
        return WayOut(target, "", None, (step,))
    name = target.id if isinstance(target.id, str) else ""
    what = f"{target.kind.value} {name}" if name else f"{_article(target.kind)} {target.kind.value}"
    step = route.source.step(f"its route {_destination(route)} goes to {what}", "target")
    if target.kind is TargetKind.INTERNET_GATEWAY:
        return WayOut(Exit.INTERNET_GATEWAY, name, target.kind, (step,))
    if target.kind is TargetKind.NAT_GATEWAY:
        exit_: Exit | Unknown = Exit.NAT_GATEWAY if isinstance(target.id, str) else target.id
        return WayOut(exit_, name, target.kind, (step,))
    if target.kind in (TargetKind.LOCAL, TargetKind.EGRESS_ONLY_GATEWAY):
        return WayOut(Exit.NONE, name, target.kind, (step,))
    forwarder = network.forwarders.get(name)
    if forwarder is not None and is_nat_instance(network, forwarder) is True:
        serves = forwarder.source.step(
            f"{name} is a NAT instance: it forwards, and has a public address in a public subnet", "forwards"
        )
        return WayOut(Exit.NAT_INSTANCE, name, target.kind, (step, serves))
    return WayOut(Exit.HUB, name, target.kind, (step,))


def is_nat_instance(network: Network, forwarder: Forwarder) -> Truth:
    """Whether an instance can be a NAT instance, and little else (facts C11).

    It takes traffic for others, and has a public address in a subnet that routes to an internet gateway.
    """
    if isinstance(forwarder.subnet, Unknown):
        return forwarder.subnet
    subnet = network.subnets[forwarder.subnet]
    address = subnet.public_ip_on_launch if forwarder.public_ip is None else forwarder.public_ip
    public, _ = leads_to_internet_gateway(network, subnet)
    return every([forwarder.exists, forwarder.forwards, address, public])


def _article(kind: TargetKind) -> str:
    return "an" if kind.value[0] in "aeio" else "a"


def _destination(route: Route) -> str:
    return route.destination.block if isinstance(route.destination, Cidr) else "to a prefix list"


def _target(route: Route) -> str:
    if isinstance(route.target, Unknown):
        return "unknown"
    return route.target.id if isinstance(route.target.id, str) else route.target.kind.value
