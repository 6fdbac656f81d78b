"""Tags that a provider gives to all its resources count as those of a workload.

AWS provider documentation: Guides, Resource Tagging.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from support.terraform import read

from checkov_ecs_endpoints.lowering import lower
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Unknown

TIER = "ecs-endpoints:tier"
PROVIDERS = """
provider "aws" {
  region = "eu-west-1"
  default_tags {
    tags = { "ecs-endpoints:tier" = "high-bandwidth", Team = "a" }
  }
}
provider "aws" {
  alias  = "plain"
  region = "eu-west-1"
}
variable "unknown" {}
provider "aws" {
  alias  = "unknown"
  region = "eu-west-1"
  default_tags {
    tags = var.unknown
  }
}
"""


def tags(tmp_path: Path, service: str) -> object:
    source = PROVIDERS + f'resource "aws_ecs_service" "a" {{\n{dedent(service)}\n}}\n'
    estate = lower(read(tmp_path, {"main.tf": source}).configuration, Settings())
    (workload,) = estate.workloads
    return workload.tags


@pytest.mark.parametrize(
    ("service", "expected"),
    [
        ("", {TIER: "high-bandwidth", "Team": "a"}),
        ('tags = { Team = "b" }', {TIER: "high-bandwidth", "Team": "b"}),
        (f'tags = {{ "{TIER}" = "low" }}', {TIER: "low", "Team": "a"}),
        ('provider = aws.plain\ntags = { Team = "b" }', {"Team": "b"}),
        ("provider = aws.plain", {}),
        (
            f'provider = aws.unknown\ntags = {{ "{TIER}" = "high-bandwidth" }}',
            {TIER: "high-bandwidth"},
        ),
    ],
)
def test_a_resource_may_override_them(tmp_path: Path, service: str, expected: object) -> None:
    assert tags(tmp_path, service) == expected


def test_tags_that_are_not_known_may_override_or_add(tmp_path: Path) -> None:
    for service in ("tags = var.unknown", "provider = aws.unknown"):
        found = tags(tmp_path, service)
        assert isinstance(found, Unknown)
        assert found.subject == "var.unknown"


def test_a_module_uses_those_of_the_provider_that_is_passed(tmp_path: Path) -> None:
    call = 'module "m" {{\n  source = "./m"\n{}\n}}\n'
    service = {"m/main.tf": 'resource "aws_ecs_service" "a" {}\n'}
    for providers, expected in (
        ("", {TIER: "high-bandwidth", "Team": "a"}),
        ("  providers = { aws = aws.plain }", {}),
    ):
        found = read(tmp_path, {"main.tf": PROVIDERS + call.format(providers), **service})
        (workload,) = lower(found.configuration, Settings()).workloads
        assert workload.tags == expected


def test_a_plan_has_them_in_all_tags(tmp_path: Path) -> None:
    from support.plans import only, plan, resource, scanned

    content = plan(
        resource(
            "aws_ecs_service.a",
            {"tags": {"Team": "b"}, "tags_all": {TIER: "high-bandwidth", "Team": "b"}},
            tags={"constant_value": {"Team": "b"}},
        )
    )
    import json

    (tmp_path / "plan.json").write_text(json.dumps(content))
    (workload,) = lower(only(scanned(tmp_path / "plan.json")), Settings()).workloads
    assert workload.tags == {TIER: "high-bandwidth", "Team": "b"}
