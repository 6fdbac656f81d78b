"""The network: VPCs, subnets, routes, gateways, endpoints and security groups.

The terms are those of the Amazon VPC User Guide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.model.base import Item, Link, Listing
from checkov_ecs_endpoints.values import Truth, Unknown, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Vpc(Item):
    """A VPC that the configuration creates.

    ``main_table`` and ``default_group`` are ids in the same network; the lowering makes
    these two things for every VPC, as AWS does. ``handed_over`` is set when something
    outside the scan knows this VPC and may add endpoints or routes (design 3, open edges).
    ``dns_support`` and ``dns_hostnames`` are ``enableDnsSupport`` and
    ``enableDnsHostnames`` with the defaults of AWS applied. ``custom_dns`` is set when
    DHCP options name other resolvers than Amazon's. ``region`` is a name or Unknown.
    """

    cidrs: Listing[str]
    dns_support: Truth
    dns_hostnames: Truth
    main_table: Link
    default_group: str
    region: str | Unknown
    custom_dns: Unknown | None = None
    handed_over: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """An Availability Zone, by name or symbolically.

    Equal zones are the same zone. Two different ``name`` are two zones; a symbolic zone
    (``data.aws_availability_zones.x.names[1]``, ``Fn::GetAZs`` index 1) has the list it
    comes from and its ``index``: other indexes of the same list are other zones,
    anything else cannot be compared.
    """

    name: str = ""
    listing: str = ""
    index: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Subnet(Item):
    """A subnet. ``cidr`` is "" when it is not known; defaults of AWS are applied."""

    vpc: Link
    zone: Zone | Unknown
    cidr: str = ""
    public_ip_on_launch: Truth = False
    ipv6_native: Truth = False


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


@dataclass(frozen=True, slots=True)
class GroupMembers:
    """Whatever has the security group of this id."""

    group: str


Range: TypeAlias = Cidr | PrefixListOf | CustomerPrefixList | Unknown
Peer: TypeAlias = Range | GroupMembers


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


class EndpointType(Enum):
    """The types of VPC endpoint that reach AWS services; others do not concern us."""

    GATEWAY = "Gateway"
    INTERFACE = "Interface"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint(Item):
    """A VPC endpoint.

    ``service`` is what follows the region in the service name (``ecr.dkr``, ``s3``),
    without a ``-fips`` variant's mark, which is ``fips``. ``region`` is the region of the
    service where the name or ``service_region`` says one, else None: the VPC's own.
    ``groups`` is empty when none is given: then the VPC's default group applies.
    ``policy`` is the policy document, or None for AWS's default of full access; what is
    the deployment's own in it goes by the names of :mod:`checkov_ecs_endpoints.model.own`.
    """

    vpc: Link
    service: str | Unknown
    type: EndpointType | Unknown
    private_dns: Truth
    subnets: Listing[Link] = Listing()
    groups: Listing[Link] = Listing()
    tables: Listing[Link] = Listing()
    policy: Value = None
    region: str | Unknown | None = None
    fips: bool = False
    private_dns_only_inbound: Truth = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of a security group, in one direction, for one peer.

    ``protocol`` is ``tcp``, ``udp``, ``icmp``, ``-1`` for all, or a protocol number.
    ``ports`` are first and last, inclusive; None means all ports.
    """

    source: Source
    peer: Peer
    protocol: str | Unknown
    ports: tuple[int, int] | Unknown | None
    exists: Truth = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityGroup(Item):
    """A security group with its effective rules, AWS's and Terraform's defaults applied.

    ``egress_from`` says in a few words what the egress rules are when none is written
    ("no egress rule: Terraform removes AWS's default", ...), for the evidence.
    """

    vpc: Link
    ingress: Listing[Rule]
    egress: Listing[Rule]
    egress_from: str = ""
    handed_over: Unknown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AclEntry:
    """One rule of a network ACL, evaluated in order of ``number``, first match wins."""

    source: Source
    number: int | Unknown
    egress: Truth
    allow: Truth
    protocol: str | Unknown
    block: Cidr | Unknown
    ports: tuple[int, int] | Unknown | None
    exists: Truth = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAcl(Item):
    """A network ACL and the subnets it is associated with.

    A subnet in no ACL has the VPC's default one, which allows everything unless the
    configuration takes charge of it (``is_default``).
    """

    vpc: Link
    subnets: Listing[Link]
    entries: Listing[AclEntry]
    is_default: bool = False


class DnsKind(Enum):
    """What may answer a service's host name in a VPC, or block it."""

    ZONE = "private hosted zone"
    PROFILE = "Route 53 profile"
    RESOLVER_RULE = "resolver rule"
    FIREWALL = "DNS firewall"


@dataclass(frozen=True, slots=True, kw_only=True)
class DnsInfluence(Item):
    """Something that may answer a service's host name in a VPC.

    ``vpc`` is the VPC it is associated with, ``domain`` the zone's name where it has one.
    """

    kind: DnsKind
    vpc: Link
    domain: str | Unknown = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Everything of one estate that carries traffic, by id."""

    vpcs: Mapping[str, Vpc] = field(default_factory=dict)
    subnets: Mapping[str, Subnet] = field(default_factory=dict)
    tables: Mapping[str, RouteTable] = field(default_factory=dict)
    associations: tuple[Association, ...] = ()
    internet_gateways: Mapping[str, InternetGateway] = field(default_factory=dict)
    nat_gateways: Mapping[str, NatGateway] = field(default_factory=dict)
    endpoints: Mapping[str, Endpoint] = field(default_factory=dict)
    groups: Mapping[str, SecurityGroup] = field(default_factory=dict)
    acls: Mapping[str, NetworkAcl] = field(default_factory=dict)
    dns: tuple[DnsInfluence, ...] = ()
