"""On from what a way out leads to, as far as these files hold what is there: the subnets behind it."""

from __future__ import annotations

from dataclasses import replace

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.network import Cidr, Network, Route, Subnet, TargetKind
from checkov_ecs_endpoints.reasoning.routing import Exit, WayOut, table_of, way_out
from checkov_ecs_endpoints.reasoning.transit import through
from checkov_ecs_endpoints.values import Unknown, Why


def onward(network: Network, here: Subnet, way: WayOut) -> list[Subnet] | None:
    """The subnets that traffic of a subnet goes on from behind what its way out leads to.

    None where it does not, or where they are not all known. A private NAT gateway is built to
    lead on to other networks (facts C8); the subnets of firewall endpoints (facts D13), and those
    that a transit gateway sends traffic to, have routes of their own.
    """
    if way.exit is Exit.NAT_GATEWAY:
        nat = network.nat_gateways[way.gateway]
        return (
            [network.subnets[nat.subnet]] if nat.public is not True and isinstance(nat.subnet, str) else None
        )
    if way.exit is Exit.HUB and way.kind is TargetKind.TRANSIT_GATEWAY:
        transit = through(network, here, way.gateway)
        return None if transit is None else list(transit.subnets)
    if way.exit is not Exit.HUB or way.kind is not TargetKind.VPC_ENDPOINT:
        return None
    hop = network.firewalls.get(way.gateway) or network.endpoints.get(way.gateway)
    if hop is None or not hop.subnets.items or hop.subnets.rest is not None:
        return None
    subnets = [network.subnets[link] for link in hop.subnets if isinstance(link, str)]
    return subnets if len(subnets) == len(hop.subnets.items) else None


def steps_onward(network: Network, here: Subnet, way: WayOut) -> tuple[Step, ...]:
    """The steps from a transit gateway on to the subnets that it sends traffic to."""
    transit = through(network, here, way.gateway)
    return () if transit is None else transit.steps


def way_to_nat(network: Network, subnet: Subnet) -> WayOut:
    """The way out of a subnet, and on behind a firewall or transit gateway to the one gateway it leads to."""
    if subnet.ipv6_native is not False:
        return _by_nat64(network, subnet)
    way = way_out(network, subnet)
    inside = onward(network, subnet, way) if way.exit is Exit.HUB else None
    if not inside:
        return way
    ends = [way_out(network, one) for one in inside]
    if any((end.exit, end.gateway) != (ends[0].exit, ends[0].gateway) for end in ends):
        return way
    return replace(ends[0], steps=(*way.steps, *steps_onward(network, subnet, way), *ends[0].steps))


def _by_nat64(network: Network, subnet: Subnet) -> WayOut:
    """The way to a NAT gateway from a subnet for IPv6 alone, which takes it to IPv4 destinations (facts C12).

    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-nat64-dns64.html
    """
    table, steps = table_of(network, subnet)
    unclear = subnet.ipv6_native if isinstance(subnet.ipv6_native, Unknown) else None
    if isinstance(table, Unknown):
        unclear = unclear or table
    elif unclear is None and any(_may_be_nat64(route) for route in table.routes):
        subject = f"which traffic of {subnet.source.address} goes over NAT64"
        unclear = Unknown(Why.NOT_MODELLED, subject, subnet.source.at("ipv6_native"))
    return WayOut(unclear or Exit.NONE, "", None, steps)


def _may_be_nat64(route: Route) -> bool:
    of_ipv6 = not isinstance(route.destination, Cidr) or ":" in route.destination.block
    return of_ipv6 and (isinstance(route.target, Unknown) or route.target.kind is TargetKind.NAT_GATEWAY)
