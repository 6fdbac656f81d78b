"""Terraform files in JSON syntax, read into the same shapes as the native ones.

Terraform documentation: Configuration Language, JSON Configuration Syntax.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from json import JSONDecodeError
from pathlib import Path
from typing import TypeAlias

from checkov_ecs_endpoints.iac.terraform.syntax import (
    BYTE_ORDER_MARK,
    Attribute,
    Block,
    Body,
    File,
    expression_of_json,
)
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location

LABELS = {
    "resource": 2,
    "data": 2,
    "ephemeral": 2,
    "variable": 1,
    "output": 1,
    "module": 1,
    "provider": 1,
    "check": 1,
    "locals": 0,
    "terraform": 0,
    "moved": 0,
    "import": 0,
    "removed": 0,
}
"""The block types of a Terraform file, with the number of their labels."""

NESTED = frozenset({"lifecycle", "dynamic", "backend", "cloud", "provisioner", "connection"})
"""Keys inside a block that Terraform itself reads as blocks, whatever the resource type."""

LABELLED = frozenset({"dynamic", "backend", "provisioner"})
"""Those of them that have one label."""

_STRINGS = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r"[-+.0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Member:
    """One ``"key": value`` with the lines of the value."""

    key: str
    node: Node


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON value with its lines; objects keep their members, arrays their items."""

    value: object
    start: int
    end: int
    members: tuple[Member, ...] = ()
    items: tuple[Node, ...] = ()

    @property
    def objects(self) -> Iterator[Node]:
        """The object itself, or the objects of an array: JSON writes repeated blocks either way."""
        if isinstance(self.value, dict):
            yield self
        for item in self.items:
            yield from item.objects


Read: TypeAlias = tuple[Node, int]


class _Reader:
    """A JSON reader that keeps lines, which the standard one does not."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._breaks = [match.start() for match in re.finditer("\n", source)]

    def read(self) -> Node:
        # The standard reader first: it is strict, and it bounds the nesting.
        json.loads(self._source)
        return self._value(self._skip(0))[0]

    def _line(self, at: int) -> int:
        return bisect_left(self._breaks, at) + 1

    def _skip(self, at: int) -> int:
        match = _SPACE.match(self._source, at)
        return match.end() if match else at

    def _value(self, at: int) -> Read:
        opening = self._source[at]
        if opening == "{":
            return self._object(at)
        if opening == "[":
            return self._array(at)
        if opening == '"':
            value, end = _STRINGS.raw_decode(self._source, at)
            return Node(value, self._line(at), self._line(end - 1)), end
        match = _SCALAR.match(self._source, at)
        end = match.end() if match else at + 1
        return Node(json.loads(self._source[at:end]), self._line(at), self._line(at)), end

    def _object(self, start: int) -> Read:
        members: list[Member] = []
        at = self._skip(start + 1)
        while self._source[at] != "}":
            key, at = _STRINGS.raw_decode(self._source, at)
            node, at = self._value(self._skip(self._skip(at) + 1))
            members.append(Member(key, node))
            at = self._after(at)
        value = {member.key: member.node.value for member in members}
        return Node(value, self._line(start), self._line(at), members=tuple(members)), at + 1

    def _array(self, start: int) -> Read:
        items: list[Node] = []
        at = self._skip(start + 1)
        while self._source[at] != "]":
            node, at = self._value(at)
            items.append(node)
            at = self._after(at)
        value = [item.value for item in items]
        return Node(value, self._line(start), self._line(at), items=tuple(items)), at + 1

    def _after(self, at: int) -> int:
        at = self._skip(at)
        return self._skip(at + 1) if self._source[at] == "," else at


def parse_json(path: Path, source: bytes, labels: Mapping[str, int] = LABELS) -> File:
    """Read a file of the JSON syntax; one that is not valid has no blocks and one problem.

    ``labels`` are the keys at the top that stand for blocks; all others are attributes.
    """
    empty = Body({}, ())
    try:
        node = _Reader(source.removeprefix(BYTE_ORDER_MARK).decode()).read()
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        return File(path, empty, (Problem(path.as_posix(), line, "not UTF-8"),))
    except JSONDecodeError as error:
        return File(path, empty, (Problem(path.as_posix(), error.lineno, f"not valid JSON: {error.msg}"),))
    except RecursionError:
        return File(path, empty, (Problem(path.as_posix(), 0, "nested too deeply"),))
    blocks = [
        block
        for top in node.objects
        for member in top.members
        if member.key in labels
        for block in _blocks(path, member.key, member.node, labels[member.key], ())
    ]
    attributes = {
        member.key: _attribute(path, member)
        for top in node.objects
        for member in top.members
        if member.key not in labels
    }
    return File(path, Body(attributes, tuple(blocks)))


def _blocks(path: Path, kind: str, node: Node, depth: int, labels: tuple[str, ...]) -> Iterator[Block]:
    for found in node.objects:
        if depth:
            for member in found.members:
                if member.key != "//":
                    yield from _blocks(path, kind, member.node, depth - 1, (*labels, member.key))
        else:
            yield Block(kind, labels, _body(path, found, kind), _location(path, found))


def _body(path: Path, node: Node, kind: str) -> Body:
    attributes: dict[str, Attribute] = {}
    blocks: list[Block] = []
    for member in node.members:
        nested = member.key in NESTED or (kind == "dynamic" and member.key == "content")
        if nested and any(member.node.objects):
            depth = 1 if member.key in LABELLED else 0
            blocks.extend(_blocks(path, member.key, member.node, depth, ()))
        elif member.key != "//":
            attributes[member.key] = _attribute(path, member)
    return Body(attributes, tuple(blocks))


def _attribute(path: Path, member: Member) -> Attribute:
    expression = expression_of_json(member.node.value, path, member.node.start)
    return Attribute(member.key, expression, _location(path, member.node))


def _location(path: Path, node: Node) -> Location:
    return Location(path.as_posix(), node.start, node.end)
