"""What becomes of a need's traffic from a subnet: the disposition, and the whole path that shows it."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from support.worlds import UNKNOWN, World, private_ecr, pulling, rule, source

from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import (
    AclEntry,
    Cidr,
    DnsInfluence,
    DnsKind,
    Hub,
    NetworkAcl,
    PrefixListOf,
    TargetKind,
)
from checkov_ecs_endpoints.model.workloads import Registry, Script
from checkov_ecs_endpoints.reasoning.dispositions import Disposition
from checkov_ecs_endpoints.reasoning.needs import INTERNET
from checkov_ecs_endpoints.reasoning.needs_of_workloads import needs_of
from checkov_ecs_endpoints.reasoning.origins import origins_of_need
from checkov_ecs_endpoints.reasoning.reachability import Path, path
from checkov_ecs_endpoints.results import Outcome
from checkov_ecs_endpoints.rules.registry import OPERATORS
from checkov_ecs_endpoints.settings import Settings


def follow(world: World, service: str = "logs") -> Path:
    """The path of the only workload's need for a service, from its first subnet."""
    network, (workload,) = world.estate().network, world.workloads
    need = next(need for need in needs_of(workload) if need.service == service)
    return path(network, need, origins_of_need(network, workload, need).items[0])


def isolated(*endpoints: str) -> World:
    world = World()
    world.service(world.isolated())
    for service in endpoints:
        world.interface(service, "private")
    return world


def behind_nat(*endpoints: str) -> World:
    world = World()
    world.service(world.behind_nat())
    for service in endpoints:
        world.interface(service, "private")
    return world


def sentences(world: World, service: str = "logs") -> tuple[list[str], list[str]]:
    """What is said of the way through an endpoint, and of that over the internet."""
    found = follow(world, service)
    return [step.text for step in found.by_endpoint.steps], [step.text for step in found.by_internet.steps]


def test_through_an_endpoint() -> None:
    world = isolated("logs")
    assert follow(world).disposition is Disposition.THROUGH_ENDPOINT
    assert sentences(world)[0] == ["endpoint logs has logs door", "logs door admits TCP 443 from it"]


def test_through_a_gateway_endpoint_beside_nat() -> None:
    """The route to the prefix list is longer than the default route (facts B13)."""
    world = behind_nat()
    world.gateway("s3", "private-table")
    assert follow(world, "s3").disposition is Disposition.THROUGH_ENDPOINT
    assert sentences(world, "s3")[0] == [
        "private is associated with route table private-table",
        "s3 gateway is on private-table",
    ]


@pytest.mark.parametrize("network", [isolated, behind_nat])
def test_a_gateway_endpoint_for_a_service_that_has_none_serves_nothing(
    network: Callable[..., World],
) -> None:
    """The type is Gateway where it is left out, and AWS refuses such an endpoint for logs (facts B2)."""
    world = network()
    world.gateway("logs", "private-table")
    lost = Disposition.NO_ROUTE if network is isolated else Disposition.THROUGH_NAT
    assert follow(world).disposition is lost
    assert sentences(world)[0] == ["logs gateway: its type is Gateway, which logs does not have"]
    for operator in ("ecs_gateway_endpoint_on_tables", "ecs_endpoint_policy_narrows"):
        assert list(OPERATORS[operator](world.estate(), "", {}, Settings())) == []


def test_through_nat() -> None:
    world = behind_nat()
    assert follow(world).disposition is Disposition.THROUGH_NAT
    assert sentences(world) == (
        ["vpc has no such endpoint; it has no endpoint at all"],
        [
            "private is associated with route table private-table",
            "its route 0.0.0.0/0 goes to NAT gateway nat",
            "nat is in public, which has a route to an internet gateway",
        ],
    )


def test_through_an_internet_gateway() -> None:
    world = World()
    world.service("public", public_ip=True)
    assert follow(world).disposition is Disposition.THROUGH_INTERNET_GATEWAY
    assert sentences(world)[1] == [
        "public is associated with route table public-table",
        "its route 0.0.0.0/0 goes to internet gateway igw",
        "it gets a public address",
    ]


def test_either_way() -> None:
    world = behind_nat("logs")
    world.change_endpoint("logs", exists=UNKNOWN)
    assert follow(world).disposition is Disposition.EITHER_WAY
    assert sentences(world)[0] == ["endpoint logs may not exist"]


def test_the_name_does_not_resolve() -> None:
    world = behind_nat("logs")
    world.vpcs["vpc"] = replace(world.vpcs["vpc"], dns_support=False)
    assert follow(world).disposition is Disposition.NAME_NOT_RESOLVED
    assert sentences(world) == (["vpc: DNS support is off"], ["vpc: DNS support is off"])


def test_the_name_behind_a_gateway_endpoint_does_not_resolve() -> None:
    """A gateway endpoint changes routes, not names (facts B5)."""
    world = isolated()
    world.gateway("s3", "private-table")
    world.vpcs["vpc"] = replace(world.vpcs["vpc"], dns_support=False, dns_hostnames=False)
    assert follow(world, "s3").disposition is Disposition.NAME_NOT_RESOLVED
    world.vpcs["vpc"] = replace(world.vpcs["vpc"], dns_support=True)
    assert follow(world, "s3").disposition is Disposition.THROUGH_ENDPOINT


@pytest.mark.parametrize(
    ("network", "expected"), [(isolated, Disposition.CANNOT_TELL), (behind_nat, Disposition.EITHER_WAY)]
)
def test_other_resolvers_than_amazons_may_answer_otherwise(
    network: Callable[..., World], expected: Disposition
) -> None:
    """Facts B6: what DHCP options name may or may not forward to Amazon's resolver."""
    world = network("logs")
    world.vpcs["vpc"] = replace(world.vpcs["vpc"], custom_dns=UNKNOWN)
    assert follow(world).disposition is expected
    assert sentences(world)[0] == ["custom DNS servers"]


@pytest.mark.parametrize("kind", [TargetKind.PEERING, TargetKind.TRANSIT_GATEWAY])
def test_other_resolvers_may_lead_to_endpoints_of_another_network(kind: TargetKind) -> None:
    """Facts B6, B16: endpoints of a hub, reached over peering by names that a resolver there answers."""
    world = isolated()
    table = world.tables["private-table"]
    route = World.route(kind, "hub", "10.9.0.0/16")
    world.tables["private-table"] = replace(table, routes=Listing((route,)))
    assert follow(world).disposition is Disposition.NO_ROUTE
    world.vpcs["vpc"] = replace(world.vpcs["vpc"], custom_dns=UNKNOWN)
    found = follow(world)
    assert found.disposition is Disposition.CANNOT_TELL
    assert found.by_endpoint.truth == UNKNOWN
    said = "the resolvers that vpc uses may answer with an address that this route leads to"
    assert found.by_endpoint.steps[-1] == route.source.step(said, "target")


def test_other_resolvers_cannot_lead_where_no_route_does() -> None:
    world = isolated()
    world.vpcs["vpc"] = replace(world.vpcs["vpc"], custom_dns=UNKNOWN)
    assert follow(world).disposition is Disposition.NO_ROUTE


def test_other_resolvers_may_answer_with_an_endpoint_whose_private_dns_is_off() -> None:
    world = isolated("logs")
    world.change_endpoint("logs", private_dns=False)
    assert follow(world).disposition is Disposition.NO_ROUTE
    world.vpcs["vpc"] = replace(world.vpcs["vpc"], custom_dns=UNKNOWN)
    assert follow(world).disposition is Disposition.CANNOT_TELL


def test_no_route() -> None:
    world = isolated()
    assert follow(world).disposition is Disposition.NO_ROUTE
    assert sentences(world)[1] == [
        "private is associated with route table private-table",
        "it has no default route (routes: none but the local one)",
    ]


def test_no_route_where_the_endpoint_does_not_capture_it() -> None:
    """Without private DNS the name resolves to public addresses, which no route leads to (facts B3)."""
    world = isolated("logs")
    world.change_endpoint("logs", private_dns=False)
    assert follow(world).disposition is Disposition.NO_ROUTE
    assert sentences(world)[0] == ["endpoint logs: private DNS is off"]


def test_no_route_at_the_nat_gateway() -> None:
    world = behind_nat()
    world.associations = [one for one in world.associations if one.subnet != "public"]
    assert follow(world).disposition is Disposition.NO_ROUTE


def test_no_public_address() -> None:
    world = World()
    world.service("public")
    assert follow(world).disposition is Disposition.NO_PUBLIC_ADDRESS
    assert sentences(world)[1][-1] == "it gets no public address, so the internet gateway drops its traffic"


@pytest.mark.parametrize("network", [isolated, behind_nat])
def test_denied_by_the_group_of_the_endpoint(network: Callable[..., World]) -> None:
    """Captured traffic that the endpoint does not admit is lost, NAT or not (facts B9)."""
    world = network("logs")
    world.group("logs door", ingress=(rule("10.9.0.0/16"),))
    assert follow(world).disposition is Disposition.DENIED_BY_SECURITY_GROUP
    assert sentences(world)[0] == [
        "endpoint logs has logs door",
        "logs door has no rule that lets TCP 443 in to endpoint logs from tasks in private",
    ]


def test_denied_by_the_group_of_the_tasks() -> None:
    """An interface endpoint is in the VPC, the addresses behind a gateway endpoint are not (facts B10)."""
    world = isolated("logs")
    world.gateway("s3", "private-table")
    world.group("tasks", egress=(rule("10.0.0.0/16"),))
    assert follow(world).disposition is Disposition.THROUGH_ENDPOINT
    assert follow(world, "s3").disposition is Disposition.DENIED_BY_SECURITY_GROUP
    assert sentences(world, "s3")[0] == ["tasks lets no TCP 443 out to the public addresses of s3"]
    world.group("tasks", egress=(rule(PrefixListOf("s3")),))
    assert follow(world).disposition is Disposition.DENIED_BY_SECURITY_GROUP
    assert follow(world, "s3").disposition is Disposition.THROUGH_ENDPOINT


def test_through_a_hub_that_is_said_to_lead_to_the_internet() -> None:
    world = World()
    table = world.table("private-table", to=TargetKind.TRANSIT_GATEWAY)
    world.service(world.subnet("private", "10.0.1.0/24", table))
    world.hubs["hub"] = Hub(
        id="hub", source=source("behind hub"), internet=True, limits=UNKNOWN, gateways=UNKNOWN, endpoints=()
    )
    assert follow(world).disposition is Disposition.THROUGH_HUB
    assert sentences(world)[1][-1] == "behind hub: the internet"


def test_denied_by_the_group_of_the_tasks_on_the_way_to_nat() -> None:
    world = behind_nat()
    world.group("tasks", egress=())
    assert follow(world).disposition is Disposition.DENIED_BY_SECURITY_GROUP


def test_denied_by_a_network_acl() -> None:
    """Network ACLs have no prefix lists: what lets out to the VPC alone cuts S3 off (facts B11)."""
    world = isolated()
    world.gateway("s3", "private-table")
    entries = tuple(
        AclEntry(
            source=source("entry"),
            number=100,
            egress=egress,
            allow=True,
            protocol="-1",
            block=Cidr("10.0.0.0/16"),
            ports=None,
        )
        for egress in (True, False)
    )
    world.acls["acl"] = NetworkAcl(
        id="acl", source=source("acl"), vpc="vpc", subnets=Listing(("private",)), entries=Listing(entries)
    )
    assert follow(world, "s3").disposition is Disposition.DENIED_BY_NETWORK_ACL
    assert sentences(world, "s3")[0] == [
        "network ACL acl does not let HTTPS to public addresses and the replies pass"
    ]


def test_dns_metadata_and_time_need_no_rule() -> None:
    """Facts A36: they are link-local; neither groups nor network ACLs stop Amazon's resolver."""
    world = isolated("logs")
    world.group("tasks", egress=(rule("10.0.0.0/16", (443, 443), "tcp"),))
    passing = [(True, (443, 443)), (False, (1024, 65535))]
    entries = tuple(
        AclEntry(
            source=source("entry"),
            number=100,
            egress=egress,
            allow=True,
            protocol="tcp",
            block=Cidr("10.0.0.0/16"),
            ports=ports,
        )
        for egress, ports in passing
    )
    world.acls["acl"] = NetworkAcl(
        id="acl", source=source("acl"), vpc="vpc", subnets=Listing(("private",)), entries=Listing(entries)
    )
    assert follow(world).disposition is Disposition.THROUGH_ENDPOINT


def test_denied_by_the_policy_of_the_endpoint() -> None:
    world = behind_nat("logs")
    world.change_endpoint("logs", policy={"Statement": []})
    assert follow(world).disposition is Disposition.DENIED_BY_ENDPOINT_POLICY
    assert sentences(world)[0] == [
        "endpoint logs: its policy does not allow logs:CreateLogStream on "
        "arn:aws:logs:eu-west-1:*:log-group:*",
    ]


def test_not_by_an_endpoint_and_no_more_is_known() -> None:
    world = World()
    world.service("public", public_ip=UNKNOWN)  # type: ignore[arg-type]
    assert follow(world).disposition is Disposition.NOT_BY_ENDPOINT


@pytest.mark.parametrize(
    "kind",
    [TargetKind.TRANSIT_GATEWAY, TargetKind.PEERING, TargetKind.VPC_ENDPOINT, TargetKind.CLOUD_WAN],
)
def test_a_hub_cannot_be_told(kind: TargetKind) -> None:
    """Interface endpoints of another VPC may be shared through it, gateway endpoints not (facts B15, B16)."""
    world = World()
    world.service(world.subnet("private", "10.0.1.0/24", world.table("private-table", to=kind)))
    assert follow(world).disposition is Disposition.CANNOT_TELL
    reason = follow(world).by_endpoint.truth
    assert str(reason).startswith("what lies behind hub is outside the repository that is scanned")


def test_a_gateway_endpoint_of_a_peered_vpc_does_not_serve() -> None:
    """Gateway endpoints are not reached from other networks, whatever route leads there (facts B15)."""
    world = isolated("logs")
    world.vpc("peer")
    world.gateway("s3", "peer#main", vpc="peer")
    table = world.tables["private-table"]
    peering = world.route(TargetKind.PEERING, "peering", "10.1.0.0/16")
    world.tables["private-table"] = replace(table, routes=Listing((*table.routes, peering)))
    assert follow(world, "s3").disposition is Disposition.NO_ROUTE
    assert sentences(world, "s3")[0] == [
        "vpc has no such endpoint; endpoints looked at: endpoint logs (logs); in other VPCs: s3 gateway (s3)"
    ]


@pytest.mark.parametrize("network", [isolated, behind_nat])
def test_what_goes_to_a_proxy_of_the_instances_cannot_be_told(network: Callable[..., World]) -> None:
    """Facts B20: neither the endpoint nor the NAT gateway gets it, and the proxy is not in these files."""
    world = network("logs")
    launch = world.ec2("private")
    (one,) = launch.instances
    script = Script(source("template"), "echo HTTP_PROXY=10.0.5.10:3128 >> /etc/ecs/ecs.config")
    world.workloads = []
    world.service("private", launch=replace(launch, instances=Listing((replace(one, start_up=(script,)),))))
    for service in ("logs", "s3"):
        assert follow(world, service).disposition is Disposition.CANNOT_TELL
    for operator, attribute in (("ecs_starts", ""), ("ecs_reaches_by_endpoint", "logs")):
        (verdict,) = OPERATORS[operator](world.estate(), attribute, {}, Settings())
        assert (verdict.outcome, verdict.cause) == (
            Outcome.UNKNOWN,
            "private: what lies behind the proxy of asg",
        )
        told = [step.text for step in verdict.evidence]
        assert "the start-up of asg sets a proxy for what the instance calls" in told


def test_a_shared_subnet_has_the_endpoints_of_its_owner() -> None:
    """Facts B18: the VPC is in another account, and in none of these files."""
    world = World()
    world.service(world.subnet("shared", "10.0.1.0/24", world.table("shared-table"), vpc=UNKNOWN))
    assert follow(world).disposition is Disposition.CANNOT_TELL
    assert sentences(world)[0] == ["the VPC of shared, and so its endpoints, are not known"]


@pytest.mark.parametrize(
    ("network", "expected"), [(isolated, Disposition.CANNOT_TELL), (behind_nat, Disposition.CANNOT_TELL)]
)
def test_a_route_of_its_own_for_a_service_cannot_be_told(
    network: Callable[..., World], expected: Disposition
) -> None:
    """It is longer than the default route; what is behind it is not in these files (facts B13)."""
    world = network()
    hub = replace(world.route(TargetKind.TRANSIT_GATEWAY, "hub"), destination=PrefixListOf("s3"))
    table = world.tables["private-table"]
    world.tables["private-table"] = replace(table, routes=Listing((*table.routes, hub)))
    assert follow(world, "s3").disposition is expected
    assert sentences(world, "s3")[0][-1] == "a route leads to the prefix list of s3"
    assert follow(world, "logs").disposition is not expected
    world.gateway("s3", "private-table")
    assert follow(world, "s3").disposition is Disposition.THROUGH_ENDPOINT


@pytest.mark.parametrize("kind", [DnsKind.ZONE, DnsKind.PROFILE, DnsKind.RESOLVER_RULE])
def test_a_name_that_something_else_may_answer_cannot_be_told(kind: DnsKind) -> None:
    world = isolated("logs")
    world.change_endpoint("logs", private_dns=False)
    world.dns.append(DnsInfluence(id="dns", source=source("dns"), kind=kind, vpc="vpc"))
    assert follow(world).disposition is Disposition.CANNOT_TELL
    assert sentences(world)[0] == [
        "endpoint logs: private DNS is off",
        "dns may answer the name of the service",
    ]


def test_a_zone_may_be_in_the_vpc_of_an_endpoint_of_which_that_is_not_known() -> None:
    """An S3 interface endpoint that the name leads to takes the traffic from the gateway (facts A.4, B16)."""
    world = isolated("s3")
    world.gateway("s3", "private-table")
    world.change_endpoint("s3", private_dns=False, vpc=UNKNOWN)
    world.change_endpoint("s3 gateway", vpc=UNKNOWN)
    assert follow(world, "s3").disposition is Disposition.THROUGH_ENDPOINT
    world.dns.append(DnsInfluence(id="dns", source=source("dns"), kind=DnsKind.ZONE, vpc="vpc"))
    assert follow(world, "s3").disposition is Disposition.CANNOT_TELL


def test_a_registry_outside_aws_has_no_endpoint() -> None:
    """Facts A3: ``ecr-public.api`` is for calls of the API, and no image of Amazon ECR Public comes by it."""
    world = World()
    world.service(world.isolated(), task=world.task(pulling(Registry.PUBLIC_ECR)))
    world.interface("ecr-public.api", "private")
    assert follow(world, INTERNET).disposition is Disposition.NO_ROUTE
    world = World()
    world.service(world.behind_nat(), task=world.task(pulling(Registry.OTHER)))
    assert follow(world, INTERNET).disposition is Disposition.THROUGH_NAT


def test_the_details_of_both_policies_say_it() -> None:
    world = World()
    world.service("public", world.isolated(), name="api")
    (verdict,) = OPERATORS["ecs_starts"](world.estate(), "", {}, Settings())
    assert verdict.details[0] == (
        "no path to Amazon ECR API (registry login) from private (lost: no route leads to the service), "
        "public (lost: it has no public address at the internet gateway); ECS will report: "
        "ResourceInitializationError: unable to pull secrets or registry auth"
    )
    world = behind_nat()
    (verdict,) = OPERATORS["ecs_reaches_by_endpoint"](world.estate(), "logs", {}, Settings())
    assert verdict.details[0] == (
        "Amazon CloudWatch Logs is not reached through a VPC endpoint from private: "
        "its traffic is sent through NAT"
    )


def test_what_an_endpoint_saves_is_said_where_a_nat_gateway_gets_the_traffic_of_this_region() -> None:
    def prices(world: World, service: str) -> list[str]:
        (verdict,) = OPERATORS["ecs_reaches_by_endpoint"](world.estate(), service, {}, Settings())
        return [detail for detail in verdict.details if "$" in detail]

    world = behind_nat("logs")
    world.group("logs door", ingress=())
    assert len(prices(world, "s3")) == 1
    assert prices(world, "logs") == []  # lost at the endpoint
    world.workloads = []
    world.service("private", task=world.task(private_ecr(region="us-east-1")))
    assert prices(world, "s3") == []  # a gateway endpoint does not serve another region


def test_every_disposition_is_reached_somewhere_above() -> None:
    text = pathlib.Path(__file__).read_text(encoding="utf-8")
    assert [one.name for one in Disposition if f"Disposition.{one.name}\n" not in text] == []
