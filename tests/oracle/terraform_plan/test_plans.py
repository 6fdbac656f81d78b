"""Evaluated configurations against what ``terraform plan`` says of the same files."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from oracle.terraform_plan.compare import TERRAFORM, compare, compare_generated
from support.terraform import read

CASES = Path(__file__).parent / "cases"
SAMPLE = 20
SEED = 3

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="terraform is not installed")


def test_written_cases(tmp_path: Path) -> None:
    shutil.copytree(CASES, tmp_path, dirs_exist_ok=True)
    names = sorted(path.name for path in CASES.iterdir())
    assert names == ["expressions", "modules", "overrides", "repetition", "types"]
    calls = "".join(f'module "{name}" {{\n  source = "./{name}"\n}}\n' for name in names)
    assert compare(read(tmp_path, {"main.tf": calls})) == []


def test_generated_cases() -> None:
    found = compare_generated(SAMPLE, SEED)
    assert found.differences == ()
    assert found.instances > 5 * SAMPLE
