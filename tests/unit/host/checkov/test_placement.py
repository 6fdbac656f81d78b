"""From Checkov's vertices to our resources."""

from __future__ import annotations

from typing import Any

import pytest

from checkov_ecs_endpoints.host.checkov.opinions import Opinion
from checkov_ecs_endpoints.host.checkov.placement import Atlas, about
from checkov_ecs_endpoints.host.checkov.vertices import block_at, copy_of, root_of, unindexed
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.results import Outcome
from checkov_ecs_endpoints.values import Location

MODULE = "/r/modules/service/main.tf"


def vertex(
    address: str, file: str = MODULE, calls: tuple[str, ...] = (), block: str = "", line: int = 1
) -> Any:
    """A vertex as Checkov has it; ``calls`` are the calling files, innermost first."""
    module: dict[str, Any] | None = None
    for path in reversed(calls):
        module = {"path": path, "name": "m", "foreach_idx": None, "nested_tf_module": module}
    return {
        "source_": "Terraform",
        "block_type_": "module" if block == "module" else "resource",
        "block_name_": address if block == "module" else ".".join(address.split(".")[-2:]),
        "resource_type": "module" if block == "module" else "aws_ecs_service",
        "file_path_": file,
        "id_": address,
        "__address__": address,
        "__start_line__": line,
        "source_module_object_": module,
        "config_": {},
    }


def opinion(address: str, root: str, file: str = MODULE, calls: tuple[Location, ...] = ()) -> Opinion:
    resource = Resource(
        id=address,
        type="aws_ecs_service",
        address=address,
        attributes={},
        location=Location(file, 3),
        calls=calls,
    )
    return Opinion(Outcome.FAILED, resource, root, root)


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("aws_ecs_service.a[0]", "aws_ecs_service.a"),
        ('module.m["x.y[0]"].aws_ecs_service.a["k\\"]"]', "module.m.aws_ecs_service.a"),
        ("AWS::ECS::Service.Logical", "AWS::ECS::Service.Logical"),
    ],
)
def test_addresses_without_indexes(address: str, plain: str) -> None:
    assert unindexed(address) == plain


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ('module.m["x.y"].aws_ecs_service.a["b.c"]', "aws_ecs_service.a"),
        ("AWS::ECS::Service.Logical", "AWS::ECS::Service.Logical"),
    ],
)
def test_the_block_of_an_address(address: str, name: str) -> None:
    assert block_at("/r/a.tf", address) == ("/r/a.tf", name)


@pytest.mark.parametrize(
    ("calls", "root"),
    [
        ((), "/r/modules/service"),
        (("/r/envs/a/main.tf",), "/r/envs/a"),
        (("/r/modules/outer/main.tf", "/r/envs/b/main.tf"), "/r/envs/b"),
    ],
)
def test_the_root_of_a_vertex_is_where_the_outermost_call_is(calls: tuple[str, ...], root: str) -> None:
    assert root_of(vertex("aws_ecs_service.this", calls=calls)) == root


def test_the_root_of_a_template_is_the_template() -> None:
    template = {"source_": "CloudFormation", "file_path_": "/r/stack.yaml"}
    assert root_of(template) == "/r/stack.yaml"


def test_instances_go_to_the_vertex_of_their_root() -> None:
    a = vertex("module.s.aws_ecs_service.this", calls=("/r/a/main.tf",))
    b = vertex("module.s.aws_ecs_service.this", calls=("/r/b/main.tf",))
    one, other = (
        opinion("module.s.aws_ecs_service.this[0]", "/r/b"),
        opinion("module.s.aws_ecs_service.this", "/r/a"),
    )
    placed = Atlas([a, b], []).place([one, other])
    assert [(item.opinion, item.vertex) for item in placed] == [(one, b), (other, a)]
    assert [item.printed for item in placed] == [
        (MODULE, "module.s.aws_ecs_service.this[0]"),
        (MODULE, "module.s.aws_ecs_service.this"),
    ]


def test_a_module_that_is_scanned_alone_takes_the_instances_of_all_its_callers() -> None:
    alone = vertex("aws_ecs_service.this")
    callers = [opinion("module.s.aws_ecs_service.this", root) for root in ("/r/a", "/r/b")]
    assert [item.vertex for item in Atlas([alone], []).place(callers)] == [alone, alone]


def test_without_a_vertex_the_innermost_call_that_has_one_takes_it() -> None:
    outer = vertex("outer", "/r/a/main.tf", block="module", line=4)
    inner = vertex("inner", "/r/modules/outer/main.tf", ("/r/a/main.tf",), block="module", line=9)
    calls = (
        Location("/r/a/main.tf", 4),
        Location("/r/modules/outer/main.tf", 9),
        Location("/r/a/.terraform/modules/far/main.tf", 2),
    )
    hidden = opinion(
        "module.outer.module.inner.module.far.aws_ecs_service.this", "/r/a", "/r/a/.terraform/x.tf", calls
    )
    assert [item.vertex for item in Atlas([], [outer, inner]).place([hidden])] == [inner]
    assert [item.vertex for item in Atlas([], [outer]).place([hidden])] == [outer]
    assert Atlas([], []).place([hidden]) == []


def test_one_vertex_speaks_for_its_own_instances_alone() -> None:
    opinions = [opinion(f"aws_ecs_service.a[{index}]", "/r/a", "/r/a/main.tf") for index in range(2)]
    other = opinion("aws_ecs_service.b", "/r/a", "/r/a/main.tf")
    unexpanded = vertex("aws_ecs_service.a", "/r/a/main.tf")
    second = vertex("aws_ecs_service.a[1]", "/r/a/main.tf")
    assert about(unexpanded, [*opinions, other]) == opinions
    assert about(second, [*opinions, other]) == [opinions[1]]


def test_what_prints_alike_is_heard_for_every_root() -> None:
    vertex_of_a = vertex("module.s.aws_ecs_service.this", calls=("/r/a/main.tf",))
    opinions = [opinion("module.s.aws_ecs_service.this", root) for root in ("/r/a", "/r/b")]
    assert about(vertex_of_a, opinions) == opinions


def test_vertices_are_copied_never_changed() -> None:
    original = vertex("aws_ecs_service.a", "/r/a/main.tf")
    before = dict(original)
    copy = copy_of(original, "aws_ecs_service.a[1]")
    assert original == before
    assert {key for key in copy if copy[key] != original[key]} == {"__address__", "id_"}
    assert (copy["__address__"], copy["id_"]) == ("aws_ecs_service.a[1]", "aws_ecs_service.a[1]")
    assert copy_of(original, "aws_ecs_service.a") == original
