"""The text report: its whole shape, and that much of the same does not bury the reader."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from support.assessments import BASE, POLICIES, assessment, everything, finding, undecided

from checkov_ecs_endpoints.findings import Assessment
from checkov_ecs_endpoints.reports import text
from checkov_ecs_endpoints.reports.style import Style
from checkov_ecs_endpoints.results import Outcome
from checkov_ecs_endpoints.values import Unknown, Why

SNAPSHOTS = Path(__file__).parents[2] / "snapshots"
PLAIN = Style(directory="/repository", width=100)


def rendered(shown: Assessment, style: Style = PLAIN) -> str:
    return text.render(shown, POLICIES, 0.1234, style)


def test_the_whole_report() -> None:
    """Run with UPDATE_SNAPSHOTS=1 to write what is shown now, and read the difference."""
    path = SNAPSHOTS / "everything.txt"
    shown = rendered(everything())
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(shown)
    assert shown == path.read_text()


def test_ten_services_behind_one_gap_are_read_once() -> None:
    shown = rendered(
        assessment(*(finding(name=f"service_{number:02}", line=number) for number in range(1, 31)))
    )
    lines = shown.splitlines()
    assert len(lines) < 20
    assert shown.count("no endpoint for s3 among") == 1
    assert "aws_ecs_service.service_01 infra/services.tf:1" in shown
    assert "and 27 more: aws_ecs_service.service_04" in shown
    assert "and 17 more" in shown
    assert lines[-1].startswith("30 failed")


def test_the_same_cause_in_two_roots_is_two_groups() -> None:
    shown = rendered(assessment(finding(root="prod"), finding(root="dev")))
    assert shown.count("cause") == 2
    assert "services.tf:10 in prod" in shown
    assert "services.tf:10 in dev" in shown


def test_the_most_severe_comes_first() -> None:
    shown = rendered(
        assessment(finding("ECSNET_401", cause="a"), finding("ECSNET_100", cause="b"), finding(cause="c"))
    )
    assert re.findall("^FAILED [A-Z]+ ([A-Z_0-9]+)", shown, re.MULTILINE) == [
        "ECSNET_100",
        "ECSNET_103",
        "ECSNET_401",
    ]


def test_what_would_decide_most_comes_first() -> None:
    shown = rendered(
        assessment(
            undecided("ECSNET_100", "a", 1, "var.few"),
            undecided("ECSNET_101", "b", 2, "var.many"),
            undecided("ECSNET_103", "b", 2, "var.many"),
        )
    )
    assert re.findall("UNKNOWN (var.[a-z]+)", shown) == ["var.many", "var.few"]
    assert "aws_ecs_service.b infra/services.tf:2: ECSNET_101, 103" in shown


def test_what_may_mean_several_things_is_to_be_told_apart_not_added() -> None:
    reason = Unknown(Why.AMBIGUOUS, "${parameter Net}-vpc", None, "2 exports fit it, in a.yaml, b.yaml")
    shown = " ".join(rendered(assessment(finding(outcome=Outcome.UNKNOWN, reason=reason))).split())
    assert (
        "UNKNOWN ${parameter Net}-vpc is ambiguous in this scan: 2 exports fit it, in a.yaml, b.yaml" in shown
    )
    assert (
        "give the parameters in the name a value that fits one alone, or leave only the one meant in the "
        "scan, by --root" in shown
    )


def test_the_cases_of_a_condition_are_told_once_for_policies_that_say_the_same() -> None:
    reason = Unknown(Why.CONDITION, "condition Prod", None, "parameter Env is without a value")
    fails, passes = "if Env is 'prod': it fails (no route)", "if Env is 'dev': it passes"
    findings = [
        replace(
            finding(outcome=Outcome.UNKNOWN, reason=reason),
            check_id=check_id,
            details=("construct: app/api", str(reason), *cases),
        )
        for check_id, cases in {
            "ECSNET_101": (fails, passes),
            "ECSNET_102": (fails, passes),
            "ECSNET_103": (fails, "and 6 more cases"),
            "ECSNET_104": (passes,),
            "ECSNET_105": (),
            "ECSNET_106": ("if Env is 'x': it passes",),
        }.items()
    ]
    shown = " ".join(rendered(assessment(*findings)).split())
    assert (
        f"cases ECSNET_101, 102: {fails}; {passes} ECSNET_103: {fails}; and 6 more cases "
        f"ECSNET_104: {passes} and 1 more: ECSNET_106 decide" in shown
    )


def test_nothing_found_is_one_line() -> None:
    passed = finding(outcome=Outcome.PASSED)
    assert rendered(assessment(passed)) == (
        "0 failed, 0 undecided, 1 passed (2 ECS workloads, 1 root, 31 resources, 0.12 s)\n"
    )


def test_no_line_is_longer_than_the_width_unless_a_word_is() -> None:
    shown = rendered(everything(), Style(directory="/repository", width=60))
    *lines, summary = shown.splitlines()
    assert summary.startswith("5 failed")
    assert [line for line in lines if len(line) > 60 and " " in line.strip()[:48]] == []


def test_colour_adds_nothing_but_colour() -> None:
    coloured = rendered(everything(), Style(directory="/repository", width=100, colour=True))
    assert "\033[31;1mCRITICAL\033[0m" in coloured
    assert " ".join(re.sub("\033\\[[0-9;]*m", "", coloured).split()) == " ".join(
        rendered(everything()).split()
    )


def test_paths_are_those_of_where_the_reader_stands() -> None:
    assert "(vpc.tf:20)" in rendered(everything(), Style(directory=BASE))
    assert "(../infra/vpc.tf:20)" in rendered(everything(), Style(directory="/repository/docs"))
