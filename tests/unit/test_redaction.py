"""What reports leave out."""

from __future__ import annotations

import pytest

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.redaction import Redaction
from checkov_ecs_endpoints.results import Outcome, Problem, Verdict
from checkov_ecs_endpoints.values import Location, Unknown, Why

PLACE = Location("/main.tf", 1)


@pytest.mark.parametrize(
    ("secret", "text", "expected"),
    [
        ("hunter2", "image hunter2/app", "image (sensitive value)/app"),
        ("hunter2", "xhunter2x", "x(sensitive value)x"),
        ("db1", "image db1/app:db1, db10", "image (sensitive value)/app:(sensitive value), db10"),
        ("1", "port 1 of 10.1.0.0/16 in zone-1", "port (sensitive value) of 10.1.0.0/16 in zone-1"),
        ("a.c", "abc a.c", "abc (sensitive value)"),
        ("true", "it is true", "it is true"),
        ("", "nothing", "nothing"),
    ],
)
def test_where_a_secret_is_found(secret: str, text: str, expected: str) -> None:
    assert Redaction(frozenset({secret})).text(text) == expected


def test_the_longest_secret_is_left_out_first() -> None:
    assert Redaction(frozenset({"secret", "secret-word"})).text("secret-word") == "(sensitive value)"


def test_everything_that_a_verdict_says() -> None:
    verdict = Verdict(
        Outcome.UNKNOWN,
        "aws_ecs_service.a",
        "aws_ecs_service.a",
        "cause hunter2",
        ("detail hunter2",),
        (Step("step hunter2", "aws_ecs_service.a", PLACE),),
        Unknown(Why.INVALID, "f(hunter2)", PLACE, "note hunter2"),
    )
    hidden = Redaction(frozenset({"hunter2"})).verdict(verdict)
    assert "hunter2" not in repr(hidden)
    assert repr(hidden) == repr(verdict).replace("hunter2", "(sensitive value)")


def test_problems() -> None:
    problem = Problem("/main.tf", 3, "hunter2 is no number", fault=True)
    (hidden,) = Redaction(frozenset({"hunter2"})).problems([problem])
    assert hidden == Problem("/main.tf", 3, "(sensitive value) is no number", fault=True)
