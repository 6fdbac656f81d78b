"""ECSNET_900: what could not be decided is seen."""

from __future__ import annotations

import shutil
from pathlib import Path

from support.checkov import Run, checkov

ASKED = ("--check", "ECSNET_401,ECSNET_900", "--framework", "terraform", "cloudformation")


def comment(run: Run, resource: str, file: str = "") -> str:
    text: str = run.one("ECSNET_900", resource, file)["check_result"]["suppress_comment"]
    return text


def test_an_undecided_workload_has_one_skipped_record(default_run: Run) -> None:
    record = default_run.one("ECSNET_900", "aws_ecs_service.app", "/undecided")
    assert record["result"] == "SKIPPED"
    text = comment(default_run, "aws_ecs_service.app", "/undecided")
    assert "ECSNET_401" in text
    assert "OWN_COPY" in text  # policies of the user's own count as well
    assert text in default_run.printed


def test_workloads_that_checkov_reads_and_we_do_not_are_undecided(default_run: Run) -> None:
    plan = default_run.one("ECSNET_900", "aws_ecs_service.app", "/plan")
    assert (plan["framework"], plan["result"]) == ("terraform_plan", "SKIPPED")
    assert comment(default_run, "aws_ecs_service.app", "/plan") == (
        "not decided: the plan is of a run that failed: it holds only a part (plan/plan.json:0)"
    )


def test_one_value_is_named_that_would_decide(repository: Path, tmp_path: Path) -> None:
    run = checkov(repository, tmp_path, *ASKED)
    assert run.ids == {"ECSNET_401", "ECSNET_900"}
    assert comment(run, "aws_ecs_service.app", "/undecided") == (
        "not decided: ECSNET_401, "
        "because var.group is a variable or parameter without a value (undecided/main.tf:5)"
    )
    assert comment(run, "AWS::ECS::Service.Undecided").startswith(
        "not decided: ECSNET_401, because parameter Group is"
    )
    skipped = {resource for *_, resource, result in run.told("ECSNET_900") if result == "SKIPPED"}
    assert skipped == {"aws_ecs_service.app", "AWS::ECS::Service.Undecided"}
    decided = {resource for *_, resource, result in run.told("ECSNET_900") if result == "PASSED"}
    assert decided == {resource for *_, resource, _ in run.told("ECSNET_401")}


def test_trap_19_what_is_not_judged_is_told_where_there_is_nothing_else(tmp_path: Path) -> None:
    source = """
resource "aws_sfn_state_machine" "nightly" {
  name       = "nightly"
  role_arn   = "arn:aws:iam::111122223333:role/nightly"
  definition = jsonencode({ States = { Run = { Resource = "arn:aws:states:::ecs:runTask.sync" } } })
}
"""
    (tmp_path / "main.tf").write_text(source, encoding="utf-8")
    run = checkov(tmp_path, tmp_path / "output", *ASKED[:2], "--framework", "terraform")
    assert comment(run, "aws_sfn_state_machine.nightly") == (
        "not judged: a state machine of Step Functions that runs ECS tasks is not followed by this version"
    )


def test_the_settings_choose_what_becomes_of_them(repository: Path, tmp_path: Path) -> None:
    directory = tmp_path / "undecided"
    shutil.copytree(repository / "undecided", directory)
    codes = {}
    for choice in ("fail", "silent"):
        (directory / ".ecs-endpoints.yaml").write_text(f"unknown: {choice}\n", encoding="utf-8")
        run = checkov(directory, tmp_path / choice, *ASKED[:2], "--framework", "terraform")
        codes[choice] = (run.code, [result for *_, result in run.told("ECSNET_900")])
    assert codes == {"fail": (1, ["FAILED"]), "silent": (0, [])}
