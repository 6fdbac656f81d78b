"""Parameter files: every shape that people write, and every way of getting one wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkov_ecs_endpoints.iac.cloudformation.parameter_files import (
    MAX_BYTES,
    ParameterFile,
    read_parameters,
)
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location, Unknown, Value, Why

PATH = Path("/repository/prod.json")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('[{"ParameterKey": "A", "ParameterValue": "x"}]', {"A": "x"}),
        (
            "- ParameterKey: A\n  ParameterValue: 3\n- ParameterKey: B\n  ParameterValue: true\n",
            {"A": "3", "B": "true"},
        ),
        ('["A=x", "B=y=z", "C="]', {"A": "x", "B": "y=z", "C": ""}),
        ('{"Parameters": {"A": "x"}, "Tags": {"t": "u"}, "StackPolicy": {}}', {"A": "x"}),
        ("Parameters:\n  A: x\n", {"A": "x"}),
        ("template-file-path: app.yaml\nparameters:\n  A: x\ntags: {t: u}\n", {"A": "x"}),
        ("template-file-path: app.yaml\n", {}),
        ('{"A": "x", "B": 012}', {"A": "x", "B": "012"}),
        ("A: x\nB: [1, y]\nC: ''\n", {"A": "x", "B": ["1", "y"], "C": ""}),
        ("Parameters: x\n", {"Parameters": "x"}),
        ("[]", {}),
    ],
)
def test_shapes(text: str, values: dict[str, Value]) -> None:
    found = read_parameters(text.encode(), PATH)
    assert isinstance(found, ParameterFile), found
    assert found.values == values


@pytest.mark.parametrize(
    ("text", "plain"),
    [("A: x\n", True), ('["A=x"]', False), ("Parameters: {A: x}\n", False)],
)
def test_a_plain_mapping_says_nothing_of_itself(text: str, plain: bool) -> None:
    found = read_parameters(text.encode(), PATH)
    assert isinstance(found, ParameterFile)
    assert found.plain is plain


def test_what_the_file_leaves_to_others_is_not_known() -> None:
    text = '[{"ParameterKey": "A", "UsePreviousValue": true}]'
    found = read_parameters(text.encode(), PATH)
    assert isinstance(found, ParameterFile)
    place = Location(PATH.as_posix(), 1)
    assert found.values == {
        "A": Unknown(Why.NO_VALUE, "parameter A", place, "it keeps the value it has in AWS")
    }
    text = '{"Parameters": {"A": {"Fn::GetArtifactAtt": ["build", "URL"]}}}'
    found = read_parameters(text.encode(), PATH)
    assert isinstance(found, ParameterFile)
    assert found.values == {
        "A": Unknown(Why.UNSUPPORTED, "parameter A", place, "a function that the pipeline applies")
    }


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 0, "empty, where a parameter file is expected"),
        ("just text", 1, "a parameter file is a list or a mapping"),
        ("A: x\nB: [\n", 3, "not valid YAML or JSON: did not find expected node content"),
        ("A: x\nA: y\n", 2, "key A is given twice, first on line 1"),
        ("A: x\nB:\n", 2, "parameter B is no text"),
        ("A:\n  - x\n  - {y: z}\n", 3, "parameter A is no text"),
        ('[\n{"ParameterKey": "A", "ParameterValue": null}]', 2, "parameter A is no text"),
        ('[\n{"ParameterKey": "A"}]', 2, "parameter A has no ParameterValue"),
        ('[\n{"Key": "A", "Value": "x"}]', 2, "no ParameterKey, which every member of the list has"),
        ('[\n"A"]', 2, "no ParameterKey, which every member of the list has"),
        ('["A=x",\n"A=y"]', 2, "parameter A is given twice"),
        ("Resources: {}\n", 1, "a template, where a parameter file is expected"),
    ],
)
def test_errors_have_their_line_and_no_value(text: str, line: int, message: str) -> None:
    assert read_parameters(text.encode(), PATH) == Problem(PATH.as_posix(), line, message)


def test_a_file_that_is_not_utf_8_or_far_too_large() -> None:
    assert read_parameters(b"A: x\nB: \xff\n", PATH) == Problem(PATH.as_posix(), 2, "not encoded in UTF-8")
    large = b"A: x\n" + b"#" * MAX_BYTES
    assert read_parameters(large, PATH) == Problem(
        PATH.as_posix(), 0, f"larger than {MAX_BYTES} bytes, which no parameter file is"
    )
