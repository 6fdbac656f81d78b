"""Verdicts of several cases made one, with stand-ins for the cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from checkov_ecs_endpoints.cases import MAX_CASES, refined
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.results import Outcome, Verdict
from checkov_ecs_endpoints.values import Location, Unknown, Why

PLACE = Location("/t.yaml", 7)
PROD = Unknown(
    Why.CONDITION, "condition Prod", PLACE, "parameter Env is a variable or parameter without a value"
)
NAT = Unknown(
    Why.CONDITION, "condition Nat", PLACE, "parameter Nat is a variable or parameter without a value"
)
IMPORT = Unknown(Why.IMPORT, "net-vpc")
OTHER_IMPORT = Unknown(Why.IMPORT, "net-subnet")


@dataclass
class Case:
    """A case: what is said in it, what is there, and what it splits into by condition."""

    verdicts: Sequence[Verdict] = ()
    choices: tuple[str, ...] = ()
    splits: Mapping[Unknown, Sequence[Case]] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()

    def has(self, resource: str) -> bool:
        return resource not in self.gone

    def split(self, condition: Unknown) -> Sequence[Case]:
        return self.splits.get(condition, ())


def failed(cause: str = "vpc: no endpoint", resource: str = "service", workload: str = "service") -> Verdict:
    return Verdict(Outcome.FAILED, resource, workload, cause, ("a detail",), (Step("a step"),))


def passed(resource: str = "service", workload: str = "service") -> Verdict:
    return Verdict(Outcome.PASSED, resource, workload, "endpoint: serves", (), (Step("another step"),))


def unknown(reason: Unknown = PROD, resource: str = "service", workload: str = "service") -> Verdict:
    return Verdict(Outcome.UNKNOWN, resource, workload, f"{resource}: {reason.subject}", reason=reason)


def by_prod(prod: Sequence[Verdict], other: Sequence[Verdict], gone: str = "") -> list[Case]:
    return [Case(prod, ("Env is 'prod'",), gone=frozenset({gone})), Case(other, ("Env is not 'prod'",))]


def told(*split: Case) -> list[Verdict]:
    return list(refined(Case([unknown()], splits={PROD: split})))


def test_what_is_decided_without_cases_stays() -> None:
    verdicts = [failed(), passed("b", "b"), unknown(IMPORT, "c", "c")]
    split = by_prod([passed()], [passed()])
    assert list(refined(Case(verdicts, splits={PROD: split, IMPORT: split}))) == verdicts


def test_a_condition_that_nothing_can_be_asked_about_stays_in_the_way() -> None:
    assert told() == [unknown()]


@pytest.mark.parametrize("same", [failed(), passed()], ids=["failed", "passed"])
def test_what_is_the_same_in_every_case_is_so(same: Verdict) -> None:
    assert told(*by_prod([same], [same])) == [same]


def test_what_fails_for_other_causes_says_so() -> None:
    (verdict,) = told(*by_prod([failed()], [failed("group: lets nothing out")]))
    assert (verdict.outcome, verdict.cause) == (Outcome.FAILED, "vpc: no endpoint")
    assert verdict.details == (
        "a detail",
        "if Env is 'prod': it fails (vpc: no endpoint)",
        "if Env is not 'prod': it fails (group: lets nothing out)",
    )
    assert verdict.evidence == (Step("if Env is 'prod'", "", PLACE), Step("a step"))


@pytest.mark.parametrize(
    ("one", "other", "shown", "better"),
    [
        ([failed()], [passed()], "if Env is 'prod': it fails (vpc: no endpoint)", "it passes"),
        ([failed()], [], "if Env is 'prod': it fails (vpc: no endpoint)", "the policy does not apply"),
        ([unknown(IMPORT)], [passed()], f"if Env is 'prod': it is not known ({IMPORT})", "it passes"),
        ([unknown(IMPORT)], [], f"if Env is 'prod': it is not known ({IMPORT})", "the policy does not apply"),
        (
            [failed()],
            [unknown(IMPORT)],
            "if Env is 'prod': it fails (vpc: no endpoint)",
            f"it is not known ({IMPORT})",
        ),
    ],
    ids=[
        "fails or passes",
        "fails or not applies",
        "unknown or passes",
        "unknown or not applies",
        "fails or unknown",
    ],
)
def test_what_differs_is_not_known_for_the_condition(
    one: list[Verdict], other: list[Verdict], shown: str, better: str
) -> None:
    for split in (by_prod(one, other), by_prod(one, other)[::-1]):
        (verdict,) = told(*split)
        assert (verdict.outcome, verdict.reason) == (Outcome.UNKNOWN, PROD)
        assert verdict.details == (str(PROD), shown, f"if Env is not 'prod': {better}")
        assert verdict.evidence[0] == Step("if Env is 'prod'", "", PLACE)
        assert verdict.evidence[1:] == one[0].evidence
        assert verdict.cause.endswith(": condition Prod")


def test_a_pass_needs_not_apply_everywhere() -> None:
    assert [one.outcome for one in told(*by_prod([passed()], []))] == [Outcome.PASSED]


def test_what_applies_in_no_case_has_no_record() -> None:
    assert told(*by_prod([], [])) == []


@pytest.mark.parametrize("gone", ["service", "task"])
def test_a_case_without_the_resource_or_its_workload_says_nothing(gone: str) -> None:
    base = Case(
        [unknown(workload="task")],
        splits={PROD: by_prod([], [failed(workload="task")], gone=gone)},
    )
    assert [one.outcome for one in refined(base)] == [Outcome.FAILED]


def test_several_verdicts_on_one_resource_are_followed_each() -> None:
    one, two = unknown(workload="one"), unknown(workload="two")
    split = by_prod(
        [failed(workload="one"), passed(workload="two")], [failed(workload="one"), passed(workload="two")]
    )
    assert [(v.workload, v.outcome) for v in refined(Case([one, two], splits={PROD: split}))] == [
        ("one", Outcome.FAILED),
        ("two", Outcome.PASSED),
    ]


def test_one_verdict_on_a_resource_may_be_for_another_workload_in_a_case() -> None:
    split = by_prod([failed(workload="other")], [failed(workload="service")])
    assert [one.outcome for one in told(*split)] == [Outcome.FAILED]


def test_unknown_everywhere_for_one_reason_has_that_reason() -> None:
    (verdict,) = told(*by_prod([unknown(IMPORT)], [unknown(IMPORT)]))
    assert verdict.reason == IMPORT


def test_unknown_everywhere_for_different_reasons_stays_as_it_was() -> None:
    assert told(*by_prod([unknown(IMPORT)], [unknown(OTHER_IMPORT)])) == [unknown()]


def test_the_reason_is_the_condition_that_makes_the_difference() -> None:
    """Prod makes none: with NAT it passes, without it fails, whatever the environment."""

    def nat(choice: str) -> list[Case]:
        return [Case([passed()], (choice, "Nat is on")), Case([failed()], (choice, "Nat is off"))]

    split = [
        Case([unknown(NAT)], ("Env is 'prod'",), {NAT: nat("Env is 'prod'")}),
        Case([unknown(NAT)], ("Env is not 'prod'",), {NAT: nat("Env is not 'prod'")}),
    ]
    (verdict,) = told(*split)
    assert verdict.reason == NAT
    assert verdict.details == (
        str(NAT),
        "if Env is 'prod' and Nat is off: it fails (vpc: no endpoint)",
        "if Env is 'prod' and Nat is on: it passes",
        "if Env is not 'prod' and Nat is on: it passes",
        "if Env is not 'prod' and Nat is off: it fails (vpc: no endpoint)",
    )


def conditions(count: int, choices: tuple[str, ...] = ()) -> Case:
    """As many conditions as given, each the reason of the one before."""
    if count == 0:
        return Case([failed()], choices)
    reason = Unknown(Why.CONDITION, f"condition C{count}", PLACE, "note")
    split = [conditions(count - 1, (*choices, f"C{count} is {answer}")) for answer in (True, False)]
    return Case([unknown(reason)], choices, {reason: split})


def test_so_many_cases_are_followed_and_no_more() -> None:
    assert [one.outcome for one in refined(conditions(6))] == [Outcome.FAILED]
    (verdict,) = refined(conditions(7))
    assert verdict.reason == Unknown(
        Why.CONDITION,
        "condition C7",
        PLACE,
        f"note; more than {MAX_CASES} combinations of conditions are not followed",
    )


def test_a_verdict_tells_about_some_cases_and_counts_the_others() -> None:
    split = [Case([passed()], (f"Env is '{n}'",)) for n in range(9)] + [Case([failed()], ("Env is 'x'",))]
    (verdict,) = told(*split)
    assert len(verdict.details) == 6
    assert verdict.details[1] == "if Env is 'x': it fails (vpc: no endpoint)"
    assert verdict.details[-1] == "and 6 more cases"
