"""Networks as the settings assume them.

What the settings say is there works: names resolve, interface endpoints answer them and admit
everything, gateway endpoints are on all route tables. What they do not say is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import (
    Association,
    Cidr,
    Endpoint,
    EndpointType,
    Hub,
    NatGateway,
    Network,
    Route,
    RouteTable,
    Rule,
    SecurityGroup,
    Subnet,
    Target,
    TargetKind,
    Vpc,
)
from checkov_ecs_endpoints.settings import Assumption, Egress
from checkov_ecs_endpoints.values import Truth, Unknown, Why

SAID = "assumed by the settings"
_VPC = f"the VPC {SAID}"
_ANYWHERE = Cidr("0.0.0.0/0")
_GATEWAYS = ("s3", "dynamodb")
"""The services that gateway endpoints are for.

https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
"""

_TARGETS = {
    Egress.NAT: TargetKind.NAT_GATEWAY,
    Egress.FIREWALL: TargetKind.VPC_ENDPOINT,
    Egress.TRANSIT_GATEWAY: TargetKind.TRANSIT_GATEWAY,
}


@dataclass(slots=True)
class Assumed:
    """One assumed network: what is said of it, its region, and the subnets that are given of it."""

    assumption: Assumption
    region: str | Unknown
    subnets: dict[str, Unknown] = field(default_factory=dict)

    def id(self, name: str) -> str:
        """The id of a thing that is said to be there."""
        return f"{name} {self.exit}"

    @property
    def exit(self) -> str:
        """The id of what the default route leads to, which evidence shows as it is."""
        region = f", {self.region}" if isinstance(self.region, str) else ""
        return f"{SAID} ({self.assumption.key}{region})"

    @property
    def vpc(self) -> str:
        """The id of its VPC."""
        return self.id("VPC")

    def subnet(self, given: Unknown) -> str:
        """The id of the subnets that something gives."""
        id_ = self.id(given.subject)
        self.subnets.setdefault(id_, given)
        return id_

    def source(self, name: str) -> Source:
        """A thing that is said to be there."""
        return Source(name, self.assumption.location)

    def unsaid(self, what: str) -> Unknown:
        """What nothing is said of."""
        note = f"{self.assumption.key} of the settings does not say it"
        return Unknown(Why.OUTSIDE, what, self.assumption.location, note)


def with_assumed(network: Network, assumed: Assumed) -> Network:
    """The network with an assumed one beside what the configuration creates."""
    vpc, table = _vpc(assumed), _table(assumed)
    subnets = {id_: _subnet(assumed, id_, given) for id_, given in assumed.subnets.items()}
    door, default = _door(assumed), _default_group(assumed)
    inside = [table.id, *(one.id for one in network.tables.values() if one.vpc == vpc.id)]
    endpoints = {one.id: one for one in _endpoints(assumed, tuple(inside), door.id)}
    gateways = {one.id: one for one in _nat_gateways(assumed)}
    return replace(
        network,
        vpcs={**network.vpcs, vpc.id: vpc},
        subnets={**network.subnets, **subnets},
        tables={**network.tables, table.id: table},
        associations=(*network.associations, *_associations(network, assumed, table)),
        nat_gateways={**network.nat_gateways, **gateways},
        endpoints={**network.endpoints, **endpoints},
        groups={**network.groups, door.id: door, default.id: default},
        hubs={**network.hubs, **{one.id: one for one in _hubs(assumed)}},
        assumed=network.assumed.union({vpc.id, table.id, door.id, default.id}, subnets, endpoints, gateways),
    )


def limits(egress: Egress | None, unsaid: Unknown) -> Truth:
    """Whether something on the way limits destinations: a firewall is there for a reason."""
    return True if egress is Egress.FIREWALL else unsaid


def _vpc(assumed: Assumed) -> Vpc:
    closed = assumed.assumption.endpoints is not None
    return Vpc(
        id=assumed.vpc,
        source=assumed.source(_VPC),
        cidrs=Listing((), assumed.unsaid(f"the addresses of {_VPC}")),
        dns_support=True,
        dns_hostnames=closed or assumed.unsaid(f"whether {_VPC} has DNS host names"),
        main_table=assumed.unsaid(f"the main route table of {_VPC}"),
        default_group=_default_group(assumed).id,
        region=assumed.region,
        handed_over=None if closed else assumed.unsaid(f"which endpoints {_VPC} has"),
    )


def _subnet(assumed: Assumed, id_: str, given: Unknown) -> Subnet:
    return Subnet(
        id=id_,
        source=assumed.source(given.subject),
        vpc=assumed.vpc,
        zone=assumed.unsaid(f"the Availability Zones of {given.subject}"),
        public_ip_on_launch=assumed.unsaid(f"whether {given.subject} give public addresses"),
    )


def _table(assumed: Assumed) -> RouteTable:
    egress = assumed.assumption.egress
    routes: Listing[Route] = Listing()
    if egress is None:
        routes = Listing((), assumed.unsaid(f"how the subnets of {_VPC} reach the internet"))
    elif egress is not Egress.ISOLATED:
        target = Target(_TARGETS[egress], assumed.exit)
        source = assumed.source(f"the route {SAID}")
        routes = Listing((Route(source=source, destination=_ANYWHERE, target=target),))
    return RouteTable(
        id=assumed.id("route table"),
        source=assumed.source(f"the one {SAID}"),
        vpc=assumed.vpc,
        routes=routes,
    )


def _associations(network: Network, assumed: Assumed, table: RouteTable) -> Iterator[Association]:
    """The associations of the subnets, in doubt where the configuration gives them a table of its own."""
    own = {one.subnet.subject: one.subnet for one in network.associations if isinstance(one.subnet, Unknown)}
    for id_, given in assumed.subnets.items():
        yield Association(
            id=f"association of {id_}",
            source=assumed.source(given.subject),
            exists=own.get(given.subject, True),
            subnet=id_,
            table=table.id,
        )


def _nat_gateways(assumed: Assumed) -> Iterator[NatGateway]:
    """The NAT gateways as one whose availability is not known: nothing says how many there are."""
    if assumed.assumption.egress is Egress.NAT:
        yield NatGateway(
            id=assumed.exit,
            source=assumed.source(f"the NAT gateway {SAID}"),
            subnet=None,
            vpc=assumed.vpc,
            public=True,
            regional=assumed.unsaid(f"how many NAT gateways {_VPC} has"),
        )


def _hubs(assumed: Assumed) -> Iterator[Hub]:
    """The firewall or transit gateway that the internet is reached through."""
    egress = assumed.assumption.egress
    if egress in (Egress.FIREWALL, Egress.TRANSIT_GATEWAY):
        yield Hub(
            id=assumed.exit,
            source=assumed.source(f"the way out of {_VPC}"),
            internet=True,
            limits=limits(egress, assumed.unsaid(f"whether anything limits destinations of {_VPC}")),
            gateways=assumed.unsaid(f"which NAT gateways {_VPC} is behind"),
            endpoints=(),
        )


def _endpoints(assumed: Assumed, tables: tuple[str, ...], door: str) -> Iterator[Endpoint]:
    unsaid = assumed.unsaid(f"the subnets of the endpoints of {_VPC}")
    for service in assumed.assumption.endpoints or ():
        gateway = service in _GATEWAYS
        yield Endpoint(
            id=assumed.id(service),
            source=assumed.source(f"the {service} endpoint {SAID}"),
            vpc=assumed.vpc,
            service=service,
            type=EndpointType.GATEWAY if gateway else EndpointType.INTERFACE,
            private_dns=not gateway,
            subnets=Listing() if gateway else Listing((unsaid,)),
            groups=Listing() if gateway else Listing((door,)),
            tables=Listing(tables) if gateway else Listing(),
        )


def _door(assumed: Assumed) -> SecurityGroup:
    """The security group of the interface endpoints, which admits everything."""
    source = assumed.source(f"a security group {SAID}")
    everything = Rule(source=source, peer=_ANYWHERE, protocol="-1", ports=None)
    return SecurityGroup(
        id=assumed.id("security group"),
        source=source,
        vpc=assumed.vpc,
        ingress=Listing((everything,)),
        egress=Listing(),
    )


def _default_group(assumed: Assumed) -> SecurityGroup:
    name = f"the default security group of {_VPC}"
    rules: Listing[Rule] = Listing((), assumed.unsaid(f"which rules {name} has"))
    return SecurityGroup(
        id=assumed.id("default security group"),
        source=assumed.source(name),
        vpc=assumed.vpc,
        ingress=rules,
        egress=rules,
    )
