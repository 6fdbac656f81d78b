"""JSON text with holes, read back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkov_ecs_endpoints.json_text import decode
from checkov_ecs_endpoints.values import OpenDict, OpenList, Reference, Text, Unknown, Value, Why, text

VAR = Unknown(Why.NO_VALUE, "var.tag")
REPOSITORY = Reference("aws_ecr_repository.app", ("repository_url",))

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(alphabet=st.characters(exclude_categories=("Co", "Cs"))),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3)
    ),
    max_leaves=10,
)


@given(plain)
def test_known_text_reads_like_json(value: Value) -> None:
    assert decode(json.dumps(value), None) == value


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (['{"image": "', REPOSITORY, ":", VAR, '"}'], {"image": Text((REPOSITORY, ":", VAR))}),
        (['{"image": "', REPOSITORY, '"}'], {"image": REPOSITORY}),
        (['{"cpu": ', VAR, ', "name": "a"}'], {"cpu": VAR, "name": "a"}),
        (['{"a": "x\\"', VAR, '\\\\", "b": ', VAR, "}"], {"a": Text(('x"', VAR, "\\")), "b": VAR}),
        (['["a", ', VAR, ', "b"]'], OpenList(("a", "b"), VAR)),
        (['["a', VAR, '", "b"]'], [Text(("a", VAR)), "b"]),
        (
            ["[", REPOSITORY, "]"],
            OpenList((), Unknown(Why.AFTER_APPLY, "aws_ecr_repository.app.repository_url")),
        ),
        (['{"a": 1, "', VAR, '": 2}'], OpenDict({"a": 1}, VAR)),
        (['{"a": 1, ', VAR, ": 2}"], OpenDict({"a": 1}, VAR)),
        (["[1] ", VAR], VAR),
        (["{", VAR, "}"], VAR),
        (["1", VAR], VAR),
    ],
)
def test_holes(parts: list[str | Reference | Unknown], expected: Value) -> None:
    assert decode(text(parts), None) == expected


@pytest.mark.parametrize("value", [[1, VAR], {"a": VAR}, None, VAR, 5])
def test_what_is_no_text_stays(value: Value) -> None:
    assert decode(value, None) == value


def test_a_reference_alone_is_known_after_apply() -> None:
    found = decode(REPOSITORY, None)
    assert found == Unknown(Why.AFTER_APPLY, "aws_ecr_repository.app.repository_url")


@pytest.mark.parametrize("broken", ["", "{", "{'a': 1}", "[1,]"])
def test_text_that_is_not_json(broken: str) -> None:
    found = decode(broken, None)
    assert isinstance(found, Unknown)
    assert found.why is Why.INVALID


def test_depth_is_bounded() -> None:
    found = decode("[" * 200_000, None)
    assert isinstance(found, Unknown)
    assert found.why is Why.LIMIT
