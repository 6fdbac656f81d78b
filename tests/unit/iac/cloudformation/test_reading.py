"""The front end as the pipeline calls it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.templates import found, repository, resources, scanned

from checkov_ecs_endpoints.iac.configuration import Framework, Handover
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Location, OpenDict, Reference, Unknown, Value, Why

BUCKET = "Resources:\n  A: {Type: AWS::S3::Bucket}\n"


def test_a_repository(tmp_path: Path) -> None:
    repository(
        tmp_path,
        {
            "a.yaml": BUCKET,
            "b.yml": BUCKET,
            "c.template": '{"Resources": {"A": {"Type": "AWS::S3::Bucket"}}}',
            "d.json": '{"name": "AWS::S3::Bucket", "Resources": 1}',
            "e.txt": BUCKET,
            "f.yaml": "AWSTemplateFormatVersion: x\nResources: {{ x }}\n",
            "node_modules/g.yaml": BUCKET,
        },
    )
    configurations, problems = scanned(tmp_path)
    assert list(configurations) == ["a.yaml", "b.yml", "c.template"]
    message = "a key that is not a text; it has marks of a generator, scan what it generates"
    assert problems == [Problem(str(tmp_path / "f.yaml"), 2, message)]
    configuration = configurations["a.yaml"]
    assert configuration.framework is Framework.CLOUDFORMATION
    assert configuration.region == Reference("AWS::Region", ())
    assert configuration.files == {str(tmp_path / "a.yaml")}


def test_only_what_is_asked_about(tmp_path: Path) -> None:
    broken = "AWSTemplateFormatVersion: x\nResources: {{ x }}\n"
    repository(tmp_path, {"in/a.yaml": BUCKET, "out/b.yaml": BUCKET, "out/c.yaml": broken})
    configurations, problems = scanned(tmp_path, "in")
    assert list(configurations) == ["in/a.yaml"]
    assert problems == []


def test_the_region_of_the_settings(tmp_path: Path) -> None:
    repository(tmp_path, {"a.yaml": BUCKET})
    configurations, _ = scanned(tmp_path, settings=Settings(default_region="eu-west-1"))
    assert configurations["a.yaml"].region == "eu-west-1"


def test_a_resource_as_the_rest_of_the_project_knows_it() -> None:
    text = """\
    Resources:
      Service:
        Type: AWS::ECS::Service
        DependsOn: Other
        DeletionPolicy: Retain
        Metadata:
          checkov: {skip: [{id: ECSNET_100, comment: later}]}
        Properties: {LaunchType: FARGATE}
      Other: {Type: Custom::Thing, Properties: {A: !GetAtt Service.Name}}
      Bare: {Type: AWS::Serverless::Function}
    """
    listed = resources(text)
    service = listed["Service"]
    assert (service.id, service.address) == ("AWS::ECS::Service.Service",) * 2
    assert (service.type, service.stack, service.exists) == ("AWS::ECS::Service", "", True)
    assert service.attributes == {"LaunchType": "FARGATE"}
    assert service.metadata == {"checkov": {"skip": [{"id": "ECSNET_100", "comment": "later"}]}}
    assert listed["Other"].attributes == {"A": Reference("AWS::ECS::Service.Service", ("Name",))}
    assert listed["Bare"].attributes == {}


@pytest.mark.parametrize(
    ("body", "has"),
    [
        ("{}", "no Type"),
        ("a", "no Type"),
        ("[a]", "no Type"),
        ("", "no Type"),
        ("{Type: [a]}", "a Type that is no text"),
        (
            "{Type: !Rain::Module ../vpc.yml}",
            "a Type that is no text: !Rain::Module is none of CloudFormation's functions, "
            "scan what it is packaged to",
        ),
    ],
)
def test_what_is_no_resource_is_a_problem(tmp_path: Path, body: str, has: str) -> None:
    repository(tmp_path, {"a.yaml": f"{BUCKET}  B: {body}\n"})
    configurations, problems = scanned(tmp_path)
    assert [one.id for one in configurations["a.yaml"].resources] == ["AWS::S3::Bucket.A"]
    assert problems == [Problem(str(tmp_path / "a.yaml"), 3, f"resource B has {has}")]


@pytest.mark.parametrize(
    ("transform", "handed"),
    [
        ("AWS::Serverless-2016-10-31", []),
        ("[AWS::LanguageExtensions, 'AWS::SecretsManager-2020-07-23']", []),
        ("{Name: AWS::Include, Parameters: {Location: s3://x}}", ["macro AWS::Include"]),
        ("AWS::CodeDeployBlueGreen", []),
        ("Mine", ["macro Mine"]),
        ("[AWS::LanguageExtensions, Mine, {Name: Other}]", ["macro Mine", "macro Other"]),
    ],
)
def test_macros_may_add_anything(tmp_path: Path, transform: str, handed: list[str]) -> None:
    repository(tmp_path, {"a.yaml": f"Transform: {transform}\n{BUCKET}"})
    everything: list[Value] = [Reference("AWS::S3::Bucket.A", ("Ref",))]
    place = Location(str(tmp_path / "a.yaml"), 1)
    assert scanned(tmp_path)[0]["a.yaml"].handovers == tuple(Handover(to, everything, place) for to in handed)


def test_what_a_transform_adds_is_not_known(tmp_path: Path) -> None:
    text = (
        "Transform: AWS::Serverless-2016-10-31\nResources:\n"
        "  A: {Type: AWS::S3::Bucket, Properties: {Role: !GetAtt FunctionRole.Arn}}\n"
    )
    repository(tmp_path, {"a.yaml": text})
    bucket = found(scanned(tmp_path)[0]["a.yaml"], "AWS::S3::Bucket.A")
    assert bucket.attributes["Role"] == Unknown(
        Why.UNSUPPORTED,
        "FunctionRole",
        Location(str(tmp_path / "a.yaml"), 3),
        "not in the template; the transform AWS::Serverless-2016-10-31 may add it",
    )


def test_a_macro_among_properties_leaves_them_open() -> None:
    text = """\
    Resources:
      A:
        Type: AWS::S3::Bucket
        Properties:
          Own: 1
          Inner: {a: 1, 'Fn::Transform': {Name: More}}
          Fn::Transform: {Name: Mine, Parameters: {}}
    """
    bucket = resources(text)["A"]
    assert isinstance(bucket.exists, Unknown)
    assert (bucket.exists.why, bucket.exists.subject) == (Why.UNSUPPORTED, "Fn::Transform Mine")
    inner = bucket.attributes["Inner"]
    assert isinstance(inner, OpenDict) and inner.items == {"a": 1}
    assert bucket.attributes["Own"] == 1


def test_stack_sets_are_handovers(tmp_path: Path) -> None:
    text = (
        "Resources:\n  Vpc: {Type: AWS::EC2::VPC}\n"
        "  Set:\n    Type: AWS::CloudFormation::StackSet\n"
        "    Properties: {Parameters: [{ParameterValue: !Ref Vpc}]}\n"
    )
    repository(tmp_path, {"a.yaml": text})
    (handover,) = scanned(tmp_path)[0]["a.yaml"].handovers
    assert handover.to == "stack set Set"
    assert handover.values == [{"ParameterValue": Reference("AWS::EC2::VPC.Vpc", ("Ref",))}]


def test_links_out_of_the_repository_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text(BUCKET)
    inside = tmp_path / "repository"
    inside.mkdir()
    repository(inside, {"a.yaml": BUCKET})
    (inside / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    assert list(scanned(inside)[0]) == ["a.yaml"]
