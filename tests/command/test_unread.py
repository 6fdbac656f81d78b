"""Modules that are not on disk: said so, never silent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from checkov_ecs_endpoints.cli.main import main

CONFIGURATION = """
provider "aws" {
  region = "eu-west-1"
}

module "api" {
  source     = "terraform-aws-modules/ecs/aws//modules/service"
  version    = "~> 6.0"
  subnet_ids = ["subnet-1"]
}

module "mystery" {
  source = "git::https://example.com/mystery.git"
}

module "bucket" {
  source = "terraform-aws-modules/s3-bucket/aws"
}
"""


@pytest.fixture
def configured(tmp_path: Path) -> Path:
    (tmp_path / "main.tf").write_text(CONFIGURATION)
    return tmp_path


def test_a_module_of_services_is_undecided(configured: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(configured), "--format", "json"]) == 0
    (result,) = json.loads(capsys.readouterr().out)["results"]
    assert (result["check_id"], result["result"], result["resource"]) == (
        "ECSNET_900",
        "UNKNOWN",
        "module.api",
    )
    assert result["file_line_range"] == [6, 10]
    assert "terraform init" in result["details"][0] or "terraform init" in str(result["evidence"])


def test_a_module_that_nothing_is_known_of_is_named(
    configured: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", str(configured)]) == 0
    report = " ".join(capsys.readouterr().out.split())
    assert "NOT READ module.mystery" in report
    assert "`terraform init` would bring it" in report
    assert "module.bucket" not in report
