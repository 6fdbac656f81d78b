"""Many expressions through one run of ``terraform console``."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

TERRAFORM = shutil.which("terraform")
ERROR = "error"
_BATCH = 400
"""Expressions per run; the console reads one line, and its time grows with the line."""


def ask(expressions: Sequence[str], directory: Path) -> list[str]:
    """What Terraform makes of each expression, as JSON text; ERROR where it reports an error.

    All expressions must be valid syntax: errors of evaluation are caught by ``try``.
    """
    answers: list[str] = []
    for start in range(0, len(expressions), _BATCH):
        answers.extend(_run(expressions[start : start + _BATCH], directory))
    return answers


def _run(expressions: Sequence[str], directory: Path) -> list[str]:
    tries = ",".join(f'try(jsonencode({expression}), "{ERROR}")' for expression in expressions)
    line = " ".join(f"jsonencode([{tries}])".splitlines())
    done = subprocess.run(
        [str(TERRAFORM), "console"],
        input=line + "\n",
        capture_output=True,
        text=True,
        cwd=directory,
        timeout=120,
        check=False,
    )
    try:
        answers = json.loads(json.loads(done.stdout.strip().splitlines()[-1]))
    except (ValueError, IndexError):
        if len(expressions) == 1:
            return [f"rejected: {done.stderr[-300:]}{done.stdout[-100:]}"]
        middle = len(expressions) // 2
        return _run(expressions[:middle], directory) + _run(expressions[middle:], directory)
    return [str(answer) for answer in answers]
