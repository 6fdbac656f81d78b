"""The types of Terraform's values, and collections that know the type of their members.

Terraform tells a tuple from a list and an object from a map: ``["a"] == tolist(["a"])`` is
false. Here a plain list is a tuple and a plain dict an object; :class:`ListOf` and
:class:`MapOf` are what ``list(...)`` and ``map(...)`` hold. Terraform documentation:
Configuration Language, Type Constraints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

from checkov_ecs_endpoints.iac.terraform.scope import Inner, Set
from checkov_ecs_endpoints.values import Reference, Text


class Primitive(Enum):
    """Types without members; ANY is ``any``, and the type of what is not known, NULL that of null."""

    STRING = "string"
    NUMBER = "number"
    BOOL = "bool"
    ANY = "any"
    NULL = "null"


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

STRING, NUMBER, BOOL = Primitive.STRING, Primitive.NUMBER, Primitive.BOOL
ANY, NULL = Primitive.ANY, Primitive.NULL


def is_open(kind: Type) -> bool:
    """Whether any other type may stand in the place of a type."""
    return kind is ANY or kind is NULL


class ListOf(list[Any]):
    """The members of a ``list(...)``."""

    __slots__ = ("element",)

    def __init__(self, items: Iterable[Inner], element: Type) -> None:
        super().__init__(items)
        self.element = element


class MapOf(dict[str, Any]):
    """The members of a ``map(...)``."""

    __slots__ = ("element",)

    def __init__(self, items: Mapping[str, Inner], element: Type) -> None:
        super().__init__(items)
        self.element = element


def strings(items: Iterable[Inner]) -> ListOf:
    """A ``list(string)``."""
    return ListOf(items, STRING)


def list_of(element: Type) -> Collection:
    """``list(T)``."""
    return Collection(Kind.LIST, element)


def set_of(element: Type) -> Collection:
    """``set(T)``."""
    return Collection(Kind.SET, element)


def map_of(element: Type) -> Collection:
    """``map(T)``."""
    return Collection(Kind.MAP, element)


_TEXTS = ("id", "arn", "name")


def is_text(reference: Reference) -> bool:
    """Whether an attribute holds a text: an id, an ARN or a name, or a member of a list of them.

    The AWS provider's documentation names them so throughout.
    """
    last = reference.attribute[-1] if reference.attribute else ""
    if isinstance(last, int) and len(reference.attribute) > 1:
        last = str(reference.attribute[-2]).removesuffix("s")
    return isinstance(last, str) and last.rsplit("_", 1)[-1] in _TEXTS


def type_of(value: Inner) -> Type:
    """The type of a value, ANY as far as it is not known."""
    if isinstance(value, (str, Text)):
        return STRING
    if isinstance(value, bool):
        return BOOL
    if isinstance(value, (int, float)):
        return NUMBER
    if isinstance(value, ListOf):
        return list_of(value.element)
    if isinstance(value, list):
        return TupleType(tuple(type_of(item) for item in value))
    if isinstance(value, MapOf):
        return map_of(value.element)
    if isinstance(value, dict):
        return ObjectType({key: type_of(item) for key, item in value.items()})
    if isinstance(value, Set):
        if value.element is not None:
            return set_of(value.element)
        known = [type_of(item) for item in value.items if item is not None]
        return set_of(next((kind for kind in known if not is_open(kind)), ANY))
    if isinstance(value, Reference) and is_text(value):
        return STRING
    return NULL if value is None else ANY


def without_optional(kind: Type) -> Type:
    """The type of the values of a type constraint, of which no attribute may be left out."""
    if isinstance(kind, Collection):
        return Collection(kind.kind, without_optional(kind.element))
    if isinstance(kind, TupleType):
        return TupleType(tuple(map(without_optional, kind.items)))
    if isinstance(kind, ObjectType):
        return ObjectType({name: without_optional(inner) for name, inner in kind.attributes.items()})
    return kind


def with_nulls(kind: Type, declared: Type) -> Type:
    """The type of a value in which each null has the type that is declared for it."""
    if kind is NULL and declared is not ANY:
        return declared
    if isinstance(kind, ObjectType) and isinstance(declared, ObjectType):
        known = declared.attributes
        return ObjectType(
            {name: with_nulls(one, known.get(name, ANY)) for name, one in kind.attributes.items()}
        )
    if isinstance(kind, TupleType) and isinstance(declared, TupleType):
        return TupleType(tuple(map(with_nulls, kind.items, declared.items)))
    return kind


def describe(kind: Type) -> str:
    """A type in the words of Terraform's messages."""
    if isinstance(kind, Primitive):
        return kind.value
    if isinstance(kind, Collection):
        return f"{kind.kind.value} of {describe(kind.element)}"
    return "tuple" if isinstance(kind, TupleType) else "object"
