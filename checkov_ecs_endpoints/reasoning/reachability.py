"""Whether a need is served from a subnet: through an endpoint, or over the internet.

An endpoint *captures* traffic when the name of the service resolves to it (interface,
private DNS) or a route leads to it (gateway). Captured traffic that the endpoint does not
admit is lost: it does not fall back to the internet.

Source: https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
"""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.network import Endpoint, EndpointType, Network, Subnet, Vpc
from checkov_ecs_endpoints.reasoning import acls, iam
from checkov_ecs_endpoints.reasoning.answers import YES, Answer, all_of, any_of, softened
from checkov_ecs_endpoints.reasoning.needs import INTERNET, Need
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.routing import Exit, table_of, way_out
from checkov_ecs_endpoints.reasoning.security import (
    groups_in_effect,
    lets_in,
    lets_out_to_interface,
    lets_out_to_internet,
)
from checkov_ecs_endpoints.reasoning.way_to_internet import reaches_internet
from checkov_ecs_endpoints.values import Truth, Unknown, Why, negate, some


def by_endpoint(network: Network, need: Need, origin: Origin) -> Answer:
    """Whether the need is served through a VPC endpoint from this subnet."""
    if need.service == INTERNET:
        return Answer(False, f"{origin.name}: no VPC endpoint serves registries outside AWS")
    serving = [_serves(network, endpoint, need, origin) for endpoint in _candidates(network, need, origin)]
    answer = any_of(serving, _absent(network, need, origin))
    if need.doubt is not None:
        return Answer(need.doubt, answer.cause or f"{origin.name}: {need.doubt.subject}", answer.steps)
    if answer.truth is False:
        seen = [step for a in serving for step in a.steps]
        answer = Answer(False, answer.cause, (*answer.steps, *(() if seen else _looked_at(network, origin))))
    return _open_edges(network, origin, answer)


def by_internet(network: Network, need: Need, origin: Origin) -> Answer:
    """Whether the internet serves the need from this subnet, as far as no endpoint stops it.

    An endpoint stops what it captures and does not admit.
    """
    service = "" if need.service == INTERNET else need.service
    return all_of(
        [
            reaches_internet(network, origin),
            lets_out_to_internet(origin.groups(network), service),
            acls.lets_https_pass(network, origin.subnet, None),
            *(_let_by(network, endpoint, need, origin) for endpoint in _candidates(network, need, origin)),
        ]
    )


def _let_by(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
    """Whether an endpoint leaves the traffic alone, or serves it."""
    captures = _captures(network, endpoint, need, origin)
    if captures.truth is False:
        return YES
    admits = _admits(network, endpoint, need, origin)
    truth = some([negate(captures.truth), admits.truth])
    cause = f"{endpoint.source.address}: it captures the traffic and does not admit it"
    return Answer(truth, cause, (*captures.steps, *admits.steps))


def _candidates(network: Network, need: Need, origin: Origin) -> Iterator[Endpoint]:
    """The endpoints that may be for the service and may be in the subnet's VPC (facts B1)."""
    if need.service == INTERNET:
        return
    for endpoint in network.endpoints.values():
        elsewhere = endpoint.vpc != origin.subnet.vpc
        if elsewhere and isinstance(endpoint.vpc, str) and isinstance(origin.subnet.vpc, str):
            continue
        if isinstance(endpoint.service, Unknown) or endpoint.service == need.service:
            yield endpoint


def _serves(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
    captures = _captures(network, endpoint, need, origin)
    if captures.truth is False:
        return captures
    admits = _admits(network, endpoint, need, origin)
    answer = all_of([captures, admits])
    if need.layers and endpoint.type is EndpointType.INTERFACE and answer.truth is True:
        subject = "whether image layers can be read through an S3 interface endpoint"
        unknown = Unknown(Why.UNDOCUMENTED, subject, endpoint.source.at())
        return Answer(
            unknown, f"{endpoint.source.address}: an S3 interface endpoint, not a gateway", answer.steps
        )
    return answer


def _captures(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
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
        if influence.kind != "DNS firewall" and (
            influence.vpc == endpoint.vpc or isinstance(influence.vpc, Unknown)
        ):
            unknown = Unknown(
                Why.NOT_MODELLED, f"what {influence.source.address} answers", influence.source.at()
            )
            step = influence.source.step(f"{influence.source.address} may answer the name of the service")
            return softened(private, unknown, step)
    return private


def _admits(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
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


def _absent(network: Network, need: Need, origin: Origin) -> Answer:
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown):
        step = origin.subnet.source.step(
            f"the VPC of {origin.name}, and so its endpoints, are not known", "vpc"
        )
        return Answer(vpc, f"{origin.name}: its VPC is not known", (step,))
    kind = "gateway endpoint" if need.service in ("s3", "dynamodb") else "interface endpoint"
    return Answer(False, f"{vpc.source.address}: no {kind} for {need.service}")


def _looked_at(network: Network, origin: Origin) -> tuple[Step, ...]:
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown):
        return ()

    def named(inside: bool) -> str:
        return ", ".join(
            sorted(
                f"{e.source.address} ({e.service if isinstance(e.service, str) else 'unknown service'})"
                for e in network.endpoints.values()
                if (e.vpc == vpc.id) is inside
            )
        )

    seen = f"endpoints looked at: {named(True)}" if named(True) else "it has no endpoint at all"
    elsewhere = f"; in other VPCs: {named(False)}" if named(False) else ""
    return (vpc.source.step(f"{vpc.source.address} has no such endpoint; {seen}{elsewhere}"),)


def _open_edges(network: Network, origin: Origin, answer: Answer) -> Answer:
    """A no stands only where nothing outside the files may add what is missing (design 3)."""
    if answer.truth is not False:
        return answer
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown):
        return softened(answer, vpc)
    if vpc.handed_over is not None:
        step = vpc.source.step(
            f"{vpc.source.address} is handed to {vpc.handed_over.subject}, which may add endpoints"
        )
        return softened(answer, vpc.handed_over, step)
    table, _ = table_of(network, origin.subnet)
    if not isinstance(table, Unknown) and table.handed_over is not None:
        step = table.source.step(f"{table.source.address} is handed to {table.handed_over.subject}")
        return softened(answer, table.handed_over, step)
    way = way_out(network, origin.subnet)
    if way.exit is Exit.HUB:
        what = f"what lies behind {way.gateway or (way.kind.value if way.kind else 'its default route')}"
        return softened(answer, Unknown(Why.NOT_MODELLED, what, way.steps[-1].location), way.steps[-1])
    zones = [d for d in network.dns if d.kind != "DNS firewall" and d.vpc == vpc.id]
    if zones:
        unknown = Unknown(Why.NOT_MODELLED, f"what {zones[0].source.address} answers", zones[0].source.at())
        return softened(
            answer, unknown, zones[0].source.step(f"{zones[0].source.address} may answer the name")
        )
    return answer


def vpc_of(network: Network, subnet: Subnet) -> Vpc | Unknown:
    """The VPC of a subnet."""
    return network.vpcs[subnet.vpc] if isinstance(subnet.vpc, str) else subnet.vpc
