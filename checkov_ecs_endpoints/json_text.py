"""JSON text that holds references and unknowns, read back without loss.

``jsonencode`` of a value that is not wholly known gives :class:`Encoded`: an unknown text
that still carries the value. Templates and ``Fn::Sub`` give a Text with holes in the middle
of JSON. :func:`decode` reads both.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from checkov_ecs_endpoints.values import (
    Location,
    OpenDict,
    OpenList,
    Reference,
    Text,
    Unknown,
    Value,
    Why,
    text,
)

_INSIDE, _BARE, _END = "\ue000", "\ue001", "\ue002"
"""Marks around the number of a hole: inside a string, and as a value of its own."""

_MARKED = re.compile(f"[{_INSIDE}{_BARE}]([0-9]+){_END}")


@dataclass(frozen=True, slots=True)
class Encoded(Unknown):
    """The text of a ``value`` in a ``format`` (json, yaml, base64), where it is not wholly known."""

    format: str = "json"
    value: Value = field(default=None, compare=False)

    def through(self, place: Location) -> Encoded:
        """The same text, having come through one more ``place``."""
        if place in self.via or place == self.origin:
            return self
        via = (*self.via, place)
        return Encoded(self.why, self.subject, self.origin, self.note, via, self.format, self.value)


def decode(value: Value, place: Location | None) -> Value:
    """The value that a JSON text stands for, with references and unknowns where the text has them.

    Serves ``jsonencode`` of values that are not wholly known as well as templates with
    ``${...}`` in the middle of JSON. A hole among the members of a list may stand for any
    number of them, so the list is open. Text that is not JSON is an Unknown with
    Why.INVALID, or the unknown of a hole where that may be what is missing. What is not
    text is returned as it is.
    """
    if isinstance(value, Encoded) and value.format == "json":
        return value.value
    if isinstance(value, Reference):
        return Unknown(Why.AFTER_APPLY, str(value), place)
    if not isinstance(value, (str, Text)):
        return value
    parts = (value,) if isinstance(value, str) else value.parts
    holes = [part for part in parts if not isinstance(part, str)]
    if any(mark in part for part in parts if isinstance(part, str) for mark in (_INSIDE, _BARE, _END)):
        return Unknown(Why.UNSUPPORTED, "a text with characters for private use", place)
    try:
        return _filled(json.loads(_marked(parts)), holes)
    except RecursionError:
        return Unknown(Why.LIMIT, "a JSON text", place, "it is nested too deep")
    except ValueError as error:
        if holes:
            return _why(holes[0], place)
        return Unknown(Why.INVALID, "a JSON text", place, str(error))


def _marked(parts: tuple[str | Reference | Unknown, ...]) -> str:
    """The text with a mark for every hole; one outside of strings becomes a string."""
    pieces: list[str] = []
    inside = False
    number = 0
    for part in parts:
        if isinstance(part, str):
            pieces.append(part)
            inside = _ends_inside(part, inside)
            continue
        pieces.append(f"{_INSIDE}{number}{_END}" if inside else f'"{_BARE}{number}{_END}"')
        number += 1
    return "".join(pieces)


def _ends_inside(piece: str, inside: bool) -> bool:
    """Whether a string literal is open at the end of a piece that began ``inside`` one or not."""
    at = 0
    while at < len(piece):
        if inside and piece[at] == "\\":
            at += 1
        elif piece[at] == '"':
            inside = not inside
        at += 1
    return inside


def _filled(found: Any, holes: list[Reference | Unknown]) -> Value:
    if isinstance(found, str):
        return _text(found, holes)
    if isinstance(found, list):
        members = [_filled(item, holes) for item in found if not _is_open(item, holes)]
        bare = next((item for item in found if _is_open(item, holes)), None)
        return members if bare is None else OpenList(tuple(members), _why(_hole(bare, holes)))
    if isinstance(found, dict):
        items = {key: _filled(item, holes) for key, item in found.items() if not _MARKED.search(key)}
        key = next((key for key in found if _MARKED.search(key)), None)
        return items if key is None else OpenDict(items, _why(_hole(key, holes)))
    plain: Value = found
    return plain


def _text(found: str, holes: list[Reference | Unknown]) -> Value:
    hole = _hole(found, holes) if _is_bare(found) else None
    if isinstance(hole, Encoded) and hole.format == "json":
        return hole.value
    pieces = _MARKED.split(found)
    return text(piece if at % 2 == 0 else holes[int(piece)] for at, piece in enumerate(pieces))


def _is_bare(found: Any) -> bool:
    return isinstance(found, str) and found.startswith(_BARE)


def _is_open(found: Any, holes: list[Reference | Unknown]) -> bool:
    """Whether a member of a list is a hole that may stand for any number of members."""
    hole = _hole(found, holes) if _is_bare(found) else None
    return hole is not None and not (isinstance(hole, Encoded) and hole.format == "json")


def _hole(found: str, holes: list[Reference | Unknown]) -> Reference | Unknown:
    marked = _MARKED.search(found)
    assert marked is not None
    return holes[int(marked[1])]


def _why(hole: Reference | Unknown, place: Location | None = None) -> Unknown:
    if isinstance(hole, Reference):
        return Unknown(Why.AFTER_APPLY, str(hole), place or hole.origin)
    return Unknown(hole.why, hole.subject, hole.origin, hole.note, hole.via)
