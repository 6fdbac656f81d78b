"""The values that an expression can take when only a condition in it is not known.

``count = var.create ? 1 : 0`` is 1 or 0, which says far more than "unknown".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkov_ecs_endpoints.iac.terraform.expressions import evaluate
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.syntax import (
    Expression,
    JsonExpression,
    conditional,
    parse_expression,
    traversal,
)
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import OpenDict, OpenList, Unknown

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.terraform.module import Module

MOST = 8
"""Branches that are followed; beyond it the value is simply unknown."""


@dataclass(frozen=True, slots=True)
class Choices:
    """Every value that an expression can take, each perhaps unknown; at least one.

    ``doubt`` is the value of the whole expression, which says why there are several.
    """

    values: Sequence[Inner]
    doubt: Inner


def choices(expression: Expression, module: Module) -> Choices:
    """The values of an expression, several only where a condition in it is not known."""
    value = evaluate(expression, module, module.functions)
    if not isinstance(value, (Unknown, OpenDict, OpenList)) and getattr(value, "rest", None) is None:
        return Choices((value,), value)
    found = _follow(expression, module, MOST)
    return Choices((value,) if found is None or len(found) > MOST else found, value)


def _follow(expression: Expression, module: Module, depth: int) -> list[Inner] | None:
    if depth == 0:
        return None
    if isinstance(expression, JsonExpression):
        return _inside_text(expression, module, depth)
    path = traversal(expression)
    if path is not None and len(path) == 2 and path[0] == "local":
        attribute = module.declarations.locals.get(str(path[1]))
        return _follow(attribute.expression, module, depth - 1) if attribute else None
    parts = conditional(expression)
    if parts is None:
        return [evaluate(expression, module, module.functions)]
    condition, positive, negative = parts
    decided = evaluate(condition, module, module.functions)
    if isinstance(decided, bool):
        return _follow(positive if decided else negative, module, depth - 1)
    if not isinstance(decided, Unknown):
        return None
    first, second = _follow(positive, module, depth - 1), _follow(negative, module, depth - 1)
    return None if first is None or second is None else first + second


def _inside_text(expression: JsonExpression, module: Module, depth: int) -> list[Inner] | None:
    """The expression that a string of the JSON syntax is wholly made of."""
    written = expression.value
    if not isinstance(written, str) or not written.startswith("${") or not written.endswith("}"):
        return None
    inner = parse_expression(written[2:-1], expression.location)
    return None if isinstance(inner, Problem) else _follow(inner, module, depth)
