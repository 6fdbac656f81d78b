"""The whole command on whole directories: exit codes, boundary, skips, errors, both reports."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from support.command import COMMAND, FIXTURES, environment, run

EXAMPLE = FIXTURES / "nat_without_endpoints"
RIGHT = FIXTURES / "isolated_with_endpoints"
UNDECIDED = FIXTURES / "subnets_unknown"
TWO_ROOTS = FIXTURES / "one_service_module_two_roots" / "terraform"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A git repository with the example in ``infra``."""
    (tmp_path / ".git").mkdir()
    shutil.copytree(EXAMPLE / "terraform", tmp_path / "infra")
    return tmp_path


def report(*arguments: str | Path, directory: Path | None = None) -> dict[str, Any]:
    done = run("scan", "--format", "json", *arguments, directory=directory)
    assert done.stderr == ""
    loaded: dict[str, Any] = json.loads(done.stdout)
    return loaded


def ids(document: dict[str, Any], result: str = "FAILED") -> list[str]:
    return sorted({one["check_id"] for one in document["results"] if one["result"] == result})


FAILED = [
    *("ECSNET_101", "ECSNET_102", "ECSNET_103", "ECSNET_104"),
    *("ECSNET_301", "ECSNET_302", "ECSNET_401", "ECSNET_402"),
]


@pytest.mark.parametrize("language", ["terraform", "cloudformation"])
def test_findings_exit_one_and_say_where(language: str) -> None:
    done = run("scan", ".", "--root", EXAMPLE, directory=EXAMPLE / language)
    assert (done.returncode, done.stderr) == (1, "")
    for check_id in FAILED:
        assert check_id in done.stdout
    assert "evidence" in done.stdout
    assert done.stdout.splitlines()[-1].startswith("8 failed, 0 undecided, 2 passed (1 ECS workload, 1 root")


@pytest.mark.parametrize("language", ["terraform", "cloudformation"])
def test_nothing_to_find_exits_zero(language: str) -> None:
    done = run("scan", RIGHT / language, "--root", RIGHT)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("0 failed, 0 undecided, ")


def test_what_is_undecided_is_told_and_fails_only_if_strict() -> None:
    done = run("scan", UNDECIDED / "terraform", "--root", UNDECIDED)
    assert done.returncode == 0
    assert "UNKNOWN var." in done.stdout
    assert run("scan", "--strict", UNDECIDED / "terraform", "--root", UNDECIDED).returncode == 1


def test_an_empty_directory_is_fine(tmp_path: Path) -> None:
    done = run("scan", directory=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("0 failed, 0 undecided, 0 passed (0 ECS workloads, 0 roots, 0 resources")


def test_two_runs_say_the_same(repository: Path) -> None:
    first, second = (report(repository) for _ in range(2))
    for document in (first, second):
        document["summary"].pop("seconds")
    assert first == second
    assert ids(first) == FAILED


def test_a_broken_file_is_named_and_the_rest_is_judged(repository: Path) -> None:
    (repository / "infra" / "broken.tf").write_text('resource "aws_s3_bucket" "x" {\n')
    done = run("scan", "--format", "json", "--soft-fail", repository)
    document = json.loads(done.stdout)
    assert done.returncode == 2
    assert [(error["file_path"], error["line"] > 0) for error in document["errors"]] == [
        ("infra/broken.tf", True)
    ]
    assert set(FAILED) <= set(ids(document)) | set(ids(document, "UNKNOWN"))


def test_a_broken_template_is_named(repository: Path) -> None:
    (repository / "broken.yaml").write_text('AWSTemplateFormatVersion: "2010-09-09"\nResources: [\n')
    (repository / "other.yaml").write_text("this: [is no template\n")
    done = run("scan", "--format", "json", repository)
    assert done.returncode == 2
    assert [error["file_path"] for error in json.loads(done.stdout)["errors"]] == ["broken.yaml"]


def test_broken_files_elsewhere_in_the_repository_are_not_ours(repository: Path) -> None:
    (repository / "other").mkdir()
    (repository / "other" / "broken.tf").write_text("}\n")
    assert run("scan", repository / "infra").returncode == 1


def test_a_module_is_judged_in_the_roots_that_call_it() -> None:
    document = report(TWO_ROOTS / "modules", "--root", TWO_ROOTS)
    assert {one["root"] for one in document["results"]} == {"../production", "../staging"}
    assert {one["file_path"] for one in document["results"]} == {"service/main.tf"}
    assert document["summary"]["roots"] == 2


def test_a_root_reads_modules_beside_it_inside_the_boundary_only(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    shutil.copytree(TWO_ROOTS, tmp_path / "infra")
    inside = report(tmp_path / "infra" / "staging")
    assert {(one["root"], one["file_path"]) for one in inside["results"]} == {
        (".", "../modules/service/main.tf")
    }
    outside = report(tmp_path / "infra" / "staging", "--root", tmp_path / "infra" / "staging")
    assert not [one for one in outside["results"] if "service" in one["file_path"]]


def test_a_skip_is_shown_with_its_reason(repository: Path) -> None:
    path = repository / "infra" / "service.tf"
    text = path.read_text()
    at = text.index('resource "aws_ecs_service"')
    opening = text.index("{", at) + 1
    path.write_text(
        text[:opening] + "\n  # checkov:skip=ECSNET_401,ECSNET_301:agreed with security" + text[opening:]
    )
    document = report(repository)
    assert ids(document, "SKIPPED") == ["ECSNET_301", "ECSNET_401"]
    assert {one["suppress_comment"] for one in document["results"] if one["result"] == "SKIPPED"} == {
        "agreed with security"
    }
    assert ids(document) == [check_id for check_id in FAILED if check_id not in ("ECSNET_301", "ECSNET_401")]


def test_a_skip_in_a_template(tmp_path: Path) -> None:
    text = (EXAMPLE / "cloudformation" / "template.yaml").read_text()
    key = "    Type: AWS::ECS::Service\n"
    assert key in text
    (tmp_path / "template.yaml").write_text(text.replace(key, f"    # checkov:skip=ECSNET_401:agreed\n{key}"))
    assert ids(report(tmp_path), "SKIPPED") == ["ECSNET_401"]


def test_settings_hold_for_the_roots_below_them(repository: Path) -> None:
    shutil.copytree(UNDECIDED / "terraform", repository / "undecided")
    assert run("scan", repository / "undecided").returncode == 0
    (repository / "undecided" / ".ecs-endpoints.yaml").write_text("unknown: fail\n")
    assert run("scan", repository / "undecided").returncode == 1
    (repository / "undecided" / ".ecs-endpoints.yaml").write_text("unknown: sometimes\n")
    done = run("scan", repository)
    assert (done.returncode, done.stdout) == (2, "")
    assert ".ecs-endpoints.yaml:1: unknown must be one of report, fail, silent" in done.stderr


def test_a_pipe_that_closes_early_is_no_traceback_and_no_success(repository: Path) -> None:
    command = [*COMMAND, "scan", str(repository)]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1
