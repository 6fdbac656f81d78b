"""Both spellings that CloudFormation has for the network configuration of tasks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.templates import repository

from checkov_ecs_endpoints.cli.main import main

NETWORK = """\
Resources:
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.0.0/24}}
  Open: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc}}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {NetworkMode: awsvpc, ContainerDefinitions: [{Name: app, Image: nginx}]}
"""
CONFIGURATION = "{%s: {Subnets: [!Ref Subnet], SecurityGroups: [!GetAtt Open.GroupId]}}"
WORKLOADS = {
    "AWS::ECS::Service": """\
  Workload:
    Type: AWS::ECS::Service
    Properties: {LaunchType: FARGATE, TaskDefinition: !Ref Task, NetworkConfiguration: %s}
""",
    "AWS::ECS::TaskSet": """\
  Service:
    Type: AWS::ECS::Service
    Properties: {DeploymentController: {Type: EXTERNAL}}
  Workload:
    Type: AWS::ECS::TaskSet
    Properties:
      Service: !Ref Service
      LaunchType: FARGATE
      TaskDefinition: !Ref Task
      NetworkConfiguration: %s
""",
    "AWS::Events::Rule": """\
  Workload:
    Type: AWS::Events::Rule
    Properties:
      Targets:
        - Id: run
          Arn: !Sub 'arn:aws:ecs:${AWS::Region}:${AWS::AccountId}:cluster/main'
          EcsParameters: {LaunchType: FARGATE, TaskDefinitionArn: !Ref Task, NetworkConfiguration: %s}
""",
    "AWS::Scheduler::Schedule": """\
  Workload:
    Type: AWS::Scheduler::Schedule
    Properties:
      Target:
        Arn: !Sub 'arn:aws:ecs:${AWS::Region}:${AWS::AccountId}:cluster/main'
        EcsParameters: {LaunchType: FARGATE, TaskDefinitionArn: !Ref Task, NetworkConfiguration: %s}
""",
}


@pytest.mark.parametrize("spelling", ["AwsvpcConfiguration", "AwsVpcConfiguration"])
@pytest.mark.parametrize("kind", WORKLOADS)
def test_both_spellings(kind: str, spelling: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    template = NETWORK + WORKLOADS[kind] % (CONFIGURATION % spelling)
    repository(tmp_path, {"app.yaml": template})
    assert main(["scan", str(tmp_path), "--check", "ECSNET_401", "--format", "json"]) == 1
    report = json.loads(capsys.readouterr().out)
    failed = [one["resource"] for one in report["results"] if one["result"] == "FAILED"]
    assert (failed, report["errors"]) == ([f"{kind}.Workload"], [])
