"""What is to be asked, so that conditions which are not known are decided one way or the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from checkov_ecs_endpoints.iac.cloudformation.assumptions import TRUE, TRUTHS, Comparison, Question
from checkov_ecs_endpoints.iac.cloudformation.nodes import Entry, Node, Sequence, members_of, text_of
from checkov_ecs_endpoints.iac.cloudformation.parameters import allowed_texts, is_list
from checkov_ecs_endpoints.iac.cloudformation.scope import OWN_PSEUDO_PARAMETERS, SHARED_PSEUDO_PARAMETERS
from checkov_ecs_endpoints.iac.cloudformation.stack import Stack
from checkov_ecs_endpoints.values import Location, Reference, Unknown, Value, Why, is_known, unknowns

_PARAMETER: Final = "parameter "

Condition: TypeAlias = tuple[str, Location | None]
"""An unknown condition, by its name and place: functions add to its note, not to these."""


def open_questions(stacks: Iterable[Stack], condition: Condition) -> list[Question]:
    """What decides a condition that is declared in one of the stacks, by name.

    A condition of a nested stack may depend on one of its parent by way of a parameter;
    then that is what is asked about.
    """
    declared = [(stack, name) for stack in stacks for name in stack.conditions.entries]
    passed: set[Condition] = set()
    waiting = {condition}
    found: list[Question] = []
    while waiting:
        passed |= waiting
        more: set[Condition] = set()
        for stack, name in declared:
            if (f"condition {name}", stack.conditions.entries[name].place) in waiting:
                for one in _decided_by(stack, name):
                    if isinstance(one, Question):
                        found.append(one)
                    else:
                        more.add(one)
        waiting = more - passed
    return sorted(found, key=lambda question: question.order)


def _conditions_of(value: Value) -> Iterator[Condition]:
    for unknown in unknowns(value):
        if unknown.why is Why.CONDITION:
            yield (unknown.subject, unknown.origin)


def _decided_by(stack: Stack, name: str) -> Iterator[Question | Condition]:
    """The open comparisons in a condition and in those that it is made of, or conditions elsewhere."""
    entry = stack.conditions.entries[name]
    seen = {name}
    waiting: list[Node] = [entry.value]
    while waiting:
        node = waiting.pop()
        function, inner = next(iter(members_of(node).items()), ("", None))
        if inner is None or not isinstance(stack.evaluator.truth(node), Unknown):
            continue
        items = inner.value.items if isinstance(inner.value, Sequence) else ()
        if function == "Condition":
            named = text_of(inner.value) or ""
            if named in stack.conditions.entries and named not in seen:
                seen.add(named)
                waiting.append(stack.conditions.entries[named].value)
        elif function == "Fn::Equals" and len(items) == 2:
            values = stack.evaluator.value(items[0]), stack.evaluator.value(items[1])
            elsewhere = [found for value in values for found in _conditions_of(value)]
            yield from elsewhere
            if not elsewhere:
                comparison = stack.comparison(values, (items[0], items[1]))
                yield _question(stack.root(), comparison, node.place)
        else:
            waiting += items


def _question(root: Stack, comparison: Comparison, place: Location) -> Question:
    for value, expression, text in comparison.with_texts:
        if isinstance(value, Reference) and not value.attribute and _is_pseudo_parameter(value.resource):
            return Question(place, value, text)
        if isinstance(value, Unknown) and value.subject.startswith(_PARAMETER):
            entry = root.template.section("Parameters").get(value.subject.removeprefix(_PARAMETER))
            if entry is not None and _is_value_of(root, entry, value):
                return Question(place, value, text, allowed_texts(entry))
        if not is_known(value):
            return Question(place, expression, text)
    return Question(place, comparison.itself, TRUE, TRUTHS)


def _is_pseudo_parameter(resource: str) -> bool:
    return resource in SHARED_PSEUDO_PARAMETERS or resource in OWN_PSEUDO_PARAMETERS


def _is_value_of(root: Stack, parameter: Entry, value: Unknown) -> bool:
    """Whether a value is that of a parameter of the outermost stack itself, and a text.

    And not what a function makes of it, nor what a parameter file does not tell, which may
    be another thing in another stack. That of a nested stack is what its parent gives it.
    """
    return (
        not is_list(parameter)
        and value.origin == parameter.place
        and root.ref(parameter.key, parameter.place) == value
    )
