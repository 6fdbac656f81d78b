"""Looks at parsed JSON that never fail: what has another shape than expected is empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, Union

Json: TypeAlias = Union[bool, int, float, str, "list[Json]", "dict[str, Json]", None]


def mapping(value: Json) -> Mapping[str, Json]:
    """An object, or an empty one."""
    return value if isinstance(value, dict) else {}


def array(value: Json) -> Sequence[Json]:
    """A list, or an empty one."""
    return value if isinstance(value, list) else ()


def string(value: Json) -> str:
    """A text, or an empty one."""
    return value if isinstance(value, str) else ""
