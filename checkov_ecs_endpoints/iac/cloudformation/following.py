"""A template in the cases of a condition that is not known."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from checkov_ecs_endpoints.iac.cloudformation.assumptions import Assumptions
from checkov_ecs_endpoints.iac.cloudformation.questions import open_questions
from checkov_ecs_endpoints.iac.configuration import Case
from checkov_ecs_endpoints.values import Unknown

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.cloudformation.assembly import Assembly

Followed: TypeAlias = dict[tuple[Path, object], Case]
"""The cases that were followed, by template and what is assumed."""


@dataclass(frozen=True, slots=True)
class Following:
    """Leads on from the configuration of a template, which may be one of its cases itself.

    One question is answered at a time, and only then the next one asked: an answer may make
    others superfluous, which is how cases that contradict themselves never come up.
    """

    assembly: Assembly
    path: Path
    followed: Followed = field(repr=False)

    def __call__(self, condition: Unknown) -> tuple[Case, ...]:
        """The cases of what decides a condition."""
        assumptions = self.assembly.assumptions
        asked = open_questions(self.assembly.stacks(self.path), (condition.subject, condition.origin))
        for question in asked:
            if not assumptions.answers(question):
                return tuple(map(self._case, assumptions.answering(question)))
        return ()

    def _case(self, assumptions: Assumptions) -> Case:
        key = (self.path, assumptions.identity)
        if key not in self.followed:
            configuration = self.assembly.assuming(assumptions, self.path).configuration(self.path)
            self.followed[key] = Case(assumptions.choices, configuration)
        return self.followed[key]
