"""ECSNET_100: the tasks can start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.model.workloads import Workload
from checkov_ecs_endpoints.reasoning.answers import Answer, any_of
from checkov_ecs_endpoints.reasoning.needs import INTERNET
from checkov_ecs_endpoints.reasoning.needs_of_workloads import needs_of, remarks_on
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.reachability import path
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.trips import (
    Trip,
    deployed_by_pipeline,
    failed,
    of_workloads,
    passed,
    trips,
    undecided,
)
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Unknown, Why


def starts(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails a workload when a start-up need has no working path at all from some subnet."""
    return of_workloads(estate, _judge)


def _judge(network: Network, workload: Workload) -> Verdict | None:
    startup = [need for need in needs_of(workload) if need.startup]
    if not startup:
        return None
    broken: list[tuple[Trip, Answer]] = []
    unclear: list[tuple[Trip, Answer]] = []
    shown: dict[str, tuple[Step, ...]] = {}
    for trip in trips(network, workload, startup):
        answer = _reaches(network, workload, trip)
        if answer.truth is False:
            broken.append((trip, answer))
        elif isinstance(answer.truth, Unknown):
            unclear.append((trip, answer))
        else:
            shown.setdefault(trip.need.service, (*trip.steps(workload), *answer.steps))
    if broken:
        return _cannot_start(workload, broken)
    for trip, answer in unclear:
        assert isinstance(answer.truth, Unknown)
        evidence = (*trip.steps(workload), *answer.steps, *remarks_on(workload))
        return undecided(workload, answer.truth, evidence, answer.cause)
    evidence = (
        *dict.fromkeys(step for steps in shown.values() for step in steps),
        *remarks_on(workload),
    )
    return passed(workload, f"{workload.source.address}: every start-up need has a path", evidence)


def _reaches(network: Network, workload: Workload, trip: Trip) -> Answer:
    if isinstance(trip.origin, Unknown):
        gap = trip.gap or trip.origin
        return Answer(gap, f"{workload.source.address}: {gap.subject}")
    found = path(network, trip.need, trip.origin)
    ways = [found.by_endpoint, found.by_internet]
    if trip.need.service == INTERNET:
        ways.reverse()  # so that the cause is what is wrong with the only way there is
    answer = replace(any_of(ways, Answer(False)), loss=found.disposition)
    if answer.truth is True and trip.need.first_pull_only and found.by_internet.truth is not True:
        subject = "whether the image is in the pull-through cache already"
        unknown = Unknown(
            Why.AFTER_APPLY, subject, trip.need.asked.location, "a first pull needs the internet"
        )
        return Answer(unknown, f"{workload.source.address}: {subject}")
    if answer.truth is not False:
        return answer
    if isinstance(trip.need.certain, Unknown):
        return Answer(trip.need.certain, answer.cause, answer.steps)
    if trip.need.of_task_definition and deployed_by_pipeline(workload):
        subject = f"the task definition of {workload.source.address}"
        note = "a pipeline deploys another one than the file says (lifecycle.ignore_changes)"
        return Answer(
            Unknown(Why.AFTER_APPLY, subject, workload.source.at(), note), answer.cause, answer.steps
        )
    return answer


def _cannot_start(workload: Workload, broken: list[tuple[Trip, Answer]]) -> Verdict:
    details = []
    for service, group in groupby(
        sorted(broken, key=lambda b: b[0].need.service), lambda b: b[0].need.service
    ):
        places = sorted({_place(t.origin, a) for t, a in group if not isinstance(t.origin, Unknown)})
        details.append(f"no path to {_title(service)} from {', '.join(places)}{_error(service)}")
    evidence = []
    for _, trips_of_need in groupby(broken, lambda b: b[0].need):
        trip, answer = next(trips_of_need)
        evidence += [*trip.steps(workload), *answer.steps]
    evidence += remarks_on(workload)
    return failed(workload, broken[0][1].cause, tuple(details), tuple(dict.fromkeys(evidence)))


def _place(origin: Origin, answer: Answer) -> str:
    return f"{origin.name} ({answer.loss.value})" if answer.loss else origin.name


def _title(service: str) -> str:
    return services()[service].title if service else "a registry outside AWS"


def _error(service: str) -> str:
    error = services()[service].error if service else "CannotPullContainerError: i/o timeout"
    return f"; ECS will report: {error}" if error else ""
