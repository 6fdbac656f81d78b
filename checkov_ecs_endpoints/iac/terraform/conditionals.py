"""Conditional expressions, whose type both branches decide.

Terraform documentation: Configuration Language, Conditional Expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from tree_sitter import Node

from checkov_ecs_endpoints.iac.terraform import operators
from checkov_ecs_endpoints.iac.terraform.conversion import convert_to
from checkov_ecs_endpoints.iac.terraform.faults import Fault, Invalid
from checkov_ecs_endpoints.iac.terraform.kinds import (
    ANY,
    Collection,
    ObjectType,
    Type,
    is_open,
    type_of,
    with_nulls,
    without_optional,
)
from checkov_ecs_endpoints.iac.terraform.merging import either
from checkov_ecs_endpoints.iac.terraform.nodes import chain
from checkov_ecs_endpoints.iac.terraform.readings import traversal
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.shapes import HclExpression
from checkov_ecs_endpoints.iac.terraform.unification import unify
from checkov_ecs_endpoints.values import Unknown

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.terraform.evaluator import Evaluator

Typed: TypeAlias = tuple[Inner, Type]


def conditional(evaluator: Evaluator, code: HclExpression, node: Node) -> Inner:
    """The value of a conditional."""
    links, last = chain(node)
    return chosen(evaluator, code, links, last)


def chosen(
    evaluator: Evaluator, code: HclExpression, links: Sequence[tuple[Node, Node]], last: Node
) -> Inner:
    """The value of ``a ? b : c ? d : e``, of its conditions with their values, and the last value."""
    if not links:
        return evaluator.node(code, last)
    (condition, positive), *rest = links

    def first() -> Typed:
        return typed(evaluator, code, positive)

    def second() -> Typed:
        if not rest:
            return typed(evaluator, code, last)
        value = chosen(evaluator, code, rest, last)
        return value, type_of(value)

    try:
        decided = operators.truth(evaluator.node(code, condition))
    except Invalid as fault:
        fault.kind = _common(attempt(first, None)[1], attempt(second, None)[1])
        raise
    if isinstance(decided, Unknown):
        values = [attempt(work, decided)[0] for work in (first, second)]
        return either(values[0], values[1], decided.through(code.at(condition)))
    theirs = attempt(second if decided else first, None)[1]
    try:
        value, ours = first() if decided else second()
    except Invalid as fault:
        fault.kind = _common(fault.kind, theirs)
        raise
    return _agreed(value, ours, theirs)


def _common(ours: Type | None, theirs: Type | None) -> Type | None:
    return None if ours is None or theirs is None else unify([ours, theirs])


def typed(evaluator: Evaluator, code: HclExpression, node: Node) -> Typed:
    """The value of a branch with its type; what is null in a variable has the type declared for it."""
    value = evaluator.node(code, node)
    path = traversal(code.of(node))
    if path is None or path[0] != "var" or len(path) == 1 or "var" in evaluator.bound:
        return value, type_of(value)
    kind: Type = evaluator.scope.declared(str(path[1]))
    for step in path[2:]:
        if isinstance(kind, ObjectType):
            kind = kind.attributes.get(str(step), ANY)
        else:
            kind = kind.element if isinstance(kind, Collection) else ANY
    return value, with_nulls(type_of(value), without_optional(kind))


def attempt(work: Callable[[], Typed], otherwise: Inner) -> tuple[Inner, Type | None]:
    """The value and type of a branch that may not be taken, whose faults do not count."""
    try:
        return work()
    except Invalid as fault:
        return otherwise, fault.kind
    except Fault:
        return otherwise, None


def _agreed(chosen: Inner, ours: Type, theirs: Type | None) -> Inner:
    """The value of the branch taken, in the type that both branches have in common."""
    if theirs is None or is_open(ours) or is_open(theirs) or ours == theirs:
        return chosen
    common = unify([ours, theirs])
    if common is None:
        raise Invalid("the branches of a conditional have types that do not go together")
    try:
        return convert_to(chosen, common)
    except Invalid as fault:
        fault.kind = common
        raise
