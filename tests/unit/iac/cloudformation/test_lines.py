"""The places of resources and properties."""

from __future__ import annotations

import json

from support.templates import line, resources

from checkov_ecs_endpoints.iac.configuration import AttributePath
from checkov_ecs_endpoints.values import Location

YAML = """\
Conditions:
  Private: !Equals [a, a]
Resources:
  Vpc:
    Type: AWS::EC2::VPC

  # The service.
  Service:
    Type: AWS::ECS::Service
    Properties:
      LaunchType: FARGATE
      TaskDefinition:
        !Ref Task
      NetworkConfiguration:
        AwsvpcConfiguration:
          Subnets:
            - !Ref AWS::NoValue
            - a
            - !If
              - Private
              - b
              - c
          SecurityGroups: !If
            - Private
            - - x
              - y
            - []
      # Nothing after this.

Outputs: {}
"""


def test_in_yaml() -> None:
    service = resources(YAML)["Service"]
    assert service.location == line(8, 27)
    network = ("NetworkConfiguration", "AwsvpcConfiguration")
    expected: dict[AttributePath, Location] = {
        ("LaunchType",): line(11),
        ("TaskDefinition",): line(12, 13),
        ("NetworkConfiguration",): line(14, 27),
        network: line(15, 27),
        (*network, "Subnets"): line(16, 22),
        (*network, "Subnets", 0): line(18),
        (*network, "Subnets", 1): line(19, 22),
        (*network, "SecurityGroups"): line(23, 27),
        (*network, "SecurityGroups", 0): line(25),
        (*network, "SecurityGroups", 1): line(26),
    }
    assert service.lines == expected


def test_in_json() -> None:
    template = {"Resources": {"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"Tags": [{"Key": "a"}]}}}}
    vpc = resources(json.dumps(template, indent=1))["Vpc"]
    assert vpc.location == line(3, 12)
    assert vpc.lines == {
        ("Tags",): line(6, 10),
        ("Tags", 0): line(7, 9),
        ("Tags", 0, "Key"): line(8),
    }


def test_places_of_an_alias_are_where_it_is_used_and_inside_where_it_is_written() -> None:
    text = """\
    Mappings:
      Defaults: &defaults
        Tags:
          - Key: a
    Resources:
      Vpc:
        Type: AWS::EC2::VPC
        Properties: *defaults
    """
    vpc = resources(text)["Vpc"]
    assert vpc.location == line(6, 8)
    assert vpc.lines == {("Tags",): line(3, 4), ("Tags", 0): line(4), ("Tags", 0, "Key"): line(4)}
