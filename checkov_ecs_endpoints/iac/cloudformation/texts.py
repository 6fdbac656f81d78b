"""Strings of a template: their pieces, how they are joined and taken apart.

Pure functions of values; what the pieces of ``Fn::Sub`` stand for is the evaluator's to say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from checkov_ecs_endpoints.values import (
    Location,
    OpenList,
    Reference,
    Text,
    Unknown,
    Value,
    Why,
    first_unknown,
    references,
    text,
)

MAX_CHARACTERS: Final = 1_000_000
"""Characters of one string; CloudFormation's limit for a whole template."""

MAX_NOTE: Final = 400
"""Characters of the note of an unknown value that went through many functions."""

_WRONG: Final = Unknown(Why.INVALID, "an argument of another kind than the function takes")

_PLACEHOLDER: Final = re.compile(r"\$\{([^{}$]*)\}")
_DYNAMIC: Final = re.compile(r"\{\{resolve:(.*?)\}\}", re.DOTALL)


class Placeholder(NamedTuple):
    """A ``${...}`` in the text of ``Fn::Sub``."""

    name: str


def template_parts(template: str) -> Iterator[str | Placeholder]:
    """The pieces of a ``Fn::Sub`` text; ``${!Name}`` is the literal ``${Name}``."""
    end = 0
    for match in _PLACEHOLDER.finditer(template):
        yield template[end : match.start()]
        name = match[1].strip()
        yield f"${{{name[1:]}}}" if name.startswith("!") else Placeholder(name)
        end = match.end()
    yield template[end:]


def written(value: Value) -> str | None:
    """A scalar as CloudFormation writes it into a string, or None for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (str, int, float)):
        return str(value)
    return None


def piece(value: Value, subject: str, place: Location) -> str | Reference | Text | Unknown:
    """A value as a piece of a string; what cannot be one is invalid there."""
    if isinstance(value, (Reference, Text, Unknown)):
        return value
    scalar = written(value)
    if scalar is not None:
        return scalar
    return first_unknown(value) or Unknown(Why.INVALID, subject, place, "a list or mapping inside a text")


def joined(parts: list[str | Reference | Text | Unknown], place: Location) -> Value:
    """One string of its pieces, without the text of dynamic references."""
    if sum(len(str(part)) for part in parts) > MAX_CHARACTERS:
        return Unknown(Why.LIMIT, "a text", place, f"longer than {MAX_CHARACTERS} characters")
    return conceal(text(parts), place)


def derived(unknown: Unknown, function: str, place: Location) -> Unknown:
    """What a function makes of an argument that is not known: not known for the same reason.

    It is another value than the argument, and than what other calls make of it, so it is
    not equal to them as far as its note goes; that it came through ``place`` tells always.
    """
    taken = f"taken by {function} on line {place.line}"
    note = f"{unknown.note}; {taken}" if unknown.note else taken
    return replace(unknown, note=note if len(note) <= MAX_NOTE else unknown.note, via=(*unknown.via, place))


def join(separator: str, items: Value, place: Location) -> Value:
    """``Fn::Join``; what the length of is not known has no known text."""
    if isinstance(items, OpenList):
        return derived(items.rest, "Fn::Join", place)
    if isinstance(items, (Reference, Text)):
        return Unknown(Why.AFTER_APPLY, str(items), place)
    if not isinstance(items, list):
        return derived(first_unknown(items) or _WRONG, "Fn::Join", place)
    parts: list[str | Reference | Text | Unknown] = []
    for index, item in enumerate(items):
        if index:
            parts.append(separator)
        parts.append(piece(item, "Fn::Join", place))
    return joined(parts, place)


def split(separator: str, value: Value, place: Location) -> Value:
    """``Fn::Split``; known only where no unknown piece may hold the separator itself."""
    if isinstance(value, Text):
        parts = value.parts
    elif isinstance(value, (Reference, Unknown)):
        parts = (value,)
    else:
        whole = written(value)
        if whole is None:
            return derived(first_unknown(value) or _WRONG, "Fn::Split", place)
        parts = (whole,)
    members: list[list[str | Reference | Text | Unknown]] = [[]]
    for part in parts:
        if isinstance(part, str):
            first, *others = part.split(separator)
            members[-1].append(first)
            members.extend([other] for other in others)
        elif isinstance(part, Unknown):
            return derived(part, "Fn::Split", place)
        elif _may_hold(part, separator):
            return Unknown(Why.AFTER_APPLY, str(part), place, f"it may hold the separator '{separator}'")
        else:
            members[-1].append(part)
    return [text(member) for member in members]


def _may_hold(reference: Reference, separator: str) -> bool:
    """Whether the text behind a reference may hold a separator.

    No id, name or ARN of AWS holds a comma, but attributes that are lists of them may be
    written with commas. Region, account and partition hold neither ``/`` nor ``:`` (user
    guide, "Pseudo parameters").
    """
    if separator == ",":
        return not (
            reference.attribute in ((), ("Ref",)) or str(reference.attribute[-1]).endswith(("Id", "Arn"))
        )
    symbols = ("AWS::Region", "AWS::AccountId", "AWS::Partition", "AWS::URLSuffix")
    return not (reference.resource in symbols and separator in ("/", ":"))


def conceal(value: Value, place: Location) -> Value:
    """A string whose dynamic references are unknown, their text gone.

    User guide, "Using dynamic references": ``{{resolve:service:key}}`` is filled in when
    the stack is deployed; what it names may be a secret, so neither shows up anywhere.
    """
    if not isinstance(value, (str, Text)) or "{{resolve:" not in str(value):
        return value
    parts = value.parts if isinstance(value, Text) else (value,)
    # NUL cannot occur in YAML or JSON text, so it can stand around the number of a part.
    flat = "".join(part if isinstance(part, str) else f"\0{number}\0" for number, part in enumerate(parts))
    kept: list[str | Reference | Text | Unknown] = []
    for odd, chunk in enumerate(_DYNAMIC.split(flat)):
        if odd % 2:
            kept.append(_dynamic(chunk, place))
        else:
            pieces = enumerate(chunk.split("\0"))
            kept.extend(parts[int(inner)] if marked % 2 else inner for marked, inner in pieces)
    return text(kept)


def _dynamic(inner: str, place: Location) -> Unknown:
    if inner.startswith("ssm:"):
        return Unknown(Why.DATA_SOURCE, "a dynamic reference to an SSM parameter", place)
    return Unknown(Why.SECRET, "a dynamic reference to a secret", place)


def to_json(value: Value, place: Location) -> Value:
    """``Fn::ToJsonString``: the JSON of a value that is wholly known."""
    unknown = first_unknown(value)
    if unknown is not None:
        return derived(unknown, "Fn::ToJsonString", place)
    reference = next(references(value), None)
    if reference is not None:
        return Unknown(Why.AFTER_APPLY, str(reference), place)
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)
