"""YAML and JSON into nodes."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TypeAlias, Union

import pytest

from checkov_ecs_endpoints.iac.cloudformation.nodes import Mapping, Node, Scalar, Sequence
from checkov_ecs_endpoints.iac.cloudformation.syntax import SyntaxProblem, parse
from checkov_ecs_endpoints.values import Location

Plain: TypeAlias = Union[str, int, float, bool, "list[Plain]", "dict[str, Plain]", None]


def plain(node: Node | None) -> Plain:
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key: plain(entry.value) for key, entry in node.entries.items()}
    return node.value if node is not None else None


def read(text: str) -> Plain:
    return plain(parse(text.encode(), "t.yaml"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("80", 80),
        ("-1", -1),
        ("1.4", 1.4),
        ("1.4.0", "1.4.0"),
        ("1.10", "1.10"),
        ("012345678901", "012345678901"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("22:22", "22:22"),
        ("1e3", "1e3"),
        ("12345678901234567890", "12345678901234567890"),
        ("2010-09-09", "2010-09-09"),
        ("true", True),
        ("No", False),
        ("ON", True),
        ("tRUE", "tRUE"),
        ("null", None),
        ("~", None),
        ('"80"', "80"),
        ("'true'", "true"),
        ("| \n  a\n  b\n", "a\nb\n"),
        ("!!str 80", "80"),
    ],
)
def test_scalars_are_what_cloudformation_makes_of_them(text: str, value: Plain) -> None:
    found = read(f"key: {text}")
    assert found == {"key": value}
    assert isinstance(found, dict) and type(found["key"]) is type(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("!Ref Vpc", {"Ref": "Vpc"}),
        ("!Condition IsProd", {"Condition": "IsProd"}),
        ("!GetAtt Nat.Arn", {"Fn::GetAtt": ["Nat", "Arn"]}),
        ("!GetAtt Child.Outputs.Vpc", {"Fn::GetAtt": ["Child", "Outputs.Vpc"]}),
        ("!GetAtt [Nat, Arn]", {"Fn::GetAtt": ["Nat", "Arn"]}),
        ("!Sub 80", {"Fn::Sub": "80"}),
        ("!Join ['-', [!Ref A, b]]", {"Fn::Join": ["-", [{"Ref": "A"}, "b"]]}),
        ("!Select [0, !GetAZs '']", {"Fn::Select": [0, {"Fn::GetAZs": ""}]}),
        ("!Transform {Name: X}", {"Fn::Transform": {"Name": "X"}}),
    ],
)
def test_short_tags_are_written_out(text: str, value: Plain) -> None:
    assert read(f"key: {text}") == {"key": value}


def test_merges_give_way_to_own_keys_and_to_earlier_merges() -> None:
    text = """
    a: &a {x: 1, y: 1}
    b: &b {y: 2, z: 2}
    c: {<<: [*a, *b], x: 3}
    """
    assert read(text) == {"a": {"x": 1, "y": 1}, "b": {"y": 2, "z": 2}, "c": {"x": 3, "y": 1, "z": 2}}


@pytest.mark.parametrize(
    "value",
    [
        {"a": [1, True, None, "x"], "b": {"c": 'é/\\"\n\t'}},
        {"smile": "😀", "escaped": "\\ud83d stays"},
        {},
    ],
)
@pytest.mark.parametrize("indent", [None, 2, "\t"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_json_is_read_as_json(value: Plain, indent: int | str | None, ascii_only: bool) -> None:
    assert read(json.dumps(value, indent=indent, ensure_ascii=ascii_only)) == value


def test_json_with_escaped_slashes_and_a_leading_tab() -> None:
    assert read('\t{\n\t"a":\t"b\\/c"\n}') == {"a": "b/c"}


def test_a_byte_order_mark_is_passed_over() -> None:
    assert plain(parse(b"\xef\xbb\xbfa: 1", "t.yaml")) == {"a": 1}


def test_an_empty_file_has_no_node() -> None:
    assert parse(b"# nothing\n", "t.yaml") is None


def test_every_node_knows_its_lines() -> None:
    text = """\
a: 1
b:
  - x
  # between
  - |
    one
    two

c: {d: 1,
    e: [2,
      3]}

"""
    node = parse(text.encode(), "t.yaml")
    assert isinstance(node, Mapping)
    assert {key: entry.place for key, entry in node.entries.items()} == {
        "a": Location("t.yaml", 1, 1),
        "b": Location("t.yaml", 2, 7),
        "c": Location("t.yaml", 9, 11),
    }
    items, flow = node.get("b"), node.get("c")
    assert isinstance(items, Sequence) and [item.place for item in items.items] == [
        Location("t.yaml", 3, 3),
        Location("t.yaml", 5, 7),
    ]
    assert isinstance(flow, Mapping) and flow.entries["e"].place == Location("t.yaml", 10, 11)


def test_an_alias_has_its_place_where_it_is_used() -> None:
    node = parse(b"a: &x\n  - 1\n  - 2\nb: *x\n", "t.yaml")
    assert isinstance(node, Mapping)
    assert node.entries["b"].place == Location("t.yaml", 4, 4)


def bomb(levels: int) -> str:
    names = "abcdefghijklmnop"[: levels + 1]
    steps = [f"{names[0]}: &{names[0]} [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in pairwise(names):
        steps.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]")
    return "\n".join(steps)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb:\n\tc: 1\n", 3, "not valid YAML or JSON: found character that cannot start any token"),
        ("a: &a [*a]", 1, "alias *a contains itself"),
        ("a: *b", 1, "alias *b has no anchor before it"),
        ("a: 1\n---\nb: 1\n", 2, "more than one document in a file"),
        ("a: 1\n? [b]\n: 2\n", 2, "a key that is not a text"),
        ("a:\n  <<: 1\n", 2, "a merge (<<) of something that is no mapping"),
        ("[" * 100_000, 1, "nested more than 100 levels deep"),
        ("- " * 100_000, 1, "nested more than 100 levels deep"),
        ('{"a":' * 100_000, 1, "nested more than 100 levels deep"),
        (bomb(8), 6, "more than 200000 values with its aliases written out"),
        ("a: {{ name }}\n", 1, "a key that is not a text"),
        ('{"a": 1,,}', 1, "not valid YAML or JSON: did not find expected node content"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_read_says_where_and_why(text: str, line: int, message: str) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        parse(text.encode(), "t.yaml")
    assert (caught.value.line, caught.value.message) == (line, message)


@pytest.mark.parametrize("text", ["a: {b: 1, c: 2, b: 3}", '{"a": {"b": 1, "c": 2, "b": 3}}'])
def test_of_a_key_given_twice_the_last_counts(text: str) -> None:
    assert read(text) == {"a": {"b": 3, "c": 2}}


def test_a_key_given_twice_where_that_is_not_allowed() -> None:
    with pytest.raises(SyntaxProblem) as caught:
        parse(b"a: 1\nb:\n  c: 1\n  c: 2\n", "t.yaml", unique_keys=True)
    assert (caught.value.line, caught.value.message) == (4, "key c is given twice, first on line 3")


def test_text_that_is_not_utf_8() -> None:
    with pytest.raises(SyntaxProblem) as caught:
        parse(b"a: 1\nb: \xff\n", "t.yaml")
    assert (caught.value.line, caught.value.message) == (2, "not encoded in UTF-8")


def test_the_text_of_a_scalar_is_kept() -> None:
    node = parse(b"a: Yes", "t.yaml")
    assert isinstance(node, Mapping)
    assert node.get("a") == Scalar(True, "Yes", "t.yaml", 1, 1)
