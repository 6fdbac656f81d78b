"""Three-valued answers that carry the evidence for what they say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.reasoning.dispositions import Disposition
from checkov_ecs_endpoints.values import Truth, Unknown


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes, no, or unknown, with the one thing behind it and the steps that show it.

    ``cause`` is a few words that name the resource to edit and what is wrong with it; it
    is "" for yes. ``loss`` is what a no means for the traffic, where it loses it.
    """

    truth: Truth
    cause: str = ""
    steps: tuple[Step, ...] = ()
    loss: Disposition | None = None

    def after(self, *steps: Step) -> Answer:
        """The same answer with ``steps`` put before its own."""
        return replace(self, steps=(*steps, *self.steps))


YES = Answer(True)


def all_of(answers: Iterable[Answer]) -> Answer:
    """Three-valued *and*: the first no, else the first unknown, else yes with all steps."""
    unknown: Answer | None = None
    steps: tuple[Step, ...] = ()
    for answer in answers:
        if answer.truth is False:
            return answer
        if unknown is None and isinstance(answer.truth, Unknown):
            unknown = answer
        steps += answer.steps
    return unknown if unknown is not None else Answer(True, "", steps)


def any_of(answers: Iterable[Answer], otherwise: Answer) -> Answer:
    """Three-valued *or*: the first yes, else the first unknown, else no with all steps.

    ``otherwise`` is the answer, a no, for the case that there are no answers at all.
    """
    unknown: Answer | None = None
    no: list[Answer] = []
    for answer in answers:
        if answer.truth is True:
            return answer
        if isinstance(answer.truth, Unknown):
            unknown = unknown or answer
        else:
            no.append(answer)
    if unknown is not None:
        return unknown
    if not no:
        return otherwise
    loss = next((answer.loss for answer in no if answer.loss is not None), None)
    return Answer(False, no[0].cause, tuple(step for answer in no for step in answer.steps), loss)


def softened(answer: Answer, unknown: Unknown | None, step: Step | None = None) -> Answer:
    """The answer, but a no becomes ``unknown`` where there is one: something unseen may turn it."""
    if answer.truth is not False or unknown is None:
        return answer
    steps = answer.steps if step is None else (*answer.steps, step)
    return Answer(unknown, answer.cause, steps)
