"""What is cut out of a configuration for the steps of evidence."""

from __future__ import annotations

from pathlib import Path

from reference.excerpts import excerpt

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.values import Location

TERRAFORM = """\
# A comment of the file.
resource "aws_vpc" "main" {
  # A comment.
  cidr_block = "10.0.0.0/16"
}

resource "aws_ecs_task_definition" "api" {
  family       = "api"
  network_mode = "awsvpc"
  cpu          = 256
  memory       = 512
  container_definitions = jsonencode([
    {
      name      = "api"
      image     = "nginx:1.27"
      essential = true
    }
  ])
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.main.id]
}
"""

TEMPLATE = """\
Resources:

  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16

  Api:
    Type: AWS::ECS::Service
    Properties:
      Cluster: main
      DesiredCount: 2
      TaskDefinition: !Ref TaskDefinition
      NetworkConfiguration:
        AwsvpcConfiguration:
          Subnets: [!Ref Subnet]
          SecurityGroups: [!Ref Group]

Outputs:
  Vpc:
    Value: !Ref Vpc
"""


def steps(path: Path, text: str, *places: tuple[str, str]) -> list[Step]:
    """Steps with their sentences at the lines that begin with a text."""
    path.write_text(text, encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    return [
        Step(
            sentence,
            "",
            Location(path.as_posix(), next(n for n, line in enumerate(lines, 1) if line.startswith(at))),
        )
        for sentence, at in places
    ]


def test_long_blocks_are_cut_down_to_what_is_said_of_them(tmp_path: Path) -> None:
    evidence = steps(
        tmp_path / "main.tf",
        TERRAFORM,
        ('container "api" pulls nginx:1.27', "container_definitions"),
        ("it has no endpoint", 'resource "aws_vpc"'),
    )
    assert excerpt(evidence) == [
        'resource "aws_vpc" "main" {',
        '  cidr_block = "10.0.0.0/16"',
        "}",
        "",
        'resource "aws_ecs_task_definition" "api" {',
        "  # ...",
        "  container_definitions = jsonencode([",
        "    {",
        "      # ...",
        '      image     = "nginx:1.27"',
        "      # ...",
        "    }",
        "  ])",
        "}",
    ]


def test_endpoints_come_first_where_not_all_has_room(tmp_path: Path) -> None:
    evidence = steps(
        tmp_path / "main.tf",
        TERRAFORM,
        ("aws_vpc_endpoint.s3 is on aws_route_table.main", "route_table_ids"),
        ("the VPC is in eu-west-1", 'resource "aws_vpc"'),
    )
    assert [line for line in excerpt(evidence, 5) if line.startswith("resource")] == [
        'resource "aws_vpc_endpoint" "s3" {'
    ]
    assert len(excerpt(evidence, 9)) == 9


def test_resources_of_templates(tmp_path: Path) -> None:
    evidence = steps(tmp_path / "template.yaml", TEMPLATE, ("it is in subnet Subnet", "Subnets"))
    assert excerpt(evidence) == [
        "Api:",
        "  Type: AWS::ECS::Service",
        "  Properties:",
        "    # ...",
        "    NetworkConfiguration:",
        "      AwsvpcConfiguration:",
        "        Subnets: [!Ref Subnet]",
        "        SecurityGroups: [!Ref Group]",
    ]


def test_what_a_line_opens_is_shown_where_it_says_nothing_itself(tmp_path: Path) -> None:
    policy = """\
resource "aws_vpc_endpoint" "s3" {
  vpc_id            = aws_vpc.main.id
  service_name      = "com.amazonaws.eu-west-1.s3"
  vpc_endpoint_type = "Gateway"
  route_table_ids   = [aws_route_table.main.id]

  policy = jsonencode({
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "s3:*"
      Resource  = "arn:aws:s3:::assets/*"
    }]
  })
}
"""
    lines = policy.splitlines()
    narrow = steps(tmp_path / "main.tf", policy, ("its policy does not allow it", "policy"))
    assert excerpt(narrow) == [lines[0], "  # ...", *lines[6:]]
    whole = steps(tmp_path / "main.tf", policy, ("it is a gateway", "resource"))
    assert excerpt(whole) == [*lines[:5], "  # ...", "}"]


def test_steps_that_go_without_saying_are_left_out(tmp_path: Path) -> None:
    evidence = steps(
        tmp_path / "main.tf",
        TERRAFORM,
        ("aws_subnet.a is associated with route table aws_route_table.main", 'resource "aws_vpc"'),
    )
    assert excerpt(evidence) == []
