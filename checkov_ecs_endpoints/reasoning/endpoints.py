"""What a VPC endpoint does with the traffic of a need: whether it captures and admits it.

An endpoint *captures* traffic when the name of the service resolves to it (interface,
private DNS) or a route leads to it (gateway).

Source: https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
"""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.network import Endpoint, EndpointType, Network, Vpc
from checkov_ecs_endpoints.reasoning import acls, names
from checkov_ecs_endpoints.reasoning.addresses import Block
from checkov_ecs_endpoints.reasoning.answers import YES, Answer, all_of, softened
from checkov_ecs_endpoints.reasoning.endpoint_policies import allowed_by_policy
from checkov_ecs_endpoints.reasoning.needs import INTERNET, Need
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.routing import table_of
from checkov_ecs_endpoints.reasoning.security import (
    groups_in_effect,
    lets_in,
    lets_out_to_interface,
    lets_out_to_internet,
)
from checkov_ecs_endpoints.reasoning.subnets import ranges_of, ranges_of_vpc, vpc_of
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every, negate, some


def candidates(network: Network, need: Need, origin: Origin) -> Iterator[Endpoint]:
    """The endpoints that may be for the service and may be in the subnet's VPC (facts B1)."""
    if need.service == INTERNET:
        return
    for endpoint in network.endpoints.values():
        elsewhere = endpoint.vpc != origin.subnet.vpc
        if elsewhere and isinstance(endpoint.vpc, str) and isinstance(origin.subnet.vpc, str):
            continue
        if isinstance(endpoint.service, Unknown) or endpoint.service == need.service:
            yield endpoint


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
    region = in_region_of(network, endpoint, need, origin)
    if endpoint.type is EndpointType.GATEWAY:
        if not services()[need.service].gateway:
            return _no_gateway(endpoint, need.service)
        bypassed = _bypassed(network, endpoint, need, origin)
        resolved = names.resolve(network, origin.subnet)
        return all_of([_routed(network, endpoint, origin), place, region, resolved, bypassed])
    if endpoint.type is EndpointType.INTERFACE:
        return all_of(
            [
                _same_vpc(endpoint, origin),
                place,
                region,
                for_this_traffic(network, endpoint, need),
                _resolves(network, endpoint, need, origin),
            ]
        )
    return Answer(False, f"{name}: not an endpoint of this service")


def _no_gateway(endpoint: Endpoint, service: str) -> Answer:
    """The type of an endpoint is Gateway where none is given, which few services have (facts B2).

    https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
    """
    sentence = f"{endpoint.source.address}: its type is Gateway, which {service} does not have"
    return Answer(False, sentence, (endpoint.source.step(sentence, "type"),))


def _bypassed(network: Network, gateway: Endpoint, need: Need, origin: Origin) -> Answer:
    """A gateway endpoint gets no traffic whose name resolves to an interface endpoint (facts A.4)."""
    for other in network.endpoints.values():
        if (other.type, other.service, other.vpc) == (EndpointType.INTERFACE, gateway.service, gateway.vpc):
            captured = captures(network, other, need, origin)
            if captured.truth is not False:
                cause = f"{other.source.address}: the name of the service resolves to it"
                step = other.source.step(f"the name of the service resolves to {other.source.address}")
                return Answer(negate(captured.truth), cause, (step,))
    return YES


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
    word = "not on" if unclear is None else "not known to be on"
    cause = f"{name}: {word} {table.source.address}, the route table of {origin.name}"
    return Answer(unclear or False, cause, (*steps, step))


def _same_vpc(endpoint: Endpoint, origin: Origin) -> Answer:
    name = endpoint.source.address
    for vpc in (endpoint.vpc, origin.subnet.vpc):
        if isinstance(vpc, Unknown):
            step = endpoint.source.step(f"whether {name} is in the VPC of {origin.name} is not known", "vpc")
            return Answer(vpc, f"{name}: its VPC is not known", (step,))
    return YES


def in_region_of(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
    """Whether the endpoint is for the region that the need names (facts A.5)."""
    vpc = vpc_of(network, origin.subnet)
    if services()[need.service].is_global:
        return YES
    own = vpc.region if isinstance(vpc, Vpc) else vpc
    wanted = own if need.region is None else need.region
    here = own if endpoint.region is None else endpoint.region
    if need.region is None and (endpoint.region is None or isinstance(own, Unknown)):
        return YES  # the region in the name of an endpoint's service is that of its VPC
    name = endpoint.source.address
    for region, cause in ((wanted, "the region that is asked for"), (here, "its region")):
        if isinstance(region, Unknown):
            step = endpoint.source.step(
                f"whether {name} is in the region of the {need.service} in question is not known"
            )
            return Answer(region, f"{name}: {cause} is not known", (step,))
    if here == wanted:
        return YES
    step = endpoint.source.step(f"{name} serves {here}, the workload asks for {wanted}")
    return Answer(False, f"{name}: serves {here}, not {wanted}", (step,))


def for_this_traffic(network: Network, endpoint: Endpoint, need: Need) -> Answer:
    """Whether the host names that an endpoint answers are those that ECS uses (facts A.3, A.4)."""
    name = endpoint.source.address
    if need.fips and not endpoint.fips:
        step = endpoint.source.step(f"{name} does not answer for the host names for FIPS", "service")
        return Answer(False, f"{name}: not for the host names for FIPS", (step,))
    if endpoint.fips and not need.fips:
        fips = Unknown(
            Why.NOT_MODELLED, "whether host names for FIPS are used", endpoint.source.at("service")
        )
        step = endpoint.source.step(f"{name} answers for the host names for FIPS alone", "service")
        return Answer(fips, f"{name}: for the host names for FIPS", (step,))
    # Only where there is a gateway endpoint beside it can the names be for on-premises networks alone:
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#private-dns-s3
    beside = some(
        every([other.exists, endpoint.private_dns_only_inbound])
        for other in network.endpoints.values()
        if (other.type, other.service, other.vpc) == (EndpointType.GATEWAY, endpoint.service, endpoint.vpc)
    )
    if beside is False or _is_across_regions(network, endpoint):
        return YES  # a gateway endpoint answers for its own region alone
    step = endpoint.source.step(f"private DNS of {name} is for inbound resolver endpoints alone")
    return Answer(negate(beside), f"{name}: its private DNS is for on-premises networks", (step,))


def _is_across_regions(network: Network, endpoint: Endpoint) -> bool:
    """Whether an endpoint is certainly for another region than that of its VPC (facts A.5)."""
    own = network.vpcs[endpoint.vpc].region if isinstance(endpoint.vpc, str) else None
    return isinstance(own, str) and isinstance(endpoint.region, str) and endpoint.region != own


def _resolves(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
    """Whether the service's name resolves to the endpoint in the VPC (facts B3, B4, B6, B7)."""
    name = endpoint.source.address
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown):
        return Answer(vpc, f"{origin.name}: its VPC is not known")
    custom: Truth = True if vpc.custom_dns is None else vpc.custom_dns
    interfaces: Truth = bool(endpoint.subnets.items) or (endpoint.subnets.rest or False)
    others = f"{vpc.source.address}: other DNS servers than Amazon's"
    no_subnets = endpoint.source.step(f"{name} has no subnets", "subnets")
    return all_of(
        [
            has_private_name(network, endpoint, vpc, need.service),
            _says(custom, others, vpc.source.step("custom DNS servers")),
            _says(interfaces, f"{name}: it has no subnets", no_subnets),
            _over_ipv4(endpoint),
        ]
    )


def _over_ipv4(endpoint: Endpoint) -> Answer:
    """Whether clients over IPv4 find the endpoint; what AWS answers them otherwise is not documented."""
    if endpoint.over_ipv4 is True:
        return YES
    subject = f"what tasks with IPv4 addresses make of {endpoint.source.address}, which is for IPv6 alone"
    only = Unknown(Why.UNDOCUMENTED, subject, endpoint.source.at("over_ipv4"))
    truth = only if endpoint.over_ipv4 is False else endpoint.over_ipv4
    sentence = f"{endpoint.source.address}: it is, or may be, for IPv6 alone"
    return Answer(truth, sentence, (endpoint.source.step(sentence, "over_ipv4"),))


def has_private_name(network: Network, endpoint: Endpoint, vpc: Vpc | Unknown, service: str) -> Answer:
    """Whether an endpoint answers for the name of its service in its VPC (facts B3, B4)."""
    name = endpoint.source.address
    off = f"private DNS is {names.off_or_not_known(endpoint.private_dns)}"
    private = _says(
        endpoint.private_dns, f"{name}: {off}", endpoint.source.step(f"{name}: {off}", "private_dns")
    )
    if endpoint.private_dns is False:
        private = _zones(network, endpoint, service, private)
    if isinstance(vpc, Unknown):
        return all_of([softened(private, vpc), Answer(vpc, f"{name}: its VPC is not known")])
    support = f"{vpc.source.address}: DNS support is {names.off_or_not_known(vpc.dns_support)}"
    off = names.off_or_not_known(vpc.dns_hostnames)
    hostnames = f"{vpc.source.address}: DNS host names are {off}; private DNS of endpoints needs them"
    return all_of(
        [
            private,
            _says(vpc.dns_support, support, vpc.source.step(support, "dns_support")),
            _says(vpc.dns_hostnames, hostnames, vpc.source.step(hostnames, "dns_hostnames")),
        ]
    )


def _says(truth: Truth, what: str, step: Step) -> Answer:
    return Answer(truth, what, () if truth is True else (step,))


def _zones(network: Network, endpoint: Endpoint, service: str, private: Answer) -> Answer:
    """Private DNS off is how endpoints beside hosted zones are built: then it is not known (facts B16)."""
    found = names.answered_by(network, endpoint.vpc, service)
    if found is None:
        return private
    step = found.source.step(f"{found.source.address} may answer the name of the service")
    return softened(private, names.what_it_answers(found), step)


def admits(network: Network, endpoint: Endpoint, need: Need, origin: Origin) -> Answer:
    """Whether the endpoint takes the traffic: groups of both sides, network ACLs and its policy."""
    groups = origin.groups(network)
    policy = allowed_by_policy(network, endpoint, need)
    if isinstance(endpoint.type, Unknown):
        return Answer(endpoint.type, f"{endpoint.source.address}: its type is not known")
    if endpoint.type is EndpointType.GATEWAY:
        out = lets_out_to_internet(groups, need.service)
        return all_of([out, acls.lets_out(network, origin.subnet), policy])
    doors = groups_in_effect(network, endpoint.groups, endpoint.vpc)
    return all_of(
        [
            lets_out_to_interface(groups, doors, _places(network, endpoint), endpoint.source.address),
            lets_workload_in(network, endpoint, origin),
            _passes_acls(network, endpoint, origin),
            policy,
        ]
    )


def lets_workload_in(network: Network, endpoint: Endpoint, origin: Origin) -> Answer:
    """Whether the groups of an interface endpoint admit HTTPS from the interfaces in a subnet (facts B9)."""
    doors = groups_in_effect(network, endpoint.groups, endpoint.vpc)
    name = endpoint.source.address
    has = endpoint.source.step(f"{name} has {doors.names}", "groups")
    return lets_in(network, doors, origin.groups(network), origin.subnet, name).after(has)


def _places(network: Network, endpoint: Endpoint) -> list[tuple[Block, ...]]:
    """The ranges of the subnets that an endpoint has interfaces in, of the VPC for one not known."""
    vpc = ranges_of_vpc(network, endpoint.vpc)
    known = [ranges_of(network, network.subnets[s]) if isinstance(s, str) else vpc for s in endpoint.subnets]
    return known if endpoint.subnets.rest is None and known else [*known, vpc]


def _passes_acls(network: Network, endpoint: Endpoint, origin: Origin) -> Answer:
    """Whether the network ACLs let the traffic through to the interfaces, whichever a connection takes."""
    subnets = [network.subnets[s] for s in endpoint.subnets if isinstance(s, str)]
    answers = [acls.lets_between(network, origin.subnet, subnet) for subnet in subnets]
    unseen = next((s for s in endpoint.subnets if isinstance(s, Unknown)), endpoint.subnets.rest)
    if unseen is not None and acls.may_stop(network, endpoint.vpc):
        answers.append(Answer(unseen, f"{endpoint.source.address}: its subnets are not all known"))
    answer = all_of(answers)
    if answer.truth is False and some(one.truth for one in answers) is not False:
        which = f"which of the interfaces of {endpoint.source.address} a connection takes"
        return softened(answer, Unknown(Why.NOT_MODELLED, which, endpoint.source.at("subnets")))
    return answer
