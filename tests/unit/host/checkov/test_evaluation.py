"""The shared evaluation: made once, and its faults told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from checkov_ecs_endpoints import scan as pipeline
from checkov_ecs_endpoints.host.checkov.answers import Fault
from checkov_ecs_endpoints.host.checkov.evaluation import UPGRADE, Evaluation, Opinions, evaluation_of
from checkov_ecs_endpoints.host.checkov.questions import Question
from checkov_ecs_endpoints.host.checkov.request import Request
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.scan import Scan

STARTS = Question.of("ecs_starts", "startup", {})


def test_requests_share_an_evaluation_and_threads_one_scan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scans: list[Any] = []

    def scan(*arguments: Any) -> Scan:
        scans.append(arguments)
        return Scan([], [], [])

    monkeypatch.setattr(pipeline, "scan", scan)
    with ThreadPoolExecutor(8) as threads:
        told = list(threads.map(lambda _: evaluation_of(Request((tmp_path,))).ask(STARTS), range(32)))
    assert (len(scans), set(told)) == (1, {Opinions()})


def test_a_scan_that_breaks_is_a_fault_of_every_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def scan(*_: Any) -> Scan:
        raise ZeroDivisionError("no")

    monkeypatch.setattr(pipeline, "scan", scan)
    evaluation = Evaluation(Request((tmp_path,)))
    for question in (STARTS, Question.of("ecs_not_public", "public_ip", {})):
        (fault,) = evaluation.ask(question).faults
        assert fault.message.startswith("ZeroDivisionError: no (test_evaluation.py:")
        assert fault.remedy == UPGRADE


def test_settings_that_cannot_be_used_are_named_with_their_line(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    settings = tmp_path / ".ecs-endpoints.yaml"
    settings.write_text("nat:\n  ceiling: 45\n", encoding="utf-8")
    (tmp_path / "main.tf").touch()
    (fault,) = Evaluation(Request((tmp_path.resolve(),))).ask(STARTS).faults
    assert fault.remedy == "correct .ecs-endpoints.yaml:2"
    assert "ceiling" in fault.message


def test_reading_that_breaks_is_a_fault_but_input_that_is_wrong_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    problems = [Problem("/r/a.tf", 3, "not valid"), Problem("/r", 0, "reading Terraform failed", fault=True)]
    monkeypatch.setattr(pipeline, "scan", lambda *_: Scan([], [], problems))
    said = Evaluation(Request((tmp_path,))).ask(STARTS)
    assert said.faults == (Fault("reading Terraform failed", UPGRADE),)


def test_an_operator_that_is_missing_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "scan", lambda *_: Scan([], [], []))
    said = Evaluation(Request((tmp_path,))).ask(Question.of("ecs_from_the_future", "x", {}))
    assert said.faults == (
        Fault("the installed checkov-ecs-endpoints has no operator ecs_from_the_future", UPGRADE),
    )


def test_what_was_not_read_is_told_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken, other = (f"{tmp_path.as_posix()}/{name}.tf" for name in "ab")
    monkeypatch.setattr(pipeline, "scan", lambda *_: Scan([], [], [Problem(broken, 3, "not valid")]))
    service = "aws_ecs_service.s"
    unread = Evaluation(Request((tmp_path,))).unread([(broken, service), (other, service)])
    assert unread == {(broken, service): "not valid (a.tf:3)", (other, service): "the file was not read"}
