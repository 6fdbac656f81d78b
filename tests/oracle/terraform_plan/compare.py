"""Compare generated configurations with what ``terraform plan`` says of the same files.

    python tests/oracle/terraform_plan/compare.py [CONFIGURATIONS] [SEED]

The configurations are modules of a few roots, so that one plan serves many. The resources are
the built-in ``terraform_data``, which needs no provider. Prints every difference.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[3])]

from oracle.terraform_plan.generator import generate  # noqa: E402
from support.terraform import Reading, read  # noqa: E402

from checkov_ecs_endpoints.values import Reference, Text, Unknown, Value  # noqa: E402

TERRAFORM = shutil.which("terraform")
_TOGETHER = 20
"""Configurations in one root: the time of a plan grows faster than their number."""


@dataclass(frozen=True)
class Comparison:
    """How many configurations and resource instances were compared, and where they differ."""

    configurations: int
    instances: int
    differences: tuple[str, ...]


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


def compare_generated(count: int, seed: int) -> Comparison:
    """Compare generated configurations, some together in one root."""
    found: list[str] = []
    instances = 0
    for part, start in enumerate(range(0, count, _TOGETHER)):
        together = min(_TOGETHER, count - start)
        with TemporaryDirectory() as directory:
            reading = read(Path(directory), generate(seed * 1000 + part, together))
            instances += len(reading.resources)
            found += [f"seed {seed * 1000 + part}: {line}" for line in compare(reading)]
    return Comparison(count, instances, tuple(found))


def main(count: int = 200, seed: int = 1) -> int:
    """Print the differences of generated configurations; their number is the result."""
    found = compare_generated(count, seed)
    for line in found.differences:
        print(line[:400])
    print(
        f"{found.configurations} configurations, {found.instances} instances: {len(found.differences)} wrong"
    )
    return len(found.differences)


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
