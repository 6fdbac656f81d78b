"""Routes: address ranges, route tables, and the gateways and interfaces that they lead to.

The terms are those of the Amazon VPC User Guide.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.model.base import Item, Link, Listing
from checkov_ecs_endpoints.values import Truth, Unknown


class TargetKind(Enum):
    """What a route leads to."""

    LOCAL = "local"
    INTERNET_GATEWAY = "internet gateway"
    EGRESS_ONLY_GATEWAY = "egress-only internet gateway"
    NAT_GATEWAY = "NAT gateway"
    NETWORK_INTERFACE = "network interface or instance"
    TRANSIT_GATEWAY = "transit gateway"
    CLOUD_WAN = "Cloud WAN core network"
    PEERING = "VPC peering connection"
    VPC_ENDPOINT = "firewall or Gateway Load Balancer endpoint"
    VIRTUAL_PRIVATE_GATEWAY = "virtual private gateway"
    OUTPOST = "local or carrier gateway"


@dataclass(frozen=True, slots=True)
class Target:
    """The target of a route: its kind, and the id or address of the thing itself."""

    kind: TargetKind
    id: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Hub(Item):
    """What lies behind a route that leads out of the configuration, as far as anybody says.

    ``id`` is that of the route's target. ``internet`` is whether the internet is reached there,
    ``limits`` whether something on the way limits destinations, and ``gateways`` why it is not
    known through which NAT gateways it goes. ``endpoints`` are the services whose names resolve
    to working interface endpoints there.
    """

    internet: Truth
    limits: Truth
    gateways: Unknown
    endpoints: tuple[str, ...] | Unknown


@dataclass(frozen=True, slots=True)
class Cidr:
    """An address range in CIDR notation, IPv4 or IPv6."""

    block: str


@dataclass(frozen=True, slots=True)
class PrefixListOf:
    """The AWS-managed prefix list of a service, by the service's short name (``s3``)."""

    service: str


@dataclass(frozen=True, slots=True)
class CustomerPrefixList:
    """A prefix list that the configuration declares, by id, with its entries."""

    id: str
    entries: Listing[Cidr]


Range: TypeAlias = Cidr | PrefixListOf | CustomerPrefixList | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One route of a table. ``destination`` decides by longest prefix, as in AWS."""

    source: Source
    destination: Range
    target: Target | Unknown
    exists: Truth = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteTable(Item):
    """A route table with every route that the configuration gives it.

    Routes of gateway endpoints are not listed here, they follow from the endpoint's
    ``route_tables``. The local route is always there and not listed.
    """

    vpc: Link
    routes: Listing[Route]
    handed_over: Unknown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Association(Item):
    """The explicit association of a subnet with a route table."""

    subnet: Link
    table: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class InternetGateway(Item):
    """An internet gateway and the VPC it is attached to."""

    vpc: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class NatGateway(Item):
    """A NAT gateway. ``subnet`` is None for a regional one.

    Source: https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
    """

    subnet: Link | None
    vpc: Link | None
    public: Truth
    regional: Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarder(Item):
    """An instance or network interface that a route may lead to: what a NAT instance is made of.

    ``forwards`` says that its source/destination check is off, so that it may take traffic for
    others. ``public_ip`` is None where the subnet decides. ``groups`` is empty when none is given.

    Source: https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html
    """

    subnet: Link
    forwards: Truth
    public_ip: Truth | None
    groups: Listing[Link] = Listing()
    instance_type: str | Unknown | None = None
