"""What data sources that search AWS search by: filters and arguments, and the attributes behind them.

Filters are those of the EC2 API (``DescribeSubnets`` and so on); arguments are in the AWS
provider's documentation, "Data Sources".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checkov_ecs_endpoints.values import Value

_VPCS = ("aws_vpc", "aws_default_vpc")


@dataclass(frozen=True, slots=True)
class Search:
    """What a data source searches: resource types, and the attribute behind each of its filters.

    ``arguments`` are those of the data source that filter as well. ``gives`` is the
    attribute with the list of what is found, "" for one that gives a single thing.
    """

    types: tuple[str, ...]
    filters: Mapping[str, str]
    arguments: Mapping[str, str]
    gives: str = ""


_IN_VPC = {"vpc-id": "vpc_id", "vpc_id": "vpc_id"}
_SUBNET = (
    ("aws_subnet", "aws_default_subnet"),
    {
        **_IN_VPC,
        "availability-zone": "availability_zone",
        "availabilityZone": "availability_zone",
        "availability-zone-id": "availability_zone_id",
        "cidr": "cidr_block",
        "cidr-block": "cidr_block",
        "cidrBlock": "cidr_block",
        "map-public-ip-on-launch": "map_public_ip_on_launch",
        "subnet-id": "id",
    },
)
_GROUP = (
    ("aws_security_group", "aws_default_security_group"),
    {**_IN_VPC, "group-id": "id", "group-name": "name", "description": "description"},
)
_TABLE = (
    ("aws_route_table", "aws_default_route_table"),
    {**_IN_VPC, "route-table-id": "id", "association.main": "main"},
)
SEARCHES: Mapping[str, Search] = {
    "aws_vpc": Search(
        _VPCS,
        {"cidr": "cidr_block", "cidr-block": "cidr_block", "vpc-id": "id"},
        {"cidr_block": "cidr_block"},
    ),
    "aws_subnet": Search(
        *_SUBNET,
        {name: name for name in ("vpc_id", "cidr_block", "availability_zone", "availability_zone_id")},
    ),
    "aws_subnets": Search(*_SUBNET, {}, "ids"),
    "aws_subnet_ids": Search(*_SUBNET, {"vpc_id": "vpc_id"}, "ids"),
    "aws_security_group": Search(*_GROUP, {"vpc_id": "vpc_id", "name": "name"}),
    "aws_security_groups": Search(*_GROUP, {}, "ids"),
    "aws_route_table": Search(*_TABLE, {"vpc_id": "vpc_id"}),
    "aws_route_tables": Search(*_TABLE, {"vpc_id": "vpc_id"}, "ids"),
    "aws_vpc_endpoint": Search(
        ("aws_vpc_endpoint",),
        {**_IN_VPC, "service-name": "service_name", "vpc-endpoint-id": "id"},
        {"vpc_id": "vpc_id", "service_name": "service_name"},
    ),
    "aws_internet_gateway": Search(
        ("aws_internet_gateway",), {"attachment.vpc-id": "vpc_id", "internet-gateway-id": "id"}, {}
    ),
    "aws_nat_gateway": Search(
        ("aws_nat_gateway",),
        {"subnet-id": "subnet_id", "nat-gateway-id": "id"},
        {"subnet_id": "subnet_id"},
    ),
}
WITH_VPC = {
    "aws_security_group": ("name", "default", "default_security_group_id"),
    "aws_route_table": ("main", "true", "main_route_table_id"),
}
"""What AWS makes with every VPC and how it is searched for: the attribute of the VPC that names it."""

BY_OTHER_MEANS = frozenset({"filter", "tags", "region", "provider", "timeouts"})
"""Arguments that are no filter of their own; any further argument searches in a way that is not followed."""

MADE_BY_AWS = ("aws_security_groups", "aws_route_tables")
"""Searches in which AWS's own main table or default group counts unless a tag or name is asked for."""

UNSET: Mapping[str, Value] = {"map_public_ip_on_launch": False}
