"""The command as people run it: a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
FIXTURES = REPOSITORY / "fixtures"

_SCRIPT = Path(sys.executable).parent / "checkov-ecs-endpoints"
COMMAND = [str(_SCRIPT)] if _SCRIPT.exists() else [sys.executable, "-m", "checkov_ecs_endpoints"]
"""The console script where it is installed, else the module of this checkout."""


STEERING = ("ECS_ENDPOINTS", "GIT_", "DISABLE_PYSTON")


def environment(**changes: str) -> dict[str, str]:
    """An environment in which the command finds this checkout and nothing steers it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(STEERING)}
    path = os.pathsep.join(filter(None, [str(REPOSITORY), os.environ.get("PYTHONPATH")]))
    return {**kept, "PYTHONPATH": path, **changes}


def run(*arguments: str | Path, directory: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command and wait for it."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=directory,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
