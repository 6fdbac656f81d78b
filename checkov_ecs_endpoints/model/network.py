"""The network: VPCs, subnets, endpoints, security groups and network ACLs, and all of it together.

Routes, transit gateways and what stands in the way have modules of their own.
The terms are those of the Amazon VPC User Guide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.model.barriers import AccessBlock, AccessExclusion, Firewall
from checkov_ecs_endpoints.model.base import Item, Link, Listing
from checkov_ecs_endpoints.model.routes import (
    Association,
    Cidr,
    CustomerPrefixList,
    Forwarder,
    Hub,
    InternetGateway,
    NatGateway,
    PrefixListOf,
    Range,
    Route,
    RouteTable,
    Target,
    TargetKind,
)
from checkov_ecs_endpoints.model.transit import TransitAttachment, TransitTable
from checkov_ecs_endpoints.values import Truth, Unknown, Value

__all__ = [
    "AccessBlock",
    "AccessExclusion",
    "AclEntry",
    "Association",
    "Cidr",
    "CustomerPrefixList",
    "DnsInfluence",
    "DnsKind",
    "Endpoint",
    "EndpointType",
    "Firewall",
    "Forwarder",
    "GroupMembers",
    "Hub",
    "InternetGateway",
    "NatGateway",
    "Network",
    "NetworkAcl",
    "Peer",
    "PrefixListOf",
    "Range",
    "Route",
    "RouteTable",
    "Rule",
    "SecurityGroup",
    "Subnet",
    "Target",
    "TargetKind",
    "Vpc",
    "Zone",
]


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
    anything else cannot be compared. ``given`` is a zone that a parameter without a value
    names: one zone wherever it is named so.
    """

    name: str = ""
    listing: str = ""
    index: int = -1
    given: Unknown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Subnet(Item):
    """A subnet. ``cidr`` is "" when it is not known; defaults of AWS are applied.

    ``ipv6`` says that it has an IPv6 range, ``ipv6_native`` that it has nothing else.
    """

    vpc: Link
    zone: Zone | Unknown
    cidr: str = ""
    public_ip_on_launch: Truth = False
    ipv6: Truth = False
    ipv6_native: Truth = False


@dataclass(frozen=True, slots=True)
class GroupMembers:
    """Whatever has the security group of this id."""

    group: str


Peer: TypeAlias = Range | GroupMembers


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
    ``over_ipv4`` says whether its name resolves to IPv4 addresses.
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
    over_ipv4: Truth = True


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
    ``blocks`` says that the rule group of a DNS firewall has a rule that blocks.
    """

    kind: DnsKind
    vpc: Link
    domain: str | Unknown = ""
    blocks: Truth = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Everything of one estate that carries traffic, by id.

    ``assumed`` are the ids of what the settings say is there, beside what the configuration creates
    and shows. Of these things no policy speaks; what they are said to do they do.
    """

    assumed: frozenset[str] = frozenset()
    vpcs: Mapping[str, Vpc] = field(default_factory=dict)
    subnets: Mapping[str, Subnet] = field(default_factory=dict)
    tables: Mapping[str, RouteTable] = field(default_factory=dict)
    associations: tuple[Association, ...] = ()
    internet_gateways: Mapping[str, InternetGateway] = field(default_factory=dict)
    nat_gateways: Mapping[str, NatGateway] = field(default_factory=dict)
    forwarders: Mapping[str, Forwarder] = field(default_factory=dict)
    hubs: Mapping[str, Hub] = field(default_factory=dict)
    endpoints: Mapping[str, Endpoint] = field(default_factory=dict)
    groups: Mapping[str, SecurityGroup] = field(default_factory=dict)
    acls: Mapping[str, NetworkAcl] = field(default_factory=dict)
    dns: tuple[DnsInfluence, ...] = ()
    firewalls: Mapping[str, Firewall] = field(default_factory=dict)
    transit_attachments: Mapping[str, TransitAttachment] = field(default_factory=dict)
    transit_tables: Mapping[str, TransitTable] = field(default_factory=dict)
    access_blocks: tuple[AccessBlock, ...] = ()
    access_exclusions: tuple[AccessExclusion, ...] = ()
