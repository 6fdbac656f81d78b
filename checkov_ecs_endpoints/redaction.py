"""Texts that no report may show: what a configuration declares sensitive."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.results import Problem, Verdict
from checkov_ecs_endpoints.values import Unknown

HIDDEN = "(sensitive value)"
"""What Terraform shows in such places."""

_SAYS_NOTHING = frozenset({"", "true", "false", "null"})
_SHORT = 6
_TINY = 3


@dataclass(frozen=True)
class Redaction:
    """Replaces secrets in whatever is said about a configuration.

    A long secret is found inside of other text, a short one as a word, and one of a letter
    or two only where nothing is written beside it: ``1`` must not take the ports from
    ``10.0.0.0/16``.
    """

    secrets: frozenset[str]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        told = sorted(self.secrets - _SAYS_NOTHING, key=lambda text: (-len(text), text))
        return re.compile("|".join(map(_found, told))) if told else None

    def text(self, text: str) -> str:
        """A text without secrets."""
        return text if self._pattern is None else self._pattern.sub(HIDDEN, text)

    def verdict(self, verdict: Verdict) -> Verdict:
        """A verdict that shows no secret."""
        if self._pattern is None:
            return verdict
        return replace(
            verdict,
            cause=self.text(verdict.cause),
            details=tuple(map(self.text, verdict.details)),
            evidence=tuple(self._step(step) for step in verdict.evidence),
            reason=None if verdict.reason is None else self._unknown(verdict.reason),
        )

    def problems(self, problems: Iterable[Problem]) -> list[Problem]:
        """Problems that show no secret."""
        return [replace(problem, message=self.text(problem.message)) for problem in problems]

    def _step(self, step: Step) -> Step:
        return replace(step, text=self.text(step.text))

    def _unknown(self, unknown: Unknown) -> Unknown:
        return Unknown(
            unknown.why, self.text(unknown.subject), unknown.origin, self.text(unknown.note), unknown.via
        )


def _found(secret: str) -> str:
    """A pattern for one secret."""
    written = re.escape(secret)
    if len(secret) >= _SHORT:
        return written
    beside = r"\w" if len(secret) >= _TINY else r"\w.:/-"
    return f"(?<![{beside}]){written}(?![{beside}])"
