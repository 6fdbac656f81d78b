"""Subnets.

https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checkov_ecs_endpoints.lowering.fields import Field
from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.lowering.network.defaults import the_default_vpc
from checkov_ecs_endpoints.lowering.network.zones import zone
from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.model.network import Subnet
from checkov_ecs_endpoints.values import Truth, Unknown, some


def subnets(reader: Reader) -> dict[str, Subnet]:
    """The subnets by id.

    "By default, nondefault subnets have the IPv4 public addressing attribute set to
    false, and default subnets have this attribute set to true":
    https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html
    """
    found = {subnet.id: subnet for subnet in _subnets(reader)}
    language = reader.language
    for link, declared in reader.owned(language.subnet_cidr, "subnet", language.subnets):
        for id_ in found if isinstance(link, Unknown) else [link]:
            exists = link if isinstance(link, Unknown) else declared.exists
            found[id_] = replace(found[id_], ipv6=some([found[id_].ipv6, exists]))
    return found


def _subnets(reader: Reader) -> Iterator[Subnet]:
    for declared in reader.all(reader.language.subnet):
        yield _subnet(reader, declared, declared.link("vpc", reader.language.vpcs), False)
    for declared in reader.all(reader.language.default_subnet):
        yield _subnet(reader, declared, the_default_vpc(declared), True)


def _subnet(reader: Reader, declared: Declared, vpc: Link, public: bool) -> Subnet:
    cidr = declared.text("cidr")
    return Subnet(
        id=declared.id,
        source=declared.source(
            vpc="vpc",
            zone="zone",
            cidr="cidr",
            public_ip_on_launch="public",
            ipv6="ipv6",
            ipv6_native="ipv6_native",
        ),
        exists=declared.exists,
        vpc=vpc,
        zone=zone(declared, reader.language.marks_unknowns),
        cidr=cidr if isinstance(cidr, str) else "",
        public_ip_on_launch=declared.truth("public", public),
        ipv6=some([_is_set(declared.field("ipv6")), _is_set(declared.field("ipv6_pool"))]),
        ipv6_native=declared.truth("ipv6_native", False),
    )


def _is_set(found: Field) -> Truth:
    return found.value if isinstance(found.value, Unknown) else found.value is not None
