"""Whether traffic from a subnet gets to the internet and back.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.network import (
    Cidr,
    Forwarder,
    NatGateway,
    Network,
    Subnet,
    TargetKind,
)
from checkov_ecs_endpoints.model.workloads import Capacity
from checkov_ecs_endpoints.reasoning import acls, public_access
from checkov_ecs_endpoints.reasoning.answers import YES, Answer, all_of, softened
from checkov_ecs_endpoints.reasoning.dispositions import Disposition
from checkov_ecs_endpoints.reasoning.hubs import behind, endpoints_behind, hubs_of, internet_behind, kind_of
from checkov_ecs_endpoints.reasoning.launches import Interface
from checkov_ecs_endpoints.reasoning.onward import onward
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.routing import (
    Exit,
    WayOut,
    default_routes,
    table_of,
    way_out,
    ways_out,
)
from checkov_ecs_endpoints.reasoning.security import groups_in_effect, lets_in, lets_out_to_internet
from checkov_ecs_endpoints.reasoning.subnets import ranges_of
from checkov_ecs_endpoints.reasoning.transit import Transit, replies, through
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
    for hub, leads in hubs_of(network, subnet):
        if isinstance(hub.endpoints, Unknown):
            return hub.endpoints, leads.steps[-1]
    for way in _to_the_end(network, subnet):
        step = way.steps[-1] if way.steps else subnet.source.step("its route table is not known")
        if isinstance(way.exit, Unknown):
            return way.exit, step
        unclear = endpoints_behind(network, way, subnet) if way.exit is Exit.HUB else None
        if unclear is not None:
            return unclear, step
    return None


def _to_the_end(network: Network, subnet: Subnet) -> Iterator[WayOut]:
    """The ways out of a subnet, and on through what other subnets of these files hold."""
    ahead = {subnet.id: subnet}
    passed: set[str] = set()
    while ahead:
        here = ahead.pop(next(iter(ahead)))
        passed.add(here.id)
        for way in ways_out(network, here)[0]:
            inside = onward(network, here, way)
            if inside is None or way.exit is Exit.NAT_GATEWAY:
                yield way
            ahead |= {one.id: one for one in inside or () if one.id not in passed}


def _over_ipv4(network: Network, origin: Origin) -> Answer:
    subnet, placement = origin.subnet, origin.placement
    way = way_out(network, subnet)
    name = subnet.source.address
    if isinstance(way.exit, Unknown):
        return Answer(way.exit, f"{name}: its way out is not known", way.steps)
    if way.exit is Exit.NONE:
        return _over_ipv6(network, subnet, Answer(False, f"{name}: no route to the internet", way.steps))
    transit = through(network, subnet, way.gateway) if way.exit is Exit.HUB else None
    if transit is not None:
        return _through_transit(network, transit, subnet).after(*way.steps, *transit.steps)
    if way.exit is Exit.HUB:
        ahead = internet_behind(network, way)
        no_way = f"{name}: no way to the internet behind {way.gateway}"
        cause = no_way if ahead.truth is False else f"{name}: its default route leads to a {kind_of(way)}"
        return replace(ahead, cause="" if ahead.truth is True else cause).after(*way.steps)
    if way.exit is Exit.NAT_GATEWAY:
        return _through_nat(network, network.nat_gateways[way.gateway], subnet).after(*way.steps)
    if way.exit is Exit.NAT_INSTANCE:
        return _through_instance(network, network.forwarders[way.gateway], origin).after(*way.steps)
    address = origin.public_address()
    if address is True:
        step = placement.source.step("it gets a public address", "public_ip")
        return public_access.lets_out(network, [subnet], True).after(*way.steps, step)
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
        if way.exit is Exit.HUB and nat.public is False:
            # To lead on to other networks is what private NAT gateways are for (facts C8).
            return internet_behind(network, way).after(step, *way.steps)
        open_end = way.exit if isinstance(way.exit, Unknown) else None
        return softened(private, open_end, way.steps[-1] if open_end and way.steps else None)
    if nat.id in network.assumed:
        return Answer(True)
    if isinstance(nat.regional, Unknown):
        return Answer(nat.regional, f"{name}: whether it is regional is not known")
    if nat.regional or nat.subnet is None:
        return public_access.lets_out(network, [inside], False)
    if isinstance(nat.subnet, Unknown):
        step = nat.source.step(f"the subnet of {name} is not known", "subnet")
        return Answer(nat.subnet, f"{name}: its subnet is not known", (step,))
    subnet = network.subnets[nat.subnet]
    acl = acls.lets_nat_pass(network, subnet, () if inside.id == subnet.id else ranges_of(network, inside))
    access = public_access.lets_out(network, [inside, subnet], False)
    return all_of([_by_gateway(network, nat, subnet), acl, access])


def _through_transit(network: Network, transit: Transit, inside: Subnet) -> Answer:
    """Whether the VPC behind a transit gateway lets traffic out by its NAT gateways, and replies back."""
    answers = []
    for subnet in transit.subnets:
        way = way_out(network, subnet)
        nat = network.nat_gateways[way.gateway] if way.exit is Exit.NAT_GATEWAY else None
        if nat is None or not isinstance(nat.subnet, str):
            unclear = way.exit if isinstance(way.exit, Unknown) else behind(network, way)
            answers.append(Answer(unclear, f"{subnet.source.address}: {unclear.subject}", way.steps))
            continue
        last = network.subnets[nat.subnet]
        answers += [
            _through_nat(network, nat, inside).after(*way.steps),
            replies(network, transit, inside, last),
        ]
    near = [network.subnets[link] for link in transit.near.subnets if isinstance(link, str)]
    return all_of([*answers, *(_by_interface(network, one, inside) for one in (*near, *transit.subnets))])


def _by_interface(network: Network, subnet: Subnet, inside: Subnet) -> Answer:
    """Whether the network ACL of a gateway's interface lets everything pass: of others half the rules count.

    https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
    """
    if subnet.id == inside.id:
        return YES
    passes = acls.lets_nat_pass(network, subnet, ranges_of(network, inside))
    subject = f"what the network ACL of {subnet.source.address} lets a transit gateway pass"
    return softened(passes, Unknown(Why.NOT_MODELLED, subject, subnet.source.at()))


def _through_instance(network: Network, instance: Forwarder, origin: Origin) -> Answer:
    """Whether a NAT instance takes the traffic in and lets it out again (facts C11)."""
    assert isinstance(instance.subnet, str)  # else it would not be known for a NAT instance
    name, subnet, inside = instance.source.address, network.subnets[instance.subnet], origin.subnet
    groups = groups_in_effect(network, instance.groups, subnet.vpc)
    return all_of(
        [
            lets_in(network, groups, origin.groups(network), inside, name),
            lets_out_to_internet(groups, ""),
            acls.lets_nat_pass(network, subnet, ranges_of(network, inside)),
            public_access.lets_out(network, [inside, subnet], True),
        ]
    )


def _by_gateway(network: Network, nat: NatGateway, subnet: Subnet) -> Answer:
    """Whether the subnet of a public NAT gateway routes to an internet gateway."""
    name = nat.source.address
    way = way_out(network, subnet)
    if way.exit is Exit.INTERNET_GATEWAY:
        step = nat.source.step(
            f"{name} is in {subnet.source.address}, which has a route to an internet gateway", "subnet"
        )
        return Answer(True, "", (step,))
    if way.exit is Exit.HUB:
        ahead = internet_behind(network, way).after(*way.steps)
        return replace(ahead, cause=f"{name}: its own way to the internet leads to a {kind_of(way)}")
    truth: Truth = way.exit if isinstance(way.exit, Unknown) else False
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
