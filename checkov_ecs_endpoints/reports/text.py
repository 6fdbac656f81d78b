"""The report that people read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from checkov_ecs_endpoints.findings import Assessment
from checkov_ecs_endpoints.reports.evidence import Trail
from checkov_ecs_endpoints.reports.groups import SHOWN, Group, grouped, others
from checkov_ecs_endpoints.reports.style import Style
from checkov_ecs_endpoints.reports.undecided import undecided
from checkov_ecs_endpoints.results import Finding, Outcome

if TYPE_CHECKING:
    from checkov_ecs_endpoints.policy_files import Policy

_COLOURS = {"CRITICAL": "red", "HIGH": "red", "MEDIUM": "yellow"}


def render(assessment: Assessment, policies: Mapping[str, Policy], seconds: float, style: Style) -> str:
    """The whole report, ending in a newline."""
    by_outcome = {
        outcome: [finding for finding in assessment.findings if finding.outcome is outcome]
        for outcome in Outcome
    }
    trail = Trail(style)
    groups = grouped(by_outcome[Outcome.FAILED], lambda finding: (finding.root, finding.cause))
    sections = [
        *(_failure(group, policies, style, trail) for group in groups),
        *undecided(by_outcome[Outcome.UNKNOWN], style),
        _skipped(by_outcome[Outcome.SKIPPED], style),
        _apart(assessment, style),
        [_summary(assessment, seconds, style)],
    ]
    return "\n\n".join("\n".join(lines) for lines in sections if lines) + "\n"


def _failure(group: Group, policies: Mapping[str, Policy], style: Style, trail: Trail) -> list[str]:
    lead = group.lead
    lines: list[str] = []
    for finding in group.policies():
        severity = style.paint(finding.severity, _COLOURS.get(finding.severity, "blue"))
        check_id = style.paint(finding.check_id, "bold")
        lines += style.wrapped(f"FAILED {severity} {check_id}: {finding.check_name}", 0, 7)
    lines += style.field("cause", [lead.cause])
    lines += style.field("on", _resources(group, style), hanging=2)
    lines += style.field("details", list(lead.details), hanging=2)
    steps = trail.paragraphs(lead)
    if len(group.resources()) > 1 and steps:
        steps.insert(0, f"for {lead.address}:")
    lines += style.field("evidence", steps, hanging=3)
    lines += style.field("fix", _remedies(group, policies), hanging=2)
    lines += style.field(
        "see", list(dict.fromkeys(one.guideline for one in group.policies() if one.guideline))
    )
    return lines


def _resources(group: Group, style: Style) -> list[str]:
    resources = group.resources()
    shown = [style.resource(one) for one in resources[:SHOWN]]
    rest = resources[SHOWN:]
    return [*shown, others([one.address for one in rest])] if rest else shown


def _remedies(group: Group, policies: Mapping[str, Policy]) -> list[str]:
    found = {
        one.check_id: policies[one.check_id].remediation
        for one in group.policies()
        if one.check_id in policies
    }
    distinct = list(dict.fromkeys(text for text in found.values() if text))
    if len(distinct) < 2:
        return distinct
    return [f"{check_id}: {text}" for check_id, text in found.items() if text]


def _skipped(findings: list[Finding], style: Style) -> list[str]:
    lines: list[str] = []
    for group in grouped(findings, lambda finding: (finding.check_id, finding.suppress_comment)):
        names = [f"{one.address} {style.place(one.location)}" for one in group.resources()]
        heard = names[0] if len(names) == 1 else f"{names[0]} {others(names[1:])}"
        said = f"SKIPPED {group.lead.check_id} on {heard}: {group.lead.suppress_comment}"
        lines += style.wrapped(said, 0, 8)
    return lines


def _apart(assessment: Assessment, style: Style) -> list[str]:
    """What is no finding: libraries, policies not run, input that could not be read."""
    lines: list[str] = []
    for library in assessment.libraries:
        waiting = f": {library.undecided} verdicts wait for a caller's values" if library.undecided else ""
        lines += style.wrapped(f"LIBRARY {library.root} has no caller here{waiting}", 0, 8)
    for module in assessment.unread[:SHOWN]:
        where, why = style.place(module.location), module.why.note or str(module.why)
        lines += style.wrapped(f"NOT READ {module.address} {where}: {why}", 0, 9)
    if rest := assessment.unread[SHOWN:]:
        lines += style.wrapped(f"NOT READ {others([module.address for module in rest])}", 0, 9)
    if assessment.needs_checkov:
        lines += style.wrapped(
            f"NOT RUN {', '.join(assessment.needs_checkov)}: combines conditions, needs checkov", 0, 8
        )
    for problem in assessment.problems:
        where = style.path(problem.path) + (f":{problem.line}" if problem.line else "")
        lines += style.wrapped(f"{style.paint('ERROR', 'red')} {where}: {problem.message}", 0, 6)
    return lines


def _summary(assessment: Assessment, seconds: float, style: Style) -> str:
    failed, unknown = assessment.count(Outcome.FAILED), assessment.count(Outcome.UNKNOWN)
    counts = [f"{failed} failed", f"{unknown} undecided", f"{assessment.count(Outcome.PASSED)} passed"]
    if skipped := assessment.count(Outcome.SKIPPED):
        counts.append(f"{skipped} skipped")
    if assessment.problems:
        counts.append(_plural(len(assessment.problems), "error"))
    colour = "red" if failed or assessment.problems else "yellow" if unknown else "green"
    scope = ", ".join(
        [
            _plural(assessment.workloads, "ECS workload"),
            _plural(assessment.roots, "root"),
            _plural(assessment.resources, "resource"),
        ]
    )
    return f"{style.paint(', '.join(counts), colour)} ({scope}, {seconds:.2f} s)"


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
