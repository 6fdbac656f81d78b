"""What stands where a value is known only after apply: the instance behind it, or the reason why not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from support.plans import plan, read, refers, resource

from checkov_ecs_endpoints.values import Reference, Unknown, Value, Why

THREE = [resource(f"aws_subnet.a[{index}]", unknown={"id": True}) for index in range(3)]
KEYED = [resource(f'aws_subnet.k["{key}"]', unknown={"id": True}) for key in "ab"]
TABLE = resource("aws_route_table.t", unknown={"id": True})
VPC = resource("aws_vpc.main", {"cidr_block": "10.0.0.0/16"}, {"id": True})


def _subnets(*numbers: int) -> list[Value]:
    return [Reference(f"aws_subnet.a[{number}]") for number in numbers]


def _service(length: int | None, *references: str) -> dict[str, Any]:
    """A service whose subnets are not known: so many of them, or not even how many."""
    unknown: Any = True if length is None else [True] * length
    values = {} if length is None else {"subnets": [None] * length}
    return resource("aws_ecs_service.s", values, {"subnets": unknown}, subnets=refers(*references))


@pytest.mark.parametrize(
    ("length", "references", "subnets"),
    [
        (3, ["aws_subnet.a"], _subnets(0, 1, 2)),
        (
            1,
            ["aws_subnet.a[1].id", "aws_subnet.a[1]", "aws_subnet.a"],
            [Reference("aws_subnet.a[1]", ("id",))],
        ),
        (
            2,
            [
                "aws_subnet.a[2].id",
                "aws_subnet.a[2]",
                "aws_subnet.a",
                "aws_subnet.a[0].id",
                "aws_subnet.a[0]",
            ],
            [Reference("aws_subnet.a[2]", ("id",)), Reference("aws_subnet.a[0]", ("id",))],
        ),
        (2, ["aws_subnet.k"], [Reference('aws_subnet.k["a"]'), Reference('aws_subnet.k["b"]')]),
        (
            1,
            ['aws_subnet.k["b"].id', 'aws_subnet.k["b"]', "aws_subnet.k"],
            [Reference('aws_subnet.k["b"]', ("id",))],
        ),
    ],
)
def test_the_members_of_a_list(
    length: int, references: list[str], subnets: list[Value], tmp_path: Path
) -> None:
    found = read(tmp_path, plan(*THREE, *KEYED, _service(length, *references)))
    assert found["aws_ecs_service.s"].attributes["subnets"] == subnets


@pytest.mark.parametrize(
    ("length", "references", "note"),
    [
        # slice(aws_subnet.a[*].id, 0, 2), or a filter
        (2, ["aws_subnet.a"], "a plan does not say which of the things"),
        # var.wide ? aws_subnet.a[*].id : [aws_route_table.t.id]
        (3, ["aws_subnet.a", "aws_route_table.t"], "a plan does not say which of the things"),
        (3, ["aws_subnet.a", "local.subnets"], "its expression uses local.subnets: a plan does not hold"),
        (1, ["module.unheard.of"], "its expression uses module.unheard"),
        (1, ["var.unheard"], "its expression uses var.unheard, a variable"),
    ],
)
def test_a_list_that_could_be_another_is_unknown(
    length: int, references: list[str], note: str, tmp_path: Path
) -> None:
    found = read(tmp_path, plan(*THREE, TABLE, _service(length, *references)))
    members = found["aws_ecs_service.s"].attributes["subnets"]
    assert isinstance(members, list)
    assert len(members) == length
    for member in members:
        assert isinstance(member, Unknown)
        assert (member.why, member.subject) == (Why.AFTER_APPLY, "aws_ecs_service.s.subnets")
        assert member.note.startswith(note)


def test_a_list_of_unknown_length_is_unknown(tmp_path: Path) -> None:
    found = read(tmp_path, plan(*THREE, _service(None, "aws_subnet.a")))
    assert isinstance(found["aws_ecs_service.s"].attributes["subnets"], Unknown)


def test_known_members_keep_their_places(tmp_path: Path) -> None:
    service = resource(
        "aws_ecs_service.s",
        {"subnets": ["subnet-old", None, None, None]},
        {"subnets": [False, True, True, True]},
        subnets=refers("var.old", "aws_subnet.a"),
    )
    given = {"old": {"value": ["subnet-old"]}}
    found = read(tmp_path, plan(*THREE, service, variables=given))
    assert found["aws_ecs_service.s"].attributes["subnets"] == ["subnet-old", *_subnets(0, 1, 2)]


def _associations(keys: list[str], *references: str) -> list[dict[str, Any]]:
    return [
        resource(
            f"aws_route_table_association.x[{key}]",
            unknown={"subnet_id": True},
            subnet_id=refers(*references),
        )
        for key in keys
    ]


@pytest.mark.parametrize(
    ("keys", "references", "subnets"),
    [
        (["0", "1", "2"], ["aws_subnet.a", "count.index"], _subnets(0, 1, 2)),
        # aws_subnet.a[count.index + 1], or element(...): not the same numbers
        (["0", "1"], ["aws_subnet.a", "count.index"], None),
        (["0", "1", "2", "3"], ["aws_subnet.a", "count.index"], None),
        # var.one ? 0 : count.index
        (["0", "1", "2"], ["aws_subnet.a", "var.one", "count.index"], None),
        (['"a"', '"b"'], ["aws_subnet.k", "each.key"], [Reference(f'aws_subnet.k["{key}"]') for key in "ab"]),
        (['"a"', '"c"'], ["aws_subnet.k", "each.key"], None),
        # One instance is the only one that any index can mean.
        (['"a"', '"c"'], ["aws_subnet.one", "each.key"], [Reference("aws_subnet.one[0]")] * 2),
    ],
)
def test_the_same_index(
    keys: list[str], references: list[str], subnets: list[Value] | None, tmp_path: Path
) -> None:
    one = resource("aws_subnet.one[0]", unknown={"id": True})
    content = plan(
        *THREE, *KEYED, one, *_associations(keys, *references), variables={"one": {"value": False}}
    )
    found = read(tmp_path, content)
    values = [found[f"aws_route_table_association.x[{key}]"].attributes["subnet_id"] for key in keys]
    if subnets is None:
        assert all(isinstance(value, Unknown) for value in values)
    else:
        assert values == subnets


@pytest.mark.parametrize(
    ("repeats", "subnets"),
    [
        (refers("aws_subnet.k"), [Reference(f'aws_subnet.k["{key}"]', ("id",)) for key in "ab"]),
        # { a = aws_subnet.k["a"], b = aws_subnet.a[0] }
        (refers('aws_subnet.k["a"]', "aws_subnet.k", "aws_subnet.a[0]", "aws_subnet.a"), None),
        (refers("local.subnets"), None),
    ],
)
def test_each_value(repeats: dict[str, Any], subnets: list[Value] | None, tmp_path: Path) -> None:
    associations = _associations(['"a"', '"b"'], "each.value.id", "each.value")
    blocks = {"aws_route_table_association.x": {"for_each_expression": repeats}}
    found = read(tmp_path, plan(*THREE, *KEYED, *associations, blocks=blocks))
    values = [found[f'aws_route_table_association.x["{key}"]'].attributes["subnet_id"] for key in "ab"]
    if subnets is None:
        assert all(isinstance(value, Unknown) for value in values)
    else:
        assert values == subnets


def test_an_attribute_that_is_lost_may_only_select(tmp_path: Path) -> None:
    """``var.public[aws_subnet.a[0].availability_zone_id]`` is no subnet of ours."""
    zoned = [resource(f"aws_subnet.z[{n}]", unknown={"id": True, "zone": True}) for n in range(2)]
    given = {"public": {"value": {"x": "subnet-1"}}}
    hidden = _associations(["0", "1"], "var.public", "aws_subnet.z", "count.index")
    shown = resource(
        "aws_route_table_association.y",
        unknown={"subnet_id": True},
        subnet_id=refers("var.public", "aws_subnet.z[0].zone", "aws_subnet.z[0]", "aws_subnet.z"),
    )
    found = read(tmp_path, plan(*zoned, *hidden, shown, variables=given))
    assert isinstance(found["aws_route_table_association.x[0]"].attributes["subnet_id"], Unknown)
    value = found["aws_route_table_association.y"].attributes["subnet_id"]
    assert value == Reference("aws_subnet.z[0]", ("zone",))


def test_family_and_revision_are_their_task_definition(tmp_path: Path) -> None:
    task = resource("aws_ecs_task_definition.t", {"family": "api"}, {"arn": True, "revision": True})
    service = resource(
        "aws_ecs_service.s",
        unknown={"task_definition": True},
        task_definition=refers(
            "aws_ecs_task_definition.t.family",
            "aws_ecs_task_definition.t",
            "aws_ecs_task_definition.t.revision",
            "aws_ecs_task_definition.t",
        ),
    )
    found = read(tmp_path, plan(task, service))
    assert found["aws_ecs_service.s"].attributes["task_definition"] == Reference("aws_ecs_task_definition.t")


GATEWAYS = [
    resource(f"{kind}.{name}", unknown={"id": True})
    for kind, name in (
        ("aws_internet_gateway", "i"),
        ("aws_nat_gateway", "n"),
        ("aws_nat_gateway", "m"),
        ("aws_ec2_transit_gateway", "t"),
    )
]


@pytest.mark.parametrize(
    ("leaves", "references", "targets"),
    [
        (
            ["nat_gateway_id", "transit_gateway_id"],
            ["aws_nat_gateway.n", "aws_ec2_transit_gateway.t"],
            [Reference("aws_nat_gateway.n"), Reference("aws_ec2_transit_gateway.t")],
        ),
        (
            ["gateway_id", "gateway_id"],
            ["aws_internet_gateway.i"],
            [Reference("aws_internet_gateway.i"), Reference("aws_internet_gateway.i")],
        ),
        # Which of two is whose is not said.
        (["nat_gateway_id", "nat_gateway_id"], ["aws_nat_gateway.n", "aws_nat_gateway.m"], None),
        # gateway_id of a NAT gateway is a mistake that applies: nothing may be sorted by type then.
        (["gateway_id", "gateway_id"], ["aws_internet_gateway.i", "aws_nat_gateway.n"], None),
    ],
)
def test_blocks_that_share_their_references(
    leaves: list[str], references: list[str], targets: list[Value] | None, tmp_path: Path
) -> None:
    """``route`` blocks are an attribute to the provider: what all of them use is in one list."""
    routes = [{"cidr_block": f"10.{at}.0.0/16", "ipv6_cidr_block": ""} for at in range(len(leaves))]
    table = resource(
        "aws_route_table.t",
        {"route": routes},
        {"route": [{leaf: True} for leaf in leaves]},
        route=refers(*references),
    )
    found = read(tmp_path, plan(*GATEWAYS, table))["aws_route_table.t"].attributes["route"]
    assert isinstance(found, list)
    values = [route[leaf] for route, leaf in zip(found, leaves, strict=True) if isinstance(route, dict)]
    if targets is None:
        assert all(isinstance(value, Unknown) for value in values)
    else:
        assert values == targets
    assert [route["cidr_block"] for route in found if isinstance(route, dict)] == [
        "10.0.0.0/16",
        "10.1.0.0/16",
    ]


def _strategies(*names: str) -> dict[str, Any]:
    values = [{"capacity_provider": None, "weight": weight} for weight, _ in enumerate(names)]
    return resource(
        "aws_ecs_service.s",
        # A set: not in the order of the file.
        {"capacity_provider_strategy": values[::-1]},
        {"capacity_provider_strategy": [{"capacity_provider": True} for _ in names]},
        capacity_provider_strategy=[
            {"capacity_provider": refers(name), "weight": {"constant_value": weight}}
            for weight, name in enumerate(names)
        ],
    )


def test_blocks_are_told_apart_by_their_constants(tmp_path: Path) -> None:
    providers = [resource(f"aws_ecs_capacity_provider.{name}", unknown={"id": True}) for name in "pq"]
    service = _strategies("aws_ecs_capacity_provider.p", "aws_ecs_capacity_provider.q")
    found = read(tmp_path, plan(*providers, service))["aws_ecs_service.s"]
    assert found.attributes["capacity_provider_strategy"] == [
        {"capacity_provider": Reference("aws_ecs_capacity_provider.q"), "weight": 1},
        {"capacity_provider": Reference("aws_ecs_capacity_provider.p"), "weight": 0},
    ]


def test_a_block_that_is_computed_inside_says_what_is_written(tmp_path: Path) -> None:
    group = resource(
        "aws_autoscaling_group.g",
        {"launch_template": [{"version": "$Latest"}]},
        {"launch_template": [{"id": True, "name": True}]},
        launch_template=[
            {"id": refers("aws_launch_template.l.id"), "version": {"constant_value": "$Latest"}}
        ],
    )
    template = resource("aws_launch_template.l", unknown={"id": True})
    found = read(tmp_path, plan(template, group))["aws_autoscaling_group.g"]
    assert found.attributes["launch_template"] == [
        {"id": Reference("aws_launch_template.l", ("id",)), "version": "$Latest"}
    ]


def test_a_dynamic_block_is_unknown(tmp_path: Path) -> None:
    group = resource(
        "aws_security_group.g",
        {"egress": [{"from_port": 443, "security_groups": [None]}]},
        {"egress": [{"security_groups": [True]}], "ingress": True, "id": True},
    )
    found = read(tmp_path, plan(group))["aws_security_group.g"].attributes
    note = "its block comes from a dynamic block, which a plan does not show"
    subject = "aws_security_group.g.egress.0.security_groups.0"
    place = read(tmp_path, plan(group))["aws_security_group.g"].location
    unknown = Unknown(Why.AFTER_APPLY, subject, place, note)
    assert found == {"egress": [{"from_port": 443, "security_groups": [unknown]}]}


def _called(**more: Any) -> dict[str, Any]:
    """A module with two subnets, called as ``net``."""
    block = {"address": "aws_subnet.s", "mode": "managed", "type": "aws_subnet", "name": "s"}
    expressions = {"vpc_id": refers("var.vpc.id", "var.vpc")}
    return {
        "expressions": {"vpc": refers("aws_vpc.main")},
        "module": {
            "resources": [{**block, "expressions": expressions, "count_expression": {}}],
            "outputs": {
                "subnets": {"expression": refers("aws_subnet.s")},
                "first": {"expression": refers("aws_subnet.s[0].id", "aws_subnet.s[0]", "aws_subnet.s")},
            },
            "variables": {"vpc": {}},
        },
        **more,
    }


def _in_module(content: dict[str, Any], *instances: str) -> dict[str, Any]:
    """The plan with two subnets in each instance of the module."""
    children = []
    for instance in instances:
        subnets = []
        for index in range(2):
            base = {"address": f"{instance}.aws_subnet.s[{index}]", "mode": "managed", "index": index}
            base |= {"type": "aws_subnet", "name": "s"}
            subnets.append({**base, "values": {}})
            unknown = {"id": True, "vpc_id": True}
            content["resource_changes"].append(
                {**base, "change": {"actions": ["create"], "after_unknown": unknown}}
            )
        children.append({"address": instance, "resources": subnets})
    content["planned_values"]["root_module"]["child_modules"] = children
    return content


@pytest.mark.parametrize(
    ("length", "references", "subnets"),
    [
        (2, ["module.net.subnets", "module.net"], ["s[0]", "s[1]"]),
        (1, ["module.net.first", "module.net"], ["s[0]"]),
        # module.net.subnets[0]: their order is not said
        (1, ["module.net.subnets[0]", "module.net.subnets", "module.net"], None),
    ],
)
def test_outputs_and_variables_of_modules(
    length: int, references: list[str], subnets: list[str] | None, tmp_path: Path
) -> None:
    content = plan(VPC, _service(length, *references), module={"module_calls": {"net": _called()}})
    found = read(tmp_path, _in_module(content, "module.net"))
    assert found["module.net.aws_subnet.s[1]"].attributes == {"vpc_id": Reference("aws_vpc.main", ("id",))}
    members = found["aws_ecs_service.s"].attributes["subnets"]
    assert isinstance(members, list)
    if subnets is None:
        assert all(isinstance(member, Unknown) for member in members)
    else:
        named = [member.resource for member in members if isinstance(member, Reference)]
        assert named == [f"module.net.aws_subnet.{name}" for name in subnets]


def test_instances_of_modules(tmp_path: Path) -> None:
    call = _called(for_each_expression={"constant_value": ["a", "b"]})
    service = _service(2, 'module.net["b"].subnets', 'module.net["b"]', "module.net")
    content = plan(VPC, service, module={"module_calls": {"net": call}})
    found = read(tmp_path, _in_module(content, 'module.net["a"]', 'module.net["b"]'))
    assert found["aws_ecs_service.s"].attributes["subnets"] == [
        Reference('module.net["b"].aws_subnet.s[0]'),
        Reference('module.net["b"].aws_subnet.s[1]'),
    ]
    assert found['module.net["a"].aws_subnet.s[0]'].attributes["vpc_id"] == Reference("aws_vpc.main", ("id",))


def test_expressions_that_lead_in_a_ring_end(tmp_path: Path) -> None:
    ring = {"module": {"outputs": {"x": {"expression": refers("var.x")}}}, "expressions": {}}
    ring["expressions"] = {"x": refers("module.net.x", "module.net")}
    content = plan(_service(1, "module.net.x", "module.net"), module={"module_calls": {"net": ring}})
    members = read(tmp_path, content)["aws_ecs_service.s"].attributes["subnets"]
    assert isinstance(members, list)
    (member,) = members
    assert isinstance(member, Unknown)
    assert "it depends on itself" in member.note


def test_origins_that_fork_at_every_step_are_followed_once(tmp_path: Path) -> None:
    steps = 200
    outputs = {name: {"expression": refers("var.x")} for name in "ab"}
    calls = {
        f"m{step}": {
            "expressions": {"x": refers(f"module.m{step + 1}.a", f"module.m{step + 1}.b")},
            "module": {"outputs": outputs, "variables": {"x": {}}},
        }
        for step in range(steps)
    }
    calls[f"m{steps}"] = {**calls["m0"], "expressions": {"x": refers("aws_subnet.a[0].id")}}
    content = plan(*THREE, _service(1, "module.m0.a", "module.m0"), module={"module_calls": calls})
    assert read(tmp_path, content)["aws_ecs_service.s"].attributes["subnets"] == [
        Reference("aws_subnet.a[0]", ("id",))
    ]
