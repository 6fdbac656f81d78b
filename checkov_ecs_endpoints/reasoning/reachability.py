"""Whether a need is served from a subnet: through an endpoint, or over the internet.

Traffic that an endpoint captures and does not admit is lost: it does not fall back to the
internet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.network import (
    Endpoint,
    EndpointType,
    Network,
)
from checkov_ecs_endpoints.reasoning import acls, hubs, names
from checkov_ecs_endpoints.reasoning.answers import YES, Answer, all_of, any_of, softened
from checkov_ecs_endpoints.reasoning.dispositions import Disposition
from checkov_ecs_endpoints.reasoning.endpoints import admits, candidates, captures
from checkov_ecs_endpoints.reasoning.needs import INTERNET, Asker, Need
from checkov_ecs_endpoints.reasoning.onward import way_to_nat
from checkov_ecs_endpoints.reasoning.open_edges import by_a_route_of_its_own, handed_over, open_edges
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.routing import Exit, way_out
from checkov_ecs_endpoints.reasoning.security import lets_out_to_internet
from checkov_ecs_endpoints.reasoning.subnets import vpc_of
from checkov_ecs_endpoints.reasoning.way_to_internet import over_ipv6_alone, reaches_internet
from checkov_ecs_endpoints.values import Unknown, Why, negate, some


@dataclass(frozen=True, slots=True)
class Path:
    """What becomes of a need from a subnet, and both ways that were looked at for it."""

    disposition: Disposition
    by_endpoint: Answer
    by_internet: Answer


def path(network: Network, need: Need, origin: Origin) -> Path:
    """Follow the traffic of a need from a subnet, through endpoints and over the internet."""
    endpoint, internet = by_endpoint(network, need, origin), by_internet(network, need, origin)
    return Path(_disposition(network, origin, endpoint, internet), endpoint, internet)


def _disposition(network: Network, origin: Origin, endpoint: Answer, internet: Answer) -> Disposition:
    if endpoint.truth is True:
        return Disposition.THROUGH_ENDPOINT
    if endpoint.truth is not False:
        return Disposition.EITHER_WAY if internet.truth is True else Disposition.CANNOT_TELL
    if internet.truth is False:
        return endpoint.loss or internet.loss or Disposition.NO_ROUTE
    if internet.truth is not True:
        return Disposition.NOT_BY_ENDPOINT
    way = way_out(network, origin.subnet)
    if way.exit is Exit.INTERNET_GATEWAY:
        return Disposition.THROUGH_INTERNET_GATEWAY
    followed = way.exit is not Exit.HUB or way_to_nat(network, origin.subnet).exit is Exit.NAT_GATEWAY
    return Disposition.THROUGH_NAT if followed else Disposition.THROUGH_HUB


def by_endpoint(network: Network, need: Need, origin: Origin) -> Answer:
    """Whether the need is served through a VPC endpoint from this subnet."""
    if need.proxied:
        return _by_proxy(need, origin)
    if need.service == INTERNET:
        cause = f"{origin.name}: no VPC endpoint serves registries outside AWS"
        return Answer(need.doubt or False, cause)
    serving = [_serves(network, endpoint, need, origin) for endpoint in candidates(network, need, origin)]
    serving.sort(
        key=lambda one: one.loss is None
    )  # what loses the traffic is the cause, not what never gets it
    serving += _by_hubs(network, need, origin)
    answer = any_of(serving, _absent(network, need, origin))
    if need.doubt is not None:
        return Answer(need.doubt, answer.cause or f"{origin.name}: {need.doubt.subject}", answer.steps)
    if serving and origin.subnet.ipv6_native is not False:
        cause = f"{origin.name}: it may be for IPv6 addresses alone"
        return Answer(over_ipv6_alone(origin.subnet), cause, answer.steps)
    if answer.truth is False:
        answer = _by_its_own_name(network, need, origin, answer)
    if answer.truth is False:
        seen = [step for a in serving for step in a.steps]
        beside = () if seen else _looked_at(network, need, origin)
        answer = replace(answer, steps=(*answer.steps, *beside, *hubs.looked_at(network, origin.subnet)))
    return open_edges(network, need, origin, answer)


def by_internet(network: Network, need: Need, origin: Origin) -> Answer:
    """Whether the internet serves the need from this subnet, as far as no endpoint stops it.

    An endpoint stops what it captures and does not admit.
    """
    if need.proxied:
        return _by_proxy(need, origin)
    service = "" if need.service == INTERNET else need.service
    own = by_a_route_of_its_own(network, need, origin)
    return all_of(
        [
            names.resolve(network, origin.subnet),
            handed_over(network, origin, reaches_internet(network, origin)),
            lets_out_to_internet(origin.groups(network), service, origin.subnet.ipv6),
            acls.lets_out(network, origin.subnet),
            *(_let_by(network, endpoint, need, origin) for endpoint in candidates(network, need, origin)),
            *([] if own is None else [Answer(own[0], f"{origin.name}: {own[0].subject}", (own[1],))]),
        ]
    )


def _by_proxy(need: Need, origin: Origin) -> Answer:
    """A proxy gets the traffic: where it is, and by what way it goes on, is not in these files."""
    assert need.doubt is not None
    return Answer(need.doubt, f"{origin.name}: {need.doubt.subject}")


def _let_by(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
    """Whether an endpoint leaves the traffic alone, or serves it."""
    captured = captures(network, endpoint, need, origin)
    if captured.truth is False:
        return YES
    taken = _takes(network, endpoint, need, origin)
    cause = f"{endpoint.source.address}: it captures the traffic and does not admit it"
    return Answer(some([negate(captured.truth), taken.truth]), cause, (*captured.steps, *taken.steps))


def _serves(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
    captured = captures(network, endpoint, need, origin)
    if captured.truth is False:
        return captured
    answer = all_of([captured, _takes(network, endpoint, need, origin)])
    # What an endpoint does not admit is lost where it certainly captures it.
    return answer if captured.truth is True else replace(answer, loss=None)


def _takes(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
    """Whether an endpoint serves the traffic that it captures (for image layers see facts A.4)."""
    answer = admits(network, endpoint, need, origin)
    if not need.layers or endpoint.type is not EndpointType.INTERFACE or answer.truth is not True:
        return answer
    subject = "whether image layers can be read through an S3 interface endpoint"
    cause = f"{endpoint.source.address}: an S3 interface endpoint, not a gateway"
    return Answer(Unknown(Why.UNDOCUMENTED, subject, endpoint.source.at()), cause, answer.steps)


def _by_hubs(network: Network, need: Need, origin: Origin) -> Iterator[Answer]:
    """Whether interface endpoints behind a route serve the need, where none of the VPC's own captures it."""
    for hub, leads in hubs.hubs_of(network, origin.subnet):
        served = hubs.serves(network, hub, need, origin)
        if served is not None:
            own = [_let_by(network, one, need, origin) for one in candidates(network, need, origin)]
            yield all_of([leads, served, *own])


def _absent(network: Network, need: Need, origin: Origin) -> Answer:
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown):
        step = origin.subnet.source.step(
            f"the VPC of {origin.name}, and so its endpoints, are not known", "vpc"
        )
        return Answer(vpc, f"{origin.name}: its VPC is not known", (step,))
    kind = "gateway endpoint" if services()[need.service].gateway else "interface endpoint"
    return Answer(False, f"{vpc.source.address}: no {kind} for {need.service}")


def _looked_at(network: Network, need: Need, origin: Origin) -> tuple[Step, ...]:
    """The step that says which endpoints there are; of other VPCs those for the same service."""
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown) or (vpc.id in network.assumed and vpc.handed_over is not None):
        return ()

    def named(inside: bool) -> str:
        return ", ".join(
            sorted(
                f"{e.source.address} ({e.service if isinstance(e.service, str) else 'unknown service'})"
                for e in network.endpoints.values()
                if (e.vpc == vpc.id) is inside and (inside or e.service == need.service)
            )
        )

    seen = f"endpoints looked at: {named(True)}" if named(True) else "it has no endpoint at all"
    elsewhere = f"; in other VPCs: {named(False)}" if named(False) else ""
    return (vpc.source.step(f"{vpc.source.address} has no such endpoint; {seen}{elsewhere}"),)


def _by_its_own_name(network: Network, need: Need, origin: Origin, answer: Answer) -> Answer:
    """A no, but unknown where code may call an interface endpoint by the endpoint's own name.

    So it does with S3 and DynamoDB, whose usual names are those of the gateway endpoint:
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/privatelink-interface-endpoints.html
    """
    if need.asker is not Asker.CODE or not services()[need.service].gateway:
        return answer
    for endpoint in candidates(network, need, origin):
        if endpoint.type is EndpointType.INTERFACE and endpoint.private_dns is False:
            subject = f"whether the code calls {endpoint.source.address} by its own name"
            return softened(answer, Unknown(Why.OUTSIDE, subject, endpoint.source.at()))
    return answer
