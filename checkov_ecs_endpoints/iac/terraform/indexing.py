"""Attributes and indexes of values: ``a.b``, ``a[0]``, ``a["b"]``.

Terraform documentation: Configuration Language, Types and Values, "Indices and Attributes".
"""

from __future__ import annotations

from checkov_ecs_endpoints.iac.terraform.conversion import to_number, to_string
from checkov_ecs_endpoints.iac.terraform.faults import Invalid, Undecided
from checkov_ecs_endpoints.iac.terraform.kinds import MapOf
from checkov_ecs_endpoints.iac.terraform.members import unclear
from checkov_ecs_endpoints.iac.terraform.numeric import format_number
from checkov_ecs_endpoints.iac.terraform.scope import AnyOrder, Inner, Keyed, Set
from checkov_ecs_endpoints.iac.terraform.zone_names import Zones
from checkov_ecs_endpoints.values import (
    Location,
    OpenDict,
    OpenList,
    Reference,
    Text,
    Unknown,
)

_TEXT = (str, bool, int, float, Text)


def attribute(value: Inner, name: str, place: Location) -> Inner:
    """``value.name``."""
    if value is None:
        raise Invalid(f'null has no attribute "{name}"')
    if isinstance(value, Unknown):
        return unclear(value).through(place)
    if isinstance(value, Reference):
        return Reference(value.resource, (*value.attribute, name), value.origin)
    if isinstance(value, dict):
        if name in value:
            return value[name]
        raise Invalid(f'{"map" if isinstance(value, MapOf) else "object"} has no "{name}"')
    if isinstance(value, OpenDict):
        return value.items[name] if name in value.items else value.rest.through(place)
    if isinstance(value, (list, OpenList, Set)):
        raise Invalid(f'a list has no attribute "{name}"')
    if isinstance(value, _TEXT):
        raise Invalid(f'a text or number has no attribute "{name}"')
    return value.get(name, place)


def index(value: Inner, key: Inner, place: Location) -> Inner:
    """``value[key]``."""
    if value is None:
        raise Invalid("null has no members")
    if key is None:
        raise Invalid("null is no key")
    if isinstance(value, AnyOrder) and value.order is not None:
        return value.order.through(place)
    if isinstance(value, Set):
        raise Invalid("the members of a set have no index")
    if isinstance(value, _TEXT):
        raise Invalid("a text or number has no members")
    if isinstance(value, Unknown):
        return unclear(value).through(place)
    if isinstance(value, (list, OpenList)):
        return _member(value, to_number(key), place)
    if isinstance(value, Reference):
        return _inside(value, key, place)
    if isinstance(value, Keyed):
        found = [member for name, member in value.pairs if name == key]
        return found[0] if found else value.rest.through(place)
    name = to_string(key)
    if not isinstance(name, str):
        raise Undecided(unclear(name))
    return attribute(value, name, place)


def _member(value: list[Inner] | OpenList, key: Inner, place: Location) -> Inner:
    if isinstance(key, (Unknown, Reference, Text)):
        if isinstance(value, list) and not value:
            raise Invalid("an empty list has no members")
        raise Undecided(unclear(key))
    if not isinstance(key, int) or key < 0:
        raise Invalid(f"{format_number(key)} is no index of a list")
    if isinstance(value, OpenList):
        return value.rest.through(place)
    if key >= len(value) and isinstance(value, Zones):
        return value.further(key)
    if key >= len(value):
        raise Invalid(f"there is no member {key} in a list of {len(value)}")
    return value[key]


def _inside(value: Reference, key: Inner, place: Location) -> Inner:
    if isinstance(key, (str, int)) and not isinstance(key, bool):
        return Reference(value.resource, (*value.attribute, key), value.origin)
    raise Undecided(unclear(key if isinstance(key, (Unknown, Reference, Text)) else value))
