"""A small world to reason about: one VPC with subnets, and Fargate services in it.

Every method adds or replaces one thing and returns its id, so that a test reads as the
situation it is about.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.model.barriers import BlockMode
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import (
    AccessBlock,
    AccessExclusion,
    Association,
    Cidr,
    DnsInfluence,
    DnsKind,
    Endpoint,
    EndpointType,
    Firewall,
    Forwarder,
    GroupMembers,
    Hub,
    InternetGateway,
    NatGateway,
    Network,
    NetworkAcl,
    Peer,
    Route,
    RouteTable,
    Rule,
    SecurityGroup,
    Subnet,
    Target,
    TargetKind,
    Vpc,
    Zone,
)
from checkov_ecs_endpoints.model.workloads import (
    Capacity,
    Container,
    Image,
    InstanceSet,
    Launch,
    Logging,
    NetworkMode,
    Placement,
    Registry,
    TaskDefinition,
    Workload,
    WorkloadKind,
)
from checkov_ecs_endpoints.values import Location, Truth, Unknown, Why

PLACE = Location("/main.tf", 1)
UNKNOWN = Unknown(Why.NO_VALUE, "var.mystery", PLACE)
ANYWHERE = "0.0.0.0/0"


def source(name: str) -> Source:
    """A source that only has a name."""
    return Source(name, PLACE)


def rule(
    peer: Peer | str, ports: tuple[int, int] | None = None, protocol: str = "-1", exists: Truth = True
) -> Rule:
    """A rule; a text is a CIDR."""
    there = Cidr(peer) if isinstance(peer, str) else peer
    return Rule(source=source("rule"), peer=there, protocol=protocol, ports=ports, exists=exists)


def private_ecr(name: str = "app", region: str | Unknown | None = None) -> Container:
    """A container with an image from private ECR and awslogs."""
    return Container(
        name=name,
        source=source("task"),
        image=Image("111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1", Registry.PRIVATE_ECR, region),
        logging=Logging(source("task"), "awslogs", {}),
    )


def pulling(registry: Registry | Unknown, name: str = "side") -> Container:
    """A container with an image from some registry and no logging."""
    return Container(name=name, source=source("task"), image=Image("image", registry))


@dataclass
class World:
    """A network under construction; ``vpc`` exists from the start."""

    vpcs: dict[str, Vpc] = field(default_factory=dict)
    subnets: dict[str, Subnet] = field(default_factory=dict)
    tables: dict[str, RouteTable] = field(default_factory=dict)
    associations: list[Association] = field(default_factory=list)
    gateways: dict[str, InternetGateway] = field(default_factory=dict)
    nats: dict[str, NatGateway] = field(default_factory=dict)
    endpoints: dict[str, Endpoint] = field(default_factory=dict)
    groups: dict[str, SecurityGroup] = field(default_factory=dict)
    acls: dict[str, NetworkAcl] = field(default_factory=dict)
    dns: list[DnsInfluence] = field(default_factory=list)
    forwarders: dict[str, Forwarder] = field(default_factory=dict)
    firewalls: dict[str, Firewall] = field(default_factory=dict)
    hubs: dict[str, Hub] = field(default_factory=dict)
    access_blocks: list[AccessBlock] = field(default_factory=list)
    access_exclusions: list[AccessExclusion] = field(default_factory=list)
    workloads: list[Workload] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.vpc("vpc")
        self.gateways["igw"] = InternetGateway(id="igw", source=source("igw"), vpc="vpc")
        self.table("public-table", igw=True)
        self.subnet("public", "10.0.0.0/24", "public-table")
        self.group("tasks")

    def vpc(self, name: str, hostnames: Truth = True, handed_over: Unknown | None = None) -> str:
        self.tables[f"{name}#main"] = RouteTable(
            id=f"{name}#main", source=source(f"{name} main table"), vpc=name, routes=Listing()
        )
        self.groups[f"{name}#default"] = SecurityGroup(
            id=f"{name}#default",
            source=source(f"{name} default group"),
            vpc=name,
            ingress=Listing((rule(GroupMembers(f"{name}#default")),)),
            egress=Listing((rule(ANYWHERE),)),
        )
        self.vpcs[name] = Vpc(
            id=name,
            source=source(name),
            cidrs=Listing(("10.0.0.0/16",)),
            dns_support=True,
            dns_hostnames=hostnames,
            main_table=f"{name}#main",
            default_group=f"{name}#default",
            region="eu-west-1",
            handed_over=handed_over,
        )
        return name

    def table(
        self,
        name: str,
        igw: bool = False,
        nat: str = "",
        to: TargetKind | None = None,
        vpc: str = "vpc",
        target: str = "hub",
    ) -> str:
        routes: list[Route] = []
        if igw:
            routes.append(self.route(TargetKind.INTERNET_GATEWAY, "igw"))
        if nat:
            routes.append(self.route(TargetKind.NAT_GATEWAY, nat))
        if to is not None:
            routes.append(self.route(to, target))
        self.tables[name] = RouteTable(id=name, source=source(name), vpc=vpc, routes=Listing(tuple(routes)))
        return name

    @staticmethod
    def route(kind: TargetKind, target: str, block: str = ANYWHERE, exists: Truth = True) -> Route:
        return Route(
            source=source(f"route to {target}"),
            destination=Cidr(block),
            target=Target(kind, target),
            exists=exists,
        )

    def subnet(self, name: str, cidr: str, table: str = "", vpc: Link = "vpc", zone: str = "a") -> str:
        self.subnets[name] = Subnet(id=name, source=source(name), vpc=vpc, zone=Zone(name=zone), cidr=cidr)
        if table:
            link = f"{name}->{table}"
            self.associations.append(Association(id=link, source=source(link), subnet=name, table=table))
        return name

    def nat(
        self, name: str = "nat", subnet: str | None = "public", public: Truth = True, regional: bool = False
    ) -> str:
        self.nats[name] = NatGateway(
            id=name, source=source(name), subnet=subnet, vpc=None, public=public, regional=regional
        )
        return name

    def nat_instance(
        self,
        name: str = "box",
        subnet: Link = "public",
        forwards: Truth = True,
        public_ip: Truth | None = True,
        groups: tuple[Link, ...] = (),
    ) -> str:
        self.forwarders[name] = Forwarder(
            id=name,
            source=source(name),
            subnet=subnet,
            forwards=forwards,
            public_ip=public_ip,
            groups=Listing(groups),
        )
        return name

    def firewall(self, name: str = "wall", *subnets: Link, restricts: Truth = True, **fields: object) -> str:
        self.firewalls[name] = Firewall(
            id=name,
            source=source(name),
            subnets=Listing(subnets),
            restricts=restricts,
            **fields,  # type: ignore[arg-type]
        )
        return name

    def block_public_access(self, mode: BlockMode | Unknown = BlockMode.BIDIRECTIONAL) -> None:
        self.access_blocks.append(AccessBlock(id="block", source=source("block"), vpc="vpc", mode=mode))

    def exclude(self, vpc: Link | None = None, subnet: Link | None = None, both_ways: Truth = False) -> None:
        exclusion = AccessExclusion(
            id="exclusion", source=source("exclusion"), vpc=vpc, subnet=subnet, both_ways=both_ways
        )
        self.access_exclusions.append(exclusion)

    def dns_firewall(self, blocks: Truth = True, vpc: Link = "vpc") -> None:
        self.dns.append(
            DnsInfluence(id="names", source=source("names"), kind=DnsKind.FIREWALL, vpc=vpc, blocks=blocks)
        )

    def group(
        self,
        name: str,
        egress: tuple[Rule, ...] | None = None,
        ingress: tuple[Rule, ...] = (),
        vpc: str = "vpc",
    ) -> str:
        out = (rule(ANYWHERE),) if egress is None else egress
        self.groups[name] = SecurityGroup(
            id=name, source=source(name), vpc=vpc, ingress=Listing(ingress), egress=Listing(out)
        )
        return name

    def interface(self, service: str, *subnets: str, private_dns: Truth = True, vpc: Link = "vpc") -> str:
        group = self.group(f"{service} door", ingress=(rule("10.0.0.0/16", (443, 443), "tcp"),))
        self.endpoints[service] = Endpoint(
            id=service,
            source=source(f"endpoint {service}"),
            vpc=vpc,
            service=service,
            type=EndpointType.INTERFACE,
            private_dns=private_dns,
            subnets=Listing(subnets),
            groups=Listing((group,)),
        )
        return service

    def gateway(self, service: str, *tables: Link, name: str = "", vpc: Link = "vpc") -> str:
        name = name or f"{service} gateway"
        self.endpoints[name] = Endpoint(
            id=name,
            source=source(name),
            vpc=vpc,
            service=service,
            type=EndpointType.GATEWAY,
            private_dns=False,
            tables=Listing(tables),
        )
        return name

    def change_endpoint(self, name: str, **changes: object) -> None:
        self.endpoints[name] = replace(self.endpoints[name], **changes)  # type: ignore[arg-type]

    def task(
        self, *containers: Container, mode: NetworkMode = NetworkMode.AWSVPC, **fields: object
    ) -> TaskDefinition:
        return TaskDefinition(
            id="task",
            source=source("task"),
            containers=Listing(containers or (private_ecr(),)),
            network_mode=mode,
            cpu=256,
            **fields,  # type: ignore[arg-type]
        )

    def service(
        self,
        *subnets: Link,
        groups: tuple[str, ...] = ("tasks",),
        public_ip: bool = False,
        task: TaskDefinition | Unknown | None = None,
        launch: Launch | None = None,
        name: str = "service",
        **fields: object,
    ) -> Workload:
        placement = Placement(
            source=source(name), subnets=Listing(subnets), groups=Listing(groups), public_ip=public_ip
        )
        workload = Workload(
            id=name,
            source=source(name),
            kind=WorkloadKind.SERVICE,
            name=name,
            launches=Listing((launch or Launch(capacity=Capacity.FARGATE, source=source(name)),)),
            tasks=placement if subnets else None,
            task_definition=task if task is not None else self.task(),
            task_count=2,
            **fields,  # type: ignore[arg-type]
        )
        self.workloads.append(workload)
        return workload

    @staticmethod
    def ec2(*subnets: Link, groups: tuple[str, ...] = ("tasks",)) -> Launch:
        placement = Placement(
            source=source("asg"), subnets=Listing(subnets), groups=Listing(groups), public_ip=None
        )
        instances = InstanceSet(source=source("asg"), placement=placement)
        return Launch(capacity=Capacity.EC2, source=source("asg"), instances=Listing((instances,)))

    def isolated(self) -> str:
        """A private subnet without any way out."""
        return self.subnet("private", "10.0.1.0/24", self.table("private-table"))

    def behind_nat(self) -> str:
        """A private subnet behind the NAT gateway ``nat``."""
        return self.subnet("private", "10.0.1.0/24", self.table("private-table", nat=self.nat()))

    def all_endpoints(self, subnet: str = "private", table: str = "private-table") -> None:
        """Everything a Fargate service with ECR and awslogs needs."""
        for service in ("ecr.api", "ecr.dkr", "logs"):
            self.interface(service, subnet)
        self.gateway("s3", table)

    def estate(self) -> Estate:
        """What has been built."""
        network = Network(
            vpcs=self.vpcs,
            subnets=self.subnets,
            tables=self.tables,
            associations=tuple(self.associations),
            internet_gateways=self.gateways,
            nat_gateways=self.nats,
            forwarders=self.forwarders,
            hubs=self.hubs,
            endpoints=self.endpoints,
            groups=self.groups,
            acls=self.acls,
            dns=tuple(self.dns),
            firewalls=self.firewalls,
            access_blocks=tuple(self.access_blocks),
            access_exclusions=tuple(self.access_exclusions),
        )
        return Estate(network, tuple(self.workloads))
