"""``Fn::ForEach`` (user guide, "AWS::LanguageExtensions transform") as what it writes out.

``Fn::ForEach::Name: [Identifier, Collection, {Key${Identifier}: Template}]`` stands for one
entry per member of the collection; ``${Identifier}`` is replaced in keys and values,
``&{Identifier}`` by the member without its characters that are not alphanumeric.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from checkov_ecs_endpoints.iac.cloudformation.nodes import (
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    members_of,
    text_of,
)
from checkov_ecs_endpoints.values import Unknown, Value, Why, first_unknown

PREFIX: Final = "Fn::ForEach::"

MAX_VALUES: Final = 50_000
"""Values that all loops of a stack may write out; CloudFormation allows 500 resources."""


class Loops:
    """Writes out the loops of one stack, bounded together: loops may stand in loops."""

    def __init__(self, evaluate: Callable[[Node], Value]) -> None:
        self._evaluate = evaluate
        self._left = MAX_VALUES

    def unrolled(self, loop: Entry) -> list[Node] | Unknown:
        """What a loop writes out, one mapping per member, the loops inside still to be unrolled."""
        subject, place = loop.key, loop.place
        if not isinstance(loop.value, Sequence) or len(loop.value.items) != 3:
            return Unknown(Why.INVALID, subject, place, "it takes an identifier, a list and a mapping")
        name, collection, body = loop.value.items
        identifier = text_of(name)
        if identifier is None:
            return Unknown(Why.INVALID, subject, place, "no identifier")
        members = _collection(collection, self._evaluate)
        if not isinstance(members, list) or not all(isinstance(member, (str, int)) for member in members):
            return first_unknown(members) or Unknown(Why.UNSUPPORTED, subject, place, "its list is not known")
        self._left -= len(members) * _size(body)
        if self._left < 0:
            return Unknown(Why.LIMIT, subject, place, f"loops write out more than {MAX_VALUES} values")
        return [_substituted(body, identifier, str(member)) for member in members]


def _collection(node: Node, evaluate: Callable[[Node], Value]) -> Value:
    """The members; a parameter of a list type among literals stands for its own members."""
    value = evaluate(node)
    if not isinstance(value, list):
        return value
    flat: list[Value] = []
    for member in value:
        flat.extend(member if isinstance(member, list) else [member])
    return flat


def _size(node: Node) -> int:
    children = node.items if isinstance(node, Sequence) else ()
    return 1 + sum(_size(child) for child in (*children, *(e.value for e in members_of(node).values())))


def _substituted(node: Node, identifier: str, member: str) -> Node:
    if isinstance(node, Scalar):
        if not isinstance(node.value, str):
            return node
        text = _replaced(node.value, identifier, member)
        return node if text == node.value else Scalar(text, text, node.path, node.line, node.end)
    if isinstance(node, Sequence):
        items = tuple(_substituted(item, identifier, member) for item in node.items)
        return Sequence(items, node.path, node.line, node.end)
    if len(node.entries) == 1 and text_of(node.get("Ref")) == identifier:
        return Scalar(member, member, node.path, node.line, node.end)
    entries: dict[str, Entry] = {}
    for entry in node.entries.values():
        key = _replaced(entry.key, identifier, member)
        entries[key] = Entry(key, entry.line, _substituted(entry.value, identifier, member))
    return Mapping(entries, node.path, node.line, node.end)


def _replaced(text: str, identifier: str, member: str) -> str:
    if "{" not in text:
        return text
    plain = "".join(character for character in member if character.isalnum())
    return text.replace(f"${{{identifier}}}", member).replace(f"&{{{identifier}}}", plain)
