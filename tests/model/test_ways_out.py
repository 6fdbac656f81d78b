"""Whole paths of 302 and 402, and of what stands on the way: facts C and D, by their numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.worlds import ANYWHERE, UNKNOWN, World, private_ecr, rule, source

from checkov_ecs_endpoints.model.barriers import BlockMode
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import (
    AclEntry,
    Cidr,
    DnsInfluence,
    DnsKind,
    NetworkAcl,
    Subnet,
    TargetKind,
    Zone,
)
from checkov_ecs_endpoints.model.workloads import Capacity, EnvironmentFile, Launch, NetworkMode
from checkov_ecs_endpoints.reasoning.zones import one_zone, same_zone
from checkov_ecs_endpoints.results import Outcome, Verdict
from checkov_ecs_endpoints.rules.registry import OPERATORS
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Truth, Unknown, Why

PASSED, FAILED, UNDECIDED = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN
HIGH = {"ecs-endpoints:tier": "high-bandwidth"}
LIMITED, SAME_ZONE, STARTS, PUBLIC = (
    "ecs_destinations_limited",
    "ecs_nat_in_same_zone",
    "ecs_starts",
    "ecs_not_public",
)


def ask(world: World, operator: str, attribute: str = "") -> list[Verdict]:
    return list(OPERATORS[operator](world.estate(), attribute, {}, Settings()))


def outcomes(world: World, operator: str, attribute: str = "") -> list[Outcome]:
    return [verdict.outcome for verdict in ask(world, operator, attribute)]


def told(verdict: Verdict) -> list[str]:
    return [step.text for step in verdict.evidence]


def change(world: World, name: str, **fields: object) -> None:
    world.subnets[name] = replace(world.subnets[name], **fields)  # type: ignore[arg-type]


class TestDestinations:
    """ECSNET_402."""

    def test_d14_a_nat_gateway_cannot_limit(self) -> None:
        world = World()
        world.service(world.behind_nat())
        (verdict,) = ask(world, LIMITED)
        assert verdict.outcome is FAILED
        assert verdict.cause == "vpc: nothing limits where traffic to the internet goes"
        assert told(verdict) == [
            "service is in subnet private",
            "private is associated with route table private-table",
            "its route 0.0.0.0/0 goes to NAT gateway nat",
            "nat is a NAT gateway: it has no security group and cannot limit destinations",
            "public is associated with route table public-table",
            "its route 0.0.0.0/0 goes to internet gateway igw",
            "its egress allows IPv4 TCP 443 to any destination",
            "no DNS firewall that blocks names is for the VPC of private",
            "container app has no proxy setting",
        ]

    def test_without_a_way_to_the_internet_there_is_no_record(self) -> None:
        world = World()
        world.service(world.isolated())
        assert outcomes(world, LIMITED) == []

    def test_d16_a_public_address_is_a_direct_way(self) -> None:
        world = World()
        world.service("public", public_ip=True)
        assert outcomes(world, LIMITED) == [FAILED]

    def test_d16_tasks_on_ec2_have_no_way_in_a_public_subnet(self) -> None:
        world = World()
        world.service("public", public_ip=True, launch=world.ec2("public"))
        assert outcomes(world, LIMITED) == []

    def test_d18_the_groups_of_the_instance_limit_host_mode(self) -> None:
        world = World()
        private = world.behind_nat()
        world.group("narrow", egress=(rule("10.0.0.0/8"),))
        task = world.task(mode=NetworkMode.HOST)
        world.service(task=task, launch=world.ec2(private, groups=("narrow",)))
        assert outcomes(world, LIMITED) == [PASSED]

    @pytest.mark.parametrize(
        ("egress", "expected"),
        [
            ((rule(ANYWHERE, (443, 443), "tcp"),), FAILED),  # ports, not destinations: D9
            ((rule("0.0.0.0/1"), rule("128.0.0.0/1")), FAILED),
            ((rule(ANYWHERE, (53, 53), "udp"),), FAILED),
            ((rule("0.0.0.0/1", (1, 100), "tcp"), rule("128.0.0.0/1", (101, 200), "tcp")), PASSED),
            ((rule("0.0.0.0/1", (1, 100), "tcp"), rule("128.0.0.0/1", (100, 200), "tcp")), FAILED),
            ((rule("::/0"),), PASSED),  # over IPv4 alone
            ((rule("140.82.112.0/20"),), PASSED),
            ((rule(ANYWHERE, None, "icmp"),), PASSED),
            ((), PASSED),  # D5: replies to what comes in leave all the same
            ((rule(UNKNOWN),), UNDECIDED),
            ((rule(UNKNOWN, (443, 443), "tcp"),), UNDECIDED),
            ((rule(ANYWHERE, exists=UNKNOWN),), UNDECIDED),
            ((rule(UNKNOWN), rule(ANYWHERE)), FAILED),
        ],
    )
    def test_d9_security_groups(self, egress: tuple[object, ...], expected: Outcome) -> None:
        world = World()
        world.group("tasks", egress=egress)  # type: ignore[arg-type]
        world.service(world.behind_nat())
        assert outcomes(world, LIMITED) == [expected]

    def test_a_nat_gateway_behind_itself_is_no_way_out(self) -> None:
        world = World()
        private = world.behind_nat()
        world.nats["nat"] = replace(world.nats["nat"], subnet=private)
        world.service(private)
        assert outcomes(world, LIMITED) == []

    def test_a_group_with_unseen_rules_limits_nothing_for_sure(self) -> None:
        world = World()
        world.group("tasks", egress=(rule("10.0.0.0/8"),))
        world.groups["tasks"] = replace(world.groups["tasks"], handed_over=UNKNOWN)
        world.service(world.behind_nat())
        assert outcomes(world, LIMITED) == [UNDECIDED]

    @pytest.mark.parametrize(("blocks", "expected"), [(True, PASSED), (False, FAILED), (UNKNOWN, UNDECIDED)])
    def test_d11_a_dns_firewall(self, blocks: Truth, expected: Outcome) -> None:
        world = World()
        world.service(world.behind_nat())
        world.dns_firewall(blocks)
        assert outcomes(world, LIMITED) == [expected]

    def test_d11_the_dns_firewall_of_another_vpc(self) -> None:
        world = World()
        world.service(world.behind_nat())
        world.dns_firewall(vpc=world.vpc("other"))
        assert outcomes(world, LIMITED) == [FAILED]

    def test_a_profile_may_hold_a_dns_firewall(self) -> None:
        world = World()
        world.service(world.behind_nat())
        world.dns.append(DnsInfluence(id="p", source=source("p"), kind=DnsKind.PROFILE, vpc="vpc"))
        assert outcomes(world, LIMITED) == [UNDECIDED]

    @pytest.mark.parametrize(
        ("environments", "expected"),
        [
            (({"HTTPS_PROXY": "http://proxy:3128"},), PASSED),
            (({"https_proxy": "http://proxy:3128"}, {"ALL_PROXY": "x"}), PASSED),
            (({"HTTP_PROXY": "http://proxy:3128"},), UNDECIDED),  # of HTTPS it says nothing
            (({"HTTP_PROXY": ""},), FAILED),
            (({"HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "*"},), FAILED),
            (({"HTTPS_PROXY": "http://proxy:3128", "no_proxy": "10.0.0.0/8"},), PASSED),
            (({"HTTPS_PROXY": "http://proxy:3128", "no_proxy": UNKNOWN},), UNDECIDED),
            (({"HTTPS_PROXY": "x"}, {"NO_PROXY": "*"}), FAILED),
            (({"HTTPS_PROXY": ""},), FAILED),
            (({"HTTPS_PROXY": UNKNOWN},), UNDECIDED),
            ((UNKNOWN,), UNDECIDED),
            ((UNKNOWN, {}), FAILED),
        ],
    )
    def test_b20_proxies(
        self, environments: tuple[dict[str, object] | Unknown, ...], expected: Outcome
    ) -> None:
        world = World()
        containers = [
            replace(private_ecr(str(number)), environment=environment)  # type: ignore[arg-type]
            for number, environment in enumerate(environments)
        ]
        world.service(world.behind_nat(), task=world.task(*containers))
        assert outcomes(world, LIMITED) == [expected]

    def test_a_secret_may_set_a_proxy(self) -> None:
        world = World()
        secret = Unknown(Why.SECRET, "the variable HTTPS_PROXY")
        container = replace(private_ecr(), environment={"HTTPS_PROXY": secret})
        world.service(world.behind_nat(), task=world.task(container))
        assert [verdict.reason for verdict in ask(world, LIMITED)] == [secret]
        world.workloads.clear()
        container = replace(private_ecr(), secrets=Listing((), UNKNOWN))
        world.service(world.behind_nat(), task=world.task(container))
        assert [verdict.reason for verdict in ask(world, LIMITED)] == [UNKNOWN]

    def test_firewalls_that_lead_to_themselves_are_no_way_out(self) -> None:
        """Thirty subnets of a firewall whose routes lead back to it: the walk ends."""
        world = World()
        table = world.table("private-table", to=TargetKind.VPC_ENDPOINT, target="wall")
        inside = [world.subnet(f"wall-{number}", f"10.0.{number + 9}.0/24", table) for number in range(30)]
        world.firewall("wall", *inside)
        world.service(world.subnet("private", "10.0.1.0/24", table))
        assert outcomes(world, LIMITED) == []

    def test_very_many_ways_are_not_told_apart(self) -> None:
        """Private NAT gateways in a row, each half of the addresses to another one: 2 to the 30th ways."""
        world = World()
        for level in range(31):
            halves = zip(("0.0.0.0/1", "128.0.0.0/1"), "ab", strict=True)
            routes = [
                world.route(TargetKind.NAT_GATEWAY, f"nat-{level}{half}", block) for block, half in halves
            ]
            world.table(f"table-{level}")
            world.tables[f"table-{level}"] = replace(
                world.tables[f"table-{level}"], routes=Listing(tuple(routes))
            )
        for level in range(31):
            for half in "ab":
                table = f"table-{level + 1}" if level < 30 else ""
                subnet = world.subnet(f"subnet-{level}{half}", f"10.{level}.0.0/24", table)
                world.nat(f"nat-{level}{half}", subnet, public=False)
        world.service(world.subnet("private", "10.0.1.0/24", "table-0"))
        (verdict,) = ask(world, LIMITED)
        assert str(verdict.reason) == (
            "which of very many ways the traffic of private takes is beyond the limits of the scan"
        )
        assert outcomes(world, "ecs_reaches_by_endpoint", "ecr.api") == [FAILED]  # every way ends somewhere

    def test_two_routes_of_one_range_are_not_chosen_between(self) -> None:
        """AWS refuses the second of them; a table with inline routes and others loses one of them."""
        world = World()
        private = world.behind_nat()
        table = world.tables["private-table"]
        other = world.route(TargetKind.INTERNET_GATEWAY, "igw")
        world.tables["private-table"] = replace(table, routes=Listing((*table.routes, other)))
        world.service(private)
        assert outcomes(world, LIMITED) == [UNDECIDED]

    def test_c12_subnets_for_ipv6_alone_send_nothing_over_ipv4(self) -> None:
        world = World()
        world.service(world.behind_nat(), tags=HIGH)
        change(world, "private", ipv6=True, ipv6_native=True)
        for operator in (LIMITED, SAME_ZONE, "ecs_nat_not_shared"):
            assert outcomes(world, operator) == []
        change(world, "private", ipv6_native=UNKNOWN)
        for operator in (LIMITED, SAME_ZONE, "ecs_nat_not_shared"):
            assert outcomes(world, operator) == [UNDECIDED]

    def test_c12_nat64_takes_ipv6_to_a_nat_gateway(self) -> None:
        world = World()
        world.service(world.behind_nat(), tags=HIGH)
        change(world, "private", ipv6=True, ipv6_native=True)
        table = world.tables["private-table"]
        nat64 = world.route(TargetKind.NAT_GATEWAY, "nat", "64:ff9b::/96")
        world.tables["private-table"] = replace(table, routes=Listing((*table.routes, nat64)))
        for operator in (SAME_ZONE, "ecs_nat_not_shared"):
            assert outcomes(world, operator) == [UNDECIDED]

    def test_a_proxy_is_named_without_its_address(self) -> None:
        world = World()
        container = replace(private_ecr(), environment={"HTTPS_PROXY": "http://user:secret@proxy"})
        world.service(world.behind_nat(), task=world.task(container))
        (verdict,) = ask(world, LIMITED)
        assert told(verdict)[-1] == "container app has a proxy setting (HTTPS_PROXY)"
        assert "secret" not in str(verdict)

    def test_an_environment_file_may_set_a_proxy(self) -> None:
        world = World()
        container = replace(private_ecr(), environment_files=Listing((EnvironmentFile(source("file")),)))
        world.service(world.behind_nat(), task=world.task(container))
        assert outcomes(world, LIMITED) == [UNDECIDED]

    @pytest.mark.parametrize(
        ("block", "allow", "expected"),
        [
            ("0.0.0.0/0", True, FAILED),
            ("140.82.112.0/20", True, PASSED),
            ("0.0.0.0/0", False, PASSED),
            (UNKNOWN, True, UNDECIDED),
            (UNKNOWN, False, PASSED),  # nothing is allowed at all
        ],
    )
    @pytest.mark.parametrize("subnet", ["private", "public"])
    def test_d12_and_c9_network_acls_of_the_tasks_and_of_the_gateway(
        self, subnet: str, block: str | Unknown, allow: bool, expected: Outcome
    ) -> None:
        world = World()
        world.service(world.behind_nat())
        range_ = Cidr(block) if isinstance(block, str) else block
        world.acls["acl"] = acl(subnet, entry(100, range_, allow))
        assert outcomes(world, LIMITED) == [expected]

    def test_d12_what_is_denied_before_it_is_allowed_limits(self) -> None:
        world = World()
        world.service(world.behind_nat())
        for denied, expected in (("1.2.3.0/24", PASSED), ("10.0.0.0/8", FAILED)):
            entries = (entry(90, Cidr(denied), False), entry(100, Cidr(ANYWHERE), True))
            world.acls["acl"] = acl("private", *entries)
            assert outcomes(world, LIMITED) == [expected]

    def test_group_and_acl_that_leave_different_ports_limit_together(self) -> None:
        world = World()
        world.service(world.behind_nat())
        world.group("tasks", egress=(rule(ANYWHERE, (443, 443), "tcp"), rule("10.0.0.0/8")))
        closed = replace(entry(90, Cidr(ANYWHERE), False), protocol="tcp", ports=(443, 443))
        world.acls["acl"] = acl("private", closed, entry(100, Cidr(ANYWHERE), True))
        assert outcomes(world, LIMITED) == [PASSED]

    def test_d13_a_firewall_that_no_route_leads_to_limits_nothing(self) -> None:
        world = World()
        world.service(world.behind_nat())
        world.firewall("wall", "public")
        assert outcomes(world, LIMITED) == [FAILED]

    @pytest.mark.parametrize(
        ("restricts", "expected"), [(True, PASSED), (False, FAILED), (UNKNOWN, UNDECIDED)]
    )
    def test_d13_a_firewall_on_the_way(self, restricts: Truth, expected: Outcome) -> None:
        world = World()
        world.subnet("inspected", "10.0.3.0/24", world.table("inspected-table", nat=world.nat()))
        wall = world.firewall("wall", "inspected", restricts=restricts)
        table = world.table("private-table", to=TargetKind.VPC_ENDPOINT, target=wall)
        world.service(world.subnet("private", "10.0.1.0/24", table))
        assert outcomes(world, LIMITED) == [expected]

    def test_d13_a_firewall_whose_subnets_lead_nowhere(self) -> None:
        world = World()
        world.subnet("inspected", "10.0.3.0/24", world.table("inspected-table"))
        table = world.table(
            "private-table", to=TargetKind.VPC_ENDPOINT, target=world.firewall("wall", "inspected")
        )
        world.service(world.subnet("private", "10.0.1.0/24", table))
        assert outcomes(world, LIMITED) == []

    def test_d13_firewalls_that_lead_to_each_other_end(self) -> None:
        world = World()
        table = world.table(
            "private-table", to=TargetKind.VPC_ENDPOINT, target=world.firewall("wall", "loop")
        )
        world.subnet("loop", "10.0.3.0/24", table)
        world.service(world.subnet("private", "10.0.1.0/24", table))
        assert outcomes(world, LIMITED) == []

    def test_d13_a_firewall_in_proxy_mode_in_front_of_a_nat_gateway(self) -> None:
        world = World()
        world.service(world.behind_nat())
        world.firewall("wall", nat_gateways=Listing(("nat",)))
        (verdict,) = ask(world, LIMITED)
        assert verdict.outcome is UNDECIDED
        assert "wall is a proxy in front of nat" in told(verdict)

    def test_c13_behind_a_transit_gateway_nothing_is_known(self) -> None:
        world = World()
        world.firewall("wall", transit_gateway="hub")
        table = world.table("private-table", to=TargetKind.TRANSIT_GATEWAY)
        world.service(world.subnet("private", "10.0.1.0/24", table))
        (verdict,) = ask(world, LIMITED)
        assert verdict.outcome is UNDECIDED
        assert "wall is attached to transit gateway hub" in told(verdict)

    def test_d19_a_private_range_behind_a_peering_is_no_internet(self) -> None:
        world = World()
        private = world.isolated()
        peering = world.route(TargetKind.PEERING, "peer", "10.1.0.0/16")
        table = world.tables["private-table"]
        world.tables["private-table"] = replace(table, routes=Listing((peering,)))
        world.service(private)
        assert outcomes(world, LIMITED) == []

    def test_nothing_leaves_over_ipv6_without_an_address(self) -> None:
        world = World()
        route = replace(world.route(TargetKind.PEERING, "peer"), destination=UNKNOWN)
        table = world.tables["public-table"]
        world.tables["public-table"] = replace(table, routes=Listing((*table.routes, route)))
        world.service("public")
        assert outcomes(world, LIMITED) == []
        change(world, "public", ipv6=UNKNOWN)
        world.group("tasks", egress=(rule(ANYWHERE), rule("::/0")))
        assert outcomes(world, LIMITED) == [UNDECIDED]

    @pytest.mark.parametrize(
        ("ipv6", "native", "expected"),
        [
            (False, False, []),
            (True, False, [UNDECIDED]),
            (True, True, [FAILED]),
            (UNKNOWN, False, [UNDECIDED]),
        ],
    )
    def test_c12_and_trap_20_ipv6_leaves_through_its_own_gateway(
        self, ipv6: Truth, native: Truth, expected: list[Outcome]
    ) -> None:
        world = World()
        private = world.isolated()
        route = world.route(TargetKind.EGRESS_ONLY_GATEWAY, "eigw", "::/0")
        world.tables["private-table"] = replace(world.tables["private-table"], routes=Listing((route,)))
        change(world, private, ipv6=ipv6, ipv6_native=native)
        world.group("tasks", egress=(rule("::/0"),))
        world.service(private)
        assert outcomes(world, LIMITED) == expected

    def test_open_edges_a_vpc_in_other_hands_may_get_a_dns_firewall(self) -> None:
        world = World()
        world.service(world.behind_nat())
        world.vpcs["vpc"] = replace(world.vpcs["vpc"], handed_over=UNKNOWN)
        assert outcomes(world, LIMITED) == [UNDECIDED]

    def test_one_open_subnet_among_several_fails(self) -> None:
        world = World()
        private = world.behind_nat()
        world.service(world.subnet("closed", "10.0.2.0/24", world.table("closed-table")), private)
        assert outcomes(world, LIMITED) == [FAILED]

    def test_a_launch_that_may_not_be_used_is_not_certain(self) -> None:
        world = World()
        private = world.behind_nat()
        world.group("narrow", egress=(rule("10.0.0.0/8"),))
        ec2 = replace(world.ec2(private, groups=("narrow",)), exists=UNKNOWN)
        fargate = Launch(capacity=Capacity.FARGATE, source=source("fargate"), exists=UNKNOWN)
        workload = world.service(private)
        task = world.task(mode=NetworkMode.HOST)
        world.workloads = [replace(workload, launches=Listing((fargate, ec2)), task_definition=task)]
        assert outcomes(world, LIMITED) == [UNDECIDED]


def entry(number: int, block: Cidr | Unknown, allow: bool) -> AclEntry:
    return AclEntry(
        source=source("entry"),
        number=number,
        egress=True,
        allow=allow,
        protocol="-1",
        block=block,
        ports=None,
    )


def acl(subnet: str, *entries: AclEntry) -> NetworkAcl:
    return NetworkAcl(
        id="acl", source=source("acl"), vpc="vpc", subnets=Listing((subnet,)), entries=Listing(entries)
    )


class TestNatInstance:
    """Facts C11."""

    def world(self, **box: object) -> World:
        world = World()
        world.group("box", ingress=(rule("10.0.0.0/16"),))
        instance = world.nat_instance(groups=("box",), **box)  # type: ignore[arg-type]
        table = world.table("private-table", to=TargetKind.NETWORK_INTERFACE, target=instance)
        world.service(world.subnet("private", "10.0.1.0/24", table), tags=HIGH)
        return world

    def test_c11_it_is_a_way_to_the_internet(self) -> None:
        world = self.world()
        assert outcomes(world, STARTS) == [PASSED]
        assert outcomes(world, "ecs_reaches_by_endpoint", "s3") == [FAILED]

    def test_c11_what_its_software_lets_through_is_not_known(self) -> None:
        (verdict,) = ask(self.world(), LIMITED)
        assert verdict.outcome is UNDECIDED
        assert str(verdict.reason).startswith(
            "the software of the NAT instance box is outside the repository"
        )

    def test_c11_a_high_bandwidth_tier_on_it_hangs_on_one_gateway(self) -> None:
        world = self.world()
        world.forwarders["box"] = replace(world.forwarders["box"], instance_type="c7gn.large")
        (verdict,) = ask(world, "ecs_nat_not_shared")
        assert verdict.outcome is FAILED
        assert (
            "a NAT instance carries what its instance type does, 6.25 Gbit/s of baseline"
            in verdict.details[0]
        )

    @pytest.mark.parametrize(
        "box",
        [
            {"forwards": False},
            {"public_ip": False},
            {"public_ip": None},
            {"subnet": "private"},
            {"subnet": UNKNOWN},
        ],
    )
    def test_c11_another_interface_is_a_hub(self, box: dict[str, object]) -> None:
        assert outcomes(self.world(**box), STARTS) == [UNDECIDED]

    def test_c11_its_groups_must_take_the_traffic_in(self) -> None:
        world = self.world()
        world.group("box", ingress=())
        assert outcomes(world, STARTS) == [FAILED]

    def test_c5_its_zone_counts_like_a_gateways(self) -> None:
        world = self.world()
        change(world, "private", zone=Zone(name="b"))
        assert outcomes(world, SAME_ZONE) == [FAILED]


class TestPublicAccess:
    """Facts B19 and trap 20: VPC Block Public Access."""

    @pytest.mark.parametrize(
        ("mode", "behind_nat", "expected"),
        [
            (BlockMode.BIDIRECTIONAL, True, FAILED),
            (BlockMode.INGRESS, True, PASSED),
            (BlockMode.OFF, True, PASSED),
            (UNKNOWN, True, UNDECIDED),
            (BlockMode.BIDIRECTIONAL, False, FAILED),
            (BlockMode.INGRESS, False, FAILED),
        ],
    )
    def test_b19_modes(self, mode: BlockMode | Unknown, behind_nat: bool, expected: Outcome) -> None:
        world = World()
        world.block_public_access(mode)
        world.service(world.behind_nat() if behind_nat else "public", public_ip=not behind_nat)
        assert outcomes(world, STARTS) == [expected]
        assert outcomes(world, LIMITED) == (
            [] if expected is FAILED else [FAILED if expected is PASSED else expected]
        )

    @pytest.mark.parametrize(
        ("vpc", "subnets", "expected"),
        [
            ("vpc", (), PASSED),
            (None, ("private", "public"), PASSED),
            (None, ("private",), UNDECIDED),  # of the NAT gateway's subnet nothing is documented
            (None, ("public",), UNDECIDED),
            (UNKNOWN, (), UNDECIDED),
            ("other", (), FAILED),
        ],
    )
    def test_b19_exclusions(
        self, vpc: str | Unknown | None, subnets: tuple[str, ...], expected: Outcome
    ) -> None:
        world = World()
        world.block_public_access()
        for subnet in subnets:
            world.exclude(subnet=subnet)
        if vpc is not None:
            world.exclude(vpc=vpc)
        world.service(world.behind_nat())
        assert outcomes(world, STARTS) == [expected]

    @pytest.mark.parametrize(("both_ways", "expected"), [(True, PASSED), (False, UNDECIDED)])
    def test_b19_an_exclusion_for_egress_may_not_serve_public_tasks(
        self, both_ways: bool, expected: Outcome
    ) -> None:
        world = World()
        world.block_public_access()
        world.exclude(vpc="vpc", both_ways=both_ways)
        world.service("public", public_ip=True)
        assert outcomes(world, STARTS) == [expected]


class TestPublicPlacement:
    """ECSNET_403."""

    def world(self, kind: TargetKind = TargetKind.INTERNET_GATEWAY, **subnet: object) -> World:
        world = World()
        world.tables["public-table"] = replace(
            world.tables["public-table"], routes=Listing((world.route(kind, "igw", "::/0"),))
        )
        change(world, "public", **subnet)
        world.service("public")
        return world

    @pytest.mark.parametrize(
        ("ipv6", "native", "expected"),
        [(False, False, PASSED), (True, True, FAILED), (True, False, UNDECIDED), (UNKNOWN, False, UNDECIDED)],
    )
    def test_trap_20_ipv6_addresses_are_public_ones(
        self, ipv6: Truth, native: Truth, expected: Outcome
    ) -> None:
        assert outcomes(self.world(ipv6=ipv6, ipv6_native=native), PUBLIC) == [expected]

    def test_c12_nothing_comes_in_through_an_egress_only_gateway(self) -> None:
        world = self.world(TargetKind.EGRESS_ONLY_GATEWAY, ipv6=True, ipv6_native=True)
        assert outcomes(world, PUBLIC) == [PASSED]

    def test_b19_while_public_access_is_blocked_it_is_said(self) -> None:
        world = World()
        world.service("public", public_ip=True)
        (verdict,) = ask(world, PUBLIC)
        assert "Block Public Access" not in verdict.details[0]
        world.block_public_access(BlockMode.INGRESS)
        (verdict,) = ask(world, PUBLIC)
        assert verdict.outcome is FAILED
        assert "once VPC Block Public Access is off" in verdict.details[0]

    def test_d17_managed_instances_have_the_addresses_of_their_subnets(self) -> None:
        world = World()
        launch = replace(world.ec2("public"), capacity=Capacity.MANAGED_INSTANCES)
        world.service("public", launch=launch)
        assert outcomes(world, PUBLIC) == [PASSED]
        change(world, "public", public_ip_on_launch=True)
        assert outcomes(world, PUBLIC) == [FAILED]


class TestZones:
    """ECSNET_302."""

    def world(self, zone: object = Zone(name="b"), gateway: object = Zone(name="a"), **nat: object) -> World:
        world = World()
        private = world.behind_nat()
        world.nat(**nat)  # type: ignore[arg-type]
        world.subnet("other", "10.0.9.0/24", zone="c")
        change(world, "private", zone=zone)
        change(world, "public", zone=gateway)
        world.service(private)
        return world

    def test_c5_a_gateway_in_another_zone(self) -> None:
        (verdict,) = ask(self.world(), SAME_ZONE)
        assert verdict.outcome is FAILED
        assert verdict.cause == "nat: not in the Availability Zone of private"
        assert told(verdict)[-1] == "nat is in public, in another Availability Zone"

    @pytest.mark.parametrize(
        ("zone", "gateway", "expected"),
        [
            (Zone(name="a"), Zone(name="a"), PASSED),
            (Zone(listing="names", index=0), Zone(listing="names", index=0), PASSED),
            (Zone(listing="names", index=1), Zone(listing="names", index=0), FAILED),
            (Zone(listing="names", index=1), Zone(listing="others", index=0), UNDECIDED),
            (Zone(listing="names", index=1), Zone(name="a"), UNDECIDED),
            (Zone(given=UNKNOWN), Zone(given=UNKNOWN), PASSED),
            (Zone(given=UNKNOWN), Zone(given=replace(UNKNOWN, subject="another")), UNDECIDED),
            (Zone(given=UNKNOWN), Zone(name="a"), UNDECIDED),
            (UNKNOWN, Zone(name="a"), UNDECIDED),
            (UNKNOWN, UNKNOWN, UNDECIDED),
        ],
    )
    def test_c5_zones_are_compared_soundly(self, zone: object, gateway: object, expected: Outcome) -> None:
        assert outcomes(self.world(zone, gateway), SAME_ZONE) == [expected]

    def test_c7_and_trap_7_a_regional_gateway_is_in_every_zone(self) -> None:
        assert outcomes(self.world(subnet=None, regional=True), SAME_ZONE) == [PASSED]

    def test_trap_7_in_a_vpc_of_one_zone_it_does_not_apply(self) -> None:
        world = World()
        world.service(world.behind_nat(), tags=HIGH)
        assert outcomes(world, SAME_ZONE) == []
        assert outcomes(world, "ecs_nat_not_shared") == [FAILED]

    def test_trap_20_a_gateway_per_zone_and_tables_that_cross(self) -> None:
        world = World()
        world.subnet("public-b", "10.0.8.0/24", "public-table", zone="b")
        first, second = world.nat("nat-a"), world.nat("nat-b", subnet="public-b")
        one = world.subnet("one", "10.0.1.0/24", world.table("one-table", nat=first), zone="a")
        two = world.subnet("two", "10.0.2.0/24", world.table("two-table", nat=second), zone="b")
        world.service(one, two)
        assert outcomes(world, SAME_ZONE) == [PASSED]
        world.table("one-table", nat=second)
        world.table("two-table", nat=first)
        assert outcomes(world, SAME_ZONE) == [FAILED]

    def test_no_nat_gateway_no_record(self) -> None:
        world = World()
        world.service(world.isolated(), "public")
        assert outcomes(world, SAME_ZONE) == []

    def test_c13_behind_a_hub_it_is_not_known(self) -> None:
        world = World()
        table = world.table("private-table", to=TargetKind.TRANSIT_GATEWAY)
        world.service(world.subnet("private", "10.0.1.0/24", table))
        assert outcomes(world, SAME_ZONE) == [UNDECIDED]

    def test_d13_a_firewall_is_followed_to_the_gateway_behind_it(self) -> None:
        world = self.world()
        world.subnet("inspected", "10.0.3.0/24", world.table("inspected-table", nat="nat"), zone="b")
        wall = world.firewall("wall", "inspected")
        world.table("private-table", to=TargetKind.VPC_ENDPOINT, target=wall)
        assert outcomes(world, SAME_ZONE) == [FAILED]

    def test_a_subnet_is_in_its_own_zone(self) -> None:
        subnet = Subnet(id="s", source=source("s"), vpc="vpc", zone=UNKNOWN)
        assert same_zone(subnet, subnet) is True
        assert one_zone([subnet]) is True


class TestBehindFirewalls:
    """A firewall of these files is no hub: what is behind it is followed (facts D13)."""

    def world(self, to: TargetKind) -> World:
        world = World()
        world.subnet("inspected", "10.0.3.0/24", world.table("inspected-table", to=to, target="there"))
        wall = world.firewall("wall", "inspected")
        table = world.table("private-table", to=TargetKind.VPC_ENDPOINT, target=wall)
        world.service(world.subnet("private", "10.0.1.0/24", table))
        world.nat("there")
        return world

    def test_d13_without_a_hub_behind_it_a_missing_endpoint_is_missing(self) -> None:
        assert outcomes(self.world(TargetKind.NAT_GATEWAY), "ecs_reaches_by_endpoint", "s3") == [FAILED]

    def test_d13_behind_it_may_be_a_hub(self) -> None:
        assert outcomes(self.world(TargetKind.TRANSIT_GATEWAY), "ecs_reaches_by_endpoint", "s3") == [
            UNDECIDED
        ]

    def test_d13_whether_it_lets_https_through_is_not_known(self) -> None:
        assert outcomes(self.world(TargetKind.NAT_GATEWAY), STARTS) == [UNDECIDED]
