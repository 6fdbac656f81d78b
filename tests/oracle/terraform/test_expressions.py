"""Expressions against what ``terraform console`` says of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from oracle.terraform import console
from oracle.terraform.compare import Kind, compare
from oracle.terraform.console import TERRAFORM, ask
from oracle.terraform.generator import generate
from oracle.terraform.scope import MODULE, ModuleNames, answer
from oracle.terraform.signatures import DIFFERING, NOT_WORKED_OUT

from checkov_ecs_endpoints.values import Unknown, Why

LISTED = Path(__file__).parent / "expressions.txt"
ANSWERS = Path(__file__).parent / "answers.txt"
SAMPLE = 300
SEED = 11
FULL = 3000

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="terraform is not installed")


def test_listed_answers_are_those_of_terraform() -> None:
    """What the unit tests hold our values against, also where terraform is not installed."""
    expressions = LISTED.read_text(encoding="utf-8").splitlines()
    assert len(expressions) > 500
    assert ask(expressions, MODULE) == ANSWERS.read_text(encoding="utf-8").splitlines()


def test_every_function_is_generated() -> None:
    """The full comparison reaches each function of Terraform but those that are never known."""
    made = "\n".join(generate(FULL, SEED))
    generated = frozenset(re.findall(r"\b([a-z0-9_]+)\(", made))
    assert console.functions() - generated == DIFFERING | NOT_WORKED_OUT


def test_every_function_has_a_meaning_here() -> None:
    scope = ModuleNames(MODULE)
    for name in sorted(console.functions()):
        said = answer(f"{name}()", scope)
        assert not isinstance(said, Unknown) or said.note != f"there is no function {name}"


@pytest.mark.parametrize("name", sorted(DIFFERING))
def test_what_differs_from_run_to_run_is_never_known(name: str) -> None:
    arguments = '"a"' if name == "bcrypt" else ""
    said = answer(f'jsonencode(["{name}", {name}({arguments})])', ModuleNames(MODULE))
    assert isinstance(said, Unknown)
    assert said.why is Why.UNSUPPORTED


def test_generated_expressions() -> None:
    found = compare(SAMPLE, SEED)
    assert found.of(Kind.WRONG) == []
    assert len(found.of(Kind.UNKNOWN)) <= found.values // 100
    assert found.values > SAMPLE // 2
