"""How often a block is there: ``count``, ``for_each``, and what follows when they are not known.

Terraform documentation: Configuration Language, The count Meta-Argument; The for_each
Meta-Argument.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from checkov_ecs_endpoints.iac.terraform.limits import MAX_INSTANCES
from checkov_ecs_endpoints.iac.terraform.numeric import Whole
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Keyed, Sensitive, Set
from checkov_ecs_endpoints.values import (
    Location,
    OpenDict,
    OpenList,
    Reference,
    Text,
    Truth,
    Unknown,
    Why,
    first_unknown,
)


class Kind(Enum):
    """Which meta-argument repeats a block."""

    SINGLE = "single"
    COUNT = "count"
    FOR_EACH = "for_each"


class AnyKey(Enum):
    """The key of the one instance that stands for all whose keys are not known."""

    ANY = "?"


ANY: Final = AnyKey.ANY
Key: TypeAlias = str | int | Text | Reference | AnyKey | None
"""A key of an instance; None where the block is not repeated."""


@dataclass(frozen=True, slots=True)
class Member:
    """One instance: its key, the value ``for_each`` gives it, and whether it exists."""

    key: Key
    value: Inner = None
    exists: Truth = True


@dataclass(frozen=True, slots=True)
class Repetition:
    """The instances of a block; ``rest`` says why there may be others, or more than one ANY."""

    kind: Kind
    members: tuple[Member, ...]
    rest: Unknown | None = None

    @property
    def certain(self) -> bool:
        """Whether it is known which instances there are, by keys that are wholly known."""
        return self.rest is None and all(
            member.exists is True and isinstance(member.key, (str, int, type(None)))
            for member in self.members
        )

    def names(self, member: Member) -> Mapping[str, Mapping[str, Inner]]:
        """The names that an instance sees: ``count.index``, or ``each.key`` and ``each.value``."""
        key = self.rest if member.key is ANY else member.key
        if self.kind is Kind.COUNT:
            return {"count": {"index": Whole(key) if isinstance(key, int) else key}}
        if self.kind is Kind.FOR_EACH:
            return {"each": {"key": key, "value": member.value}}
        return {}


SINGLE = Repetition(Kind.SINGLE, (Member(None),))


def suffix(key: Key, kind: Kind) -> str:
    """What an instance's key adds to its address, as Terraform writes it."""
    if kind is Kind.SINGLE:
        return ""
    if isinstance(key, int):
        return f"[{key}]"
    if kind is Kind.COUNT:
        return "[?]"
    written = "?" if key is ANY else f"${{{key}}}" if isinstance(key, Reference) else str(key)
    return f"[{json.dumps(written, ensure_ascii=False)}]"


def counted(values: Sequence[Inner], doubt: Inner, place: Location) -> Repetition:
    """The instances of a block whose ``count`` is one of ``values``.

    ``doubt`` is the value of the whole expression, unknown where there is more than one.
    """
    numbers = [_whole(value, place) for value in values]
    unknown = next((number for number in numbers if isinstance(number, Unknown)), None)
    if unknown is not None:
        return Repetition(Kind.COUNT, (Member(ANY, exists=unknown),), unknown)
    known = [number for number in numbers if isinstance(number, int)]
    least, most = min(known), max(known)
    why = first_unknown(doubt) or Unknown(Why.CONDITION, "count", place)
    members = [Member(index, exists=True if index < least else why) for index in range(most)]
    return Repetition(Kind.COUNT, tuple(members))


def _whole(value: Inner, place: Location) -> int | Unknown:
    if isinstance(value, str) and value.lstrip("-").isdigit():
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return not_known(value, "count", place)
    if value < 0:
        return Unknown(Why.INVALID, "count", place, "it is negative")
    if value > MAX_INSTANCES:
        return Unknown(Why.LIMIT, "count", place, too_many(value))
    return value


def too_many(number: int) -> str:
    """The message for a block with more instances than a scan follows."""
    return f"{number} instances, more than the {MAX_INSTANCES} that a scan follows"


def keyed(values: Sequence[Inner], doubt: Inner, place: Location) -> Repetition:
    """The instances of a block whose ``for_each`` is one of ``values``."""
    if len(values) > 1:
        # The branches of a conditional take one type: `condition ? local.set : []`.
        values = [Set(tuple(value)) if isinstance(value, list) else value for value in values]
    read = [_keys(value, place) for value in values]
    rest = next((rest for _, rest in read if rest is not None), None)
    why = first_unknown(doubt) or Unknown(Why.CONDITION, "for_each", place)
    merged: dict[Key, Member] = {}
    for members, _ in read:
        for member in members:
            other = merged.setdefault(member.key, member)
            if other.value != member.value:
                merged[member.key] = Member(member.key, why)
    if len(merged) > MAX_INSTANCES:
        unknown = Unknown(Why.LIMIT, "for_each", place, too_many(len(merged)))
        return Repetition(Kind.FOR_EACH, (Member(ANY, unknown, unknown),), unknown)
    always = set.intersection(*({member.key for member in members} for members, _ in read))
    members = [
        Member(member.key, member.value, True if member.key in always else why) for member in merged.values()
    ]
    if rest is not None:
        members.append(Member(ANY, rest, rest))
    return Repetition(Kind.FOR_EACH, tuple(members), rest)


def _keys(value: Inner, place: Location) -> tuple[list[Member], Unknown | None]:
    if isinstance(value, (dict, Set, OpenDict, OpenList)) and _is_secret(value):
        return [], Unknown(Why.INVALID, "for_each", place, "its keys are sensitive")
    if isinstance(value, dict):
        return [Member(key, item) for key, item in sorted(value.items())], None
    if isinstance(value, Keyed):
        return [Member(key, item) for key, item in value.pairs], None
    if isinstance(value, OpenDict):
        return [Member(key, item) for key, item in sorted(value.items.items())], value.rest
    if isinstance(value, (Set, OpenList)):
        rest = value.rest
        members = []
        for item in value.items:
            if isinstance(item, (str, Text, Reference)):
                members.append(Member(item, item))
            else:
                rest = rest or not_known(item, "for_each", place)
        return members, rest
    return [], not_known(value, "for_each", place)


def _is_secret(value: Inner) -> bool:
    """Whether keys would show what is sensitive, which Terraform refuses."""
    keys = value if isinstance(value, dict) else value.items
    return any(isinstance(key, Sensitive) for key in keys)


def members_of(value: Inner, place: Location) -> tuple[list[tuple[Inner, Inner]], Unknown | None]:
    """Keys and values that a ``dynamic`` block repeats over, and why there may be more.

    It takes lists as well; the keys of a set are its members.
    """
    if isinstance(value, list):
        return list(enumerate(value)), None
    if isinstance(value, dict):
        return sorted(value.items()), None
    if isinstance(value, Keyed):
        return list(value.pairs), None
    if isinstance(value, OpenDict):
        return sorted(value.items.items()), value.rest
    if isinstance(value, Set):
        return [(item, item) for item in value.items], value.rest
    if isinstance(value, OpenList):
        return [(value.rest, item) for item in value.items], value.rest
    return [], not_known(value, "for_each", place)


def not_known(value: Inner, subject: str, place: Location) -> Unknown:
    """Why a value cannot say how often a block is there."""
    if isinstance(value, Unknown):
        return value.through(place)
    if isinstance(value, (Reference, Text)):
        return first_unknown(value) or Unknown(Why.AFTER_APPLY, str(value), place)
    return Unknown(Why.INVALID, subject, place, f"{type(value).__name__} does not say how often")
