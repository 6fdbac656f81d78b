"""Subnets.

https://docs.aws.amazon.com/vpc/latest/userguide/configure-subnets.html
"""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.lowering.network.defaults import the_default_vpc
from checkov_ecs_endpoints.lowering.network.zones import zone
from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.model.network import Subnet


def subnets(reader: Reader) -> dict[str, Subnet]:
    """The subnets by id.

    "By default, nondefault subnets have the IPv4 public addressing attribute set to
    false, and default subnets have this attribute set to true":
    https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html
    """
    return {subnet.id: subnet for subnet in _subnets(reader)}


def _subnets(reader: Reader) -> Iterator[Subnet]:
    for declared in reader.all(reader.language.subnet):
        yield _subnet(declared, declared.link("vpc", reader.language.vpcs), False)
    for declared in reader.all(reader.language.default_subnet):
        yield _subnet(declared, the_default_vpc(declared), True)


def _subnet(declared: Declared, vpc: Link, public: bool) -> Subnet:
    cidr = declared.text("cidr")
    return Subnet(
        id=declared.id,
        source=declared.source(
            vpc="vpc", zone="zone", cidr="cidr", public_ip_on_launch="public", ipv6_native="ipv6_native"
        ),
        exists=declared.exists,
        vpc=vpc,
        zone=zone(declared),
        cidr=cidr if isinstance(cidr, str) else "",
        public_ip_on_launch=declared.truth("public", public),
        ipv6_native=declared.truth("ipv6_native", False),
    )
