"""What is handed to a module that is not available, where its value is not known."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.terraform import read

from checkov_ecs_endpoints.values import Reference, references

ROOT = """
variable "create" {
  type = bool
}
variable "key" {
  type = string
}
data "aws_availability_zones" "all" {}
data "aws_vpc" "read" {
  filter {
    name   = var.key
    values = [aws_vpc.a.id]
  }
}
resource "aws_vpc" "a" {
  count = 2
}
resource "aws_vpc" "b" {}
resource "aws_subnet" "c" {
  for_each = toset(data.aws_availability_zones.all.names)
}
locals {
  a     = var.create ? aws_vpc.a[0].id : ""
  round = { (var.key) = local.a }
}
module "net" {
  source = "./net"
  create = var.create
  given  = aws_vpc.b.id
}
module "away" {
  source   = "someone/away/aws"
  for_each = { a = { vpc = aws_vpc.b.id } }
  name     = aws_subnet.c[var.key].arn
  value    = %s
}
"""
NET = """
variable "create" {}
variable "given" {}
resource "aws_vpc" "inside" {}
output "either" {
  value = var.create ? aws_vpc.inside.id : var.given
}
output "other" {
  value = 1
}
"""
A = [Reference(f"aws_vpc.a[{index}]", ("id",)) for index in range(2)]
B = Reference("aws_vpc.b", ("id",))
C = [Reference(f'aws_subnet.c["${{data.aws_availability_zones.all.names.{index}}}"]') for index in range(3)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ('var.create ? aws_vpc.b.id : ""', [B]),
        ('"${var.create ? aws_vpc.b.id : 0}"', [B]),
        ("{ (var.key) = aws_vpc.a[*].id }", A),
        ("local.round", A),
        ("module.net.either", [Reference("module.net.aws_vpc.inside", ("id",)), B]),
        ("module.net[var.key]", [Reference("module.net.aws_vpc.inside", ("id",)), B]),
        ("module.net.other", []),
        ("var.create ? each.value.vpc : null", [B]),
        ("data.aws_vpc.read.id", A),
        ("{ for zone in data.aws_availability_zones.all.names : zone => aws_subnet.c[zone] }", C),
        ("aws_vpc.b.id", [B]),
        ("var.create", []),
    ],
)
def test_what_an_argument_may_hold(tmp_path: Path, value: str, expected: list[Reference]) -> None:
    found = read(tmp_path, {"main.tf": ROOT % value, "net/main.tf": NET})
    (handover,) = found.configuration.handovers
    assert isinstance(handover.values, dict)
    handed = [one for one in references(handover.values["value"]) if not one.resource.startswith("data.")]
    assert sorted(set(handed), key=str) == sorted(expected, key=str)


def test_the_json_syntax(tmp_path: Path) -> None:
    source = """
        {"variable": {"create": {}}, "resource": {"aws_vpc": {"b": {}}},
         "module": {"away": {"source": "someone/away/aws", "vpc": ["${var.create ? aws_vpc.b.id : 0}"]}}}
    """
    (handover,) = read(tmp_path, {"main.tf.json": source}).configuration.handovers
    assert list(references(handover.values)) == [B]
