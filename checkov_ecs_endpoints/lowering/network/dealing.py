"""Giving things to their owners, when some owners are not known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TypeVar

from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.values import Truth, Unknown

T = TypeVar("T")


def joined(*listings: Listing[T]) -> Listing[T]:
    """All members of the listings; open if any of them is."""
    rest = next((listing.rest for listing in listings if listing.rest is not None), None)
    return Listing(tuple(item for listing in listings for item in listing), rest)


def distinct(listing: Listing[T]) -> Listing[T]:
    """The listing without doubles."""
    return Listing(tuple(dict.fromkeys(listing)), listing.rest)


def deal(items: Iterable[tuple[Link, Listing[T]]], owners: Collection[str]) -> dict[str, Listing[T]]:
    """What each owner gets. What belongs to an owner that is not known may belong to any of them."""
    dealt: dict[str, Listing[T]] = {owner: Listing() for owner in owners}
    for link, listing in items:
        if isinstance(link, Unknown):
            for owner in dealt:
                dealt[owner] = joined(dealt[owner], Listing((), link))
        elif link in dealt:
            dealt[link] = joined(dealt[link], listing)
    return dealt


def if_certain(listing: Listing[T], exists: Truth) -> Listing[T]:
    """The listing, or an open one where what declares its members may not exist."""
    return Listing((), exists) if isinstance(exists, Unknown) else listing
