"""Whether two subnets are in the same Availability Zone, by name or symbolically."""

from __future__ import annotations

from collections.abc import Iterable

from checkov_ecs_endpoints.model.network import Subnet, Zone
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every


def same_zone(one: Subnet, other: Subnet) -> Truth:
    """Whether two subnets are in one zone; unknown where their zones cannot be compared."""
    if one.id == other.id:
        return True
    for subnet in (one, other):
        if isinstance(subnet.zone, Unknown):
            return subnet.zone
    assert isinstance(one.zone, Zone)
    assert isinstance(other.zone, Zone)
    if one.zone == other.zone:
        return True
    if comparable(one.zone, other.zone):
        return False
    given = one.zone.given or other.zone.given
    if given is not None:
        return given
    subject = f"whether {one.source.address} and {other.source.address} are in the same Availability Zone"
    return Unknown(Why.AFTER_APPLY, subject, one.source.at("zone"))


def comparable(one: Zone, other: Zone) -> bool:
    """Whether two zones that are not equal are certainly different."""
    return bool(one.name and other.name) or (one.listing == other.listing and bool(one.listing))


def one_zone(subnets: Iterable[Subnet]) -> Truth:
    """Whether all subnets are in one zone."""
    first, *others = subnets
    return every(same_zone(first, other) for other in others)
