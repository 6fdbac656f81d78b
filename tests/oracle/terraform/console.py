"""Many expressions through one run of ``terraform console``."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from oracle.terraform.declarations import Variable

TERRAFORM = shutil.which("terraform")
ERROR = "error"
REFUSED = "refused"
"""The answer for what is not even valid syntax, or names what is not there."""
_BATCH = 1000
"""Expressions per run: one that Terraform refuses to read is searched among as many."""
_REFUSED = re.compile(r'in variable "(\w+)"')


def ask(expressions: Sequence[str], module: Path, variables: Sequence[Variable] = ()) -> list[str]:
    """What Terraform makes of each expression in a module, as JSON text; ERROR where it reports an error.

    Errors of evaluation are caught by ``try``.
    """
    declared = "".join(map(str, variables))
    answers: list[str] = []
    for start in range(0, len(expressions), _BATCH):
        answers.extend(_answers(expressions[start : start + _BATCH], module, declared))
    return answers


def rejected(variables: Sequence[Variable], module: Path) -> frozenset[str]:
    """The names of the variables whose default or type Terraform reports as an error."""
    said = _run(["true"], module, "".join(map(str, variables))).stderr
    return frozenset(_REFUSED.findall(re.sub(r"\x1b\[[0-9;]*m", "", said)))


def functions() -> frozenset[str]:
    """The names of all functions of this version of Terraform."""
    command = [str(TERRAFORM), "metadata", "functions", "-json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return frozenset(name.removeprefix("core::") for name in json.loads(done.stdout)["function_signatures"])


def _answers(expressions: Sequence[str], module: Path, declared: str) -> list[str]:
    done = _run(expressions, module, declared)
    try:
        answers = json.loads(json.loads(done.stdout.strip().splitlines()[-1]))
    except (ValueError, IndexError):
        if len(expressions) == 1:
            return [REFUSED]
        middle = len(expressions) // 2
        return [
            answer
            for half in (expressions[:middle], expressions[middle:])
            for answer in _answers(half, module, declared)
        ]
    return [str(answer) for answer in answers]


def _run(expressions: Sequence[str], module: Path, declared: str) -> subprocess.CompletedProcess[str]:
    """The answers to all expressions, which stand in a file: heredocs need lines of their own."""
    tries = "".join(f'    try(nonsensitive(jsonencode({one})), "{ERROR}"),\n' for one in expressions)
    with TemporaryDirectory() as temporary:
        directory = Path(temporary) / module.name
        shutil.copytree(module, directory)
        (directory / "answers.tf").write_text(
            f"{declared}locals {{\n  answers = [\n{tries}  ]\n}}\n", encoding="utf-8"
        )
        done = subprocess.run(
            [str(TERRAFORM), "console"],
            input="jsonencode(local.answers)\n",
            capture_output=True,
            text=True,
            cwd=directory,
            timeout=300,
            check=False,
        )
        # Where it ran is no difference.
        done.stdout = done.stdout.replace(directory.resolve().as_posix(), module.resolve().as_posix())
        return done
