"""Functions of sets.

Terraform documentation: Functions, "Collection Functions".
"""

from __future__ import annotations

from collections.abc import Sequence

from checkov_ecs_endpoints.iac.terraform.conversion import convert_to
from checkov_ecs_endpoints.iac.terraform.faults import Invalid
from checkov_ecs_endpoints.iac.terraform.functions.reading import Members, members
from checkov_ecs_endpoints.iac.terraform.functions.registry import function
from checkov_ecs_endpoints.iac.terraform.kinds import ANY, set_of, type_of
from checkov_ecs_endpoints.iac.terraform.members import equal, set_from
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Set
from checkov_ecs_endpoints.iac.terraform.unification import check_nulls, unify
from checkov_ecs_endpoints.values import Unknown, some


def _alike(values: Sequence[Inner]) -> list[Members]:
    """The members of all sets, in one type."""
    found = [members(value) for value in values]
    types = [
        *(type_of(item) for part in found for item in part.items),
        *(value.element for value in values if isinstance(value, Set) and value.element is not None),
    ]
    check_nulls(types)
    common = unify(types)
    if common is None:
        raise Invalid("the sets have types that do not go together")
    return [
        Members(tuple(convert_to(item, common) for item in part.items), part.rest, common) for part in found
    ]


@function("setunion", set_of(ANY), variadic=set_of(ANY), partial=True)
def setunion(*sets: Inner) -> Inner:
    """The members of any of the sets."""
    found = _alike(sets)
    rest = next((part.rest for part in found if part.rest is not None), None)
    return set_from([item for part in found for item in part.items], rest, found[0].element)


@function("setintersection", set_of(ANY), variadic=set_of(ANY), partial=True)
def setintersection(*sets: Inner) -> Inner:
    """The members of all of the sets."""
    first, *others = _alike(sets)
    for other in others:
        first = _filtered(first, other, wanted=True)
    return set_from(first.items, first.rest, first.element)


@function("setsubtract", set_of(ANY), set_of(ANY), partial=True)
def setsubtract(minuend: Inner, subtrahend: Inner) -> Inner:
    """The members of the first set that are not in the second."""
    first, other = _alike([minuend, subtrahend])
    kept = _filtered(first, other, wanted=False)
    return set_from(kept.items, kept.rest, kept.element)


def _filtered(first: Members, other: Members, wanted: bool) -> Members:
    """The members that certainly are, or are not, in another set."""
    rest = first.rest
    kept: list[Inner] = []
    for item in first.items:
        found = some([*(equal(item, one) for one in other.items), *([other.rest] if other.rest else [])])
        if isinstance(found, Unknown):
            rest = rest or found
        elif found is wanted:
            kept.append(item)
    return Members(tuple(kept), rest, first.element)
