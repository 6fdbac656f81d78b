"""Conditional expressions, whose type both branches decide.

Terraform documentation: Configuration Language, Conditional Expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tree_sitter import Node

from checkov_ecs_endpoints.iac.terraform import operators
from checkov_ecs_endpoints.iac.terraform.conversion import convert_to, unify
from checkov_ecs_endpoints.iac.terraform.faults import Fault, Invalid
from checkov_ecs_endpoints.iac.terraform.kinds import ANY, Type, type_of
from checkov_ecs_endpoints.iac.terraform.merging import either
from checkov_ecs_endpoints.iac.terraform.nodes import chain
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.shapes import HclExpression
from checkov_ecs_endpoints.values import Unknown

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.terraform.evaluator import Evaluator


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

    def first() -> Inner:
        return evaluator.node(code, positive)

    def second() -> Inner:
        return chosen(evaluator, code, rest, last)

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
        value = first() if decided else second()
    except Invalid as fault:
        fault.kind = _common(fault.kind, theirs)
        raise
    return _agreed(value, theirs)


def _common(ours: Type | None, theirs: Type | None) -> Type | None:
    return None if ours is None or theirs is None else unify([ours, theirs])


def attempt(work: Callable[[], Inner], otherwise: Inner) -> tuple[Inner, Type | None]:
    """The value and type of a branch that may not be taken, whose faults do not count."""
    try:
        value = work()
    except Invalid as fault:
        return otherwise, fault.kind
    except Fault:
        return otherwise, None
    return value, type_of(value)


def _agreed(chosen: Inner, theirs: Type | None) -> Inner:
    """The value of the branch taken, in the type that both branches have in common."""
    ours = type_of(chosen)
    if theirs is None or ANY in (ours, theirs) or ours == theirs:
        return chosen
    common = unify([ours, theirs])
    if common is None:
        raise Invalid("the branches of a conditional have types that do not go together")
    try:
        return convert_to(chosen, common)
    except Invalid as fault:
        fault.kind = common
        raise
