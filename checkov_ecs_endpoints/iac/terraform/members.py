"""Equality, order and distinctness of values that may not be known.

Equality follows Terraform: values of different types are never equal. Terraform
documentation: Configuration Language, Arithmetic and Logical Operators.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from typing import Any

from checkov_ecs_endpoints.iac.terraform import zone_names
from checkov_ecs_endpoints.iac.terraform.faults import Beyond
from checkov_ecs_endpoints.iac.terraform.identities import is_identity, is_no_identity
from checkov_ecs_endpoints.iac.terraform.kinds import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    Type,
    type_of,
)
from checkov_ecs_endpoints.iac.terraform.numeric import exact, format_number
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Set
from checkov_ecs_endpoints.values import (
    OpenDict,
    OpenList,
    Reference,
    Text,
    Truth,
    Unknown,
    Why,
    every,
)

_SCALAR = (str, int, float, bool)


_COMPARISONS = 250_000
"""How many pairs of values that are not wholly known are compared for one set."""


def unclear(value: Inner) -> Unknown:
    """Why a value, or something made of it, is not known."""
    if isinstance(value, Unknown):
        return Unknown(value.why, value.subject, value.origin, value.note, value.via)
    if isinstance(value, (OpenList, OpenDict)):
        return unclear(value.rest)
    if isinstance(value, Text):
        return next((unclear(part) for part in value.parts if not isinstance(part, str)), _later(value))
    if isinstance(value, Reference):
        return _later(value)
    if isinstance(value, Set):
        inside: Iterable[Inner] = value.items if value.rest is None else (value.rest,)
    elif isinstance(value, dict):
        inside = value.values()
    elif isinstance(value, list):
        inside = value
    else:
        return unclear(value.plain()) if hasattr(value, "plain") else _later(value)
    return next((unclear(item) for item in inside if not settled(item)), _later(value))


def _later(value: Inner) -> Unknown:
    return Unknown(Why.AFTER_APPLY, str(value), getattr(value, "origin", None))


def settled(value: Inner) -> bool:
    """Whether the value is known to the last character: no unknown, and no reference either."""
    if value is None or isinstance(value, _SCALAR):
        return True
    if isinstance(value, list):
        return all(map(settled, value))
    if isinstance(value, dict):
        return all(map(settled, value.values()))
    return isinstance(value, Set) and value.rest is None and all(map(settled, value.items))


def equal(left: Inner, right: Inner) -> Truth:
    """Whether two values are equal, as ``==`` has it."""
    if left is None or right is None:
        return _null_equal(right if left is None else left)
    for value in (left, right):
        if isinstance(value, Unknown):
            return unclear(value)
    if isinstance(left, (Reference, Text)) or isinstance(right, (Reference, Text)):
        return _partly_equal(left, right)
    if isinstance(left, _SCALAR) or isinstance(right, _SCALAR):
        return _scalars_equal(left, right)
    if isinstance(left, list) and isinstance(right, list):
        return _lists_equal(left, right)
    if isinstance(left, dict) and isinstance(right, dict):
        return _dicts_equal(left, right)
    if isinstance(left, Set) and isinstance(right, Set) and settled(left) and settled(right):
        if not left.items and not right.items:
            return bool(left.element == right.element)
        return [key(item) for item in left.items] == [key(item) for item in right.items]
    for value in (left, right):
        if not isinstance(value, (list, dict, Set)) or (isinstance(value, Set) and not settled(value)):
            return True if left is right else unclear(value)
    return False


def _null_equal(other: Inner) -> Truth:
    if other is None:
        return True
    if isinstance(other, Reference) and is_identity(other):
        return False
    return unclear(other) if isinstance(other, (Unknown, Reference)) else False


def _partly_equal(left: Inner, right: Inner) -> Truth:
    if isinstance(left, Reference) and isinstance(right, Reference):
        if left == right:
            return True
        if zone_names.differ(left, right):
            return False
        same_kind = left.attribute == right.attribute and is_identity(left)
        kind = left.resource.rsplit("[", 1)[0] == right.resource.rsplit("[", 1)[0]
        return False if same_kind and (kind or is_identity(right)) else unclear(left)
    if isinstance(left, Reference) or isinstance(right, Reference):
        reference, other = (left, right) if isinstance(left, Reference) else (right, left)
        return False if is_identity(reference) and is_no_identity(reference, other) else unclear(reference)
    if type_of(left) is not STRING or type_of(right) is not STRING:
        return False
    return texts_equal(left, right)


def texts_equal(left: str | Text, right: str | Text) -> Truth:
    """Whether two strings are equal of which one at least is only partly known."""
    if left == right and not any(isinstance(part, Unknown) for part in getattr(left, "parts", ())):
        return True
    first, second = _ends(left), _ends(right)
    for ours, theirs, agree in (
        (first[0], second[0], str.startswith),
        (first[1], second[1], str.endswith),
    ):
        if not agree(ours, theirs) and not agree(theirs, ours):
            return False
    for text, other in ((left, right), (right, left)):
        if isinstance(text, str) and isinstance(other, Text):
            pieces = [part for part in other.parts if isinstance(part, str)]
            if len(text) < sum(map(len, pieces)) or any(piece not in text for piece in pieces):
                return False
    return unclear(left if isinstance(left, Text) else right)


def _ends(text: str | Text) -> tuple[str, str]:
    return (text, text) if isinstance(text, str) else (text.prefix, text.suffix)


def _scalars_equal(left: Inner, right: Inner) -> Truth:
    if not isinstance(left, _SCALAR) or not isinstance(right, _SCALAR) or type_of(left) is not type_of(right):
        return False
    if isinstance(left, str) or isinstance(right, str):
        return left == right
    return exact(left) == exact(right)


def _lists_equal(left: list[Inner], right: list[Inner]) -> Truth:
    if isinstance(left, ListOf) != isinstance(right, ListOf) or len(left) != len(right):
        return False
    if (
        isinstance(left, ListOf)
        and isinstance(right, ListOf)
        and not _same(left.element, right.element, left)
    ):
        return False
    return every(map(equal, left, right))


def _dicts_equal(left: dict[str, Inner], right: dict[str, Inner]) -> Truth:
    if isinstance(left, MapOf) != isinstance(right, MapOf) or left.keys() != right.keys():
        return False
    if isinstance(left, MapOf) and isinstance(right, MapOf) and not _same(left.element, right.element, left):
        return False
    return every(equal(value, right[name]) for name, value in left.items())


def _same(ours: Type, theirs: Type, members: list[Inner] | dict[str, Inner]) -> bool:
    """Element types, which decide for empty collections; members carry their own."""
    return bool(members) or ours == theirs


def key(value: Inner) -> str:
    """A text that two settled values share if and only if they are equal members of a set."""
    if value is None:
        return "~"
    if isinstance(value, bool):
        return "T" if value else "F"
    if isinstance(value, (int, float)):
        return format_number(value)
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, dict):
        if isinstance(value, MapOf):
            return "{" + "".join(f"{key(name)}:{key(value[name])};" for name in sorted(value)) + "}"
        return "<" + "".join(f"{name}{key(value[name])};" for name in sorted(value)) + ">"
    typed = isinstance(value, (ListOf, Set))
    inside = "".join(f"{key(item)};" for item in (value.items if isinstance(value, Set) else value))
    return f"[{inside}]" if typed else f"<{inside}>"


def in_order(items: Iterable[Inner]) -> list[Inner]:
    """Settled members in the order of a Terraform set; null comes last."""
    present = list(items)
    kinds = {type_of(item) for item in present if item is not None} if all(map(_plain, present)) else set()
    rank: Callable[[Inner], Any] = key
    if kinds == {NUMBER}:
        rank = exact
    elif kinds in ({STRING}, {BOOL}):
        rank = _itself
    nulls = [item for item in present if item is None]
    return sorted((item for item in present if item is not None), key=rank) + nulls


def _plain(item: Inner) -> bool:
    return item is None or isinstance(item, _SCALAR)


def _itself(item: Inner) -> Inner:
    return item


def distinct(items: Iterable[Inner]) -> list[Inner]:
    """The members without those that certainly equal an earlier one."""
    seen: set[str] = set()
    found: list[Inner] = []
    loose: list[Inner] = []
    for item in items:
        if settled(item):
            mark = key(item)
            if mark in seen:
                continue
            seen.add(mark)
        else:
            if len(loose) ** 2 > _COMPARISONS:
                raise Beyond("too many members that are not known to compare")
            if any(equal(item, other) is True for other in loose):
                continue
            loose.append(item)
        found.append(item)
    return found


def doubt(items: Sequence[Inner]) -> Unknown | None:
    """Why members that :func:`distinct` kept may still be equal, None where they cannot."""
    loose = [item for item in items if not settled(item)]
    if not loose:
        return None
    if len(loose) * len(items) > _COMPARISONS:
        return unclear(loose[0])
    pairs = [*combinations(loose, 2), *((one, other) for one in loose for other in items if settled(other))]
    return next((truth for truth in (equal(*pair) for pair in pairs) if isinstance(truth, Unknown)), None)


def set_from(items: Iterable[Inner], rest: Unknown | None = None, element: Type | None = None) -> Set:
    """A set of the members: without doubles, in Terraform's order where all are known."""
    kept = distinct(items)
    if all(map(settled, kept)):
        kept = in_order(kept)
    return Set(tuple(kept), rest, None if element is ANY else element)


def listed(members: Set, element: Type) -> ListOf | OpenList:
    """A set as a list; open where order or number of the members is not known."""
    if members.rest is not None:
        return OpenList(members.items, members.rest)
    if len(members.items) > 1 and not all(map(settled, members.items)):
        return OpenList(members.items, unclear(next(item for item in members.items if not settled(item))))
    return ListOf(members.items, element if members.element is None else members.element)
