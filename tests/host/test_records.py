"""What the default run says: one record per instance, on the right resource, with its evidence."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest
from support.checkov import Run, checkov

from checkov_ecs_endpoints.policy_files import load_policies

GUIDES = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/"
SHARED = "/modules/service/main.tf"


def told(run: Run, check_id: str, under: str) -> list[tuple[str, str]]:
    return [
        (resource, result) for _, file, resource, result in run.told(check_id) if file.startswith(f"/{under}")
    ]


def test_one_record_per_instance_that_exists(default_run: Run) -> None:
    assert told(default_run, "ECSNET_401", "instances") == [
        ("aws_ecs_service.closed", "PASSED"),
        ("aws_ecs_service.counted[0]", "FAILED"),
        ("aws_ecs_service.counted[1]", "FAILED"),
        ('aws_ecs_service.keyed["a"]', "FAILED"),
        ('aws_ecs_service.keyed["b"]', "PASSED"),
    ]


def test_terraform_in_json_has_records_of_its_own_framework(default_run: Run) -> None:
    assert [one for one in default_run.told("ECSNET_401") if one[0] == "terraform_json"] == [
        ("terraform_json", "/json/main.tf.json", f"aws_ecs_service.app[{index}]", "FAILED")
        for index in range(2)
    ]


def test_a_module_of_two_roots_has_the_worst_verdict_and_names_the_roots(default_run: Run) -> None:
    record = default_run.one("ECSNET_401", "module.service.aws_ecs_service.this", SHARED)
    assert record["result"] == "FAILED"
    said = record["details"]
    closed, opened = said.index("PASSED in envs/closed:"), said.index("FAILED in envs/open:")
    assert closed == 0
    assert any("(envs/closed/main.tf:14)" in line for line in said[closed:opened])
    assert any("(envs/open/main.tf:14)" in line for line in said[opened:])


def test_what_checkov_has_no_vertex_for_goes_on_the_module_call(default_run: Run) -> None:
    record = default_run.one("ECSNET_401", "module.far.aws_ecs_service.this")
    assert (record["file_path"], record["file_line_range"]) == ("/registry/main.tf", [5, 9])
    assert record["result"] == "FAILED"
    assert any("registry/.terraform/modules/far/main.tf:" in line for line in record["details"])


def test_templates_are_judged_too(default_run: Run) -> None:
    assert told(default_run, "ECSNET_401", "templates") == [
        ("AWS::ECS::Service.Failed", "FAILED"),
        ("AWS::ECS::Service.SkippedByComment", "SKIPPED"),
        ("AWS::ECS::Service.SkippedByMetadata", "SKIPPED"),
    ]


def test_evidence_is_in_the_details_with_places_in_the_scanned_directory(default_run: Run) -> None:
    failed = [record for record in default_run.of("ECSNET_401") if record["result"] == "FAILED"]
    assert failed
    for record in failed:
        places = re.findall(r"\(([^()\s]+):\d+\)", "\n".join(record["details"]))
        assert places
        assert not [place for place in places if place.startswith(("/", ".."))]


def test_text_and_csv_show_the_evidence(default_run: Run) -> None:
    details = default_run.one("ECSNET_401", "aws_ecs_service.counted[0]")["details"]
    for line in details:
        assert line in default_run.printed
    (table,) = default_run.files.glob("*_iac.csv")
    with table.open(encoding="utf-8", newline="") as lines:
        rows = [
            row
            for row in csv.DictReader(lines)
            if (row["Misconfigurations"], row["Resource"]) == ("ECSNET_401", "aws_ecs_service.counted[0]")
        ]
    assert [row["Details"] for row in rows] == ["|".join(details)]


def test_records_have_name_severity_and_guideline_of_their_policy(default_run: Run) -> None:
    policies = {policy.id: policy for policy in load_policies()}
    ours = [record for record in default_run.records if record["check_id"] in policies]
    assert {record["check_id"] for record in ours} >= {"ECSNET_401", "ECSNET_900", "ECSNET_999"}
    for record in ours:
        policy = policies[record["check_id"]]
        assert (record["check_name"], record["severity"], record["guideline"]) == (
            policy.name,
            policy.severity,
            policy.guideline,
        )


def test_the_pack_says_that_it_worked(default_run: Run) -> None:
    assert {result for *_, result in default_run.told("ECSNET_999")} == {"PASSED"}
    assert ("terraform", "/instances/main.tf", "aws_ecs_service.closed", "PASSED") in default_run.told(
        "ECSNET_999"
    )


def test_nothing_is_said_that_checkov_would_print_twice(default_run: Run) -> None:
    seen = [
        (one["check_id"], one["file_path"], one["resource"], one["result"])
        for one in default_run.records
        if one["check_id"].startswith("ECSNET")
    ]
    assert sorted(seen) == sorted(set(seen))


def test_checkov_itself_is_not_disturbed(default_run: Run) -> None:
    assert default_run.code == 1
    assert "Traceback" not in default_run.errors + default_run.printed
    assert "WARNING" not in default_run.errors
    assert any(
        record["check_id"] == "CKV_AWS_333" or record["check_id"] == "CKV_AWS_382"
        for record in default_run.records
    )


@pytest.mark.parametrize(
    "variables",
    [{"CHECKOV_PARALLELIZATION_TYPE": "thread", "CHECKOV_GRAPH_FRAMEWORK": "NETWORKX"}],
    ids=["threads and networkx"],
)
def test_threads_and_the_other_graph_say_the_same(
    default_run: Run, repository: Path, tmp_path: Path, variables: dict[str, str]
) -> None:
    other = checkov(
        repository,
        tmp_path,
        *("--external-checks-dir", str(Path(__file__).parent / "data" / "policies")),
        variables=variables,
    )
    assert ours(other) == ours(default_run)
    assert other.code == default_run.code


def ours(run: Run) -> list[dict[str, Any]]:
    return sorted(
        (
            {key: one[key] for key in ("check_id", "framework", "file_path", "resource", "result", "details")}
            for one in run.records
            if one["check_id"].startswith(("ECSNET", "OWN"))
        ),
        key=str,
    )
