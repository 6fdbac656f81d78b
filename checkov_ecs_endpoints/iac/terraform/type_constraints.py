"""The ``type`` argument of variables, and values converted to it.

Terraform documentation: Configuration Language, Type Constraints.
"""

from __future__ import annotations

from pathlib import Path

from checkov_ecs_endpoints.iac.terraform.conversion import convert_to
from checkov_ecs_endpoints.iac.terraform.expressions import FunctionContext, evaluate
from checkov_ecs_endpoints.iac.terraform.faults import Fault
from checkov_ecs_endpoints.iac.terraform.kinds import (
    ANY,
    Collection,
    Kind,
    ObjectType,
    Primitive,
    TupleType,
    Type,
)
from checkov_ecs_endpoints.iac.terraform.names import NoNames
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.syntax import (
    Expression,
    HclExpression,
    call,
    items,
    pairs,
    traversal,
)
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location, Unknown, Why

__all__ = ["Collection", "Kind", "ObjectType", "Primitive", "TupleType", "Type", "constraint", "convert"]

_PRIMITIVES = {kind.value: kind for kind in Primitive}
_KINDS = {kind.value: kind for kind in Kind}
_BARE = {"list": Kind.LIST, "map": Kind.MAP}
_NOWHERE = FunctionContext(Path("/"), Path("/"), Path("/"))


class _Wrong(Exception):
    """A type constraint that is not one."""

    def __init__(self, place: Location, message: str) -> None:
        self.problem = Problem(place.path, place.line, f"not a type: {message}")


def constraint(expression: Expression) -> Type | Problem:
    """Read the ``type`` argument of a variable, with ``optional()`` and its defaults."""
    try:
        return _type(expression)
    except _Wrong as wrong:
        return wrong.problem


def _type(expression: Expression) -> Type:
    """A type; before Terraform 0.12 it was a string, and ``list`` and ``map`` had no argument."""
    place = expression.location
    quoted = _quoted(expression)
    words = (quoted,) if quoted else traversal(expression)
    if words is not None and len(words) == 1:
        word = str(words[0])
        if word in _PRIMITIVES:
            return _PRIMITIVES[word]
        if word in _BARE:
            return Collection(_BARE[word], ANY)
        raise _Wrong(place, word)
    called = call(expression)
    if called is None:
        raise _Wrong(place, "a type keyword or constructor is needed")
    name, arguments = called
    if len(arguments) != 1:
        raise _Wrong(place, f"{name} takes one argument")
    if name in _KINDS:
        return Collection(_KINDS[name], _type(arguments[0]))
    if name == "tuple":
        members = items(arguments[0])
        if members is None:
            raise _Wrong(place, "tuple takes a list of types")
        return TupleType(tuple(_type(member) for member in members))
    if name == "object":
        return _object(arguments[0])
    raise _Wrong(place, f"{name}(...)")


def _quoted(expression: Expression) -> str | None:
    if not isinstance(expression, HclExpression):
        return None
    source = expression.text(expression.node)
    return source[1:-1] if source[:1] == '"' and source[1:-1] in _PRIMITIVES | _BARE else None


def _object(expression: Expression) -> ObjectType:
    members = pairs(expression)
    if members is None:
        raise _Wrong(expression.location, "object takes an object of types")
    attributes: dict[str, Type] = {}
    optional: dict[str, Inner] = {}
    for key, value in members:
        name = key.text(key.node).strip('"') if isinstance(key, HclExpression) else str(key.value)
        called = call(value)
        if called is None or called[0] != "optional":
            attributes[name] = _type(value)
            continue
        inner, *default = called[1]
        attributes[name] = _type(inner)
        optional[name] = None
        if default:
            optional[name] = convert(
                evaluate(default[0], NoNames(), _NOWHERE), attributes[name], value.location
            )
    return ObjectType(attributes, optional)


def convert(value: Inner, wanted: Type, place: Location) -> Inner:
    """The value converted to a type as Terraform does for variables, or Unknown with Why.INVALID.

    Unknown members stay unknown; defaults of optional attributes are filled in.
    """
    try:
        return convert_to(value, wanted)
    except Fault as fault:
        return Unknown(Why.INVALID, "a value", place, str(fault))
    except RecursionError:
        return Unknown(Why.LIMIT, "a value", place, "nested too deeply")
