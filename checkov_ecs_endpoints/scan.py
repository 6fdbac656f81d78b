"""The pipeline: files, resources, estates, verdicts. Its only callers are the command and the host."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from checkov_ecs_endpoints.cases import refined
from checkov_ecs_endpoints.discovery import Tree, plant
from checkov_ecs_endpoints.iac.configuration import Configuration
from checkov_ecs_endpoints.results import Problem, Verdict
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.settings_file import FILE_NAME, SettingsFiles
from checkov_ecs_endpoints.survey import Asked, Crash, Judged, Question, Stopped, Survey, fault

if TYPE_CHECKING:
    from checkov_ecs_endpoints.model.estate import Estate

Reader: TypeAlias = Callable[[Tree, Settings], tuple[list[Configuration], list[Problem]]]


class Scan:
    """What was read, and the verdicts on it, made when they are asked for and kept."""

    def __init__(self, trees: Sequence[Tree], surveys: Sequence[Survey], problems: Sequence[Problem]) -> None:
        self.trees = tuple(trees)
        self.surveys = tuple(surveys)
        self._survey_of = {id(survey.configuration): survey for survey in surveys}
        self._problems = frozenset(problems)
        self._answers: dict[tuple[str, str, str], tuple[Judged, ...]] = {}
        self._crashes: dict[Problem, Crash] = {}

    @property
    def configurations(self) -> tuple[Configuration, ...]:
        """The configurations that have something to say about the paths of the scan."""
        return tuple(survey.configuration for survey in self.surveys)

    def survey(self, judged: Judged) -> Survey:
        """The survey that a verdict of this scan was made in."""
        return self._survey_of[id(judged.configuration)]

    @property
    def crashes(self) -> tuple[Crash, ...]:
        """The faults of our own met so far; complete once the verdicts were asked for."""
        return tuple(self._crashes.values())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Input that could not be read, and faults of our own met so far, sorted."""
        return tuple(sorted(self._problems | self._crashes.keys()))

    def verdicts(self, operator: str, attribute: str, parameters: Mapping[str, object]) -> tuple[Judged, ...]:
        """The answers of one operator, sorted; raises KeyError for an operator that does not exist."""
        from checkov_ecs_endpoints.rules.registry import OPERATORS

        question = Question(operator, attribute, parameters, OPERATORS[operator])
        key = (operator, attribute, json.dumps(parameters, sort_keys=True, default=repr))
        if key not in self._answers:
            found = [judged for survey in self.surveys for judged in self._judge(survey, question)]
            self._answers[key] = tuple(sorted(found, key=_order))
        return self._answers[key]

    def estates(self) -> Iterator[tuple[Survey, Estate]]:
        """Every configuration whose network could be read, with what was read."""
        for survey in self.surveys:
            estate = survey.estate
            if isinstance(estate, Crash):
                self._crashes[estate.problem] = estate
            else:
                yield survey, estate

    def _judge(self, survey: Survey, question: Question) -> Iterator[Judged]:
        try:
            found = [_attached(survey, verdict) for verdict in refined(Asked(survey, question))]
        except Stopped as stopped:
            self._crashes[stopped.crash.problem] = stopped.crash
            return
        except Exception as error:
            crash = survey.crash(f"{question.operator} of {question.attribute!r}", error)
            self._crashes[crash.problem] = crash
            return
        yield from (judged for judged in found if survey.reports(judged.resource))


def scan(paths: Sequence[Path], settings: Settings | SettingsFiles, root: Path | None = None) -> Scan:
    """Read everything at or below ``paths`` that the front ends understand.

    ``settings`` hold for every configuration, or are the files to find them in. Raises
    FileNotFoundError and ValueError as :func:`checkov_ecs_endpoints.discovery.plant`,
    and SettingsError for a settings file that cannot be used.
    """
    surveys: list[Survey] = []
    problems: list[Problem] = []
    trees = plant(list(paths), root)
    for tree in trees:
        read, unread = _survey(tree, settings)
        surveys.extend(read)
        problems.extend(unread)
    problems.extend(_idle(trees, surveys, settings.parameter_files))
    return Scan(trees, surveys, problems)


def _idle(trees: Sequence[Tree], surveys: Sequence[Survey], files: Sequence[Path]) -> Iterator[Problem]:
    """The parameter files of the command line that say nothing to anything that was read."""
    used = {path for survey in surveys for path in survey.configuration.files}
    for path in files:
        if not any(tree.holds(path) for tree in trees):
            message = "lies outside the repository that is scanned; --root names what may be read"
            yield Problem(path.as_posix(), 0, message)
        elif path.as_posix() not in used:
            yield Problem(path.as_posix(), 0, "gives a value to no parameter of a template of this scan")


def _survey(tree: Tree, settings: Settings | SettingsFiles) -> tuple[list[Survey], list[Problem]]:
    def holding(root: Path) -> Settings:
        if isinstance(settings, Settings):
            return settings
        return settings.of(root if root.is_dir() else root.parent, tree.boundary)

    homes = [tree.boundary, *(path.parent for path in tree.files if path.name == FILE_NAME)]
    known: list[Settings] = []
    for held in map(holding, homes):
        if held not in known:
            known.append(held)
    roots = tuple(dict.fromkeys(root for one in known for root in one.roots))
    surveys: list[Survey] = []
    problems: list[Problem] = []
    # Reading depends on the settings of its root in the default region alone.
    for region in dict.fromkeys(one.default_region for one in known):
        configurations, unread = _read(tree, replace(known[0], roots=roots, default_region=region))
        for configuration in configurations:
            held = holding(Path(configuration.root))
            if held.default_region == region and _concerns(tree, configuration):
                surveys.append(Survey(tree, configuration, held))
                problems.extend(configuration.problems)
        problems.extend(unread)
    touched = {path for survey in surveys for path in survey.configuration.files}
    return surveys, [
        problem for problem in problems if tree.targeted(Path(problem.path)) or problem.path in touched
    ]


def _attached(survey: Survey, verdict: Verdict) -> Judged:
    """A verdict with its resource, named as the CDK's users know it where the CDK says so.

    AWS CDK developer guide, "Constructs": the metadata ``aws:cdk:path``.
    """
    resource = survey.resources[verdict.resource]
    construct = resource.metadata.get("aws:cdk:path")
    if isinstance(construct, str):
        verdict = replace(verdict, details=(*verdict.details, f"construct: {construct}"))
    return Judged(survey.configuration, resource, survey.redaction.verdict(verdict))


def _concerns(tree: Tree, configuration: Configuration) -> bool:
    places = [configuration.root, *configuration.files]
    return tree.boundary in tree.targets or any(tree.targeted(Path(place)) for place in places)


def _read(tree: Tree, settings: Settings) -> tuple[list[Configuration], list[Problem]]:
    configurations: list[Configuration] = []
    problems: list[Problem] = []
    for language, read in _readers(tree):
        try:
            found, unread = read(tree, settings)
        except Exception as error:
            problems.append(fault(tree.targets[0], f"reading {language}", error))
            continue
        configurations.extend(found)
        problems.extend(unread)
    return configurations, problems


def _readers(tree: Tree) -> Iterator[tuple[str, Reader]]:
    """The front ends that may find something in a tree; no other one is imported."""
    suffixes = {path.suffix for path in (*tree.files, *tree.leading_out) if path.name != FILE_NAME}
    if suffixes & {".tf", ".tofu", ".json"}:
        yield "Terraform", _read_terraform
    if ".json" in suffixes:
        yield "plans", _read_plans
    if suffixes & {".yaml", ".yml", ".json", ".template"}:
        yield "CloudFormation", _read_cloudformation


def _read_terraform(tree: Tree, settings: Settings) -> tuple[list[Configuration], list[Problem]]:
    from checkov_ecs_endpoints.iac import terraform

    return terraform.read(tree, settings)


def _read_plans(tree: Tree, settings: Settings) -> tuple[list[Configuration], list[Problem]]:
    from checkov_ecs_endpoints.iac import terraform_plan

    return terraform_plan.read(tree, settings)


def _read_cloudformation(tree: Tree, settings: Settings) -> tuple[list[Configuration], list[Problem]]:
    from checkov_ecs_endpoints.iac import cloudformation

    return cloudformation.read(tree, settings)


def _order(judged: Judged) -> tuple[str, str, str, str, str, str]:
    return (
        judged.configuration.root,
        judged.configuration.name,
        judged.resource.address,
        judged.verdict.workload,
        judged.verdict.cause,
        judged.verdict.outcome.value,
    )
