"""What could not be decided, by what stands in the way, and what would decide it."""

from __future__ import annotations

from collections.abc import Iterable

from checkov_ecs_endpoints.iac.configuration import Framework
from checkov_ecs_endpoints.reports.groups import SHOWN, Group, grouped, others
from checkov_ecs_endpoints.reports.style import Style
from checkov_ecs_endpoints.results import Finding
from checkov_ecs_endpoints.values import Why

_REMEDIES = {
    Why.NO_VALUE: "give it a value: a default, a tfvars file, --var-file, or var_files in the settings",
    Why.NOT_SET: "set it in the configuration",
    Why.DATA_SOURCE: "only AWS knows it; it is decided where the configuration creates the thing itself, "
    "or, for a network, by what the settings assume",
    Why.MODULE: "make it available in the repository (a local source or template, or terraform init)",
    Why.AFTER_APPLY: "only AWS knows it; it is decided where the configuration says it itself",
    Why.UNSUPPORTED: "this version cannot evaluate it; writing it more plainly decides it",
    Why.OUTSIDE: "scan a directory that holds both, or name one with --root; for a network, say it under "
    "assume in the settings",
    Why.INVALID: "correct the configuration",
    Why.LIMIT: "scan a smaller part of the repository",
    Why.IMPORT: "scan the template that exports it together with this one; for a network, say under assume "
    "in the settings what it has",
    Why.AMBIGUOUS: "give the parameters in the name a value that fits one alone, or leave only the one meant "
    "in the scan, by --root",
    Why.CONDITION: "give the variables and parameters of the condition a value",
}
"""What a person can do about each kind of gap; the others are nobody's to decide."""

_PARAMETER = "give it a value: a default, --parameter-file, or parameter_files in the settings"


def undecided(findings: list[Finding], style: Style) -> list[list[str]]:
    """A section for each reason that findings have no verdict, what would decide most first."""
    groups = sorted(
        grouped(findings, lambda finding: str(finding.reason)), key=lambda group: -len(group.findings)
    )
    return [_section(group, style) for group in groups]


def _section(group: Group, style: Style) -> list[str]:
    reason = group.lead.reason
    if reason is None:
        return []
    origin = f" ({style.place(reason.origin)})" if reason.origin else ""
    remedy = _REMEDIES.get(reason.why)
    if reason.why is Why.NO_VALUE and group.lead.framework == Framework.CLOUDFORMATION.value:
        remedy = _PARAMETER
    return [
        *style.wrapped(f"{style.paint('UNKNOWN', 'blue')} {reason}{origin}", 0, 8),
        *style.field("on", _resources(group, style), hanging=2),
        *style.field("cases", _cases(group), hanging=2),
        *(style.field("decide", [remedy]) if remedy else []),
    ]


def _resources(group: Group, style: Style) -> list[str]:
    resources = group.resources()
    shown = [f"{style.resource(one)}: {', '.join(_policies(group, one))}" for one in resources[:SHOWN]]
    rest = resources[SHOWN:]
    return [*shown, others([one.address for one in rest])] if rest else shown


def _policies(group: Group, resource: Finding) -> list[str]:
    """The policies undecided on one resource."""
    return _short(
        finding.check_id
        for finding in group.findings
        if (finding.address, finding.location) == (resource.address, resource.location)
    )


def _cases(group: Group) -> list[str]:
    """What policies say in the cases that a condition may come to: those that say the same together."""
    told: dict[tuple[str, ...], list[str]] = {}
    for finding in group.findings:
        cases = tuple(line for line in finding.details if line.startswith(("if ", "and ")))
        if cases:
            told.setdefault(cases, []).append(finding.check_id)
    shown = [f"{', '.join(_short(ids))}: {'; '.join(cases)}" for cases, ids in told.items()]
    rest = [check_id for ids in list(told.values())[SHOWN:] for check_id in ids]
    return [*shown[:SHOWN], others(_short(rest))] if rest else shown


def _short(check_ids: Iterable[str]) -> list[str]:
    """Policies: the first in full, the others without our prefix."""
    ids = sorted(set(check_ids))
    prefix = ids[0].rpartition("_")[0] + "_"
    return [ids[0], *(check_id.removeprefix(prefix) for check_id in ids[1:])]
