"""Which policies run and which failures count, compared with Checkov itself."""

from __future__ import annotations

from argparse import Namespace

import pytest
from checkov.common.bridgecrew.severities import get_severity
from checkov.common.models.enums import CheckResult
from checkov.common.output.record import Record
from checkov.common.output.report import Report
from checkov.common.runners.runner_registry import RunnerRegistry
from checkov.runner_filter import RunnerFilter
from hypothesis import given
from hypothesis import strategies as st

from checkov_ecs_endpoints.selection import Selection, Tolerance, selectors

IDS = ("ECSNET_101", "ECSNET_102", "ECSNET_401", "CUSTOM_1")
SEVERITIES = ("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFO")
WORDS = (*IDS, "ECSNET_*", "*_4??", "high", "Low", "MEDIUM", "CRITICAL", "OFF", "NONE", "important")

lists = st.lists(st.sampled_from(WORDS), max_size=3)


@given(lists, lists, st.sampled_from(IDS), st.sampled_from(SEVERITIES))
def test_policies_run_as_with_checkov(
    check: list[str], skip: list[str], check_id: str, severity: str
) -> None:
    theirs = RunnerFilter(
        checks=[",".join(check)] if check else [], skip_checks=[",".join(skip)] if skip else []
    )
    expected = theirs.should_run_check(check_id=check_id, severity=get_severity(severity))
    assert Selection(selectors(check), selectors(skip)).runs(check_id, severity) is expected


@given(st.booleans(), lists, lists, st.sampled_from(IDS), st.sampled_from(SEVERITIES))
def test_failures_count_as_with_checkov(
    soft: bool, soft_on: list[str], hard_on: list[str], check_id: str, severity: str
) -> None:
    config = Namespace(
        soft_fail=soft,
        soft_fail_on=[",".join(soft_on)] if soft_on else None,
        hard_fail_on=[",".join(hard_on)] if hard_on else None,
        use_enforcement_rules=False,
    )
    report = Report("terraform")
    report.failed_checks = [
        Record(
            check_id=check_id,
            check_name="",
            check_result={"result": CheckResult.FAILED},
            code_block=[],
            file_path="",
            file_line_range=[1, 1],
            resource="",
            evaluations={},
            check_class="",
            file_abs_path="",
            severity=get_severity(severity),
        )
    ]
    expected = report.get_exit_code(RunnerRegistry.get_fail_thresholds(config, "terraform")) == 1
    assert Tolerance(soft, selectors(soft_on), selectors(hard_on)).breaks(check_id, severity) is expected


def test_lists_may_be_given_several_times_and_with_commas() -> None:
    assert selectors(["A, B", "high", "C,"]) == selectors(["A,B,HIGH,C"])


def test_paths_are_refused_not_ignored() -> None:
    with pytest.raises(ValueError, match="ECSNET_101:modules/: ids, globs and severities"):
        selectors(["ECSNET_101:modules/"])
