"""Type constraints, and the conversion of values to them.

Terraform documentation: Configuration Language, Type Constraints; conversions as in
https://github.com/zclconf/go-cty/blob/main/docs/convert.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.syntax import Expression
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location


class Primitive(Enum):
    """Types without members; ANY is ``any``, and the type of what is not known."""

    STRING = "string"
    NUMBER = "number"
    BOOL = "bool"
    ANY = "any"


class Kind(Enum):
    """The collection types."""

    LIST = "list"
    SET = "set"
    MAP = "map"


@dataclass(frozen=True, slots=True)
class Collection:
    """``list(T)``, ``set(T)`` or ``map(T)``."""

    kind: Kind
    element: Type


@dataclass(frozen=True, slots=True)
class TupleType:
    """``tuple([T, ...])``."""

    items: tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class ObjectType:
    """``object({name = T, ...})``.

    ``optional`` maps the names that may be left out to the defaults they then take (null
    where ``optional(T)`` gives none).
    """

    attributes: Mapping[str, Type]
    optional: Mapping[str, Inner] = field(default_factory=dict)

    __hash__ = None  # type: ignore[assignment]


Type: TypeAlias = Primitive | Collection | TupleType | ObjectType


def constraint(expression: Expression) -> Type | Problem:
    """Read the ``type`` argument of a variable, with ``optional()`` and its defaults."""
    raise NotImplementedError


def convert(value: Inner, wanted: Type, place: Location) -> Inner:
    """The value converted to a type as Terraform does for variables, or Unknown with Why.INVALID.

    Unknown members stay unknown; defaults of optional attributes are filled in.
    """
    raise NotImplementedError
