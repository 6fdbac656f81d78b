"""Resources: count, for_each, nested and dynamic blocks, references, lifecycle, places."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.terraform import read

from checkov_ecs_endpoints.values import OpenDict, OpenList, Reference, Text, Unknown, Value, Why


def inputs(tmp_path: Path, source: str) -> dict[str, Value]:
    """The input of every terraform_data resource."""
    found = read(tmp_path, {"main.tf": source})
    assert found.problems == []
    return {
        resource.id: resource.attributes.get("input")
        for resource in found.configuration.resources
        if resource.type == "terraform_data"
    }


def ref(resource: str, *attribute: str | int) -> Reference:
    return Reference(resource, attribute or ("id",))


def test_attributes_that_are_set_and_those_that_are_not(tmp_path: Path) -> None:
    source = """
        resource "aws_vpc" "a" {
          cidr_block                       = "10.0.0.0/16"
          assign_generated_ipv6_cidr_block = null
        }
        resource "terraform_data" "a" {
          input = [aws_vpc.a.cidr_block, aws_vpc.a.id, aws_vpc.a.assign_generated_ipv6_cidr_block, aws_vpc.a]
        }
    """
    assert inputs(tmp_path, source)["terraform_data.a"] == [
        "10.0.0.0/16",
        ref("aws_vpc.a"),
        ref("aws_vpc.a", "assign_generated_ipv6_cidr_block"),
        Reference("aws_vpc.a"),
    ]
    vpc = read(tmp_path, {}).resources["aws_vpc.a"]
    assert vpc.attributes == {"cidr_block": "10.0.0.0/16"}


def test_count(tmp_path: Path) -> None:
    source = """
        resource "aws_subnet" "a" {
          count      = 2
          cidr_block = "10.0.${count.index}.0/24"
        }
        resource "aws_subnet" "none" {
          count = 0
        }
        resource "terraform_data" "a" {
          input = [
            aws_subnet.a[*].id, aws_subnet.a[1].id, aws_subnet.a.*.cidr_block, length(aws_subnet.a),
            aws_subnet.none[*].id,
          ]
        }
    """
    assert inputs(tmp_path, source)["terraform_data.a"] == [
        [ref("aws_subnet.a[0]"), ref("aws_subnet.a[1]")],
        ref("aws_subnet.a[1]"),
        ["10.0.0.0/24", "10.0.1.0/24"],
        2,
        [],
    ]
    found = read(tmp_path, {}).resources
    assert set(found) == {"aws_subnet.a[0]", "aws_subnet.a[1]", "terraform_data.a"}
    assert found["aws_subnet.a[1]"].exists is True


def test_for_each(tmp_path: Path) -> None:
    source = """
        resource "aws_subnet" "a" {
          for_each   = { b = "10.0.1.0/24", a = "10.0.0.0/24", "with \\"quote\\"" = "10.0.2.0/24" }
          cidr_block = each.value
          tags       = { Name = each.key }
        }
        resource "aws_eip" "a" {
          for_each = toset(["y", "x"])
          domain   = each.value
        }
        resource "terraform_data" "a" {
          input = {
            b      = aws_subnet.a["b"].id
            all    = { for key, subnet in aws_subnet.a : key => subnet.cidr_block }
            values = values(aws_subnet.a)[*].id
            chain  = [for key, eip in aws_eip.a : "${key} ${eip.domain}"]
          }
        }
    """
    assert inputs(tmp_path, source)["terraform_data.a"] == {
        "b": ref('aws_subnet.a["b"]'),
        "all": {"a": "10.0.0.0/24", "b": "10.0.1.0/24", 'with "quote"': "10.0.2.0/24"},
        "values": [
            ref('aws_subnet.a["a"]'),
            ref('aws_subnet.a["b"]'),
            ref('aws_subnet.a["with \\"quote\\""]'),
        ],
        "chain": ["x x", "y y"],
    }


def test_an_unknown_condition_makes_instances_that_may_exist(tmp_path: Path) -> None:
    source = """
        variable "create" {}
        variable "create_too" {}
        locals {
          number = var.create ? 2 : 1
        }
        resource "aws_subnet" "a" {
          count = var.create ? 1 : 0
        }
        resource "aws_subnet" "b" {
          count = local.number
        }
        resource "aws_subnet" "c" {
          for_each = var.create ? toset(["x", "y"]) : var.create_too ? toset(["y"]) : toset(["y", "z"])
        }
        resource "terraform_data" "a" {
          input = [
            aws_subnet.a[0].id, aws_subnet.a[*].id, aws_subnet.b[1].id, aws_subnet.b[*].id,
            aws_subnet.c["x"].id,
          ]
        }
        resource "aws_subnet" "d" {
          for_each = var.create ? toset(["x"]) : []
        }
        resource "terraform_data" "c" {
          input = { for key, value in aws_subnet.c : key => value.id }
        }
    """
    found = inputs(tmp_path, source)
    reading = read(tmp_path, {})
    doubt = Unknown(Why.NO_VALUE, "var.create", reading.at("main.tf", 1))
    assert found["terraform_data.a"] == [
        ref("aws_subnet.a[0]"),
        OpenList((), doubt),
        ref("aws_subnet.b[1]"),
        OpenList((ref("aws_subnet.b[0]"),), doubt),
        ref('aws_subnet.c["x"]'),
    ]
    assert found["terraform_data.c"] == OpenDict({"y": ref('aws_subnet.c["y"]')}, doubt)
    assert {key: one.exists for key, one in reading.resources.items() if one.type == "aws_subnet"} == {
        "aws_subnet.a[0]": doubt,
        "aws_subnet.b[0]": True,
        "aws_subnet.b[1]": doubt,
        'aws_subnet.c["x"]': doubt,
        'aws_subnet.c["y"]': True,
        'aws_subnet.c["z"]': doubt,
        'aws_subnet.d["x"]': doubt,
    }


def test_one_instance_stands_for_an_unknown_number(tmp_path: Path) -> None:
    source = """
        variable "names" {}
        variable "number" {}
        resource "aws_subnet" "a" {
          for_each = var.names
          tags     = { Name = each.key }
        }
        resource "aws_route_table_association" "a" {
          for_each  = var.names
          subnet_id = aws_subnet.a[each.key].id
        }
        resource "aws_subnet" "b" {
          count = var.number
        }
        resource "terraform_data" "a" {
          input = [values(aws_subnet.a)[*].id, aws_subnet.a["x"].id, aws_subnet.b[*].id, aws_subnet.b[0].id]
        }
    """
    found = inputs(tmp_path, source)["terraform_data.a"]
    reading = read(tmp_path, {})
    names = Unknown(Why.NO_VALUE, "var.names", reading.at("main.tf", 1))
    number = Unknown(Why.NO_VALUE, "var.number", reading.at("main.tf", 2))
    assert found == [OpenList((), names), names, OpenList((), number), number]
    resources = reading.resources
    assert resources['aws_subnet.a["?"]'].exists == names
    assert resources["aws_subnet.b[?]"].exists == number
    association = resources['aws_route_table_association.a["?"]']
    assert association.attributes == {"subnet_id": ref('aws_subnet.a["?"]')}
    assert association.exists == names


def test_keys_of_which_only_a_part_is_known(tmp_path: Path) -> None:
    source = """
        variable "env" {}
        resource "aws_eip" "a" {
          for_each = toset(["${var.env}-a", "${var.env}-b"])
          domain   = each.key
        }
        resource "terraform_data" "a" {
          input = aws_eip.a["${var.env}-a"].id
        }
    """
    assert inputs(tmp_path, source) == {"terraform_data.a": ref('aws_eip.a["${var.env}-a"]')}
    reading = read(tmp_path, {})
    env = Unknown(Why.NO_VALUE, "var.env", reading.at("main.tf", 1))
    assert {key: one.attributes.get("domain") for key, one in reading.resources.items()} == {
        'aws_eip.a["${var.env}-a"]': Text((env, "-a")),
        'aws_eip.a["${var.env}-b"]': Text((env, "-b")),
        "terraform_data.a": None,
    }


def test_resources_that_chain_for_each(tmp_path: Path) -> None:
    source = """
        resource "aws_subnet" "a" {
          for_each = toset(["x", "y"])
        }
        resource "aws_eip" "a" {
          for_each = aws_subnet.a
          instance = each.value.id
        }
    """
    found = read(tmp_path, {"main.tf": source}).resources
    assert {key: one.attributes.get("instance") for key, one in found.items() if one.type == "aws_eip"} == {
        'aws_eip.a["x"]': ref('aws_subnet.a["x"]'),
        'aws_eip.a["y"]': ref('aws_subnet.a["y"]'),
    }


def test_nested_and_dynamic_blocks(tmp_path: Path) -> None:
    source = """
        variable "more" {}
        resource "aws_security_group" "a" {
          ingress {
            from_port = 1
            to_port   = null
          }
          dynamic "ingress" {
            for_each = [2, 3]
            iterator = port
            content {
              from_port = port.value
              to_port   = port.key
              dynamic "nested" {
                for_each = { a = port.value }
                content {
                  name  = nested.key
                  value = nested.value + port.value
                }
              }
            }
          }
          egress {
            from_port = 4
          }
          dynamic "egress" {
            for_each = var.more
            content {
              from_port = egress.value
            }
          }
          timeouts {
            create = "1m"
          }
          lifecycle {
            ignore_changes = [tags, ingress[0].from_port]
          }
        }
        resource "terraform_data" "a" {
          input = [aws_security_group.a.ingress[1].from_port, aws_security_group.a.timeouts[0].delete]
        }
    """
    found = inputs(tmp_path, source)
    reading = read(tmp_path, {})
    group = reading.resources["aws_security_group.a"]
    more = Unknown(Why.NO_VALUE, "var.more", reading.at("main.tf", 1))
    assert group.attributes == {
        "ingress": [
            {"from_port": 1},
            {"from_port": 2, "to_port": 0, "nested": [{"name": "a", "value": 4}]},
            {"from_port": 3, "to_port": 1, "nested": [{"name": "a", "value": 6}]},
        ],
        "egress": OpenList(({"from_port": 4},), more),
        "timeouts": [{"create": "1m"}],
    }
    assert group.ignored == frozenset({"tags", "ingress"})
    assert group.at("ingress", 1, "from_port") == reading.at("main.tf", 11)
    assert group.at("ingress", 2, "nested", 0, "value") == reading.at("main.tf", 17)
    assert group.at("ingress", 0) == reading.at("main.tf", 3, 6)
    assert group.at("egress", 0, "from_port") == reading.at("main.tf", 23)
    assert group.at("not set") == reading.at("main.tf", 2, 37)
    assert found == {"terraform_data.a": [2, ref("aws_security_group.a", "timeouts", 0, "delete")]}


def test_ignore_all_changes(tmp_path: Path) -> None:
    source = 'resource "aws_eip" "a" {\n lifecycle {\n ignore_changes = all\n }\n}'
    assert read(tmp_path, {"main.tf": source}).resources["aws_eip.a"].ignored == frozenset({"all"})


def test_override_files_and_tofu(tmp_path: Path) -> None:
    files = {
        "main.tf": """
            locals {
              a = 1
              b = 1
            }
            resource "aws_security_group" "a" {
              name        = "base"
              description = local.a
              ingress {
                from_port = 1
              }
              egress {
                from_port = 1
              }
            }
        """,
        "x_override.tf": """
            locals {
              a = 2
            }
            resource "aws_security_group" "a" {
              name = "override"
              dynamic "ingress" {
                for_each = [2, 3]
                content {
                  from_port = ingress.value
                }
              }
            }
        """,
        "other.tf": 'resource "aws_eip" "terraform" {}',
        "other.tofu": 'resource "aws_eip" "tofu" {}',
    }
    found = read(tmp_path, files)
    assert found.problems == []
    assert set(found.resources) == {"aws_security_group.a", "aws_eip.tofu"}
    assert found.resources["aws_security_group.a"].attributes == {
        "name": "override",
        "description": 2,
        "egress": [{"from_port": 1}],
        "ingress": [{"from_port": 2}, {"from_port": 3}],
    }


def test_json_syntax(tmp_path: Path) -> None:
    source = """
        {
          "//": "a comment",
          "variable": {"ports": {"default": [1, 2], "type": "list(number)"}},
          "locals": {"name": "n-${length(var.ports)}"},
          "resource": {
            "aws_security_group": {
              "a": {
                "name": "${local.name}",
                "egress": [{"from_port": "${var.ports[0]}"}],
                "dynamic": {"ingress": {
                  "for_each": "${var.ports}", "content": {"from_port": "${ingress.value}"}}},
                "lifecycle": {"ignore_changes": ["tags"]}
              }
            },
            "terraform_data": {
              "a": {"count": 2, "input": "${aws_security_group.a.id}"}
            }
          },
          "output": {"x": {"value": 1}}
        }
    """
    found = read(tmp_path, {"main.tf.json": source})
    assert found.problems == []
    group = found.resources["aws_security_group.a"]
    assert group.attributes == {
        "name": "n-2",
        "egress": [{"from_port": 1}],
        "ingress": [{"from_port": 1}, {"from_port": 2}],
    }
    assert group.ignored == frozenset({"tags"})
    assert group.location == found.at("main.tf.json", 7, 13)
    assert group.at("name") == found.at("main.tf.json", 8)
    assert found.value("terraform_data.a[1]") == ref("aws_security_group.a")
    assert found.configuration.framework.value == "terraform_json"


def test_blocks_that_make_no_resources_are_read_without_fuss(tmp_path: Path) -> None:
    source = """
        terraform {
          required_providers {
            aws = { source = "hashicorp/aws" }
          }
        }
        moved {
          from = aws_eip.old
          to   = aws_eip.a
        }
        import {
          to = aws_eip.a
          id = "eip-1"
        }
        removed {
          from = aws_eip.gone
          lifecycle {
            destroy = false
          }
        }
        check "health" {
          data "http" "x" {
            url = "https://example.com"
          }
          assert {
            condition     = data.http.x.status_code == 200
            error_message = "down"
          }
        }
        ephemeral "aws_secretsmanager_secret_version" "x" {
          secret_id = "s"
        }
        resource "aws_eip" "a" {
          tags = { secret = ephemeral.aws_secretsmanager_secret_version.x.secret_string }
          provisioner "local-exec" {
            command = self.id
          }
          connection {
            host = self.public_ip
          }
        }
    """
    found = read(tmp_path, {"main.tf": source})
    assert found.problems == []
    (only,) = found.configuration.resources
    assert set(only.attributes) == {"tags"}


@pytest.mark.parametrize(
    "expression",
    [
        "aws_eip.none.id",
        "local.none",
        "module.none.x",
        "data.aws_vpc.none.id",
        "each.key",
        "count.index",
    ],
)
def test_names_that_are_not_declared(tmp_path: Path, expression: str) -> None:
    value = inputs(tmp_path, f'resource "terraform_data" "a" {{\n input = {expression}\n}}')[
        "terraform_data.a"
    ]
    assert isinstance(value, Unknown)
    assert value.why is Why.INVALID


def test_the_workspace_is_unknown(tmp_path: Path) -> None:
    value = inputs(tmp_path, 'resource "terraform_data" "a" {\n input = terraform.workspace\n}')
    assert value["terraform_data.a"] == Unknown(
        Why.NO_VALUE,
        "terraform.workspace",
        None,
        "the workspace is chosen when Terraform runs; `roots` in the settings can name it",
    )


def test_a_dynamic_block_that_makes_nothing_sets_nothing(tmp_path: Path) -> None:
    source = """
        resource "aws_security_group" "a" {
          ingress = []
          dynamic "egress" {
            for_each = []
            content {}
          }
        }
    """
    group = read(tmp_path, {"main.tf": source}).resources["aws_security_group.a"]
    assert group.attributes == {"ingress": []}
