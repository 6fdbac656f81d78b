"""Names, and the attributes, indexes and splats that follow a value.

Terraform documentation: Configuration Language, References to Named Values; Splat
Expressions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tree_sitter import Node

from checkov_ecs_endpoints.iac.terraform.faults import Invalid
from checkov_ecs_endpoints.iac.terraform.indexing import attribute, index
from checkov_ecs_endpoints.iac.terraform.kinds import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    Collection,
    ListOf,
    ObjectType,
    Type,
    type_of,
)
from checkov_ecs_endpoints.iac.terraform.members import listed, unclear
from checkov_ecs_endpoints.iac.terraform.mistakes import together
from checkov_ecs_endpoints.iac.terraform.nodes import named
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Set
from checkov_ecs_endpoints.iac.terraform.shapes import HclExpression
from checkov_ecs_endpoints.iac.terraform.unification import unify
from checkov_ecs_endpoints.values import OpenList, Reference, Unknown

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.terraform.evaluator import Evaluator

_ATTRIBUTES = frozenset({"get_attr", "legacy_index"})


def flatten(suffixes: Sequence[Node]) -> list[Node]:
    """The suffixes in the order they are written; a splat stands before what it applies to.

    The grammar lets a splat hold some of the suffixes after it, though not those that
    Terraform applies to each member.
    """
    found: list[Node] = []
    for node in suffixes:
        if node.type == "splat":
            splat = named(node)[0]
            found.append(splat)
            found.extend(flatten(named(splat)))
        elif node.type == "index":
            found.append(named(node)[0])
        else:
            found.append(node)
    return found


def name(evaluator: Evaluator, code: HclExpression, first: Node, suffixes: Sequence[Node]) -> Inner:
    """The value behind a name with everything that follows it."""
    names = [code.text(first)]
    for node in suffixes:
        if node.type != "get_attr":
            break
        names.append(code.text(named(node)[0]))
    value, spent = evaluator.resolve(names, code.at(first))
    rest = flatten(suffixes[spent - 1 :])
    if hasattr(value, "opened"):
        if rest and rest[0].type in ("new_index", "legacy_index"):
            key = _key(evaluator, code, rest[0])
            value = value.at(key, code.at(rest[0]))
            rest = rest[1:]
        else:
            value = value.opened()
    return apply(evaluator, code, value, rest)


def apply(evaluator: Evaluator, code: HclExpression, value: Inner, suffixes: Sequence[Node]) -> Inner:
    """A value with its suffixes applied, left to right."""
    for at, node in enumerate(suffixes):
        if node.type == "full_splat":
            return _each(evaluator, code, value, suffixes[at + 1 :])
        if node.type == "attr_splat":
            end = at + 1
            while end < len(suffixes) and suffixes[end].type in _ATTRIBUTES:
                end += 1
            members = _each(evaluator, code, value, suffixes[at + 1 : end])
            return apply(evaluator, code, members, suffixes[end:])
        value = _step(evaluator, code, value, node)
    return value


def _step(evaluator: Evaluator, code: HclExpression, value: Inner, node: Node) -> Inner:
    place = code.at(node)
    if node.type == "get_attr":
        return evaluator.guarded(code, node, lambda: attribute(value, code.text(named(node)[0]), place))
    key = _key(evaluator, code, node)
    return evaluator.guarded(code, node, lambda: index(value, key, place))


def _key(evaluator: Evaluator, code: HclExpression, node: Node) -> Inner:
    if node.type == "legacy_index":
        return int(code.text(node).lstrip(". \t"))
    return evaluator.part(code, named(node)[0])


def _each(evaluator: Evaluator, code: HclExpression, value: Inner, suffixes: Sequence[Node]) -> Inner:
    """The suffixes applied to every member; a lone value is one member, null is none."""
    if value is None:
        return []
    if isinstance(value, Set):
        value = listed(value, ANY)
    if isinstance(value, (Unknown, Reference)):
        return OpenList((), unclear(value))
    if isinstance(value, OpenList):
        return OpenList(tuple(apply(evaluator, code, item, suffixes) for item in value.items), value.rest)
    if not isinstance(value, list):
        return [apply(evaluator, code, value, suffixes)]
    if not isinstance(value, ListOf):
        return together(lambda item: apply(evaluator, code, item, suffixes), value)
    members = [apply(evaluator, code, item, suffixes) for item in value]
    types = [type_of(member) for member in members] or [_type_of_member(code, value.element, suffixes)]
    element = unify(types)
    if element is None:
        raise Invalid("the members have types that do not go together")
    return ListOf(members, element)


def _type_of_member(code: HclExpression, element: Type, suffixes: Sequence[Node]) -> Type:
    """What the suffixes would give of a member, where there is none to see; ANY where that is not known."""
    for node in suffixes:
        if element in (STRING, NUMBER, BOOL):
            raise Invalid("a text or number has no members")
        if isinstance(element, ObjectType) and node.type == "get_attr":
            element = element.attributes.get(code.text(named(node)[0]), ANY)
        elif isinstance(element, Collection) and node.type != "full_splat":
            element = element.element
        else:
            return ANY
    return element
