"""The real Checkov as people run it: a process of its own, with our policies."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from support.command import REPOSITORY, environment

POLICIES = REPOSITORY / "policies"
ENGINE_MISSING = "sys.modules['checkov_ecs_endpoints'] = None"

_DELIMITER = "--- OUTPUT DELIMITER ---"
_RUN = """
import sys
{prepare}
from checkov.main import Checkov
sys.argv[0] = "checkov"
sys.exit(Checkov().run())
"""

Told: TypeAlias = tuple[str, str, str, str]
"""Framework, file, resource and result of a record."""


@dataclass(frozen=True)
class Run:
    """A finished run: exit code, what it printed, and the files that it wrote."""

    code: int
    printed: str
    errors: str
    files: Path

    @cached_property
    def records(self) -> list[dict[str, Any]]:
        """All records of the JSON output, with ``framework`` and ``result`` beside Checkov's fields."""
        file = self.files / "results_json.json"
        # Beside CSV, Checkov prints the other outputs instead of writing them to their files.
        text = file.read_text(encoding="utf-8") if file.exists() else self.printed.split(_DELIMITER)[1]
        loaded = json.loads(text)
        reports = loaded if isinstance(loaded, list) else [loaded]
        return [
            {**record, "framework": report["check_type"], "result": record["check_result"]["result"]}
            for report in reports
            for name in ("passed_checks", "failed_checks", "skipped_checks")
            for record in report.get("results", {}).get(name, [])
        ]

    def of(self, check_id: str) -> list[dict[str, Any]]:
        """The records of one check."""
        return [record for record in self.records if record["check_id"] == check_id]

    def told(self, check_id: str) -> list[Told]:
        """What the records of one check say, sorted."""
        return sorted(
            (record["framework"], record["file_path"], record["resource"], record["result"])
            for record in self.of(check_id)
        )

    def one(self, check_id: str, resource: str, file: str = "") -> dict[str, Any]:
        """The one record of a check about a resource."""
        (record,) = (
            record
            for record in self.of(check_id)
            if record["resource"] == resource and record["file_path"].startswith(file)
        )
        return record

    @property
    def ids(self) -> set[str]:
        """The ids of ours, and of the tests, that records have."""
        return {
            record["check_id"] for record in self.records if record["check_id"].startswith(("ECSNET", "OWN"))
        }


def checkov(
    directory: Path,
    results: Path,
    *arguments: str,
    prepare: str = "pass",
    policies: Path = POLICIES,
    variables: Mapping[str, str] | None = None,
) -> Run:
    """Run Checkov in ``directory`` with JSON among its outputs; ``prepare`` is run before it starts."""
    results.mkdir(parents=True, exist_ok=True)
    where = () if {"-d", "-f"} & set(arguments) else ("-d", ".")
    done = subprocess.run(
        [
            *(sys.executable, "-c", _RUN.format(prepare=prepare)),
            *where,
            *("--external-checks-dir", str(policies), "--skip-download"),
            *("--output", "cli", "--output", "json", "--output-file-path", str(results)),
            *arguments,
        ],
        cwd=directory,
        env=environment(**variables or {}),
        capture_output=True,
        text=True,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr, results)
