"""What our evaluation says of resources, in the form that the host places on vertices."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from checkov_ecs_endpoints.host.checkov.answers import Answer
from checkov_ecs_endpoints.host.checkov.request import Request
from checkov_ecs_endpoints.iac.configuration import Configuration, Framework, Resource
from checkov_ecs_endpoints.results import Outcome
from checkov_ecs_endpoints.settings import OnUnknown

if TYPE_CHECKING:
    from checkov_ecs_endpoints.survey import Judged

UNDECIDED_AS = {OnUnknown.REPORT: Outcome.SKIPPED, OnUnknown.FAIL: Outcome.FAILED}
"""What an undecided workload becomes; nothing where the settings say ``silent``."""

_WORST_FIRST = (Outcome.FAILED, Outcome.SKIPPED, Outcome.UNKNOWN, Outcome.PASSED)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one configuration says of one of its resources.

    ``root`` is the absolute root of the configuration, ``label`` what people call it.
    SKIPPED is a workload that could not be decided. ``is_planned`` marks one of a plan.
    """

    outcome: Outcome
    resource: Resource
    root: str
    label: str
    lines: tuple[str, ...] = ()
    is_planned: bool = False

    @property
    def file(self) -> str:
        """Where Checkov has the resource: for a plan in it, whatever the evidence points at."""
        return self.root if self.is_planned else self.resource.location.path


def say(
    request: Request,
    outcome: Outcome,
    resource: Resource,
    configuration: Configuration,
    lines: tuple[str, ...] = (),
) -> Opinion:
    """An opinion, with its root named as design 4.3 names roots."""
    label = request.relative(configuration.root)
    if configuration.name:
        label += f"#{configuration.name}"
    if resource.stack:
        label += f"/{resource.stack}"
    is_planned = configuration.framework is Framework.TERRAFORM_PLAN
    return Opinion(outcome, resource, configuration.root, label, lines, is_planned)


def opinion_of(request: Request, judged: Judged) -> Opinion:
    """The opinion that a verdict is, with its evidence as lines of text."""
    verdict = judged.verdict
    steps = (
        f"{step.text} ({request.place(step.location)})" if step.location else step.text
        for step in verdict.evidence
    )
    lines = (*verdict.details, *steps)
    return say(request, verdict.outcome, judged.resource, judged.configuration, lines)


def worst(opinions: Iterable[Opinion]) -> Outcome:
    """The worst outcome of some opinions."""
    return min((opinion.outcome for opinion in opinions), key=_WORST_FIRST.index)


def merged(opinions: Sequence[Opinion]) -> Answer:
    """One answer for opinions that Checkov prints alike, each root named with its own evidence."""
    outcome = worst(opinions)
    by_root = [
        (label, _of_one_root(list(group)))
        for label, group in groupby(sorted(opinions, key=lambda one: one.label), key=lambda one: one.label)
    ]
    if len(by_root) == 1:
        return Answer(outcome, by_root[0][1][1])
    if not any(evidence for _, (_, evidence) in by_root):
        return Answer(outcome)
    lines: list[str] = []
    for label, (said, evidence) in by_root:
        word = "UNDECIDED" if said is Outcome.SKIPPED else said.value
        lines += [f"{word} in {label}{':' if evidence else ''}", *evidence]
    return Answer(outcome, tuple(lines))


def _of_one_root(opinions: Sequence[Opinion]) -> tuple[Outcome, tuple[str, ...]]:
    said = worst(opinions)
    lines = [line for opinion in opinions if opinion.outcome is said for line in opinion.lines]
    return said, tuple(dict.fromkeys(lines))
