"""Expressions against what ``terraform console`` says of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from oracle.terraform.compare import Kind, differences
from oracle.terraform.console import TERRAFORM, ask
from oracle.terraform.generator import generate
from oracle.terraform.scope import MODULE

LISTED = Path(__file__).parent / "expressions.txt"
ANSWERS = Path(__file__).parent / "answers.txt"
SAMPLE = 200
SEED = 11

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="terraform is not installed")


def test_listed_answers_are_those_of_terraform() -> None:
    """What the unit tests hold our values against, also where terraform is not installed."""
    expressions = LISTED.read_text(encoding="utf-8").splitlines()
    assert len(expressions) > 500
    assert ask(expressions, MODULE) == ANSWERS.read_text(encoding="utf-8").splitlines()


def test_generated_expressions() -> None:
    found = differences(list(generate(SAMPLE, SEED)))
    assert [one for one in found if one.kind is Kind.WRONG] == []
    assert len(found) <= SAMPLE // 100
