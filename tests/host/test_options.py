"""Checkov's options: frameworks, files, severities, variables, paths that are left out."""

from __future__ import annotations

from pathlib import Path

from support.checkov import checkov


def test_severities_select_and_decide_the_exit_code_and_paths_are_left_out(
    repository: Path, tmp_path: Path
) -> None:
    run = checkov(
        repository,
        tmp_path,
        *("--framework", "terraform", "--check", "MEDIUM", "--skip-check", "CKV*"),
        *("--skip-path", "registry/.terraform", "--skip-path", "instances", "--skip-path", "skips"),
        *("--soft-fail", "--hard-fail-on", "CRITICAL"),
    )
    assert "ECSNET_401" in run.ids
    assert "ECSNET_900" not in run.ids  # INFO is below MEDIUM
    failed = {one["severity"] for one in run.records if one["result"] == "FAILED"}
    assert (failed, run.code) == ({"MEDIUM"}, 0)
    assert {file for _, file, *_ in run.told("ECSNET_401")} == {"/modules/service/main.tf"}


def test_one_file_means_its_directory_with_results_for_it_alone(repository: Path, tmp_path: Path) -> None:
    run = checkov(
        repository, tmp_path, "-f", "envs/open/main.tf", "-f", "templates/stack.yaml", "--check", "ECSNET_401"
    )
    assert [
        (resource, result) for _, file, resource, result in run.told("ECSNET_401") if "stack" in file
    ] == [
        ("AWS::ECS::Service.Failed", "FAILED"),
        ("AWS::ECS::Service.SkippedByComment", "SKIPPED"),
        ("AWS::ECS::Service.SkippedByMetadata", "SKIPPED"),
    ]
    assert run.code == 1


def test_var_files_decide(repository: Path, tmp_path: Path) -> None:
    values = tmp_path / "given.tfvars"
    values.write_text('group = "sg-0123456789abcdef0"\n', encoding="utf-8")
    run = checkov(
        repository,
        tmp_path / "results",
        *("-d", "undecided", "--framework", "terraform", "--check", "ECSNET_401,ECSNET_900"),
        *("--var-file", str(values)),
    )
    (record,) = run.of("ECSNET_900")
    assert "var.group" not in record["check_result"]["suppress_comment"]


def test_a_module_scanned_alone_is_judged_in_the_roots_that_call_it(repository: Path, tmp_path: Path) -> None:
    run = checkov(
        repository, tmp_path, *("-d", "modules/service", "--framework", "terraform", "--check", "ECSNET_401")
    )
    assert run.told("ECSNET_401") == [
        ("terraform", "/main.tf", "module.service.aws_ecs_service.this", "FAILED"),
        ("terraform", "/main.tf", "module.skipped.aws_ecs_service.this", "FAILED"),
    ]


ONE_DIRECTORY = """
variable "ranges" {
  type = list(string)
}

resource "aws_security_group" "app" {
  name = "app-${terraform.workspace}"

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = var.ranges
  }
}

resource "aws_ecs_service" "app" {
  name            = "app"
  task_definition = "app:1"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0a"]
    security_groups = [aws_security_group.app.id]
  }
}
"""
TWO_ROOTS = """
roots:
  - {path: infra, var_files: [env/prod.tfvars], workspace: prod, name: prod}
  - {path: infra, var_files: [env/dev.tfvars], workspace: dev, name: dev}
"""


def test_settings_make_several_roots_of_one_directory_and_var_files_come_last(tmp_path: Path) -> None:
    repository = tmp_path / "repository"
    for name, content in {
        ".git/HEAD": "",
        ".ecs-endpoints.yaml": TWO_ROOTS,
        "infra/main.tf": ONE_DIRECTORY,
        "infra/env/prod.tfvars": 'ranges = ["0.0.0.0/0"]\n',
        "infra/env/dev.tfvars": 'ranges = ["10.0.0.0/16"]\n',
        "closed.tfvars": 'ranges = ["10.0.0.0/8"]\n',
    }.items():
        path = repository / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    options = ("--framework", "terraform", "--check", "ECSNET_401,ECSNET_999")
    told = checkov(repository, tmp_path / "both", *options).one("ECSNET_401", "aws_ecs_service.app")
    assert told["result"] == "FAILED"
    assert [line for line in told["details"] if " in infra#" in line] == [
        "PASSED in infra#dev:",
        "FAILED in infra#prod:",
    ]
    closed = checkov(repository, tmp_path / "closed", *options, "--var-file", "closed.tfvars")
    assert closed.one("ECSNET_401", "aws_ecs_service.app")["result"] == "PASSED"
    assert {record["result"] for record in closed.of("ECSNET_999")} == {"PASSED"}
