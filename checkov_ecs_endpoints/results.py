"""Verdicts on single questions, and the findings that reports show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.values import Location, Unknown


class Outcome(Enum):
    """What a policy says of a resource. The absence of a verdict means: does not apply."""

    PASSED = "PASSED"
    FAILED = "FAILED"
    UNKNOWN = "UNKNOWN"
    SKIPPED = "SKIPPED"
    """Only on findings: there is another outcome, but the owner skips the policy here."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to one question about one resource of one configuration.

    ``resource`` is the *id* of the resource it is attached to (the workload or the
    endpoint). ``cause`` names in a few words the one thing behind the outcome, so that
    reports can group by it (``aws_vpc_endpoint.logs: private DNS is off``).
    ``details`` are sentences for people; ``evidence`` the path that proves it.
    ``reason`` is set for UNKNOWN: the unknown that stands in the way.
    ``workload`` is the id of the workload it is about (equal to ``resource`` where the
    verdict is attached to the workload).
    """

    outcome: Outcome
    resource: str
    workload: str
    cause: str
    details: tuple[str, ...] = ()
    evidence: tuple[Step, ...] = ()
    reason: Unknown | None = None

    def __post_init__(self) -> None:
        if (self.outcome is Outcome.UNKNOWN) != (self.reason is not None):
            raise ValueError("a verdict has a reason if and only if it is UNKNOWN")


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict of one policy, as reports show it.

    ``address``, ``location`` and ``framework`` are those of the resource it is attached
    to; ``root`` is the configuration it was judged in (design 4.3). ``base`` is the
    directory that reports give paths relative to. ``fails`` is set on FAILED, and on UNKNOWN
    where the settings or ``--strict`` make it count as a failure.
    """

    check_id: str
    check_name: str
    severity: str
    guideline: str
    outcome: Outcome
    address: str
    location: Location
    framework: str
    root: str
    cause: str
    details: tuple[str, ...] = ()
    evidence: tuple[Step, ...] = ()
    reason: Unknown | None = None
    suppress_comment: str | None = None
    base: str = ""
    fails: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Input that could not be read: a clear message with its place. Line 0: the whole file.

    ``fault`` marks a defect of ours, not of the input.
    """

    path: str
    line: int
    message: str
    fault: bool = False

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"
