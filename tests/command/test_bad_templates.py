"""Templates that cannot be used: a clear error with its line, the rest still scanned; or a quick pass."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from support.templates import repository

from checkov_ecs_endpoints.cli.main import main

VERSION = "AWSTemplateFormatVersion: '2010-09-09'\n"
GOOD = """\
Resources:
  Rule:
    Type: AWS::Events::Rule
    Properties: {ScheduleExpression: rate(1 day)}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {NetworkMode: awsvpc, ContainerDefinitions: [{Name: app, Image: nginx}]}
  Service:
    Type: AWS::ECS::Service
    Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task}
"""
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9)
)


def scan(capsys: pytest.CaptureFixture[str], directory: Path) -> tuple[int, dict[str, Any]]:
    code = main(["scan", str(directory), "--format", "json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (VERSION + "Resources: [\n", 3, "not valid YAML or JSON: did not find expected node content"),
        (VERSION + "Resources:\n\tVpc:\n", 3, "found character that cannot start any token"),
        (VERSION + "---\nResources: {}\n", 2, "more than one document in a file"),
        (VERSION + "Resources:\n  Vpc: *nothing\n", 3, "alias *nothing has no anchor before it"),
        (VERSION + "Resources: &a\n  Vpc: *a\n", 3, "alias *a contains itself"),
        (VERSION + BOMB, 7, "more than 200000 values with its aliases written out"),
        (VERSION + "Resources: " + "[" * 5000 + "\n", 2, "nested more than 100 levels deep"),
        (VERSION + "Resources:\n- Vpc\n", 3, "Resources is not a mapping"),
        (VERSION + "Resources:\n  Vpc: {Properties: {}}\n", 3, "resource Vpc has no Type"),
        (VERSION + "Resources:\n  {% if a %}\n", 3, "it has marks of a generator, scan what it generates"),
        ('{"Resources": {\n"Vpc": {"Type": "AWS::EC2::VPC",,}}}', 2, "did not find expected node content"),
        (VERSION + "# \xff\n", 2, "not encoded in UTF-8"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_clear_error_and_the_rest_is_scanned(
    text: str, line: int, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository(tmp_path, {"good.yaml": GOOD})
    (tmp_path / "bad.yaml").write_bytes(text.encode("latin-1"))
    begin = time.process_time()
    code, report = scan(capsys, tmp_path)
    assert time.process_time() - begin < 5
    assert code == 2
    (error,) = report["errors"]
    assert (error["file_path"], error["line"]) == ("bad.yaml", line)
    assert message in error["message"]
    assert report["summary"]["workloads"] == 1


def test_a_template_that_is_far_too_large(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.yaml").write_text(VERSION + "# a comment\n" * 400_000)
    code, report = scan(capsys, tmp_path)
    assert code == 2
    (error,) = report["errors"]
    assert (error["file_path"], error["line"]) == ("bad.yaml", 0)
    assert error["message"].startswith("larger than 4000000 bytes")


@pytest.mark.parametrize(
    "text",
    [
        "kind: ConfigMap\nmetadata: {name: [\n",
        '{"name": "AWS::EC2::VPC", "Resources": 1,,}',
        "- not\n- a template: [\n",
        "Resources:\n  Vpc:\n    Type: docker\n",
    ],
)
def test_what_does_not_claim_to_be_a_template_passes(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.yaml").write_text(text)
    assert scan(capsys, tmp_path)[1]["errors"] == []


def test_fifty_megabytes_of_json_that_is_no_template_pass_quickly(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    member = '{"resource": "AWS::EC2::VPC", "Resources": ["a", "b"], "note": "x"},\n'
    (tmp_path / "data.json").write_text("[" + member * (50_000_000 // len(member)) + "{}]")
    assert (tmp_path / "data.json").stat().st_size > 49_000_000
    begin = time.process_time()
    code, report = scan(capsys, tmp_path)
    assert (code, report["errors"]) == (0, [])
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Cluster: !Mystery x", "Fn::Mystery is not evaluated by this version"),
        ("Cluster: {'Fn::Mystery': x}", "Fn::Mystery is not evaluated by this version"),
    ],
)
def test_tags_and_functions_that_do_not_exist_make_a_value_unknown(
    text: str, reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    subnets = text.replace("Cluster", "AwsvpcConfiguration")
    service = f"NetworkConfiguration: {{{subnets}}}, TaskDefinition: !Ref Task"
    repository(tmp_path, {"app.yaml": GOOD.replace("TaskDefinition: !Ref Task", service)})
    code, report = scan(capsys, tmp_path)
    assert (code, report["errors"]) == (0, [])
    undecided = [one for one in report["results"] if one["result"] == "UNKNOWN"]
    assert undecided
    assert any(reason in str(one) for one in undecided)


@pytest.mark.parametrize(
    "text",
    [
        # A condition, a resource, a template that depends on itself.
        "Conditions: {A: !Condition B, B: !Condition A}\n" + GOOD,
        GOOD.replace("LaunchType: FARGATE", "LaunchType: !GetAtt Service.LaunchType"),
        GOOD + "  Again: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: app.yaml}}\n",
        GOOD + "Outputs: {A: {Value: !ImportValue a, Export: {Name: a}}}\n",
        GOOD + "  'Fn::ForEach::A': [X, [!GetAtt Service.Name], {'${X}': {Type: AWS::EC2::VPC}}]\n",
    ],
)
def test_circular_references_come_to_an_end(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    repository(tmp_path, {"app.yaml": text})
    code, report = scan(capsys, tmp_path)
    assert (code in (0, 1), report["errors"]) == (True, [])
    assert report["summary"]["workloads"] == 1
