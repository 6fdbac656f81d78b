"""Data sources whose answer is known without asking AWS.

All others are unknown: what they read is only there when the configuration is applied.
The attributes are those of the AWS provider's documentation, "Data Sources".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from checkov_ecs_endpoints.iac.terraform import built_in, policy_documents
from checkov_ecs_endpoints.iac.terraform.bodies import Arguments
from checkov_ecs_endpoints.iac.terraform.kinds import STRING, ListOf, strings
from checkov_ecs_endpoints.iac.terraform.lookups import Found
from checkov_ecs_endpoints.iac.terraform.scope import AnyOrder, Inner
from checkov_ecs_endpoints.iac.terraform.searches import SEARCHES
from checkov_ecs_endpoints.iac.terraform.syntax import Block
from checkov_ecs_endpoints.values import Reference, Text, Unknown, Why, text

BY_REFERENCE = frozenset(
    {
        "aws_caller_identity",
        "aws_ec2_managed_prefix_list",
        "aws_ecr_image",
        "aws_ecr_repository",
        "aws_ecs_cluster",
        "aws_ecs_task_definition",
        "aws_partition",
        "aws_prefix_list",
        "aws_region",
        "aws_secretsmanager_secret",
    }
)
"""Data sources whose identity says enough: their attributes are references to them."""

_NETWORK = ("arn", "owner_id")
MIRRORS: Mapping[str, tuple[str, tuple[str, ...], frozenset[str]]] = {
    "aws_vpc": (
        "id",
        ("aws_vpc", "aws_default_vpc"),
        frozenset(
            {
                *_NETWORK,
                "cidr_block",
                "enable_dns_hostnames",
                "enable_dns_support",
                "instance_tenancy",
                "ipv6_cidr_block",
                "main_route_table_id",
            }
        ),
    ),
    "aws_subnet": (
        "id",
        ("aws_subnet", "aws_default_subnet"),
        frozenset({*_NETWORK, "availability_zone", "cidr_block", "ipv6_cidr_block", "vpc_id"}),
    ),
    "aws_security_group": (
        "id",
        ("aws_security_group", "aws_default_security_group"),
        frozenset({"arn", "description", "name", "vpc_id"}),
    ),
    "aws_route_table": (
        "route_table_id",
        ("aws_route_table", "aws_default_route_table"),
        frozenset({*_NETWORK, "vpc_id"}),
    ),
    "aws_vpc_endpoint": ("id", ("aws_vpc_endpoint",), frozenset({"arn", "prefix_list_id", "vpc_id"})),
    "aws_internet_gateway": ("internet_gateway_id", ("aws_internet_gateway",), frozenset({"arn"})),
    "aws_nat_gateway": ("id", ("aws_nat_gateway",), frozenset({"subnet_id", "vpc_id"})),
}
"""Data sources that give one resource of the configuration: the argument that takes its id, the
types of the resource, and the attributes that mean the same in both."""


class Source(Protocol):
    """What a data source is asked for here."""

    id: str
    block: Block
    arguments: Arguments

    @property
    def type(self) -> str:
        """The type of the data source."""

    @property
    def found(self) -> Found | None:
        """What it is known to give, if it is a lookup."""

    def zones(self, name: str) -> ListOf:
        """A list of Availability Zones, where it gives such."""

    @property
    def symbolic_region(self) -> Inner:
        """The region it reads in, None where nothing says which."""


def attribute(source: Source, name: str) -> Inner:
    """An attribute that the configuration does not set itself."""
    known = KNOWN.get(source.type)
    value = known(source, name) if known else None
    if value is not None:
        return value
    if source.type in BY_REFERENCE:
        return Reference(source.id, (name,), source.block.location)
    if source.type in SEARCHES:
        given = _by_id(source)
        if given is not None or source.type in MIRRORS:
            found = _mirrored(source, given, name)
        else:
            found = _listed(source, name)
        if found is not None:
            return found
    return Unknown(Why.DATA_SOURCE, source.id, source.block.location)


def _listed(source: Source, name: str) -> Inner:
    """What a lookup that gives a list is known to give."""
    search, found = SEARCHES[source.type], source.found
    if found is None or name != search.gives:
        return None
    if found.doubt is not None:
        return found.doubt
    if len(found.things) == 1:
        return strings(found.things)
    order = Unknown(Why.DATA_SOURCE, source.id, source.block.location, "AWS lists them in no certain order")
    return AnyOrder(found.things, None, STRING, order)


def _by_id(source: Source) -> Reference | None:
    """The id of a resource that a data source is asked for."""
    argument, types, _ = MIRRORS.get(source.type, ("", (), frozenset()))
    given = source.arguments.value(argument) if argument else None
    if not isinstance(given, Reference) or given.attribute != ("id",):
        return None
    pattern = rf"(?:^|(?<!data)\.)(?:{'|'.join(types)})\.[\w-]+(?:\[[^\]]*\])?$"
    return given if re.search(pattern, given.resource) else None


def _mirrored(source: Source, given: Reference | None, name: str) -> Inner:
    """The attribute of the one resource that a data source gives."""
    argument, _, attributes = MIRRORS[source.type]
    if given is None:
        found = source.found
        if found is None or found.doubt is not None:
            return found.doubt if found else None
        (given,) = found.things
        if given.attribute != ("id",) and name not in ("id", argument):
            return None
    if name in ("id", argument):
        return given
    return Reference(given.resource, (name,), source.block.location) if name in attributes else None


def _region(source: Source, name: str) -> Inner:
    return source.symbolic_region if name in ("name", "id", "region") else None


PARTITIONS = (
    ("cn-", "aws-cn", "amazonaws.com.cn", "cn.com.amazonaws"),
    ("us-gov-", "aws-us-gov", "amazonaws.com", "com.amazonaws"),
    ("us-isob-", "aws-iso-b", "sc2s.sgov.gov", "gov.sgov.sc2s"),
    ("us-iso-", "aws-iso", "c2s.ic.gov", "gov.ic.c2s"),
    ("", "aws", "amazonaws.com", "com.amazonaws"),
)
"""Prefix of the region, partition, DNS suffix, reversed DNS suffix (AWS General Reference)."""


def _partition(source: Source, name: str) -> Inner:
    region = source.symbolic_region
    if not isinstance(region, str):
        return None
    _, partition, suffix, reverse = next(entry for entry in PARTITIONS if region.startswith(entry[0]))
    return {
        "partition": partition,
        "id": partition,
        "dns_suffix": suffix,
        "reverse_dns_prefix": reverse,
    }.get(name)


def _zones(source: Source, name: str) -> Inner:
    if name not in ("names", "zone_ids"):
        return Reference(source.id, (name,), source.block.location)
    return source.zones(name)


def _endpoint_service(source: Source, name: str) -> Inner:
    """``service`` is "the common name of an AWS service"; the provider makes the full name of it."""
    service = source.arguments.value("service")
    if name != "service_name" or not isinstance(service, (str, Reference, Text, Unknown)):
        return None
    region = source.symbolic_region
    if region is None:
        region = Reference(source.id, ("region",), source.block.location)
    if not isinstance(region, (str, Reference, Text, Unknown)):
        return None
    prefix = "cn.com.amazonaws." if isinstance(region, str) and region.startswith("cn-") else "com.amazonaws."
    return text([prefix, region, ".", service])


def _policy_document(source: Source, name: str) -> Inner:
    if name in ("json", "minified_json"):
        return policy_documents.document(source.arguments, source.block.location)
    return None


def _template_file(source: Source, name: str) -> Inner:
    """``vars`` fill the ``template``, as in the function ``templatestring`` that replaced it."""
    if name != "rendered":
        return None
    arguments = source.arguments
    given = [arguments.value("template"), arguments.value("vars") or {}]
    place = source.block.location
    return built_in.call("templatestring", given, arguments.functions, place, source.id)


def _arn(source: Source, name: str) -> Inner:
    """The ARN says which kind of thing it names, whatever else is read from it."""
    return Reference(source.id, (name,), source.block.location) if name == "arn" else None


def _null_data_source(source: Source, name: str) -> Inner:
    return source.arguments.value("inputs") if name == "outputs" else None


KNOWN: Mapping[str, Callable[[Source, str], Inner]] = {
    "aws_availability_zones": _zones,
    "aws_iam_policy_document": _policy_document,
    "aws_partition": _partition,
    "aws_region": _region,
    "aws_secretsmanager_secret_version": _arn,
    "aws_ssm_parameter": _arn,
    "aws_vpc_endpoint_service": _endpoint_service,
    "null_data_source": _null_data_source,
    "template_file": _template_file,
}
