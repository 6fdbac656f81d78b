"""ECSNET_900: the workloads for which not every policy could be decided, and what would decide them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from checkov_ecs_endpoints.host.checkov.opinions import UNDECIDED_AS, Opinion, say
from checkov_ecs_endpoints.host.checkov.request import Request
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.model.workloads import Unjudged
from checkov_ecs_endpoints.results import Outcome
from checkov_ecs_endpoints.scan import Scan
from checkov_ecs_endpoints.survey import Judged, Survey


def undecided(request: Request, scan: Scan, judged: Iterable[tuple[str, Judged]]) -> Iterator[Opinion]:
    """One opinion per workload, of all that the given policies say of it."""
    workloads: dict[tuple[int, str], dict[str, list[Judged]]] = {}
    for check, one in judged:
        said = workloads.setdefault((id(one.configuration), one.verdict.workload), {})
        said.setdefault(check, []).append(one)
    for (_, workload), by_check in workloads.items():
        first = next(iter(by_check.values()))[0]
        survey = scan.survey(first)
        resource = survey.resources[workload]
        if survey.reports(resource):
            yield from _about(request, survey, resource, by_check)
    for survey, estate in scan.estates():
        for item in estate.unjudged:
            yield from _unjudged(request, survey, item)


def _about(
    request: Request, survey: Survey, resource: Resource, by_check: Mapping[str, list[Judged]]
) -> Iterator[Opinion]:
    unknown = {
        check: found
        for check, said in by_check.items()
        if (found := [one for one in said if one.verdict.outcome is Outcome.UNKNOWN])
    }
    if not unknown:
        yield say(request, Outcome.PASSED, resource, survey.configuration)
    else:
        yield from _open(request, survey, resource, _comment(request, unknown))


def _open(request: Request, survey: Survey, resource: Resource, comment: str) -> Iterator[Opinion]:
    outcome = UNDECIDED_AS.get(survey.settings.on_unknown)
    if outcome and not survey.configuration.library:
        yield say(request, outcome, resource, survey.configuration, (comment,))


def _unjudged(request: Request, survey: Survey, item: Unjudged) -> Iterator[Opinion]:
    for resource in survey.configuration.resources:
        if resource.address == item.source.address and survey.reports(resource):
            comment = f"not judged: {item.what} is not followed by this version"
            yield from _open(request, survey, resource, comment)


def _comment(request: Request, unknown: Mapping[str, list[Judged]]) -> str:
    """The policies, and the one value that would decide most of them."""
    deciding = Counter(
        reason for said in unknown.values() for reason in {one.verdict.reason for one in said} if reason
    )
    named = f"not decided: {', '.join(sorted(unknown))}"
    if not deciding:
        return named
    reason, count = min(deciding.items(), key=lambda item: (-item[1], str(item[0])))
    place = f" ({request.place(reason.origin)})" if reason.origin else ""
    share = "" if count == len(unknown) else f"; that would decide {count} of {len(unknown)}"
    return f"{named}, because {reason}{place}{share}"
