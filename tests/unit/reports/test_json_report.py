"""The JSON report: the schema of the design, sorted and stable."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
from support.assessments import BASE, assessment, everything, finding, place, undecided

from checkov_ecs_endpoints import __version__
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.findings import Assessment
from checkov_ecs_endpoints.reports import json_report
from checkov_ecs_endpoints.results import Problem

TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 0}


def closed(**properties: object) -> dict[str, object]:
    """An object of exactly these properties."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


RESULT = closed(
    check_id=TEXT,
    check_name=TEXT,
    severity={"enum": ["CRITICAL", "HIGH", "MEDIUM", "LOW", "INFO"]},
    result={"enum": ["PASSED", "FAILED", "SKIPPED", "UNKNOWN"]},
    resource=TEXT,
    file_path={"type": "string", "pattern": "^[^/]"},
    file_line_range={"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2},
    framework={"enum": ["terraform", "terraform_json", "terraform_plan", "cloudformation"]},
    root=TEXT,
    cause=TEXT,
    details={"type": "array", "items": TEXT},
    evidence={"type": "array", "items": closed(resource=TEXT, file_path=TEXT, line=COUNT, text=TEXT)},
    guideline=TEXT,
    suppress_comment={"type": ["string", "null"]},
)

SCHEMA = closed(
    version=TEXT,
    results={"type": "array", "items": RESULT},
    errors={"type": "array", "items": closed(file_path=TEXT, line=COUNT, message=TEXT)},
    summary=closed(
        passed=COUNT,
        failed=COUNT,
        skipped=COUNT,
        unknown=COUNT,
        workloads=COUNT,
        resources=COUNT,
        roots=COUNT,
        seconds={"type": "number"},
    ),
)


def rendered(shown: Assessment) -> Any:
    return json.loads(json_report.render(shown, 0.12345))


def test_the_report_follows_the_schema() -> None:
    jsonschema.validate(rendered(everything()), SCHEMA)


def test_a_result_has_everything() -> None:
    assert rendered(assessment(finding()))["results"] == [
        {
            "check_id": "ECSNET_103",
            "check_name": "ECSNET_103 is well",
            "severity": "HIGH",
            "result": "FAILED",
            "resource": "aws_ecs_service.app",
            "file_path": "services.tf",
            "file_line_range": [10, 18],
            "framework": "terraform",
            "root": ".",
            "cause": "aws_vpc.main: no endpoint for s3",
            "details": [],
            "evidence": [
                {
                    "resource": "aws_ecs_service.app",
                    "file_path": "services.tf",
                    "line": 13,
                    "text": "the tasks run in aws_subnet.private",
                },
                {
                    "resource": "aws_route_table.private",
                    "file_path": "vpc.tf",
                    "line": 20,
                    "text": "its route table has no route to the internet",
                },
                {
                    "resource": "",
                    "file_path": "",
                    "line": 0,
                    "text": "no endpoint for s3 among 0 endpoints of aws_vpc.main",
                },
            ],
            "guideline": "https://example.test/ECSNET_103",
            "suppress_comment": None,
        }
    ]


def test_the_summary_counts() -> None:
    document = rendered(everything())
    assert (document["version"], document["summary"]) == (
        __version__,
        {
            "passed": 1,
            "failed": 5,
            "skipped": 1,
            "unknown": 3,
            "workloads": 2,
            "resources": 31,
            "roots": 1,
            "seconds": 0.123,
        },
    )


def test_an_unknown_says_why_once() -> None:
    reason = "var.subnet_ids is a variable or parameter without a value"
    told = replace(undecided("ECSNET_101", "app", 1), details=(f"{reason}, so there is no verdict",))
    document = rendered(assessment(undecided("ECSNET_101", "app", 1), told))
    assert [result["details"] for result in document["results"]] == [
        [reason],
        [f"{reason}, so there is no verdict"],
    ]


def test_paths_are_relative_to_the_path_that_was_scanned() -> None:
    elsewhere = replace(
        finding(), location=place("../modules/m/main.tf", 1), evidence=(Step("x", "y", place("../a.tf", 2)),)
    )
    document = rendered(
        assessment(
            elsewhere,
            problems=(Problem(f"{BASE}/deep/a.tf", 1, "bad"), Problem("/repository/b.tf", 0, "bad")),
            bases=(BASE, f"{BASE}/deep"),
        )
    )
    (result,) = document["results"]
    assert result["file_path"] == "../modules/m/main.tf"
    assert result["evidence"][0]["file_path"] == "../a.tf"
    assert [error["file_path"] for error in document["errors"]] == ["a.tf", "../b.tf"]
