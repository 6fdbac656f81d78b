"""Typed looks at arguments, for functions that take values not wholly known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checkov_ecs_endpoints.iac.terraform.faults import Invalid, Undecided
from checkov_ecs_endpoints.iac.terraform.kinds import ANY, ListOf, MapOf, Type
from checkov_ecs_endpoints.iac.terraform.members import settled, unclear
from checkov_ecs_endpoints.iac.terraform.scope import AnyOrder, Inner, Set
from checkov_ecs_endpoints.values import OpenDict, OpenList, Reference, Text, Unknown

SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
    "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
"""What Go's ``unicode.IsSpace`` takes for white space."""


@dataclass(frozen=True, slots=True)
class Members:
    """The members of a list, tuple or set; ``rest`` says why there may be more, at unknown places.

    ``element`` is the type of the members of a list or set, None for a tuple.
    ``order`` says why their places are not known, None where they are.
    """

    items: tuple[Inner, ...]
    rest: Unknown | None = None
    element: Type | None = None
    order: Unknown | None = None

    def like(self, items: Sequence[Inner]) -> Inner:
        """Other members in a collection of the same kind: a list, or a tuple."""
        if self.rest is not None:
            return OpenList(tuple(items), self.rest)
        if self.order is not None and len(items) > 1:
            return AnyOrder(tuple(items), None, self.element, self.order)
        return list(items) if self.element is None else ListOf(items, self.element)


def members(value: Inner, sets: bool = True) -> Members:
    """The members of a value that must be a list, tuple or (with ``sets``) set."""
    if isinstance(value, ListOf):
        return Members(tuple(value), None, value.element)
    if isinstance(value, list):
        return Members(tuple(value))
    if isinstance(value, OpenList):
        return Members(value.items, value.rest)
    if isinstance(value, AnyOrder) and not sets:
        return Members(value.items, value.order)
    if isinstance(value, Set) and sets:
        element = ANY if value.element is None else value.element
        return Members(value.items, value.rest, element, _order(value))
    if isinstance(value, (Unknown, Reference)):
        return Members((), unclear(value))
    raise Invalid("a list is needed" if not sets else "a list or set is needed")


def _order(value: Set) -> Unknown | None:
    """Why the places of the members are not known: sets have an order of the texts of their members."""
    if isinstance(value, AnyOrder):
        return value.order
    return None if all(map(settled, value.items)) else unclear(value)


def closed(value: Inner, sets: bool = True) -> Members:
    """Members of which none is missing; raises Undecided where some may be."""
    found = members(value, sets)
    if found.rest is not None:
        raise Undecided(found.rest)
    return found


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a map or object; ``element`` is the type of a map's, None for an object."""

    items: dict[str, Inner]
    rest: Unknown | None = None
    element: Type | None = None


def entries(value: Inner) -> Entries:
    """The entries of a value that must be a map or an object."""
    if isinstance(value, MapOf):
        return Entries(value, None, value.element)
    if isinstance(value, dict):
        return Entries(value)
    if isinstance(value, OpenDict):
        return Entries(value.items, value.rest)
    if isinstance(value, (list, OpenList, Set, str, bool, int, float, Text)):
        raise Invalid("a map or object is needed")
    return Entries({}, unclear(value))


def whole(value: Inner, what: str) -> int:
    """A whole number; raises Undecided for one that is not known."""
    if isinstance(value, (Unknown, Reference, Text)):
        raise Undecided(unclear(value))
    if not isinstance(value, int) or isinstance(value, bool):
        raise Invalid(f"{what} must be a whole number")
    return value


def known_text(value: Inner) -> str:
    """A wholly known string; raises Undecided for others."""
    if not isinstance(value, str):
        raise Undecided(unclear(value))
    return value
