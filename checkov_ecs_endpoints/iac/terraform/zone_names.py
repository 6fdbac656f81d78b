"""What Availability Zones are called, where it is not known which ones they are.

Amazon EC2 User Guide, "Regions and Zones": the name of a zone is the code of its region
with a letter or, for Local and Wavelength Zones, a location after it; zone ids abbreviate
the region.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checkov_ecs_endpoints.iac.terraform.kinds import STRING, ListOf
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Keyed
from checkov_ecs_endpoints.values import Location, Reference, Unknown, Why


class Zones(ListOf):
    """All zones of a region, of which it is not known how many there are.

    There are as many as the settings say where a count depends on it; a configuration that
    names a further one has a region that has it.
    """

    __slots__ = ("name", "origin", "resource")

    def __init__(self, resource: str, name: str, number: int, origin: Location) -> None:
        self.resource, self.name, self.origin = resource, name, origin
        super().__init__([self.further(index) for index in range(number)], STRING)

    def further(self, index: int) -> Reference:
        """The zone of an index."""
        return Reference(self.resource, (self.name, index), self.origin)

    def first(self, number: int) -> ListOf:
        """As many of the zones, further ones if there must be."""
        return ListOf([*self, *map(self.further, range(len(self), number))], STRING)


_ZONES = re.compile(r"(^|\.)data\.aws_availability_zones\.")
_SHAPES = {
    "names": (
        "us-east-1a",
        "ap-southeast-2c",
        "eu-central-1b",
        "cn-north-1a",
        "us-gov-west-1a",
        "us-isob-east-1a",
        "us-west-2-lax-1a",
        "us-east-1-wl1-bos-wlz-1",
    ),
    "zone_ids": ("use1-az1", "apse2-az3", "cnn1-az1", "usgw1-az2", "ugeb1-az1", "usw2-lax1-az1"),
}


def shapes(value: Inner) -> tuple[str, ...]:
    """Texts of every shape that a zone of a data source can have; none for any other value."""
    if not isinstance(value, Reference) or len(value.attribute) != 2:
        return ()
    if not _ZONES.search(value.resource):
        return ()
    return _SHAPES.get(str(value.attribute[0]), ())


def differ(left: Reference, right: Reference) -> bool:
    """Whether two zones are certainly not the same: other members of one list."""
    same_list = left.resource == right.resource and left.attribute[:1] == right.attribute[:1]
    return same_list and left != right and bool(shapes(left) and shapes(right))


def keyed(pairs: Sequence[tuple[Inner, Inner]]) -> Keyed | None:
    """A mapping whose keys are different zones of one list; None for any other keys.

    The provider sorts both lists (``aws_availability_zones``, "Attribute Reference"), so the
    order of the zones is that of their keys.
    """
    keys = [key for key, _ in pairs]
    first = keys[0] if keys else None
    if not isinstance(first, Reference) or not shapes(first):
        return None
    places = []
    for key in keys:
        if not isinstance(key, Reference) or not (key == first or differ(key, first)):
            return None
        places.append(int(key.attribute[1]))
    if len(set(places)) != len(places):
        return None
    note = "which zones there are is only known when it is applied"
    rest = Unknown(Why.DATA_SOURCE, first.resource, first.origin, note)
    ordered = sorted(zip(places, pairs, strict=True), key=lambda entry: entry[0])
    return Keyed({}, rest, None, tuple(pair for _, pair in ordered))
