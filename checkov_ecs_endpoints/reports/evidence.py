"""The evidence path, as numbered steps; what an earlier path has shown is not shown again."""

from __future__ import annotations

from dataclasses import dataclass, field

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.reports.style import Style
from checkov_ecs_endpoints.results import Finding
from checkov_ecs_endpoints.values import Location

_WORTH = 3
"""So many steps in a row are worth a word that says where they stand above."""


@dataclass(frozen=True, slots=True)
class Trail:
    """The evidence shown so far, by policy, in the order of the report."""

    style: Style
    _shown: list[tuple[str, tuple[Step, ...]]] = field(default_factory=list)

    def paragraphs(self, finding: Finding) -> list[str]:
        """The steps of a finding; files are named in full once, its own not at all."""
        steps = finding.evidence
        named = {self.style.path(finding.location.path)}
        lines: list[str] = []
        index = 0
        while index < len(steps):
            length, where = self._seen(steps, index)
            if length >= _WORTH:
                lines.append(f"{index + 1}-{index + length}. as in {where}")
                index += length
            else:
                lines.append(f"{index + 1}. {self._told(steps[index], named)}")
                index += 1
        self._shown.append((finding.check_id, steps))
        return lines

    def _seen(self, steps: tuple[Step, ...], start: int) -> tuple[int, str]:
        """The longest run from ``start`` on that was shown before, and where."""
        best = (0, "")
        for check_id, shown in self._shown:
            for offset in range(len(shown)):
                length = _common(steps[start:], shown[offset:])
                if length > best[0]:
                    best = (length, f"steps {offset + 1}-{offset + length} of {check_id} above")
        return best

    def _told(self, step: Step, named: set[str]) -> str:
        return f"{step.text} ({self._place(step.location, named)})" if step.location else step.text

    def _place(self, location: Location, named: set[str]) -> str:
        path = self.style.path(location.path)
        name = path.rpartition("/")[2]
        known = path in named and all(other == path or other.rpartition("/")[2] != name for other in named)
        named.add(path)
        return f"{name if known else path}:{location.line}"


def _common(first: tuple[Step, ...], second: tuple[Step, ...]) -> int:
    """How many steps two paths begin with in common."""
    length = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        length += 1
    return length
