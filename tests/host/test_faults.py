"""Never green by accident: a missing, old or broken engine, and wrong settings, are red."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from support.checkov import ENGINE_MISSING, POLICIES, Run, checkov

from checkov_ecs_endpoints.host.checkov.records import FAULT_ID, FAULT_NAME
from checkov_ecs_endpoints.policy_files import load_policies

INSTALL = f"{FAULT_NAME} (to mend: pip install --upgrade checkov-ecs-endpoints)"
BROKEN = (
    "from checkov_ecs_endpoints.rules import registry; "
    "registry.OPERATORS = {**registry.OPERATORS, 'ecs_egress_limited': lambda *_: 1 / 0}"
)


def faults(run: Run) -> list[dict[str, Any]]:
    """The records of faults; nothing else of ours passes beside them unless it was judged."""
    found = run.of(FAULT_ID)
    for record in found:
        assert (record["result"], record["severity"]) == ("FAILED", "CRITICAL")
        assert "suppress_comment" not in record["check_result"]
    return found


def frameworks(run: Run) -> set[str]:
    return {record["framework"] for record in faults(run)}


def test_the_name_is_that_of_the_policy() -> None:
    assert {policy.id: policy.name for policy in load_policies()}[FAULT_ID] == FAULT_NAME


def test_without_the_engine_every_framework_is_red(repository: Path, tmp_path: Path) -> None:
    run = checkov(repository, tmp_path, prepare=ENGINE_MISSING)
    assert run.code == 1
    assert run.ids == {FAULT_ID}
    assert frameworks(run) == {"terraform", "terraform_json", "terraform_plan", "cloudformation"}
    assert {record["check_name"] for record in faults(run)} == {INSTALL}
    assert len({(one["file_path"], one["resource"]) for one in faults(run)}) == len(faults(run))
    assert any(record["check_id"].startswith("CKV_") for record in run.records)


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        (
            ("--check", "ECSNET_101", "--framework", "terraform", "cloudformation"),
            {"CHECKOV_PARALLELIZATION_TYPE": "thread"},
        ),
        (("--skip-check", "ECSNET_999,CKV*", "--framework", "cloudformation"), {}),
    ],
)
def test_without_the_engine_whatever_is_selected(
    repository: Path, tmp_path: Path, arguments: tuple[str, ...], variables: dict[str, str]
) -> None:
    run = checkov(repository, tmp_path, *arguments, prepare=ENGINE_MISSING, variables=variables)
    chosen = set(arguments[arguments.index("--framework") + 1 :])
    assert (run.code, run.ids, frameworks(run)) == (1, {FAULT_ID}, chosen)
    for record in faults(run):
        assert record["details"][0].startswith("not judged: checkov-ecs-endpoints cannot be loaded: ")


def test_an_engine_that_is_older_than_the_policies(repository: Path, tmp_path: Path) -> None:
    newer = tmp_path / "policies"
    shutil.copytree(POLICIES, newer, ignore=shutil.ignore_patterns("__pycache__"))
    policy = newer / "ECSNET_401.yaml"
    policy.write_text(
        policy.read_text(encoding="utf-8").replace("since: 0.1.0", "since: 99.1.0"), encoding="utf-8"
    )
    older = "import importlib.metadata as m; version = m.version; "
    older += "m.version = lambda name: '0.1.0' if name == 'checkov-ecs-endpoints' else version(name)"
    run = checkov(
        repository,
        tmp_path / "results",
        *("--check", "ECSNET_401,ECSNET_403", "--framework", "terraform"),
        policies=newer,
        prepare=older,
    )
    assert run.code == 1
    (record,) = faults(run)
    assert record["check_name"] == (
        f'{FAULT_NAME} (to mend: pip install --upgrade "checkov-ecs-endpoints>=99.1.0")'
    )
    assert run.of("ECSNET_401") == []


def test_a_crash_inside_the_pack_and_an_operator_that_the_engine_lacks(
    repository: Path, tmp_path: Path
) -> None:
    own = tmp_path / "policies"
    shutil.copytree(Path(__file__).parent / "data" / "policies", own)
    text = (POLICIES / "ECSNET_401.yaml").read_text(encoding="utf-8")
    text = text.replace("ECSNET_401", "OWN_FUTURE").replace("ecs_egress_limited", "ecs_from_the_future")
    (own / "future.yaml").write_text(text, encoding="utf-8")
    run = checkov(
        repository,
        tmp_path / "results",
        *(
            "--check",
            "ECSNET_401,ECSNET_403,OWN_NOT,OWN_FUTURE",
            "--framework",
            "terraform",
            "cloudformation",
        ),
        *("--external-checks-dir", str(own)),
        prepare=BROKEN,
    )
    assert run.code == 1
    assert run.ids == {FAULT_ID, "ECSNET_403"}
    crashed = "not judged: ecs_egress_limited of 'security_groups' failed"
    lacking = "not judged: the installed checkov-ecs-endpoints has no operator ecs_from_the_future"
    for framework in ("terraform", "cloudformation"):
        said = [
            line for record in faults(run) if record["framework"] == framework for line in record["details"]
        ]
        assert {line.startswith(crashed) and "ZeroDivisionError" in line for line in said} == {True, False}
        assert [line for line in said if not line.startswith(crashed)] == [lacking]


def test_settings_that_cannot_be_used(repository: Path, tmp_path: Path) -> None:
    settings = tmp_path / "settings.yaml"
    settings.write_text("nat:\n  ceiling_gbps: plenty\n", encoding="utf-8")
    run = checkov(
        repository,
        tmp_path / "results",
        *("--check", "ECSNET_101", "--framework", "cloudformation"),
        variables={"ECS_ENDPOINTS_CONFIG": str(settings)},
    )
    assert (run.code, run.ids) == (1, {FAULT_ID})
    (record,) = faults(run)
    assert "settings.yaml:2" in record["check_name"]
    assert "ceiling_gbps" in record["details"][0]
