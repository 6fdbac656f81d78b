"""From verdicts to findings: what each policy says of the resources that were asked about."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checkov_ecs_endpoints.catalog.modules import changes_no_network
from checkov_ecs_endpoints.discovery import Tree
from checkov_ecs_endpoints.iac.configuration import Configuration, Framework, Resource
from checkov_ecs_endpoints.results import Finding, Outcome, Problem, Verdict
from checkov_ecs_endpoints.scan import Scan
from checkov_ecs_endpoints.selection import Selection
from checkov_ecs_endpoints.settings import OnUnknown
from checkov_ecs_endpoints.skips import Skips
from checkov_ecs_endpoints.survey import Judged, Survey
from checkov_ecs_endpoints.values import Location, Unknown, Why

if TYPE_CHECKING:
    from checkov_ecs_endpoints.model.workloads import Unjudged
    from checkov_ecs_endpoints.policy_files import Policy

UNDECIDED = "ECSNET_900"
"""The policy that stands for what could not be decided (design 4.2)."""

OWN = frozenset({UNDECIDED, "ECSNET_999"})
"""Policies that are no questions of their own: about undecided workloads, and our faults."""


@dataclass(frozen=True, slots=True)
class Library:
    """A directory that only a caller gives its values, and how many verdicts wait for one."""

    root: str
    undecided: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A module that was not followed and may hold anything, with the place of its call."""

    address: str
    why: Unknown
    location: Location


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that a report shows of a scan. ``bases`` are the directories paths are relative to.

    ``needs_checkov`` are the ids of policies that combine conditions, which Checkov alone runs.
    """

    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    libraries: tuple[Library, ...]
    unread: tuple[Unread, ...]
    needs_checkov: tuple[str, ...]
    bases: tuple[str, ...]
    workloads: int
    resources: int
    roots: int

    def count(self, outcome: Outcome) -> int:
        """How many findings have an outcome."""
        return sum(finding.outcome is outcome for finding in self.findings)


def assess(scan: Scan, policies: Sequence[Policy], selection: Selection, strict: bool = False) -> Assessment:
    """Ask every selected policy about everything that was read."""
    selected = [policy for policy in policies if selection.runs(policy.id, policy.severity)]
    asked = [policy for policy in selected if not policy.combining and policy.id not in OWN]
    desk = _Desk(scan, strict)
    answers = [answer for policy in asked for answer in desk.ask(policy)]
    own = next((policy for policy in selected if policy.id == UNDECIDED), None)
    if own is not None:
        answers.extend(desk.unjudged(own))
    estates = list(scan.estates())
    return Assessment(
        findings=tuple(sorted(answers, key=_order)),
        problems=tuple(sorted({*scan.problems, *desk.unasked})),
        libraries=desk.libraries(),
        unread=_unread(scan),
        needs_checkov=tuple(sorted(policy.id for policy in selected if policy.combining)),
        bases=tuple(sorted({_directory(path).as_posix() for tree in scan.trees for path in tree.targets})),
        workloads=sum(
            workload.id in survey.resources and survey.reports(survey.resources[workload.id])
            for survey, estate in estates
            for workload in estate.workloads
        ),
        resources=sum(
            survey.reports(resource) and not resource.is_data
            for survey in scan.surveys
            for resource in survey.configuration.resources
        ),
        roots=sum(not configuration.library for configuration in scan.configurations),
    )


class _Desk:
    """Where policies ask and answers are made up into findings."""

    def __init__(self, scan: Scan, strict: bool) -> None:
        self.scan = scan
        self.strict = strict
        self.skips = Skips()
        self.unasked: list[Problem] = []
        self.waiting: Counter[str] = Counter()

    def ask(self, policy: Policy) -> Iterator[Finding]:
        """The findings of one policy."""
        try:
            answers = self.scan.verdicts(policy.operator, policy.attribute, policy.parameters)
        except KeyError:
            message = f"the operator {policy.operator} is not in this version of checkov-ecs-endpoints"
            self.unasked.append(Problem(policy.id, 0, message, fault=True))
            return
        for judged in answers:
            yield from self._finding(policy, self.scan.survey(judged), judged)

    def unjudged(self, policy: Policy) -> Iterator[Finding]:
        """A finding for everything that starts tasks and that this version does not judge."""
        for survey, estate in self.scan.estates():
            for item in estate.unjudged:
                judged = _as_judged(survey, item)
                if survey.reports(judged.resource):
                    yield from self._finding(policy, survey, judged)

    def libraries(self) -> tuple[Library, ...]:
        """The libraries of the scan, with what waits for a caller's values."""
        roots = {
            _root_name(survey.configuration, "", _base(survey.tree, survey.configuration.root, ""))
            for survey in self.scan.surveys
            if survey.configuration.library
        }
        return tuple(Library(root, self.waiting[root]) for root in sorted(roots))

    def _finding(self, policy: Policy, survey: Survey, judged: Judged) -> Iterator[Finding]:
        configuration, resource, verdict = judged.configuration, judged.resource, judged.verdict
        base = _base(survey.tree, configuration.root, resource.location.path)
        root = _root_name(configuration, resource.stack, base)
        framework = _framework(configuration, resource)
        comment = self.skips.reason(resource, framework, policy.id)
        outcome = verdict.outcome if comment is None else Outcome.SKIPPED
        fails = outcome is Outcome.FAILED
        if outcome is Outcome.UNKNOWN:
            if configuration.library:
                self.waiting[root] += 1
                return
            fails = self.strict or survey.settings.on_unknown is OnUnknown.FAIL
            if survey.settings.on_unknown is OnUnknown.SILENT and not fails:
                return
        yield Finding(
            check_id=policy.id,
            check_name=policy.name,
            severity=policy.severity,
            guideline=policy.guideline,
            outcome=outcome,
            address=resource.address,
            location=resource.location,
            framework=framework.value,
            root=root,
            cause=verdict.cause,
            details=verdict.details,
            evidence=verdict.evidence,
            reason=verdict.reason,
            suppress_comment=comment,
            base=base.as_posix(),
            fails=fails,
        )


def _unread(scan: Scan) -> tuple[Unread, ...]:
    """The modules that were not followed and that nothing is known of, once for every call."""
    found = {
        Unread(module.address, module.why, module.location)
        for survey in scan.surveys
        if not survey.configuration.library
        for module in survey.configuration.absent
        if not changes_no_network(module.source)
    }
    return tuple(sorted(found, key=lambda one: (one.location, one.address)))


def _as_judged(survey: Survey, item: Unjudged) -> Judged:
    source = item.source
    resource = next(
        (found for found in survey.configuration.resources if found.address == source.address),
        Resource(id=source.address, type="", address=source.address, attributes={}, location=source.location),
    )
    reason = item.why or Unknown(Why.NOT_MODELLED, source.address, source.location, item.what)
    verdict = Verdict(
        Outcome.UNKNOWN,
        resource.id,
        resource.id,
        f"{source.address}: {item.what} is not judged",
        evidence=(source.step(f"{item.what} is seen and not judged"),),
        reason=reason,
    )
    return Judged(survey.configuration, resource, verdict)


def _framework(configuration: Configuration, resource: Resource) -> Framework:
    is_json = resource.location.path.endswith(".json")
    if configuration.framework is Framework.TERRAFORM and is_json:
        return Framework.TERRAFORM_JSON
    return configuration.framework


def _directory(target: Path) -> Path:
    return target if target.is_dir() else target.parent


def _base(tree: Tree, root: str, file: str) -> Path:
    """The directory of the PATH that a finding belongs to: by its root, else by its file."""
    for place in (Path(root), Path(file)):
        holding = [target for target in tree.targets if place.is_relative_to(target)]
        if holding:
            return _directory(max(holding, key=lambda target: len(target.parts)))
    return _directory(tree.targets[0])


def _root_name(configuration: Configuration, stack: str, base: Path) -> str:
    """The name of a root in reports (design 4.3)."""
    name = Path(os.path.relpath(configuration.root, base)).as_posix()
    if configuration.name:
        name = f"{name}#{configuration.name}"
    return f"{name}/{stack}" if stack else name


def _order(finding: Finding) -> tuple[str, int, str, str, str, str]:
    return (
        finding.location.path,
        finding.location.line,
        finding.check_id,
        finding.address,
        finding.root,
        finding.cause,
    )
