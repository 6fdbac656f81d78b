"""Verdicts that would overstate: what an unknown, or a detail of AWS, leaves open or decides."""

from __future__ import annotations

from collections.abc import Callable
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
    Rule,
    TargetKind,
)
from checkov_ecs_endpoints.model.workloads import (
    Capacity,
    EnvironmentFile,
    Image,
    Launch,
    NetworkMode,
    Registry,
    Secret,
    ServiceOf,
)
from checkov_ecs_endpoints.results import Outcome
from checkov_ecs_endpoints.rules.registry import OPERATORS
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Truth, Unknown, Value, Why

PASSED, FAILED, UNDECIDED = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN
HIGH: dict[str, Value] = {"ecs-endpoints:tier": "high-bandwidth"}


def outcome(world: World, operator: str, attribute: str = "") -> Outcome | None:
    """The outcome for the only workload or endpoint that is judged."""
    found = list(OPERATORS[operator](world.estate(), attribute, {}, Settings()))
    assert len(found) <= 1
    return found[0].outcome if found else None


def starts(world: World) -> Outcome | None:
    return outcome(world, "ecs_starts")


def by_endpoint(world: World, service: str) -> Outcome | None:
    return outcome(world, "ecs_reaches_by_endpoint", service)


def served() -> World:
    """An isolated service for which all is right."""
    world = World()
    world.service(world.isolated())
    world.all_endpoints()
    return world


def acl(
    world: World, name: str, *entries: tuple[bool, str, tuple[int, int] | None], subnet: str = "private"
) -> None:
    """An ACL with allowing entries: egress or not, range, ports."""
    world.acls[name] = NetworkAcl(
        id=name,
        source=source(name),
        vpc="vpc",
        subnets=Listing((subnet,)),
        entries=Listing(
            tuple(
                AclEntry(
                    source=source(name),
                    number=100 + number,
                    egress=egress,
                    allow=True,
                    protocol="tcp" if ports else "-1",
                    block=Cidr(block),
                    ports=ports,
                )
                for number, (egress, block, ports) in enumerate(entries)
            )
        ),
    )


class TestRoutes:
    def test_a_hub_route_that_may_not_exist_is_not_certainly_no_hub(self) -> None:
        world = World()
        world.service(world.subnet("private", "10.0.1.0/24", world.table("private-table")))
        route = World.route(TargetKind.TRANSIT_GATEWAY, "hub", exists=UNKNOWN)
        world.tables["private-table"] = replace(world.tables["private-table"], routes=Listing((route,)))
        assert by_endpoint(world, "logs") is UNDECIDED

    def test_half_the_addresses_to_a_hub_and_half_to_nat_is_neither(self) -> None:
        world = World()
        world.service(world.behind_nat(), tags=HIGH)
        halves = (
            World.route(TargetKind.NAT_GATEWAY, "nat", "0.0.0.0/1"),
            World.route(TargetKind.TRANSIT_GATEWAY, "hub", "128.0.0.0/1"),
        )
        world.tables["private-table"] = replace(world.tables["private-table"], routes=Listing(halves))
        assert starts(world) is UNDECIDED
        assert by_endpoint(world, "logs") is UNDECIDED
        assert outcome(world, "ecs_nat_not_shared") is UNDECIDED

    def test_half_of_the_addresses_alone_may_not_hold_the_service(self) -> None:
        world = World()
        world.service(world.behind_nat())
        half = (World.route(TargetKind.NAT_GATEWAY, "nat", "0.0.0.0/1"),)
        world.tables["private-table"] = replace(world.tables["private-table"], routes=Listing(half))
        assert starts(world) is UNDECIDED

    def test_trap_20_halves_beat_the_whole(self) -> None:
        world = World()
        world.service(world.behind_nat())
        routes = (
            World.route(TargetKind.TRANSIT_GATEWAY, "hub"),
            World.route(TargetKind.NAT_GATEWAY, "nat", "0.0.0.0/1"),
            World.route(TargetKind.NAT_GATEWAY, "nat", "128.0.0.0/1"),
        )
        world.tables["private-table"] = replace(world.tables["private-table"], routes=Listing(routes))
        assert starts(world) is PASSED

    def test_an_open_prefix_list_to_an_internet_gateway_may_make_a_subnet_public(self) -> None:
        world = World()
        world.service(world.isolated(), public_ip=True)
        route = World.route(TargetKind.INTERNET_GATEWAY, "igw")
        route = replace(route, destination=CustomerPrefixList("pl", Listing((), UNKNOWN)))
        world.tables["private-table"] = replace(world.tables["private-table"], routes=Listing((route,)))
        assert outcome(world, "ecs_not_public") is UNDECIDED

    def test_c8_a_private_nat_gateway_may_lead_on_to_a_hub(self) -> None:
        world = World()
        world.subnet("inner", "10.0.9.0/24", world.table("inner-table", to=TargetKind.TRANSIT_GATEWAY))
        world.service(world.behind_nat())
        world.nat(subnet="inner", public=False)
        assert starts(world) is UNDECIDED
        assert by_endpoint(world, "logs") is UNDECIDED

    def test_a_vpc_that_is_handed_over_may_get_a_way_to_any_registry(self) -> None:
        world = World()
        world.service(world.isolated(), task=world.task(pulling(Registry.OTHER)))
        assert starts(world) is FAILED
        world.vpc("vpc", handed_over=Unknown(Why.MODULE, "module.egress"))
        assert starts(world) is UNDECIDED

    def test_a_registry_that_is_not_known_to_be_public_may_be_in_the_network(self) -> None:
        world = World()
        container = replace(
            pulling(Registry.OTHER), image=Image("nexus.corp.example:5000/app:1", Registry.OTHER)
        )
        world.service(world.isolated(), task=world.task(container))
        assert starts(world) is UNDECIDED
        for name in (
            "nginx",
            "library/nginx",
            "docker.io/nginx",
            "ghcr.io/a/b:1",
            "quay.io/a/b",
            "lscr.io/a",
        ):
            container = replace(container, image=Image(name, Registry.OTHER))
            world.workloads = []
            world.service("private", task=world.task(container))
            assert (name, starts(world)) == (name, UNDECIDED if name.startswith("lscr") else FAILED)


class TestNames:
    def test_b5_without_dns_nothing_is_reached_not_even_through_nat(self) -> None:
        world = World()
        world.service(world.behind_nat())
        world.vpcs["vpc"] = replace(world.vpcs["vpc"], dns_support=False)
        assert starts(world) is FAILED
        world.vpcs["vpc"] = replace(world.vpcs["vpc"], dns_support=False, custom_dns=UNKNOWN)
        assert starts(world) is PASSED

    def test_a_zone_concerns_the_services_whose_names_lie_in_it(self) -> None:
        world = World()
        world.service(world.isolated())
        world.dns.append(
            DnsInfluence(
                id="zone",
                source=source("zone"),
                kind=DnsKind.ZONE,
                vpc="vpc",
                domain="logs.eu-west-1.amazonaws.com",
            )
        )
        assert by_endpoint(world, "logs") is UNDECIDED
        assert by_endpoint(world, "ecr.dkr") is FAILED

    @pytest.mark.parametrize("domain", ["", "eu-west-1.amazonaws.com", "amazonaws.com", UNKNOWN])
    def test_a_wide_zone_concerns_all(self, domain: str | Unknown) -> None:
        world = World()
        world.service(world.isolated())
        zone = DnsInfluence(id="zone", source=source("zone"), kind=DnsKind.ZONE, vpc="vpc", domain=domain)
        world.dns.append(zone)
        assert by_endpoint(world, "ecr.dkr") is UNDECIDED

    def test_b16_a_profile_whose_vpc_is_not_known_may_be_of_this_one(self) -> None:
        world = World()
        world.service(world.isolated())
        profile = DnsInfluence(id="p", source=source("profile"), kind=DnsKind.PROFILE, vpc=UNKNOWN)
        world.dns.append(profile)
        assert by_endpoint(world, "logs") is UNDECIDED

    def test_section_a_3_a_fips_endpoint_answers_for_fips_host_names_only(self) -> None:
        world = served()
        world.change_endpoint("logs", fips=True)
        assert by_endpoint(world, "logs") is UNDECIDED

    def test_section_a_4_an_s3_interface_for_on_premises_names_only_captures_nothing_beside_a_gateway(
        self,
    ) -> None:
        world = World()
        container = replace(
            pulling(Registry.OTHER, "app"), environment_files=Listing((EnvironmentFile(source("task")),))
        )
        world.service(world.isolated(), task=world.task(container))
        world.interface("s3", "private")
        world.change_endpoint("s3", private_dns_only_inbound=True)
        assert by_endpoint(world, "s3") is PASSED  # alone, as AWS then requires, it is for everybody
        world.gateway("s3", "public-table")
        assert by_endpoint(world, "s3") is FAILED

    def test_section_a_4_layers_that_an_s3_interface_captures_do_not_certainly_get_through_nat(self) -> None:
        world = World()
        world.service(world.behind_nat())
        world.all_endpoints()
        del world.endpoints["s3 gateway"]
        world.interface("s3", "private")
        assert starts(world) is UNDECIDED

    def test_section_a_6_subnets_for_ipv6_alone(self) -> None:
        world = served()
        world.subnets["private"] = replace(world.subnets["private"], ipv6_native=True)
        assert by_endpoint(world, "logs") is UNDECIDED
        world.endpoints.clear()
        assert by_endpoint(world, "logs") is FAILED

    def test_section_a_5_an_endpoint_for_another_region_serves_no_need_of_this_one(self) -> None:
        world = served()
        world.change_endpoint("ecr.dkr", region="us-east-1")
        assert by_endpoint(world, "ecr.dkr") is FAILED
        world.change_endpoint("ecr.dkr", region="eu-west-1")
        assert by_endpoint(world, "ecr.dkr") is PASSED


class TestAcls:
    def test_traffic_within_a_subnet_passes_no_acl(self) -> None:
        world = served()
        acl(world, "closed")
        assert by_endpoint(world, "logs") is PASSED
        assert by_endpoint(world, "s3") is FAILED

    def test_b11_the_acl_of_the_endpoints_subnet_counts_too(self) -> None:
        world = World()
        world.service(world.isolated())
        world.subnet("doors", "10.0.5.0/24")
        world.interface("logs", "doors")
        assert by_endpoint(world, "logs") is PASSED
        acl(world, "doors-acl", (True, "10.0.0.0/16", None), subnet="doors")
        assert by_endpoint(world, "logs") is FAILED
        acl(
            world,
            "doors-acl",
            (True, "10.0.0.0/16", (32768, 65535)),
            (False, "10.0.0.0/16", (443, 443)),
            subnet="doors",
        )
        assert by_endpoint(world, "logs") is PASSED

    def test_one_of_two_interfaces_behind_an_acl(self) -> None:
        world = World()
        world.service(world.isolated())
        world.subnet("doors", "10.0.5.0/24")
        world.interface("logs", "private", "doors")
        acl(world, "doors-acl", subnet="doors")
        assert by_endpoint(world, "logs") is UNDECIDED

    def test_the_acl_of_a_nat_gateways_subnet_counts(self) -> None:
        world = World()
        world.service(world.behind_nat())
        acl(world, "public-acl", (True, ANYWHERE, None), (False, "10.0.0.0/16", None), subnet="public")
        assert starts(world) is FAILED
        acl(world, "public-acl", (True, ANYWHERE, None), (False, ANYWHERE, None), subnet="public")
        assert starts(world) is PASSED


class TestGroups:
    def test_a_prefix_list_of_halves_lets_out_to_the_internet(self) -> None:
        world = World()
        halves = CustomerPrefixList("pl", Listing((Cidr("0.0.0.0/1"), Cidr("128.0.0.0/1"))))
        world.group("tasks", egress=(rule(halves),))
        world.service(world.behind_nat())
        assert starts(world) is PASSED

    def test_the_range_of_the_vpc_holds_subnets_whose_own_range_is_not_known(self) -> None:
        world = served()
        world.subnets["private"] = replace(world.subnets["private"], cidr="")
        assert by_endpoint(world, "logs") is PASSED
        world.group("tasks", egress=(rule("192.168.0.0/16"),))
        assert by_endpoint(world, "logs") is FAILED

    def test_an_endpoint_that_may_have_more_subnets(self) -> None:
        world = served()
        world.change_endpoint("logs", subnets=Listing(("private",), UNKNOWN))
        world.group("tasks", egress=(rule("10.0.1.0/24"),))
        assert by_endpoint(world, "logs") is UNDECIDED

    def test_401_ports_of_several_rules_add_up(self) -> None:
        world = World()
        world.service(world.isolated())
        world.group("tasks", egress=(rule(ANYWHERE, (0, 442), "tcp"), rule(ANYWHERE, (443, 65535), "tcp")))
        assert outcome(world, "ecs_egress_limited") is FAILED
        world.group("tasks", egress=(rule(ANYWHERE, (0, 442), "tcp"), rule(ANYWHERE, (444, 65535), "tcp")))
        assert outcome(world, "ecs_egress_limited") is PASSED
        unknown = Rule(source=source("r"), peer=Cidr(ANYWHERE), protocol="tcp", ports=UNKNOWN)
        world.group("tasks", egress=(rule(ANYWHERE, (0, 442), "tcp"), unknown))
        assert outcome(world, "ecs_egress_limited") is UNDECIDED

    def test_401_a_half_on_some_ports_and_a_half_on_others_is_not_open(self) -> None:
        world = World()
        world.service(world.isolated())
        world.group("tasks", egress=(rule("0.0.0.0/1"), rule("128.0.0.0/1", (0, 1000), "tcp")))
        assert outcome(world, "ecs_egress_limited") is PASSED


class TestLaunches:
    @staticmethod
    def fargate(exists: Truth = True, name: str = "fargate") -> Launch:
        return Launch(capacity=Capacity.FARGATE, source=source(name), exists=exists)

    def test_trap_19_needs_of_a_launch_that_may_not_be_used_are_not_certain(self) -> None:
        world = World()
        service = world.service(world.isolated())
        ec2 = World.ec2("public")
        world.workloads = [
            replace(service, launches=Listing((self.fargate(UNKNOWN), replace(ec2, exists=UNKNOWN))))
        ]
        assert by_endpoint(world, "logs") is UNDECIDED

    def test_fargate_and_fargate_spot_are_fargate_whatever_the_weights(self) -> None:
        world = World()
        service = world.service(world.isolated(), public_ip=True)
        both = Listing((self.fargate(UNKNOWN), self.fargate(UNKNOWN, "spot")))
        world.workloads = [replace(service, launches=both)]
        assert by_endpoint(world, "logs") is FAILED
        assert outcome(world, "ecs_egress_limited") is FAILED

    def test_the_second_of_two_alike_is_certain(self) -> None:
        world = World()
        service = world.service(world.isolated())
        launches = (
            self.fargate(UNKNOWN),
            self.fargate(True, "spot"),
            replace(World.ec2("private"), exists=UNKNOWN),
        )
        world.workloads = [replace(service, launches=Listing(launches))]
        assert by_endpoint(world, "logs") is FAILED

    @pytest.mark.parametrize("mode", [NetworkMode.BRIDGE, UNKNOWN])
    def test_tasks_without_a_network_of_their_own_are_not_on_fargate(
        self, mode: NetworkMode | Unknown
    ) -> None:
        """So what is not known is the capacity, and not a network configuration that there is none of."""
        world = World()
        service = world.service(task=replace(world.task(), network_mode=mode))
        world.workloads = [replace(service, launches=Listing((), UNKNOWN))]
        (verdict,) = OPERATORS["ecs_starts"](world.estate(), "", {}, Settings())
        assert (verdict.outcome, verdict.reason) == (UNDECIDED, UNKNOWN)

    def test_groups_of_instances_that_may_not_be_used(self) -> None:
        world = World()
        world.group("closed", egress=())
        ec2 = replace(World.ec2("public", groups=("tasks",)), exists=UNKNOWN)
        world.subnets["public"] = replace(world.subnets["public"], public_ip_on_launch=True)
        mode = world.task(mode=NetworkMode.BRIDGE)
        service = world.service("public", groups=("closed",), task=mode)
        world.workloads = [replace(service, launches=Listing((self.fargate(), ec2)))]
        assert outcome(world, "ecs_egress_limited") is UNDECIDED
        assert outcome(world, "ecs_not_public") is UNDECIDED

    def test_subnets_that_are_an_empty_list_are_not_every_subnet(self) -> None:
        world = World()
        service = world.service("public")
        assert service.tasks is not None
        world.workloads = [replace(service, tasks=replace(service.tasks, subnets=Listing()))]
        assert starts(world) is UNDECIDED


class TestNeeds:
    def test_more_containers_may_pull_from_elsewhere(self) -> None:
        world = World()
        task = replace(world.task(), containers=Listing((private_ecr(),), UNKNOWN))
        world.service(world.isolated(), task=task)
        world.all_endpoints()
        assert by_endpoint(world, "ecr.dkr") is UNDECIDED

    def test_more_secrets_leave_images_and_logs_alone(self) -> None:
        world = World()
        container = replace(private_ecr(), secrets=Listing((), UNKNOWN))
        world.service(world.isolated(), task=world.task(container))
        world.all_endpoints()
        assert by_endpoint(world, "ecr.dkr") is PASSED
        assert by_endpoint(world, "secretsmanager") is UNDECIDED

    def test_the_control_plane_does_not_hang_on_the_task_definition(self) -> None:
        world = World()
        world.service(world.isolated(), task=UNKNOWN)
        assert by_endpoint(world, "ecs,ecs-agent,ecs-telemetry") is None
        assert by_endpoint(world, "ssmmessages") is None
        assert by_endpoint(world, "logs") is UNDECIDED

    def test_unknown_needs_of_public_tasks_give_no_record(self) -> None:
        world = World()
        world.service("public", public_ip=True, task=UNKNOWN, exec_enabled=True)
        assert by_endpoint(world, "logs") is None

    def test_trap_22_an_image_that_is_not_known_may_be_of_another_region(self) -> None:
        world = World()
        world.service(world.isolated(), task=world.task(pulling(UNKNOWN)))
        world.all_endpoints()
        assert by_endpoint(world, "ecr.dkr") is UNDECIDED

    def test_fargate_for_windows_has_platform_version_1_0_0(self) -> None:
        world = World()
        world.service(world.isolated(), platform_version="1.0.0")
        assert by_endpoint(world, "ecr.api") is UNDECIDED

    def test_facts_a7_a_firelens_configuration_in_s3(self) -> None:
        world = World()
        container = replace(pulling(Registry.OTHER, "router"), firelens_options={"config-file-type": "s3"})
        world.service(world.isolated(), task=world.task(container))
        assert by_endpoint(world, "s3") is FAILED

    def test_exec_of_tasks_with_an_unknown_network_mode_and_a_network_configuration(self) -> None:
        world = World()
        task = replace(world.task(), network_mode=UNKNOWN)
        world.service(world.isolated(), launch=World.ec2("public"), task=task, exec_enabled=True)
        assert by_endpoint(world, "ssmmessages") is FAILED

    def test_a_secret_store_that_is_not_known_asks_for_both_perhaps(self) -> None:
        world = World()
        container = replace(private_ecr(), secrets=Listing((Secret(source("task"), UNKNOWN),)))
        world.service(world.isolated(), task=world.task(container))
        for store in ServiceOf:
            assert by_endpoint(world, store.value) is UNDECIDED


class TestNat:
    def test_301_a_gateway_that_may_be_private_is_not_counted(self) -> None:
        world = World()
        first = world.behind_nat()
        world.nat(public=UNKNOWN)
        world.service(first, tags=HIGH)
        assert outcome(world, "ecs_nat_not_shared") is UNDECIDED
        second = world.subnet("second", "10.0.2.0/24", world.table("second-table", nat=world.nat("nat-2")))
        world.workloads = []
        world.service(first, second, tags=HIGH)
        assert outcome(world, "ecs_nat_not_shared") is UNDECIDED

    @pytest.mark.parametrize("value", [5, True, ["high"]])
    def test_301_a_tag_that_is_no_text_declares_nothing(self, value: Value) -> None:
        world = World()
        world.service(world.behind_nat(), tags={"ecs-endpoints:tier": value})
        assert outcome(world, "ecs_nat_not_shared") is None


class TestGatewayTables:
    def test_203_subnets_that_are_not_known_may_miss_it(self) -> None:
        world = World()
        world.service(world.isolated(), UNKNOWN)
        world.all_endpoints()
        assert outcome(world, "ecs_gateway_endpoint_on_tables") is UNDECIDED

    def test_203_needs_that_are_not_known(self) -> None:
        world = World()
        world.service(world.isolated())
        other = world.subnet("other", "10.0.2.0/24", world.table("other-table"))
        world.service(other, name="second", task=UNKNOWN)
        world.gateway("s3", "private-table")
        assert outcome(world, "ecs_gateway_endpoint_on_tables") is UNDECIDED


def deny_unknown(world: World) -> None:
    world.change_endpoint(
        "logs", policy={"Statement": [{"Effect": UNKNOWN, "Action": "*", "Resource": "*", "Principal": "*"}]}
    )


def type_unknown(world: World) -> None:
    world.change_endpoint("logs", type=UNKNOWN)


@pytest.mark.parametrize("spoil", [deny_unknown, type_unknown])
def test_an_endpoint_of_which_a_part_is_not_known(spoil: Callable[[World], None]) -> None:
    world = served()
    spoil(world)
    assert by_endpoint(world, "logs") is UNDECIDED


def test_reasons_are_those_of_the_configuration() -> None:
    world = World()
    container = private_ecr()
    assert container.logging is not None
    logging = replace(container.logging, options={"awslogs-region": UNKNOWN})
    world.service(world.isolated(), task=world.task(replace(container, logging=logging)))
    world.all_endpoints()
    (verdict,) = OPERATORS["ecs_reaches_by_endpoint"](world.estate(), "logs", {}, Settings())
    assert verdict.reason == UNKNOWN


@pytest.mark.parametrize("service", ["s3", "logs"])
def test_facts_a33_a_role_that_is_not_known_may_allow_what_the_endpoint_does_not_serve(service: str) -> None:
    """Container instances have the endpoints, the tasks in another subnet may not need them."""
    world = World()
    on_instance = world.isolated()
    away = world.subnet("away", "10.0.2.0/24", world.table("away-table"))
    world.service(away, launch=World.ec2(on_instance), groups=("shut",))
    world.group("shut", egress=())
    world.all_endpoints()
    (workload,) = world.workloads
    assert by_endpoint(world, service) is PASSED
    world.workloads = [replace(workload, task_definition=world.task(task_role=UNKNOWN))]
    assert by_endpoint(world, service) is UNDECIDED


def test_group_members_of_a_group_elsewhere_admit_nobody() -> None:
    world = served()
    world.group("logs door", ingress=(rule(GroupMembers("strangers"), (443, 443), "tcp"),))
    assert by_endpoint(world, "logs") is FAILED
