"""One verdict for all cases in which the conditions of a configuration may turn out.

A verdict holds under stated conditions. What fails in every case fails, what passes in
every case passes, and else it is not known: then the reason is a condition that makes the
difference, and the evidence that of a case in which it fails.

A case in which the resource, or the workload that it is judged for, is not there says
nothing: whenever there is one, it is as in the other cases. A case in which the policy
does not apply (the subnets are public then, or nothing needs the service) is no failure,
so what fails in the others is not known; and nothing is wrong in it, so a pass stays.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.iac.configuration import Case, Choice
from checkov_ecs_endpoints.results import Outcome, Verdict
from checkov_ecs_endpoints.values import Unknown, Why

_WORST_FIRST: Final = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED)
_SHOWN: Final = 4
"""Cases that a verdict tells about before it says how many more there are."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a policy says in one case, in which there are these resources."""

    case: Case
    resources: Collection[str]
    verdicts: Sequence[Verdict]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a policy says of one resource in one case; None where it does not apply."""

    choices: tuple[Choice, ...]
    verdict: Verdict | None

    @property
    def outcome(self) -> Outcome | None:
        return self.verdict.outcome if self.verdict else None

    @property
    def where(self) -> str:
        return f"where {' and '.join(map(str, self.choices))}"

    def __str__(self) -> str:
        if self.verdict is None:
            return f"{self.where}: the policy does not apply"
        if self.verdict.outcome is Outcome.FAILED:
            return f"{self.where}: it fails ({self.verdict.cause})"
        if self.verdict.outcome is Outcome.PASSED:
            return f"{self.where}: it passes"
        return f"{self.where}: it is not known ({self.verdict.reason})"


def merged(verdicts: Sequence[Verdict], told: Sequence[Told]) -> Iterator[Verdict]:
    """The verdicts of a policy, with those refined that are not known as long as conditions are not.

    ``verdicts`` are those that hold whatever the conditions are: what they decide stays.
    """
    asked = [verdicts, *(one.verdicts for one in told)]
    counted = [Counter(verdict.resource for verdict in said) for said in asked]
    several = {resource for counts in counted for resource, count in counts.items() if count > 1}

    def key(verdict: Verdict) -> tuple[str, str]:
        return (verdict.resource, verdict.workload if verdict.resource in several else "")

    for of in dict.fromkeys(key(verdict) for said in asked for verdict in said):
        known = [verdict for verdict in verdicts if key(verdict) == of]
        if known and all(verdict.outcome is not Outcome.UNKNOWN for verdict in known):
            yield from known
            continue
        needed = {of[0], *(verdict.workload for verdict in known)}
        said = [
            _Said(one.case.choices, _worst([verdict for verdict in one.verdicts if key(verdict) == of]))
            for one in told
        ]
        there = [
            one
            for one, case in zip(said, told, strict=True)
            if one.verdict is not None or needed.issubset(case.resources)
        ]
        yield from _together(there, known)


def unfollowed(verdict: Verdict, limit: Unknown) -> Verdict:
    """A verdict that has more cases than are followed: where a condition is the reason, it says so."""
    reason = verdict.reason
    if reason is None or reason.why is not Why.CONDITION:
        return verdict
    return replace(verdict, reason=replace(reason, note=f"{reason.note}; {limit}"))


def _worst(verdicts: Sequence[Verdict]) -> Verdict | None:
    return min(verdicts, key=lambda verdict: _WORST_FIRST.index(verdict.outcome), default=None)


def _together(said: Sequence[_Said], known: Sequence[Verdict]) -> Iterator[Verdict]:
    """The verdict on one resource, of which ``known`` is what can be said without cases."""
    outcomes = {one.outcome for one in said}
    if outcomes <= {None}:
        return
    if outcomes == {Outcome.UNKNOWN} and known:
        same = {one.verdict.reason for one in said if one.verdict}
        yield from known if len(same) > 1 else [_in_every(said)]
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
    one, other, choice = _difference(said)
    shown = min((one, other), key=_rank)
    verdict = shown.verdict
    assert verdict is not None, "of two that differ, one is a verdict"
    rest = [case for case in said if case is not one and case is not other]
    reason = replace(choice.condition, why=Why.CONDITION)
    return Verdict(
        Outcome.UNKNOWN,
        verdict.resource,
        verdict.workload,
        f"{verdict.cause.partition(': ')[0]}: {reason.subject}",
        (str(reason), *_listed([*sorted((one, other), key=_rank), *rest])),
        (_step(shown), *verdict.evidence),
        reason,
    )


def _rank(said: _Said) -> int:
    return _WORST_FIRST.index(said.outcome) if said.outcome else len(_WORST_FIRST)


def _difference(said: Sequence[_Said]) -> tuple[_Said, _Said, Choice]:
    """Two cases with different outcomes that have most in common, and the first choice they differ in."""
    pairs = [
        (one, other, differing)
        for one, other in combinations(said, 2)
        if one.outcome is not other.outcome
        and (differing := [choice for choice in one.choices if choice not in other.choices])
    ]
    one, other, differing = min(pairs, key=lambda pair: (_rank(pair[0]) + _rank(pair[1]), len(pair[2])))
    return one, other, differing[0]


def _listed(said: Sequence[_Said]) -> tuple[str, ...]:
    lines = list(dict.fromkeys(map(str, said)))
    rest = len(lines) - _SHOWN
    return (*lines[:_SHOWN], f"and {rest} more cases") if rest > 0 else tuple(lines)


def _step(said: _Said) -> Step:
    return Step(said.where, "", said.choices[0].condition.origin if said.choices else None)
