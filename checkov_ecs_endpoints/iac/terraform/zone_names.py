"""What Availability Zones are called, where it is not known which ones they are.

Amazon EC2 User Guide, "Regions and Zones": the name of a zone is the code of its region
with a letter or, for Local and Wavelength Zones, a location after it; zone ids abbreviate
the region.
"""

from __future__ import annotations

import re

from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.values import Reference

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
