"""Strings with holes: looking for known patterns in partly known text.

A hole is a reference or an unknown inside a :class:`~checkov_ecs_endpoints.values.Text`.
While a pattern is looked for, every hole stands as one character of Unicode's private
use area, so that regular expressions can be used on what is known.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.values import Reference, Text, Unknown, Value, text

FIRST_HOLE = 0xE000
HOLE = "[\ue000-\uf8ff]"
"""A regular expression for one hole."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """A string in which every hole is one character; ``holes`` are what they stand for."""

    pattern: str
    holes: tuple[Reference | Unknown, ...] = ()

    def value(self, part: str) -> str | Reference | Text | Unknown:
        """What a part of ``pattern`` stands for."""
        return text(self._part(character) for character in part)

    def hole(self, part: str) -> Reference | Unknown | None:
        """The hole that a part of ``pattern`` is, if it is just that."""
        value = self.value(part)
        return value if isinstance(value, (Reference, Unknown)) else None

    def _part(self, character: str) -> str | Reference | Unknown:
        number = ord(character) - FIRST_HOLE
        return self.holes[number] if 0 <= number < len(self.holes) else character


def pieces(value: Value) -> Pieces:
    """The pieces of a string; anything that is not one counts as a single hole."""
    if isinstance(value, str):
        return Pieces(value)
    if isinstance(value, (Reference, Unknown)):
        return Pieces(chr(FIRST_HOLE), (value,))
    if not isinstance(value, Text):
        return Pieces("")
    pattern = ""
    holes: list[Reference | Unknown] = []
    for part in value.parts:
        if isinstance(part, str):
            pattern += part
        else:
            pattern += chr(FIRST_HOLE + len(holes))
            holes.append(part)
    return Pieces(pattern, tuple(holes))
