"""ECSNET_101 to 110: a private workload reaches a service through an endpoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.model.workloads import Workload
from checkov_ecs_endpoints.reasoning.answers import Answer
from checkov_ecs_endpoints.reasoning.needs_of_workloads import needs_of
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.reachability import by_endpoint, path
from checkov_ecs_endpoints.reasoning.routing import leads_to_internet_gateway, way_out
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.trips import Trip, failed, passed, trips, undecided
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Unknown, every, negate


def reaches_by_endpoint(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails a workload when ``attribute`` is not reached through an endpoint from some private subnet.

    ``attribute`` is the name of an endpoint (``ecr.dkr``), or several separated by commas,
    of which none may be missing.
    """
    wanted = frozenset(name.strip() for name in attribute.split(","))
    unknown = wanted - services().keys()
    if unknown:
        raise ValueError(f"no such service: {', '.join(sorted(unknown))}")
    for workload in estate.workloads:
        verdict = _judge(estate.network, workload, wanted)
        if verdict is not None:
            yield verdict


def _judge(network: Network, workload: Workload, wanted: frozenset[str]) -> Verdict | None:
    asked = [need for need in needs_of(workload) if need.service in wanted]
    served: list[Step] = []
    unclear: Verdict | None = None
    private_somewhere = False
    for trip in trips(network, workload, asked):
        if isinstance(trip.origin, Unknown):
            unclear = unclear or undecided(workload, trip.origin, trip.steps(workload))
            continue
        public, _ = leads_to_internet_gateway(network, trip.origin.subnet)
        if public is True:
            continue
        private_somewhere = True
        answer = by_endpoint(network, trip.need, trip.origin)
        missed = every([trip.need.certain, negate(answer.truth), negate(public)])
        if missed is True:
            return _missed(network, workload, trip, trip.origin, answer)
        if isinstance(missed, Unknown):
            evidence = (*trip.steps(workload), *answer.steps)
            unclear = unclear or undecided(workload, missed, evidence, answer.cause)
        elif answer.truth is True:
            served += [*trip.steps(workload), *answer.steps]
    if unclear is not None:
        return unclear
    if not private_somewhere:
        return None
    names = ", ".join(sorted({need.service for need in asked}))
    return passed(
        workload, f"{workload.source.address}: {names} through an endpoint", tuple(dict.fromkeys(served))
    )


def _missed(network: Network, workload: Workload, trip: Trip, origin: Origin, answer: Answer) -> Verdict:
    service = trip.need.service
    way = way_out(network, origin.subnet)
    becomes = path(network, trip.need, origin).disposition.value
    title = services()[service].title
    details = [f"{title} is not reached through a VPC endpoint from {origin.name}: its traffic is {becomes}"]
    if trip.need.of_task_definition and workload.task_definition_ignored:
        details.append(
            "a pipeline deploys the task definition; this is what the file says (lifecycle.ignore_changes)"
        )
    evidence = (*trip.steps(workload), *way.steps, *answer.steps)
    return failed(workload, answer.cause, tuple(details), tuple(dict.fromkeys(evidence)))
