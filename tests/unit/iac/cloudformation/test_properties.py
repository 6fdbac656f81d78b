"""Whatever a template says, resolving it ends, raises nothing and invents nothing."""

from __future__ import annotations

import json
import string
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias, Union

from hypothesis import given, settings
from hypothesis import strategies as st
from support.following import all_cases
from support.templates import PATH, repository, scanned, stack

from checkov_ecs_endpoints.iac.cloudformation.functions import FUNCTIONS
from checkov_ecs_endpoints.iac.cloudformation.listing import problems_of, resources_of
from checkov_ecs_endpoints.iac.cloudformation.templates import read_template
from checkov_ecs_endpoints.values import OpenDict, OpenList, Text, Unknown, Value

Json: TypeAlias = Union[str, int, bool, "list[Json]", "dict[str, Json]", None]

NAMES = st.sampled_from(
    [
        "A",
        "B",
        "P",
        "Q",
        "C",
        "D",
        "M",
        "AWS::Region",
        "AWS::NoValue",
        "A.Arn",
        "${P}",
        "${A.Arn}-${Q}",
        "0",
        "1",
        "",
    ]
)
SCALARS: st.SearchStrategy[Json] = st.one_of(
    NAMES,
    st.integers(-2, 300),
    st.booleans(),
    st.none(),
    st.just("{{resolve:ssm:x}}"),
    st.just("10.0.0.0/16"),
)
KEYS = st.sampled_from(
    [
        *FUNCTIONS,
        "Fn::If",
        "Fn::And",
        "Fn::Or",
        "Fn::Not",
        "Fn::Equals",
        "Condition",
        "Fn::Transform",
        "Fn::ForEach::L",
        "Name",
        "x",
    ]
)


def grown(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    function = st.builds(lambda key, value: {key: value}, KEYS, inner)
    mapping = st.dictionaries(KEYS, inner, max_size=3)
    return st.one_of(st.lists(inner, max_size=4), function, function, mapping)


VALUES = st.recursive(SCALARS, grown, max_leaves=12)
ENTRIES = st.fixed_dictionaries(
    {},
    optional={
        "Type": st.sampled_from(
            ["AWS::S3::Bucket", "AWS::CloudFormation::Stack", "String", "Number", "CommaDelimitedList"]
        ),
        "Properties": VALUES,
        "Condition": NAMES,
        "Default": VALUES,
        "Value": VALUES,
        "Export": VALUES,
    },
)
TEMPLATES = st.fixed_dictionaries(
    {"AWSTemplateFormatVersion": st.just("2010-09-09")},
    optional={
        "Parameters": st.dictionaries(st.sampled_from(["P", "Q", "A"]), ENTRIES),
        "Conditions": st.dictionaries(st.sampled_from(["C", "D"]), VALUES),
        "Mappings": st.dictionaries(st.sampled_from(["M", "x"]), VALUES),
        "Resources": st.dictionaries(
            st.sampled_from(["A", "B", "Fn::ForEach::L"]), st.one_of(ENTRIES, VALUES)
        ),
        "Outputs": st.one_of(VALUES, st.dictionaries(st.sampled_from(["O"]), ENTRIES)),
        "Transform": VALUES,
    },
)


def strings(value: Value) -> set[str]:
    if isinstance(value, str):
        return {value}
    if isinstance(value, Text):
        return {part for part in value.parts if isinstance(part, str)}
    if isinstance(value, (list, OpenList)):
        items = value.items if isinstance(value, OpenList) else value
        return {text for item in items for text in strings(item)}
    if isinstance(value, (dict, OpenDict)):
        members = value.items if isinstance(value, OpenDict) else value
        return {text for item in members.values() for text in strings(item)}
    return set()


@settings(max_examples=100, deadline=None)
@given(TEMPLATES)
def test_any_template_is_resolved(template: Json) -> None:
    text = json.dumps(template)
    if not isinstance(template, dict) or not isinstance(template.get("Resources", {}), dict):
        return
    first, second = stack(text), stack(text)
    listed = list(resources_of(first))
    assert list(resources_of(second)) == listed
    assert list(problems_of(second)) == list(problems_of(first))
    for resource in listed:
        assert all("{{resolve:" not in text for text in strings(dict(resource.attributes)))


def agrees(partly: Value, whole: Value) -> bool:
    """Whether what is said where something is not known holds where it is."""
    if isinstance(partly, Unknown):
        return True
    if isinstance(partly, Text):
        known = whole if isinstance(whole, str) else "".join(sorted(strings(whole)))
        return isinstance(whole, (Text, Unknown)) or all(
            part in known for part in partly.parts if isinstance(part, str)
        )
    if isinstance(partly, list):
        return isinstance(whole, list) and len(partly) == len(whole) and all(map(agrees, partly, whole))
    if isinstance(partly, OpenList):
        if isinstance(whole, OpenList):
            return True
        found = whole if isinstance(whole, list) else []
        return all(any(agrees(item, other) for other in found) for item in partly.items)
    if isinstance(partly, (dict, OpenDict)):
        mine = partly.items if isinstance(partly, OpenDict) else partly
        others = whole.items if isinstance(whole, OpenDict) else whole
        # A property that is not known may be one that is not there.
        return isinstance(others, dict) and all(
            isinstance(value, Unknown) or (key in others and agrees(value, others[key]))
            for key, value in mine.items()
        )
    return partly == whole


@settings(max_examples=200, deadline=None)
@given(TEMPLATES, st.sampled_from(["A", "x", "1", "10.0.0.0/16", "", "a,b"]), st.sampled_from(["B", "2"]))
def test_nothing_is_said_that_a_value_could_make_untrue(template: Json, one: str, other: str) -> None:
    if not isinstance(template, dict) or not isinstance(template.get("Resources", {}), dict):
        return
    unknown: Json = {"P": {"Type": "String"}, "Q": {"Type": "String"}}
    known: Json = {"P": {"Type": "String", "Default": one}, "Q": {"Type": "String", "Default": other}}
    partly, whole = (
        {found.id: found for found in resources_of(stack(json.dumps({**template, "Parameters": parameters})))}
        for parameters in (unknown, known)
    )
    for id_, resource in partly.items():
        if resource.exists is True:
            assert id_ in whole
        if id_ in whole:
            assert agrees(dict(resource.attributes), dict(whole[id_].attributes))


@settings(max_examples=60, deadline=None)
@given(TEMPLATES)
def test_any_template_is_followed(template: Json) -> None:
    if not isinstance(template, dict) or not isinstance(template.get("Resources", {}), dict):
        return
    with TemporaryDirectory() as directory:
        configurations, _ = scanned(repository(Path(directory), {"t.json": json.dumps(template)}))
        for configuration in configurations.values():
            for case in islice(all_cases(configuration), 20):
                assert {one.id for one in case.configuration.resources} <= {
                    one.id for one in configuration.resources
                }


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=string.printable, max_size=200))
def test_any_text_is_a_template_or_none_or_a_problem(text: str) -> None:
    read_template(f"AWSTemplateFormatVersion: x\nResources:\n  {text}".encode(), PATH)


LITERALS = st.recursive(
    st.one_of(
        st.text(alphabet=string.ascii_letters + " -/:.", max_size=12), st.integers(0, 10**6), st.booleans()
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text(alphabet=string.ascii_letters, min_size=1), inner, max_size=4),
    ),
    max_leaves=15,
)


@settings(max_examples=80, deadline=None)
@given(LITERALS)
def test_what_holds_no_function_is_left_as_it_is(value: Json) -> None:
    properties = {"Value": value}
    if isinstance(value, dict) and "Ref" in value:
        return
    template = {"Resources": {"A": {"Type": "AWS::S3::Bucket", "Properties": properties}}}
    (resource,) = resources_of(stack(json.dumps(template)))
    assert resource.attributes == properties


@settings(max_examples=80, deadline=None)
@given(st.lists(st.text(alphabet="abc", min_size=1), min_size=1), st.sampled_from([",", "-", "::"]))
def test_split_undoes_join(members: list[str], separator: str) -> None:
    joined: Json = {"Fn::Join": [separator, [*members]]}
    split: Json = {"Fn::Split": [separator, joined]}
    template = {"Resources": {"A": {"Type": "AWS::S3::Bucket", "Properties": {"V": split}}}}
    (resource,) = resources_of(stack(json.dumps(template)))
    assert resource.attributes == {"V": members}
