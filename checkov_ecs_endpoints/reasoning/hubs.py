"""What lies behind routes that lead out of the configuration, as far as anybody says (facts B16, C13).

Interface endpoints of a hub serve its spokes where a private hosted zone or a Route 53 profile answers
the names of the services in the spokes too. Gateway endpoints serve their own VPC alone (facts B15).

Source: https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/centralized-access-to-vpc-private-endpoints.html
"""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.network import Cidr, Hub, Network, Route, Subnet, Vpc
from checkov_ecs_endpoints.reasoning import acls, names
from checkov_ecs_endpoints.reasoning.addresses import block, is_public
from checkov_ecs_endpoints.reasoning.answers import YES, Answer, all_of, softened
from checkov_ecs_endpoints.reasoning.needs import Need
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.routing import WayOut, table_of
from checkov_ecs_endpoints.reasoning.security import Groups, lets_out_to_interface
from checkov_ecs_endpoints.reasoning.subnets import vpc_of
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every


def internet_behind(network: Network, way: WayOut) -> Answer:
    """Whether the internet is reached behind what a way out leads to."""
    hub = network.hubs.get(way.gateway)
    if hub is None:
        return Answer(behind(network, way))
    reached = "the internet" if hub.internet is True else "no way to the internet"
    found = "nothing of the internet" if isinstance(hub.internet, Unknown) else reached
    return Answer(hub.internet, "", (hub.source.step(f"{hub.source.address}: {found}"),))


def behind(network: Network, way: WayOut) -> Unknown:
    """Why it is not known what becomes of traffic that a way out leads away."""
    subject = f"what lies behind {way.gateway or f'the {kind_of(way)}'}"
    seen = way.gateway in network.firewalls or way.gateway in network.endpoints
    seen = seen or any(one.gateway == way.gateway for one in network.transit_attachments.values())
    return Unknown(Why.NOT_MODELLED if seen else Why.OUTSIDE, subject, way.steps[-1].location)


def kind_of(way: WayOut) -> str:
    """What a way out leads to, in a word."""
    return way.kind.value if way.kind else "hub"


def gateways_behind(network: Network, way: WayOut) -> Unknown | None:
    """Why it is not known which NAT gateways are behind a way out, None if traffic goes through none."""
    hub = network.hubs.get(way.gateway)
    if hub is None:
        return behind(network, way)
    return None if hub.internet is False else hub.gateways


def endpoints_behind(network: Network, way: WayOut, subnet: Subnet) -> Unknown | None:
    """Why it is not known which endpoints behind a way out serve a subnet, None if that is known.

    It is of a hub that a route of the subnet itself leads to; what is farther on is not asked.
    """
    hub = network.hubs.get(way.gateway)
    if hub is None:
        return behind(network, way)
    if isinstance(hub.endpoints, Unknown):
        return hub.endpoints
    if not hub.endpoints or any(one is hub for one, _ in hubs_of(network, subnet)):
        return None
    subject = f"whether the endpoints behind {hub.id} serve {subnet.source.address}"
    return Unknown(Why.NOT_MODELLED, subject, hub.source.at())


def hubs_of(network: Network, subnet: Subnet) -> Iterator[tuple[Hub, Answer]]:
    """The hubs that routes of a subnet lead to, and whether each is for private IPv4 addresses, and there.

    Interface endpoints have addresses of their VPC, which are seldom others.
    """
    table, steps = table_of(network, subnet)
    if isinstance(table, Unknown):
        return
    for route in table.routes:
        hub = None if isinstance(route.target, Unknown) else network.hubs.get(str(route.target.id))
        private = _holds_private(route)
        if hub is not None and private is not False:
            step = route.source.step(f"a route of {table.source.address} leads to {hub.id}", "target")
            cause = f"{hub.source.address}: perhaps no route of {subnet.source.address}"
            yield hub, Answer(every([route.exists, private]), cause, (*steps, step))


def _holds_private(route: Route) -> Truth:
    """Whether a route is, or may be, for private IPv4 addresses."""
    if isinstance(route.destination, Unknown):
        return route.destination
    if not isinstance(route.destination, Cidr):
        subject = "which addresses the endpoints of the hub have"
        return Unknown(Why.OUTSIDE, subject, route.source.at("destination"))
    range_ = block(route.destination.block)
    return range_ is not None and range_.version == 4 and (range_.prefixlen <= 1 or not is_public(range_))


def serves(network: Network, hub: Hub, need: Need, origin: Origin) -> Answer | None:
    """Whether endpoints behind a hub serve a need from a subnet with a route there; None if it has none."""
    if isinstance(hub.endpoints, Unknown) or need.service not in hub.endpoints:
        return None
    step = hub.source.step(f"{hub.source.address}: an endpoint that answers the name of {need.service}")
    parts = [
        _in_region(network, hub, need, origin),
        _resolves(network, hub, origin),
        _lets_out(network, hub, origin),
    ]
    if need.layers:
        parts.append(_unsettled(hub, "whether image layers can be read through an S3 interface endpoint"))
    if need.fips:
        parts.append(_unsettled(hub, f"whether the {need.service} endpoint behind {hub.id} is one for FIPS"))
    return all_of(parts).after(step)


def looked_at(network: Network, subnet: Subnet) -> Iterator[Step]:
    """The steps that say which endpoints there are behind the routes of a subnet."""
    for hub, leads in hubs_of(network, subnet):
        if not isinstance(hub.endpoints, Unknown) and hub.endpoints:
            yield from leads.steps
            yield hub.source.step(f"{hub.source.address}: endpoints for {', '.join(hub.endpoints)} alone")


def _unsettled(hub: Hub, subject: str) -> Answer:
    return Answer(Unknown(Why.UNDOCUMENTED, subject, hub.source.at()), f"{hub.source.address}: {subject}")


def _in_region(network: Network, hub: Hub, need: Need, origin: Origin) -> Answer:
    """Whether a need is for the region of its network: a hub's endpoints are taken to be for that one."""
    vpc = vpc_of(network, origin.subnet)
    own = vpc.region if isinstance(vpc, Vpc) else vpc
    if need.region is None or services()[need.service].is_global or need.region == own:
        return YES
    cause = f"{hub.source.address}: endpoints for the region of {origin.name}"
    unclear = next((one for one in (need.region, own) if isinstance(one, Unknown)), None)
    step = hub.source.step(f"{cause}, not for {need.region}")
    return Answer(unclear or False, cause, (step,))


def _resolves(network: Network, hub: Hub, origin: Origin) -> Answer:
    """Whether a private hosted zone can answer in the VPC of a subnet: it needs both DNS attributes.

    Resolver rules do without DNS host names.
    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
    """
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown) or vpc.dns_hostnames is True:
        return names.resolve(network, origin.subnet)
    off = f"DNS host names are {names.off_or_not_known(vpc.dns_hostnames)}, which private hosted zones need"
    subject = f"how {vpc.source.address} resolves the names of the endpoints behind {hub.id}"
    zones = Unknown(Why.OUTSIDE, subject, vpc.source.at("dns_hostnames"), off)
    step = vpc.source.step(f"{vpc.source.address}: {off}", "dns_hostnames")
    return all_of(
        [names.resolve(network, origin.subnet), Answer(zones, f"{vpc.source.address}: {off}", (step,))]
    )


def _lets_out(network: Network, hub: Hub, origin: Origin) -> Answer:
    """Whether groups and the network ACL let HTTPS out to the hub, whose addresses nobody says."""
    where = f"the endpoints behind {hub.id}"
    # Groups of a VPC behind peering or a transit gateway may be what a rule names.
    doors = Groups((), Unknown(Why.OUTSIDE, f"which security groups {where} have", hub.source.at()))
    groups = lets_out_to_interface(origin.groups(network), doors, [()], where)
    acl = acls.lets_out(network, origin.subnet)
    subject = f"whether {where} lie in what the network ACL of {origin.name} lets through"
    return all_of([groups, softened(acl, Unknown(Why.OUTSIDE, subject, origin.subnet.source.at()))])
