"""Functions of lists.

Terraform documentation: Functions, "Collection Functions".
"""

from __future__ import annotations

from dataclasses import replace

from checkov_ecs_endpoints.iac.terraform.conversion import convert_to
from checkov_ecs_endpoints.iac.terraform.faults import Invalid, Undecided, bounded
from checkov_ecs_endpoints.iac.terraform.functions.reading import Members, closed, members, whole
from checkov_ecs_endpoints.iac.terraform.functions.registry import function
from checkov_ecs_endpoints.iac.terraform.functions.texts import graphemes
from checkov_ecs_endpoints.iac.terraform.identities import is_identity
from checkov_ecs_endpoints.iac.terraform.kinds import (
    ANY,
    NUMBER,
    STRING,
    ListOf,
    is_text,
    list_of,
    strings,
    type_of,
)
from checkov_ecs_endpoints.iac.terraform.members import distinct, doubt, equal, unclear
from checkov_ecs_endpoints.iac.terraform.numeric import Whole
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Keyed, Set
from checkov_ecs_endpoints.iac.terraform.unification import unify
from checkov_ecs_endpoints.iac.terraform.zone_names import Zones
from checkov_ecs_endpoints.json_text import Encoded
from checkov_ecs_endpoints.values import (
    OpenList,
    Reference,
    Text,
    Truth,
    Unknown,
    some,
)

_LARGEST_INDEX = 2**63


@function("length", ANY, partial=True)
def length(value: Inner) -> Inner:
    """How many members, entries or characters there are."""
    if isinstance(value, str):
        return Whole(len(graphemes(value)))
    if isinstance(value, (list, dict)):
        return Whole(len(value))
    if isinstance(value, Keyed):
        return Whole(len(value.pairs))
    if isinstance(value, Set):
        why = value.rest or doubt(value.items)
        if why is None:
            return Whole(len(value.items))
        raise Undecided(why)
    if isinstance(value, (bool, int, float)):
        raise Invalid("a number or bool has no length")
    raise Undecided(unclear(value))


@function("concat", variadic=ANY, partial=True)
def concat(*sequences: Inner) -> Inner:
    """The members of all lists, one list after the other."""
    if not sequences:
        raise Invalid("concat takes at least one argument")
    parts = [members(sequence, sets=False) for sequence in sequences]
    items = [item for part in parts for item in part.items]
    bounded(len(items))
    rest = next((part.rest for part in parts if part.rest is not None), None)
    if rest is not None:
        return OpenList(tuple(items), rest)
    elements = [part.element for part in parts if part.element is not None]
    if len(elements) == len(parts):
        common = unify(elements)
        if common is not None:
            return convert_to(items, list_of(common))
    return items


@function("flatten", ANY, partial=True)
def flatten(value: Inner) -> Inner:
    """The members of lists in lists, at any depth."""
    if not isinstance(value, (list, Set, OpenList, Unknown, Reference)):
        raise Invalid("flatten takes a list, set or tuple")
    found = _flat(value)
    return found.like(found.items)


def _flat(value: Inner) -> Members:
    """The members at any depth, as those of a tuple."""
    found = members(value)
    rest, order = found.rest, found.order
    items: list[Inner] = []
    for item in found.items:
        if isinstance(item, (list, Set, OpenList)):
            inner = _flat(item)
            items.extend(inner.items)
            rest, order = rest or inner.rest, order or inner.order
        elif isinstance(item, Unknown) or (isinstance(item, Reference) and not is_text(item)):
            rest = rest or unclear(item)
        else:
            items.append(item)
    bounded(len(items))
    return Members(tuple(items), rest, None, order)


@function("element", ANY, NUMBER, partial=True)
def element(value: Inner, index: Inner) -> Inner:
    """The member at an index that begins again after the last.

    Terraform 1.11 counts from the end of a list below zero, but not of a tuple.
    """
    found = closed(value, sets=False)
    at = whole(index, "the index")
    if not found.items:
        raise Invalid("an empty list has no element")
    if at < 0 and found.element is None and at % len(found.items):
        raise Invalid("the index of an element of a tuple cannot be negative")
    if not -_LARGEST_INDEX <= at < _LARGEST_INDEX:
        raise Invalid("the index of an element is too large")
    return found.items[at % len(found.items)]


@function("index", ANY, ANY, partial=True)
def index(value: Inner, wanted: Inner) -> Inner:
    """The place of the first member that equals a value."""
    for at, item in enumerate(closed(value, sets=False).items):
        same = equal(item, wanted)
        if isinstance(same, Unknown):
            raise Undecided(same)
        if same:
            return Whole(at)
    raise Invalid("the item is not in the list")


@function("contains", ANY, ANY, partial=True)
def contains(value: Inner, wanted: Inner) -> Inner:
    """Whether a list or set has a member."""
    found = members(value)
    truths: list[Truth] = [equal(item, wanted) for item in found.items]
    return some(truths if found.rest is None else [*truths, found.rest])


@function("distinct", list_of(ANY), partial=True)
def distinct_(value: Inner) -> Inner:
    """The members without doubles, each where it first stands."""
    found = members(value)
    kept = distinct(found.items)
    why = found.rest or doubt(kept)
    return found.like(kept) if why is None else OpenList(tuple(kept), why)


def _perhaps_empty(value: Inner) -> bool:
    """Whether it is not known if a value is null or an empty string."""
    if isinstance(value, Encoded) and value.format == "json":
        return False
    if isinstance(value, Text):
        return not any(isinstance(part, str) for part in value.parts)
    return isinstance(value, Unknown) or (isinstance(value, Reference) and not is_identity(value))


@function("compact", list_of(STRING), partial=True)
def compact(value: Inner) -> Inner:
    """The members that are neither empty nor null."""
    found = members(value)
    rest = found.rest
    kept: list[Inner] = []
    for item in found.items:
        if _perhaps_empty(item):
            rest = rest or unclear(item)
        elif item:
            kept.append(item)
    return replace(found, rest=rest).like(kept)


@function("chunklist", list_of(ANY), NUMBER, partial=True)
def chunklist(value: Inner, size: Inner) -> Inner:
    """Lists of a fixed number of members; 0 makes one list of all."""
    found = closed(value, sets=False)
    count = whole(size, "the size")
    if count < 0:
        raise Invalid("the size of a chunk cannot be negative")
    kind = found.element or ANY
    step = count or max(len(found.items), 1)
    chunks = [ListOf(found.items[at : at + step], kind) for at in range(0, len(found.items), step)]
    return ListOf(chunks, list_of(kind))


@function("slice", ANY, NUMBER, NUMBER, partial=True)
def slice_(value: Inner, start: Inner, end: Inner) -> Inner:
    """The members from one index up to, and without, another."""
    first, last = whole(start, "the start"), whole(end, "the end")
    found = closed(value.first(bounded(last)) if isinstance(value, Zones) else value, sets=False)
    if not 0 <= first <= last <= len(found.items):
        raise Invalid(f"there is no slice from {first} to {last} of a list of {len(found.items)}")
    return found.like(found.items[first:last])


@function("reverse", ANY, partial=True)
def reverse(value: Inner) -> Inner:
    """The members, last to first."""
    if isinstance(value, Set) and doubt(value.items) is not None:
        raise Undecided(unclear(value))
    found = members(value)
    return found.like(found.items[::-1])


@function("sort", list_of(STRING), partial=True)
def sort(value: Inner) -> Inner:
    """The members in the order of their characters."""
    found = members(value)
    if found.rest is not None:
        return OpenList(found.items, found.rest)
    if any(item is None for item in found.items):
        raise Invalid("null cannot be sorted")
    if all(isinstance(item, str) for item in found.items):
        return strings(sorted(found.items))
    loose = next(item for item in found.items if not isinstance(item, str))
    return Members(found.items, None, STRING, unclear(loose)).like(found.items)


@function("one", ANY, partial=True)
def one(value: Inner) -> Inner:
    """The only member, or null where there is none."""
    found = closed(value)
    if len(found.items) > 1:
        why = doubt(found.items) if isinstance(value, Set) else None
        if why is not None:
            raise Undecided(why)
        raise Invalid("one takes a list of no more than one member")
    return found.items[0] if found.items else None


@function("coalesce", variadic=ANY, partial=True, nullable=True)
def coalesce(*values: Inner) -> Inner:
    """The first value that is neither null nor an empty string."""
    common = unify([type_of(value) for value in values])
    if common is None:
        raise Invalid("the arguments of coalesce have types that do not go together")
    for value in values:
        if _perhaps_empty(value):
            raise Undecided(unclear(value))
        converted = convert_to(value, common)
        if converted is not None and converted != "":
            return converted
    raise Invalid("every argument of coalesce is null or empty")


@function("coalescelist", variadic=ANY, partial=True)
def coalescelist(*values: Inner) -> Inner:
    """The first list that has members."""
    for value, found in [(value, members(value, sets=False)) for value in values]:
        if found.items:
            return value
        if found.rest is not None:
            raise Undecided(found.rest)
    raise Invalid("every argument of coalescelist is empty")
