"""On through a transit gateway that the configuration creates, to the VPC that its default route leads to.

What a transit gateway is told elsewhere can only be guessed at: a way through it is found, with every step of
it certain, or it is not known. What lies behind it decides as in any VPC.

Source: https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-nat-igw.html
"""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import Cidr, Network, Range, Route, Subnet
from checkov_ecs_endpoints.model.transit import TransitAttachment, TransitRoute, TransitTable
from checkov_ecs_endpoints.reasoning.addresses import Block, block, is_public, overlap, within
from checkov_ecs_endpoints.reasoning.answers import Answer
from checkov_ecs_endpoints.reasoning.routing import table_of
from checkov_ecs_endpoints.reasoning.subnets import ranges_of
from checkov_ecs_endpoints.reasoning.zones import same_zone
from checkov_ecs_endpoints.values import Unknown, Why, some

_ANYWHERE = Cidr("0.0.0.0/0")


@dataclass(frozen=True, slots=True)
class Transit:
    """The way from a subnet through a transit gateway: the attachments of both VPCs, and what is behind it.

    ``subnets`` are those of the far VPC that the gateway sends traffic into.
    """

    gateway: str
    near: TransitAttachment
    far: TransitAttachment
    subnets: tuple[Subnet, ...]
    steps: tuple[Step, ...]


def through(network: Network, subnet: Subnet, gateway: str) -> Transit | None:
    """The way of a subnet's traffic to the internet through a transit gateway; None where it is not known."""
    near = _attachment(network, subnet, gateway)
    table = None if near is None else _table(network, near)
    route = None if table is None else _default_route(table)
    if near is None or table is None or route is None or not isinstance(route.attachment, str):
        return None
    far = network.transit_attachments[route.attachment]
    behind = [network.subnets[link] for link in far.subnets if isinstance(link, str)]
    open_ended = far.subnets.rest is not None or len(behind) < len(far.subnets.items)
    if far.exists is not True or far.vpc == near.vpc or far.gateway != gateway or open_ended or not behind:
        return None
    steps = (
        near.source.step(f"{gateway} takes its traffic by {near.source.address}", "subnets"),
        route.source.step(f"the route 0.0.0.0/0 of {gateway} leads to {far.source.address}", "attachment"),
    )
    return Transit(gateway, near, far, tuple(behind), steps)


def _attachment(network: Network, subnet: Subnet, gateway: str) -> TransitAttachment | None:
    """The attachment of the VPC of a subnet, which takes traffic of the zones that it has subnets in."""
    found = [
        one
        for one in network.transit_attachments.values()
        if one.vpc == subnet.vpc and one.gateway == gateway and isinstance(subnet.vpc, str)
    ]
    if len(found) != 1 or found[0].exists is not True:
        return None
    subnets = (network.subnets[link] for link in found[0].subnets if isinstance(link, str))
    return found[0] if some(same_zone(subnet, one) for one in subnets) is True else None


def _table(network: Network, attachment: TransitAttachment) -> TransitTable | None:
    table = network.transit_tables.get(attachment.table) if isinstance(attachment.table, str) else None
    return table if table is not None and table.exists is True else None


def _default_route(table: TransitTable) -> TransitRoute | None:
    """The static default route of a table, where no other may take traffic to the internet before it."""
    found = [one for one in table.routes if one.destination == _ANYWHERE]
    before = any(one not in found and _may_be_public(one) for one in table.routes)
    if before or table.routes.rest is not None or len(found) != 1:
        return None
    return found[0] if found[0].exists is True else None


def _may_be_public(route: TransitRoute) -> bool:
    range_ = block(route.destination.block) if isinstance(route.destination, Cidr) else None
    return range_ is None or is_public(range_)


def replies(network: Network, way: Transit, subnet: Subnet, last: Subnet) -> Answer:
    """Whether replies find the way back to a subnet from the last one of the VPC behind the gateway.

    A subnet's route to the gateway works in the zones that the gateway has an interface in.
    """
    wanted = ranges_of(network, subnet)
    table, steps = table_of(network, last)
    routes = Listing() if isinstance(table, Unknown) else table.routes
    there = [route for route in routes if _concerns(route.destination, wanted)]
    right = all(_leads_to(route, way.gateway) and _holds(route.destination, wanted) for route in there)
    taken = some(same_zone(last, network.subnets[link]) for link in way.far.subnets if isinstance(link, str))
    if there and right and routes.rest is None and taken is True and _leads_back(network, way, wanted):
        return Answer(True, "", (there[0].source.step(f"replies go back through {way.gateway}", "target"),))
    subject = f"whether replies find the way from {last.source.address} back to {subnet.source.address}"
    return Answer(Unknown(Why.NOT_MODELLED, subject, last.source.at()), subject, steps)


def _leads_to(route: Route, gateway: str) -> bool:
    return not isinstance(route.target, Unknown) and route.target.id == gateway and route.exists is True


def _leads_back(network: Network, way: Transit, wanted: tuple[Block, ...]) -> bool:
    """Whether the gateway sends replies to the attachment that the traffic came by, and nowhere else."""
    table = _table(network, way.far)
    if table is None or table.routes.rest is not None:
        return False
    there = [route for route in table.routes if _concerns(route.destination, wanted)]
    right = all(
        route.attachment == way.near.id and route.exists is True and _holds(route.destination, wanted)
        for route in there
    )
    return right and (bool(there) or way.near.id in table.propagated.items)


def _concerns(destination: Range, wanted: tuple[Block, ...]) -> bool:
    """Whether a route is, or may be, for addresses of the ranges; a default route is longer than none."""
    range_ = block(destination.block) if isinstance(destination, Cidr) else None
    if range_ is None:
        return True
    return range_.version == 4 and range_.prefixlen > 1 and any(overlap(one, range_) for one in wanted)


def _holds(destination: Range, wanted: tuple[Block, ...]) -> bool:
    range_ = block(destination.block) if isinstance(destination, Cidr) else None
    return range_ is not None and bool(wanted) and all(within(one, range_) for one in wanted)
