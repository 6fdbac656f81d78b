"""What is taken to be so, where a template is followed in each case of its unknown conditions.

What decides conditions are comparisons (user guide, "Condition functions": ``Fn::Equals``
is the only one that looks at values), most of them of a parameter with a text. So a case
says of each parameter which text it is, or which texts it is not, and contradictions never
come up: a parameter that is ``prod`` is not ``dev``, and one that is none of its allowed
values but one is that one. A comparison of anything else is taken to hold or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from checkov_ecs_endpoints.iac.cloudformation.texts import written
from checkov_ecs_endpoints.iac.configuration import Choice
from checkov_ecs_endpoints.values import Location, Reference, Unknown, Value

Subject: TypeAlias = Unknown | Reference
"""A parameter of the outermost stack that has no known value, or a pseudo parameter."""

Spot: TypeAlias = tuple[str, ...]
"""A comparison: the outermost template, the path of stacks, and where in which condition."""


@dataclass(frozen=True, slots=True)
class Question:
    """Whether a comparison holds: that of ``subject`` with ``text``, or else the one at ``spot``.

    ``allowed`` are the values that the subject may have, None for any. ``condition`` is an
    unknown condition that depends on it.
    """

    condition: Unknown
    spot: Spot
    place: Location
    subject: Subject | None = None
    text: str = ""
    allowed: frozenset[str] | None = None

    @property
    def about(self) -> str:
        """What is asked about, in words."""
        if isinstance(self.subject, Unknown):
            return self.subject.subject
        if isinstance(self.subject, Reference):
            return str(self.subject)
        condition, _, inside = self.spot[-1].partition("/")
        return f"the comparison on line {self.place.line}" if inside else f"condition {condition}"

    @property
    def order(self) -> tuple[bool, str, str, Spot]:
        """By name, so that it does not matter where a template writes what."""
        return (self.subject is None, self.about, self.text, self.spot)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """One case, or the part of it that was asked about so far.

    ``values`` are the texts that subjects are taken to be, ``others`` those that they are
    taken not to be, ``answers`` what is taken of other comparisons, ``asked`` the first
    question about each of them.
    """

    values: Mapping[Subject, str] = field(default_factory=dict)
    others: Mapping[Subject, frozenset[str]] = field(default_factory=dict)
    answers: Mapping[Spot, bool] = field(default_factory=dict)
    asked: Mapping[Subject | Spot, Question] = field(default_factory=dict)

    def value(self, of: Value) -> str | None:
        """The text that a parameter is taken to be."""
        return self.values.get(of) if isinstance(of, (Unknown, Reference)) else None

    def equality(self, left: Value, right: Value, spot: Spot) -> bool | None:
        """Whether two values are taken to be equal; None where nothing is assumed of it."""
        for subject, other in ((left, right), (right, left)):
            text = written(other)
            if isinstance(subject, (Unknown, Reference)) and text is not None:
                if subject in self.values:
                    return self.values[subject] == text
                if text in self.others.get(subject, ()):
                    return False
        return self.answers.get(spot)

    def answering(self, question: Question) -> list[Assumptions]:
        """The cases in which a question is answered with yes and with no, without contradictions."""
        subject, text = question.subject, question.text
        asked = {**self.asked, subject or question.spot: self.asked.get(subject or question.spot, question)}
        answered = replace(self, asked=asked)
        if subject is None:
            return [
                replace(answered, answers={**self.answers, question.spot: answer}) for answer in (True, False)
            ]
        excluded = self.others.get(subject, frozenset()) | {text}
        left = None if question.allowed is None else question.allowed - excluded
        values = [text] if question.allowed is None or text in question.allowed else []
        if left is not None and len(left) == 1:
            values += left
        found = [replace(answered, values={**self.values, subject: value}) for value in values]
        if left is None or len(left) > 1:
            found.append(replace(answered, others={**self.others, subject: excluded}))
        return found

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The case in words."""
        return tuple(
            Choice(question.about, self._answer(question), question.condition)
            for question in self.asked.values()
        )

    def _answer(self, question: Question) -> str:
        subject = question.subject
        if subject is None:
            return "true" if self.answers[question.spot] else "false"
        if subject in self.values:
            return f"'{self.values[subject]}'"
        return _none_of(self.others[subject])


def _none_of(texts: Iterable[str]) -> str:
    quoted = [f"'{text}'" for text in sorted(texts)]
    return f"not {quoted[0]}" if len(quoted) == 1 else f"neither {' nor '.join(quoted)}"


NOTHING = Assumptions()
