"""Whole paths: what a workload in a built network reaches, and the chain that shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from support.worlds import ANYWHERE, UNKNOWN, World, private_ecr, pulling, rule, source

from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import (
    AclEntry,
    Cidr,
    CustomerPrefixList,
    DnsInfluence,
    DnsKind,
    GroupMembers,
    NetworkAcl,
    PrefixListOf,
    TargetKind,
)
from checkov_ecs_endpoints.model.permissions import Concerned, Permission, Role
from checkov_ecs_endpoints.model.workloads import ExecSettings, Logging, NetworkMode, Registry
from checkov_ecs_endpoints.results import Outcome, Verdict
from checkov_ecs_endpoints.rules.registry import OPERATORS
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Truth, Unknown, Value, Why

FOUR = ("ecr.api", "ecr.dkr", "s3", "logs")
PASSED, FAILED, UNDECIDED = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN


def ask(
    world: World, operator: str, attribute: str = "", parameters: Mapping[str, object] | None = None
) -> list[Verdict]:
    return list(OPERATORS[operator](world.estate(), attribute, parameters or {}, Settings()))


def starts(world: World) -> Verdict:
    (verdict,) = ask(world, "ecs_starts")
    return verdict


def endpoint_outcomes(world: World) -> dict[str, Outcome]:
    return {
        service: verdict.outcome
        for service in FOUR
        for verdict in ask(world, "ecs_reaches_by_endpoint", service)
    }


def sentences(verdict: Verdict) -> list[str]:
    return [step.text for step in verdict.evidence]


def test_isolated_without_endpoints_cannot_start_and_says_the_whole_chain() -> None:
    world = World()
    world.service(world.isolated())
    verdict = starts(world)
    assert verdict.outcome is FAILED
    assert verdict.cause == "vpc: no interface endpoint for ecr.api"
    chain = [
        'container "app" pulls 111122223333.dkr.ecr.eu-west-1.amazonaws.com/app:1 from private Amazon ECR',
        "service is in subnet private",
        "vpc has no such endpoint; it has no endpoint at all",
        "private is associated with route table private-table",
        "it has no default route (routes: none but the local one)",
    ]
    assert sentences(verdict)[:5] == chain
    assert [detail.split(" from ")[0] for detail in verdict.details] == [
        "no path to Amazon ECR API (registry login)",
        "no path to Amazon ECR registry (image manifests)",
        "no path to Amazon CloudWatch Logs",
        "no path to Amazon S3",
    ]
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, FAILED)


def test_behind_nat_starts_but_not_through_endpoints() -> None:
    world = World()
    world.service(world.behind_nat())
    assert starts(world).outcome is PASSED
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, FAILED)
    (verdict,) = ask(world, "ecs_reaches_by_endpoint", "ecr.dkr")
    assert "its route 0.0.0.0/0 goes to NAT gateway nat" in sentences(verdict)


def test_all_endpoints_serve_an_isolated_service() -> None:
    world = World()
    world.service(world.isolated())
    world.all_endpoints()
    assert starts(world).outcome is PASSED
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, PASSED)


def test_public_service_has_no_endpoint_records() -> None:
    world = World()
    world.service("public", public_ip=True)
    assert starts(world).outcome is PASSED
    assert endpoint_outcomes(world) == {}


def test_public_subnet_without_public_address_cannot_start() -> None:
    world = World()
    world.service("public")
    verdict = starts(world)
    assert verdict.outcome is FAILED
    assert "it gets no public address, so the internet gateway drops its traffic" in sentences(verdict)


def no_route_to_igw(world: World) -> None:
    world.subnets["public"] = replace(world.subnets["public"])
    world.associations = [a for a in world.associations if a.subnet != "public"]


def private_nat(world: World) -> None:
    world.nat(public=False)


@pytest.mark.parametrize("spoil", [no_route_to_igw, private_nat])
def test_a_nat_gateway_that_is_no_way_out(spoil: Callable[[World], None]) -> None:
    world = World()
    world.service(world.behind_nat())
    spoil(world)
    assert starts(world).outcome is FAILED


def private_dns_off(world: World) -> None:
    world.change_endpoint("logs", private_dns=False)


def dns_hostnames_off(world: World) -> None:
    world.vpc("vpc", hostnames=False)


def other_vpc(world: World) -> None:
    world.vpc("other")
    world.change_endpoint("logs", vpc="other")


def door_shut(world: World) -> None:
    world.group("logs door", ingress=(rule("192.168.0.0/16", (443, 443), "tcp"),))


def door_on_other_port(world: World) -> None:
    world.group("logs door", ingress=(rule("10.0.0.0/16", (80, 80), "tcp"),))


def default_group_of_the_vpc(world: World) -> None:
    world.change_endpoint("logs", groups=Listing())


def no_subnets(world: World) -> None:
    world.change_endpoint("logs", subnets=Listing())


def removed(world: World) -> None:
    del world.endpoints["logs"]


def policy_denies(world: World) -> None:
    world.change_endpoint("logs", policy={"Statement": [{"Effect": "Deny", "Action": "*", "Resource": "*"}]})


def acl_denies(world: World) -> None:
    world.change_endpoint("logs", subnets=Listing((world.subnet("doors", "10.0.5.0/24"),)))
    entries = tuple(
        AclEntry(
            source=source("acl"),
            number=100,
            egress=egress,
            allow=egress,
            protocol="-1",
            block=Cidr(ANYWHERE),
            ports=None,
        )
        for egress in (True, False)
    )
    world.acls["acl"] = NetworkAcl(
        id="acl", source=source("acl"), vpc="vpc", subnets=Listing(("private",)), entries=Listing(entries)
    )


BREAKERS = [
    private_dns_off,
    dns_hostnames_off,
    other_vpc,
    door_shut,
    door_on_other_port,
    default_group_of_the_vpc,
    no_subnets,
    removed,
    policy_denies,
    acl_denies,
]


@pytest.mark.parametrize("over_ipv4", [False, UNKNOWN])
def test_an_endpoint_for_ipv6_alone_leaves_tasks_with_ipv4_addresses_undecided(over_ipv4: Truth) -> None:
    """Facts A.6: what a name that has IPv6 records alone is answered with over IPv4 is not documented."""
    world = World()
    world.service(world.isolated())
    world.all_endpoints()
    world.change_endpoint("logs", over_ipv4=over_ipv4)
    (verdict,) = ask(world, "ecs_reaches_by_endpoint", "logs")
    assert (verdict.outcome, starts(world).outcome) == (UNDECIDED, UNDECIDED)


def test_a_group_without_egress_is_one_cause_for_all_that_it_keeps_from_being_reached() -> None:
    world = World()
    world.service(world.isolated())
    world.all_endpoints()
    world.group("tasks", egress=(rule("0.0.0.0/0", (80, 80), "tcp"),))
    verdicts = [
        *ask(world, "ecs_starts"),
        *(
            verdict
            for name in ("ecr.api", "s3", "logs")
            for verdict in ask(world, "ecs_reaches_by_endpoint", name)
        ),
    ]
    assert {verdict.cause for verdict in verdicts} == {"tasks: no egress on TCP 443"}
    world.group("tasks", egress=(rule("192.168.0.0/16", (443, 443), "tcp"),))
    (verdict,) = ask(world, "ecs_reaches_by_endpoint", "logs")
    assert verdict.cause == "tasks: no egress on TCP 443 to endpoint logs"


@pytest.mark.parametrize("spoil", BREAKERS, ids=lambda f: f.__name__)
def test_trap_12_an_endpoint_that_exists_but_does_not_serve(spoil: Callable[[World], None]) -> None:
    world = World()
    world.service(world.isolated())
    world.all_endpoints()
    spoil(world)
    assert endpoint_outcomes(world)["logs"] is FAILED
    assert starts(world).outcome is FAILED


@pytest.mark.parametrize("spoil", [door_shut, default_group_of_the_vpc, policy_denies])
def test_captured_traffic_does_not_fall_back_to_nat(spoil: Callable[[World], None]) -> None:
    world = World()
    world.service(world.behind_nat())
    world.all_endpoints()
    spoil(world)
    assert starts(world).outcome is FAILED


@pytest.mark.parametrize("spoil", [private_dns_off, removed, no_subnets])
def test_traffic_that_is_not_captured_takes_nat(spoil: Callable[[World], None]) -> None:
    world = World()
    world.service(world.behind_nat())
    world.all_endpoints()
    spoil(world)
    assert starts(world).outcome is PASSED
    assert endpoint_outcomes(world)["logs"] is FAILED


def test_group_of_the_tasks_named_by_the_door() -> None:
    world = World()
    world.service(world.isolated())
    world.all_endpoints()
    world.group("logs door", ingress=(rule(GroupMembers("tasks"), (443, 443), "tcp"),))
    assert endpoint_outcomes(world)["logs"] is PASSED


def test_trap_15_egress_to_the_vpc_only_reaches_interfaces_but_not_the_s3_gateway() -> None:
    world = World()
    world.service(world.isolated())
    world.all_endpoints()
    world.group("tasks", egress=(rule("10.0.0.0/16", (443, 443), "tcp"),))
    assert endpoint_outcomes(world) == {**dict.fromkeys(FOUR, PASSED), "s3": FAILED}
    world.group("tasks", egress=(rule("10.0.0.0/16"), rule(PrefixListOf("s3"), (443, 443), "tcp")))
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, PASSED)


def test_trap_13_an_s3_interface_endpoint_is_not_decided_for_image_layers() -> None:
    world = World()
    world.service(world.isolated())
    world.all_endpoints()
    del world.endpoints["s3 gateway"]
    world.interface("s3", "private")
    assert endpoint_outcomes(world) == {**dict.fromkeys(FOUR, PASSED), "s3": UNDECIDED}
    assert starts(world).outcome is UNDECIDED


def test_trap_12_a_gateway_on_another_table() -> None:
    world = World()
    world.service(world.isolated())
    world.all_endpoints(table="public-table")
    assert endpoint_outcomes(world)["s3"] is FAILED
    (verdict,) = ask(world, "ecs_gateway_endpoint_on_tables")
    assert (verdict.outcome, verdict.resource, verdict.workload) == (FAILED, "s3 gateway", "service")
    assert verdict.cause == "s3 gateway: not on private-table, the route table of private"
    world.gateway("s3", "private-table", name="second")
    assert [v.outcome for v in ask(world, "ecs_gateway_endpoint_on_tables")] == [PASSED, PASSED]


def test_gateway_that_nobody_needs_gives_no_record() -> None:
    world = World()
    world.service(world.isolated(), task=world.task(pulling(Registry.OTHER)))
    world.gateway("s3", "public-table")
    assert ask(world, "ecs_gateway_endpoint_on_tables") == []


def test_trap_2_old_fargate_platform_needs_no_ecr_api() -> None:
    world = World()
    world.service(world.isolated(), platform_version="1.3.0")
    assert endpoint_outcomes(world) == {"ecr.dkr": FAILED, "s3": FAILED, "logs": FAILED}


def test_trap_17_one_public_image_makes_an_isolated_service_fail() -> None:
    world = World()
    world.service(world.isolated(), task=world.task(private_ecr(), pulling(Registry.PUBLIC_ECR)))
    world.all_endpoints()
    verdict = starts(world)
    assert verdict.outcome is FAILED
    assert verdict.cause == "private: no route to the internet"
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, PASSED)


def test_trap_22_an_image_that_is_not_known_is_undecided_only_where_it_matters() -> None:
    world = World()
    world.service(world.isolated(), task=world.task(pulling(UNKNOWN)))
    assert starts(world).outcome is UNDECIDED
    assert endpoint_outcomes(world) == {"ecr.api": UNDECIDED, "ecr.dkr": UNDECIDED, "s3": UNDECIDED}
    world = World()
    world.service(world.behind_nat(), task=world.task(pulling(UNKNOWN)))
    assert starts(world).outcome is PASSED


def test_facts_a5_pull_through_cache_needs_the_internet_once() -> None:
    world = World()
    container = private_ecr()
    cached = replace(container, image=replace(container.image, cached_from="public.ecr.aws"))
    world.service(world.isolated(), task=world.task(cached))
    world.all_endpoints()
    assert starts(world).outcome is UNDECIDED
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, PASSED)


@pytest.mark.parametrize(
    "kind",
    [TargetKind.TRANSIT_GATEWAY, TargetKind.PEERING, TargetKind.VPC_ENDPOINT, TargetKind.NETWORK_INTERFACE],
)
def test_trap_5_a_hub_is_undecided_until_there_is_an_endpoint_of_its_own(kind: TargetKind) -> None:
    world = World()
    world.service(world.subnet("private", "10.0.1.0/24", world.table("private-table", to=kind)))
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, UNDECIDED)
    assert starts(world).outcome is UNDECIDED
    world.interface("logs", "private")
    assert endpoint_outcomes(world)["logs"] is PASSED


def test_subnets_that_are_not_given_are_said_to_be_not_set() -> None:
    world = World()
    workload = world.service(world.isolated())
    assert workload.tasks is not None
    world.workloads = [replace(workload, tasks=replace(workload.tasks, subnets=Listing()))]
    verdict = starts(world)
    assert verdict.outcome is UNDECIDED
    assert str(verdict.reason) == "the subnets of service is not set in this configuration"


def test_trap_5_a_vpc_from_elsewhere_is_undecided() -> None:
    world = World()
    world.service(world.subnet("private", "10.0.1.0/24", world.table("private-table"), vpc=UNKNOWN))
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, UNDECIDED)


def test_a_vpc_that_is_handed_over_may_have_more_endpoints() -> None:
    world = World()
    world.service(world.behind_nat())
    world.vpc("vpc", handed_over=Unknown(Why.MODULE, "module.endpoints"))
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, UNDECIDED)
    assert starts(world).outcome is PASSED


def test_subnets_that_are_not_known() -> None:
    world = World()
    world.service(UNKNOWN)
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, UNDECIDED)
    verdict = starts(world)
    assert (verdict.outcome, verdict.reason) == (UNDECIDED, UNKNOWN)


def test_one_bad_subnet_decides_whatever_the_others_are() -> None:
    world = World()
    world.service(UNKNOWN, world.isolated())
    assert starts(world).outcome is FAILED
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, FAILED)


def test_trap_3_ec2_pulls_through_the_instances_not_the_tasks() -> None:
    world = World()
    private = world.behind_nat()
    world.service("public", launch=World.ec2(private))
    assert starts(world).outcome is PASSED
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, FAILED)
    world = World()
    world.service(world.isolated(), launch=World.ec2("public"))
    verdict = starts(world)
    assert verdict.outcome is FAILED
    assert "its container instance is in subnet public" in sentences(verdict)


def test_trap_1_fargate_needs_no_ecs_endpoints_but_ec2_does() -> None:
    world = World()
    world.service(world.behind_nat())
    assert ask(world, "ecs_reaches_by_endpoint", "ecs,ecs-agent,ecs-telemetry") == []
    world = World()
    world.service(world.behind_nat(), launch=World.ec2("private"))
    (verdict,) = ask(world, "ecs_reaches_by_endpoint", "ecs,ecs-agent,ecs-telemetry")
    assert verdict.outcome is FAILED


def test_network_mode_none_gives_no_record() -> None:
    world = World()
    world.service(launch=World.ec2(world.behind_nat()), task=world.task(mode=NetworkMode.NONE))
    assert ask(world, "ecs_starts") == []
    assert endpoint_outcomes(world) == {}


def test_a_workload_that_may_not_exist_is_judged_for_when_it_does() -> None:
    world = World()
    world.service(world.isolated(), exists=UNKNOWN)
    verdict = starts(world)
    assert verdict.outcome is FAILED
    assert verdict.details[-1] == "it may not exist: var.mystery is a variable or parameter without a value"
    world.all_endpoints()
    assert starts(world).outcome is PASSED


def test_a_task_definition_that_a_pipeline_replaces_counts_for_endpoints_only() -> None:
    world = World()
    world.service(world.isolated(), task_definition_ignored=True)
    assert starts(world).outcome is UNDECIDED
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, FAILED)


def test_trap_12_the_main_table_serves_subnets_without_association() -> None:
    world = World()
    world.service(world.subnet("private", "10.0.1.0/24"))
    world.all_endpoints(table="vpc#main")
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, PASSED)


def test_an_image_from_a_region_that_is_not_known_is_not_the_doing_of_the_endpoint() -> None:
    world = World()
    world.service(world.isolated(), task=world.task(private_ecr(region=UNKNOWN)))
    world.all_endpoints()
    (verdict,) = ask(world, "ecs_reaches_by_endpoint", "ecr.api")
    assert verdict.outcome is UNDECIDED
    assert verdict.cause == "endpoint ecr.api: the region that is asked for is not known"


def test_of_other_vpcs_the_endpoints_for_the_service_are_named() -> None:
    world = World()
    world.service(world.behind_nat())
    elsewhere = world.subnet(
        "elsewhere", "10.1.1.0/24", world.table("far-table", vpc=world.vpc("far")), "far"
    )
    for service in ("ecr.api", "ecr.dkr"):
        world.interface(service, elsewhere, vpc="far")
    (verdict,) = ask(world, "ecs_reaches_by_endpoint", "ecr.dkr")
    assert sentences(verdict)[-1] == (
        "vpc has no such endpoint; it has no endpoint at all; in other VPCs: endpoint ecr.dkr (ecr.dkr)"
    )


def test_trap_16_the_region_of_the_image_is_another() -> None:
    world = World()
    world.service(world.isolated(), task=world.task(private_ecr(region="us-east-1")))
    world.all_endpoints()
    assert endpoint_outcomes(world) == {**dict.fromkeys(FOUR, FAILED), "logs": PASSED}


@pytest.mark.parametrize("half", [("0.0.0.0/1", "128.0.0.0/1"), (ANYWHERE,)])
def test_halves_of_the_address_space_let_out_like_the_whole(half: tuple[str, ...]) -> None:
    world = World()
    world.group("tasks", egress=tuple(rule(block) for block in half))
    world.service(world.behind_nat())
    assert starts(world).outcome is PASSED


def test_a_prefix_list_that_holds_everything_is_a_default_route() -> None:
    world = World()
    private = world.behind_nat()
    table = world.tables["private-table"]
    route = table.routes.items[0]

    def through(*blocks: str, rest: Unknown | None = None) -> None:
        entries = Listing(tuple(Cidr(block) for block in blocks), rest)
        listed = replace(route, destination=CustomerPrefixList("pl", entries))
        world.tables["private-table"] = replace(table, routes=Listing((listed,)))

    world.service(private)
    through(ANYWHERE)
    assert starts(world).outcome is PASSED
    through("10.0.0.0/8")
    assert starts(world).outcome is FAILED
    through("10.0.0.0/8", rest=UNKNOWN)
    assert starts(world).outcome is UNDECIDED


def test_trap_4_an_endpoint_in_another_subnet_and_zone_serves_the_whole_vpc() -> None:
    world = World()
    world.service(world.isolated())
    world.subnet("elsewhere", "10.0.7.0/24", zone="b")
    world.all_endpoints(subnet="elsewhere")
    assert endpoint_outcomes(world) == dict.fromkeys(FOUR, PASSED)


def test_trap_10_exec_and_secrets_ask_for_no_more_than_they_need() -> None:
    world = World()
    world.service(world.isolated(), exec_enabled=True)
    for service in ("ssm", "secretsmanager", "ecs", "dynamodb"):
        assert ask(world, "ecs_reaches_by_endpoint", service) == []
    (verdict,) = ask(world, "ecs_reaches_by_endpoint", "ssmmessages")
    assert verdict.outcome is FAILED


@pytest.mark.parametrize(
    ("resource", "condition", "expected"),
    [
        ("arn:aws:s3:::my-bucket/*", None, FAILED),
        ("arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*", None, PASSED),
        ("*", {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}, UNDECIDED),
    ],
)
def test_trap_14_a_policy_for_own_buckets_cuts_the_layers_off(
    resource: str, condition: Value, expected: Outcome
) -> None:
    world = World()
    world.service(world.isolated())
    world.all_endpoints()
    statement: Value = {
        "Effect": "Allow",
        "Principal": "*",
        "Action": "*",
        "Resource": resource,
        "Condition": condition,
    }
    world.change_endpoint("s3 gateway", policy={"Statement": [statement]})
    assert endpoint_outcomes(world) == {**dict.fromkeys(FOUR, PASSED), "s3": expected}
    assert starts(world).outcome is expected


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("kinesis.eu-west-1.amazonaws.com", UNDECIDED),
        ("kinesis-streams.eu-west-1.amazonaws.com", FAILED),
        ("sqs.eu-west-1.amazonaws.com", FAILED),
    ],
)
def test_facts_b17_a_zone_answers_for_the_host_name_of_a_service_not_for_its_name(
    domain: str, expected: Outcome
) -> None:
    world = World()
    policy = Permission(source=source("policy"), allow=True, actions=("kinesis:PutRecord",))
    role = Role(source=source("role"), permissions=(policy,))
    world.service(world.isolated(), task=world.task(task_role=role))
    zone = DnsInfluence(id="z", source=source("z"), kind=DnsKind.ZONE, vpc="vpc", domain=domain)
    world.dns.append(zone)
    (verdict,) = ask(world, "ecs_reaches_by_endpoint", "kinesis-streams")
    assert verdict.outcome is expected


def calling(*actions: str, open_: bool = False) -> World:
    """An isolated service whose code may call what its role allows."""
    world = World()
    policy = Permission(source=source("policy"), allow=True, actions=actions)
    role = Role(source=source("role"), permissions=(policy,), rest=UNKNOWN if open_ else None)
    world.service(world.isolated(), task=world.task(task_role=role))
    return world


def others(world: World) -> Verdict:
    (verdict,) = ask(world, "ecs_reaches_others_by_endpoint", "other", {"except": list(FOUR)})
    return verdict


def test_services_that_a_vpc_lacks_are_one_cause_and_each_is_a_detail() -> None:
    verdict = others(calling("sqs:SendMessage", "sns:Publish", "kms:Sign"))
    assert (verdict.outcome, verdict.cause) == (FAILED, "vpc: no endpoint for kms, sns, sqs")
    *services, names = verdict.details
    assert [detail.split(" is ")[0] for detail in services] == [
        "AWS Key Management Service",
        "Amazon SNS",
        "Amazon SQS",
    ]
    assert names == (
        "names of endpoints that serve it: "
        "com.amazonaws.eu-west-1.kms, com.amazonaws.eu-west-1.sns, com.amazonaws.eu-west-1.sqs"
    )


@pytest.mark.parametrize(
    ("action", "title", "name"),
    [
        (
            "kms:Sign",
            "AWS Key Management Service",
            "com.amazonaws.us-east-1.kms (an interface endpoint across regions)",
        ),
        ("sqs:SendMessage", "Amazon SQS", None),
    ],
)
def test_section_a_5_few_services_have_endpoints_across_regions(
    action: str, title: str, name: str | None
) -> None:
    world = calling(action)
    there = Concerned(region="us-east-1")
    policy = Permission(source=source("policy"), allow=True, actions=(action,), concerned=(there,))
    (service,) = world.workloads
    task = world.task(task_role=Role(source=source("role"), permissions=(policy,)))
    world.workloads = [replace(service, task_definition=task)]
    first, *names = others(world).details
    assert first.startswith(f"{title} in us-east-1 is not reached through a VPC endpoint")
    assert names == ([f"names of endpoints that serve it: {name}"] if name else [])


def test_section_a_5_layers_of_another_region_beside_the_gateway_of_this_one() -> None:
    """No gateway endpoint takes them from the interface endpoint; that it serves them is not documented."""
    world = World()
    world.service(world.isolated(), task=world.task(private_ecr(region="us-east-1")))
    world.all_endpoints()
    world.interface("s3", "private")
    world.change_endpoint("s3", region="us-east-1", private_dns_only_inbound=True)
    (verdict,) = ask(world, "ecs_reaches_by_endpoint", "s3")
    assert (verdict.outcome, verdict.cause) == (
        UNDECIDED,
        "endpoint s3: an S3 interface endpoint, not a gateway",
    )


def test_section_a_4_the_cause_is_the_endpoint_that_gets_the_traffic_and_loses_it() -> None:
    """Private DNS takes the traffic from the gateway endpoint to an interface endpoint that is shut."""
    world = World()
    world.service(world.isolated())
    world.all_endpoints()
    world.interface("s3", "private")
    world.change_endpoint("s3", groups=Listing(("tasks",)))
    (verdict,) = ask(world, "ecs_reaches_by_endpoint", "s3")
    assert (verdict.outcome, verdict.cause) == (FAILED, "tasks: no TCP 443 in from the workload")


def test_causes_that_differ_stand_side_by_side() -> None:
    world = calling("sqs:SendMessage", "sns:Publish", "kms:Sign")
    world.interface("kms", "private", private_dns=False)
    assert others(world).cause == "endpoint kms: private DNS is off; vpc: no endpoint for sns, sqs"


def test_one_service_has_the_cause_of_its_own_policy() -> None:
    assert others(calling("sqs:SendMessage")).cause == "vpc: no interface endpoint for sqs"


def test_what_a_role_leaves_open_makes_a_pass_undecided_and_a_failure_stays() -> None:
    world = calling("sqs:SendMessage", open_=True)
    assert others(world).outcome is FAILED
    world.interface("sqs", "private")
    assert (others(world).outcome, others(world).reason) == (UNDECIDED, UNKNOWN)
    world = calling("sqs:SendMessage")
    world.interface("sqs", "private")
    assert others(world).outcome is PASSED


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        (["sqs:*"], PASSED),
        (["sqs:SendMessage", "sqs:ReceiveMessage"], PASSED),
        (["sqs:SendMessage"], UNDECIDED),  # which of the two the code calls is not known
        (["sqs:DeleteMessage"], FAILED),
    ],
)
def test_the_policy_of_an_endpoint_is_held_against_what_the_role_allows(
    allowed: list[Value], expected: Outcome
) -> None:
    world = calling("sqs:SendMessage", "sqs:ReceiveMessage")
    world.interface("sqs", "private")
    statement: Value = {"Effect": "Allow", "Principal": "*", "Action": allowed, "Resource": "*"}
    world.change_endpoint("sqs", policy={"Statement": [statement]})
    assert others(world).outcome is expected


@pytest.mark.parametrize(
    ("action", "expected"), [("s3:*", PASSED), ("s3:PutObject", FAILED), ("s3:GetObject", FAILED)]
)
@pytest.mark.parametrize("of_exec", [False, True])
def test_what_is_written_to_a_bucket_asks_its_endpoint_for_writing(
    of_exec: bool, action: str, expected: Outcome
) -> None:
    """Image layers are read, the logs of FireLens (facts A7) and of ECS Exec (facts A16) are written."""
    world = World()
    firelens = Logging(source("task"), "awsfirelens", {"Name": "s3"})
    task = world.task() if of_exec else world.task(replace(private_ecr(), logging=firelens))
    settings_ = ExecSettings(source=source("cluster"), to_bucket=True)
    world.service(world.isolated(), task=task, exec_enabled=of_exec, exec_settings=settings_)
    world.all_endpoints()
    statement: Value = {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": "*"}
    world.change_endpoint("s3 gateway", policy={"Statement": [statement]})
    (verdict,) = ask(world, "ecs_reaches_by_endpoint", "s3")
    assert verdict.outcome is expected


@pytest.mark.parametrize(
    ("attribute", "parameters"),
    [("rest", {}), ("other", {"without": []}), ("other", {"except": "s3"}), ("other", {"except": ["s4"]})],
)
def test_parameters_that_the_operator_does_not_have(attribute: str, parameters: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"other|except|s4"):
        ask(calling("sqs:*"), "ecs_reaches_others_by_endpoint", attribute, parameters)
