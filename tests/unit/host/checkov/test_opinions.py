"""Opinions that Checkov prints alike."""

from __future__ import annotations

import pytest

from checkov_ecs_endpoints.host.checkov.answers import Answer, Fault, faults_to_show, keep, kept
from checkov_ecs_endpoints.host.checkov.opinions import Opinion, merged
from checkov_ecs_endpoints.host.checkov.questions import Question
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.results import Outcome
from checkov_ecs_endpoints.values import Location

SERVICE = Resource(
    id="s",
    type="aws_ecs_service",
    address="aws_ecs_service.s",
    attributes={},
    location=Location("/r/m.tf", 1),
)


def opinion(outcome: Outcome, label: str, *lines: str) -> Opinion:
    return Opinion(outcome, SERVICE, f"/r/{label}", label, lines)


@pytest.mark.parametrize(
    ("one", "other", "worst"),
    [
        (Outcome.PASSED, Outcome.FAILED, Outcome.FAILED),
        (Outcome.UNKNOWN, Outcome.FAILED, Outcome.FAILED),
        (Outcome.UNKNOWN, Outcome.PASSED, Outcome.UNKNOWN),
        (Outcome.SKIPPED, Outcome.PASSED, Outcome.SKIPPED),
        (Outcome.PASSED, Outcome.PASSED, Outcome.PASSED),
    ],
)
def test_the_worst_counts_in_either_order(one: Outcome, other: Outcome, worst: Outcome) -> None:
    for first, second in ((one, other), (other, one)):
        assert merged([opinion(first, "a"), opinion(second, "b")]).outcome is worst


def test_roots_are_named_with_their_own_evidence() -> None:
    answer = merged([opinion(Outcome.PASSED, "b", "limited"), opinion(Outcome.FAILED, "a", "open", "here")])
    assert answer == Answer(Outcome.FAILED, ("FAILED in a:", "open", "here", "PASSED in b:", "limited"))


def test_a_root_without_evidence_is_named_too() -> None:
    answer = merged([opinion(Outcome.PASSED, "b"), opinion(Outcome.FAILED, "a", "open")])
    assert answer.lines == ("FAILED in a:", "open", "PASSED in b")


def test_of_one_root_only_the_evidence_of_the_worst_is_told_and_once() -> None:
    said = [
        opinion(Outcome.FAILED, "a", "open"),
        opinion(Outcome.PASSED, "a", "fine"),
        opinion(Outcome.FAILED, "a", "open", "more"),
    ]
    assert merged(said) == Answer(Outcome.FAILED, ("open", "more"))


def test_nothing_is_told_where_nothing_is_known() -> None:
    assert merged([opinion(Outcome.PASSED, "a"), opinion(Outcome.PASSED, "b")]).lines == ()


def test_all_faults_of_a_resource_are_told_once_until_one_is_met_again() -> None:
    question, fault = Question.of("ecs_starts", "startup", None), Fault("it broke", "mend it")
    other, lacking = Question.of("ecs_later", "a", None), Fault("it lacks that", "upgrade it")
    answer = Answer(Outcome.FAILED, fault=fault)
    keep(question, "/f", "r", answer)
    keep(other, "/f", "r", Answer(Outcome.FAILED, fault=lacking))
    keep(other, "/f", "elsewhere", Answer(Outcome.FAILED, fault=Fault("another", "mend it")))
    assert kept(question, "/f", "r") == answer
    assert [faults_to_show("/f", "r"), faults_to_show("/f", "r")] == [(fault, lacking), ()]
    keep(question, "/f", "r", answer)
    assert faults_to_show("/f", "r") == (fault, lacking)


def test_questions_are_the_same_whatever_the_order_of_their_parameters() -> None:
    one = Question.of("ecs_nat_not_shared", "nat", {"a": 1, "b": 2})
    assert one == Question.of("ecs_nat_not_shared", "nat", {"b": 2, "a": 1})
    assert one.parameters == {"a": 1, "b": 2}
    assert Question.of("ecs_starts", "startup", None) == Question.of("ecs_starts", "startup", {})
    with pytest.raises(ValueError, match="not a mapping"):
        _ = Question.of("ecs_starts", "startup", [1]).parameters
