"""Stand-ins for the stages of the pipeline, for tests of what holds them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from checkov_ecs_endpoints import lowering, scan
from checkov_ecs_endpoints.discovery import Tree
from checkov_ecs_endpoints.iac.configuration import Configuration, Framework, Resource
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.model.workloads import Unjudged
from checkov_ecs_endpoints.policy_files import Policy
from checkov_ecs_endpoints.results import Outcome, Problem, Verdict
from checkov_ecs_endpoints.rules import registry
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Location, Unknown, Why

NO_VALUE = Unknown(Why.NO_VALUE, "var.subnet_ids")


def service(path: Path, name: str = "app", line: int = 1, end: int = 9) -> Resource:
    """An ECS service of Terraform at a place."""
    address = f"aws_ecs_service.{name}"
    return Resource(
        id=address,
        type="aws_ecs_service",
        address=address,
        attributes={},
        location=Location(path.as_posix(), line, end),
    )


def root(path: Path, *resources: Resource, **options: object) -> Configuration:
    """A Terraform root with resources, whose files are those of the resources."""
    return Configuration(
        framework=Framework.TERRAFORM,
        root=path.as_posix(),
        resources=resources,
        files=frozenset(resource.location.path for resource in resources),
        **options,  # type: ignore[arg-type]
    )


def verdict(resource: Resource, outcome: Outcome = Outcome.FAILED, cause: str = "no way out") -> Verdict:
    """A verdict on a resource."""
    reason = NO_VALUE if outcome is Outcome.UNKNOWN else None
    return Verdict(outcome, resource.id, resource.id, cause, reason=reason)


def policy(check_id: str = "ECSNET_101", severity: str = "MEDIUM", **options: object) -> Policy:
    """A policy that asks the operator ``ecs_test``."""
    described = {"operator": "ecs_test", "attribute": check_id, **options}
    return Policy(
        id=check_id,
        name=f"{check_id} is well",
        severity=severity,
        category="NETWORKING",
        guideline=f"https://example.test/{check_id}",
        description="What it is about.",
        remediation=f"Mend {check_id}.",
        since="0.1.0",
        **described,  # type: ignore[arg-type]
    )


@dataclass
class Stages:
    """What the stand-ins answer, and what they were asked."""

    configurations: list[Configuration] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    verdicts: Mapping[str, Sequence[Verdict]] = field(default_factory=dict)
    unjudged: tuple[Unjudged, ...] = ()
    read_with: list[Settings] = field(default_factory=list)
    judged_with: list[tuple[str, Settings]] = field(default_factory=list)
    lowered: list[str] = field(default_factory=list)
    crash_lowering: frozenset[str] = frozenset()
    crash_reading: bool = False

    def read(self, tree: Tree, settings: Settings) -> tuple[list[Configuration], list[Problem]]:
        """The front end."""
        self.read_with.append(settings)
        if self.crash_reading:
            raise RuntimeError("no reading today")
        return list(self.configurations), list(self.problems)

    def lower(self, configuration: Configuration, settings: Settings) -> Estate:
        """The lowering; the estate remembers the root in its subnets' mapping."""
        self.lowered.append(configuration.root)
        if configuration.root in self.crash_lowering:
            raise LookupError("no such subnet")
        return Estate(Network(), unjudged=self.unjudged)

    def judge(
        self, estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
    ) -> Iterable[Verdict]:
        """The operator ``ecs_test``; answers what is kept under the attribute."""
        self.judged_with.append((attribute, settings))
        if attribute not in self.verdicts:
            raise ValueError(f"ecs_test has no {attribute}")
        return self.verdicts[attribute]

    def install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Put the stand-ins where the real stages are."""

        def readers(tree: Tree) -> Iterator[tuple[str, Callable[..., object]]]:
            yield "Terraform", self.read

        monkeypatch.setattr(scan, "_readers", readers)
        monkeypatch.setattr(lowering, "lower", self.lower, raising=False)
        monkeypatch.setattr(registry, "OPERATORS", {"ecs_test": self.judge})
