"""How large values are, counted as if nothing in them were shared.

``[local.a, local.a]`` costs nothing to build, and sixty such locals in a row stand for more
members than there are atoms in a house: everything that walks through them would never end.
"""

from __future__ import annotations

from checkov_ecs_endpoints.iac.terraform.faults import MEMBERS, Beyond
from checkov_ecs_endpoints.iac.terraform.members import unclear
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Set
from checkov_ecs_endpoints.json_text import Encoded
from checkov_ecs_endpoints.values import OpenDict, OpenList, Text

_PIECES = 1_000
"""How many known and unknown pieces a text may have; one of more is as good as unknown."""

_CHARACTERS = 100
"""So many characters weigh as much as one member."""


def weight(value: Inner, most: int = MEMBERS) -> int:
    """The number of members of a value at all depths; counting ends beyond ``most``."""
    found = 0
    waiting = [value]
    while waiting and found <= most:
        one = waiting.pop()
        found += 1
        if isinstance(one, str):
            found += len(one) // _CHARACTERS
        elif isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, (Set, OpenList)):
            waiting.extend(one.items)
        elif isinstance(one, OpenDict):
            waiting.extend(one.items.values())
        elif isinstance(one, Text):
            found += len(one.parts)
        elif isinstance(one, Encoded):
            waiting.append(one.value)
    return found


def bounded_value(value: Inner) -> Inner:
    """The value, unless it is too large to walk through."""
    if isinstance(value, Text) and len(value.parts) > _PIECES:
        return unclear(value)
    if isinstance(value, (list, dict, Set, OpenList, OpenDict, Encoded)) and weight(value) > MEMBERS:
        raise Beyond(f"a value of more than {MEMBERS} members")
    return value
