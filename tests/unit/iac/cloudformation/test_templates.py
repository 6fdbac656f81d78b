"""Which files are templates, and which only claim to be."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from support.templates import template

from checkov_ecs_endpoints.iac.cloudformation.templates import MAX_BYTES, Template, read_template
from checkov_ecs_endpoints.results import Problem

PATH = Path("/repository/template.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "AWSTemplateFormatVersion: '2010-09-09'\n",
        "Resources:\n  A:\n    Type: AWS::S3::Bucket\n",
        "Resources:\n  A:\n    Type: Custom::Thing\n  B:\n    Type: AWS::S3::Bucket\n",
        '{"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}',
        "Transform: AWS::Serverless-2016-10-31\nResources: {A: {Type: AWS::Serverless::Function}}\n",
    ],
)
def test_templates(text: str) -> None:
    assert isinstance(read_template(text.encode(), PATH), Template)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: 1\n",
        "- AWS::S3::Bucket\n- Resources\n",
        "Resources:\n  A:\n    Type: other\nNote: AWS::S3::Bucket\n",
        "Resources: AWS::S3::Bucket\n",
        "resources:\n  Resources:\n    A:\n      Type: AWS::S3::Bucket\n",
        "kind: ConfigMap\ndata:\n  t.yaml: |\n    AWSTemplateFormatVersion: '2010-09-09'\n",
        "kind: ConfigMap\n---\ndata:\n  t.yaml: |\n    AWSTemplateFormatVersion: '2010-09-09'\n",
        '{"body": "{\\"AWSTemplateFormatVersion\\": \\"2010-09-09\\"}",,}',
        '{"ResourceTypes": {"AWS::S3::Bucket": {"Resources": 1}}}',
        "{% if x %}\nResources: AWS::\n{% endif %}\n",
        "version: {{ V }}\nResources:\n  - TargetService:\n      Type: AWS::ECS::Service\n",
        "version: {{ V }}\nResources:\n# the service \n\n- A:\n    Type: AWS::ECS::Service\n",
    ],
)
def test_everything_else_passes_silently(text: str) -> None:
    assert read_template(text.encode(), PATH) is None


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (
            "AWSTemplateFormatVersion: '2010-09-09'\nResources:\n\tA: 1\n",
            3,
            "not valid YAML or JSON: found character that cannot start any token",
        ),
        (
            "AWSTemplateFormatVersion: '2010-09-09'\n{% if x %}\nResources: {}\n",
            2,
            "not valid YAML or JSON: found character that cannot start any token"
            "; it has marks of a generator, scan what it generates",
        ),
        (
            "Resources:\n  A:\n    Type: AWS::S3::Bucket\n  B: {{ b }}\n",
            4,
            "a key that is not a text; it has marks of a generator, scan what it generates",
        ),
        (
            '{"Resources": {"A": {"Type": "AWS::S3::Bucket",,}}}',
            1,
            "not valid YAML or JSON: did not find expected node content",
        ),
        ("AWSTemplateFormatVersion: x\nResources: [a]\n", 2, "Resources is not a mapping"),
    ],
)
def test_what_claims_to_be_a_template_but_is_none(text: str, line: int, message: str) -> None:
    assert read_template(text.encode(), PATH) == Problem(str(PATH), line, message)


def test_a_template_that_is_too_large() -> None:
    text = "AWSTemplateFormatVersion: x\n" + "# \n" * MAX_BYTES
    message = f"larger than {MAX_BYTES} bytes; CloudFormation takes templates of at most 1 MB"
    assert read_template(text.encode(), PATH) == Problem(str(PATH), 0, message)


@pytest.mark.parametrize(
    "text",
    [
        '{"Resources": {' + '"x": {"T": "AWS::"},' * 500_000 + "}",
        "Resources:\n" * 1_000_000 + "AWS::",
        "Resources:\n" + "#  \n" * 1_000_000 + "  AWS::",
        '{"Resources": {' * 700_000 + "AWS::",
        " " * 10_000_000 + "Resources AWS::",
        '{"a": "AWS::Resources' + "x" * 10_000_000 + '"}',
    ],
    ids=["types", "yaml keys", "comments", "json keys", "blanks", "text"],
)
def test_large_files_that_are_no_templates_cost_little(text: str) -> None:
    data = text.encode()
    begin = time.process_time()
    assert read_template(data, PATH) is None
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("AWS::Serverless-2016-10-31", ("AWS::Serverless-2016-10-31",)),
        ("[AWS::LanguageExtensions, Mine]", ("AWS::LanguageExtensions", "Mine")),
        ("{Name: AWS::Include, Parameters: {Location: x}}", ("AWS::Include",)),
        ("[{Name: Mine}]", ("Mine",)),
        ("{}", ()),
    ],
)
def test_transforms(written: str, names: tuple[str, ...]) -> None:
    assert template(f"AWSTemplateFormatVersion: x\nTransform: {written}\n").transforms == names
