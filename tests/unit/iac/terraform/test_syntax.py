"""Files of the native syntax as blocks and attributes."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkov_ecs_endpoints.iac.terraform.syntax import (
    File,
    HclExpression,
    call,
    conditional,
    expression_of_json,
    items,
    pairs,
    parse,
    parse_expression,
    traversal,
)
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location

PATH = Path("/repo/main.tf")


def read(source: str | bytes) -> File:
    return parse(PATH, source.encode() if isinstance(source, str) else source)


def lone(source: str) -> HclExpression:
    expression = parse_expression(source, Location("/main.tf", 7))
    assert isinstance(expression, HclExpression)
    return expression


def source_of(expression: object) -> str:
    assert isinstance(expression, HclExpression)
    return expression.text(expression.node)


def test_blocks_attributes_and_places() -> None:
    file = read('a = 1\n\nresource "aws_vpc" main {\n  b = [\n    2,\n  ]\n  inner {\n    c = 3\n  }\n}\n')
    assert file.problems == ()
    assert file.body.attributes["a"].location == Location("/repo/main.tf", 1)
    (block,) = file.body.blocks
    assert (block.type, block.labels) == ("resource", ("aws_vpc", "main"))
    assert block.location == Location("/repo/main.tf", 3, 10)
    assert block.body.attributes["b"].location == Location("/repo/main.tf", 4, 6)
    (inner,) = block.body.blocks
    assert (inner.type, list(inner.body.attributes)) == ("inner", ["c"])


@pytest.mark.parametrize("source", [b"", b"\xef\xbb\xbf", b"# only a comment\n"])
def test_a_file_without_blocks(source: bytes) -> None:
    file = read(source)
    assert (file.problems, file.body.attributes, file.body.blocks) == ((), {}, ())


def test_a_byte_order_mark_is_no_text() -> None:
    assert list(read(b"\xef\xbb\xbfa = 1\n").body.attributes) == ["a"]


def test_text_that_is_not_utf8_is_a_problem() -> None:
    file = read(b'a = 1\nb = "\xff"\n')
    assert file.problems == (Problem("/repo/main.tf", 2, "not valid UTF-8"),)
    assert file.body.attributes == {}


def test_the_same_attribute_twice_is_a_problem() -> None:
    file = read("a {\n  b = 1\n  b = 2\n}\n")
    assert [(one.line, one.message) for one in file.problems] == [
        (3, 'not valid Terraform syntax: "b" is set twice in the same block')
    ]
    assert source_of(file.body.blocks[0].body.attributes["b"].expression) == "1"


def test_two_arguments_on_a_line_are_a_problem() -> None:
    assert [one.line for one in read("a {\n  b = 1 c = 2\n}\n").problems] == [2]


def test_what_is_broken_is_left_out_and_the_rest_is_kept() -> None:
    file = read('locals {\n  a = 1\n}\nresource "x" "y" {\n  b = [1, 2\n  c = 3\n}\nlocals {\n  d = 4\n}\n')
    assert [one.line for one in file.problems] == [6]
    assert [list(block.body.attributes) for block in file.body.blocks] == [["a"], ["d"]]


def test_a_nested_block_is_not_taken_for_one_of_the_file() -> None:
    file = read('resource "x" "y" (\n  provider {\n    a = 1\n  }\n}\n')
    assert file.problems
    assert [block.type for block in file.body.blocks] == []


@pytest.mark.parametrize(
    "source", ['a = "x\nb = 2\n', "a = <<EOT\nx\n", "a {\n", "a = 1 +\n", "}\n", "a = [1,,2]\n", "a\n{\n}\n"]
)
def test_mistakes_are_problems(source: str) -> None:
    assert read(source).problems


def test_numbers_with_exponents_are_read() -> None:
    file = read("a = 1e6\nb = foo-1e6\n")
    assert file.problems == ()
    assert source_of(file.body.attributes["a"].expression) == "1e6"


def test_a_lone_expression_has_the_place_it_is_given() -> None:
    assert lone("a.b").location == Location("/main.tf", 7)
    problem = parse_expression("a b", Location("/main.tf", 7))
    assert problem == Problem("/main.tf", 7, 'not valid Terraform syntax: "a b"')


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("aws.west", ("aws", "west")),
        ("name", ("name",)),
        ('a.b[0]["c"].0.d', ("a", "b", 0, "c", 0, "d")),
        ("a[var.i]", None),
        ("a[*].b", None),
        ("f(a)", None),
        ("1", None),
    ],
)
def test_traversals(source: str, expected: tuple[str | int, ...] | None) -> None:
    assert traversal(lone(source)) == expected
    assert traversal(expression_of_json(source, PATH, 1)) == expected


def test_lists_objects_and_calls_that_are_written_out() -> None:
    members = items(lone("[a, b.c]"))
    assert members is not None
    assert [traversal(member) for member in members] == [("a",), ("b", "c")]
    entries = pairs(lone('{ a = b, "c" = list(string) }'))
    assert entries is not None
    assert [(source_of(key), source_of(item)) for key, item in entries] == [
        ("a", "b"),
        ('"c"', "list(string)"),
    ]
    called = call(entries[1][1])
    assert called is not None
    assert (called[0], [traversal(one) for one in called[1]]) == ("list", [("string",)])
    assert (items(lone("a")), pairs(lone("[a]")), call(lone("a"))) == (None, None, None)


def test_lists_and_objects_of_json() -> None:
    members = items(expression_of_json(["a", "b.c"], PATH, 4))
    assert members is not None
    assert [traversal(member) for member in members] == [("a",), ("b", "c")]
    entries = pairs(expression_of_json({"k": "list(string)"}, PATH, 4))
    assert entries is not None
    called = call(entries[0][1])
    assert called is not None
    assert called[0] == "list"


def test_conditionals_associate_to_the_right() -> None:
    first = conditional(lone("a ? b : c ? d : e ? f : g"))
    assert first is not None
    assert [source_of(part) for part in first[:2]] == ["a", "b"]
    second = conditional(first[2])
    assert second is not None
    assert [source_of(part) for part in second[:2]] == ["c", "d"]
    third = conditional(second[2])
    assert third is not None
    assert [source_of(part) for part in third] == ["e", "f", "g"]
    assert conditional(third[2]) is None
