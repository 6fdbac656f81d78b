"""Expressions against what ``terraform console`` says of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from oracle.terraform.compare import Kind, differences
from oracle.terraform.console import TERRAFORM
from oracle.terraform.generator import generate

LISTED = Path(__file__).parent / "expressions.txt"
SAMPLE = 200
SEED = 11

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="terraform is not installed")


def test_listed_expressions() -> None:
    expressions = LISTED.read_text(encoding="utf-8").splitlines()
    found = differences(expressions)
    assert len(expressions) > 500
    assert [one for one in found if one.kind is not Kind.UNKNOWN] == []
    # One line of YAML would be folded, and one number takes more than a line of it.
    assert {one.expression[:14] for one in found} == {'yamlencode("aa'}


def test_generated_expressions() -> None:
    found = differences(list(generate(SAMPLE, SEED)))
    assert [one for one in found if one.kind is Kind.WRONG] == []
    assert len(found) <= SAMPLE // 100
