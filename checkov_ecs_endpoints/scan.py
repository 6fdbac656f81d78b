"""The pipeline: files, resources, estates, verdicts. Its only callers are the command and the host."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checkov_ecs_endpoints.iac.configuration import Configuration, Resource
from checkov_ecs_endpoints.results import Problem, Verdict
from checkov_ecs_endpoints.settings import Settings


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with the resource it is attached to and the configuration it was made in."""

    configuration: Configuration
    resource: Resource
    verdict: Verdict


class Scan:
    """What was read, and the verdicts on it, made when they are asked for and kept."""

    configurations: tuple[Configuration, ...]
    problems: tuple[Problem, ...]

    def verdicts(self, operator: str, attribute: str, parameters: Mapping[str, object]) -> tuple[Judged, ...]:
        """The answers of one operator, sorted; raises KeyError for an operator that does not exist."""
        raise NotImplementedError


def scan(paths: Sequence[Path], settings: Settings, root: Path | None = None) -> Scan:
    """Read everything at or below ``paths`` that the front ends understand."""
    raise NotImplementedError
