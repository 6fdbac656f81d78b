"""What the CDK synthesizes, from ``cdk.out`` to the report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.cdk import ASSEMBLY, CONSTRUCT
from support.templates import repository

from checkov_ecs_endpoints.cli.main import main


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return repository(tmp_path, ASSEMBLY)


def test_findings_name_the_construct(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(directory), "--check", "ECSNET_401", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["errors"] == []
    (result,) = report["results"]
    assert (result["result"], result["file_path"]) == ("FAILED", "cdk.out/Shop.template.json")
    assert result["resource"] == "AWS::ECS::Service.Service9571FDD8"
    assert result["details"][-1] == f"construct: {CONSTRUCT}"


def test_the_text_names_the_construct(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["scan", str(directory), "--check", "ECSNET_401"])
    assert f"construct: {CONSTRUCT}" in capsys.readouterr().out
