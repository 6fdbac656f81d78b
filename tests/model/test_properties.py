"""What must hold in every network: more endpoints only help, less knowledge only makes unsure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.worlds import ANYWHERE, UNKNOWN, World, private_ecr, pulling, rule, source

from checkov_ecs_endpoints.model.barriers import BlockMode
from checkov_ecs_endpoints.model.base import Item, Link, Listing
from checkov_ecs_endpoints.model.network import (
    AclEntry,
    Cidr,
    DnsInfluence,
    DnsKind,
    GroupMembers,
    NetworkAcl,
    Peer,
    PrefixListOf,
    TargetKind,
    Zone,
)
from checkov_ecs_endpoints.model.own import OWN_ACCOUNT
from checkov_ecs_endpoints.model.permissions import Concerned, Permission, Role
from checkov_ecs_endpoints.model.workloads import (
    Capacity,
    Container,
    ExecSettings,
    Image,
    Launch,
    NetworkMode,
    Placement,
    Registry,
    Secret,
    ServiceOf,
)
from checkov_ecs_endpoints.results import Outcome
from checkov_ecs_endpoints.rules.registry import OPERATORS
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Truth, Unknown, Value

QUESTIONS = (
    ("ecs_starts", ""),
    *(
        ("ecs_reaches_by_endpoint", service)
        for service in (
            "ecr.api",
            "ecr.dkr",
            "s3",
            "logs",
            "secretsmanager",
            "ssm",
            "ssmmessages",
            "ecs, ecs-agent, ecs-telemetry",
            "dynamodb",
        )
    ),
    ("ecs_reaches_others_by_endpoint", "other"),
    ("ecs_endpoint_private_dns_on", ""),
    ("ecs_endpoint_groups_admit", ""),
    ("ecs_gateway_endpoint_on_tables", ""),
    ("ecs_endpoint_in_every_zone", ""),
    ("ecs_endpoint_policy_narrows", ""),
    ("ecs_endpoint_policy_allows", ""),
    ("ecs_nat_not_shared", ""),
    ("ecs_nat_in_same_zone", ""),
    ("ecs_egress_limited", ""),
    ("ecs_destinations_limited", ""),
    ("ecs_not_public", ""),
)
RANK = {Outcome.FAILED: 0, Outcome.UNKNOWN: 1, Outcome.PASSED: 2}
PRIVATE = ("one", "two")
SERVICES = ("ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssmmessages", "ecs-agent", "sqs", "kms")
BY_ENDPOINT = ("ecs_starts", "ecs_reaches_by_endpoint", "ecs_reaches_others_by_endpoint")
PARAMETERS = {"ecs_reaches_others_by_endpoint": {"except": ["ecr.api", "ecr.dkr", "s3", "logs", "dynamodb"]}}
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

zones: st.SearchStrategy[Zone | Unknown] = st.sampled_from(
    [
        Zone(name="a"),
        Zone(name="b"),
        Zone(listing="data.aws_availability_zones.all.names", index=0),
        Zone(listing="data.aws_availability_zones.all.names", index=1),
        UNKNOWN,
    ]
)


def statement(effect: str = "Allow", **fields: Value) -> Value:
    return {"Effect": effect, "Principal": "*", "Action": "*", "Resource": "*", **fields}


OWN: Value = {"StringEquals": {"aws:PrincipalAccount": OWN_ACCOUNT}}
FOREIGN: Value = {"StringNotEquals": {"aws:PrincipalAccount": OWN_ACCOUNT}}
policies: st.SearchStrategy[Value] = st.sampled_from(
    [
        None,
        None,
        {"Statement": [statement()]},
        {"Statement": [statement(Condition=OWN)]},
        {"Statement": [statement(), statement("Deny", Condition=FOREIGN)]},
        {"Statement": [statement(Principal={"AWS": OWN_ACCOUNT})]},
        {"Statement": [statement(Action=["s3:GetObject", "logs:*", UNKNOWN])]},
    ]
)
domains: st.SearchStrategy[str | Unknown] = st.sampled_from(["", "logs.eu-west-1.amazonaws.com", UNKNOWN])
exists: st.SearchStrategy[Truth] = st.sampled_from([True, True, True, True, UNKNOWN])
mostly = st.sampled_from([True, True, True, False])
Answers = dict[tuple[str, str, str], Outcome]
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


LAUNCHES = (
    Launch(capacity=Capacity.FARGATE, source=source("fargate")),
    Launch(capacity=Capacity.FARGATE, source=source("spot")),
    World.ec2("one"),
    World.ec2("public", "two"),
)
entries = st.builds(
    AclEntry,
    source=st.just(source("entry")),
    number=st.sampled_from([90, 100, 110, UNKNOWN]),
    egress=st.booleans(),
    allow=st.sampled_from([True, True, False]),
    protocol=st.just("-1"),
    block=st.sampled_from([Cidr(ANYWHERE), Cidr("10.0.0.0/16"), Cidr("10.0.2.0/24"), UNKNOWN]),
    ports=st.none(),
    exists=exists,
)
acls = st.builds(
    lambda entries, subnets: NetworkAcl(
        id="acl", source=source("acl"), vpc="vpc", subnets=Listing(subnets), entries=Listing(entries)
    ),
    st.lists(entries, max_size=4).map(tuple),
    st.lists(st.sampled_from([*PRIVATE, "public"]), min_size=1, unique=True).map(tuple),
)


permissions = st.builds(
    lambda action, there: Permission(source=source("policy"), allow=True, actions=(action,), exists=there),
    st.sampled_from(["sqs:SendMessage", "dynamodb:*", "s3:GetObject", "kms:Sign", "*"]),
    exists,
)
roles: st.SearchStrategy[Role | None] = st.none() | st.builds(
    lambda listed: Role(source=source("role"), permissions=listed),
    st.lists(permissions, max_size=3).map(tuple),
)


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
        lambda name: world.table(name, to=TargetKind.NETWORK_INTERFACE, target=world.nat_instance()),
        lambda name: world.table(name, to=TargetKind.VPC_ENDPOINT, target="wall"),
    ]
    world.subnet("inspected", "10.0.3.0/24", world.table("inspected-table", nat="nat"))
    world.firewall("wall", "inspected", restricts=draw(st.sampled_from([True, False])))
    for number, name in enumerate(PRIVATE, 1):
        table = draw(st.sampled_from(exits))(f"{name}-table")
        world.subnet(name, f"10.0.{number}.0/24", table if draw(st.booleans()) else "")
        world.subnets[name] = replace(world.subnets[name], zone=draw(zones))
    for service in SERVICES:
        if draw(mostly):
            world.interface(service, draw(st.sampled_from(PRIVATE)), private_dns=draw(exists))
            world.change_endpoint(service, exists=draw(exists), policy=draw(policies))
    tables = [*(f"{name}-table" for name in PRIVATE), "vpc#main"]
    if draw(mostly):
        world.gateway("s3", *draw(st.sampled_from([tables, tables[:1], tables[1:]])))
        world.change_endpoint("s3 gateway", policy=draw(policies))
    if not draw(mostly):
        world.interface("s3", draw(st.sampled_from(PRIVATE)), private_dns=draw(st.booleans()))
        world.change_endpoint("s3", private_dns_only_inbound=draw(st.booleans()))
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
    if draw(st.integers(0, 3)) == 0:
        world.acls["acl"] = draw(acls)
    if draw(st.integers(0, 3)) == 0:
        kind = draw(st.sampled_from(DnsKind))
        domain = draw(domains)
        world.dns.append(
            DnsInfluence(
                id="dns",
                source=source("dns"),
                kind=kind,
                vpc="vpc",
                domain=domain,
                blocks=kind is DnsKind.FIREWALL and draw(st.booleans()),
            )
        )
    if draw(st.integers(0, 5)) == 0:
        world.block_public_access(draw(st.sampled_from([*BlockMode, UNKNOWN])))
        if draw(st.booleans()):
            excluded = draw(st.sampled_from(["one", "public", None]))
            world.exclude("vpc" if excluded is None else None, excluded, draw(st.booleans()))
    world.vpcs["vpc"] = replace(
        world.vpcs["vpc"],
        dns_support=draw(st.sampled_from([True] * 8 + [False])),
        handed_over=draw(st.sampled_from([None] * 8 + [UNKNOWN])),
    )
    registry = draw(st.sampled_from([*Registry, UNKNOWN]))
    containers: tuple[Container, ...]
    containers = (private_ecr(),) if registry is Registry.PRIVATE_ECR else (private_ecr(), pulling(registry))
    if draw(st.integers(0, 3)) == 0:
        name = draw(st.sampled_from(["HTTPS_PROXY", "AWS_ENDPOINT_URL", "AWS_REGION"]))
        containers = tuple(replace(one, environment={name: "elsewhere"}) for one in containers)
    tags = draw(st.sampled_from([{}, {"ecs-endpoints:tier": "high-bandwidth"}]))
    if draw(st.booleans()):
        secret = Secret(source("task"), ServiceOf.SECRETS_MANAGER)
        containers = (*containers[:-1], replace(containers[-1], secrets=Listing((secret,))))
    mode = draw(st.sampled_from([NetworkMode.AWSVPC, NetworkMode.BRIDGE]))
    task = world.task(*containers, mode=mode, task_role=draw(roles))
    workload = world.service(
        *subnets,
        public_ip=draw(st.booleans()),
        task=task,
        tags=tags,
        exec_enabled=draw(st.sampled_from([False, True, UNKNOWN])),
        exec_settings=draw(st.sampled_from([None, ExecSettings(source=source("cluster"), own_key=True)])),
    )
    launches = draw(st.lists(st.sampled_from(LAUNCHES), min_size=1, max_size=2, unique_by=repr))
    launches = [replace(launch, exists=draw(exists)) for launch in launches]
    if any(launch.capacity is Capacity.FARGATE for launch in launches):
        task = replace(task, network_mode=NetworkMode.AWSVPC)
    world.workloads = [
        replace(
            workload,
            launches=Listing(tuple(launches)),
            task_definition=task,
            # ECS refuses a network configuration in any other network mode.
            tasks=workload.tasks if task.network_mode is NetworkMode.AWSVPC else None,
        )
    ]
    return world


def answers(world: World) -> Answers:
    """Every verdict, by policy and resource; asking never raises."""
    estate = world.estate()
    return {
        (operator, attribute, verdict.resource): verdict.outcome
        for operator, attribute in QUESTIONS
        for verdict in OPERATORS[operator](estate, attribute, PARAMETERS.get(operator, {}), Settings())
    }


def assert_no_worse(before: Answers, after: Answers, about: tuple[str, ...]) -> None:
    for key, outcome in before.items():
        if key[0] in about and key in after:
            assert RANK[after[key]] >= RANK[outcome], key


def assert_only_less_sure(before: Answers, after: Answers) -> None:
    for key in before.keys() & after.keys():
        assert after[key] in (before[key], Outcome.UNKNOWN), key


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
    assert_no_worse(without, after, BY_ENDPOINT)
    # Of workloads there are the same records; those of endpoints come and go with them.
    assert {key for key in before if key[2] == "service"} == {key for key in after if key[2] == "service"}


@quick
@given(worlds())
def test_a_gateway_endpoint_never_makes_it_worse(world: World) -> None:
    world.endpoints.pop("s3 gateway", None)
    world.endpoints.pop("s3", None)  # a gateway endpoint takes the traffic from an interface endpoint
    before = answers(world)
    world.gateway("s3", *(f"{name}-table" for name in PRIVATE), "vpc#main")
    assert_no_worse(before, answers(world), BY_ENDPOINT)


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
    task = service.task_definition
    assert not isinstance(task, Unknown)
    assert not isinstance(task.containers, Unknown)
    unknown = [replace(one, image=Image("image", UNKNOWN)) for one in task.containers]
    containers = Listing(tuple(unknown))
    world.workloads = [replace(service, task_definition=replace(task, containers=containers))]


def forget_the_task_definition(world: World) -> None:
    (service,) = world.workloads
    world.workloads = [replace(service, task_definition=UNKNOWN)]


def forget_other_containers(world: World) -> None:
    (service,) = world.workloads
    task = service.task_definition
    assert not isinstance(task, Unknown)
    assert not isinstance(task.containers, Unknown)
    first = Listing(task.containers.items[:1], UNKNOWN)
    world.workloads = [replace(service, task_definition=replace(task, containers=first))]


def change_interfaces(world: World, change: Callable[[Placement], Placement]) -> None:
    """Change the tasks' own interfaces, where they have some."""
    (service,) = world.workloads
    world.workloads = [replace(service, tasks=change(service.tasks) if service.tasks else None)]


def forget_launches(world: World) -> None:
    (service,) = world.workloads
    world.workloads = [replace(service, launches=Listing((), UNKNOWN))]


def forget_one_launch(world: World) -> None:
    (service,) = world.workloads
    world.workloads = [replace(service, launches=Listing(service.launches.items[:1], UNKNOWN))]


def forget_other_subnets(world: World) -> None:
    change_interfaces(world, lambda tasks: replace(tasks, subnets=Listing(tasks.subnets.items[:1], UNKNOWN)))


def forget_ranges(world: World) -> None:
    for name in PRIVATE:
        world.subnets[name] = replace(world.subnets[name], cidr="")


def forget_ranges_of_all(world: World) -> None:
    forget_ranges(world)
    world.vpcs["vpc"] = replace(world.vpcs["vpc"], cidrs=Listing((), UNKNOWN))


def forget_dns(world: World) -> None:
    world.vpcs["vpc"] = replace(world.vpcs["vpc"], dns_support=UNKNOWN, dns_hostnames=UNKNOWN)


def forget_services(world: World) -> None:
    for name in list(world.endpoints):
        world.change_endpoint(name, service=UNKNOWN)


def forget_vpcs_of_endpoints(world: World) -> None:
    for name in list(world.endpoints):
        world.change_endpoint(name, vpc=UNKNOWN)


def forget_types(world: World) -> None:
    for name in list(world.endpoints):
        world.change_endpoint(name, type=UNKNOWN)


def forget_doors(world: World) -> None:
    for name in list(world.endpoints):
        world.change_endpoint(name, groups=Listing((UNKNOWN,)))


def forget_places_of_endpoints(world: World) -> None:
    for name in list(world.endpoints):
        world.change_endpoint(name, subnets=Listing((UNKNOWN,)))


def forget_policies(world: World) -> None:
    for name in list(world.endpoints):
        world.change_endpoint(name, policy=UNKNOWN)


def forget_zones(world: World) -> None:
    for name, subnet in world.subnets.items():
        world.subnets[name] = replace(subnet, zone=UNKNOWN)


def forget_subnets_of_firewalls(world: World) -> None:
    for name, firewall in world.firewalls.items():
        world.firewalls[name] = replace(firewall, subnets=Listing((UNKNOWN,)))


def forget_what_firewalls_do(world: World) -> None:
    for name, firewall in world.firewalls.items():
        world.firewalls[name] = replace(firewall, restricts=UNKNOWN)


def forget_what_instances_do(world: World) -> None:
    for name, forwarder in world.forwarders.items():
        world.forwarders[name] = replace(forwarder, forwards=UNKNOWN)


def forget_addresses_of_instances(world: World) -> None:
    for name, forwarder in world.forwarders.items():
        world.forwarders[name] = replace(forwarder, public_ip=UNKNOWN)


def forget_modes_of_blocks(world: World) -> None:
    world.access_blocks = [replace(one, mode=UNKNOWN) for one in world.access_blocks]


def forget_that_blocks_exist(world: World) -> None:
    world.access_blocks = [replace(one, exists=UNKNOWN) for one in world.access_blocks]


def forget_what_is_excluded(world: World) -> None:
    world.access_exclusions = [
        replace(one, vpc=UNKNOWN, subnet=None, both_ways=UNKNOWN) for one in world.access_exclusions
    ]


def forget_what_names_are_blocked(world: World) -> None:
    world.dns = [replace(one, blocks=UNKNOWN) for one in world.dns]


def forget_environments(world: World) -> None:
    (service,) = world.workloads
    task = service.task_definition
    assert not isinstance(task, Unknown)
    assert not isinstance(task.containers, Unknown)
    containers = tuple(replace(one, environment=UNKNOWN) for one in task.containers)
    world.workloads = [replace(service, task_definition=replace(task, containers=Listing(containers)))]


def forget_ipv6_ranges(world: World) -> None:
    for name in PRIVATE:
        world.subnets[name] = replace(world.subnets[name], ipv6=UNKNOWN)


def forget_accounts(world: World) -> None:
    """The accounts that policies name."""

    def forgotten(value: Value) -> Value:
        if isinstance(value, dict):
            return {key: forgotten(item) for key, item in value.items()}
        if isinstance(value, list):
            return [forgotten(item) for item in value]
        return UNKNOWN if value == OWN_ACCOUNT else value

    for name, endpoint in list(world.endpoints.items()):
        world.change_endpoint(name, policy=forgotten(endpoint.policy))


def forget_one_zone(world: World) -> None:
    world.subnets["one"] = replace(world.subnets["one"], zone=UNKNOWN)


def forget_gateways(world: World) -> None:
    for name, nat in world.nats.items():
        world.nats[name] = replace(nat, public=UNKNOWN)


def forget_subnets_of_gateways(world: World) -> None:
    for name, nat in world.nats.items():
        world.nats[name] = replace(nat, subnet=UNKNOWN)


def forget_kinds_of_nat(world: World) -> None:
    for name, nat in world.nats.items():
        world.nats[name] = replace(nat, regional=UNKNOWN)


def forget_entries(world: World) -> None:
    for name, acl in world.acls.items():
        world.acls[name] = replace(acl, entries=Listing(acl.entries.items[:1], UNKNOWN))


def forget_subnets_of_acls(world: World) -> None:
    for name, acl in world.acls.items():
        world.acls[name] = replace(acl, subnets=Listing((UNKNOWN,)))


def forget_groups(world: World) -> None:
    change_interfaces(world, lambda tasks: replace(tasks, groups=Listing((UNKNOWN,))))


def forget_ports(world: World) -> None:
    group = world.groups["tasks"]
    rules = tuple(replace(one, ports=UNKNOWN) for one in group.egress)
    world.groups["tasks"] = replace(group, egress=Listing(rules))


def forget_ipv6(world: World) -> None:
    for name in PRIVATE:
        world.subnets[name] = replace(world.subnets[name], ipv6_native=UNKNOWN)


def forget_exec(world: World) -> None:
    world.workloads = [replace(service, exec_enabled=UNKNOWN) for service in world.workloads]


def forget_the_key_of_exec(world: World) -> None:
    unknown = ExecSettings(source=source("cluster"), own_key=UNKNOWN, to_task_logs=UNKNOWN)
    world.workloads = [replace(service, exec_settings=unknown) for service in world.workloads]


def forget_stores_of_secrets(world: World) -> None:
    (service,) = world.workloads
    task = service.task_definition
    assert not isinstance(task, Unknown)
    assert not isinstance(task.containers, Unknown)
    unknown = Listing((Secret(source("task"), UNKNOWN),))
    containers = [replace(one, secrets=unknown if one.secrets else one.secrets) for one in task.containers]
    world.workloads = [replace(service, task_definition=replace(task, containers=Listing(tuple(containers))))]


def change_permissions(world: World, change: Callable[[Permission], Permission]) -> None:
    (service,) = world.workloads
    task = service.task_definition
    assert not isinstance(task, Unknown)
    if isinstance(task.task_role, Role):
        changed = replace(task.task_role, permissions=tuple(map(change, task.task_role.permissions)))
        world.workloads = [replace(service, task_definition=replace(task, task_role=changed))]


def forget_that_policies_exist(world: World) -> None:
    change_permissions(world, lambda one: replace(one, exists=UNKNOWN))


def forget_regions_of_resources(world: World) -> None:
    change_permissions(world, lambda one: replace(one, concerned=(Concerned("", UNKNOWN),)))


def forget_the_role(world: World) -> None:
    (service,) = world.workloads
    task = service.task_definition
    assert not isinstance(task, Unknown)
    world.workloads = [replace(service, task_definition=replace(task, task_role=UNKNOWN))]


def forget_other_policies(world: World) -> None:
    (service,) = world.workloads
    task = service.task_definition
    assert not isinstance(task, Unknown)
    if isinstance(task.task_role, Role):
        role = replace(task.task_role, permissions=task.task_role.permissions[:1], rest=UNKNOWN)
        world.workloads = [replace(service, task_definition=replace(task, task_role=role))]


def forget_tags(world: World) -> None:
    (service,) = world.workloads
    world.workloads = [replace(service, tags=UNKNOWN)]


def forget_the_mode(world: World) -> None:
    (service,) = world.workloads
    task = service.task_definition
    assert not isinstance(task, Unknown)
    world.workloads = [replace(service, task_definition=replace(task, network_mode=UNKNOWN))]


def forget_subnets(world: World) -> None:
    change_interfaces(world, lambda tasks: replace(tasks, subnets=Listing((UNKNOWN,))))


def forget_the_address(world: World) -> None:
    change_interfaces(world, lambda tasks: replace(tasks, public_ip=UNKNOWN))


FORGETTING = tuple(function for name, function in sorted(globals().items()) if name.startswith("forget_"))


@settings(quick, max_examples=250)
@given(st.sampled_from(FORGETTING), worlds())
def test_knowing_less_only_makes_unsure(forget: Callable[[World], None], world: World) -> None:
    before = answers(world)
    forget(world)
    assert_only_less_sure(before, answers(world))


@quick
@given(worlds())
def test_opening_a_security_group_never_makes_40x_better(world: World) -> None:
    before = answers(world)
    group = world.groups["tasks"]
    world.group("tasks", egress=(*group.egress.items, rule(ANYWHERE)))
    after = answers(world)
    assert after[("ecs_egress_limited", "", "service")] is Outcome.FAILED
    for operator in ("ecs_egress_limited", "ecs_destinations_limited"):
        key = (operator, "", "service")
        assert before.keys() & {key} == after.keys() & {key}
        if key in before:
            assert RANK[after[key]] <= RANK[before[key]]


@quick
@given(worlds(), st.sampled_from(SERVICES), st.sampled_from(PRIVATE))
def test_an_endpoint_changes_nothing_about_egress(world: World, service: str, subnet: str) -> None:
    world.endpoints.clear()
    before = answers(world)
    world.interface(service, subnet)
    world.gateway("s3", *(f"{name}-table" for name in PRIVATE))
    after = answers(world)
    for operator in (
        "ecs_egress_limited",
        "ecs_destinations_limited",
        "ecs_not_public",
        "ecs_nat_in_same_zone",
    ):
        key = (operator, "", "service")
        assert before.get(key) == after.get(key), key


@quick
@given(worlds())
def test_a_nat_gateway_that_no_route_uses_changes_nothing(world: World) -> None:
    before = answers(world)
    world.nat("idle")
    world.nat_instance("idle box")
    world.firewall("idle wall", "public")
    assert answers(world) == before


@quick
@given(worlds())
def test_names_decide_nothing(world: World) -> None:
    before = answers(world)
    for things in (
        world.subnets,
        world.tables,
        world.nats,
        world.forwarders,
        world.firewalls,
        world.endpoints,
        world.groups,
        world.vpcs,
    ):
        named: dict[str, Item] = dict(things)
        for name, thing in named.items():
            object.__setattr__(thing, "source", replace(thing.source, address=f"public_nat_endpoint_{name}"))
    assert answers(world) == before


@quick
@given(worlds(), st.sampled_from(SERVICES))
def test_removing_an_endpoint_never_makes_it_better(world: World, service: str) -> None:
    """Where it works: one that captures traffic and loses it is better away (facts B9)."""
    world.interface(service, "one")
    group = world.groups[f"{service} door"]
    world.groups[f"{service} door"] = replace(group, ingress=Listing((rule(ANYWHERE),)))
    world.group("tasks", egress=(*world.groups["tasks"].egress.items, rule(GroupMembers(f"{service} door"))))
    before = answers(world)
    del world.endpoints[service]
    assert_no_worse(answers(world), before, ("ecs_starts", "ecs_reaches_by_endpoint"))


@quick
@given(worlds(), st.sampled_from(PRIVATE))
def test_one_more_interface_never_uncovers_a_zone(world: World, subnet: str) -> None:
    before = answers(world)
    for name, endpoint in list(world.endpoints.items()):
        world.change_endpoint(name, subnets=Listing((*endpoint.subnets, subnet), endpoint.subnets.rest))
    assert_no_worse(before, answers(world), ("ecs_endpoint_in_every_zone",))


@quick
@given(worlds())
def test_a_wider_door_never_admits_less(world: World) -> None:
    before = answers(world)
    for service in SERVICES:
        if service in world.endpoints:
            group = world.groups[f"{service} door"]
            wider = Listing((*group.ingress, rule(ANYWHERE)), group.ingress.rest)
            world.groups[f"{service} door"] = replace(group, ingress=wider)
    assert_no_worse(before, answers(world), ("ecs_endpoint_groups_admit", "ecs_starts"))
