"""Plans under Checkov: the same verdicts, on the resources of the plan."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support.checkov import Run, checkov
from support.command import FIXTURES, REPOSITORY, run

PLAN = REPOSITORY / "tests/unit/iac/terraform_plan/plans/services_by_key.json"
SITUATION = FIXTURES / "services_by_key" / "terraform"
API = 'aws_ecs_service.this["api"]'
PROXY = 'aws_ecs_service.this["proxy"]'
ASKED = ("--check", "ECSNET_*")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A plan beside the files that it was made of."""
    root = tmp_path_factory.mktemp("both")
    shutil.copytree(SITUATION, root / "infra")
    shutil.copy(PLAN, root / "infra" / "plan.json")
    return checkov(root, root / "results", *ASKED, "--framework", "terraform", "terraform_plan")


def test_a_plan_and_its_files_are_two_results(both: Run) -> None:
    assert both.told("ECSNET_101") == [
        ("terraform", "/infra/main.tf", API, "FAILED"),
        ("terraform_plan", "/infra/plan.json", API, "FAILED"),
    ]
    assert both.told("ECSNET_100") == [
        (framework, f"/infra/{file}", service, "PASSED")
        for framework, file in (("terraform", "main.tf"), ("terraform_plan", "plan.json"))
        for service in (API, PROXY)
    ]
    # The Availability Zones of the subnets are not known, so ECSNET_302 is undecided.
    assert {result for *_, result in both.told("ECSNET_900")} == {"SKIPPED"}
    assert {result for *_, result in both.told("ECSNET_999")} == {"PASSED"}


def test_evidence_of_a_plan_points_at_its_files(both: Run) -> None:
    details = both.one("ECSNET_101", API, "/infra/plan.json")["details"]
    assert details == both.one("ECSNET_101", API, "/infra/main.tf")["details"]
    assert any("(infra/main.tf:" in line for line in details)


def test_the_command_says_the_same(tmp_path: Path) -> None:
    shutil.copy(PLAN, tmp_path / "plan.json")
    theirs = checkov(tmp_path, tmp_path / "results", *ASKED, "-f", "plan.json")
    said = json.loads(run("scan", "plan.json", "--format", "json", directory=tmp_path).stdout)["results"]
    assert {one["framework"] for one in said} == {"terraform_plan"}
    ours = {(one["check_id"], one["resource"], one["result"]) for one in said if one["result"] != "UNKNOWN"}
    told = {
        (check_id, resource, result)
        for check_id in theirs.ids - {"ECSNET_900", "ECSNET_999"}
        for _, _, resource, result in theirs.told(check_id)
    }
    assert told == ours
    details = theirs.one("ECSNET_101", API)["details"]
    assert any("(plan.json:1)" in line for line in details)


def test_sources_named_for_enrichment_are_used(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    shutil.copytree(SITUATION, tmp_path / "infra")
    shutil.copy(PLAN, tmp_path / "plan.json")
    options = ("-f", "plan.json", "--repo-root-for-plan-enrichment", "infra")
    for deep in ((), ("--deep-analysis",)):
        found = checkov(tmp_path, tmp_path / f"results{len(deep)}", *ASKED, *options, *deep)
        ((_, _, resource, result),) = found.told("ECSNET_101")
        assert (resource, result) == (API, "FAILED")
        details = found.one("ECSNET_101", API)["details"]
        assert any("infra/main.tf:" in line for line in details)
