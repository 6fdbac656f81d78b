"""Availability Zones of subnets, by name or symbolically.

https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html
"""

from __future__ import annotations

import re

from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.model.network import Zone
from checkov_ecs_endpoints.values import Reference, Text, Unknown, Value, Why

_ID = re.compile(r"(?P<listing>[a-z]{2,}\d-az)(?P<number>\d+)")
_STABLE = (Why.NO_VALUE, Why.DATA_SOURCE)
"""Unknowns whose subject is one value, so that equal texts around them are equal."""


def zone(subnet: Declared, marks_unknowns: bool) -> Zone | Unknown:
    """The zone of a subnet. AWS chooses one where none is given.

    One that a parameter names is the same for every subnet that has the parameter as it is,
    in a language where that can be told (``marks_unknowns``).
    """
    found = subnet.field("zone") if subnet.has("zone") else subnet.field("zone_id")
    value = subnet.index.resolved(found.value)
    if value is None:
        return Unknown(
            Why.AFTER_APPLY, f"the Availability Zone of {subnet.address}", subnet.resource.location
        )
    if marks_unknowns and isinstance(value, Unknown) and value.why in _STABLE and not value.via:
        return Zone(given=value)
    return _zone(value) or _unclear(value, subnet)


def _unclear(value: Value, subnet: Declared) -> Unknown:
    if isinstance(value, Unknown):
        return value
    return Unknown(Why.UNSUPPORTED, f"the Availability Zone of {subnet.address}", subnet.field("zone").place)


def _zone(value: Value) -> Zone | None:
    if isinstance(value, str):
        match = _ID.fullmatch(value)
        # Ids and names of zones cannot be compared with each other.
        return Zone(listing=match["listing"], index=int(match["number"])) if match else Zone(name=value)
    if isinstance(value, Reference):
        *around, last = value.attribute or ("",)
        if isinstance(last, int):
            return Zone(listing=str(Reference(value.resource, tuple(around))), index=last)
        return Zone(listing=str(value), index=0)
    if isinstance(value, Text):
        return _lettered(value)
    return None


def _lettered(value: Text) -> Zone | None:
    """``"${var.region}a"``: the letter tells the zones of one region apart."""
    *region, letter = value.parts
    stable = all(not isinstance(part, Unknown) or part.why in _STABLE for part in region)
    if not stable or not region or not isinstance(letter, str) or not re.fullmatch(r"(?:-\d)?[a-z]", letter):
        return None
    listing = str(Text((*region, letter[:-1]))) if letter[:-1] else str(Text(tuple(region)))
    return Zone(listing=listing, index=ord(letter[-1]) - ord("a"))
