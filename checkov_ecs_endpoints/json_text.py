"""JSON text that holds references and unknowns, read back without loss.

``jsonencode`` of a value that is not wholly known gives :class:`Encoded`: an unknown text
that still carries the value. Templates and ``Fn::Sub`` give a Text with holes in the middle
of JSON. :func:`decode` reads both.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field

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

_HOLES = 0xF0000
"""The first of the private characters that stand for holes while a text is read."""

_SPACE = re.compile(r"[ \t\r\n]*")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None}
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Encoded(Unknown):
    """The text of a ``value`` in a ``format`` such as ``json``, where the value is not wholly known."""

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

    A hole between quotes is a piece of a string; a hole that stands alone is the value
    itself if ``jsonencode`` made it or the hole is all there is to a member of an object,
    and otherwise leaves open what it holds. Text that is not JSON is an Unknown with
    Why.INVALID.
    """
    if isinstance(value, Encoded) and value.format == "json":
        return value.value
    if isinstance(value, Unknown) or value is None:
        return value
    if isinstance(value, Reference):
        return Unknown(Why.AFTER_APPLY, str(value), value.origin or place)
    if not isinstance(value, (str, Text)):
        return Unknown(Why.INVALID, "JSON text", place, "a text is needed")
    try:
        return _Reader(value).read()
    except (_NotJson, RecursionError) as error:
        return Unknown(Why.INVALID, "JSON text", place, f"not valid JSON: {error}")
    except _Loose as loose:
        return loose.hole if place is None else loose.hole.through(place)


class _NotJson(Exception):
    """The text is not JSON, whatever its holes hold."""


class _Loose(Exception):
    """A hole stands where it may hold anything."""

    def __init__(self, hole: Unknown) -> None:
        self.hole = hole


def _unknown(hole: Reference | Unknown) -> Unknown:
    if isinstance(hole, Reference):
        return Unknown(Why.AFTER_APPLY, str(hole), hole.origin)
    return Unknown(hole.why, hole.subject, hole.origin, hole.note, hole.via)


class _Reader:
    """A JSON reader that knows holes: each is one private character of the text."""

    def __init__(self, value: str | Text) -> None:
        parts = value.parts if isinstance(value, Text) else (value,)
        self._holes: list[Reference | Unknown] = []
        written: list[str] = []
        for part in parts:
            if isinstance(part, str):
                if any(ord(character) >= _HOLES for character in part):
                    raise _NotJson("private characters are not read")
                written.append(part)
            else:
                written.append(chr(_HOLES + len(self._holes)))
                self._holes.append(part)
        self._text = "".join(written)
        self._at = 0

    def read(self) -> Value:
        value = self._value(0)
        self._skip()
        if self._at < len(self._text):
            self._loose_here()
            raise _NotJson(f"more text after the value, at character {self._at}")
        return value

    def _skip(self) -> None:
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _next(self) -> str:
        self._skip()
        if self._at >= len(self._text):
            raise _NotJson("the text ends too early")
        return self._text[self._at]

    def _hole(self) -> Reference | Unknown | None:
        """The hole at this place, which is then behind; None where there is none."""
        if self._at < len(self._text) and ord(self._text[self._at]) >= _HOLES:
            self._at += 1
            return self._holes[ord(self._text[self._at - 1]) - _HOLES]
        return None

    def _loose_here(self) -> None:
        hole = self._hole()
        if hole is not None:
            raise _Loose(_unknown(hole))

    def _value(self, depth: int) -> Value:
        if depth > _DEEPEST:
            raise _NotJson("nested too deeply")
        first = self._next()
        if first == "{":
            return self._object(depth)
        if first == "[":
            return self._array(depth)
        if first == '"':
            return self._string()
        hole = self._hole()
        if hole is not None:
            return self._alone(hole)
        for word, value in _WORDS.items():
            if self._text.startswith(word, self._at):
                self._at += len(word)
                return value
        found = _NUMBER.match(self._text, self._at)
        if found is None:
            raise _NotJson(f"unexpected {first!r} at character {self._at}")
        self._at = found.end()
        if self._at < len(self._text) and ord(self._text[self._at]) >= _HOLES:
            hole = self._hole()
            if hole is not None:
                return self._alone(_unknown(hole))
        return float(found[0]) if found[1] or found[2] else int(found[0])

    def _alone(self, hole: Reference | Unknown) -> Value:
        """A hole where a value is due; with more characters at its end it is unknown."""
        if self._at < len(self._text) and self._text[self._at] not in " \t\r\n,]}":
            if self._text[self._at] in ":{[":
                raise _Loose(_unknown(hole))
            while self._at < len(self._text) and self._text[self._at] not in " \t\r\n,]}":
                self._at += 1
            return _unknown(hole)
        if isinstance(hole, Encoded):
            return hole.value if hole.format == "json" else _unknown(hole)
        return hole

    def _string(self) -> Value:
        found = _STRING.match(self._text, self._at)
        if found is None:
            raise _NotJson(f"a string without end at character {self._at}")
        self._at = found.end()
        try:
            decoded = json.loads(found[0])
        except ValueError:
            raise _NotJson(f"a string with a wrong escape at character {found.start()}") from None
        if not self._holes:
            return str(decoded)
        pieces: list[str | Reference | Unknown] = []
        for character in re.findall(r"[\U000F0000-\U0010FFFF]|[^\U000F0000-\U0010FFFF]+", decoded):
            inside = ord(character[0]) - _HOLES
            pieces.append(self._holes[inside] if 0 <= inside < len(self._holes) else character)
        return text(pieces)

    def _array(self, depth: int) -> Value:
        self._at += 1
        items: list[Value] = []
        rest: Unknown | None = None
        if self._next() == "]":
            self._at += 1
            return items
        while True:
            bare = ord(self._next()) >= _HOLES
            encoded = bare and isinstance(self._holes[ord(self._text[self._at]) - _HOLES], Encoded)
            item = self._value(depth + 1)
            if bare and not encoded and isinstance(item, (Reference, Unknown)):
                # ``[${join(",", ...)}]``: the hole may hold any number of members.
                rest = rest or _unknown(item)
            else:
                items.append(item)
            following = self._next()
            self._loose_here()
            self._at += 1
            if following == "]":
                return items if rest is None else OpenList(tuple(items), rest)
            if following != ",":
                raise _NotJson(f"unexpected {following!r} at character {self._at - 1}")

    def _object(self, depth: int) -> Value:
        self._at += 1
        items: dict[str, Value] = {}
        rest: Unknown | None = None
        if self._next() == "}":
            self._at += 1
            return items
        while True:
            first = self._next()
            hole = self._hole()
            if hole is not None:
                rest = rest or _unknown(hole)
            elif first != '"':
                raise _NotJson(f"unexpected {first!r} at character {self._at}")
            else:
                key = self._string()
                if self._next() != ":":
                    raise _NotJson(f"a key without value at character {self._at}")
                self._at += 1
                item = self._value(depth + 1)
                if isinstance(key, str):
                    items[key] = item
                else:
                    rest = rest or _loose_key(key)
            following = self._next()
            self._loose_here()
            self._at += 1
            if following == "}":
                return items if rest is None else OpenDict(items, rest)
            if following != ",":
                raise _NotJson(f"unexpected {following!r} at character {self._at - 1}")


def _loose_key(key: Value) -> Unknown:
    parts = key.parts if isinstance(key, Text) else (key,)
    return next(_unknown(part) for part in parts if isinstance(part, (Reference, Unknown)))
