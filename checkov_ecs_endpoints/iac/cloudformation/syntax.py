"""YAML and JSON text into nodes.

Works on libyaml's events, not on its composed tree: composing recurses in C and a
document nested some ten thousand levels deep would end the process. JSON is read as the
YAML it is, so that both have line numbers from one place.

Of a key given twice the last counts, as CloudFormation itself reads YAML and JSON:
``validate-template`` takes it, and ``get-template-summary`` names the last value.

Scalars follow the CloudFormation user guide ("Template formats": YAML 1.1 without the
binary, omap, pairs, set and timestamp tags). A number that does not read back as it was
written (``012345678901``, ``1.10``, ``22:22``) stays the text it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from checkov_ecs_endpoints.iac.cloudformation.nodes import Entry, Mapping, Node, Scalar, Sequence
from checkov_ecs_endpoints.values import Scalar as Plain

MAX_DEPTH: Final = 100
"""Levels of nesting; evaluation recurses over them."""

MAX_VALUES: Final = 200_000
"""Values of a document with its aliases written out; 1 MB, CloudFormation's limit, holds fewer."""

_BOOLEANS: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
_ESCAPE: Final = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
_MERGE: Final = "<<"
_STANDARD_TAG: Final = "tag:yaml.org,2002:"


_Event: TypeAlias = Any
"""An event of PyYAML; its type stubs call the marks optional, which the parser always sets."""


class SyntaxProblem(Exception):
    """A text that is no YAML or JSON that CloudFormation would take."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


def parse(data: bytes, path: str, unique_keys: bool = False) -> Node | None:
    """The one document of a file as nodes; None for an empty file. Raises SyntaxProblem.

    With ``unique_keys`` a key given twice is a problem.
    """
    from yaml import YAMLError

    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SyntaxProblem(line, "not encoded in UTF-8") from None
    if text.lstrip()[:1] == "{":
        text = _yaml_of_json(text)
    try:
        return _Builder(path, text.splitlines(), unique_keys).build(_events(text))
    except YAMLError as error:
        raise _problem(error) from None


def _events(text: str) -> Iterator[_Event]:
    from yaml import CSafeLoader

    loader = CSafeLoader(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


def _yaml_of_json(text: str) -> str:
    """JSON that libyaml takes: no tab before the first brace, no surrogate pairs."""
    indent = len(text) - len(text.lstrip())
    text = text[:indent].replace("\t", " ") + text[indent:]
    return _ESCAPE.sub(_join_surrogates, text) if "\\ud" in text or "\\uD" in text else text


def _join_surrogates(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return escape[0]
    return f"\\U{0x10000 + ((int(escape[1], 16) - 0xD800) << 10) + int(escape[2], 16) - 0xDC00:08x}"


def _problem(error: Exception) -> SyntaxProblem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    message: str = getattr(error, "problem", None) or getattr(error, "reason", None) or "not readable"
    if message == "exceeded maximum nesting depth":
        # libyaml has a bound of its own from 0.2.6 on, and meets it while it looks for a key.
        return _too_deep(line)
    return SyntaxProblem(line, f"not valid YAML or JSON: {message}")


def _too_deep(line: int) -> SyntaxProblem:
    return SyntaxProblem(line, f"nested more than {MAX_DEPTH} levels deep")


@dataclass(slots=True)
class _Open:
    """A collection of which the end has not been met yet."""

    is_mapping: bool
    tag: str | None
    anchor: str | None
    line: int
    children: list[Node] = field(default_factory=list)
    size: int = 1


class _Builder:
    """Nodes from events, bounded in depth and in size."""

    def __init__(self, path: str, lines: list[str], unique_keys: bool) -> None:
        self._path = path
        self._lines = lines
        self._unique_keys = unique_keys
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Node, int]] = {}
        self._document: Node | None = None

    def build(self, events: Iterator[_Event]) -> Node | None:
        import yaml

        documents = 0
        for event in events:
            line = event.start_mark.line + 1
            kind = type(event)
            if kind is yaml.ScalarEvent:
                self._add(self._scalar(event), 1, event.anchor, line)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                if len(self._stack) >= MAX_DEPTH:
                    raise _too_deep(line)
                is_mapping = kind is yaml.MappingStartEvent
                self._stack.append(_Open(is_mapping, event.tag, event.anchor, line))
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                self._close(event)
            elif kind is yaml.AliasEvent:
                self._alias(event.anchor, line)
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    raise SyntaxProblem(line, "more than one document in a file")
        return self._document

    def _add(self, node: Node, size: int, anchor: str | None, line: int) -> None:
        if anchor is not None:
            self._anchors[anchor] = (node, size)
        if not self._stack:
            self._document = node
            return
        parent = self._stack[-1]
        parent.children.append(node)
        parent.size += size
        if parent.size > MAX_VALUES:
            raise SyntaxProblem(line, f"more than {MAX_VALUES} values with its aliases written out")

    def _alias(self, anchor: str, line: int) -> None:
        if anchor not in self._anchors:
            inside = any(open_.anchor == anchor for open_ in self._stack)
            raise SyntaxProblem(
                line, f"alias *{anchor} {'contains itself' if inside else 'has no anchor before it'}"
            )
        node, size = self._anchors[anchor]
        self._add(node, size, None, line)

    def _close(self, event: _Event) -> None:
        done = self._stack.pop()
        node = self._mapping(done, event) if done.is_mapping else self._sequence(done, event)
        self._add(_tagged(done.tag, node), done.size, done.anchor, done.line)

    def _end(self, done: _Open, event: _Event) -> int:
        # The end of a block collection is where the next thing begins, of a flow
        # collection its bracket: only the latter has width.
        if event.end_mark.index > event.start_mark.index:
            return int(event.end_mark.line) + 1
        return max([done.line, *(child.end for child in done.children if child.line >= done.line)])

    def _sequence(self, done: _Open, event: _Event) -> Sequence:
        return Sequence(tuple(done.children), self._path, done.line, self._end(done, event))

    def _mapping(self, done: _Open, event: _Event) -> Mapping:
        own: dict[str, Entry] = {}
        merged: dict[str, Entry] = {}
        for key, value in zip(done.children[::2], done.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                raise SyntaxProblem(key.line, "a key that is not a text")
            if key.text == _MERGE:
                for entry in self._merged(value):
                    merged.setdefault(entry.key, entry)
            elif self._unique_keys and key.text in own:
                first = own[key.text].line
                raise SyntaxProblem(key.line, f"key {key.text} is given twice, first on line {first}")
            else:
                own[key.text] = Entry(key.text, key.line, value)
        return Mapping({**merged, **own}, self._path, done.line, self._end(done, event))

    def _merged(self, node: Node) -> Iterator[Entry]:
        for source in node.items if isinstance(node, Sequence) else (node,):
            if not isinstance(source, Mapping):
                raise SyntaxProblem(source.line, "a merge (<<) of something that is no mapping")
            yield from source.entries.values()

    def _scalar(self, event: _Event) -> Node:
        text: str = event.value
        line, last = event.start_mark.line, event.end_mark.line
        if event.end_mark.column == 0 and last > line:
            last -= 1
        while last > line and not self._lines[last].strip():
            last -= 1
        tag: str | None = event.tag
        plain: bool = event.implicit[0]
        value = _plain(text) if plain and tag is None else text
        return _tagged(tag, Scalar(value, text, self._path, line + 1, last + 1))


def _plain(text: str) -> Plain:
    """What an unquoted scalar means."""
    if text in _NULLS:
        return None
    if text in (text.lower(), text.title(), text.upper()) and text.lower() in _BOOLEANS:
        return _BOOLEANS[text.lower()]
    if _NUMBER.match(text) and len(text) <= 18:
        number = float(text) if "." in text else int(text)
        return number if str(number) == text else text
    return text


def _tagged(tag: str | None, node: Node) -> Node:
    """A node with its short tag written out (user guide, "Intrinsic function reference")."""
    if tag is None or not tag.startswith("!") or tag == "!":
        return node
    name = tag[1:]
    key = name if name in ("Ref", "Condition") else f"Fn::{name}"
    if key == "Fn::GetAtt" and isinstance(node, Scalar) and "." in node.text:
        resource, _, attribute = node.text.partition(".")
        parts = tuple(Scalar(part, part, node.path, node.line, node.end) for part in (resource, attribute))
        node = Sequence(parts, node.path, node.line, node.end)
    return Mapping({key: Entry(key, node.line, node)}, node.path, node.line, node.end)
