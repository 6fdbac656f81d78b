"""The command line: options, usage errors, exit codes; with stand-ins for the stages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.stages import Stages, policy, root, service, verdict

from checkov_ecs_endpoints import __version__
from checkov_ecs_endpoints.cli import scan_command
from checkov_ecs_endpoints.cli.main import main
from checkov_ecs_endpoints.policy_files import PolicyError, policies_directory
from checkov_ecs_endpoints.results import Outcome, Problem


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Stages:
    """One service; ECSNET_101 (MEDIUM) fails, ECSNET_103 (HIGH) passes, ECSNET_104 (LOW) is undecided."""
    (tmp_path / "main.tf").write_text("")
    resource = service(tmp_path / "main.tf")
    made = Stages(
        configurations=[root(tmp_path, resource)],
        verdicts={
            "ECSNET_101": [verdict(resource)],
            "ECSNET_103": [verdict(resource, Outcome.PASSED)],
            "ECSNET_104": [verdict(resource, Outcome.UNKNOWN)],
        },
    )
    made.install(monkeypatch)
    policies = (policy(), policy("ECSNET_103", "HIGH"), policy("ECSNET_104", "LOW"))
    monkeypatch.setattr(scan_command, "load_policies", lambda: policies)
    monkeypatch.delenv("ECS_ENDPOINTS_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    return made


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([], 1),
        (["--soft-fail"], 0),
        (["--check", "ECSNET_103"], 0),
        (["--check", "HIGH"], 0),
        (["--check", "ECSNET_10[14]"], 1),
        (["--skip-check", "ECSNET_101"], 0),
        (["--skip-check", "MEDIUM"], 0),
        (["--skip-check", "ECSNET_103,ECSNET_104"], 1),
        (["--soft-fail-on", "MEDIUM"], 0),
        (["--soft-fail-on", "ECSNET_103"], 1),
        (["--hard-fail-on", "HIGH"], 0),
        (["--hard-fail-on", "ECSNET_101"], 1),
        (["--strict", "--check", "ECSNET_104"], 1),
        (["--check", "ECSNET_104"], 0),
        (["--strict", "--soft-fail-on", "MEDIUM"], 0),
        (["--strict", "--soft-fail-on", "ECSNET_101"], 1),
    ],
)
def test_exit_codes(options: list[str], code: int, stages: Stages) -> None:
    assert main(["scan", *options]) == code


def test_what_cannot_be_read_wins_over_failures(
    stages: Stages, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    stages.problems = [Problem((tmp_path / "broken.tf").as_posix(), 3, "not closed")]
    assert main(["scan", "--soft-fail"]) == 2
    assert "ERROR broken.tf:3: not closed" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["nowhere"], "nowhere does not exist"),
        (["--root", "nowhere"], "--root nowhere is not a directory"),
        (["--plan-sources", "nowhere"], "--plan-sources nowhere is not a directory"),
        (["--root", "elsewhere"], "lies outside elsewhere"),
        (["--var-file", "prod.tfvars"], "--var-file prod.tfvars is not a file"),
        (["--config", "none.yaml"], "none.yaml: cannot be read: No such file or directory"),
        (["--config", "bad.yaml"], "bad.yaml:2: unknown must be one of report, fail, silent"),
        (["--check", "CKV_AWS_*"], "--check CKV_AWS_* leaves no policy to run"),
        (["--skip-check", "ECSNET_1:modules/"], "ECSNET_1:modules/: ids, globs and severities"),
        (["--hard-fail-on", "A:b"], "A:b: ids, globs and severities"),
        (["--output", "no/such/directory"], "--output no/such/directory: No such file or directory"),
    ],
)
def test_usage_errors(
    options: list[str], message: str, stages: Stages, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "bad.yaml").write_text("\nunknown: 'never'\n")
    assert main(["scan", *options]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("checkov-ecs-endpoints: error: ")
    assert message in printed.err


@pytest.mark.parametrize("options", [[], ["explain"], ["scan", "--format", "sarif"], ["scan", "--soft"]])
def test_what_is_not_offered_is_refused(options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(options)
    assert stopped.value.code == 2
    assert "usage: checkov-ecs-endpoints" in capsys.readouterr().err


def test_policies_that_cannot_be_used_are_an_error(
    stages: Stages, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise PolicyError(Path("x.yaml"), "has no text id")

    monkeypatch.setattr(scan_command, "load_policies", fail)
    assert main(["scan"]) == 2
    assert "x.yaml: has no text id" in capsys.readouterr().err


def test_a_fault_of_the_command_is_no_finding(
    stages: Stages, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no assessment today")

    monkeypatch.setattr(scan_command, "assess", fail)
    assert main(["scan"]) == 2
    printed = capsys.readouterr().err
    assert "RuntimeError: no assessment today" in printed
    assert printed.endswith("checkov-ecs-endpoints: a fault of its own, not of what was scanned\n")


def test_json_goes_to_stdout_or_a_file(
    stages: Stages, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["scan", "--format", "json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert main(["scan", "--format", "json", "--output", "report.json"]) == 1
    assert capsys.readouterr().out == ""
    written = json.loads((tmp_path / "report.json").read_text())
    for document in (printed, written):
        document["summary"].pop("seconds")
    assert printed == written
    assert [(one["check_id"], one["result"]) for one in printed["results"]] == [
        ("ECSNET_101", "FAILED"),
        ("ECSNET_103", "PASSED"),
        ("ECSNET_104", "UNKNOWN"),
    ]


def test_settings_and_var_files_reach_the_stages(stages: Stages, tmp_path: Path) -> None:
    (tmp_path / "prod.tfvars").write_text("")
    (tmp_path / "given.yaml").write_text("regions: {default: eu-west-1}")
    main(["scan", "--config", "given.yaml", "--var-file", "prod.tfvars"])
    (settings,) = stages.read_with
    assert settings.default_region == "eu-west-1"
    assert settings.var_files == (tmp_path / "prod.tfvars",)


def test_text_is_plain_where_there_is_no_terminal(stages: Stages, capsys: pytest.CaptureFixture[str]) -> None:
    main(["scan"])
    printed = capsys.readouterr().out
    assert printed.startswith("FAILED MEDIUM ECSNET_101: ECSNET_101 is well\n")
    assert "\033" not in printed


@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_text_has_colour_on_a_terminal_only(
    environment: dict[str, str],
    coloured: bool,
    stages: Stages,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    main(["scan"])
    assert ("\033[" in capsys.readouterr().out) is coloured


def test_policies_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policies"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines][:2] == [["ECSNET_100", "CRITICAL"], ["ECSNET_101", "MEDIUM"]]
    assert lines == sorted(lines)


def test_policies_path_is_the_directory_for_checkov(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policies", "--path"]) == 0
    assert capsys.readouterr().out == f"{policies_directory()}\n"


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"{__version__}\n"
