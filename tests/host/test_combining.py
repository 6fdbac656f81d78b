"""Our operators inside and, or, not and beside filters; policies of a user's own."""

from __future__ import annotations

import pytest
from support.checkov import Run

INSTANCES = ["closed", "counted[0]", "counted[1]", 'keyed["a"]', 'keyed["b"]']


def results(run: Run, check_id: str) -> dict[str, str]:
    return {
        resource.removeprefix("aws_ecs_service."): result
        for _, file, resource, result in run.told(check_id)
        if file == "/instances/main.tf" and resource.removeprefix("aws_ecs_service.") in INSTANCES
    }


@pytest.mark.parametrize(
    ("check_id", "expected"),
    [
        ("OWN_COPY", ["PASSED", "FAILED", "FAILED", "FAILED", "PASSED"]),
        ("OWN_FILTER", ["PASSED", "FAILED", "FAILED", "FAILED", "PASSED"]),
        ("OWN_AND", ["PASSED", "FAILED", "FAILED", "FAILED", "FAILED"]),
        ("OWN_OR", ["PASSED", "PASSED", "PASSED", "FAILED", "PASSED"]),
        ("OWN_NOT", ["FAILED", "PASSED", "PASSED", "PASSED", "FAILED"]),
    ],
)
def test_operators_combine(default_run: Run, check_id: str, expected: list[str]) -> None:
    assert results(default_run, check_id) == dict(zip(INSTANCES, expected, strict=True))


@pytest.mark.parametrize("check_id", ["OWN_OR", "OWN_NOT", "OWN_FILTER"])
def test_what_does_not_apply_or_is_unknown_is_no_record(default_run: Run, check_id: str) -> None:
    about = {resource for _, file, resource, _ in default_run.told(check_id) if file == "/undecided/main.tf"}
    absent = {resource for _, _, resource, _ in default_run.told(check_id) if "absent" in resource}
    assert (about, absent) == (set(), set())


def test_beside_a_connection_the_condition_counts(default_run: Run) -> None:
    told = [
        (resource, result)
        for _, file, resource, result in default_run.told("OWN_CONNECTION")
        if (file == "/instances/main.tf" and resource == "aws_ecs_service.closed") or "counted" in resource
    ]
    assert ("aws_ecs_service.closed", "PASSED") in told
    assert {result for resource, result in told if "counted" in resource} == {"FAILED"}


@pytest.mark.parametrize("check_id", ["OWN_COPY", "OWN_FILTER"])
def test_they_carry_the_evidence(default_run: Run, check_id: str) -> None:
    original = default_run.one("ECSNET_401", "aws_ecs_service.closed")
    assert default_run.one(check_id, "aws_ecs_service.closed")["details"] == original["details"]


def test_a_copy_has_its_own_severity(default_run: Run) -> None:
    assert {record["severity"] for record in default_run.of("OWN_COPY")} == {"LOW"}
