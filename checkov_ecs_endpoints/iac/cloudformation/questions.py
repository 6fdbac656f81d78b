"""What is to be asked, so that conditions which are not known are decided one way or the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

from checkov_ecs_endpoints.iac.cloudformation.assumptions import Question, Subject
from checkov_ecs_endpoints.iac.cloudformation.nodes import Node, Sequence, members_of, text_of
from checkov_ecs_endpoints.iac.cloudformation.parameters import allowed_texts, is_list
from checkov_ecs_endpoints.iac.cloudformation.stack import (
    OWN_PSEUDO_PARAMETERS,
    SHARED_PSEUDO_PARAMETERS,
    Stack,
)
from checkov_ecs_endpoints.iac.cloudformation.texts import written
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.values import Location, Reference, Unknown, Value, Why, unknowns

_PARAMETER: Final = "parameter "

Condition: TypeAlias = tuple[str, Location | None]
"""An unknown condition, by its name and place: functions add to its note, not to these."""


def conditions_in(resources: Iterable[Resource]) -> set[Condition]:
    """The unknown conditions that resources, or values in them, depend on."""
    values = (value for one in resources for value in (one.exists, *one.attributes.values()))
    return {found for value in values for found in _conditions_of(value)}


def open_questions(stacks: Iterable[Stack], wanted: set[Condition]) -> list[Question]:
    """What decides the wanted conditions, each declared in one of the stacks.

    A condition of a nested stack may depend on one of its parent by way of a parameter;
    then that is what is asked about.
    """
    declared = [(stack, name) for stack in stacks for name in stack.conditions.entries]
    waiting = set(wanted)
    found: list[Question] = []
    while waiting:
        more: set[Condition] = set()
        for stack, name in declared:
            place = stack.conditions.entries[name].place
            if (f"condition {name}", place) in waiting:
                for one in _decided_by(stack, name):
                    if isinstance(one, Question):
                        found.append(one)
                    else:
                        more.add(one)
        waiting = more - wanted
        wanted = wanted | more
    return sorted(found, key=lambda question: question.order)


def _conditions_of(value: Value) -> Iterator[Condition]:
    for unknown in unknowns(value):
        if unknown.why is Why.CONDITION:
            yield (unknown.subject, unknown.origin)


def _decided_by(stack: Stack, name: str) -> Iterator[Question | Condition]:
    """The open comparisons in a condition and in those that it is made of, or conditions elsewhere."""
    entry = stack.conditions.entries[name]
    condition = stack.condition(name, entry.place)
    if not isinstance(condition, Unknown):
        return
    seen = {name}
    waiting: list[tuple[Node, str]] = [(entry.value, name)]
    while waiting:
        node, spot = waiting.pop()
        function, inner = next(iter(members_of(node).items()), ("", None))
        if inner is None or not isinstance(stack.evaluator.truth(node, spot), Unknown):
            continue
        items = inner.value.items if isinstance(inner.value, Sequence) else ()
        if function == "Condition":
            named = text_of(inner.value) or ""
            if named in stack.conditions.entries and named not in seen:
                seen.add(named)
                waiting.append((stack.conditions.entries[named].value, named))
        elif function == "Fn::Equals" and len(items) == 2:
            sides = [stack.evaluator.value(item) for item in items]
            elsewhere = [found for side in sides for found in _conditions_of(side)]
            yield from elsewhere
            if not elsewhere:
                yield _question(stack, sides, condition, spot, node.place)
        else:
            waiting += [(item, f"{spot}/{index}") for index, item in enumerate(items)]


def _question(stack: Stack, sides: list[Value], condition: Unknown, spot: str, place: Location) -> Question:
    where = stack.spot(spot)
    for value, other in (sides, sides[::-1]):
        text = written(other)
        if text is None:
            continue
        if isinstance(value, Reference) and not value.attribute and _is_pseudo_parameter(value.resource):
            return Question(condition, where, place, value, text)
        if isinstance(value, Unknown) and value.subject.startswith(_PARAMETER):
            found = _about_parameter(stack.root(), value)
            if found is not None:
                subject, allowed = found
                return Question(condition, where, place, subject, text, allowed)
    return Question(condition, where, place)


def _is_pseudo_parameter(resource: str) -> bool:
    return resource in SHARED_PSEUDO_PARAMETERS or resource in OWN_PSEUDO_PARAMETERS


def _about_parameter(root: Stack, value: Unknown) -> tuple[Subject, frozenset[str] | None] | None:
    """A parameter of the outermost stack itself, not what a function makes of it; with its allowed values.

    That of a nested stack is what its parent gives it, and what it is not given is a fault:
    two stacks of one template would seem to share it.
    """
    name = value.subject.removeprefix(_PARAMETER)
    entry = root.template.section("Parameters").get(name)
    if entry is None or is_list(entry) or root.ref(name, entry.place) != value:
        return None
    return value, allowed_texts(entry)
