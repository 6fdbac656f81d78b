"""One verdict for all cases in which the conditions of a configuration may turn out.

A verdict holds under stated conditions. Where one is not known because a condition is not,
the configuration is followed in each case of what decides the condition, and of the next
one that is in the way there. What fails in every case fails, what passes in every case
passes, and else it is not known: then the reason is a condition that makes the difference,
and the evidence that of a case in which it fails.

A case in which the resource, or the workload that it is judged for, is not there says
nothing: whenever there is one, it is as in the other cases. A case in which the policy
does not apply (the subnets are public then, or nothing needs the service) is no failure,
so what fails in the others is not known; and nothing is wrong in it, so a pass stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final, Protocol

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.results import Outcome, Verdict
from checkov_ecs_endpoints.values import Unknown, Why

MAX_CASES: Final = 64
"""Cases that are followed for one verdict: six conditions that have nothing to do with each other."""

_WORST_FIRST: Final = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED)
_SHOWN: Final = 4
"""Cases that a verdict tells about before it says how many more there are."""


class Asked(Protocol):
    """A policy asked about a configuration, or about one case of it."""

    @property
    def choices(self) -> tuple[str, ...]:
        """Which case it is, in sentences; none where nothing is assumed."""

    @property
    def verdicts(self) -> Sequence[Verdict]:
        """What the policy says."""

    def has(self, resource: str) -> bool:
        """Whether there is, or may be, such a resource."""

    def split(self, condition: Unknown) -> Sequence[Asked]:
        """The cases of what decides a condition; none if there is nothing left to ask."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a policy says of one resource in one case; None where it does not apply.

    ``way`` are the conditions that led to the case, each with the branch that was taken.
    """

    choices: tuple[str, ...]
    way: tuple[tuple[Unknown, int], ...]
    verdict: Verdict | None

    @property
    def outcome(self) -> Outcome | None:
        return self.verdict.outcome if self.verdict else None

    @property
    def rank(self) -> int:
        return _WORST_FIRST.index(self.outcome) if self.outcome else len(_WORST_FIRST)

    @property
    def condition(self) -> str:
        return f"if {' and '.join(self.choices)}"

    def __str__(self) -> str:
        if self.verdict is None:
            return f"{self.condition}: the policy does not apply"
        if self.verdict.outcome is Outcome.FAILED:
            return f"{self.condition}: it fails ({self.verdict.cause})"
        if self.verdict.outcome is Outcome.PASSED:
            return f"{self.condition}: it passes"
        return f"{self.condition}: it is not known ({self.verdict.reason})"


def refined(asked: Asked) -> Iterator[Verdict]:
    """The verdicts on a configuration, with those that wait for a condition followed in its cases."""
    counted = Counter(verdict.resource for verdict in asked.verdicts)
    for verdict in asked.verdicts:
        if _condition(verdict):
            yield from _followed(asked, verdict, counted[verdict.resource] > 1)
        else:
            yield verdict


def _condition(verdict: Verdict | None) -> Unknown | None:
    """The condition that a verdict waits for."""
    reason = verdict.reason if verdict else None
    return reason if reason and reason.why is Why.CONDITION else None


def _followed(asked: Asked, verdict: Verdict, is_one_of_several: bool) -> Iterator[Verdict]:
    """A verdict that a condition is the reason of, as it is in all cases; none if it applies in none."""

    def says(case: Asked) -> Verdict | None:
        found = [
            one
            for one in case.verdicts
            if one.resource == verdict.resource
            and (one.workload == verdict.workload or not is_one_of_several)
        ]
        return min(found, key=lambda one: _WORST_FIRST.index(one.outcome), default=None)

    said: list[_Said] = []
    waiting: list[tuple[Asked, tuple[tuple[Unknown, int], ...]]] = [(asked, ())]
    while waiting:
        case, way = waiting.pop()
        told = says(case)
        reason = _condition(told)
        split = case.split(reason) if reason else ()
        if reason and split:
            branches = [(branch, (*way, (reason, index))) for index, branch in enumerate(split)]
            waiting += reversed(branches)
        elif told is not None or (case.has(verdict.resource) and case.has(verdict.workload)):
            said.append(_Said(case.choices, way, told))
        if len(said) + len(waiting) > MAX_CASES:
            yield _beyond(verdict)
            return
    yield from _together(said, verdict)


def _beyond(verdict: Verdict) -> Verdict:
    """A verdict with more cases than are followed: not known, and the reason says why."""
    assert verdict.reason is not None, "it waits for a condition"
    note = f"{verdict.reason.note}; more than {MAX_CASES} combinations of conditions are not followed"
    return replace(verdict, reason=replace(verdict.reason, note=note))


def _together(said: Sequence[_Said], undecided: Verdict) -> Iterator[Verdict]:
    """The verdict of all cases, which without them is ``undecided``."""
    outcomes = {one.outcome for one in said}
    if outcomes <= {None}:
        return
    if outcomes == {Outcome.UNKNOWN} and len({one.verdict.reason for one in said if one.verdict}) > 1:
        yield undecided
    elif len(outcomes) == 1 or outcomes == {Outcome.PASSED, None}:
        yield _in_every([one for one in said if one.verdict])
    else:
        yield _mixed(said)


def _in_every(said: Sequence[_Said]) -> Verdict:
    """The verdict of cases that agree; where they do so for other reasons, it tells which."""
    found = [one.verdict for one in said if one.verdict]
    first = found[0]
    if all(verdict == first for verdict in found):
        return first
    details = first.details
    if first.outcome is Outcome.FAILED and len({verdict.cause for verdict in found}) > 1:
        details += _listed(said)
    return replace(first, details=details, evidence=(_step(said[0]), *first.evidence))


def _mixed(said: Sequence[_Said]) -> Verdict:
    """What is not known because the outcome depends on a condition: in which cases it is which."""
    worst, other = _difference(said)
    verdict = worst.verdict
    assert verdict is not None, "of two that differ the worse one is a verdict"
    # Where the ways part, on the same condition two branches were taken.
    reason = next(one[0] for one, two in zip(worst.way, other.way, strict=False) if one != two)
    rest = [one for one in said if one is not worst and one is not other]
    return Verdict(
        Outcome.UNKNOWN,
        verdict.resource,
        verdict.workload,
        f"{verdict.cause.partition(': ')[0]}: {reason.subject}",
        (str(reason), *_listed([worst, other, *rest])),
        (_step(worst), *verdict.evidence),
        reason,
    )


def _difference(said: Sequence[_Said]) -> tuple[_Said, _Said]:
    """Two cases with different outcomes, the worse first.

    Those that have most in common, and of them the worst and the best.
    """

    def order(pair: tuple[_Said, _Said]) -> tuple[int, int, int]:
        worse, better = pair
        return (len({*worse.choices} - {*better.choices}), worse.rank, -better.rank)

    ranked = sorted(said, key=lambda one: one.rank)
    return min((pair for pair in combinations(ranked, 2) if pair[0].rank != pair[1].rank), key=order)


def _listed(said: Sequence[_Said]) -> tuple[str, ...]:
    lines = list(dict.fromkeys(map(str, said)))
    rest = len(lines) - _SHOWN
    return (*lines[:_SHOWN], f"and {rest} more cases") if rest > 0 else tuple(lines)


def _step(said: _Said) -> Step:
    return Step(said.condition, "", said.way[0][0].origin)
