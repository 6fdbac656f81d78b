"""The whole paths of a subnet's traffic to the internet, over either IP version, and what is on them.

Where :mod:`~checkov_ecs_endpoints.reasoning.way_to_internet` asks whether HTTPS gets through, this
follows each path to its end and lists what could limit the destinations on it (facts D13, D14).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.network import NatGateway, Network, Subnet, TargetKind
from checkov_ecs_endpoints.reasoning import public_access
from checkov_ecs_endpoints.reasoning.answers import Answer
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.routing import Exit, WayOut, ways_out
from checkov_ecs_endpoints.reasoning.way_to_internet import behind, onward
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every


@dataclass(frozen=True, slots=True)
class Path:
    """One path from a subnet.

    ``reaches`` says whether it ends on the internet. ``limits`` are answers to whether something
    on it limits where traffic may go. ``subnets`` are those that it passes through behind the
    first one, whose network ACLs it meets.
    """

    reaches: Truth
    steps: tuple[Step, ...] = ()
    limits: tuple[Answer, ...] = ()
    subnets: tuple[Subnet, ...] = ()

    def after(self, *steps: Step) -> Path:
        """The same path with ``steps`` put before its own."""
        return replace(self, steps=(*steps, *self.steps))

    def through(self, subnet: Subnet, *limits: Answer) -> Path:
        """The same path behind one more subnet and what is in it."""
        return replace(self, subnets=(subnet, *self.subnets), limits=(*limits, *self.limits))


def paths(network: Network, origin: Origin, version: int) -> list[Path]:
    """The paths that traffic to the internet may take: each is taken by some destinations, or may be."""
    address = origin.public_address() if version == 4 else origin.ipv6_address()
    return list(_from(network, (origin.subnet,), address, version))


def _from(network: Network, passed: tuple[Subnet, ...], address: Truth, version: int) -> Iterator[Path]:
    """The paths on from the last of the subnets that were passed; ``address`` is of the traffic's sender."""
    ways, steps = ways_out(network, passed[-1], version)
    for way in ways:
        for path in _along(network, passed, way, address, version):
            yield path.after(*steps, *way.steps)


def _along(
    network: Network, passed: tuple[Subnet, ...], way: WayOut, address: Truth, version: int
) -> Iterator[Path]:
    if isinstance(way.exit, Unknown):
        yield Path(way.exit)
    elif way.exit is Exit.INTERNET_GATEWAY:
        # What comes from a NAT gateway is not stopped by block-ingress.
        access = public_access.lets_out(network, passed, direct=len(passed) == 1)
        yield Path(every([address, access.truth]), _without_address(passed[-1], address) or access.steps)
    elif way.kind is TargetKind.EGRESS_ONLY_GATEWAY and version == 6:
        access = public_access.lets_out(network, passed, direct=False)
        yield Path(every([address, access.truth]), access.steps)
    elif way.exit is Exit.NONE:
        yield Path(False)
    elif way.exit is Exit.NAT_GATEWAY:
        yield from _through_nat(network, network.nat_gateways[way.gateway], passed)
    elif way.exit is Exit.NAT_INSTANCE:
        subject, note = f"the software of the NAT instance {way.gateway}", "it may limit destinations"
        software = Unknown(Why.OUTSIDE, subject, way.steps[-1].location, note)
        yield Path(True, limits=(Answer(software),))
    else:
        yield from _through_hub(network, passed, way, address, version)


def _without_address(subnet: Subnet, address: Truth) -> tuple[Step, ...]:
    if address is not False:
        return ()
    return (subnet.source.step("traffic without a public address does not pass the internet gateway"),)


def _through_nat(network: Network, nat: NatGateway, passed: tuple[Subnet, ...]) -> Iterator[Path]:
    name = nat.source.address
    here = nat.source.step(f"{name} is a NAT gateway: it has no security group and cannot limit destinations")
    limits = (*_unsaid(network, nat), *_proxies(network, nat))
    regional = nat.regional is True or nat.subnet is None
    unclear = next((one for one in (nat.regional, nat.subnet) if isinstance(one, Unknown)), None)
    if nat.public is True and regional:
        access = public_access.lets_out(network, passed, direct=False)
        yield Path(every([nat.exists, access.truth]), (here, *access.steps), limits)
    elif unclear is not None or not isinstance(nat.subnet, str):
        yield Path(unclear or False, (here,), limits)
    else:
        subnet = network.subnets[nat.subnet]
        if len(passed) > 1 and subnet in passed:
            return
        for path in _from(network, (*passed, subnet), nat.public, 4):
            inside = replace(path, limits=(*limits, *path.limits)) if subnet == passed[-1] else None
            onwards = (inside or path.through(subnet, *limits)).after(here)
            yield replace(onwards, reaches=every([nat.exists, onwards.reaches]))


def _unsaid(network: Network, nat: NatGateway) -> tuple[Answer, ...]:
    """What may limit destinations in a network that settings assume, which say nothing of it."""
    if nat.id not in network.assumed:
        return ()
    subject = "whether anything in the assumed network limits destinations"
    return (Answer(Unknown(Why.OUTSIDE, subject, nat.source.at(), "the settings do not say it")),)


def _proxies(network: Network, nat: NatGateway) -> tuple[Answer, ...]:
    """The firewalls in proxy mode that use a NAT gateway; what else uses it is not documented."""
    found: list[Answer] = []
    for firewall in network.firewalls.values():
        if nat.id in firewall.nat_gateways.items:
            name = firewall.source.address
            subject = f"whether {nat.source.address} takes traffic that does not come through {name}"
            step = firewall.source.step(f"{name} is a proxy in front of {nat.source.address}")
            found.append(Answer(Unknown(Why.UNDOCUMENTED, subject, firewall.source.at()), "", (step,)))
    return tuple(found)


def _through_hub(
    network: Network, passed: tuple[Subnet, ...], way: WayOut, address: Truth, version: int
) -> Iterator[Path]:
    if way.kind is not TargetKind.VPC_ENDPOINT:
        yield Path(behind(way), _attached(network, way))
        return
    limit = _inspection(network, way)
    subnets = onward(network, way)
    if subnets is None:
        yield Path(behind(way), (), (limit,))
        return
    for subnet in subnets:
        if subnet in passed:
            continue
        for path in _from(network, (*passed, subnet), address, version):
            yield path.through(subnet, limit).after(*limit.steps)


def _inspection(network: Network, way: WayOut) -> Answer:
    """Whether the firewall behind an endpoint limits destinations; a Gateway Load Balancer's is taken to."""
    firewall = network.firewalls.get(way.gateway)
    if firewall is None:
        return Answer(True, "", way.steps[-1:])
    name = firewall.source.address
    if firewall.restricts is not False:
        return Answer(firewall.restricts, "", (firewall.source.step(f"{name} inspects the traffic"),))
    step = firewall.source.step(f"{name} has a policy without rules that lets everything pass")
    return Answer(False, "", (step,))


def _attached(network: Network, way: WayOut) -> tuple[Step, ...]:
    """The firewalls that are attached to a transit gateway: whether they see it, its route tables say."""
    return tuple(
        firewall.source.step(f"{firewall.source.address} is attached to transit gateway {way.gateway}")
        for firewall in network.firewalls.values()
        if firewall.transit_gateway == way.gateway
    )
