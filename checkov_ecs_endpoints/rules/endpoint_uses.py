"""What the policies on endpoints share: who uses an endpoint, and verdicts about the uses.

An endpoint is used by the private workloads of its VPC that need its service. Endpoints whose
service or type is not known are judged through their workloads alone (ECSNET_101 to 110).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Endpoint, EndpointType, Network
from checkov_ecs_endpoints.model.workloads import Workload
from checkov_ecs_endpoints.reasoning.answers import Answer
from checkov_ecs_endpoints.reasoning.endpoints import admits, captures, for_this_traffic, in_region_of
from checkov_ecs_endpoints.reasoning.needs import Need
from checkov_ecs_endpoints.reasoning.needs_of_workloads import needs_of
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.routing import leads_to_internet_gateway
from checkov_ecs_endpoints.results import Outcome, Verdict
from checkov_ecs_endpoints.rules.trips import Trip, trips
from checkov_ecs_endpoints.values import Truth, Unknown, every, negate, some


@dataclass(frozen=True, slots=True)
class Use:
    """One need of a workload that an endpoint is for, from one subnet.

    ``certain`` is True, or the unknown that decides whether the endpoint is used so: whether
    the workload needs it, and whether the subnet is a private one of the endpoint's VPC.
    ``vpcs`` are those that the workload is known to be in.
    """

    workload: Workload
    trip: Trip
    certain: Truth
    vpcs: frozenset[Link]

    @property
    def need(self) -> Need:
        """What is needed."""
        return self.trip.need

    @property
    def origin(self) -> Origin | Unknown:
        """The subnet that it is needed from."""
        return self.trip.origin

    @property
    def steps(self) -> tuple[Step, ...]:
        """The evidence of the use."""
        return self.trip.steps(self.workload)


@dataclass(frozen=True, slots=True)
class Kinds:
    """The endpoints that a policy is about: types, and services if not all.

    With ``served_once`` a use is none where the traffic goes to another endpoint.
    """

    types: tuple[EndpointType, ...]
    services: frozenset[str] | None = None
    served_once: bool = True

    def hold(self, endpoint: Endpoint) -> bool:
        """Whether the policy is about an endpoint; AWS makes no gateways for services that have none."""
        if not isinstance(endpoint.service, str) or endpoint.type not in self.types:
            return False
        known = services().get(endpoint.service)
        is_gateway = endpoint.type is EndpointType.GATEWAY
        if is_gateway and known is not None and not known.gateway:
            return False
        return self.services is None or endpoint.service in self.services


Question: TypeAlias = Callable[[Network, Endpoint, Use], Answer]
"""Whether an endpoint is in order for a use of it."""


def judged(estate: Estate, kinds: Kinds, question: Question, good: str) -> Iterator[Verdict]:
    """The verdict on each endpoint that something uses; ``good`` is the cause of a pass."""
    uses = list(_uses(estate))
    for endpoint in estate.network.endpoints.values():
        if kinds.hold(endpoint):
            certain = ((use, _is_used(estate.network, endpoint, use, kinds)) for use in uses)
            used = [replace(use, certain=truth) for use, truth in certain if truth is not False]
            verdict = _verdict(estate.network, endpoint, used, question, good)
            if verdict is not None:
                yield verdict


def not_seen(endpoint: Endpoint, origin: Unknown) -> Answer:
    """The answer to a question about subnets for one that is not known."""
    return Answer(origin, f"{endpoint.source.address}: {origin.subject}")


def _served_by_another(network: Network, endpoint: Endpoint, use: Use) -> Truth:
    """Whether the use is none, for the traffic goes to another endpoint of the service, which serves it.

    So with an S3 interface endpoint for on-premises networks beside a gateway endpoint (facts A.4).
    """
    origin, need = use.origin, use.need
    others = [
        other
        for other in network.endpoints.values()
        if other is not endpoint and (other.service, other.vpc) == (endpoint.service, endpoint.vpc)
    ]
    if not others or isinstance(origin, Unknown):
        return False
    serves = some(
        every([captures(network, other, need, origin).truth, admits(network, other, need, origin).truth])
        for other in others
    )
    return every([serves, negate(captures(network, endpoint, need, origin).truth)])


def _uses(estate: Estate) -> Iterator[Use]:
    """The uses of any endpoint by workloads in subnets that are private, or may be."""
    for workload in estate.workloads:
        made = list(trips(estate.network, workload, needs_of(workload)))
        vpcs = frozenset(trip.origin.subnet.vpc for trip in made if isinstance(trip.origin, Origin))
        for trip in made:
            if isinstance(trip.origin, Unknown):
                yield Use(workload, trip, trip.gap or trip.origin, vpcs)
                continue
            public, _ = leads_to_internet_gateway(estate.network, trip.origin.subnet)
            certain = [trip.need.certain, trip.need.doubt or True, workload.exists, negate(public)]
            if public is not True:
                yield Use(workload, trip, every(certain), vpcs)


def _is_used(network: Network, endpoint: Endpoint, use: Use, kinds: Kinds) -> Truth:
    """Whether a use is one of this endpoint, as its service, VPC and region tell, and what else serves it."""
    if use.need.service != endpoint.service:
        return False
    vpcs = use.vpcs if isinstance(use.origin, Unknown) else {use.origin.subnet.vpc}
    if vpcs and endpoint.vpc not in vpcs:
        unknown = next((link for link in (endpoint.vpc, *vpcs) if isinstance(link, Unknown)), None)
        return False if unknown is None else every([unknown, _is_for(network, endpoint, use)])
    truths = [use.certain, _is_for(network, endpoint, use)]
    if kinds.served_once:
        truths.append(negate(_served_by_another(network, endpoint, use)))
    return every(truths)


def _is_for(network: Network, endpoint: Endpoint, use: Use) -> Truth:
    """Whether the endpoint is for the region that is asked for, and for the host names that ECS uses."""
    if isinstance(use.origin, Unknown):
        return use.origin
    region = in_region_of(network, endpoint, use.need, use.origin).truth
    if endpoint.type is not EndpointType.INTERFACE:
        return region
    return every([region, for_this_traffic(network, endpoint, use.need).truth])


def _verdict(
    network: Network, endpoint: Endpoint, used: list[Use], question: Question, good: str
) -> Verdict | None:
    failing: list[tuple[Use, Answer]] = []
    unclear: tuple[Use, Answer, Unknown] | None = None
    passing: tuple[Use, Answer] | None = None
    for use in used:
        answer = question(network, endpoint, use)
        wrong = every([use.certain, negate(answer.truth)])
        if wrong is True:
            failing.append((use, answer))
        elif isinstance(wrong, Unknown):
            unclear = unclear or (use, answer, wrong)
        else:
            passing = passing or (use, answer)
    if failing:
        return _failed(endpoint, failing)
    if unclear is not None:
        return _undecided(endpoint, *unclear)
    if passing is None:
        return None
    use, answer = passing
    cause = f"{endpoint.source.address}: {good}"
    return Verdict(Outcome.PASSED, endpoint.id, use.workload.id, cause, (), _evidence(use, answer))


def _failed(endpoint: Endpoint, failing: list[tuple[Use, Answer]]) -> Verdict:
    use, answer = failing[0]
    detail = f"{use.workload.source.address} needs {endpoint.service}"
    if isinstance(use.origin, Origin):
        detail += f" from {use.origin.name}"
    more = len({other.workload.id for other, _ in failing}) - 1
    details = [detail, *([f"so do {more} more workloads"] if more else [])]
    if isinstance(endpoint.exists, Unknown):
        details.append(f"it may not exist: {endpoint.exists}")
    evidence = _evidence(use, answer)
    return Verdict(Outcome.FAILED, endpoint.id, use.workload.id, answer.cause, tuple(details), evidence)


def _undecided(endpoint: Endpoint, use: Use, answer: Answer, reason: Unknown) -> Verdict:
    cause = answer.cause or f"{endpoint.source.address}: {reason.subject}"
    evidence = _evidence(use, answer)
    return Verdict(Outcome.UNKNOWN, endpoint.id, use.workload.id, cause, (str(reason),), evidence, reason)


def _evidence(use: Use, answer: Answer) -> tuple[Step, ...]:
    return tuple(dict.fromkeys([*use.steps, *answer.steps]))
