"""Data sources: those that are known without AWS, those that are references, the rest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.terraform import read

from checkov_ecs_endpoints.json_text import decode
from checkov_ecs_endpoints.values import Reference, Text, Unknown, Value, Why


def value(tmp_path: Path, source: str, expression: str) -> Value:
    """The value of an expression beside some configuration."""
    show = f'\nresource "terraform_data" "show" {{\n  input = {expression}\n}}\n'
    found = read(tmp_path, {"main.tf": source, "show.tf": show})
    assert found.problems == []
    return found.value("terraform_data.show")


@pytest.mark.parametrize(
    ("region", "expression", "expected"),
    [
        ("eu-west-1", "data.aws_region.x.name", "eu-west-1"),
        ("eu-west-1", "data.aws_region.x.id", "eu-west-1"),
        ("eu-west-1", "data.aws_region.x.region", "eu-west-1"),
        ("eu-west-1", "data.aws_partition.x.partition", "aws"),
        ("cn-north-1", "data.aws_partition.x.dns_suffix", "amazonaws.com.cn"),
        ("us-gov-west-1", "data.aws_partition.x.partition", "aws-us-gov"),
        ("eu-west-1", "data.aws_vpc_endpoint_service.x.service_name", "com.amazonaws.eu-west-1.ecr.dkr"),
        ("cn-north-1", "data.aws_vpc_endpoint_service.x.service_name", "cn.com.amazonaws.cn-north-1.ecr.dkr"),
        (
            "eu-west-1",
            "data.aws_caller_identity.x.account_id",
            Reference("data.aws_caller_identity.x", ("account_id",)),
        ),
        ("eu-west-1", "length(data.aws_availability_zones.x.names)", 3),
        (
            "eu-west-1",
            "slice(data.aws_availability_zones.x.names, 0, 2)",
            [Reference("data.aws_availability_zones.x", ("names", index)) for index in range(2)],
        ),
        ("eu-west-1", 'length(regexall("^[a-z]{2}-", data.aws_availability_zones.x.names[0]))', 1),
        ("eu-west-1", 'length(regexall("^[a-z]{2}-", data.aws_availability_zones.x.zone_ids[0]))', 0),
        ("eu-west-1", "data.aws_ecs_cluster.x.arn", Reference("data.aws_ecs_cluster.x", ("arn",))),
        ("eu-west-1", "data.aws_ecs_cluster.x.cluster_name", "main"),
        (
            "eu-west-1",
            '"${data.aws_ecr_repository.x.repository_url}:1"',
            Text((Reference("data.aws_ecr_repository.x", ("repository_url",)), ":1")),
        ),
        ("eu-west-1", "data.aws_prefix_list.x.id", Reference("data.aws_prefix_list.x", ("id",))),
        (
            "eu-west-1",
            "data.aws_ec2_managed_prefix_list.x.id",
            Reference("data.aws_ec2_managed_prefix_list.x", ("id",)),
        ),
        ("eu-west-1", "data.aws_ec2_managed_prefix_list.x.name", "com.amazonaws.eu-west-1.dynamodb"),
        (
            "eu-west-1",
            "data.aws_ecs_task_definition.x.arn",
            Reference("data.aws_ecs_task_definition.x", ("arn",)),
        ),
        ("eu-west-1", "data.aws_ecs_task_definition.x.task_definition", "app"),
        ("eu-west-1", "data.null_data_source.x.outputs.a", "b"),
    ],
)
def test_known_without_aws(tmp_path: Path, region: str, expression: str, expected: Value) -> None:
    source = f"""
        provider "aws" {{
          region = "{region}"
        }}
        data "aws_region" "x" {{}}
        data "aws_partition" "x" {{}}
        data "aws_caller_identity" "x" {{}}
        data "aws_availability_zones" "x" {{}}
        data "aws_vpc_endpoint_service" "x" {{
          service = "ecr.dkr"
        }}
        data "aws_ecs_cluster" "x" {{
          cluster_name = "main"
        }}
        data "aws_ecr_repository" "x" {{
          name = "app"
        }}
        data "aws_prefix_list" "x" {{
          name = "com.amazonaws.eu-west-1.s3"
        }}
        data "aws_ec2_managed_prefix_list" "x" {{
          name = "com.amazonaws.eu-west-1.dynamodb"
        }}
        data "aws_ecs_task_definition" "x" {{
          task_definition = "app"
        }}
        data "null_data_source" "x" {{
          inputs = {{ a = "b" }}
        }}
    """
    assert value(tmp_path, source, expression) == expected


def test_the_region_is_symbolic_where_nothing_says_it(tmp_path: Path) -> None:
    source = 'data "aws_region" "x" {}\ndata "aws_vpc_endpoint_service" "x" {\n  service = "s3"\n}\n'
    assert value(tmp_path, source, "data.aws_region.x.name") == Reference("data.aws_region.x", ("name",))
    assert value(tmp_path, source, "data.aws_vpc_endpoint_service.x.service_name") == Text(
        ("com.amazonaws.", Reference("data.aws_vpc_endpoint_service.x", ("region",)), ".s3")
    )


def test_all_others_are_unknown_except_what_selects_them(tmp_path: Path) -> None:
    source = 'data "aws_ssm_parameter" "x" {\n  name = "/a"\n}\n'
    found = value(tmp_path, source, "[data.aws_ssm_parameter.x.value, data.aws_ssm_parameter.x.name]")
    place = read(tmp_path, {}).at("main.tf", 1, 3)
    assert found == [Unknown(Why.DATA_SOURCE, "data.aws_ssm_parameter.x", place), "/a"]


NETWORK = """
resource "aws_vpc" "a" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_route_table" "a" {
  vpc_id = aws_vpc.a.id
}
data "aws_vpc" "x" {
  id = aws_vpc.a.id
}
data "aws_vpc" "of_gateway" {
  id = aws_internet_gateway.a.id
}
data "aws_vpc" "by_arn" {
  id = aws_vpc.a.arn
}
data "aws_vpc" "found" {
  default = true
}
data "aws_vpc" "again" {
  id = data.aws_vpc.found.id
}
data "aws_route_table" "x" {
  route_table_id = aws_route_table.a.id
}
resource "aws_internet_gateway" "a" {}
"""


def unread(name: str) -> Unknown:
    return Unknown(Why.DATA_SOURCE, f"data.aws_vpc.{name}")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("data.aws_vpc.x.id", Reference("aws_vpc.a", ("id",))),
        ("data.aws_vpc.x.main_route_table_id", Reference("aws_vpc.a", ("main_route_table_id",))),
        ("data.aws_vpc.x.cidr_block", Reference("aws_vpc.a", ("cidr_block",))),
        ("data.aws_route_table.x.id", Reference("aws_route_table.a", ("id",))),
        ("data.aws_route_table.x.vpc_id", Reference("aws_route_table.a", ("vpc_id",))),
        ("data.aws_vpc.x.cidr_block_associations", unread("x")),
        ("data.aws_vpc.of_gateway.cidr_block", unread("of_gateway")),
        ("data.aws_vpc.by_arn.cidr_block", unread("by_arn")),
        ("data.aws_vpc.again.cidr_block", unread("again")),
    ],
)
def test_what_an_id_of_the_configuration_finds(tmp_path: Path, expression: str, expected: Value) -> None:
    found = value(tmp_path, NETWORK, expression)
    if isinstance(expected, Unknown):
        assert isinstance(found, Unknown)
        assert (found.why, found.subject) == (expected.why, expected.subject)
    else:
        assert found == expected


def test_data_sources_are_listed(tmp_path: Path) -> None:
    found = read(tmp_path, {"main.tf": 'data "aws_subnet" "x" {\n  count = 1\n  id = "subnet-1"\n}\n'})
    (only,) = found.configuration.resources
    assert (only.id, only.address, only.is_data) == ("data.aws_subnet.x[0]", "data.aws_subnet.x[0]", True)
    assert only.attributes == {"id": "subnet-1"}


POLICY = """
    variable "account" {}
    variable "more" {}
    resource "aws_s3_bucket" "b" {}
    data "aws_iam_policy_document" "base" {
      statement {
        sid       = "Keep"
        actions   = ["s3:GetObject"]
        resources = ["*"]
      }
      statement {
        sid       = "Replaced"
        actions   = ["s3:PutObject"]
        resources = ["*"]
      }
    }
    data "aws_iam_policy_document" "x" {
      source_policy_documents = [data.aws_iam_policy_document.base.json]
      statement {
        sid     = "Replaced"
        effect  = "Deny"
        actions = ["ecr:A", "ecr:B"]
        resources = [aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*"]
        principals {
          type        = "*"
          identifiers = ["*"]
        }
        condition {
          test     = "StringEquals"
          variable = "aws:sourceVpce"
          values   = [var.account]
        }
      }
    }
    data "aws_iam_policy_document" "open" {
      dynamic "statement" {
        for_each = var.more
        content {
          actions = ["s3:*"]
        }
      }
    }
"""


def test_policy_documents_become_json(tmp_path: Path) -> None:
    bucket = Reference("aws_s3_bucket.b", ("arn",))
    found = decode(value(tmp_path, POLICY, "data.aws_iam_policy_document.x.json"), None)
    account = Unknown(Why.NO_VALUE, "var.account", read(tmp_path, {}).at("main.tf", 1))
    assert found == {
        "Version": "2012-10-17",
        "Statement": [
            {"Sid": "Keep", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"},
            {
                "Sid": "Replaced",
                "Effect": "Deny",
                "Action": ["ecr:A", "ecr:B"],
                "Resource": [bucket, Text((bucket, "/*"))],
                "Principal": "*",
                "Condition": {"StringEquals": {"aws:sourceVpce": account}},
            },
        ],
    }


def test_a_known_policy_is_plain_json(tmp_path: Path) -> None:
    found = value(tmp_path, POLICY, "data.aws_iam_policy_document.base.json")
    assert isinstance(found, str)
    assert [statement["Sid"] for statement in json.loads(found)["Statement"]] == ["Keep", "Replaced"]


def test_a_policy_with_statements_that_are_not_known(tmp_path: Path) -> None:
    from checkov_ecs_endpoints.values import first_unknown

    found = value(tmp_path, POLICY, "data.aws_iam_policy_document.open.json")
    unknown = first_unknown(found)
    assert unknown is not None
    assert unknown.subject == "var.more"


def test_templates_are_rendered(tmp_path: Path) -> None:
    source = """
        resource "aws_vpc" "a" {}
        data "template_file" "x" {
          template = "$${name} in $${vpc}"
          vars     = { name = "n", vpc = aws_vpc.a.id }
        }
    """
    expected = Text(("n in ", Reference("aws_vpc.a", ("id",))))
    assert value(tmp_path, source, "data.template_file.x.rendered") == expected


def test_a_template_that_lacks_a_variable_is_what_is_not_valid(tmp_path: Path) -> None:
    source = """
        data "template_file" "x" {
          template = "$${name} in $${vpc}"
          vars     = { name = "n" }
        }
    """
    unknown = value(tmp_path, source, "data.template_file.x.rendered")
    assert isinstance(unknown, Unknown)
    assert (unknown.why, unknown.subject) == (Why.INVALID, "data.template_file.x")
