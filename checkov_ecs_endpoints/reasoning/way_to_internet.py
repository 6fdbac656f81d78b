"""Whether traffic from a subnet gets to the internet and back.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
"""

from __future__ import annotations

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.network import Cidr, NatGateway, Network, Subnet, TargetKind
from checkov_ecs_endpoints.model.workloads import Capacity
from checkov_ecs_endpoints.reasoning import acls
from checkov_ecs_endpoints.reasoning.answers import Answer, all_of, softened
from checkov_ecs_endpoints.reasoning.dispositions import Disposition
from checkov_ecs_endpoints.reasoning.launches import Interface
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.routing import (
    Exit,
    WayOut,
    default_routes,
    table_of,
    way_out,
    ways_out,
)
from checkov_ecs_endpoints.reasoning.subnets import ranges_of
from checkov_ecs_endpoints.values import Truth, Unknown, Why


def reaches_internet(network: Network, origin: Origin) -> Answer:
    """Whether routes, gateways and addresses let traffic reach the internet over IPv4."""
    subnet = origin.subnet
    answer = _over_ipv4(network, origin)
    if subnet.ipv6_native is False or (answer.truth is False and not _routes_of_ipv6(network, subnet)):
        return answer
    return Answer(over_ipv6_alone(subnet), f"{origin.name}: it may be for IPv6 addresses alone", answer.steps)


def over_ipv6_alone(subnet: Subnet) -> Unknown:
    """Why it cannot be told what tasks with IPv6 addresses alone reach (facts A.6)."""
    if isinstance(subnet.ipv6_native, Unknown):
        return subnet.ipv6_native
    subject = "which AWS endpoints are reached over IPv6 alone"
    return Unknown(Why.UNDOCUMENTED, subject, subnet.source.at("ipv6_native"))


def beyond(network: Network, subnet: Subnet) -> tuple[Unknown, Step] | None:
    """Why something behind the way out of a subnet may serve what the endpoints here do not."""
    ways, _ = ways_out(network, subnet)
    for way in ways:
        nat = network.nat_gateways[way.gateway] if way.exit is Exit.NAT_GATEWAY else None
        if nat is not None and nat.public is not True and isinstance(nat.subnet, str):
            # A private NAT gateway is built to lead on to other networks (facts C8).
            ways += [w for w in ways_out(network, network.subnets[nat.subnet])[0] if w.exit is Exit.HUB]
    for way in ways:
        step = way.steps[-1] if way.steps else subnet.source.step("its route table is not known")
        if isinstance(way.exit, Unknown):
            return way.exit, step
        if way.exit is Exit.HUB:
            return _behind(way), step
    return None


def _behind(way: WayOut) -> Unknown:
    return Unknown(Why.NOT_MODELLED, f"what lies behind {way.gateway or _kind(way)}", way.steps[-1].location)


def _over_ipv4(network: Network, origin: Origin) -> Answer:
    subnet, placement = origin.subnet, origin.placement
    way = way_out(network, subnet)
    name = subnet.source.address
    if isinstance(way.exit, Unknown):
        return Answer(way.exit, f"{name}: its way out is not known", way.steps)
    if way.exit is Exit.NONE:
        return _over_ipv6(network, subnet, Answer(False, f"{name}: no route to the internet", way.steps))
    if way.exit is Exit.HUB:
        return Answer(_behind(way), f"{name}: its default route leads to a {_kind(way)}", way.steps)
    if way.exit is Exit.NAT_GATEWAY:
        return _through_nat(network, network.nat_gateways[way.gateway], subnet).after(*way.steps)
    address = origin.public_address()
    if address is True:
        return Answer(True, "", (*way.steps, placement.source.step("it gets a public address", "public_ip")))
    on_ec2 = (
        origin.interfaces.interface is Interface.TASK and origin.interfaces.capacity is not Capacity.FARGATE
    )
    never = " (tasks on EC2 in network mode awsvpc never do)" if on_ec2 else ""
    step = placement.source.step(
        f"it gets no public address, so the internet gateway drops its traffic{never}", "public_ip"
    )
    cause = f"{name}: an internet gateway, but no public address"
    return Answer(address, cause, (*way.steps, step), Disposition.NO_PUBLIC_ADDRESS)


def _through_nat(network: Network, nat: NatGateway, inside: Subnet) -> Answer:
    """Whether a NAT gateway itself reaches the internet (facts C6, C8, C10)."""
    name = nat.source.address
    if nat.exists is not True:
        return Answer(nat.exists, f"{name}: it may not exist", (nat.source.step(f"{name} may not exist"),))
    if nat.public is not True:
        step = nat.source.step(f"{name} is a private NAT gateway, which is no way to the internet", "public")
        private = Answer(nat.public, f"{name}: a private NAT gateway", (step,))
        if not isinstance(nat.subnet, str):
            return softened(private, nat.subnet)
        way = way_out(network, network.subnets[nat.subnet])
        open_end = (
            _behind(way) if way.exit is Exit.HUB else way.exit if isinstance(way.exit, Unknown) else None
        )
        return softened(private, open_end, way.steps[-1] if open_end and way.steps else None)
    if isinstance(nat.regional, Unknown):
        return Answer(nat.regional, f"{name}: whether it is regional is not known")
    if nat.regional or nat.subnet is None:
        return Answer(True)
    if isinstance(nat.subnet, Unknown):
        step = nat.source.step(f"the subnet of {name} is not known", "subnet")
        return Answer(nat.subnet, f"{name}: its subnet is not known", (step,))
    subnet = network.subnets[nat.subnet]
    acl = acls.lets_nat_pass(network, subnet, () if inside.id == subnet.id else ranges_of(network, inside))
    return all_of([_by_gateway(network, nat, subnet), acl])


def _by_gateway(network: Network, nat: NatGateway, subnet: Subnet) -> Answer:
    """Whether the subnet of a public NAT gateway routes to an internet gateway."""
    name = nat.source.address
    way = way_out(network, subnet)
    if way.exit is Exit.INTERNET_GATEWAY:
        step = nat.source.step(
            f"{name} is in {subnet.source.address}, which has a route to an internet gateway", "subnet"
        )
        return Answer(True, "", (step,))
    truth: Truth = way.exit if isinstance(way.exit, Unknown) else False
    if way.exit is Exit.HUB:
        truth = _behind(way)
    step = nat.source.step(
        f"{name} is in {subnet.source.address}, which has no route to an internet gateway", "subnet"
    )
    return Answer(truth, f"{name}: in a subnet without a route to an internet gateway", (step, *way.steps))


def _routes_of_ipv6(network: Network, subnet: Subnet) -> bool:
    table, _ = table_of(network, subnet)
    return isinstance(table, Unknown) or any(
        not isinstance(route.destination, Cidr) or ":" in route.destination.block for route in table.routes
    )


def _over_ipv6(network: Network, subnet: Subnet, answer: Answer) -> Answer:
    """IPv6 may be a way out, but which host names use it is not settled (facts A.6)."""
    table, _ = table_of(network, subnet)
    if isinstance(table, Unknown):
        return answer
    for route in default_routes(table, 6):
        if isinstance(route.target, Unknown) or route.target.kind in (
            TargetKind.EGRESS_ONLY_GATEWAY,
            TargetKind.INTERNET_GATEWAY,
        ):
            unknown = Unknown(
                Why.UNDOCUMENTED, "which AWS endpoints are reached over IPv6 alone", route.source.at()
            )
            step: Step = route.source.step("it has a way out over IPv6 only")
            return Answer(
                unknown, f"{subnet.source.address}: a way out over IPv6 only", (*answer.steps, step)
            )
    return answer


def _kind(way: WayOut) -> str:
    return way.kind.value if way.kind else "hub"
