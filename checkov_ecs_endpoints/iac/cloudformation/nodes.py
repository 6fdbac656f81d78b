"""The nodes of a template: what its text says, each with its place, before any function is applied.

YAML and JSON become the same three kinds. Short tags are written out (``!Ref X`` is the
mapping ``{"Ref": "X"}``), so that later stages know one spelling only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from checkov_ecs_endpoints.values import Location
from checkov_ecs_endpoints.values import Scalar as Plain


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string, number, boolean or null; ``text`` is how it was written."""

    value: Plain
    text: str
    path: str
    line: int
    end: int

    @property
    def place(self) -> Location:
        """Where it stands."""
        return Location(self.path, self.line, self.end)


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    path: str
    line: int
    end: int

    @property
    def place(self) -> Location:
        """Where it stands."""
        return Location(self.path, self.line, self.end)


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a mapping with its value; ``line`` is the line of the key."""

    key: str
    line: int
    value: Node

    @property
    def place(self) -> Location:
        """From the key to the last line of the value (an alias has its value elsewhere)."""
        end = self.value.end if self.value.line >= self.line else self.line
        return Location(self.value.path, self.line, end)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping with string keys, in the order of the text."""

    entries: dict[str, Entry] = field(hash=False)
    path: str
    line: int
    end: int

    @property
    def place(self) -> Location:
        """Where it stands."""
        return Location(self.path, self.line, self.end)

    def get(self, key: str) -> Node | None:
        """The value of a key, or None where it is not set."""
        entry = self.entries.get(key)
        return entry.value if entry is not None else None


Node: TypeAlias = Scalar | Sequence | Mapping


def spelled(node: Node) -> str:
    """How a node is written, without where; equal for nodes that say the same."""
    if isinstance(node, Scalar):
        return json.dumps(node.text)
    if isinstance(node, Sequence):
        return f"[{', '.join(map(spelled, node.items))}]"
    return f"{{{', '.join(f'{json.dumps(e.key)}: {spelled(e.value)}' for e in node.entries.values())}}}"


def named(node: Node, key: str) -> Iterator[Node]:
    """The values of every key of a name, at any depth."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from named(item, key)
    elif isinstance(node, Mapping):
        for entry in node.entries.values():
            if entry.key == key:
                yield entry.value
            yield from named(entry.value, key)


def text_of(node: Node | None) -> str | None:
    """The text of a string scalar, else None."""
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None


def members_of(node: Node | None) -> dict[str, Entry]:
    """The entries of a mapping; none for anything else."""
    return node.entries if isinstance(node, Mapping) else {}
