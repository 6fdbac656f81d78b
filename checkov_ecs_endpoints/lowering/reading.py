"""Typed looks at attribute values, for the translators of both languages.

Every function keeps what is not known as Unknown; none of them guesses. A key that is
not set is absent from ``attributes``, and AWS's default is the translator's to know.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.values import (
    Location,
    OpenDict,
    OpenList,
    Reference,
    Text,
    Truth,
    Unknown,
    Value,
    Why,
    first_unknown,
)

T = TypeVar("T")


def unclear(value: Value, subject: str, place: Location | None = None) -> Unknown:
    """Why a value that is not plainly known cannot be used: its own unknown, or a new one."""
    inner = first_unknown(value)
    if inner is not None:
        return inner if place is None else inner.through(place)
    if isinstance(value, (Reference, Text)):
        return Unknown(Why.AFTER_APPLY, str(value), place)
    return Unknown(Why.INVALID, subject, place, f"{type(value).__name__} where something else is expected")


def truth(value: Value, default: bool, place: Location | None = None) -> Truth:
    """A boolean, also where written as text; ``default`` for null."""
    if value is None:
        return default
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    return unclear(value, "a boolean", place)


def string(value: Value, place: Location | None = None) -> str | Unknown:
    """A wholly known string; numbers and booleans are written out as both languages do."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value)
    return unclear(value, "a text", place)


def number(value: Value, place: Location | None = None) -> int | Unknown:
    """A whole number, also where written as text."""
    if isinstance(value, bool):
        return unclear(value, "a number", place)
    if isinstance(value, int):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        try:
            return int(value)
        except ValueError:
            return unclear(value, "a number", place)
    return unclear(value, "a number", place)


def members(value: Value, place: Location | None = None) -> Listing[Value]:
    """The members of a list; null is no members, a lone value is one."""
    if value is None:
        return Listing()
    if isinstance(value, list):
        return Listing(tuple(value))
    if isinstance(value, OpenList):
        return Listing(value.items, value.rest)
    if isinstance(value, Unknown):
        return Listing((), value if place is None else value.through(place))
    return Listing((value,))


def blocks(value: Value, place: Location | None = None) -> Listing[Mapping[str, Value]]:
    """Nested blocks: the members that are mappings; others count as unknown further ones."""
    listing = members(value, place)
    found: list[Mapping[str, Value]] = []
    rest = listing.rest
    for item in listing:
        if isinstance(item, dict):
            found.append(item)
        elif isinstance(item, OpenDict):
            found.append(item.items)
            rest = rest or item.rest
        elif item is not None:
            rest = rest or unclear(item, "a block", place)
    return Listing(tuple(found), rest)


def each(listing: Listing[Value], read: Callable[[Value], T]) -> Listing[T]:
    """A listing of what ``read`` makes of every member."""
    return Listing(tuple(read(item) for item in listing), listing.rest)
