"""Which directories are roots, and which of them a scan is about."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.terraform import read

from checkov_ecs_endpoints.iac.terraform.expressions import FunctionContext, evaluate
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Scope
from checkov_ecs_endpoints.iac.terraform.syntax import Expression
from checkov_ecs_endpoints.settings import RootSetting, Settings
from checkov_ecs_endpoints.values import Reference

SERVICE = 'variable "name" {}\nresource "aws_ecs_service" "this" { name = var.name }'
TWO_ROOTS = {
    "live/prod/main.tf": 'module "app" {\n source = "../../modules/app"\n name = "prod"\n}',
    "live/test/main.tf": 'module "app" {\n source = "../../modules/app"\n name = "test"\n}',
    "live/other/main.tf": 'resource "aws_vpc" "this" {}',
    "modules/app/main.tf": 'module "service" {\n source = "../service"\n name = var.name\n}',
    "modules/app/variables.tf": 'variable "name" {}',
    "modules/service/main.tf": SERVICE,
    "docs/readme.json": "{}",
}


@pytest.mark.parametrize(
    ("targets", "roots"),
    [
        (("",), ["live/other", "live/prod", "live/test"]),
        (("live/prod",), ["live/prod"]),
        (("modules/service",), ["live/prod", "live/test"]),
        (("modules/service/main.tf",), ["live/prod", "live/test"]),
        (("modules",), ["live/prod", "live/test"]),
        (("live/other/main.tf", "live/test/main.tf"), ["live/other", "live/test"]),
        (("docs",), []),
    ],
)
def test_roots_at_or_below_a_target_or_calling_it(
    tmp_path: Path, targets: tuple[str, ...], roots: list[str]
) -> None:
    assert read(tmp_path, TWO_ROOTS, targets=targets).roots == roots


def test_a_module_takes_the_values_of_each_root(tmp_path: Path) -> None:
    found = read(tmp_path, TWO_ROOTS, targets=("modules/service",))
    names = [
        (resource.id, resource.attributes["name"])
        for one in found.configurations
        for resource in one.resources
    ]
    assert names == [
        ("module.app.module.service.aws_ecs_service.this", "prod"),
        ("module.app.module.service.aws_ecs_service.this", "test"),
    ]


def test_a_ring_of_modules_has_one_root(tmp_path: Path) -> None:
    files = {
        "a/main.tf": 'module "b" {\n source = "../b"\n}',
        "b/main.tf": 'module "a" {\n source = "../a"\n}',
        "self/main.tf": 'module "again" {\n source = "./"\n}',
    }
    found = read(tmp_path, files)
    assert found.roots == ["a", "self"]
    assert found.complaints() == [
        ("b/main.tf", 1, "module.a: the module calls itself"),
        ("self/main.tf", 1, "module.again: the module calls itself"),
    ]


@pytest.mark.parametrize(
    ("files", "library"),
    [
        ({"main.tf": 'variable "a" {}'}, True),
        ({"main.tf": 'variable "a" { default = 1 }'}, False),
        ({"main.tf": 'variable "a" {}\nprovider "aws" {}'}, False),
        ({"main.tf": 'variable "a" {}\nterraform {\n backend "s3" {}\n}'}, False),
        ({"main.tf": 'variable "a" {}\nterraform {\n cloud {}\n}'}, False),
        ({"main.tf": 'variable "a" {}\nterraform {\n required_version = ">= 1"\n}'}, True),
        ({"main.tf": 'variable "a" {}', "prod.tfvars": ""}, False),
        ({"main.tf": 'variable "a" {}', ".terraform.lock.hcl": ""}, False),
    ],
)
def test_what_makes_a_library(tmp_path: Path, files: dict[str, str], library: bool) -> None:
    assert read(tmp_path, files).configuration.library is library


def test_settings_make_several_roots_of_one_directory(tmp_path: Path) -> None:
    files = {
        "infra/main.tf": """
            variable "name" {}
            resource "terraform_data" "a" {
              input = "${var.name} ${terraform.workspace}"
            }
        """,
        "infra/env/prod.tfvars": 'name = "p"',
        "test.tfvars": 'name = "t"',
    }
    settings = Settings(
        roots=(
            RootSetting("infra", ("env/prod.tfvars",), "live", "prod"),
            RootSetting("infra", ("test.tfvars",), "dev", "test"),
        )
    )
    found = read(tmp_path, files, settings)
    assert [(one.name, one.resources[0].attributes["input"]) for one in found.configurations] == [
        ("prod", "p live"),
        ("test", "t dev"),
    ]


def test_a_missing_var_file_is_a_problem(tmp_path: Path) -> None:
    found = read(tmp_path, {"main.tf": ""}, Settings(var_files=(tmp_path / "no.tfvars",)))
    assert found.complaints() == [("no.tfvars", 0, "the var file does not exist")]


def test_a_broken_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    files = {
        "broken/main.tf": 'resource "aws_vpc" "ok" {}\nresource "aws_vpc" {{\n',
        "broken/other.tf": 'resource "aws_vpc" "other" {}',
        "fine/main.tf": 'resource "aws_vpc" "fine" {}',
        "twice/main.tf": 'resource "aws_vpc" "a" {\n cidr_block = 1\n cidr_block = 2\n}',
    }
    found = read(tmp_path, files)
    assert found.roots == ["broken", "fine", "twice"]
    assert {(path, line) for path, line, _ in found.complaints()} == {
        ("broken/main.tf", 2),
        ("twice/main.tf", 3),
    }
    assert [resource.id for resource in found.configurations[1].resources] == ["aws_vpc.fine"]


def test_files_that_are_not_utf8_or_json(tmp_path: Path) -> None:
    (tmp_path / "latin.tf").write_bytes(b'# ok\nlocals { a = "\xe9" }\n')
    found = read(tmp_path, {"broken.tf.json": '{\n "locals": {,}\n}'})
    assert [(path, line) for path, line, _ in found.complaints()] == [("broken.tf.json", 2), ("latin.tf", 2)]
    assert found.configuration.files == frozenset(
        {found.at("broken.tf.json", 1).path, found.at("latin.tf", 1).path}
    )


def test_everything_is_handed_to_what_cannot_be_read(tmp_path: Path) -> None:
    files = {"main.tf": 'resource "aws_vpc" "a" {}\n', "broken.tf": 'resource "aws_vpc_endpoint" {{\n'}
    found = read(tmp_path, files)
    (handover,) = {handover.to: handover for handover in found.configuration.handovers}.values()
    assert handover.to == "the part of broken.tf that cannot be read"
    assert handover.values == [Reference("aws_vpc.a")]
    assert handover.location == found.at("broken.tf", 1)


def test_a_defect_of_ours_shows_and_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(expression: Expression, scope: Scope, functions: FunctionContext) -> Inner:
        value = evaluate(expression, scope, functions)
        if value == "boom":
            raise ZeroDivisionError("oh")
        return value

    monkeypatch.setattr("checkov_ecs_endpoints.iac.terraform.bodies.evaluate", fail)
    source = 'resource "aws_vpc" "a" {\n  cidr_block = "boom"\n}\nresource "aws_vpc" "b" {}\n'
    found = read(tmp_path, {"main.tf": source})
    assert [(problem.line, problem.message, problem.fault) for problem in found.problems] == [
        (2, "aws_vpc.a.cidr_block: ZeroDivisionError: oh", True)
    ]
    assert set(found.resources) == {"aws_vpc.a", "aws_vpc.b"}
