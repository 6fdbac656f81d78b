"""What outside these files may still serve: where there is such a thing, a no is not known (design 3)."""

from __future__ import annotations

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.network import EndpointType, Network, PrefixListOf, Route, TargetKind
from checkov_ecs_endpoints.reasoning import names
from checkov_ecs_endpoints.reasoning.answers import Answer, softened
from checkov_ecs_endpoints.reasoning.endpoints import candidates
from checkov_ecs_endpoints.reasoning.needs import Need
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.routing import table_of
from checkov_ecs_endpoints.reasoning.subnets import vpc_of
from checkov_ecs_endpoints.reasoning.way_to_internet import beyond
from checkov_ecs_endpoints.values import Unknown, Why

_NOT_TO_NETWORKS = frozenset(
    {
        TargetKind.LOCAL,
        TargetKind.INTERNET_GATEWAY,
        TargetKind.EGRESS_ONLY_GATEWAY,
        TargetKind.NAT_GATEWAY,
    }
)


def open_edges(network: Network, need: Need, origin: Origin, answer: Answer) -> Answer:
    """A no stands only where nothing outside the files may serve what is missing (design 3)."""
    answer = _unsaid(network, origin, handed_over(network, origin, answer))
    hub = by_a_route_of_its_own(network, need, origin) or beyond(network, origin.subnet)
    if hub is not None:
        return softened(answer, *hub)
    other = names.answered_by(network, origin.subnet.vpc, need.service)
    if other is not None:
        step = other.source.step(f"{other.source.address} may answer the name")
        return softened(answer, names.what_it_answers(other), step)
    return _by_other_resolvers(network, need, origin, answer)


def _by_other_resolvers(network: Network, need: Need, origin: Origin, answer: Answer) -> Answer:
    """A no, but unknown where resolvers beside Amazon's may answer with an endpoint (facts B6, B16).

    That is one of the VPC whose private DNS is off, or one of a network that a route leads to.
    """
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown) or vpc.custom_dns is None:
        return answer
    table, _ = table_of(network, origin.subnet)
    answers = f"the resolvers that {vpc.source.address} uses may answer with"
    reached = [
        route.source.step(f"{answers} an address that this route leads to", "target")
        for route in (() if isinstance(table, Unknown) else table.routes)
        if _leads_on(network, route)
    ]
    reached += [
        endpoint.source.step(f"{answers} {endpoint.source.address}")
        for endpoint in candidates(network, need, origin)
        if endpoint.type is EndpointType.INTERFACE
    ]
    return softened(answer, vpc.custom_dns, reached[0]) if reached else answer


def _leads_on(network: Network, route: Route) -> bool:
    """Whether a route leads, or may lead, to another network whose endpoints are not known."""
    if isinstance(route.target, Unknown):
        return True
    hub = network.hubs.get(str(route.target.id))
    known = hub is not None and not isinstance(hub.endpoints, Unknown)
    return route.target.kind not in _NOT_TO_NETWORKS and not known


def handed_over(network: Network, origin: Origin, answer: Answer) -> Answer:
    """A no, but unknown where something outside the files may add endpoints or routes."""
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown):
        return softened(answer, vpc)
    table, _ = table_of(network, origin.subnet)
    for thing in (vpc, table):
        if isinstance(thing, Unknown) or thing.id in network.assumed:
            continue
        if thing.handed_over is not None:
            name = thing.source.address
            step = thing.source.step(f"{name} is handed to {thing.handed_over.subject}, which may add to it")
            return softened(answer, thing.handed_over, step)
    return answer


def _unsaid(network: Network, origin: Origin, answer: Answer) -> Answer:
    """A no, but unknown where nothing is said of the endpoints of a VPC that settings assume."""
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown) or vpc.id not in network.assumed or vpc.handed_over is None:
        return answer
    return softened(answer, vpc.handed_over, vpc.source.step(f"{vpc.handed_over.subject} is not said"))


def by_a_route_of_its_own(network: Network, need: Need, origin: Origin) -> tuple[Unknown, Step] | None:
    """Why it cannot be told where a route to the AWS-managed prefix list of a service leads.

    It is longer than a default route, and none of a gateway endpoint, which are not listed (facts B13):
    https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
    """
    table, _ = table_of(network, origin.subnet)
    if isinstance(table, Unknown):
        return None
    for route in table.routes:
        if route.destination == PrefixListOf(need.service):
            place, name = route.source.at("target"), table.source.address
            subject = f"what lies behind the route of {name} to the prefix list of {need.service}"
            step = route.source.step(f"a route leads to the prefix list of {need.service}", "target")
            return Unknown(Why.NOT_MODELLED, subject, place), step
    return None
