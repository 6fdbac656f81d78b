"""What a VPC endpoint does with the traffic of a need: whether it captures and admits it.

An endpoint *captures* traffic when the name of the service resolves to it (interface,
private DNS) or a route leads to it (gateway).

Source: https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
"""

from __future__ import annotations

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.network import DnsKind, Endpoint, EndpointType, Network, Subnet, Vpc
from checkov_ecs_endpoints.reasoning import acls, iam
from checkov_ecs_endpoints.reasoning.answers import YES, Answer, all_of, softened
from checkov_ecs_endpoints.reasoning.needs import Need
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.routing import table_of
from checkov_ecs_endpoints.reasoning.security import (
    groups_in_effect,
    lets_in,
    lets_out_to_interface,
    lets_out_to_internet,
)
from checkov_ecs_endpoints.values import Truth, Unknown, Why


def captures(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
    """Whether the traffic of a need from a subnet goes to the endpoint."""
    name = endpoint.source.address
    if isinstance(endpoint.service, Unknown):
        step = endpoint.source.step(f"{name} is for a service that is not known", "service")
        return Answer(endpoint.service, f"{name}: its service is not known", (step,))
    if isinstance(endpoint.type, Unknown):
        return Answer(
            endpoint.type, f"{name}: its type is not known", (endpoint.source.step(f"{name}", "type"),)
        )
    exists = Answer(
        endpoint.exists, f"{name}: it may not exist", (endpoint.source.step(f"{name} may not exist"),)
    )
    place = exists if endpoint.exists is not True else YES
    if endpoint.type is EndpointType.GATEWAY:
        return all_of(
            [_routed(network, endpoint, origin), place, in_region_of(network, endpoint, need, origin)]
        )
    if endpoint.type is EndpointType.INTERFACE:
        return all_of(
            [
                _same_vpc(endpoint, origin),
                place,
                in_region_of(network, endpoint, need, origin),
                _resolves(network, endpoint, origin),
            ]
        )
    return Answer(False, f"{name}: not an endpoint of this service")


def _routed(network: Network, endpoint: Endpoint, origin: Origin) -> Answer:
    """Whether a gateway endpoint is on the effective route table of the subnet (facts B12)."""
    name = endpoint.source.address
    table, steps = table_of(network, origin.subnet)
    if isinstance(table, Unknown):
        return Answer(table, f"{origin.name}: its route table is not known", steps)
    if table.id in endpoint.tables.items:
        return Answer(
            True, "", (*steps, endpoint.source.step(f"{name} is on {table.source.address}", "tables"))
        )
    unclear = endpoint.tables.rest or next((t for t in endpoint.tables if isinstance(t, Unknown)), None)
    listed = ", ".join(
        sorted(network.tables[t].source.address for t in endpoint.tables if isinstance(t, str))
    )
    step = endpoint.source.step(f"{name} is on {listed or 'no route table'}", "tables")
    cause = f"{name}: not on {table.source.address}, the route table of {origin.name}"
    return Answer(False if unclear is None else unclear, cause, (*steps, step))


def _same_vpc(endpoint: Endpoint, origin: Origin) -> Answer:
    name = endpoint.source.address
    for vpc in (endpoint.vpc, origin.subnet.vpc):
        if isinstance(vpc, Unknown):
            step = endpoint.source.step(f"whether {name} is in the VPC of {origin.name} is not known", "vpc")
            return Answer(vpc, f"{name}: its VPC is not known", (step,))
    return YES


def in_region_of(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
    """Whether the endpoint is for the region that the need names (facts A.5)."""
    if need.region is None:
        return YES
    name = endpoint.source.address
    here: str | Unknown | None = endpoint.region
    if here is None:
        vpc = vpc_of(network, origin.subnet)
        here = vpc.region if isinstance(vpc, Vpc) else vpc
    for region in (need.region, here):
        if isinstance(region, Unknown):
            step = endpoint.source.step(
                f"whether {name} is in the region of the {need.service} in question is not known"
            )
            return Answer(region, f"{name}: its region is not known", (step,))
    if here == need.region:
        return YES
    step = endpoint.source.step(f"{name} serves {here}, the workload asks for {need.region}")
    return Answer(False, f"{name}: serves {here}, not {need.region}", (step,))


def _resolves(network: Network, endpoint: Endpoint, origin: Origin) -> Answer:
    """Whether the service's name resolves to the endpoint in the VPC (facts B3, B4, B6, B7)."""
    name = endpoint.source.address
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown):
        return Answer(vpc, f"{origin.name}: its VPC is not known")
    vpc_name = vpc.source.address

    def says(truth: Truth, what: str, step: Step) -> Answer:
        return Answer(truth, what, () if truth is True else (step,))

    off = "private DNS is off" if endpoint.private_dns is False else "whether private DNS is on is not known"
    private = says(
        endpoint.private_dns, f"{name}: {off}", endpoint.source.step(f"{name}: {off}", "private_dns")
    )
    if endpoint.private_dns is False:
        private = _zones(network, endpoint, private)
    support = f"{vpc_name}: DNS support is off"
    hostnames = f"{vpc_name}: DNS host names are off, so private DNS of endpoints does not work"
    custom: Truth = True if vpc.custom_dns is None else vpc.custom_dns
    interfaces: Truth = bool(endpoint.subnets.items) or (endpoint.subnets.rest or False)
    return all_of(
        [
            private,
            says(vpc.dns_support, support, vpc.source.step(support, "dns_support")),
            says(vpc.dns_hostnames, hostnames, vpc.source.step(hostnames, "dns_hostnames")),
            says(
                custom, f"{vpc_name}: other DNS servers than Amazon's", vpc.source.step("custom DNS servers")
            ),
            says(
                interfaces,
                f"{name}: it has no subnets",
                endpoint.source.step(f"{name} has no subnets", "subnets"),
            ),
        ]
    )


def _zones(network: Network, endpoint: Endpoint, private: Answer) -> Answer:
    """Private DNS off is how endpoints beside hosted zones are built: then it is not known (facts B16)."""
    for influence in network.dns:
        if influence.kind is not DnsKind.FIREWALL and (
            influence.vpc == endpoint.vpc or isinstance(influence.vpc, Unknown)
        ):
            unknown = Unknown(
                Why.NOT_MODELLED, f"what {influence.source.address} answers", influence.source.at()
            )
            step = influence.source.step(f"{influence.source.address} may answer the name of the service")
            return softened(private, unknown, step)
    return private


def admits(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
    """Whether the endpoint takes the traffic: groups of both sides, network ACLs and its policy."""
    groups = origin.groups(network)
    policy = _policy(network, endpoint, need, origin)
    if endpoint.type is EndpointType.GATEWAY:
        return all_of(
            [
                lets_out_to_internet(groups, need.service),
                acls.lets_https_pass(network, origin.subnet, None),
                policy,
            ]
        )
    doors = groups_in_effect(network, endpoint.groups, endpoint.vpc)
    name = endpoint.source.address
    return all_of(
        [
            lets_out_to_interface(groups, doors, _blocks(network, endpoint), name),
            lets_in(doors, groups, origin.subnet, name).after(
                endpoint.source.step(f"{name} has {doors.names}", "groups")
            ),
            *(
                acls.lets_https_pass(network, origin.subnet, block)
                for block in set(_blocks(network, endpoint))
            ),
            policy,
        ]
    )


def _blocks(network: Network, endpoint: Endpoint) -> list[str]:
    """The CIDRs of the subnets that an endpoint has interfaces in, "" for one not known."""
    known = [network.subnets[s].cidr if isinstance(s, str) else "" for s in endpoint.subnets]
    return known or [""]


def _policy(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
    if endpoint.policy is None:
        return YES
    service = services()[need.service]
    vpc = vpc_of(network, origin.subnet)
    region = vpc.region if isinstance(vpc, Vpc) and isinstance(vpc.region, str) else "*"
    resource = service.resource if need.service != "s3" or need.layers else "arn:aws:s3:::*"
    resource = resource.replace("{region}", region)
    truth = iam.allows(endpoint.policy, service.action, resource)
    name = endpoint.source.address
    cause = f"{name}: its policy does not allow {service.action} on {resource}"
    return Answer(truth, cause, () if truth is True else (endpoint.source.step(cause, "policy"),))


def vpc_of(network: Network, subnet: Subnet) -> Vpc | Unknown:
    """The VPC of a subnet."""
    return network.vpcs[subnet.vpc] if isinstance(subnet.vpc, str) else subnet.vpc
