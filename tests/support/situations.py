"""The situations under ``fixtures/`` and what each of them expects, as written by hand.

``expected.toml`` has a table per judged resource and language, with the ids of the
policies that say PASSED, FAILED or UNKNOWN of it::

    [[terraform]]
    resource = "aws_ecs_service.api"
    root = "staging"                  # left out: the directory, or the only template, itself
    failed = ["ECSNET_101"]
    passed = ["ECSNET_403"]
    evidence.ECSNET_101 = ["aws_subnet.private", "aws_nat_gateway.main"]   # named in this order

The set is exact: a finding that is not written down is wrong too. Settings that belong to a
situation lie in its directories, as ``.ecs-endpoints.yaml``. A situation that only one
language has says why in ``no_twin``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkov_ecs_endpoints.findings import OWN
from checkov_ecs_endpoints.policy_files import load_policies
from checkov_ecs_endpoints.settings_file import FILE_NAME

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
LANGUAGES = ("terraform", "cloudformation")
OUTCOMES = ("failed", "passed", "unknown")
POLICIES = frozenset(policy.id for policy in load_policies() if policy.id not in OWN)
"""The policies that the situations have something to say of."""


@dataclass(frozen=True, order=True)
class Expected:
    """One finding: the policy, its result, and the resource and root it is about."""

    check_id: str
    result: str
    resource: str
    root: str


@dataclass(frozen=True)
class Situation:
    """One situation in one language."""

    name: str
    language: str
    directory: Path
    findings: frozenset[Expected]
    evidence: dict[Expected, tuple[str, ...]]

    def __str__(self) -> str:
        return f"{self.name}-{self.language}"


def document(folder: Path) -> dict[str, Any]:
    """The expectations of a situation as they are written."""
    return tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))


def folders() -> list[Path]:
    """All situations, by name."""
    return sorted(path for path in FIXTURES.iterdir() if path.is_dir())


def situations() -> list[Situation]:
    """Every situation in every language it has."""
    return [
        _situation(folder, language, tables)
        for folder in folders()
        for language, tables in document(folder).items()
        if language in LANGUAGES
    ]


def _situation(folder: Path, language: str, tables: list[dict[str, Any]]) -> Situation:
    directory = folder / language
    findings: list[Expected] = []
    evidence: dict[Expected, tuple[str, ...]] = {}
    for table in tables:
        root = table.get("root") or _only_root(directory, language)
        for outcome in OUTCOMES:
            for check_id in table.get(outcome, ()):
                finding = Expected(check_id, outcome.upper(), table["resource"], root)
                findings.append(finding)
                if check_id in table.get("evidence", {}):
                    evidence[finding] = tuple(table["evidence"][check_id])
    if len(set(findings)) != len(findings):
        raise ValueError(f"{folder.name}: the same finding is expected twice")
    return Situation(folder.name, language, directory, frozenset(findings), evidence)


def _only_root(directory: Path, language: str) -> str:
    if language == "terraform":
        return "."
    (template,) = (path for path in directory.iterdir() if path.name != FILE_NAME)
    return template.name
