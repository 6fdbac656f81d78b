"""Templates under Checkov: what the CDK synthesizes, and parameters that the settings give."""

from __future__ import annotations

from pathlib import Path

from support.cdk import ASSEMBLY, CONSTRUCT
from support.checkov import checkov
from support.templates import repository

SETTINGS = """\
roots:
  - {path: app.yaml, parameter_files: [open.json], name: test}
  - {path: app.yaml, parameter_files: [closed.json], name: prod}
"""
TEMPLATE = """\
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Destination: {Type: String}
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      VpcId: !Ref Vpc
      SecurityGroupEgress: [{IpProtocol: '-1', CidrIp: !Ref Destination}]
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
        AwsvpcConfiguration: {Subnets: [!Ref Subnet], SecurityGroups: [!Ref Group]}
"""


def test_a_cloud_assembly_and_named_roots(tmp_path: Path) -> None:
    files = {
        **ASSEMBLY,
        "app.yaml": TEMPLATE,
        ".ecs-endpoints.yaml": SETTINGS,
        "open.json": '["Destination=0.0.0.0/0"]',
        "closed.json": '["Destination=10.0.0.0/16"]',
    }
    (tmp_path / "repository").mkdir()
    directory = repository(tmp_path / "repository", files)
    options = ("--check", "ECSNET_401", "--framework", "cloudformation")
    run = checkov(directory, tmp_path / "results", *options)

    synthesized = run.one("ECSNET_401", "AWS::ECS::Service.Service9571FDD8")
    assert (synthesized["result"], synthesized["file_path"]) == ("FAILED", "/cdk.out/Shop.template.json")
    assert f"construct: {CONSTRUCT}" in synthesized["details"]

    service = run.one("ECSNET_401", "AWS::ECS::Service.Service")
    assert service["result"] == "FAILED"
    named = [line for line in service["details"] if " in app.yaml#" in line]
    assert named == ["PASSED in app.yaml#prod:", "FAILED in app.yaml#test:"]
