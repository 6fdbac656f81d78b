"""Which policies run and which failures count, by the rules of Checkov's own options.

Lists mix ids, globs of ids and severities. ``--check HIGH`` means HIGH and above,
``--skip-check LOW`` means LOW and below. Source: Checkov 3.3.30, ``runner_filter.py`` and
``common/output/report.py`` (``get_exit_code``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

LEVELS = {
    "NONE": -999,
    "INFO": 1,
    "LOW": 2,
    "MEDIUM": 3,
    "MODERATE": 3,
    "HIGH": 4,
    "IMPORTANT": 4,
    "CRITICAL": 5,
    "OFF": 999,
}
"""Checkov's severities (``common/bridgecrew/severities.py``), by rising weight."""


@dataclass(frozen=True, slots=True)
class Selectors:
    """A list of an option: globs of ids, and the weights of the severities named in it."""

    globs: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.globs or self.levels)

    def names(self, check_id: str) -> bool:
        """Whether one of the globs matches the id."""
        return any(fnmatchcase(check_id, glob) for glob in self.globs)

    def from_level(self, severity: str) -> bool:
        """Whether a severity is at least the lowest one in the list."""
        return bool(self.levels) and severity in LEVELS and LEVELS[severity] >= min(self.levels)

    def up_to_level(self, severity: str) -> bool:
        """Whether a severity is at most the highest one in the list."""
        return bool(self.levels) and severity in LEVELS and LEVELS[severity] <= max(self.levels)


def selectors(values: Sequence[str]) -> Selectors:
    """Read an option that was given any number of times, each time with a comma-separated list.

    Raises ValueError for ``ID:path``, which Checkov's ``--skip-check`` knows and we do not.
    """
    words = [word.strip() for value in values for word in value.split(",") if word.strip()]
    for word in words:
        if ":" in word:
            raise ValueError(f"{word}: ids, globs and severities are understood, not paths")
    return Selectors(
        tuple(word for word in words if word.upper() not in LEVELS),
        tuple(LEVELS[word.upper()] for word in words if word.upper() in LEVELS),
    )


@dataclass(frozen=True, slots=True)
class Selection:
    """Which policies run: those of ``check`` (empty: all), without those of ``skip``."""

    check: Selectors = Selectors()
    skip: Selectors = Selectors()

    def runs(self, check_id: str, severity: str) -> bool:
        """Whether a policy runs."""
        wanted = not self.check or self.check.names(check_id) or self.check.from_level(severity)
        return wanted and not (self.skip.names(check_id) or self.skip.up_to_level(severity))


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Which failures make the exit code 1."""

    soft_fail: bool = False
    soft_fail_on: Selectors = Selectors()
    hard_fail_on: Selectors = Selectors()

    def breaks(self, check_id: str, severity: str) -> bool:
        """Whether one failure of a policy makes the exit code 1."""
        if not self.soft_fail_on and not self.hard_fail_on:
            return not self.soft_fail
        softly = self.soft_fail_on.names(check_id)
        if self.hard_fail_on.names(check_id):
            return True
        if self.hard_fail_on.from_level(severity) and not softly:
            return True
        # Without --soft-fail-on, what --hard-fail-on does not name is tolerated.
        tolerated = softly or self.soft_fail_on.up_to_level(severity) or not self.soft_fail_on
        return not tolerated and not self.soft_fail
