"""What is taken to be so, where a template is followed in each case of its unknown conditions.

What decides conditions are comparisons (user guide, "Condition functions": ``Fn::Equals``
is the only one that looks at values), most of them of a parameter with a text. So a case
says of each parameter which text it is, or which texts it is not, and contradictions never
come up: a parameter that is ``prod`` is not ``dev``, and one that is none of its allowed
values but one is that one. Other expressions are told apart by how they are written: the
same one has the same value everywhere in a stack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from checkov_ecs_endpoints.iac.cloudformation.texts import written
from checkov_ecs_endpoints.values import Location, Reference, Unknown, Value, Why

TRUE: Final = "true"
TRUTHS: Final = frozenset({TRUE, "false"})

Expression: TypeAlias = tuple[str, ...]
"""An expression in a stack: the outermost template, the path of stacks, and how it is written."""

Subject: TypeAlias = Unknown | Reference | Expression
"""A parameter of the outermost stack that has no known value, a pseudo parameter, or else an expression."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The two sides of an ``Fn::Equals``: their values and the expressions that have them."""

    values: tuple[Value, Value]
    expressions: tuple[Expression, Expression]

    @property
    def itself(self) -> Expression:
        """The comparison as an expression, whichever side is written first."""
        one, other = sorted(self.expressions)
        return (*one, other[-1])

    @property
    def with_texts(self) -> Iterator[tuple[Value, Expression, str]]:
        """The sides that are compared with a text: value, expression, and the text."""
        for side in (0, 1):
            text = written(self.values[1 - side])
            if text is not None:
                yield self.values[side], self.expressions[side], text


@dataclass(frozen=True, slots=True)
class Question:
    """Whether ``subject`` is ``text``.

    ``allowed`` are the texts that it may be, None for any; ``place`` is where it is compared.
    """

    place: Location
    subject: Subject
    text: str
    allowed: frozenset[str] | None = None

    @property
    def is_comparison(self) -> bool:
        """Whether it is about a comparison itself, of two sides of which neither is a text."""
        return isinstance(self.subject, tuple) and self.allowed == TRUTHS

    @property
    def about(self) -> str:
        """What is asked about, in words."""
        if isinstance(self.subject, Unknown):
            return self.subject.subject
        if isinstance(self.subject, Reference):
            return str(self.subject)
        if self.is_comparison:
            return f"the comparison on line {self.place.line}"
        return f"the value compared on line {self.place.line}"

    @property
    def order(self) -> tuple[bool, Expression, str]:
        """By name, so that it does not matter where a template writes what."""
        if isinstance(self.subject, tuple):
            return (True, self.subject, self.text)
        return (False, (self.about,), self.text)


@dataclass(frozen=True, slots=True)
class Assumptions:
    """One case, or the part of it that was asked about so far.

    ``values`` are the texts that subjects are taken to be, ``others`` those that they are
    taken not to be, ``asked`` the first question about each of them.
    """

    values: Mapping[Subject, str] = field(default_factory=dict)
    others: Mapping[Subject, frozenset[str]] = field(default_factory=dict)
    asked: Mapping[Subject, Question] = field(default_factory=dict)

    def value(self, of: Value) -> str | None:
        """The text that a parameter is taken to be."""
        return self.values.get(of) if isinstance(of, (Unknown, Reference)) else None

    def equality(self, comparison: Comparison) -> bool | None:
        """Whether a comparison is taken to hold; None where nothing is assumed of it."""
        for value, expression, text in comparison.with_texts:
            subjects = (value, expression) if isinstance(value, (Unknown, Reference)) else (expression,)
            for subject in subjects:
                if subject in self.values:
                    return self.values[subject] == text
                if text in self.others.get(subject, ()):
                    return False
        truth = self.values.get(comparison.itself)
        return None if truth is None else truth == TRUE

    def answers(self, question: Question) -> bool:
        """Whether a question is answered already."""
        excluded = self.others.get(question.subject, frozenset())
        return question.subject in self.values or question.text in excluded

    @property
    def identity(self) -> object:
        """What is assumed, whatever the order in which it was asked."""
        return frozenset(self.values.items()), frozenset(self.others.items())

    def answering(self, question: Question) -> list[Assumptions]:
        """The cases in which a question is answered with yes and with no, without contradictions."""
        subject, text, allowed = question.subject, question.text, question.allowed
        answered = replace(self, asked={**self.asked, subject: self.asked.get(subject, question)})
        excluded = self.others.get(subject, frozenset()) | {text}
        left = None if allowed is None else allowed - excluded
        values = [text] if allowed is None or text in allowed else []
        if left is not None and len(left) == 1:
            values += left
        found = [replace(answered, values={**self.values, subject: value}) for value in values]
        if left is None or len(left) > 1:
            found.append(replace(answered, others={**self.others, subject: excluded}))
        return found

    @property
    def choices(self) -> tuple[str, ...]:
        """The case in words."""
        return tuple(
            f"{question.about} is {self._answer(question)}"
            for question in sorted(self.asked.values(), key=lambda question: question.order)
        )

    def _answer(self, question: Question) -> str:
        value = self.values.get(question.subject)
        texts = self.others[question.subject] if value is None else {value}
        if isinstance(question.subject, Unknown) and question.subject.why is Why.SECRET and any(texts):
            # A text that a secret is compared with may be the secret, which no report shows.
            return "none of the texts it is compared with" if value is None else "a text it is compared with"
        if value is None:
            return _none_of(texts)
        return value if question.is_comparison else f"'{value}'"


def _none_of(texts: Iterable[str]) -> str:
    quoted = [f"'{text}'" for text in sorted(texts)]
    return f"not {quoted[0]}" if len(quoted) == 1 else f"neither {' nor '.join(quoted)}"


NOTHING = Assumptions()
