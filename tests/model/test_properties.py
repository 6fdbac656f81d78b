"""What must hold in every network: more endpoints only help, less knowledge only makes unsure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.worlds import ANYWHERE, UNKNOWN, World, private_ecr, pulling, rule

from checkov_ecs_endpoints.model.base import Item, Link, Listing
from checkov_ecs_endpoints.model.network import (
    Cidr,
    GroupMembers,
    Peer,
    PrefixListOf,
    TargetKind,
)
from checkov_ecs_endpoints.model.workloads import Registry
from checkov_ecs_endpoints.results import Outcome
from checkov_ecs_endpoints.rules.registry import OPERATORS
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Truth

QUESTIONS = (
    ("ecs_starts", ""),
    *(("ecs_reaches_by_endpoint", service) for service in ("ecr.api", "ecr.dkr", "s3", "logs")),
    ("ecs_gateway_endpoint_on_tables", ""),
    ("ecs_nat_not_shared", ""),
    ("ecs_egress_limited", ""),
    ("ecs_not_public", ""),
)
RANK = {Outcome.FAILED: 0, Outcome.UNKNOWN: 1, Outcome.PASSED: 2}
PRIVATE = ("one", "two")
SERVICES = ("ecr.api", "ecr.dkr", "logs")
PEERS: tuple[Peer, ...] = (
    Cidr(ANYWHERE),
    Cidr("10.0.0.0/16"),
    Cidr("10.0.1.0/24"),
    Cidr("0.0.0.0/1"),
    Cidr("::/0"),
    PrefixListOf("s3"),
    GroupMembers("tasks"),
    GroupMembers("logs door"),
    UNKNOWN,
)

exists: st.SearchStrategy[Truth] = st.sampled_from([True, True, True, True, UNKNOWN])
mostly = st.sampled_from([True, True, True, False])
Answers = dict[tuple[str, str, str], Outcome]
quick = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A VPC with two private subnets, some endpoints, and a service in some subnets."""
    world = World()
    world.nat()
    world.nat("second")
    exits: list[Callable[[str], str]] = [
        world.table,
        lambda name: world.table(name, nat="nat"),
        lambda name: world.table(name, nat="second"),
        lambda name: world.table(name, to=TargetKind.TRANSIT_GATEWAY),
        lambda name: world.table(name, igw=True),
    ]
    for number, name in enumerate(PRIVATE, 1):
        table = draw(st.sampled_from(exits))(f"{name}-table")
        world.subnet(name, f"10.0.{number}.0/24", table if draw(st.booleans()) else "")
    for service in SERVICES:
        if draw(mostly):
            world.interface(service, draw(st.sampled_from(PRIVATE)), private_dns=draw(exists))
            world.change_endpoint(service, exists=draw(exists))
    tables = [*(f"{name}-table" for name in PRIVATE), "vpc#main"]
    if draw(mostly):
        world.gateway("s3", *draw(st.sampled_from([tables, tables[:1], tables[1:]])))
    ports = st.sampled_from([None, (443, 443), (0, 65535), (80, 80)])
    rules = st.builds(
        lambda peer, ports, there: rule(peer, ports, "tcp" if ports else "-1", there),
        st.sampled_from(PEERS),
        ports,
        exists,
    )
    narrow = st.lists(rules, max_size=3).map(tuple)
    world.group("tasks", egress=draw(st.just((rule(ANYWHERE),)) | narrow))
    anywhere: list[Link] = [*PRIVATE, "public", UNKNOWN]
    subnets = draw(st.lists(st.sampled_from(anywhere), min_size=1, max_size=2, unique=True))
    registry = draw(st.sampled_from([*Registry, UNKNOWN]))
    containers = (private_ecr(),) if registry is Registry.PRIVATE_ECR else (private_ecr(), pulling(registry))
    tags = draw(st.sampled_from([{}, {"ecs-endpoints:tier": "high-bandwidth"}]))
    world.service(*subnets, public_ip=draw(st.booleans()), task=world.task(*containers), tags=tags)
    return world


def answers(world: World) -> Answers:
    """Every verdict, by policy and resource; asking never raises."""
    estate = world.estate()
    return {
        (operator, attribute, verdict.resource): verdict.outcome
        for operator, attribute in QUESTIONS
        for verdict in OPERATORS[operator](estate, attribute, {}, Settings())
    }


def assert_no_worse(before: Answers, after: Answers, about: tuple[str, ...]) -> None:
    for key, outcome in before.items():
        if key[0] in about and key in after:
            assert RANK[after[key]] >= RANK[outcome], key


def assert_not_reversed(before: Answers, after: Answers) -> None:
    for key, outcome in before.items():
        if key in after and after[key] is not outcome:
            assert Outcome.UNKNOWN in (outcome, after[key]), (key, outcome, after[key])


@quick
@given(worlds(), st.sampled_from(SERVICES), st.sampled_from(PRIVATE))
def test_a_working_endpoint_never_makes_it_worse(world: World, service: str, subnet: str) -> None:
    before = answers(world)
    world.endpoints.pop(service, None)
    without = answers(world)
    world.interface(service, subnet)
    group = world.groups[f"{service} door"]
    world.groups[f"{service} door"] = replace(group, ingress=Listing((rule(ANYWHERE),)))
    world.group("tasks", egress=(*world.groups["tasks"].egress.items, rule(GroupMembers(f"{service} door"))))
    after = answers(world)
    about = ("ecs_starts", "ecs_reaches_by_endpoint")
    assert_no_worse(without, after, about)
    assert before.keys() == after.keys()


@quick
@given(worlds())
def test_a_gateway_endpoint_never_makes_it_worse(world: World) -> None:
    world.endpoints.pop("s3 gateway", None)
    before = answers(world)
    world.gateway("s3", *(f"{name}-table" for name in PRIVATE), "vpc#main")
    assert_no_worse(before, answers(world), ("ecs_starts", "ecs_reaches_by_endpoint"))


def forget_private_dns(world: World) -> None:
    for name in list(world.endpoints):
        world.change_endpoint(name, private_dns=UNKNOWN)


def forget_endpoints(world: World) -> None:
    for name in list(world.endpoints):
        world.change_endpoint(name, exists=UNKNOWN)


def forget_tables_of_gateways(world: World) -> None:
    for name in list(world.endpoints):
        world.change_endpoint(name, tables=Listing((), UNKNOWN))


def forget_routes(world: World) -> None:
    for name in PRIVATE:
        table = world.tables[f"{name}-table"]
        routes = tuple(replace(route, target=UNKNOWN) for route in table.routes)
        world.tables[f"{name}-table"] = replace(table, routes=Listing(routes))


def forget_that_routes_exist(world: World) -> None:
    for name in PRIVATE:
        table = world.tables[f"{name}-table"]
        routes = tuple(replace(route, exists=UNKNOWN) for route in table.routes)
        world.tables[f"{name}-table"] = replace(table, routes=Listing(routes))


def forget_associations(world: World) -> None:
    world.associations = [replace(one, table=UNKNOWN) for one in world.associations]


def forget_vpcs(world: World) -> None:
    for name in PRIVATE:
        world.subnets[name] = replace(world.subnets[name], vpc=UNKNOWN)


def forget_peers(world: World) -> None:
    group = world.groups["tasks"]
    rules = tuple(replace(one, peer=UNKNOWN) for one in group.egress)
    world.groups["tasks"] = replace(group, egress=Listing(rules))


def forget_other_rules(world: World) -> None:
    group = world.groups["tasks"]
    world.groups["tasks"] = replace(group, egress=Listing(group.egress.items, UNKNOWN))


def forget_images(world: World) -> None:
    (service,) = world.workloads
    world.workloads = [replace(service, task_definition=world.task(pulling(UNKNOWN, "app")))]


def forget_subnets(world: World) -> None:
    (service,) = world.workloads
    assert service.tasks is not None
    world.workloads = [replace(service, tasks=replace(service.tasks, subnets=Listing((UNKNOWN,))))]


def forget_the_address(world: World) -> None:
    (service,) = world.workloads
    assert service.tasks is not None
    world.workloads = [replace(service, tasks=replace(service.tasks, public_ip=UNKNOWN))]


FORGETTING = (
    forget_private_dns,
    forget_endpoints,
    forget_tables_of_gateways,
    forget_routes,
    forget_that_routes_exist,
    forget_associations,
    forget_vpcs,
    forget_peers,
    forget_other_rules,
    forget_subnets,
    forget_the_address,
)


@pytest.mark.parametrize("forget", FORGETTING, ids=lambda forget: forget.__name__)
@settings(quick, max_examples=70)
@given(world=worlds())
def test_knowing_less_never_reverses_a_verdict(forget: Callable[[World], None], world: World) -> None:
    before = answers(world)
    forget(world)
    assert_not_reversed(before, answers(world))


@quick
@given(worlds())
def test_an_image_that_is_not_known_reverses_nothing_about_ecr(world: World) -> None:
    before = answers(world)
    forget_images(world)
    after = answers(world)
    about_logs = ("ecs_reaches_by_endpoint", "logs", "service")
    assert_not_reversed({key: outcome for key, outcome in before.items() if key != about_logs}, after)


@quick
@given(worlds())
def test_opening_a_security_group_never_passes_401(world: World) -> None:
    key = ("ecs_egress_limited", "", "service")
    before = answers(world)[key]
    group = world.groups["tasks"]
    world.group("tasks", egress=(*group.egress.items, rule(ANYWHERE)))
    assert answers(world)[key] is Outcome.FAILED
    assert before in RANK


@quick
@given(worlds())
def test_a_nat_gateway_that_no_route_uses_changes_nothing(world: World) -> None:
    before = answers(world)
    world.nat("idle")
    assert answers(world) == before


@quick
@given(worlds())
def test_names_decide_nothing(world: World) -> None:
    before = answers(world)
    for things in (world.subnets, world.tables, world.nats, world.endpoints, world.groups, world.vpcs):
        named: dict[str, Item] = dict(things)
        for name, thing in named.items():
            object.__setattr__(thing, "source", replace(thing.source, address=f"public_nat_endpoint_{name}"))
    assert answers(world) == before
