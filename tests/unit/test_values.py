"""The kinds of value and three-valued logic, which every later stage builds on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkov_ecs_endpoints.values import (
    Location,
    OpenDict,
    OpenList,
    Reference,
    Text,
    Truth,
    Unknown,
    Value,
    Why,
    every,
    first_unknown,
    is_known,
    negate,
    references,
    some,
    text,
    unknowns,
)

HERE = Location("/a/main.tf", 3)
THERE = Location("/a/modules/x/main.tf", 7, 9)
VAR = Unknown(Why.NO_VALUE, "var.subnets", HERE)
DATA = Unknown(Why.DATA_SOURCE, "data.aws_vpc.main", THERE, "a lookup")
SUBNET = Reference("aws_subnet.a", ("id",))

pieces = st.one_of(st.text(max_size=4), st.sampled_from([VAR, DATA, SUBNET]), st.just(text(["a", VAR])))
truths = st.sampled_from([True, False, VAR, DATA])


class TestLocation:
    def test_end_is_never_before_the_line(self) -> None:
        assert Location("/f", 5).end == 5
        assert Location("/f", 5, 2).end == 5
        assert Location("/f", 5, 8).end == 8

    def test_reads_as_people_write_it(self) -> None:
        assert str(HERE) == "/a/main.tf:3"


class TestUnknown:
    def test_equal_wherever_it_was_met(self) -> None:
        assert VAR.through(THERE) == VAR
        assert VAR.through(THERE).via == (THERE,)

    def test_a_place_is_gone_through_once(self) -> None:
        assert VAR.through(HERE).via == ()
        assert VAR.through(THERE).through(THERE).via == (THERE,)

    def test_another_subject_is_another_unknown(self) -> None:
        assert Unknown(Why.NO_VALUE, "var.vpc", HERE) != VAR

    def test_story(self) -> None:
        assert str(VAR) == "var.subnets is a variable or parameter without a value"
        assert str(DATA) == "data.aws_vpc.main is read from AWS when it is applied: a lookup"


class TestReference:
    def test_identity_is_resource_and_path(self) -> None:
        assert Reference("aws_subnet.a", ("id",), HERE) == SUBNET
        assert Reference("aws_subnet.a", ("arn",)) != SUBNET
        assert hash(SUBNET) == hash(Reference("aws_subnet.a", ("id",), HERE))
        assert str(Reference("aws_x.y", ("list", 0, "z"))) == "aws_x.y.list.0.z"


class TestText:
    @pytest.mark.parametrize(
        ("parts", "joined"),
        [
            ([], ""),
            (["a", "", "b"], "ab"),
            ([SUBNET], SUBNET),
            (["", VAR, ""], VAR),
            (["com.amazonaws.", VAR, ".ecr", ".dkr"], Text(("com.amazonaws.", VAR, ".ecr.dkr"))),
            ([Text(("a", VAR)), Text((SUBNET, "b"))], Text(("a", VAR, SUBNET, "b"))),
        ],
    )
    def test_joins_to_the_plainest_value(
        self, parts: list[str | Reference | Text | Unknown], joined: Value
    ) -> None:
        assert text(parts) == joined

    def test_edges(self) -> None:
        service = Text(("com.amazonaws.", VAR, ".ecr.dkr"))
        assert (service.prefix, service.suffix) == ("com.amazonaws.", ".ecr.dkr")
        assert (Text((VAR, "x")).prefix, Text(("x", VAR)).suffix) == ("", "")
        assert str(service) == "com.amazonaws.${var.subnets}.ecr.dkr"

    @given(st.lists(pieces, max_size=6))
    def test_is_normal(self, parts: list[str | Reference | Text | Unknown]) -> None:
        joined = text(parts)
        if isinstance(joined, Text):
            assert len(joined.parts) > 1
            assert "" not in joined.parts
            pairs = zip(joined.parts, joined.parts[1:], strict=False)
            assert not any(isinstance(a, str) and isinstance(b, str) for a, b in pairs)
        assert text([joined]) == joined

    @given(st.lists(pieces, max_size=4), st.lists(pieces, max_size=4))
    def test_joining_is_associative(
        self, one: list[str | Reference | Text | Unknown], other: list[str | Reference | Text | Unknown]
    ) -> None:
        assert text([*one, *other]) == text([text(one), text(other)])


NESTED: Value = {
    "a": [1, VAR, Text(("x", SUBNET, DATA))],
    "b": OpenList((SUBNET,), VAR),
    "c": OpenDict({"d": DATA}, VAR),
}


class TestSearch:
    def test_unknowns_in_reading_order(self) -> None:
        assert list(unknowns(NESTED)) == [VAR, DATA, VAR, DATA, VAR]

    def test_references_in_reading_order(self) -> None:
        assert list(references(NESTED)) == [SUBNET, SUBNET]

    @pytest.mark.parametrize(
        "value", ["", 0, False, None, [], {}, [1, {"a": None}], SUBNET, Text(("a", SUBNET))]
    )
    def test_known(self, value: Value) -> None:
        assert is_known(value)
        assert first_unknown(value) is None

    @pytest.mark.parametrize(
        "value", [VAR, [VAR], {"a": VAR}, Text(("a", VAR)), OpenList((), VAR), OpenDict({}, VAR)]
    )
    def test_not_known(self, value: Value) -> None:
        assert not is_known(value)
        assert first_unknown(value) == VAR


class TestLogic:
    @pytest.mark.parametrize(
        ("given_truths", "conjunction", "disjunction"),
        [
            ([], True, False),
            ([True, True], True, True),
            ([True, False], False, True),
            ([VAR, False], False, VAR),
            ([VAR, True], VAR, True),
            ([VAR, DATA], VAR, VAR),
            ([False, False], False, False),
        ],
    )
    def test_tables(self, given_truths: list[Truth], conjunction: Truth, disjunction: Truth) -> None:
        assert every(given_truths) == conjunction
        assert some(given_truths) == disjunction

    def test_not(self) -> None:
        assert (negate(True), negate(False), negate(VAR)) == (False, True, VAR)

    @given(st.lists(truths, max_size=6))
    def test_de_morgan(self, listed: list[Truth]) -> None:
        assert negate(every(listed)) == some(negate(truth) for truth in listed)

    @given(st.lists(truths, max_size=5), st.booleans())
    def test_replacing_unknowns_never_contradicts(self, listed: list[Truth], value: bool) -> None:
        decided = [value if isinstance(truth, Unknown) else truth for truth in listed]
        for combine in (every, some):
            if isinstance(combine(listed), bool):
                assert combine(decided) == combine(listed)
