"""Expressions over values that are not, or not wholly, known."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from support.expressions import ID, ID_B, OTHER, URL, VAR, Thing, Things, value

from checkov_ecs_endpoints.iac.terraform.scope import Set, plain
from checkov_ecs_endpoints.values import OpenDict, OpenList, Reference, Text, Unknown, Why

LATER = Unknown(Why.AFTER_APPLY, "aws_subnet.a.id")
OPEN = OpenList(("a", "b"), VAR)
MAP = OpenDict({"a": 1}, VAR)


def why(source: str, **names: Any) -> Unknown:
    found = value(source, **names)
    assert isinstance(found, Unknown), found
    return found


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("false && x", False),
        ("x && false", False),
        ("true || x", True),
        ("x || true", True),
        ("x && true", VAR),
        ("x || false", VAR),
        ("!x", VAR),
        ("x + 1", VAR),
        ("x == x", VAR),
        ("x == null", VAR),
        ("id == id", True),
        ("id == null", False),
        ('id == ""', False),
        ('id == "subnet-1"', LATER),
        ("[x, 1] == [2, 3]", False),
        ("[x, 1] == [2, 1]", VAR),
        ("[x] == [1, 2]", False),
        ('"a-${x}" == "b-1"', False),
        ('"a-${x}" != "a"', True),
        ('"a-${x}" == "a-1"', VAR),
        ("{a = x} == {b = 1}", False),
    ],
)
def test_operators_decide_as_far_as_they_can(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("x ? 1 : 1", 1),
        ("x ? 1 : 2", VAR),
        ("x ? id : id", ID),
        ("x ? [1, 2] : [1, 3]", [1, VAR]),
        ('x ? ["a", "b"] : ["b"]', OpenList(("b",), VAR)),
        ("x ? ['a'] : null".replace("'", '"'), VAR),
        ("x ? {a = 1, b = 2} : {a = 1, b = 3}", {"a": 1, "b": VAR}),
        ("x ? {a = 1, b = 2} : {a = 1}", OpenDict({"a": 1}, VAR)),
        ("true ? 1 : x", 1),
        ("true ? [id] : x", [ID]),
        ("x ? y : y", VAR),
        ("x ? 1 : null.a", VAR),
    ],
)
def test_conditionals(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('"${x}"', VAR),
        ('"${id}"', ID),
        ('"a${x}"', Text(("a", VAR))),
        ('"${url}:${x}"', Text((URL, ":", VAR))),
        ('"com.amazonaws.${x}.ecr.dkr"', Text(("com.amazonaws.", VAR, ".ecr.dkr"))),
        ('"a%{ if x }b%{ else }b%{ endif }"', "ab"),
        ('"a%{ if x }b%{ endif }"', Text(("a", VAR))),
        ('"a%{ for i in x }b%{ endfor }"', Text(("a", VAR))),
        ('"%{ for i in [x, id] }<${i}>%{ endfor }"', Text(("<", VAR, "><", ID, ">"))),
    ],
)
def test_templates(source: str, expected: object) -> None:
    assert value(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[x, id]", [VAR, ID]),
        ("[x, id][1]", ID),
        ("[1, 2][x]", VAR),
        ("x.a", VAR),
        ("x[0].b", VAR),
        ("id.a[0]", Reference("aws_subnet.a", ("id", "a", 0))),
        ("x[*]", OpenList((), VAR)),
        ("x[*].a", OpenList((), VAR)),
        ("open[0]", VAR),
        ("open[*]", OPEN),
        ("map.a", 1),
        ("map.b", VAR),
        ("{a = 1, (x) = 2}", OpenDict({"a": VAR}, VAR)),
        ('{a = 1, ("b${x}") = 2}', OpenDict({"a": 1}, VAR)),
        ("[for i in x : i]", OpenList((), VAR)),
        ("[for i in open : i]", OPEN),
        ("[for i in [1, x, 3] : i if i != 1]", OpenList((3,), VAR)),
        ("{for k, v in x : k => v}", OpenDict({}, VAR)),
        ("{for k, v in {a = x} : k => v}", {"a": VAR}),
        (
            "{for k, v in {a = x, b = 1, c = null} : k => v if v != null}",
            OpenDict({"b": 1}, VAR, frozenset({"a"})),
        ),
        ('{for k, v in {a = x, b = 1} : (k == "b" ? x : k) => v if v != null}', OpenDict({}, VAR)),
        ('{for i in [x, "a"] : i => 1}', OpenDict({"a": 1}, VAR)),
        ('{for i in ["a", x] : i => 1...}', OpenDict({"a": OpenList((1,), VAR)}, VAR)),
    ],
)
def test_collections(source: str, expected: object) -> None:
    assert value(source, open=OPEN, map=MAP) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("length([x, x])", 2),
        ("length(x)", VAR),
        ("length(open)", VAR),
        ("length(toset([x, 1]))", VAR),
        ("concat([1], x, [2])", OpenList((1, 2), VAR)),
        ("concat([[1], x]...)", OpenList((1,), VAR)),
        ("concat([id], [x])", [ID, VAR]),
        ("flatten([[1], [x]])", OpenList((1,), VAR)),
        ("flatten([[id], [[id]]])", [ID, ID]),
        ("merge({a = 1}, x, {b = 2})", OpenDict({"a": VAR, "b": 2}, VAR)),
        ("merge(x, {a = 1})", OpenDict({"a": 1}, VAR)),
        ('lookup(map, "a", 2)', 1),
        ('lookup(map, "b", 2)', VAR),
        ("lookup({a = 1}, x, 2)", VAR),
        ('contains([x, "a"], "a")', True),
        ('contains([x, "b"], "a")', VAR),
        ('contains(open, "a")', True),
        ('contains(open, "c")', VAR),
        ("keys(map)", OpenList(("a",), VAR)),
        ("element([id, x], 2)", ID),
        ("element(open, 0)", VAR),
        ("slice([x, id, 1], 1, 2)", [ID]),
        ("reverse([x, id])", [ID, VAR]),
        ('compact([id, "", x])', OpenList((ID,), VAR)),
        ('compact([id, "", "a"])', [ID, "a"]),
        ("distinct([id, id])", [ID]),
        ("coalesce(null, id)", ID),
        ('coalesce(x, "a")', VAR),
        ('coalesce("a", x)', "a"),
        ("one([x])", VAR),
        ("try(x, 1)", VAR),
        ("try(x.a.b, 1)", VAR),
        ("try(null.a, x)", VAR),
        ("try(id, 1)", ID),
        ("can(x)", VAR),
        ("can([x])", True),
        ('join(",", [id, x])', Text((ID, ",", VAR))),
        ('join(",", open)', VAR),
        ('split(",", join(",", [id, id]))', [ID, ID]),
        ('split(",", x)', VAR),
        ('format("%s:%s", url, x)', Text((URL, ":", VAR))),
        ('format("%s-%d", x, 1)', Text((VAR, "-1"))),
        ('formatlist("%s!", [x, "a"])', [Text((VAR, "!")), "a!"]),
        ('lower("A${x}B")', Text(("a", VAR, "b"))),
        ('replace("a.${x}", ".", "-")', Text(("a-", VAR))),
        ('startswith("arn:${x}", "arn")', True),
        ('startswith("arn:${x}", "arn:aws")', VAR),
        ('endswith("${x}.ecr.dkr", ".dkr")', True),
        ('strcontains("${x}-ecr", "ecr")', True),
        ('trimprefix("a-${x}", "a-")', VAR),
        ("tolist([x, 1])", [VAR, 1]),
        ("tostring(id)", ID),
        ("cidrsubnet(x, 8, 1)", VAR),
        ("jsondecode(jsonencode({a = [id, x]}))", {"a": [ID, VAR]}),
        ('jsondecode("{\\"a\\": \\"${x}\\"}")', {"a": VAR}),
        ("yamldecode(yamlencode([id]))", [ID]),
        ("base64decode(base64encode(url))", URL),
        ("jsonencode(id) == jsonencode(id)", LATER),
        ("alltrue([false, x])", False),
        ("alltrue([true, x])", VAR),
        ("anytrue([true, x])", True),
        ('zipmap(["a"], [x])', {"a": VAR}),
        ("range(x)", VAR),
    ],
)
def test_functions(source: str, expected: object) -> None:
    assert value(source, open=OPEN, map=MAP) == expected


PARTLY = '{ for i in ["a", id] : "${x}-${i}" => i }'


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"length({PARTLY})", 2),
        (f"plain(values({PARTLY}))", ["a", ID]),
        (f"plain(keys({PARTLY}))", [Text((VAR, "-a")), Text((VAR, "-", ID))]),
        (f"plain([for k, v in {PARTLY} : v])", ["a", ID]),
        (f"[for k, v in {PARTLY} : v][0]", VAR),
        (f"values({PARTLY})[0]", VAR),
        (f'{PARTLY}["a-a"]', VAR),
        (f"length({{ for k, v in {PARTLY} : k => v }})", 2),
        ('{ for i in ["a", id] : i => 1 }["a"]', 1),
        ("length({ for i in [id] : i => 1 })", 1),
        ('values({ for i in [1] : "${x}-${i}" => id })[0]', ID),
        ('length({ for i in [1, 2] : "${x}-a" => id })', VAR),
        ("length({ for i in [id] : i => 1 if x })", VAR),
        ('{ for i in ["a", "b"] : "${i == "a" ? x : "k"}" => i }["k"]', "b"),
    ],
)
def test_mappings_whose_keys_are_partly_known(source: str, expected: object) -> None:
    inner = source.removeprefix("plain(").removesuffix(")") if source.startswith("plain(") else source
    assert plain(value(inner)) == expected


def test_sets_keep_what_is_not_known() -> None:
    assert value("toset([id, id])") == Set((ID,))
    assert value("setunion([id], x)") == Set((ID,), VAR)
    assert value("setsubtract([id], [id])") == Set(())
    assert value('setsubtract(["a"], [x])') == Set((), VAR)
    assert value("length(toset([a, b]))", a=ID, b=ID_B) == 2
    assert plain(value("tolist(toset([a, b]))", a=ID, b=ID_B)) == OpenList((ID, ID_B), LATER)


def test_the_places_that_an_unknown_came_through() -> None:
    assert [place.path for place in why("upper(x + 1)").via] == ["/main.tf"]
    assert why("upper(x)").origin == VAR.origin


@pytest.mark.parametrize(
    ("source", "note"),
    [
        ("null.a", 'null has no attribute "a"'),
        ("{a = 1}.b", 'object has no "b"'),
        ("[1][1]", "there is no member 1 in a list of 1"),
        ('"a" + 1', 'cannot convert "a" to number'),
        ("nothing()", "there is no function nothing"),
        ('jsondecode("{")', "the text is not valid JSON"),
        ("toset([1])[0]", "the members of a set have no index"),
        ("try(null.a, null.b)", "every alternative of try is an error"),
    ],
)
def test_mistakes_say_what_is_wrong(source: str, note: str) -> None:
    found = why(source)
    assert (found.why, found.note) == (Why.INVALID, note)


def test_a_mistake_before_what_is_not_known() -> None:
    assert why('x + "a"').why is Why.INVALID
    assert why("x && null").why is Why.INVALID


@pytest.mark.parametrize("name", ["timestamp()", "uuid()", "plantimestamp()", 'bcrypt("a")'])
def test_what_differs_from_run_to_run(name: str) -> None:
    found = why(name)
    assert (found.why, found.note) == (Why.UNSUPPORTED, "it differs from run to run")


@pytest.mark.parametrize(
    ("pattern", "limit"),
    [
        ("(a|aa)+$", True),
        ("(foo|far)+", True),
        ("((a?){50}){50}", True),
        ("(\\\\s|-)+", False),
        ("(?:[a-z]|[0-9]|-)+", False),
        ("(foo|bar)+", False),
        ("^[a-z]+-[0-9]+$", False),
    ],
)
def test_patterns_that_may_take_too_long(pattern: str, limit: bool) -> None:
    found = value(f'regexall("{pattern}", "{"a" * 60}!")')
    assert (isinstance(found, Unknown) and found.why is Why.LIMIT) is limit


def test_what_a_private_key_keeps_secret() -> None:
    found = why('rsadecrypt("YQ==", "key")')
    assert (found.why, found.note) == (Why.SECRET, "it takes a private key")


def test_functions_of_providers() -> None:
    found = why('provider::aws::arn_parse("x")')
    assert (found.why, found.subject) == (Why.UNSUPPORTED, "provider::aws::arn_parse()")


def test_sensitive_values_keep_their_value() -> None:
    assert value('sensitive("a")') == "a"
    assert value("nonsensitive(sensitive({a = id})).a") == ID


@pytest.mark.parametrize(
    "source",
    [
        "[for i in range(1000) : [for j in range(1000) : j]]",
        'join("", [for i in range(1000) : join("", [for j in range(99) : big])])',
        "setproduct(range(1000), range(1000))",
        "9e999 * 9e999 * 9e999 * 9e999 * 9e999",
        'regex("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")',
    ],
)
def test_what_would_take_too_long_is_a_limit(source: str) -> None:
    assert why(source, big="x" * 1000).why is Why.LIMIT


@pytest.mark.parametrize("source", ["[" * 5000 + "]" * 5000, "1" + " + 1" * 5000], ids=["list", "sum"])
def test_nesting_that_is_too_deep_is_a_limit(source: str) -> None:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(2000)
    try:
        found = why(source)
    finally:
        sys.setrecursionlimit(before)
    assert (found.why, found.note) == (Why.LIMIT, "nested too deeply")


def test_resources() -> None:
    one = Thing("aws_subnet.a", {"cidr_block": "10.0.0.0/24", "vpc_id": VAR})
    assert value("s.id", s=one) == ID
    assert value("s.cidr_block", s=one) == "10.0.0.0/24"
    assert value("s[*].id", s=one) == [ID]
    assert value("s[*].id", s=[one, Thing("aws_subnet.b", {})]) == [ID, ID_B]
    assert value("length(s)", s=[one, one]) == 2
    assert value("[for k, v in s : v.id]", s={"x": one}) == [ID]
    assert value("s == null", s=one) is False
    assert value('s["cidr_block"]', s=one) == "10.0.0.0/24"


def test_resources_of_which_some_may_exist() -> None:
    certain: Any = (Thing("aws_subnet.a", {}),)
    some = Things(OpenList(certain, VAR))
    assert value("s[*].id", s=some) == OpenList((ID,), VAR)
    assert value("s[1].id", s=some) == Reference("aws_subnet.some[1]", ("id",))
    assert value("s.1.id", s=some) == Reference("aws_subnet.some[1]", ("id",))
    assert value("length(s)", s=some) == VAR
    assert value("concat(s[*].id, [x])", s=some) == OpenList((ID, VAR), VAR)
    assert why("y.a", y=OTHER).why is Why.DATA_SOURCE


@pytest.mark.parametrize(
    "source",
    [
        "tolist([[1], null])",
        "toset([{ a = 1 }, null])",
        "distinct([tolist([1]), null])",
        "setunion([[1]], [null])",
        "false ? [1, 2, 3] : [[1], null]",
        "true ? [{ a = 1 }, null] : []",
        "try(true ? [[1], null] : [1, 2, 3], 4)",
    ],
)
def test_a_null_among_lists_and_objects_may_be_a_mistake(source: str) -> None:
    """It is one to Terraform, unless the null comes from where it has a type."""
    assert why(source).subject == "null"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("tolist([1, null])", [1, None]),
        ("[[1], null]", [[1], None]),
        ("true ? [[1], null] : null", [[1], None]),
        ("true ? [[1], x] : []", [[1], VAR]),
        ("tomap({ a = [1], b = null })", {"a": [1], "b": None}),
        ("concat([[1]], [null])", [[1], None]),
    ],
)
def test_a_null_among_others_is_none(source: str, expected: object) -> None:
    assert value(source) == expected
