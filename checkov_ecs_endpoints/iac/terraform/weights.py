"""How large values are, counted as if nothing in them were shared.

``[local.a, local.a]`` costs nothing to build, and sixty such locals in a row stand for more
members than there are atoms in a house: everything that walks through them would never end.
"""

from __future__ import annotations

from collections.abc import Sequence

from checkov_ecs_endpoints.iac.terraform.faults import MEMBERS, Beyond
from checkov_ecs_endpoints.iac.terraform.members import unclear
from checkov_ecs_endpoints.iac.terraform.numeric import Number, Whole
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Keyed, Set
from checkov_ecs_endpoints.json_text import Encoded
from checkov_ecs_endpoints.values import OpenDict, OpenList, Text

_SIMPLE = frozenset({int, float, bool, type(None), Number, Whole})

_PIECES = 1_000
"""How many known and unknown pieces a text may have; one of more is as good as unknown."""

_CHARACTERS = 100
"""So many characters weigh as much as one member."""


def weight(value: Inner, most: int = MEMBERS) -> int:
    """The number of members of a value at all depths; counting ends beyond ``most``."""
    found = 1
    waiting = [value]
    while waiting and found <= most:
        one = waiting.pop()
        if isinstance(one, str):
            found += len(one) // _CHARACTERS
        elif isinstance(one, Text):
            found += len(one.parts)
        else:
            inside = _inside(one)
            found += len(inside)
            waiting.extend(item for item in inside if type(item) not in _SIMPLE)
    return found


def _inside(value: Inner) -> Sequence[Inner]:
    """What a value holds."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, (Set, OpenList)):
        return value.items
    if isinstance(value, Keyed):
        return value.values
    if isinstance(value, OpenDict):
        return list(value.items.values())
    return (value.value,) if isinstance(value, Encoded) else ()


def bounded_value(value: Inner) -> Inner:
    """The value, unless it is too large to walk through."""
    if isinstance(value, Text) and len(value.parts) > _PIECES:
        return unclear(value)
    if isinstance(value, (list, dict, Set, OpenList, OpenDict, Encoded)) and weight(value) > MEMBERS:
        raise Beyond(f"a value of more than {MEMBERS} members")
    return value
