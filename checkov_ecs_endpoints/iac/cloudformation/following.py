"""A template in every case of the conditions that are not known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from checkov_ecs_endpoints.iac.cloudformation.assumptions import NOTHING, Assumptions, Question
from checkov_ecs_endpoints.iac.cloudformation.questions import conditions_in, open_questions
from checkov_ecs_endpoints.iac.configuration import Case, Configuration
from checkov_ecs_endpoints.values import Unknown, Why

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.cloudformation.assembly import Assembly

MAX_CASES: Final = 64
"""Six conditions that have nothing to do with each other."""


def cases(assembly: Assembly, path: Path, matters: Callable[[str], bool]) -> tuple[Case, ...] | Unknown:
    """The configuration of a template in each case, none where no condition that matters is open.

    One question is answered at a time, and only then the next one asked: an answer may make
    others superfluous, which is how cases that contradict themselves never come up.
    """
    found: list[Case] = []
    waiting: list[tuple[Assumptions, Assembly]] = [(NOTHING, assembly)]
    while waiting:
        assumptions, here = waiting.pop()
        configuration = here.configuration(path)
        question = _next_question(here, path, configuration, matters)
        if question is not None:
            answered = assumptions.answering(question)
            waiting += [(one, assembly.assuming(one, path)) for one in reversed(answered)]
        elif assumptions.asked:
            found.append(Case(assumptions.choices, configuration))
        if len(found) + len(waiting) > MAX_CASES:
            return Unknown(
                Why.LIMIT, "every combination of its conditions", None, f"there are more than {MAX_CASES}"
            )
    return tuple(found)


def _next_question(
    assembly: Assembly, path: Path, configuration: Configuration, matters: Callable[[str], bool]
) -> Question | None:
    wanted = conditions_in(one for one in configuration.resources if matters(one.type))
    return next(iter(open_questions(assembly.stacks(path), wanted)), None) if wanted else None
