"""Functions that make lists, and those that make one value of a list.

Terraform documentation: Functions, "Collection Functions" and "Numeric Functions".
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from checkov_ecs_endpoints.iac.terraform.conversion import convert_to, to_number
from checkov_ecs_endpoints.iac.terraform.faults import Invalid, Undecided, bounded
from checkov_ecs_endpoints.iac.terraform.functions.reading import closed, members
from checkov_ecs_endpoints.iac.terraform.functions.registry import function
from checkov_ecs_endpoints.iac.terraform.kinds import ANY, BOOL, NUMBER, ListOf, TupleType, list_of, type_of
from checkov_ecs_endpoints.iac.terraform.members import doubt, equal, set_from, unclear
from checkov_ecs_endpoints.iac.terraform.numeric import MACHINE, exact, number, precision
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Set
from checkov_ecs_endpoints.iac.terraform.unification import unify
from checkov_ecs_endpoints.values import OpenList, Truth, Unknown, every, some

_MOST_OF_RANGE = 1024


@function("range", variadic=NUMBER)
def range_(*limits: Inner) -> Inner:
    """Numbers from a start (0) up to, and without, an end, in steps (1, or -1 downwards)."""
    values = [exact(limit) for limit in limits]
    if len(values) not in (1, 2, 3):
        raise Invalid("range takes one to three arguments")
    start = values[0] if len(values) > 1 else Fraction(0)
    end = values[1] if len(values) > 1 else values[0]
    step = values[2] if len(values) > 2 else Fraction(1 if start <= end else -1)
    bits = precision(limits[0]) if len(values) > 1 else MACHINE
    if step == 0:
        raise Invalid("the step of a range cannot be zero")
    if (end < start and step > 0) or (end > start and step < 0):
        raise Invalid("the step of a range leads away from its end")
    found: list[Inner] = []
    while (start < end) if step > 0 else (start > end):
        if len(found) >= _MOST_OF_RANGE:
            raise Invalid(f"a range has more than {_MOST_OF_RANGE} numbers")
        found.append(number(start, bits))
        start += step
        bits = max(bits, precision(limits[2]) if len(values) > 2 else MACHINE)
    return ListOf(found, NUMBER)


@function("sum", ANY, partial=True)
def sum_(value: Inner) -> Inner:
    """All numbers added up."""
    found = closed(value)
    if isinstance(value, Set) and doubt(value.items) is not None:
        raise Undecided(unclear(value))
    if not found.items:
        raise Invalid("an empty list has no sum")
    total: Inner = None
    for item in found.items:
        if item is None:
            raise Invalid("null cannot be added up")
        addend = to_number(item)
        if not isinstance(addend, (int, float)):
            raise Undecided(unclear(addend))
        total = addend if total is None else number(exact(total) + exact(addend), _bits(total, addend))
    return total


def _bits(left: int | float, right: int | float) -> int:
    return max(precision(left), precision(right))


@function("alltrue", list_of(BOOL), partial=True)
def alltrue(value: Inner) -> Inner:
    """Whether every member is true."""
    found = members(value)
    return every([*(_truth(item) for item in found.items), *([found.rest] if found.rest else [])])


@function("anytrue", list_of(BOOL), partial=True)
def anytrue(value: Inner) -> Inner:
    """Whether any member is true."""
    found = members(value)
    return some([*(_truth(item) for item in found.items), *([found.rest] if found.rest else [])])


def _truth(item: Inner) -> Truth:
    if item is None or isinstance(item, bool):
        return bool(item)
    return unclear(item)


@function("matchkeys", list_of(ANY), list_of(ANY), list_of(ANY), partial=True)
def matchkeys(values: Inner, keys: Inner, wanted: Inner) -> Inner:
    """The members of one list where another, beside it, has one of the wanted keys."""
    found, beside, among = closed(values, sets=False), closed(keys, sets=False), closed(wanted)
    if len(found.items) != len(beside.items):
        raise Invalid("the lists of values and keys differ in length")
    common = unify([beside.element or ANY, among.element or ANY])
    if common is None:
        raise Invalid("the keys have types that do not go together")
    search = [convert_to(item, common) for item in among.items]
    kept: list[Inner] = []
    for item, mark in zip(found.items, beside.items, strict=True):
        hit = some(equal(convert_to(mark, common), candidate) for candidate in search)
        if isinstance(hit, Unknown):
            raise Undecided(hit)
        if hit:
            kept.append(item)
    return ListOf(kept, found.element or ANY)


@function("setproduct", variadic=ANY, partial=True)
def setproduct(*values: Inner) -> Inner:
    """All combinations of members; a list where all arguments are lists, else a set."""
    if len(values) < 2:
        raise Invalid("setproduct takes at least two arguments")
    found = [members(value) for value in values]
    rest = next((part.rest for part in found if part.rest is not None), None)
    listlike = not any(isinstance(value, Set) for value in values)
    size = 1
    for part in found:
        size = bounded(size * max(len(part.items), 1))
    kinds = [unify([type_of(item) for item in part.items]) for part in found]
    if any(kind is None for kind in kinds):
        raise Invalid("the members have types that do not go together")
    converted = [
        [convert_to(item, kind or ANY) for item in part.items]
        for part, kind in zip(found, kinds, strict=True)
    ]
    combined: list[Inner] = [list(combination) for combination in product(*converted)]
    if not listlike:
        return set_from(combined, rest)
    if rest is not None:
        return OpenList(tuple(combined), rest)
    return ListOf(combined, TupleType(tuple(kind or ANY for kind in kinds)))
