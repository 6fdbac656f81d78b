"""What runs beside the code of a task and calls AWS services of its own, from ``companions.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from checkov_ecs_endpoints.catalog.tables import table


class SeenIn(Enum):
    """Where a companion is seen."""

    IMAGE = "image"
    ENVIRONMENT = "environment"
    OUTPUT = "output"
    INSTANCE_POLICY = "instance_policy"
    START_UP = "start_up"


@dataclass(frozen=True, slots=True)
class Companion:
    """What the catalog says of one companion; the fields are explained in ``companions.toml``."""

    pattern: str
    services: tuple[str, ...]
    actions: tuple[str, ...] = ()
    what: str = ""
    certain: bool = True
    source: str = ""


@cache
def every_companion(seen_in: SeenIn) -> tuple[Companion, ...]:
    """All the companions that may be seen there."""
    entries = table("companions")[seen_in.value]
    return tuple(Companion(**{**entry, **_tuples(entry)}) for entry in entries)


def _tuples(entry: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(entry.get(key, ())) for key in ("services", "actions")}


def companions(seen_in: SeenIn, text: str) -> tuple[Companion, ...]:
    """The companions that a text shows: an image, the name of a variable, a script..."""
    match = re.search if seen_in in (SeenIn.IMAGE, SeenIn.START_UP) else re.fullmatch
    return tuple(one for one in every_companion(seen_in) if match(one.pattern, text))
