"""Whole paths of the policies about NAT gateways, security groups and public addresses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from support.worlds import ANYWHERE, UNKNOWN, World, rule, source

from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import (
    Cidr,
    CustomerPrefixList,
    GroupMembers,
    Peer,
    PrefixListOf,
    Rule,
    TargetKind,
)
from checkov_ecs_endpoints.model.workloads import Capacity, Launch, NetworkMode
from checkov_ecs_endpoints.results import Outcome, Verdict
from checkov_ecs_endpoints.rules.registry import OPERATORS
from checkov_ecs_endpoints.settings import HighBandwidth, Nat, Settings
from checkov_ecs_endpoints.values import Unknown

PASSED, FAILED, UNDECIDED = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN
HIGH = {"ecs-endpoints:tier": "high-bandwidth"}


def ask(world: World, operator: str, settings: Settings | None = None) -> list[Verdict]:
    return list(OPERATORS[operator](world.estate(), "", {}, settings or Settings()))


def outcomes(world: World, operator: str, settings: Settings | None = None) -> list[Outcome]:
    return [verdict.outcome for verdict in ask(world, operator, settings)]


class TestNat:
    def test_declared_tier_on_one_gateway(self) -> None:
        world = World()
        world.service(world.behind_nat(), tags=HIGH)
        (verdict,) = ask(world, "ecs_nat_not_shared")
        assert verdict.outcome is FAILED
        assert verdict.cause == "nat: the only way out of a high-bandwidth tier"
        assert [step.text for step in verdict.evidence] == [
            "its tag ecs-endpoints:tier is high-bandwidth: a high-bandwidth tier",
            "service is in subnet private",
            "private is associated with route table private-table",
            "its route 0.0.0.0/0 goes to NAT gateway nat",
            "nat is the only, zonal NAT gateway on its routes",
        ]

    def test_small_tier_gives_no_record(self) -> None:
        world = World()
        world.service(world.behind_nat())
        assert outcomes(world, "ecs_nat_not_shared") == []

    def test_trap_20_three_gateways_of_which_one_is_used(self) -> None:
        world = World()
        for name in ("idle-1", "idle-2"):
            world.nat(name)
        world.service(world.behind_nat(), tags=HIGH)
        assert outcomes(world, "ecs_nat_not_shared") == [FAILED]

    def test_gateway_per_subnet(self) -> None:
        world = World()
        first = world.behind_nat()
        second = world.subnet("second", "10.0.2.0/24", world.table("second-table", nat=world.nat("nat-2")))
        world.service(first, second, tags=HIGH)
        assert outcomes(world, "ecs_nat_not_shared") == [PASSED]

    def test_trap_7_regional_gateway(self) -> None:
        world = World()
        private = world.behind_nat()
        world.nat(subnet=None, regional=True)
        world.service(private, tags=HIGH)
        assert outcomes(world, "ecs_nat_not_shared") == [PASSED]

    def test_no_nat_at_all(self) -> None:
        world = World()
        world.service(world.isolated(), tags=HIGH)
        assert outcomes(world, "ecs_nat_not_shared") == []

    def test_peak_of_all_that_share_a_gateway(self) -> None:
        world = World()
        private = world.behind_nat()
        for name in ("one", "two"):
            service = world.service(private, name=name, task=replace(world.task(), cpu=4096))
            world.workloads[-1] = replace(service, task_count=16)
        first, second = ask(world, "ecs_nat_not_shared")
        assert (first.outcome, second.outcome) == (FAILED, FAILED)
        assert "it shares nat with two" in first.details
        assert "together 128 vCPUs, at or above 128" in first.evidence[2].text
        settings = Settings(nat=Nat(fargate_vcpus=129))
        assert outcomes(world, "ecs_nat_not_shared", settings) == []

    @pytest.mark.parametrize("count", [None, UNKNOWN])
    def test_a_count_that_is_not_known_is_not_zero(self, count: Unknown | None) -> None:
        world = World()
        world.service(world.behind_nat())
        world.workloads[-1] = replace(world.workloads[-1], task_count=count)
        assert outcomes(world, "ecs_nat_not_shared") == [UNDECIDED]

    def test_settings_declare_tiers(self) -> None:
        world = World()
        world.service(world.behind_nat(), name="nightly-etl", tags={"Tier": "backend"})
        by_name = Settings(high_bandwidth=HighBandwidth(names=("*-etl",)))
        by_tag = Settings(high_bandwidth=HighBandwidth(tags={"Tier": ("backend", "ingest")}))
        for settings in (by_name, by_tag):
            assert outcomes(world, "ecs_nat_not_shared", settings) == [FAILED]
        world.workloads[-1] = replace(world.workloads[-1], name=UNKNOWN)
        assert outcomes(world, "ecs_nat_not_shared", by_name) == [UNDECIDED]

    def test_settings_declare_tiers_by_cluster(self) -> None:
        world = World()
        world.service(world.behind_nat(), cluster="prod-ingest")
        settings = Settings(high_bandwidth=HighBandwidth(clusters=("*-ingest",)))
        assert outcomes(world, "ecs_nat_not_shared", settings) == [FAILED]
        world.workloads[-1] = replace(world.workloads[-1], cluster=UNKNOWN)
        assert outcomes(world, "ecs_nat_not_shared", settings) == [UNDECIDED]

    def test_a_size_that_is_not_written_is_no_variable(self) -> None:
        world = World()
        world.service(world.behind_nat(), task=replace(world.task(), cpu=None))
        (verdict,) = ask(world, "ecs_nat_not_shared")
        assert str(verdict.reason) == "the CPU size of the tasks of service is not set in this configuration"

    def test_c16_the_arithmetic_of_tasks_is_shown(self) -> None:
        world = World()
        world.service(world.behind_nat(), task=replace(world.task(), cpu=4096), name="etl")
        world.workloads[-1] = replace(world.workloads[-1], task_count=40)
        (verdict,) = ask(world, "ecs_nat_not_shared")
        assert [step.text for step in verdict.evidence][:2] == [
            "etl peaks at 160 vCPUs: 40 tasks of 4",
            "together 160 vCPUs, at or above 128: a proxy, since AWS publishes no bandwidth for "
            "Fargate tasks",
        ]

    @pytest.mark.parametrize(
        ("types", "most", "expected"),
        [
            (("m5.24xlarge",), 2, [FAILED]),  # 50 Gbit/s
            (("m5.large", "m5.24xlarge"), 2, [FAILED]),
            (("m5.large",), 2, []),
            (("m5.24xlarge",), UNKNOWN, [UNDECIDED]),
            (("m5.24xlarge",), None, [UNDECIDED]),
            (("t2.large",), 2, [UNDECIDED]),  # AWS only says "low to moderate"
            ((), 2, [UNDECIDED]),
        ],
    )
    def test_c16_instances_by_their_baseline(
        self, types: tuple[str, ...], most: int | Unknown | None, expected: list[Outcome]
    ) -> None:
        world = World()
        world.service(
            launch=fleet(world, world.behind_nat(), types, most), task=world.task(mode=NetworkMode.HOST)
        )
        assert outcomes(world, "ecs_nat_not_shared") == expected

    def test_c16_instances_that_two_services_share_count_once(self) -> None:
        world = World()
        launch = fleet(world, world.behind_nat(), ("m5.24xlarge",), 1)
        for name in ("one", "two"):
            world.service(launch=launch, task=world.task(mode=NetworkMode.HOST), name=name)
        assert outcomes(world, "ecs_nat_not_shared") == []

    def test_c16_how_many_managed_instances_there_are_is_for_ecs_to_say(self) -> None:
        world = World()
        launch = fleet(world, world.behind_nat(), ("m5.24xlarge",), None)
        managed = replace(launch, capacity=Capacity.MANAGED_INSTANCES)
        world.service(launch=managed, task=world.task(mode=NetworkMode.HOST))
        (verdict,) = ask(world, "ecs_nat_not_shared")
        assert str(verdict.reason) == "the number of instances that asg starts is known only after apply"

    def test_a_neighbour_with_two_gateways_counts_only_perhaps(self) -> None:
        world = World()
        private = world.behind_nat()
        second = world.subnet("second", "10.0.2.0/24", world.table("second-table", nat=world.nat("nat-2")))
        world.service(private, task=replace(world.task(), cpu=4096), name="small")
        world.service(private, second, task=replace(world.task(), cpu=4096), name="big")
        world.workloads[-1] = replace(world.workloads[-1], task_count=40)
        small, big = ask(world, "ecs_nat_not_shared")
        assert (small.outcome, big.outcome) == (UNDECIDED, PASSED)
        assert "how much of the traffic of big takes the same gateway" in str(small.reason)

    def test_a_neighbour_that_may_not_exist_counts_only_perhaps(self) -> None:
        world = World()
        private = world.behind_nat()
        world.service(private, task=replace(world.task(), cpu=4096), name="small")
        big = world.service(private, task=replace(world.task(), cpu=4096), name="big")
        world.workloads[-1] = replace(big, task_count=40, exists=UNKNOWN)
        small, perhaps = ask(world, "ecs_nat_not_shared")
        assert (small.outcome, small.reason) == (UNDECIDED, UNKNOWN)
        assert perhaps.outcome is FAILED  # whenever it exists

    def test_fargate_and_fargate_spot_are_one_capacity(self) -> None:
        world = World()
        service = world.service(world.behind_nat())
        perhaps = Launch(capacity=Capacity.FARGATE, source=service.source, exists=UNKNOWN)
        world.workloads[-1] = replace(service, launches=Listing((perhaps, replace(perhaps, exists=True))))
        assert outcomes(world, "ecs_nat_not_shared") == []

    def test_of_very_many_neighbours_the_largest_are_named(self) -> None:
        world = World()
        private = world.behind_nat()
        for number in range(50):
            service = world.service(private, name=f"s{number:02}", task=replace(world.task(), cpu=1024))
            world.workloads[-1] = replace(service, task_count=number + 1)
        first = ask(world, "ecs_nat_not_shared")[0]
        steps = [step.text for step in first.evidence]
        assert steps[0] == "s49 peaks at 50 vCPUs: 50 tasks of 1"
        assert steps[10] == "40 more peak at less or as much each"
        assert steps[11].startswith("together 1275 vCPUs, at or above 128")
        assert "s10 and 39 more" in first.details[1]

    def test_c4_and_f_remedies_and_prices_are_told(self) -> None:
        world = World()
        world.service(world.behind_nat(), tags=HIGH)
        (verdict,) = ask(world, "ecs_nat_not_shared")
        assert verdict.details == (
            "one NAT gateway is taken to carry 45 Gbit/s (the Amazon ECS guide says 45, the Amazon VPC guide "
            "100)",
            "give each subnet a NAT gateway of its own, or take the heavy services off it with VPC endpoints",
            "Amazon S3 and DynamoDB: through a NAT gateway a GB costs $0.045, a gateway endpoint costs "
            "nothing: it pays from the first byte (list prices of us-east-1, 2026-08; other regions differ)",
        )

    def test_what_a_gateway_endpoint_takes_off_is_told(self) -> None:
        world = World()
        world.service(world.behind_nat(), tags=HIGH)
        world.gateway("s3", "private-table")
        (verdict,) = ask(world, "ecs_nat_not_shared")
        assert "traffic to s3 goes through s3 gateway, not through the NAT gateway" in [
            step.text for step in verdict.evidence
        ]
        assert len(verdict.details) == 2

    def test_c8_a_private_gateway_is_no_outlet(self) -> None:
        world = World()
        private = world.behind_nat()
        world.nat(public=False)
        world.service(private, tags=HIGH)
        assert outcomes(world, "ecs_nat_not_shared") == []

    def test_c13_behind_a_transit_gateway_the_gateways_are_not_seen(self) -> None:
        world = World()
        table = world.table("private-table", to=TargetKind.TRANSIT_GATEWAY)
        world.service(world.subnet("private", "10.0.1.0/24", table), tags=HIGH)
        assert outcomes(world, "ecs_nat_not_shared") == [UNDECIDED]

    def test_a_parameter_that_does_not_exist_is_an_error(self) -> None:
        with pytest.raises(ValueError, match="gbit"):
            list(OPERATORS["ecs_nat_not_shared"](World().estate(), "nat", {"gbit": 1}, Settings()))


def fleet(world: World, subnet: str, types: tuple[str, ...], most: int | Unknown | None) -> Launch:
    """Container instances of some types, at most so many."""
    launch = world.ec2(subnet)
    (instances,) = launch.instances
    return replace(
        launch, instances=Listing((replace(instances, instance_types=Listing(types), max_size=most),))
    )


def everything(*blocks: str) -> CustomerPrefixList:
    return CustomerPrefixList("pl", Listing(tuple(Cidr(block) for block in blocks)))


def hub(world: World) -> str:
    """A route table whose default route leads to a transit gateway."""
    return world.table("hub-table", to=TargetKind.TRANSIT_GATEWAY)


def in_other_hands(world: World) -> str:
    """An isolated subnet whose route table something else may add routes to."""
    table = world.table("their-table")
    world.tables[table] = replace(world.tables[table], handed_over=UNKNOWN)
    return world.subnet("theirs", "10.0.2.0/24", table)


class TestEgress:
    @pytest.mark.parametrize(
        ("rules", "expected"),
        [
            ((rule(ANYWHERE),), FAILED),
            ((rule("::/0"),), FAILED),
            ((rule("0.0.0.0/1"), rule("128.0.0.0/1")), FAILED),
            ((rule(ANYWHERE, (0, 65535), "tcp"),), FAILED),
            ((rule(everything("0.0.0.0/1", "128.0.0.0/1")),), FAILED),
            ((rule("0.0.0.0/1"),), PASSED),
            ((rule(ANYWHERE, (443, 443), "tcp"),), PASSED),
            ((rule("10.0.0.0/8"), rule(PrefixListOf("s3"))), PASSED),
            ((rule(GroupMembers("other")),), PASSED),
            ((), PASSED),
            ((rule(UNKNOWN),), UNDECIDED),
            ((rule(UNKNOWN), rule(ANYWHERE)), FAILED),
            ((rule(UNKNOWN, (443, 443), "tcp"),), PASSED),
            ((rule(ANYWHERE, exists=UNKNOWN),), UNDECIDED),
            ((rule("0.0.0.0/1"), rule("128.0.0.0/1", exists=UNKNOWN)), UNDECIDED),
            ((rule("10.0.0.0/8", exists=UNKNOWN),), PASSED),
        ],
    )
    def test_trap_21_rules(self, rules: tuple[Rule, ...], expected: Outcome) -> None:
        world = World()
        world.group("tasks", egress=rules)
        world.service(world.isolated())
        assert outcomes(world, "ecs_egress_limited") == [expected]

    def test_trap_9_open_groups_without_a_way_out_are_one_finding_and_it_says_so(self) -> None:
        world = World()
        world.service(world.isolated())
        (verdict,) = ask(world, "ecs_egress_limited")
        assert verdict.outcome is FAILED
        assert verdict.details[-1] == (
            "no route leads from its subnets to the internet: what this leaves open is the network inside "
            "and what VPC endpoints reach"
        )
        assert outcomes(world, "ecs_destinations_limited") == []

    @pytest.mark.parametrize(
        ("build", "limited"),
        [
            (lambda world: [world.behind_nat()], [FAILED]),
            (lambda world: [world.isolated(), world.subnet("hub", "10.0.2.0/24", hub(world))], [UNDECIDED]),
            (lambda world: [world.isolated(), UNKNOWN], [UNDECIDED]),
            (lambda world: [world.isolated(), in_other_hands(world)], []),
        ],
        ids=["nat", "a hub behind one subnet", "a subnet that is not known", "a table in other hands"],
    )
    def test_trap_9_open_groups_with_a_way_out_are_not_said_to_stay_inside(
        self, build: Callable[[World], list[Link]], limited: list[Outcome]
    ) -> None:
        world = World()
        world.service(*build(world))
        (verdict,) = ask(world, "ecs_egress_limited")
        assert (verdict.outcome, len(verdict.details)) == (FAILED, 1)
        assert outcomes(world, "ecs_destinations_limited") == limited

    def test_trap_9_https_to_anywhere_behind_a_firewall_is_no_finding(self) -> None:
        world = World()
        world.subnet("inspected", "10.0.3.0/24", world.table("inspected-table", nat=world.nat()))
        wall = world.firewall("wall", "inspected")
        table = world.table("private-table", to=TargetKind.VPC_ENDPOINT, target=wall)
        world.group("tasks", egress=(rule(ANYWHERE, (443, 443), "tcp"),))
        world.service(world.subnet("private", "10.0.1.0/24", table))
        assert outcomes(world, "ecs_egress_limited") == [PASSED]
        assert outcomes(world, "ecs_destinations_limited") == [PASSED]

    def test_d6_one_open_group_among_several_opens_egress(self) -> None:
        world = World()
        world.group("closed", egress=())
        world.service(world.isolated(), groups=("closed", "tasks"))
        (verdict,) = ask(world, "ecs_egress_limited")
        assert verdict.outcome is FAILED
        assert verdict.cause == "closed, tasks: egress to anywhere on all ports"
        assert [step.text for step in verdict.evidence][:2] == [
            "service has closed, tasks",
            "its egress allows 0.0.0.0/0 on all ports",
        ]

    def test_a_rule_is_not_said_to_allow_more_ports_than_it_does(self) -> None:
        world = World()
        world.group("https", egress=(rule("::/0", (443, 443), "tcp"),))
        world.service(world.isolated(), groups=("https", "tasks"))
        (verdict,) = ask(world, "ecs_egress_limited")
        assert [step.text for step in verdict.evidence if "its egress" in step.text] == [
            "its egress allows 0.0.0.0/0 on all ports"
        ]
        world.group("tasks", egress=(rule(ANYWHERE, (0, 1023), "tcp"), rule(ANYWHERE, (1024, 65535), "tcp")))
        (verdict,) = ask(world, "ecs_egress_limited")
        assert [step.text for step in verdict.evidence if "0.0.0.0/0" in step.text] == [
            "its egress allows 0.0.0.0/0 on ports 0 to 1023",
            "its egress allows 0.0.0.0/0 on ports 1024 to 65535",
        ]

    def test_trap_18_no_group_means_the_default_group(self) -> None:
        world = World()
        world.service(world.isolated(), groups=())
        (verdict,) = ask(world, "ecs_egress_limited")
        assert verdict.outcome is FAILED
        assert "default group" in verdict.cause

    def test_a_group_that_is_handed_over_may_get_more_rules(self) -> None:
        world = World()
        world.group("tasks", egress=())
        world.groups["tasks"] = replace(world.groups["tasks"], handed_over=UNKNOWN)
        world.service(world.isolated())
        assert outcomes(world, "ecs_egress_limited") == [UNDECIDED]

    def test_bridge_tasks_have_the_groups_of_their_instances(self) -> None:
        from checkov_ecs_endpoints.model.workloads import NetworkMode

        world = World()
        world.group("closed", egress=())
        launch = World.ec2(world.isolated(), groups=("tasks",))
        world.service(task=world.task(mode=NetworkMode.BRIDGE), launch=launch)
        assert outcomes(world, "ecs_egress_limited") == [FAILED]

    def test_peer_type_is_exhaustive(self) -> None:
        peers: list[Peer] = [Cidr(ANYWHERE), PrefixListOf("s3"), everything(), GroupMembers("x"), UNKNOWN]
        for peer in peers:
            world = World()
            world.group(
                "tasks", egress=(Rule(source=source("r"), peer=peer, protocol=UNKNOWN, ports=UNKNOWN),)
            )
            world.service(world.isolated())
            assert outcomes(world, "ecs_egress_limited") != [FAILED]


class TestPlacement:
    def test_public_address_in_a_public_subnet(self) -> None:
        world = World()
        world.service("public", public_ip=True)
        (verdict,) = ask(world, "ecs_not_public")
        assert verdict.outcome is FAILED
        assert [step.text for step in verdict.evidence] == [
            "it gets a public address",
            "service is in subnet public",
            "public is associated with route table public-table",
            "its route 0.0.0.0/0 goes to internet gateway igw",
        ]

    def test_public_address_in_a_private_subnet_is_not_exposed(self) -> None:
        world = World()
        world.service(world.behind_nat(), public_ip=True)
        assert outcomes(world, "ecs_not_public") == [PASSED]

    def test_public_subnet_without_address(self) -> None:
        world = World()
        world.service("public")
        assert outcomes(world, "ecs_not_public") == [PASSED]

    def test_no_address_passes_whatever_the_subnets(self) -> None:
        world = World()
        world.service(UNKNOWN)
        assert outcomes(world, "ecs_not_public") == [PASSED]

    def test_address_in_subnets_that_are_not_known(self) -> None:
        world = World()
        world.service(UNKNOWN, public_ip=True)
        assert outcomes(world, "ecs_not_public") == [UNDECIDED]

    def test_instances_take_the_address_that_their_subnet_gives(self) -> None:
        world = World()
        world.service(launch=World.ec2("public"))
        assert outcomes(world, "ecs_not_public") == [PASSED]
        world.subnets["public"] = replace(world.subnets["public"], public_ip_on_launch=True)
        assert outcomes(world, "ecs_not_public") == [FAILED]
