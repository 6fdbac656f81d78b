"""What all things of the model share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.values import Truth, Unknown

T = TypeVar("T")

Link: TypeAlias = str | Unknown
"""The id of another thing of the same estate, or why it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Anything that a configuration declares and the model holds.

    ``id`` is unique in the estate. ``exists`` is True, or the unknown that decides it.
    """

    id: str
    source: Source
    exists: Truth = True


@dataclass(frozen=True, slots=True)
class Listing(Generic[T]):
    """Members that are certainly listed, and, if ``rest`` is set, perhaps others."""

    items: tuple[T, ...] = ()
    rest: Unknown | None = None

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __bool__(self) -> bool:
        return bool(self.items) or self.rest is not None
