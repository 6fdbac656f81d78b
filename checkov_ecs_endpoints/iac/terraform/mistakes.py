"""The types of values whose evaluation is an error.

The branch of a conditional that is not taken decides the type with the other one, though it
may be an error.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from tree_sitter import Node

from checkov_ecs_endpoints.iac.terraform.faults import Fault, Invalid
from checkov_ecs_endpoints.iac.terraform.kinds import ANY, BOOL, NUMBER, STRING, TupleType, Type, type_of
from checkov_ecs_endpoints.iac.terraform.scope import Inner

Given = TypeVar("Given")


def together(evaluate: Callable[[Given], Inner], given: Sequence[Given]) -> list[Inner]:
    """The members of a tuple; a mistake in one of them leaves the types of all."""
    found: list[Inner] = []
    mistake: Invalid | None = None
    for one in given:
        value = _attempted(evaluate, one)
        if isinstance(value, Invalid):
            mistake = mistake or value
        elif isinstance(value, Fault) and mistake is None:
            raise value
        found.append(value)
    if mistake is not None:
        mistake.kind = TupleType(tuple(map(_kind, found)))
        raise mistake
    return found


def _attempted(evaluate: Callable[[Given], Inner], given: Given) -> Inner:
    try:
        return evaluate(given)
    except Fault as fault:
        return fault


def _kind(member: Inner) -> Type:
    """The type of a member, also of one that is a mistake."""
    if isinstance(member, Fault):
        return (member.kind if isinstance(member, Invalid) else None) or ANY
    return type_of(member)


_TRUTHS = frozenset({"||", "&&", "==", "!=", ">", ">=", "<", "<="})
_PASSING = frozenset(
    {
        "expression",
        "operation",
        "collection_value",
        "tuple",
        "object",
        "conditional",
        "for_expr",
        "for_object_expr",
    }
)


def kind_in_spite(node: Node, fault: Invalid) -> Type | None:
    """The type that Terraform gives a value whose evaluation is an error."""
    if node.type in ("binary_operation", "unary_operation"):
        signs = {child.type for child in node.children if not child.is_named}
        return BOOL if signs & _TRUTHS or "!" in signs else NUMBER
    if node.type == "template_expr":
        return STRING
    return fault.kind if node.type in _PASSING else None
