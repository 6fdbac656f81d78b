"""Sensitive values decide like all others, and no report shows them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.command import FIXTURES, run

EXAMPLE = FIXTURES / "nat_without_endpoints" / "terraform"
SHOWN = ["HIDDEN-IMAGE", "hidden_container", "hidden_key", "hidden_number"]
"""What reports show of the values, where they are not sensitive."""
SERVICE = """
variable "registry" {
  default = "hidden-image"
}
variable "container" {
  default = "x,hidden_container"
}
variable "typed" {
  type    = list(number)
  default = ["hidden_number"]
}
variable "keys" {
  default = ["hidden_key"]
}
resource "aws_ecs_task_definition" "hidden" {
  family                   = "hidden"
  network_mode             = "awsvpc"
  requires_compatibilities = ["FARGATE"]
  container_definitions = jsonencode([{
    name    = split(",", var.container)[1]
    image   = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/${upper(var.registry)}:1"
  }])
}
resource "aws_ecs_service" "hidden" {
  for_each        = toset(var.keys)
  name            = "hidden"
  cluster         = "c"
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.hidden.arn
  network_configuration {
    subnets         = aws_subnet.private[*].id
    security_groups = [aws_security_group.api.id]
  }
}
resource "aws_security_group" "counted" {
  vpc_id = aws_vpc.main.id
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_ecs_service" "counted" {
  count           = var.typed[0]
  name            = "counted"
  cluster         = "c"
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.hidden.arn
  network_configuration {
    subnets         = aws_subnet.private[*].id
    security_groups = [aws_security_group.counted.id]
  }
}
"""


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("sensitive", [True, False])
def test_what_reports_show(tmp_path: Path, form: str, sensitive: bool) -> None:
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    line = "  sensitive = true\n" if sensitive else ""
    declared = SERVICE.replace("  default =", f"{line}  default =")
    (tmp_path / "hidden.tf").write_text(declared, encoding="utf-8")
    done = run("scan", tmp_path, "--root", tmp_path, "--format", form)
    assert "aws_ecs_service.hidden" in done.stdout
    said = done.stdout + done.stderr
    assert [text for text in SHOWN if text in said] == ([] if sensitive else SHOWN)
    assert ("(sensitive value)" in said) is sensitive
