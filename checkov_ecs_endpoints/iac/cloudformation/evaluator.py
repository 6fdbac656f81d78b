"""From nodes to values: properties with their lines, conditions in three values."""

from __future__ import annotations

from typing import Final

from checkov_ecs_endpoints.iac.cloudformation.conditions import equal, same
from checkov_ecs_endpoints.iac.cloudformation.functions import FUNCTIONS
from checkov_ecs_endpoints.iac.cloudformation.loops import PREFIX as LOOP
from checkov_ecs_endpoints.iac.cloudformation.loops import Loops
from checkov_ecs_endpoints.iac.cloudformation.nodes import (
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    members_of,
    text_of,
)
from checkov_ecs_endpoints.iac.cloudformation.scope import Absent, Members, Resolved, Scope, is_present
from checkov_ecs_endpoints.iac.cloudformation.texts import conceal
from checkov_ecs_endpoints.iac.configuration import AttributePath
from checkov_ecs_endpoints.values import (
    Location,
    OpenDict,
    OpenList,
    Truth,
    Unknown,
    Value,
    Why,
    every,
    negate,
    some,
)

_TRANSFORM: Final = "Fn::Transform"


class Evaluator:
    """Applies the functions of a template in the scope of its stack."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._loops = Loops(self.value)

    def value(self, node: Node) -> Value:
        """The value of a node; ``AWS::NoValue`` is null."""
        value = self.resolve(node)
        return value if is_present(value) else None

    def resolve(
        self, node: Node, path: AttributePath = (), lines: dict[AttributePath, Location] | None = None
    ) -> Resolved:
        """The value of a node; the places of everything inside go to ``lines`` under ``path``."""
        if isinstance(node, Scalar):
            return conceal(node.value, node.place) if isinstance(node.value, str) else node.value
        if isinstance(node, Sequence):
            return self._list(node, path, lines)
        name = function_of(node)
        if name is None:
            return self._dict(node, path, lines)
        argument = node.entries[name].value
        if len(node.entries) > 1:
            return Unknown(Why.INVALID, name, node.place, "a function beside other keys")
        if name == "Fn::If":
            return self._if(argument, path, lines)
        if name not in FUNCTIONS:
            return Unknown(Why.UNSUPPORTED, name, node.place)
        return FUNCTIONS[name](self, argument, node.place)

    def members(self, node: Node) -> Members:
        """The entries of a mapping, with ``Fn::ForEach`` unrolled and ``AWS::Include`` put in."""
        found: dict[str, Entry] = {}
        rest: Unknown | None = None
        for entry in members_of(node).values():
            if entry.key.startswith(LOOP):
                unrolled = self._loops.unrolled(entry)
                if isinstance(unrolled, Unknown):
                    parts = [Members({}, unrolled)]
                else:
                    parts = [self.members(copy) for copy in unrolled]
            elif entry.key == _TRANSFORM:
                parts = [self._transformed(entry)]
            else:
                parts = [Members({entry.key: entry})]
            for part in parts:
                found.update(part.entries)
                rest = rest or part.rest
        return Members(found, rest)

    def truth(self, node: Node) -> Truth:
        """A condition, as the ``Conditions`` section writes them."""
        name, entry = next(iter(members_of(node).items()), ("", None))
        if entry is None or len(members_of(node)) != 1:
            return Unknown(Why.INVALID, "a condition", node.place, "no condition function")
        argument = entry.value
        if name == "Condition":
            named = text_of(argument)
            return self.scope.condition(named, node.place) if named else self._not_a_condition(name, node)
        arguments = argument.items if isinstance(argument, Sequence) else ()
        if name == "Fn::And" and arguments:
            return every([self.truth(inner) for inner in arguments])
        if name == "Fn::Or" and arguments:
            return some([self.truth(inner) for inner in arguments])
        if name == "Fn::Not" and len(arguments) == 1:
            return negate(self.truth(arguments[0]))
        if name == "Fn::Equals" and len(arguments) == 2:
            return self._equal(arguments[0], arguments[1], node.place)
        return self._not_a_condition(name, node)

    def _equal(self, left: Node, right: Node, place: Location) -> Truth:
        values = self.value(left), self.value(right)
        truth = equal(*values, place)
        assumed = self.scope.assumed(values, (left, right)) if isinstance(truth, Unknown) else None
        return truth if assumed is None else assumed

    def _not_a_condition(self, name: str, node: Node) -> Unknown:
        return Unknown(Why.INVALID, name, node.place, "no condition function, or wrong arguments")

    def _if(
        self, argument: Node, path: AttributePath, lines: dict[AttributePath, Location] | None
    ) -> Resolved:
        if not isinstance(argument, Sequence) or len(argument.items) != 3:
            return Unknown(Why.INVALID, "Fn::If", argument.place, "it takes a condition and two values")
        condition, then, otherwise = argument.items
        name = text_of(condition)
        decided = self.scope.condition(name, condition.place) if name is not None else self.truth(condition)
        if isinstance(decided, bool):
            return self.resolve(then if decided else otherwise, path, lines)
        one, other = self.resolve(then), self.resolve(otherwise)
        if is_present(one) and is_present(other):
            return one if same(one, other) else decided
        return Absent.NO_VALUE if one is other else decided

    def _list(
        self, node: Sequence, path: AttributePath, lines: dict[AttributePath, Location] | None
    ) -> Value:
        values: list[Value] = []
        rest: Unknown | None = None
        for item in node.items:
            here = (*path, len(values))
            value = self.resolve(item, here, lines)
            if not is_present(value):
                continue
            if isinstance(value, Unknown) and self._may_be_absent(item):
                rest = rest or value
                continue
            if lines is not None:
                lines[here] = item.place
            values.append(value)
        return values if rest is None else OpenList(tuple(values), rest)

    def _may_be_absent(self, item: Node) -> bool:
        """Whether a member that is not known may be ``AWS::NoValue``, so that the list is shorter."""
        if isinstance(item, (Scalar, Sequence)):
            return False
        branches = item.get("Fn::If")
        if isinstance(branches, Sequence) and len(branches.items) == 3:
            return any(self._may_be_absent(branch) for branch in branches.items[1:])
        return text_of(item.get("Ref")) == Absent.NO_VALUE.value

    def _dict(self, node: Mapping, path: AttributePath, lines: dict[AttributePath, Location] | None) -> Value:
        values: dict[str, Value] = {}
        members = self.members(node)
        for key, entry in members.entries.items():
            here = (*path, key)
            value = self.resolve(entry.value, here, lines)
            if is_present(value):
                values[key] = value
                if lines is not None:
                    lines[here] = entry.place
        if members.rest is not None and list(node.entries) == [_TRANSFORM]:
            # A macro alone may put anything there, not only a mapping.
            return members.rest
        return values if members.rest is None else OpenDict(values, members.rest)

    def _transformed(self, entry: Entry) -> Members:
        """What a ``Fn::Transform`` puts beside its siblings: known for ``AWS::Include`` alone."""
        calls = entry.value.items if isinstance(entry.value, Sequence) else (entry.value,)
        arguments = members_of(calls[0]) if len(calls) == 1 else {}
        name = text_of(arguments["Name"].value) if "Name" in arguments else None
        if name != "AWS::Include":
            return Members(
                {}, Unknown(Why.UNSUPPORTED, f"Fn::Transform {name or ''}".strip(), entry.place, "a macro")
            )
        parameters = members_of(arguments["Parameters"].value) if "Parameters" in arguments else {}
        if "Location" not in parameters:
            return Members({}, Unknown(Why.INVALID, "AWS::Include", entry.place, "no Location"))
        included = self.scope.included(self.value(parameters["Location"].value), entry.place)
        return Members({}, included) if isinstance(included, Unknown) else self.members(included)


def function_of(node: Mapping) -> str | None:
    """The intrinsic function that a mapping stands for, or None for a plain mapping.

    ``Condition`` is a function in conditions only: policies have keys of that name.
    """
    for key in node.entries:
        if key == "Ref" and len(node.entries) == 1:
            return key
        if key.startswith("Fn::") and key != _TRANSFORM and not key.startswith(LOOP):
            return key
    return None
