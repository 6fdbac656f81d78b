"""Transit gateways: the VPCs attached to them, and the route tables that lead between these.

The terms are those of the Amazon VPC Transit Gateways guide.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.model.base import Item, Link, Listing
from checkov_ecs_endpoints.model.routes import Range
from checkov_ecs_endpoints.values import Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitAttachment(Item):
    """The attachment of a VPC to a transit gateway.

    ``subnets`` are those in which the gateway has an interface: it takes traffic from their
    Availability Zones alone. ``table`` is the route table for traffic from the VPC, None where it
    is associated with none.

    Source: https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
    """

    gateway: Link
    vpc: Link
    subnets: Listing[Link]
    table: Link | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitRoute:
    """A static route to an attachment, or to nowhere (a blackhole)."""

    source: Source
    destination: Range
    attachment: Link | None
    exists: Truth = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitTable(Item):
    """A route table of a transit gateway; the ranges of the VPCs of ``propagated`` lead to these attachments.

    Source: https://docs.aws.amazon.com/vpc/latest/tgw/tgw-route-tables.html
    """

    routes: Listing[TransitRoute]
    propagated: Listing[Link]
