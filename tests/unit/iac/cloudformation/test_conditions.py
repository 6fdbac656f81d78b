"""Conditions, and what depends on them."""

from __future__ import annotations

import pytest
from support.templates import ABSENT, line, resolved, resources, stack

from checkov_ecs_endpoints.iac.cloudformation.assumptions import Assumptions
from checkov_ecs_endpoints.iac.cloudformation.listing import resources_of
from checkov_ecs_endpoints.values import OpenList, Truth, Unknown, Value, Why

PARAMETERS = """
Parameters:
  Env: {Type: String, Default: prod}
  Given: {Type: String}
Conditions:
"""

GIVEN = Unknown(Why.NO_VALUE, "parameter Given", line(2))
NO_VALUE = "parameter Given is a variable or parameter without a value"
AFTER = "known only after apply"

CASES: list[tuple[str, bool | str]] = [
    ("!Equals [!Ref Env, prod]", True),
    ("!Equals [!Ref Env, test]", False),
    ("!Equals ['true', true]", True),
    ("!Equals [1, '1']", True),
    ("!Equals [[a, b], [a, b]]", True),
    ("!Equals [[a, b], [a]]", False),
    ("!Equals [{a: 1}, {a: '1'}]", True),
    ("!Equals [{a: 1}, {b: 1}]", False),
    ("!Equals [a, [a]]", False),
    ("!Equals [!Ref Given, prod]", NO_VALUE),
    ("!Equals [!Ref Given, !Ref Given]", NO_VALUE),
    ("!Equals [!Ref AWS::Region, !Ref AWS::Region]", True),
    ("!Equals [!Ref AWS::Region, cn-north-1]", f"AWS::Region is {AFTER}"),
    ("!Equals [!Ref AWS::Region, !Ref AWS::AccountId]", f"AWS::Region is {AFTER}"),
    ("!Equals [!Sub '${AWS::Region}-a', !Sub '${AWS::Region}-a']", True),
    ("!Equals [!Sub '${Given}-a', !Sub '${Given}-a']", NO_VALUE),
    ("!Equals [!Sub '${Given}-a', '']", False),
    ("!Equals ['b', !Sub '${Given}-a']", False),
    ("!Equals [!Sub 'x${Given}', !Sub 'y${Env}${Given}']", False),
    ("!Equals [!Sub 'x${Given}', !Sub 'xy${Given}']", NO_VALUE),
    ("!Equals [!Sub 'x${Given}-a', 'xb-a']", NO_VALUE),
    ("!Equals [!Sub '${Given}-a', [a]]", False),
    (
        "!Equals [a]",
        "Fn::Equals is not valid in this configuration: no condition function, or wrong arguments",
    ),
    ("!Not [!Equals [a, b]]", True),
    ("!And [!Equals [a, a], !Equals [a, b]]", False),
    ("!And [!Equals [!Ref Given, a], !Equals [a, b]]", False),
    ("!And [!Equals [!Ref Given, a], !Equals [a, a]]", NO_VALUE),
    ("!Or [!Equals [!Ref Given, a], !Equals [a, a]]", True),
    ("!Or [!Equals [!Ref Given, a], !Equals [a, b]]", NO_VALUE),
    ("!Condition Other", True),
    ("{Condition: Other}", True),
    ("!Not [!Condition Other]", False),
    ("{'Fn::Equals': [{Ref: Env}, prod]}", True),
    ("{'Fn::Not': [{'Fn::Equals': [a, b]}]}", True),
    ("{'Fn::And': [{Condition: Other}, {'Fn::Equals': [a, b]}]}", False),
    ("{'Fn::Or': [{Condition: Other}, {'Fn::Equals': [a, b]}]}", True),
    (
        "!Condition Gone",
        "condition Gone is not valid in this configuration: it does not exist in the template",
    ),
    ("!Condition C", "condition C is not valid in this configuration: it depends on itself"),
    ("yes", "a condition is not valid in this configuration: no condition function"),
]


@pytest.mark.parametrize(("expression", "expected"), CASES, ids=[case[0] for case in CASES])
def test_truth_of_conditions(expression: str, expected: bool | str) -> None:
    text = (
        f"{PARAMETERS}  C: {expression}\n  Other: !Equals [a, a]\nResources: {{A: {{Type: AWS::S3::Bucket}}}}"
    )
    truth: Truth = stack(text).condition("C", line(1))
    if isinstance(expected, bool):
        assert truth is expected
    else:
        assert truth == Unknown(Why.CONDITION, "condition C", line(6), expected)


SECTIONS = """
Parameters:
  Given: {Type: String}
Conditions:
  Yes: !Equals [a, a]
  No: !Equals [a, b]
  Maybe: !Equals [!Ref Given, a]
"""
MAYBE = Unknown(Why.CONDITION, "condition Maybe", line(12), NO_VALUE)

BRANCHES: list[tuple[str, Value]] = [
    ("!If ['Yes', a, b]", "a"),
    ("!If ['No', a, b]", "b"),
    ("!If ['Maybe', a, b]", MAYBE),
    ("!If ['Maybe', a, a]", "a"),
    ("!If ['Maybe', 1, '1']", MAYBE),
    ("!If ['Maybe', [a, {b: c}], [a, {b: c}]]", ["a", {"b": "c"}]),
    ("!If ['Maybe', !If ['Maybe', a, b], b]", MAYBE),
    ("!If ['No', a, !Ref AWS::NoValue]", ABSENT),
    ("!If ['Maybe', !Ref AWS::NoValue, !Ref AWS::NoValue]", ABSENT),
    ("!If ['Maybe', a, !Ref AWS::NoValue]", MAYBE),
    ("[a, !If ['No', b, !Ref AWS::NoValue], c]", ["a", "c"]),
    ("[a, !If ['Maybe', b, c]]", ["a", MAYBE]),
    ("[a, !If ['Maybe', b, !Ref AWS::NoValue], c]", OpenList(("a", "c"), MAYBE)),
    ("[a, !If ['Yes', !If ['Maybe', b, !Ref AWS::NoValue], c]]", OpenList(("a",), MAYBE)),
    ("{a: !If ['No', b, !Ref AWS::NoValue]}", {}),
    ("{a: !If ['Maybe', b, !Ref AWS::NoValue]}", {"a": MAYBE}),
    (
        "!If ['Gone', a, b]",
        Unknown(Why.INVALID, "condition Gone", line(6), "it does not exist in the template"),
    ),
    ("!If ['Yes', a]", Unknown(Why.INVALID, "Fn::If", line(6), "it takes a condition and two values")),
    ("!If [!Equals [a, a], a, b]", "a"),
]


@pytest.mark.parametrize(("expression", "value"), BRANCHES, ids=[case[0] for case in BRANCHES])
def test_branches(expression: str, value: Value) -> None:
    found = resolved(expression, SECTIONS.replace("Yes:", "'Yes':").replace("No:", "'No':"))
    assert found == value
    assert type(found) is type(value)


TEMPLATE = """\
Parameters:
  Given: {Type: String}
Conditions:
  Off: !Equals [a, b]
  Maybe: !Equals [!Ref Given, a]
  Both: !And [!Condition Maybe, !Not [!Condition Off]]
Resources:
  Always: {Type: AWS::S3::Bucket, Properties: {Name: !If [Maybe, a, b], Other: !Ref Never}}
  Never: {Type: AWS::S3::Bucket, Condition: 'Off'}
  Perhaps: {Type: AWS::S3::Bucket, Condition: Maybe}
  Rather: {Type: AWS::S3::Bucket, Condition: Both}
"""


def test_what_certainly_does_not_exist_is_not_listed() -> None:
    found = resources(TEMPLATE.replace("Off:", "'Off':"))
    assert {name: resource.exists for name, resource in found.items()} == {
        "Always": True,
        "Perhaps": Unknown(Why.CONDITION, "condition Maybe", line(5), NO_VALUE),
        "Rather": Unknown(Why.CONDITION, "condition Both", line(6), NO_VALUE),
    }
    assert found["Always"].attributes["Other"] == Unknown(
        Why.INVALID, "Never", line(9), "its condition is false"
    )


@pytest.mark.parametrize(
    ("assumptions", "names", "value"),
    [
        (Assumptions(values={GIVEN: "a"}), ["Always", "Perhaps", "Rather"], "a"),
        (Assumptions(others={GIVEN: frozenset("a")}), ["Always"], "b"),
    ],
    ids=["a", "not a"],
)
def test_a_template_can_be_followed_under_an_assumption(
    assumptions: Assumptions, names: list[str], value: str
) -> None:
    followed = stack(TEMPLATE.replace("Off:", "'Off':"), assumptions=assumptions)
    found = list(resources_of(followed))
    assert [resource.address.rpartition(".")[2] for resource in found] == names
    assert all(resource.exists is True for resource in found)
    assert found[0].attributes["Name"] == value


@pytest.mark.parametrize("condition", ["!Sub 'Maybe'", "[Maybe]", "{Ref: Given}", "true"])
def test_a_condition_that_is_no_name_is_not_known(condition: str) -> None:
    (resource,) = resources(f"Resources: {{A: {{Type: AWS::S3::Bucket, Condition: {condition}}}}}").values()
    assert resource.exists == Unknown(
        Why.INVALID, "the condition of A", line(1), "it is no name of a condition"
    )


def test_a_long_chain_of_conditions_is_beyond_the_limits() -> None:
    chain = "".join(f"  C{n}: !Not [!Condition C{n + 1}]\n" for n in range(3000))
    bucket = "Resources: {A: {Type: AWS::S3::Bucket, Condition: C0}}"
    text = f"Conditions:\n{chain}  C3000: !Equals [a, a]\n{bucket}"
    exists = resources(text)["A"].exists
    assert isinstance(exists, Unknown)
    assert (exists.why, exists.subject) == (Why.CONDITION, "condition C0")
    assert "too long a chain of references" in exists.note
