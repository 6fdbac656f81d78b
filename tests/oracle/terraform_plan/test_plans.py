"""Evaluated configurations against what ``terraform plan`` says of the same files.

All cases are modules of one root, so that one plan serves them all. The resources are the
built-in ``terraform_data``, which needs no provider.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from oracle.terraform_plan.generator import generate
from support.terraform import Reading, read

from checkov_ecs_endpoints.values import Reference, Text, Unknown, Value

CASES = Path(__file__).parent / "cases"
TERRAFORM = shutil.which("terraform")

pytestmark = pytest.mark.skipif(TERRAFORM is None, reason="terraform is not installed")


def planned(directory: Path) -> dict[str, tuple[Any, Any]]:
    """The input of every resource of the plan, and which parts of it are not known."""
    for command in (
        ["init", "-input=false", "-no-color"],
        ["plan", "-input=false", "-no-color", "-out=plan"],
        ["show", "-json", "plan"],
    ):
        done = subprocess.run(
            [str(TERRAFORM), f"-chdir={directory}", *command], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return {
        change["address"]: (
            change["change"]["after"].get("input"),
            change["change"]["after_unknown"].get("input", False),
        )
        for change in json.loads(done.stdout)["resource_changes"]
    }


def differences(ours: Value, theirs: Any, unknown: Any, path: str) -> list[str]:
    """Where the two say different things; what Terraform knows, we must know."""
    if unknown is True:
        return [] if isinstance(ours, (Reference, Text, Unknown)) else [f"{path}: {ours!r} is not known yet"]
    if isinstance(theirs, dict):
        gaps = unknown if isinstance(unknown, dict) else {}
        keys = sorted({*theirs, *gaps})
        if not isinstance(ours, dict) or sorted(ours) != keys:
            return [f"{path}: {ours!r} is not {theirs!r}"]
        inside = [(ours[key], theirs.get(key), gaps.get(key), f"{path}.{key}") for key in keys]
    elif isinstance(theirs, list):
        listed = unknown if isinstance(unknown, list) else [None] * len(theirs)
        if not isinstance(ours, list) or len(ours) != len(theirs):
            return [f"{path}: {ours!r} is not {theirs!r}"]
        inside = [
            (*triple, f"{path}[{index}]")
            for index, triple in enumerate(zip(ours, theirs, listed, strict=True))
        ]
    else:
        same = ours == theirs and isinstance(ours, bool) == isinstance(theirs, bool)
        return [] if same else [f"{path}: {ours!r} is not {theirs!r}"]
    return [line for one in inside for line in differences(*one)]


def compare(reading: Reading) -> list[str]:
    """All differences between a reading and the plan of the same directory."""
    assert reading.problems == []
    theirs = planned(reading.directory)
    ours = reading.resources
    found = [f"{address}: not planned" for address in sorted(ours.keys() - theirs.keys())]
    found += [f"{address}: not evaluated" for address in sorted(theirs.keys() - ours.keys())]
    for address in sorted(ours.keys() & theirs.keys()):
        value = ours[address].attributes.get("input")
        found += differences(value, *theirs[address], address)
    return found


def test_written_cases(tmp_path: Path) -> None:
    shutil.copytree(CASES, tmp_path, dirs_exist_ok=True)
    names = sorted(path.name for path in CASES.iterdir())
    assert names == ["expressions", "modules", "repetition", "types"]
    calls = "".join(f'module "{name}" {{\n  source = "./{name}"\n}}\n' for name in names)
    assert compare(read(tmp_path, {"main.tf": calls})) == []


def test_generated_cases(tmp_path: Path) -> None:
    assert compare(read(tmp_path, generate(seed=3, cases=40))) == []
