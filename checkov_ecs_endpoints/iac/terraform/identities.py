"""Ids and ARNs that are only known after apply: what is certain of them all the same."""

from __future__ import annotations

import re

from checkov_ecs_endpoints.iac.terraform.scope import Inner, Set
from checkov_ecs_endpoints.values import OpenDict, OpenList, Reference, Text

_IDENTITIES = frozenset(
    {
        "arn",
        "default_network_acl_id",
        "default_route_table_id",
        "default_security_group_id",
        "id",
        "main_route_table_id",
    }
)
"""Attributes that are never empty and never the same for two resources.

Those with a longer name are what AWS makes with every VPC (``aws_vpc``, "Attribute Reference").
"""

_TYPE = re.compile(r"(?:.*\.)?([\w-]+)\.[\w-]+(?:\[[^\]]*\])?$")
_BEGINS = {
    "aws_default_security_group": "sg-",
    "aws_default_subnet": "subnet-",
    "aws_default_vpc": "vpc-",
    "aws_internet_gateway": "igw-",
    "aws_nat_gateway": "nat-",
    "aws_route_table": "rtb-",
    "aws_security_group": "sg-",
    "aws_subnet": "subnet-",
    "aws_vpc": "vpc-",
    "aws_vpc_endpoint": "vpce-",
}
"""What ids begin with (Amazon EC2 User Guide, "Resource IDs"); an ARN begins with ``arn:``."""


def is_identity(reference: Reference) -> bool:
    """Whether an attribute is the id or ARN of a resource: never empty, and no other resource has it."""
    return (
        bool(reference.attribute) and reference.attribute[-1] in _IDENTITIES and len(reference.attribute) == 1
    )


def is_no_identity(reference: Reference, other: Inner) -> bool:
    """Whether a value cannot be the id or ARN that a reference names."""
    if other == "" or _not_text(other):
        return True
    begins = {
        "id": _BEGINS.get(_TYPE.sub(r"\1", reference.resource)),
        "arn": "arn:",
        "default_security_group_id": "sg-",
    }.get(str(reference.attribute[0]))
    known = other if isinstance(other, str) else other.prefix if isinstance(other, Text) else ""
    if begins is None or not known:
        return False
    return not (known.startswith(begins) or (isinstance(other, Text) and begins.startswith(known)))


def _not_text(value: Inner) -> bool:
    return isinstance(value, (bool, int, float, list, dict, Set, OpenList, OpenDict))
