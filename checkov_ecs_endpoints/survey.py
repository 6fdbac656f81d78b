"""A configuration that was read: its network, its cases, and what a policy says of it."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from checkov_ecs_endpoints.discovery import Tree
from checkov_ecs_endpoints.iac.configuration import Configuration, Resource
from checkov_ecs_endpoints.redaction import Redaction
from checkov_ecs_endpoints.results import Problem, Verdict
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Unknown

if TYPE_CHECKING:
    from checkov_ecs_endpoints.model.estate import Estate
    from checkov_ecs_endpoints.rules.registry import Operator


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with the resource it is attached to and the configuration it was made in."""

    configuration: Configuration
    resource: Resource
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Crash:
    """A stage that failed on one configuration: a fault of ours, never silent."""

    configuration: Configuration
    problem: Problem


@dataclass(frozen=True)
class Survey:
    """One configuration of a tree, with the settings that hold for it."""

    tree: Tree
    configuration: Configuration
    settings: Settings
    _cases: dict[int, Survey] = field(default_factory=dict, repr=False)

    @cached_property
    def estate(self) -> Estate | Crash:
        """The network and the workloads; made when first asked for."""
        try:
            from checkov_ecs_endpoints.lowering import lower

            return lower(self.configuration, self.settings)
        except Exception as error:
            return self.crash("reading the network", error)

    @cached_property
    def resources(self) -> Mapping[str, Resource]:
        """The resources of the configuration by id."""
        return {resource.id: resource for resource in self.configuration.resources}

    def split(self, condition: Unknown) -> Iterator[tuple[tuple[str, ...], Survey]]:
        """The same in each case of what decides a condition, none if nothing is left to ask."""
        follow = self.configuration.cases
        for case in follow(condition) if follow else ():
            made = Survey(self.tree, case.configuration, self.settings, self._cases)
            yield case.choices, self._cases.setdefault(id(case.configuration), made)

    def crash(self, doing: str, error: Exception) -> Crash:
        """What to say when ``doing`` something with this configuration failed."""
        problem = fault(Path(self.configuration.root), doing, error)
        return Crash(self.configuration, *self.redaction.problems([problem]))

    @cached_property
    def redaction(self) -> Redaction:
        """What keeps the secrets of the configuration out of everything that is said about it."""
        return Redaction(self.configuration.secrets)

    def reports(self, resource: Resource) -> bool:
        """Whether a resource lies in what is asked about (design 3, boundary)."""
        return self.tree.targeted(Path(self.configuration.root)) or self.tree.targeted(
            Path(resource.location.path)
        )


@dataclass(frozen=True, slots=True)
class Question:
    """What one policy asks of every configuration."""

    operator: str
    attribute: str
    parameters: Mapping[str, object]
    judge: Operator


class Stopped(Exception):
    """The network of a configuration could not be read."""

    def __init__(self, crash: Crash) -> None:
        super().__init__(crash.problem.message)
        self.crash = crash


class Asked:
    """A policy asked about one configuration, or about a case of it."""

    def __init__(self, survey: Survey, question: Question) -> None:
        self.choices: tuple[str, ...] = ()
        self._survey = survey
        self._question = question
        self._asked: dict[int, Asked] = {}

    @cached_property
    def verdicts(self) -> Sequence[Verdict]:
        """What it says of the resources that the configuration has; what is assumed is nobody's to mend."""
        estate, asked = self._survey.estate, self._question
        if isinstance(estate, Crash):
            raise Stopped(estate)
        verdicts = asked.judge(estate, asked.attribute, asked.parameters, self._survey.settings)
        return [verdict for verdict in verdicts if verdict.resource not in estate.network.assumed]

    def has(self, resource: str) -> bool:
        """Whether there is, or may be, such a resource."""
        return resource in self._survey.resources

    def split(self, condition: Unknown) -> Sequence[Asked]:
        """The same question in each case of what decides a condition."""
        return [self._in(choices, survey) for choices, survey in self._survey.split(condition)]

    def _in(self, choices: tuple[str, ...], survey: Survey) -> Asked:
        if id(survey) not in self._asked:
            case = Asked(survey, self._question)
            case.choices, case._asked = choices, self._asked
            self._asked[id(survey)] = case
        return self._asked[id(survey)]


def fault(path: Path, doing: str, error: Exception) -> Problem:
    """A defect of ours, told so that it can be reported."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    message = f"{doing} failed, a fault of checkov-ecs-endpoints: {type(error).__name__}: {error}{place}"
    return Problem(path.as_posix(), 0, message, fault=True)
