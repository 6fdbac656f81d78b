"""Values that are worked out once, when they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from checkov_ecs_endpoints.values import Location, Unknown, Why

T = TypeVar("T")


class Memo:
    """Keeps what was worked out; what asks for itself meanwhile is circular, and not known."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], object] = {}
        self._busy: set[tuple[str, str]] = set()

    def once(self, kind: str, name: str, place: Location, compute: Callable[[], T]) -> T | Unknown:
        """What ``compute`` says of the thing of that kind and name."""
        key = (kind, name)
        if key in self._known:
            return cast(T, self._known[key])
        if key in self._busy:
            return Unknown(Why.INVALID, f"{kind} {name}", place, "it depends on itself")
        self._busy.add(key)
        try:
            self._known[key] = compute()
        except RecursionError:
            self._known[key] = Unknown(Why.LIMIT, f"{kind} {name}", place, "too long a chain of references")
        finally:
            self._busy.discard(key)
        return cast(T, self._known[key])
