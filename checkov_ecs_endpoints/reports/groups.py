"""Findings put together by what is behind them, so that one cause is read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from checkov_ecs_endpoints.results import Finding
from checkov_ecs_endpoints.selection import LEVELS

SHOWN = 3
"""So many resources of a group are shown with their place; of the others the names."""

NAMED = 10
"""So many of the others are named; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Group:
    """Findings with one thing behind them, the most severe first."""

    findings: tuple[Finding, ...]

    @property
    def lead(self) -> Finding:
        """The finding that speaks for the others."""
        return self.findings[0]

    def policies(self) -> list[Finding]:
        """One finding of each policy."""
        return list({finding.check_id: finding for finding in reversed(self.findings)}.values())[::-1]

    def resources(self) -> list[Finding]:
        """One finding of each resource, by place."""
        distinct = {(finding.address, finding.location): finding for finding in reversed(self.findings)}
        return sorted(distinct.values(), key=lambda finding: (finding.location, finding.address))


def grouped(findings: Iterable[Finding], key: Callable[[Finding], Hashable]) -> list[Group]:
    """Groups of one key each, the most severe first, then the largest, then by place."""
    members: dict[Hashable, list[Finding]] = defaultdict(list)
    for finding in findings:
        members[key(finding)].append(finding)
    groups = [Group(tuple(sorted(some, key=_rank))) for some in members.values()]
    return sorted(groups, key=lambda group: (weight(group.lead), -len(group.findings), *_rank(group.lead)))


def weight(finding: Finding) -> int:
    """Smaller is more severe."""
    return -LEVELS.get(finding.severity, 0)


def others(names: Sequence[str]) -> str:
    """What is said of members that are not shown one by one."""
    distinct = list(dict.fromkeys(names))
    unnamed = len(distinct) - NAMED
    tail = f" and {unnamed} more" if unnamed > 0 else ""
    return f"and {len(distinct)} more: {', '.join(distinct[:NAMED])}{tail}"


def _rank(finding: Finding) -> tuple[int, str, str, int, str, str]:
    return (
        weight(finding),
        finding.check_id,
        finding.location.path,
        finding.location.line,
        finding.address,
        finding.root,
    )
