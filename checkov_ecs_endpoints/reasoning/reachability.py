"""Whether a need is served from a subnet: through an endpoint, or over the internet.

Traffic that an endpoint captures and does not admit is lost: it does not fall back to the
internet.
"""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.network import DnsKind, Endpoint, EndpointType, Network
from checkov_ecs_endpoints.reasoning import acls
from checkov_ecs_endpoints.reasoning.answers import YES, Answer, all_of, any_of, softened
from checkov_ecs_endpoints.reasoning.endpoints import admits, captures, vpc_of
from checkov_ecs_endpoints.reasoning.needs import INTERNET, Need
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.routing import Exit, table_of, way_out
from checkov_ecs_endpoints.reasoning.security import lets_out_to_internet
from checkov_ecs_endpoints.reasoning.way_to_internet import reaches_internet
from checkov_ecs_endpoints.values import Unknown, Why, negate, some


def by_endpoint(network: Network, need: Need, origin: Origin) -> Answer:
    """Whether the need is served through a VPC endpoint from this subnet."""
    if need.service == INTERNET:
        return Answer(False, f"{origin.name}: no VPC endpoint serves registries outside AWS")
    serving = [_serves(network, endpoint, need, origin) for endpoint in _candidates(network, need, origin)]
    answer = any_of(serving, _absent(network, need, origin))
    if need.doubt is not None:
        return Answer(need.doubt, answer.cause or f"{origin.name}: {need.doubt.subject}", answer.steps)
    if answer.truth is False:
        seen = [step for a in serving for step in a.steps]
        answer = Answer(False, answer.cause, (*answer.steps, *(() if seen else _looked_at(network, origin))))
    return _open_edges(network, origin, answer)


def by_internet(network: Network, need: Need, origin: Origin) -> Answer:
    """Whether the internet serves the need from this subnet, as far as no endpoint stops it.

    An endpoint stops what it captures and does not admit.
    """
    service = "" if need.service == INTERNET else need.service
    return all_of(
        [
            reaches_internet(network, origin),
            lets_out_to_internet(origin.groups(network), service),
            acls.lets_https_pass(network, origin.subnet, None),
            *(_let_by(network, endpoint, need, origin) for endpoint in _candidates(network, need, origin)),
        ]
    )


def _let_by(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
    """Whether an endpoint leaves the traffic alone, or serves it."""
    captured = captures(network, endpoint, need, origin)
    if captured.truth is False:
        return YES
    admitted = admits(network, endpoint, need, origin)
    truth = some([negate(captured.truth), admitted.truth])
    cause = f"{endpoint.source.address}: it captures the traffic and does not admit it"
    return Answer(truth, cause, (*captured.steps, *admitted.steps))


def _candidates(network: Network, need: Need, origin: Origin) -> Iterator[Endpoint]:
    """The endpoints that may be for the service and may be in the subnet's VPC (facts B1)."""
    if need.service == INTERNET:
        return
    for endpoint in network.endpoints.values():
        elsewhere = endpoint.vpc != origin.subnet.vpc
        if elsewhere and isinstance(endpoint.vpc, str) and isinstance(origin.subnet.vpc, str):
            continue
        if isinstance(endpoint.service, Unknown) or endpoint.service == need.service:
            yield endpoint


def _serves(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
    captured = captures(network, endpoint, need, origin)
    if captured.truth is False:
        return captured
    answer = all_of([captured, admits(network, endpoint, need, origin)])
    if need.layers and endpoint.type is EndpointType.INTERFACE and answer.truth is True:
        subject = "whether image layers can be read through an S3 interface endpoint"
        unknown = Unknown(Why.UNDOCUMENTED, subject, endpoint.source.at())
        return Answer(
            unknown, f"{endpoint.source.address}: an S3 interface endpoint, not a gateway", answer.steps
        )
    return answer


def _absent(network: Network, need: Need, origin: Origin) -> Answer:
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown):
        step = origin.subnet.source.step(
            f"the VPC of {origin.name}, and so its endpoints, are not known", "vpc"
        )
        return Answer(vpc, f"{origin.name}: its VPC is not known", (step,))
    kind = "gateway endpoint" if need.service in ("s3", "dynamodb") else "interface endpoint"
    return Answer(False, f"{vpc.source.address}: no {kind} for {need.service}")


def _looked_at(network: Network, origin: Origin) -> tuple[Step, ...]:
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown):
        return ()

    def named(inside: bool) -> str:
        return ", ".join(
            sorted(
                f"{e.source.address} ({e.service if isinstance(e.service, str) else 'unknown service'})"
                for e in network.endpoints.values()
                if (e.vpc == vpc.id) is inside
            )
        )

    seen = f"endpoints looked at: {named(True)}" if named(True) else "it has no endpoint at all"
    elsewhere = f"; in other VPCs: {named(False)}" if named(False) else ""
    return (vpc.source.step(f"{vpc.source.address} has no such endpoint; {seen}{elsewhere}"),)


def _open_edges(network: Network, origin: Origin, answer: Answer) -> Answer:
    """A no stands only where nothing outside the files may add what is missing (design 3)."""
    if answer.truth is not False:
        return answer
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown):
        return softened(answer, vpc)
    if vpc.handed_over is not None:
        step = vpc.source.step(
            f"{vpc.source.address} is handed to {vpc.handed_over.subject}, which may add endpoints"
        )
        return softened(answer, vpc.handed_over, step)
    table, _ = table_of(network, origin.subnet)
    if not isinstance(table, Unknown) and table.handed_over is not None:
        step = table.source.step(f"{table.source.address} is handed to {table.handed_over.subject}")
        return softened(answer, table.handed_over, step)
    way = way_out(network, origin.subnet)
    if way.exit is Exit.HUB:
        what = f"what lies behind {way.gateway or (way.kind.value if way.kind else 'its default route')}"
        return softened(answer, Unknown(Why.NOT_MODELLED, what, way.steps[-1].location), way.steps[-1])
    zones = [d for d in network.dns if d.kind is not DnsKind.FIREWALL and d.vpc == vpc.id]
    if zones:
        unknown = Unknown(Why.NOT_MODELLED, f"what {zones[0].source.address} answers", zones[0].source.at())
        return softened(
            answer, unknown, zones[0].source.step(f"{zones[0].source.address} may answer the name")
        )
    return answer
