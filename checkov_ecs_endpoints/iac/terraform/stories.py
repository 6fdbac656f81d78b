"""What is said of a value that an expression does not have."""

from __future__ import annotations

import json

from checkov_ecs_endpoints.iac.terraform.faults import Beyond, Fault, Outside, Undecided, Unsupported
from checkov_ecs_endpoints.iac.terraform.shapes import Expression, JsonExpression
from checkov_ecs_endpoints.values import Location, Unknown, Why

_SHOWN = 60


def shown(text: str) -> str:
    """A piece of source as the subject of an unknown."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 3] + "..."


def source_of(expression: Expression) -> str:
    """An expression as people know it."""
    if isinstance(expression, JsonExpression):
        return shown(json.dumps(expression.value))
    return shown(expression.text(expression.node))


def told(fault: Fault, subject: str, place: Location) -> Unknown:
    """What stands for a value that has none."""
    if isinstance(fault, Undecided):
        return fault.unknown.through(place)
    if isinstance(fault, Outside):
        return Unknown(Why.OUTSIDE, subject, place, str(fault))
    if isinstance(fault, Beyond):
        return Unknown(Why.LIMIT, subject, place, str(fault))
    why = Why.UNSUPPORTED if isinstance(fault, Unsupported) else Why.INVALID
    return Unknown(why, subject, place, str(fault))
