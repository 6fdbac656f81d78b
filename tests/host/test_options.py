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
