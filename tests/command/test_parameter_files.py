"""Parameter files, from the command line and the settings to the report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.templates import repository

from checkov_ecs_endpoints.cli.main import main

SERVICE = """\
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Assign: {Type: String}
  Password: {Type: String, NoEcho: true, Default: ''}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Gateway: {Type: AWS::EC2::InternetGateway}
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Route:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
  Association:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !Ref Table, SubnetId: !Ref Subnet}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      NetworkMode: awsvpc
      ContainerDefinitions: [{Name: app, Image: nginx}]
  Service:
    Type: AWS::ECS::Service
    Properties:
      LaunchType: FARGATE
      TaskDefinition: !Ref Task
      NetworkConfiguration:
        AwsvpcConfiguration: {Subnets: [!Ref Subnet], AssignPublicIp: !Ref Assign}
"""


def scan(
    capsys: pytest.CaptureFixture[str], directory: Path, *options: str
) -> tuple[int, list[tuple[str, str]], list[dict[str, Any]]]:
    """The exit code, what is said of ECSNET_403 in each root, and the errors."""
    code = main(["scan", str(directory), "--check", "ECSNET_403", "--format", "json", *options])
    report = json.loads(capsys.readouterr().out)
    return code, [(result["root"], result["result"]) for result in report["results"]], report["errors"]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    files = {"app.yaml": SERVICE, "open.json": '["Assign=ENABLED"]', "closed.json": '["Assign=DISABLED"]'}
    return repository(tmp_path, files)


def test_a_file_decides(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert scan(capsys, directory) == (0, [("app.yaml", "UNKNOWN")], [])
    option = "--parameter-file"
    assert scan(capsys, directory, option, f"{directory}/open.json") == (1, [("app.yaml", "FAILED")], [])
    assert scan(capsys, directory, option, f"{directory}/closed.json") == (0, [("app.yaml", "PASSED")], [])
    both = [option, f"{directory}/closed.json", option, f"{directory}/open.json"]
    assert scan(capsys, directory, *both) == (1, [("app.yaml", "FAILED")], [])


def test_the_text_names_the_files_and_the_option(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(directory), "--check", "ECSNET_403"]) == 0
    report = " ".join(capsys.readouterr().out.split())
    assert (
        "parameter Assign is a variable or parameter without a value: closed.json, open.json would decide "
        "it, but nothing chooses that file (--parameter-file, or `roots` in the settings)"
    ) in report
    assert "give it a value: a default, --parameter-file, or parameter_files in the settings" in report


def test_named_roots(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (directory / ".ecs-endpoints.yaml").write_text(
        "roots:\n"
        "  - {path: app.yaml, parameter_files: [open.json], name: test}\n"
        "  - {path: app.yaml, parameter_files: [closed.json], name: prod}\n"
    )
    code, results, errors = scan(capsys, directory)
    assert (code, errors) == (1, [])
    assert sorted(results) == [("app.yaml#prod", "PASSED"), ("app.yaml#test", "FAILED")]


def test_a_nested_stack_of_a_named_root(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parent = """\
        AWSTemplateFormatVersion: '2010-09-09'
        Parameters: {Public: {Type: String}}
        Resources:
          Child:
            Type: AWS::CloudFormation::Stack
            Properties: {TemplateURL: app.yaml, Parameters: {Assign: !Ref Public}}
        """
    settings = "roots:\n  - {path: parent.yaml, parameter_files: [p.json], name: prod}\n"
    files = {"parent.yaml": parent, ".ecs-endpoints.yaml": settings, "p.json": '["Public=ENABLED"]'}
    repository(directory, files)
    assert scan(capsys, directory) == (1, [("parent.yaml#prod/Child", "FAILED")], [])


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("- Assign=ENABLED\n- [\n", 3, "not valid YAML or JSON: did not find expected node content"),
        ("- {ParameterKey: Assign}\n", 1, "parameter Assign has no ParameterValue"),
        ("Asign: ENABLED\n", 0, "gives a value to no parameter of a template of this scan"),
    ],
)
def test_a_file_that_cannot_be_used(
    text: str, line: int, message: str, directory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (directory / "bad.yaml").write_text(text)
    code, results, errors = scan(capsys, directory, "--parameter-file", f"{directory}/bad.yaml")
    assert code == 2
    assert results == [("app.yaml", "UNKNOWN")]
    assert errors == [{"file_path": "bad.yaml", "line": line, "message": message}]


def test_a_file_that_is_not_there(directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(directory), "--parameter-file", "no.json"]) == 2
    assert "--parameter-file no.json is not a file" in capsys.readouterr().err


def test_a_file_outside_is_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inside = tmp_path / "repository"
    inside.mkdir()
    repository(inside, {"app.yaml": SERVICE})
    (tmp_path / "p.json").write_text('["Assign=ENABLED"]')
    code, results, errors = scan(capsys, inside, "--parameter-file", f"{tmp_path}/p.json")
    assert (code, results) == (2, [("app.yaml", "UNKNOWN")])
    assert [error["message"] for error in errors] == [
        "lies outside the repository that is scanned; --root names what may be read"
    ]


def test_a_file_for_one_of_two_repositories(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        repository(tmp_path / name, {"app.yaml": SERVICE, "p.json": '["Assign=ENABLED"]'})
    paths = [f"{tmp_path}/one", f"{tmp_path}/two"]
    options = ["--check", "ECSNET_403", "--format", "json", "--parameter-file", f"{tmp_path}/one/p.json"]
    assert main(["scan", *paths, *options]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [result["result"] for result in report["results"]] == ["FAILED", "UNKNOWN"]
    assert report["errors"] == []


@pytest.mark.parametrize("form", ["text", "json"])
def test_secrets_are_shown_nowhere(form: str, directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (directory / "secret.json").write_text('["Password=hunter2", "Assign=hunter2"]')
    (directory / "app.yaml").write_text(SERVICE.replace("Image: nginx", "Image: !Ref Password"))
    for text in ('["Password=hunter2"]', '["Password=hunter2", "Password=hunter2"]', '{"Password": [hunter2'):
        (directory / "secret.json").write_text(text)
        main(["scan", str(directory), "--format", form, "--parameter-file", f"{directory}/secret.json"])
        printed = capsys.readouterr()
        assert "hunter2" not in printed.out + printed.err
