"""The whole paths of a subnet's traffic to the internet, over either IP version, and what is on them.

Where :mod:`~checkov_ecs_endpoints.reasoning.way_to_internet` asks whether HTTPS gets through, this
follows each path to its end and lists what could limit the destinations on it (facts D13, D14).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.network import NatGateway, Network, Subnet, TargetKind
from checkov_ecs_endpoints.reasoning import public_access
from checkov_ecs_endpoints.reasoning.answers import Answer
from checkov_ecs_endpoints.reasoning.hubs import internet_behind
from checkov_ecs_endpoints.reasoning.onward import onward, steps_onward
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.routing import Exit, WayOut, ways_out
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every, negate

_MOST = 64
"""Paths from one subnet; more are not told apart."""

_FARTHEST = 16
"""Subnets on one path."""


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
    """The paths that traffic to the internet may take: each is taken by some destinations, or may be.

    Where there are very many, it is not known which.
    """
    if version == 4 and origin.subnet.ipv6_native is not False:
        return [Path(negate(origin.subnet.ipv6_native))]
    address = origin.public_address() if version == 4 else origin.ipv6_address()
    found = list(islice(_from(network, _Journey((origin.subnet,), address, version)), _MOST + 1))
    return found if len(found) <= _MOST else [_too_many(origin.subnet)]


@dataclass(frozen=True, slots=True)
class _Journey:
    """How traffic came to where it is: the subnets and the gateways that it passed.

    ``address`` is whether its sender has a public address of the IP version.
    """

    subnets: tuple[Subnet, ...]
    address: Truth
    version: int
    gateways: frozenset[str] = frozenset()

    def into(self, subnet: Subnet, gateway: str) -> _Journey:
        """The journey on through a gateway and the subnet behind it."""
        return replace(self, subnets=(*self.subnets, subnet), gateways=self.gateways | {gateway})

    @property
    def direct(self) -> bool:
        """Whether it is in the first subnet still."""
        return len(self.subnets) == 1


def _too_many(subnet: Subnet) -> Path:
    subject = f"which of very many ways the traffic of {subnet.source.address} takes"
    return Path(Unknown(Why.LIMIT, subject, subnet.source.at()))


def _from(network: Network, journey: _Journey) -> Iterator[Path]:
    """The paths on from where the traffic is."""
    if len(journey.subnets) > _FARTHEST:
        yield _too_many(journey.subnets[0])
        return
    ways, steps = ways_out(network, journey.subnets[-1], journey.version)
    for way in ways:
        for path in _along(network, journey, way):
            yield path.after(*steps, *way.steps)


def _along(network: Network, journey: _Journey, way: WayOut) -> Iterator[Path]:
    passed, address = journey.subnets, journey.address
    if isinstance(way.exit, Unknown):
        yield Path(way.exit)
    elif way.gateway in journey.gateways:
        yield Path(False)  # it goes round in circles
    elif way.exit is Exit.INTERNET_GATEWAY:
        # What comes from a NAT gateway is not stopped by block-ingress.
        access = public_access.lets_out(network, passed, journey.direct)
        yield Path(every([address, access.truth]), _without_address(passed[-1], address) or access.steps)
    elif way.kind is TargetKind.EGRESS_ONLY_GATEWAY and journey.version == 6:
        access = public_access.lets_out(network, passed, direct=False)
        yield Path(every([address, access.truth]), access.steps)
    elif way.exit is Exit.NONE:
        yield Path(False)
    elif way.exit is Exit.NAT_GATEWAY:
        yield from _through_nat(network, network.nat_gateways[way.gateway], journey)
    elif way.exit is Exit.NAT_INSTANCE:
        subject, note = f"the software of the NAT instance {way.gateway}", "it may limit destinations"
        software = Unknown(Why.OUTSIDE, subject, way.steps[-1].location, note)
        yield Path(True, limits=(Answer(software),))
    else:
        yield from _through_hub(network, journey, way)


def _without_address(subnet: Subnet, address: Truth) -> tuple[Step, ...]:
    if address is not False:
        return ()
    return (subnet.source.step("traffic without a public address does not pass the internet gateway"),)


def _through_nat(network: Network, nat: NatGateway, journey: _Journey) -> Iterator[Path]:
    name = nat.source.address
    here = nat.source.step(f"{name} is a NAT gateway: it has no security group and cannot limit destinations")
    limits = (*_unsaid(network, nat), *_proxies(network, nat))
    regional = nat.regional is True or nat.subnet is None
    unclear = next((one for one in (nat.regional, nat.subnet) if isinstance(one, Unknown)), None)
    if nat.public is True and regional:
        access = public_access.lets_out(network, journey.subnets, direct=False)
        yield Path(every([nat.exists, access.truth]), (here, *access.steps), limits)
    elif unclear is not None or not isinstance(nat.subnet, str):
        yield Path(unclear or False, (here,), limits)
    else:
        subnet = network.subnets[nat.subnet]
        ahead = replace(journey.into(subnet, nat.id), address=nat.public, version=4)
        for path in _from(network, ahead):
            inside = replace(path, limits=(*limits, *path.limits)) if subnet == journey.subnets[-1] else None
            whole = (inside or path.through(subnet, *limits)).after(here)
            yield replace(whole, reaches=every([nat.exists, whole.reaches]))


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


def _through_hub(network: Network, journey: _Journey, way: WayOut) -> Iterator[Path]:
    if way.kind is TargetKind.TRANSIT_GATEWAY and not _attached(network, way):
        ahead = onward(network, journey.subnets[-1], way)
        if ahead is not None:
            # A transit gateway may be crossed again from another VPC, which is no circle.
            here = journey.subnets[-1]
            yield from _on_from(network, journey, ahead, steps_onward(network, here, way))
            return
    if way.kind is not TargetKind.VPC_ENDPOINT:
        yield _beyond(network, way).after(*_attached(network, way))
        return
    limit = _inspection(network, way)
    subnets = onward(network, journey.subnets[-1], way)
    if subnets is None:
        yield _beyond(network, way, limit)
        return
    passed = replace(journey, gateways=journey.gateways | {way.gateway})
    yield from _on_from(network, passed, subnets, limit.steps, limit)


def _on_from(
    network: Network, ahead: _Journey, subnets: Iterable[Subnet], steps: Iterable[Step], *limits: Answer
) -> Iterator[Path]:
    """The paths on from the subnets behind a hub; the journey there has all but the subnet."""
    for subnet in subnets:
        for path in _from(network, replace(ahead, subnets=(*ahead.subnets, subnet))):
            yield path.through(subnet, *limits).after(*steps)


def _beyond(network: Network, way: WayOut, *limits: Answer) -> Path:
    """The path on behind what leads out of these files, as far as anybody says what is there."""
    ahead = internet_behind(network, way)
    hub = network.hubs.get(way.gateway)
    said = () if hub is None else (Answer(hub.limits, "", ahead.steps),)
    return Path(ahead.truth, ahead.steps, (*limits, *said))


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
