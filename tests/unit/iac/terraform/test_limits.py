"""Configurations that would never end, or fill the memory, are problems with a place."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from support.terraform import read

from checkov_ecs_endpoints.iac.terraform import limits


def test_locals_that_depend_on_each_other(tmp_path: Path) -> None:
    files = {
        "main.tf": """
            locals {
              a = local.b
              b = "x${local.c}"
              c = local.a
            }
            resource "aws_eip" "a" {
              domain = local.a
            }
            resource "aws_eip" "counted" {
              count = length(aws_eip.counted) + 1
            }
            resource "aws_eip" "fine" {
              domain = "vpc"
            }
        """
    }
    found = read(tmp_path, files)
    assert found.complaints() == [
        ("main.tf", 2, "local.a: it depends on itself"),
        ("main.tf", 10, "aws_eip.counted.count: it depends on itself"),
    ]
    assert found.resources["aws_eip.fine"].attributes == {"domain": "vpc"}


def test_a_million_instances(tmp_path: Path) -> None:
    started = time.perf_counter()
    files = {
        "main.tf": 'resource "aws_eip" "a" {\n  count = 1000000\n}\nresource "aws_eip" "b" {}\n',
        "module.tf": 'module "m" {\n  source = "./m"\n  count = 1000000\n}\n',
        "m/main.tf": 'resource "aws_eip" "m" {}',
    }
    found = read(tmp_path, files)
    said = "1000000 instances, more than the 2000 that a scan follows"
    assert found.complaints() == [
        ("main.tf", 2, f"aws_eip.a.count: {said}"),
        ("module.tf", 3, f"module.m.count: {said}"),
    ]
    assert set(found.resources) == {"aws_eip.a[?]", "aws_eip.b", "module.m[?].aws_eip.m"}
    assert time.perf_counter() - started < 1


def test_modules_that_multiply(tmp_path: Path) -> None:
    started = time.perf_counter()
    files = {f"m{n}/main.tf": call_twice(f"../m{n + 1}") for n in range(1, 30)}
    files |= {"main.tf": call_twice("./m1"), "m30/main.tf": 'resource "aws_eip" "x" {}'}
    found = read(tmp_path, files)
    assert {message for _, _, message in found.complaints()} == {
        f"module.b: the root has more than the {limits.MAX_MODULES} module instances that a scan follows"
    }
    assert time.perf_counter() - started < 5


def call_twice(source: str) -> str:
    return "".join(f'module "{name}" {{\n source = "{source}"\n}}\n' for name in "ab")


def test_modules_nested_too_deeply(tmp_path: Path) -> None:
    files = {f"m{n}/main.tf": f'module "m" {{\n source = "../m{n + 1}"\n}}' for n in range(1, 60)}
    files |= {"main.tf": 'module "m" {\n source = "./m1"\n}', "m60/main.tf": ""}
    found = read(tmp_path, files)
    assert found.complaints() == [
        ("m40/main.tf", 1, "module.m: more than 40 module calls inside one another")
    ]


def test_long_chains_of_locals(tmp_path: Path) -> None:
    def chain(length: int) -> str:
        links = "".join(f"  l{n} = [local.l{n + 1}][0]\n" for n in range(length))
        return (
            f'locals {{\n{links}  l{length} = "end"\n}}\nresource "aws_eip" "a" {{\n  domain = local.l0\n}}\n'
        )

    assert read(tmp_path / "long", {"main.tf": chain(250)}).value("aws_eip.a", "domain") == "end"
    found = read(tmp_path / "too_long", {"main.tf": chain(2000)})
    assert [message.split(": ")[1] for _, _, message in found.complaints()] == [
        "more than 300 values depend on one another"
    ]


def test_deep_nesting_of_one_expression(tmp_path: Path) -> None:
    started = time.perf_counter()
    source = (
        'resource "aws_eip" "a" {\n  domain = ' + "[" * 3000 + "]" * 3000 + '\n}\nresource "aws_eip" "b" {}\n'
    )
    found = read(tmp_path, {"main.tf": source})
    assert "aws_eip.b" in found.resources
    assert time.perf_counter() - started < 5


def test_a_root_with_too_many_resources_has_none(tmp_path: Path) -> None:
    source = "".join(f'resource "aws_eip" "a{n}" {{\n  count = 2000\n}}\n' for n in range(11))
    found = read(tmp_path, {"main.tf": source})
    assert found.configuration.resources == ()
    assert found.complaints() == [
        ("main.tf", 0, "the root has more than the 20000 resources that a scan follows")
    ]


def test_a_deep_stack_leaves_the_limit_of_other_threads_as_it_was() -> None:
    before = sys.getrecursionlimit()
    assert limits.with_deep_stack(sys.getrecursionlimit) >= before
    assert sys.getrecursionlimit() == before
    with pytest.raises(ZeroDivisionError):
        limits.with_deep_stack(lambda: 1 // 0)
    assert sys.getrecursionlimit() == before
