"""Expressions whose values Terraform has told once (``tests/oracle/terraform`` asks it again)."""

from __future__ import annotations

from pathlib import Path

import pytest
from oracle.terraform.console import ERROR
from oracle.terraform.scope import MODULE, ModuleNames, answer
from support.expressions import ID, PLACE, VAR, Names

from checkov_ecs_endpoints.iac.terraform.expressions import FunctionContext, evaluate
from checkov_ecs_endpoints.iac.terraform.numeric import Number, parse_number
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.syntax import expression_of_json, parse_expression
from checkov_ecs_endpoints.iac.terraform.type_constraints import constraint, convert
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location, OpenDict, Text, Unknown, Why

ORACLE = MODULE.parent
NOT_WORKED_OUT = 1
"""Listed expressions whose value we do not give: a folded line of YAML."""


def test_listed_expressions() -> None:
    expressions = (ORACLE / "expressions.txt").read_text(encoding="utf-8").splitlines()
    answers = (ORACLE / "answers.txt").read_text(encoding="utf-8").splitlines()
    scope = ModuleNames(MODULE)
    unknown = 0
    for expression, theirs in zip(expressions, answers, strict=True):
        ours = answer(expression, scope)
        if isinstance(ours, Unknown) and ours.why is not Why.INVALID:
            unknown += 1
        else:
            assert (expression, ERROR if isinstance(ours, Unknown) else ours) == (expression, theirs)
    assert unknown == NOT_WORKED_OUT


def of_json(written: object, **names: Inner) -> Inner:
    context = FunctionContext(Path("/repo"), Path("/repo/module"), Path("/repo"))
    return evaluate(expression_of_json(written, Path("/repo/main.tf.json"), 3), Names(names), context)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("plain \\n text", "plain \\n text"),
        ("${x}", VAR),
        ('a-${upper("b")}', "a-B"),
        ("$${x}", "${x}"),
        ("%{ if true }a%{ endif }\n", "a\n"),
        (["${id}", 1, None, True, 1.5], [ID, 1, None, True, 1.5]),
        ({'${upper("k")}': {"a": "${x}!"}}, {"K": {"a": Text((VAR, "!"))}}),
        ({"${x}": 1}, OpenDict({}, VAR)),
        ("${path.module}", "module"),
        ("${ [1, 2] }", [1, 2]),
    ],
)
def test_expressions_of_json(written: object, expected: object) -> None:
    assert of_json(written, x=VAR, id=ID) == expected


def test_mistakes_in_json_have_their_line() -> None:
    found = of_json("${upper(}")
    assert isinstance(found, Unknown)
    assert (found.why, found.origin) == (Why.INVALID, Location("/repo/main.tf.json", 3))


def test_numbers_are_exact_inside_and_floats_outside() -> None:
    tenth = parse_number("0.1")
    assert isinstance(tenth, Number)
    assert isinstance(tenth, float)
    assert tenth == 0.1
    assert [type(parse_number(one)) for one in ("5", "5.0", "1e3")] == [int, int, int]


def typed(written: str, value: Inner) -> Inner:
    expression = parse_expression(written, PLACE)
    assert not isinstance(expression, Problem)
    wanted = constraint(expression)
    assert not isinstance(wanted, Problem), wanted
    return convert(value, wanted, PLACE)


@pytest.mark.parametrize(
    ("written", "value", "expected"),
    [
        ("string", 5, "5"),
        ("number", "5", 5),
        ("bool", "true", True),
        ("any", [1, "a"], [1, "a"]),
        ("list", [1, "a"], ["1", "a"]),
        ("list(string)", [1, VAR, ID, None], ["1", VAR, ID, None]),
        ("map(number)", {"a": "1"}, {"a": 1}),
        ("tuple([string, number])", [1, "2"], ["1", 2]),
        ("object({a = string})", {"a": 1, "b": 2}, {"a": "1"}),
        ("object({a = optional(string)})", {}, {"a": None}),
        ('object({a = optional(number, "5")})', {}, {"a": 5}),
        ("object({a = optional(number, 5)})", {"a": None}, {"a": 5}),
        ("map(object({a = optional(list(string), [])}))", {"k": {}}, {"k": {"a": []}}),
        ("object({a = string, b = string})", OpenDict({"a": 1}, VAR), {"a": "1", "b": VAR}),
        ("string", VAR, VAR),
        ("string", None, None),
    ],
)
def test_type_constraints(written: str, value: Inner, expected: Inner) -> None:
    assert typed(written, value) == expected


@pytest.mark.parametrize(
    ("written", "value", "note"),
    [
        ("number", "a", 'cannot convert "a" to number'),
        ("list(string)", "a", 'cannot convert "a" to list of string'),
        ("object({a = string})", {}, 'attribute "a" is required'),
        ("list(number)", [[1]], "cannot convert tuple to number"),
    ],
)
def test_values_that_do_not_fit(written: str, value: Inner, note: str) -> None:
    found = typed(written, value)
    assert isinstance(found, Unknown)
    assert (found.why, found.note) == (Why.INVALID, note)


@pytest.mark.parametrize(
    "written", ["text", "list(a, b)", "set", "object([string])", "1", "optional(string)"]
)
def test_what_is_no_type(written: str) -> None:
    expression = parse_expression(written, PLACE)
    assert not isinstance(expression, Problem)
    assert isinstance(constraint(expression), Problem)
