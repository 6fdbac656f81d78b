"""What may stand in the way to the internet: firewalls, and Block Public Access."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from checkov_ecs_endpoints.model.base import Item, Link, Listing
from checkov_ecs_endpoints.values import Truth, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Firewall(Item):
    """An AWS Network Firewall, or a further endpoint of one; routes lead to its endpoints.

    ``subnets`` are those its endpoints are in. ``transit_gateway`` is set where it is attached to
    one instead. ``nat_gateways`` are those that a firewall in proxy mode sends its own traffic
    through. ``restricts`` is whether its policy may drop anything.

    Source: https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewalls.html
    """

    subnets: Listing[Link] = Listing()
    transit_gateway: Link | None = None
    nat_gateways: Listing[Link] = Listing()
    restricts: Truth = True


class BlockMode(Enum):
    """What VPC Block Public Access blocks (facts B19)."""

    OFF = "off"
    INGRESS = "block-ingress"
    BIDIRECTIONAL = "block-bidirectional"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessBlock(Item):
    """VPC Block Public Access, as it is set for the region of one VPC.

    ``exists`` is unknown too where it is not known that the VPC is in that region.

    Source: https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
    """

    vpc: str
    mode: BlockMode | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessExclusion(Item):
    """A VPC or subnet, one of the two, that VPC Block Public Access leaves alone.

    ``both_ways`` is true of mode ``allow-bidirectional``, false of ``allow-egress``.
    """

    vpc: Link | None
    subnet: Link | None
    both_ways: Truth
