"""The report that programs read: the schema of design 4.3, sorted and stable."""

from __future__ import annotations

import json
import os
from pathlib import Path

from checkov_ecs_endpoints import __version__
from checkov_ecs_endpoints.findings import Assessment
from checkov_ecs_endpoints.results import Finding, Outcome


def render(assessment: Assessment, seconds: float) -> str:
    """The whole report, ending in a newline."""
    document = {
        "version": __version__,
        "results": [_result(finding) for finding in assessment.findings],
        "errors": [
            {
                "file_path": _relative(problem.path, _base(problem.path, assessment.bases)),
                "line": problem.line,
                "message": problem.message,
            }
            for problem in assessment.problems
        ],
        "summary": {
            "passed": assessment.count(Outcome.PASSED),
            "failed": assessment.count(Outcome.FAILED),
            "skipped": assessment.count(Outcome.SKIPPED),
            "unknown": assessment.count(Outcome.UNKNOWN),
            "workloads": assessment.workloads,
            "resources": assessment.resources,
            "roots": assessment.roots,
            "seconds": round(seconds, 3),
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _result(finding: Finding) -> dict[str, object]:
    return {
        "check_id": finding.check_id,
        "check_name": finding.check_name,
        "severity": finding.severity,
        "result": finding.outcome.value,
        "resource": finding.address,
        "file_path": _relative(finding.location.path, finding.base),
        "file_line_range": [finding.location.line, finding.location.end],
        "framework": finding.framework,
        "root": finding.root,
        "cause": finding.cause,
        "details": _details(finding),
        "evidence": [
            {
                "resource": step.resource,
                "file_path": _relative(step.location.path, finding.base) if step.location else "",
                "line": step.location.line if step.location else 0,
                "text": step.text,
            }
            for step in finding.evidence
        ],
        "guideline": finding.guideline,
        "suppress_comment": finding.suppress_comment,
    }


def _details(finding: Finding) -> list[str]:
    """The sentences of the verdict, and the reason of an UNKNOWN if none of them says it."""
    details = list(finding.details)
    if finding.reason is not None and not any(str(finding.reason) in detail for detail in details):
        details.append(str(finding.reason))
    return details


def _relative(path: str, base: str) -> str:
    return Path(os.path.relpath(path, base)).as_posix() if base and Path(path).is_absolute() else path


def _base(path: str, bases: tuple[str, ...]) -> str:
    holding = [base for base in bases if Path(path).is_relative_to(base)]
    return max(holding, key=len, default=bases[0] if bases else "")
