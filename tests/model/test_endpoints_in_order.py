"""Policies on endpoints: which are judged, for which uses, and what of them is in order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.worlds import UNKNOWN, World, private_ecr, pulling, rule, source

from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import (
    DnsInfluence,
    DnsKind,
    EndpointType,
    GroupMembers,
    TargetKind,
    Zone,
)
from checkov_ecs_endpoints.model.own import OWN_ACCOUNT
from checkov_ecs_endpoints.model.workloads import Capacity, Launch, Registry
from checkov_ecs_endpoints.results import Outcome, Verdict
from checkov_ecs_endpoints.rules.registry import OPERATORS
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Truth, Unknown, Value, Why

PASSED, FAILED, UNDECIDED = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN
NAMES = "ecs_endpoint_private_dns_on"
DOORS = "ecs_endpoint_groups_admit"
TABLES = "ecs_gateway_endpoint_on_tables"
ZONES = "ecs_endpoint_in_every_zone"
NARROWS = "ecs_endpoint_policy_narrows"
ALLOWS = "ecs_endpoint_policy_allows"
ALL = (NAMES, DOORS, TABLES, ZONES, NARROWS, ALLOWS)


def verdicts(world: World, operator: str) -> dict[str, Verdict]:
    return {one.resource: one for one in OPERATORS[operator](world.estate(), "", {}, Settings())}


def outcome(world: World, operator: str, endpoint: str = "logs") -> Outcome | None:
    found = verdicts(world, operator).get(endpoint)
    return found.outcome if found else None


def served() -> World:
    """An isolated service for which all is right, but for the policies of its endpoints."""
    world = World()
    world.service(world.isolated())
    world.all_endpoints()
    return world


def statement(**fields: Value) -> Value:
    return {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", **fields}


def test_an_endpoint_is_judged_once_by_each_policy_that_is_about_it() -> None:
    world = served()
    interfaces = {"ecr.api", "ecr.dkr", "logs"}
    for operator in (NAMES, DOORS, ZONES):
        assert verdicts(world, operator).keys() == interfaces
    for operator in (NARROWS, ALLOWS):
        assert verdicts(world, operator).keys() == interfaces | {"s3 gateway"}
    assert verdicts(world, TABLES).keys() == {"s3 gateway"}


# Who needs an endpoint


def test_an_endpoint_that_no_private_workload_needs_gives_no_record() -> None:
    world = served()
    world.interface("sqs", "private", private_dns=False)
    world.vpc("other")
    world.interface("logs", "private")
    world.endpoints["elsewhere"] = replace(world.endpoints["logs"], id="elsewhere", vpc="other")
    world.workloads = []
    world.service("public", public_ip=True)
    for operator in ALL:
        assert verdicts(world, operator) == {}


def test_facts_b2_a_gateway_endpoint_for_a_service_that_has_none_serves_nothing() -> None:
    """The type is Gateway where none is given: for ecr.dkr it is the type that is wrong, not its tables."""
    world = served()
    world.change_endpoint("ecr.dkr", type=EndpointType.GATEWAY, tables=Listing(("private-table",)))
    assert outcome(world, TABLES, "ecr.dkr") is None
    (verdict,) = OPERATORS["ecs_reaches_by_endpoint"](world.estate(), "ecr.dkr", {}, Settings())
    assert verdict.outcome is FAILED
    assert verdict.cause == "endpoint ecr.dkr: its type is Gateway, which ecr.dkr does not have"


def test_an_endpoint_in_another_vpc_gives_no_record() -> None:
    """Facts B1, trap 12: it serves the workloads of its own VPC alone."""
    world = served()
    world.vpc("other")
    world.change_endpoint("logs", vpc="other")
    assert [outcome(world, operator) for operator in ALL] == [None] * len(ALL)


def test_an_endpoint_of_an_unknown_vpc_may_be_the_one_that_is_used() -> None:
    world = served()
    world.change_endpoint("logs", vpc=UNKNOWN, private_dns=False, groups=Listing())
    assert [outcome(world, operator) for operator in (NAMES, DOORS, NARROWS)] == [UNDECIDED] * 3


def test_workloads_in_unknown_subnets_may_use_it() -> None:
    world = served()
    world.workloads = []
    world.service(UNKNOWN)
    assert outcome(world, NAMES) is PASSED  # whoever uses it: its name is right
    assert outcome(world, DOORS) is UNDECIDED
    assert outcome(world, ZONES) is UNDECIDED
    assert outcome(world, TABLES, "s3 gateway") is UNDECIDED
    assert outcome(world, NARROWS) is UNDECIDED
    assert outcome(world, ALLOWS) is PASSED


def test_workloads_known_to_be_in_another_vpc_do_not() -> None:
    world = served()
    world.vpc("other")
    world.workloads = []
    world.service(UNKNOWN, world.subnet("there", "10.0.9.0/24", vpc="other"))
    assert [outcome(world, operator) for operator in ALL] == [None] * len(ALL)


def test_an_endpoint_of_another_region_is_not_used() -> None:
    """Facts A.5, trap 16."""
    world = served()
    world.change_endpoint("ecr.api", region="us-east-1", private_dns=False)
    assert outcome(world, NAMES, "ecr.api") is None


def test_an_endpoint_for_the_host_names_of_fips_may_not_be_used() -> None:
    """Facts A.3."""
    world = served()
    world.change_endpoint("logs", fips=True, private_dns=False)
    assert outcome(world, NAMES) is UNDECIDED


def test_an_endpoint_that_may_not_exist_is_judged_for_when_it_does() -> None:
    world = served()
    world.change_endpoint("logs", exists=UNKNOWN, private_dns=False)
    verdict = verdicts(world, NAMES)["logs"]
    assert verdict.outcome is FAILED
    assert verdict.details[-1] == "it may not exist: var.mystery is a variable or parameter without a value"


def test_workloads_behind_the_same_gap_are_counted() -> None:
    world = served()
    world.service("private", name="second")
    world.service("private", name="third")
    world.change_endpoint("logs", private_dns=False)
    verdict = verdicts(world, NAMES)["logs"]
    assert verdict.details == ("service needs logs from private", "so do 2 more workloads")


def test_a_workload_that_may_not_need_it_decides_nothing() -> None:
    world = World()
    world.service(world.isolated(), task=world.task(pulling(UNKNOWN)))
    world.interface("ecr.api", "private", private_dns=False)
    assert outcome(world, NAMES, "ecr.api") is UNDECIDED


def test_a_subnet_that_may_be_public_decides_nothing() -> None:
    world = served()
    route = replace(world.route(TargetKind.INTERNET_GATEWAY, "igw"), exists=UNKNOWN)
    world.tables["private-table"] = replace(world.tables["private-table"], routes=Listing((route,)))
    world.change_endpoint("logs", private_dns=False)
    assert outcome(world, NAMES) is UNDECIDED


# Another endpoint that serves instead


@pytest.mark.parametrize(("private_dns", "expected"), [(False, None), (True, PASSED)])
def test_an_s3_interface_endpoint_beside_a_gateway_that_serves(
    private_dns: bool, expected: Outcome | None
) -> None:
    """Facts A.4: without private DNS, or with it for on-premises networks, the gateway gets the traffic."""
    world = served()
    world.interface("s3", "private", private_dns=private_dns)
    world.change_endpoint("s3", groups=Listing())
    assert outcome(world, NAMES, "s3") is expected
    assert outcome(world, DOORS, "s3") is (FAILED if private_dns else None)
    world.change_endpoint("s3", private_dns_only_inbound=True)
    assert outcome(world, DOORS, "s3") is None


def test_an_s3_interface_endpoint_beside_a_gateway_that_does_not_serve() -> None:
    world = served()
    world.gateway("s3", "public-table")
    world.interface("s3", "private", private_dns=False)
    assert outcome(world, NAMES, "s3") is FAILED
    assert outcome(world, TABLES, "s3 gateway") is FAILED


def test_a_second_endpoint_of_the_service_without_private_dns() -> None:
    """Only one endpoint of a VPC can answer the name; another is for those who name it."""
    world = served()
    world.endpoints["second"] = replace(world.endpoints["logs"], id="second", private_dns=False)
    assert outcome(world, NAMES) is PASSED
    assert outcome(world, NAMES, "second") is None


# ECSNET_201


@pytest.mark.parametrize(
    ("private_dns", "support", "hostnames", "expected"),
    [
        (True, True, True, PASSED),
        (False, True, True, FAILED),
        (True, False, True, FAILED),
        (True, True, False, FAILED),
        (UNKNOWN, True, True, UNDECIDED),
        (True, UNKNOWN, True, UNDECIDED),
        (True, True, UNKNOWN, UNDECIDED),
        (UNKNOWN, True, False, FAILED),
    ],
)
def test_private_names(private_dns: Truth, support: Truth, hostnames: Truth, expected: Outcome) -> None:
    """Facts B3 and B4."""
    world = served()
    world.change_endpoint("logs", private_dns=private_dns)
    world.vpcs["vpc"] = replace(world.vpcs["vpc"], dns_support=support, dns_hostnames=hostnames)
    assert outcome(world, NAMES) is expected


def test_dns_attributes_of_the_vpc_are_one_cause_for_all_its_endpoints() -> None:
    world = served()
    world.vpc("vpc", hostnames=False)
    causes = {one.cause for one in verdicts(world, NAMES).values()}
    assert causes == {"vpc: DNS host names are off; private DNS of endpoints needs them"}


@pytest.mark.parametrize(
    ("kind", "domain", "expected"),
    [
        (DnsKind.ZONE, "logs.eu-west-1.amazonaws.com", UNDECIDED),
        (DnsKind.ZONE, "sqs.eu-west-1.amazonaws.com", FAILED),
        (DnsKind.ZONE, UNKNOWN, UNDECIDED),
        (DnsKind.PROFILE, "", UNDECIDED),
        (DnsKind.RESOLVER_RULE, "amazonaws.com", UNDECIDED),
        (DnsKind.FIREWALL, "", FAILED),
    ],
)
def test_private_dns_off_beside_what_may_answer_instead(
    kind: DnsKind, domain: str | Unknown, expected: Outcome
) -> None:
    """Facts B16: so the endpoints of a hub are built."""
    world = served()
    world.change_endpoint("logs", private_dns=False)
    world.dns.append(DnsInfluence(id="dns", source=source("dns"), kind=kind, vpc="vpc", domain=domain))
    assert outcome(world, NAMES) is expected


@pytest.mark.parametrize(
    ("service", "domain", "expected"),
    [
        ("ecs-agent", "ecs-a.eu-west-1.amazonaws.com", UNDECIDED),
        ("ecs-agent", "ecs-agent.eu-west-1.amazonaws.com", FAILED),
        ("ecs-telemetry", "ecs-t.eu-west-1.amazonaws.com", UNDECIDED),
        ("ecr.dkr", "dkr.ecr.eu-west-1.amazonaws.com", UNDECIDED),
        ("ecr.dkr", "ecr.dkr.eu-west-1.amazonaws.com", FAILED),
    ],
)
def test_zones_are_named_after_hosts_not_after_services(service: str, domain: str, expected: Outcome) -> None:
    """Facts B17."""
    world = World()
    world.isolated()
    world.service(launch=world.ec2("private"), task=world.task())
    world.interface(service, "private", private_dns=False)
    zone = DnsInfluence(id="dns", source=source("dns"), kind=DnsKind.ZONE, vpc="vpc", domain=domain)
    world.dns.append(zone)
    assert outcome(world, NAMES, service) is expected


def test_private_dns_off_in_a_vpc_with_resolvers_of_its_own() -> None:
    """Facts B6: they may answer the name of the service with the addresses of the endpoint."""
    world = served()
    world.change_endpoint("logs", private_dns=False)
    assert outcome(world, NAMES) is FAILED
    world.vpcs["vpc"] = replace(world.vpcs["vpc"], custom_dns=UNKNOWN)
    assert outcome(world, NAMES) is UNDECIDED


def test_private_dns_off_in_a_vpc_that_something_else_knows() -> None:
    world = served()
    world.vpc("vpc", handed_over=Unknown(Why.MODULE, "module.dns"))
    assert outcome(world, NAMES) is PASSED
    world.change_endpoint("logs", private_dns=False)
    assert outcome(world, NAMES) is UNDECIDED
    world.vpc("vpc", hostnames=False, handed_over=Unknown(Why.MODULE, "module.dns"))
    world.change_endpoint("logs", private_dns=True)
    assert outcome(world, NAMES) is FAILED  # that is an attribute of the VPC itself


# ECSNET_202


def test_the_default_group_admits_its_own_members_alone() -> None:
    """Facts B9, trap 18."""
    world = served()
    world.change_endpoint("logs", groups=Listing())
    verdict = verdicts(world, DOORS)["logs"]
    assert verdict.outcome is FAILED
    assert (
        verdict.cause
        == "vpc default group (the VPC's default group, since none is given): no TCP 443 in from the workload"
    )
    assert [step.text for step in verdict.evidence][2:] == [
        "endpoint logs has vpc default group (the VPC's default group, since none is given)",
        "vpc default group has no rule that lets TCP 443 in to endpoint logs from tasks in private",
    ]
    world.workloads = []
    world.service("private", groups=())
    assert outcome(world, DOORS) is PASSED


def test_what_the_tasks_let_out_is_not_a_matter_of_the_endpoint() -> None:
    world = served()
    world.group("tasks", egress=())
    assert outcome(world, DOORS) is PASSED


def test_a_group_of_another_vpc_that_is_associated_with_this_one() -> None:
    """``aws_vpc_security_group_vpc_association``: a group may be used in several VPCs of a region."""
    world = served()
    world.vpc("other")
    world.group("shared", ingress=(rule(GroupMembers("tasks"), (443, 443), "tcp"),), vpc="other")
    world.change_endpoint("logs", groups=Listing(("shared",)))
    assert outcome(world, DOORS) is PASSED


def test_trap_3_the_instances_are_admitted_not_the_tasks() -> None:
    world = World()
    world.isolated()
    world.group("instances")
    world.service("private", launch=world.ec2("private", groups=("instances",)))
    world.interface("ecr.api", "private")
    for member, expected in (("tasks", FAILED), ("instances", PASSED)):
        world.group("ecr.api door", ingress=(rule(GroupMembers(member), (443, 443), "tcp"),))
        assert outcome(world, DOORS, "ecr.api") is expected


def test_one_workload_that_is_not_admitted_decides() -> None:
    world = served()
    world.group("others")
    world.group("logs door", ingress=(rule(GroupMembers("tasks"), (443, 443), "tcp"),))
    world.service("private", groups=("others",), name="second")
    verdict = verdicts(world, DOORS)["logs"]
    assert (verdict.outcome, verdict.workload) == (FAILED, "second")


@pytest.mark.parametrize(
    "groups", [Listing((UNKNOWN,)), Listing(("logs door", UNKNOWN)), Listing((), UNKNOWN)]
)
def test_groups_that_are_not_known(groups: Listing[str | Unknown]) -> None:
    world = served()
    world.group("logs door")
    world.change_endpoint("logs", groups=groups)
    assert outcome(world, DOORS) is UNDECIDED


# ECSNET_203


def test_a_gateway_endpoint_on_the_main_table() -> None:
    """Facts B12: a subnet without an association uses the main table of its VPC."""
    world = World()
    world.service(world.subnet("private", "10.0.1.0/24"))
    world.gateway("s3", "vpc#main")
    assert outcome(world, TABLES, "s3 gateway") is PASSED
    world.gateway("s3", "public-table")
    verdict = verdicts(world, TABLES)["s3 gateway"]
    assert (verdict.outcome, verdict.cause) == (
        FAILED,
        "s3 gateway: not on vpc main table, the route table of private",
    )


# ECSNET_204


LIST = "data.aws_availability_zones.all.names"


@pytest.mark.parametrize(
    ("interface", "task", "expected"),
    [
        (Zone(name="eu-west-1a"), Zone(name="eu-west-1a"), PASSED),
        (Zone(name="eu-west-1a"), Zone(name="eu-west-1b"), FAILED),
        (Zone(listing=LIST, index=0), Zone(listing=LIST, index=0), PASSED),
        (Zone(listing=LIST, index=0), Zone(listing=LIST, index=1), FAILED),
        (Zone(listing=LIST, index=0), Zone(name="eu-west-1a"), UNDECIDED),
        (Zone(listing=LIST, index=0), Zone(listing="Fn::GetAZs", index=1), UNDECIDED),
        (Zone(given=UNKNOWN), Zone(given=UNKNOWN), PASSED),
        (Zone(given=UNKNOWN), Zone(name="eu-west-1a"), UNDECIDED),
        (UNKNOWN, Zone(name="eu-west-1a"), UNDECIDED),
        (Zone(name="eu-west-1a"), UNKNOWN, UNDECIDED),
        (UNKNOWN, UNKNOWN, UNDECIDED),
    ],
)
def test_zones(interface: Zone | Unknown, task: Zone | Unknown, expected: Outcome) -> None:
    """Trap 4, facts B8: a zone without an interface costs and fails, but is served."""
    world = served()
    world.subnet("doors", "10.0.7.0/24")
    world.subnets["doors"] = replace(world.subnets["doors"], zone=interface)
    world.subnets["private"] = replace(world.subnets["private"], zone=task)
    world.change_endpoint("logs", subnets=Listing(("doors",)))
    assert outcome(world, ZONES) is expected
    (starts,) = OPERATORS["ecs_starts"](world.estate(), "", {}, Settings())
    assert starts.outcome is PASSED


def test_the_very_subnet_is_in_the_same_zone_whichever_that_is() -> None:
    world = served()
    world.subnets["private"] = replace(world.subnets["private"], zone=UNKNOWN)
    assert outcome(world, ZONES) is PASSED


def test_one_zone_without_an_interface_decides() -> None:
    world = served()
    world.subnet("second", "10.0.2.0/24", "private-table", zone="b")
    world.workloads = []
    world.service("private", "second", UNKNOWN)
    verdict = verdicts(world, ZONES)["logs"]
    assert (verdict.outcome, verdict.cause) == (
        FAILED,
        "second: its Availability Zone has no interface of the endpoint",
    )
    assert [step.text for step in verdict.evidence][2:] == [
        "second is in Availability Zone b",
        "endpoint logs has interfaces in private",
    ]


def test_an_endpoint_without_subnets_has_no_interface_anywhere() -> None:
    """Facts B7."""
    world = served()
    world.change_endpoint("logs", subnets=Listing())
    assert outcome(world, ZONES) is FAILED
    world.change_endpoint("logs", subnets=Listing((), UNKNOWN))
    assert outcome(world, ZONES) is UNDECIDED


# ECSNET_205 and 206


@pytest.mark.parametrize(
    ("policy", "narrows", "allows"),
    [
        (None, FAILED, PASSED),
        ({"Statement": [statement()]}, FAILED, PASSED),
        ({"Statement": [statement(Action="logs:*")]}, FAILED, PASSED),
        ({"Statement": [statement(Action=["logs:CreateLogStream", "logs:PutLogEvents"])]}, PASSED, PASSED),
        ({"Statement": [statement(Action="logs:PutLogEvents")]}, PASSED, FAILED),
        ({"Statement": [statement(Principal={"AWS": OWN_ACCOUNT})]}, PASSED, PASSED),
        ({"Statement": [statement(Resource="arn:aws:logs:eu-west-1:111122223333:*")]}, PASSED, UNDECIDED),
        (UNKNOWN, UNDECIDED, UNDECIDED),
    ],
)
def test_policies(policy: Value, narrows: Outcome, allows: Outcome) -> None:
    """Facts B14."""
    world = served()
    world.change_endpoint("logs", policy=policy)
    assert (outcome(world, NARROWS), outcome(world, ALLOWS)) == (narrows, allows)


@pytest.mark.parametrize(
    ("operator", "endpoint", "change", "cause"),
    [
        (
            TABLES,
            "s3 gateway",
            {"tables": Listing((), UNKNOWN)},
            "s3 gateway: not known to be on private-table, ",
        ),
        (
            ZONES,
            "logs",
            {"subnets": Listing((), UNKNOWN)},
            "private: its Availability Zone may have no interface",
        ),
        (NARROWS, "logs", {"policy": UNKNOWN}, "endpoint logs: its policy is not known"),
        (ALLOWS, "logs", {"policy": UNKNOWN}, "endpoint logs: its policy is not known to allow logs:Create"),
    ],
)
def test_the_cause_of_what_is_undecided_asserts_nothing(
    operator: str, endpoint: str, change: dict[str, Any], cause: str
) -> None:
    world = served()
    world.change_endpoint(endpoint, **change)
    verdict = verdicts(world, operator)[endpoint]
    assert verdict.outcome is UNDECIDED
    assert verdict.cause.startswith(cause)


@pytest.mark.parametrize("service", ["ecs-agent", "ecs-telemetry"])
def test_endpoints_that_take_no_policy(service: str) -> None:
    """Facts B14."""
    world = World()
    world.isolated()
    world.service(
        launch=Launch(capacity=Capacity.EC2, source=source("asg"), instances=World.ec2("private").instances)
    )
    world.interface(service, "private")
    world.interface("ecs", "private")
    assert verdicts(world, NARROWS).keys() == {"ecs"}


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("*", PASSED),
        ("arn:aws:ecs:eu-west-1:*:cluster/*", PASSED),
        ("arn:aws:ecs:eu-west-1:111122223333:cluster/main", UNDECIDED),
        ("arn:aws:ecs:us-east-1:*:cluster/*", FAILED),
    ],
)
def test_container_instances_register_with_a_cluster(resource: str, expected: Outcome) -> None:
    """https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html."""
    world = World()
    world.isolated()
    world.service(launch=World.ec2("private"))
    world.interface("ecs", "private")
    world.change_endpoint("ecs", policy={"Statement": [statement(Resource=resource)]})
    assert outcome(world, ALLOWS, "ecs") is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"StringEquals": {"aws:PrincipalAccount": OWN_ACCOUNT}}, FAILED),
        ({"StringEquals": {"aws:ResourceAccount": OWN_ACCOUNT}}, FAILED),
        ({"StringEquals": {"aws:PrincipalAccount": "111122223333"}}, UNDECIDED),
        (None, PASSED),
    ],
)
def test_trap_14_conditions_on_accounts_cut_the_layers_off(condition: Value, expected: Outcome) -> None:
    world = served()
    world.change_endpoint("s3 gateway", policy={"Statement": [statement(Condition=condition)]})
    assert outcome(world, ALLOWS, "s3 gateway") is expected
    layers = statement(Action="s3:GetObject", Resource="arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*")
    world.change_endpoint("s3 gateway", policy={"Statement": [statement(Condition=condition), layers]})
    assert outcome(world, ALLOWS, "s3 gateway") is PASSED


def test_image_layers_of_other_registries_ask_nothing_of_s3() -> None:
    world = served()
    world.workloads = []
    world.service("private", task=world.task(pulling(Registry.OTHER)))
    assert outcome(world, ALLOWS, "s3 gateway") is None
    world.service("private", task=world.task(private_ecr()), name="second")
    assert outcome(world, ALLOWS, "s3 gateway") is PASSED
