"""Module calls: arguments and outputs, instances, sources, providers, handovers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.terraform import read

from checkov_ecs_endpoints.iac.configuration import Handover
from checkov_ecs_endpoints.values import OpenList, Reference, Unknown, Value, Why

NETWORK = """
    variable "name" {}
    variable "zones" { default = 1 }
    resource "aws_vpc" "this" {
      tags = { Name = var.name }
    }
    resource "aws_subnet" "this" {
      count  = var.zones
      vpc_id = aws_vpc.this.id
    }
    output "vpc_id" { value = aws_vpc.this.id }
    output "subnets" { value = aws_subnet.this[*].id }
"""


def ref(resource: str) -> Reference:
    return Reference(resource, ("id",))


def test_arguments_go_in_and_outputs_come_out(tmp_path: Path) -> None:
    files = {
        "main.tf": """
            module "net" {
              source   = "./net"
              for_each = { a = 1, b = 2 }
              name     = "net-${each.key}"
              zones    = each.value
            }
            module "many" {
              source = "./net"
              count  = 2
              name   = count.index
            }
            resource "terraform_data" "a" {
              input = [module.net["b"].subnets, values(module.net)[*].vpc_id, module.many[1].vpc_id]
            }
            resource "terraform_data" "b" {
              input = { for key, net in module.net : key => net.subnets }
            }
            resource "terraform_data" "c" {
              input = module.many[0]
            }
        """,
        "net/main.tf": NETWORK,
    }
    found = read(tmp_path, files)
    assert found.problems == []
    assert found.value("terraform_data.a") == [
        [ref('module.net["b"].aws_subnet.this[0]'), ref('module.net["b"].aws_subnet.this[1]')],
        [ref('module.net["a"].aws_vpc.this'), ref('module.net["b"].aws_vpc.this')],
        ref("module.many[1].aws_vpc.this"),
    ]
    assert found.value("terraform_data.b") == {
        "a": [ref('module.net["a"].aws_subnet.this[0]')],
        "b": [ref('module.net["b"].aws_subnet.this[0]'), ref('module.net["b"].aws_subnet.this[1]')],
    }
    assert found.value("terraform_data.c") == {
        "vpc_id": ref("module.many[0].aws_vpc.this"),
        "subnets": [ref("module.many[0].aws_subnet.this[0]")],
    }
    vpc = found.resources['module.net["a"].aws_vpc.this']
    assert vpc.attributes == {"tags": {"Name": "net-a"}}
    assert vpc.calls == (found.at("main.tf", 1, 6),)
    assert found.configuration.files == {found.at("main.tf", 1).path, found.at("net/main.tf", 1).path}


def test_a_module_that_may_exist(tmp_path: Path) -> None:
    files = {
        "main.tf": """
            variable "create" {}
            module "net" {
              source = "./net"
              count  = var.create ? 1 : 0
              name   = "n"
            }
            resource "terraform_data" "a" {
              input = [module.net[0].vpc_id, module.net[*].vpc_id]
            }
        """,
        "net/main.tf": NETWORK,
    }
    found = read(tmp_path, files)
    doubt = Unknown(Why.NO_VALUE, "var.create", found.at("main.tf", 1))
    assert found.value("terraform_data.a") == [ref("module.net[0].aws_vpc.this"), OpenList((), doubt)]
    assert found.resources["module.net[0].aws_vpc.this"].exists == doubt


def test_nested_modules_and_their_calls(tmp_path: Path) -> None:
    files = {
        "main.tf": 'module "a" {\n  source = "./a"\n}\n',
        "a/main.tf": '# a\nmodule "b" {\n  source = "../b"\n}\noutput "x" {\n  value = module.b.x\n}\n',
        "b/main.tf": 'resource "aws_eip" "x" {}\noutput "x" {\n  value = aws_eip.x.id\n}\n',
    }
    found = read(tmp_path, files)
    (eip,) = found.configuration.resources
    assert eip.id == "module.a.module.b.aws_eip.x"
    assert eip.calls == (found.at("main.tf", 1, 3), found.at("a/main.tf", 2, 4))


def test_a_module_that_is_not_on_disk(tmp_path: Path) -> None:
    files = {
        "main.tf": """
            resource "aws_vpc" "a" {}
            module "dns" {
              source  = "someone/dns/aws"
              version = "~> 2.0"
              vpc_id  = aws_vpc.a.id
            }
            module "bucket" {
              source = "terraform-aws-modules/s3-bucket/aws"
              vpc_id = aws_vpc.a.id
            }
            module "gone" {
              source = "./gone"
              vpc_id = aws_vpc.a.id
            }
            module "outside" {
              source = "../outside"
            }
            resource "terraform_data" "a" {
              input = [module.dns.zone, module.bucket.id, module.gone.x, module.outside.x]
            }
        """,
    }
    found = read(tmp_path, files)
    assert found.problems == []
    assert found.value("terraform_data.a") == [
        Unknown(
            Why.MODULE,
            "module.dns",
            found.at("main.tf", 2, 6),
            "source someone/dns/aws version ~> 2.0 is not on disk; `terraform init` would bring it",
        ),
        Unknown(
            Why.MODULE,
            "module.bucket",
            found.at("main.tf", 7, 10),
            "source terraform-aws-modules/s3-bucket/aws is not on disk; `terraform init` would bring it",
        ),
        Unknown(
            Why.MODULE, "module.gone", found.at("main.tf", 11, 14), "directory gone has no Terraform files"
        ),
        Unknown(
            Why.OUTSIDE, "module.outside", found.at("main.tf", 15, 17), "source ../outside leads out of it"
        ),
    ]
    vpc: Value = {"vpc_id": ref("aws_vpc.a")}
    assert found.configuration.handovers == (
        Handover('module "dns" (someone/dns/aws)', vpc, found.at("main.tf", 2, 6)),
        Handover('module "gone" (./gone)', vpc, found.at("main.tf", 11, 14)),
        Handover('module "outside" (../outside)', {}, found.at("main.tf", 15, 17)),
    )
    # Also the one that changes no network is not followed.
    assert [absent.address for absent in found.configuration.absent] == [
        "module.dns",
        "module.bucket",
        "module.gone",
        "module.outside",
    ]


def test_modules_that_terraform_init_has_brought(tmp_path: Path) -> None:
    manifest = {
        "Modules": [
            {"Key": "", "Source": "", "Dir": "."},
            {
                "Key": "net",
                "Source": "registry.terraform.io/someone/net/aws",
                "Version": "1.0",
                "Dir": ".terraform/modules/net",
            },
            {
                "Key": "net.inner",
                "Source": "git::https://example.com/x.git",
                "Dir": ".terraform/modules/net.inner",
            },
            {
                "Key": "stale",
                "Source": "registry.terraform.io/someone/else/aws",
                "Dir": ".terraform/modules/net",
            },
        ]
    }
    files = {
        "main.tf": """
            module "net" {
              source = "someone/net/aws"
            }
            module "stale" {
              source = "someone/new/aws"
            }
        """,
        ".terraform/modules/modules.json": json.dumps(manifest),
        ".terraform/modules/net/main.tf": 'module "inner" {\n source = "git::https://example.com/x.git"\n}',
        ".terraform/modules/net.inner/main.tf": 'resource "aws_vpc" "x" {}',
    }
    found = read(tmp_path, files)
    assert found.roots == ["."]
    assert set(found.resources) == {"module.net.module.inner.aws_vpc.x"}
    assert [handover.to for handover in found.configuration.handovers] == ['module "stale" (someone/new/aws)']


def test_regions_of_providers(tmp_path: Path) -> None:
    files = {
        "main.tf": """
            variable "region" {}
            provider "aws" {
              region = "eu-west-1"
            }
            provider "aws" {
              alias  = "us"
              region = "us-east-1"
            }
            provider "aws" {
              alias  = "open"
              region = var.region
            }
            resource "aws_eip" "default" {}
            resource "aws_eip" "us" {
              provider = aws.us
            }
            resource "aws_eip" "own" {
              region = "eu-north-1"
            }
            resource "aws_eip" "open" {
              provider = aws.open
            }
            module "m" {
              source    = "./m"
              providers = {
                aws      = aws.us
                aws.peer = aws
              }
            }
            module "inherits" {
              source = "./m"
            }
        """,
        "m/main.tf": """
            terraform {
              required_providers {
                aws = {
                  source                = "hashicorp/aws"
                  configuration_aliases = [aws.peer]
                }
              }
            }
            data "aws_region" "here" {}
            resource "aws_eip" "default" {
              tags = { region = data.aws_region.here.name }
            }
            resource "aws_eip" "peer" {
              provider = aws.peer
            }
        """,
    }
    found = read(tmp_path, files)
    assert found.configuration.region == "eu-west-1"
    assert {key: one.region for key, one in found.resources.items() if one.type == "aws_eip"} == {
        "aws_eip.default": "eu-west-1",
        "aws_eip.us": "us-east-1",
        "aws_eip.own": "eu-north-1",
        "aws_eip.open": Unknown(Why.NO_VALUE, "var.region", found.at("main.tf", 1)),
        "module.m.aws_eip.default": "us-east-1",
        "module.m.aws_eip.peer": "eu-west-1",
        "module.inherits.aws_eip.default": "eu-west-1",
        "module.inherits.aws_eip.peer": None,
    }
    assert found.resources["module.m.aws_eip.default"].attributes == {"tags": {"region": "us-east-1"}}


@pytest.mark.parametrize(
    ("source", "known"),
    [
        ("terraform-aws-modules/alb/aws", True),
        ("terraform-aws-modules/iam/aws//modules/iam-role", True),
        ("registry.terraform.io/terraform-aws-modules/rds/aws", True),
        ("git::https://github.com/terraform-aws-modules/terraform-aws-s3-bucket.git?ref=v4", True),
        ("github.com/cloudposse/terraform-null-label", True),
        ("git@github.com:terraform-aws-modules/terraform-aws-ecs.git//modules/service?ref=v5", True),
        ("terraform-aws-modules/vpc/aws", False),
        ("terraform-aws-modules/vpc/aws//modules/vpc-endpoints", False),
        ("terraform-aws-modules/security-group/aws", False),
        ("someone/alb/aws", False),
    ],
)
def test_public_modules_that_change_no_network(source: str, known: bool) -> None:
    from checkov_ecs_endpoints.catalog.modules import changes_no_network

    assert changes_no_network(source) is known


def test_links_out_of_an_installed_module_are_not_read(tmp_path: Path) -> None:
    outside = tmp_path / "outside.tf"
    outside.write_text('resource "aws_vpc" "outside" {}\n', encoding="utf-8")
    inside = tmp_path / "repository"
    module = inside / ".terraform" / "modules" / "net"
    module.mkdir(parents=True)
    (module / "linked.tf").symlink_to(outside)
    installed = {"Key": "net", "Source": "registry.terraform.io/a/net/aws", "Dir": ".terraform/modules/net"}
    manifest = {"Modules": [installed]}
    files = {
        "main.tf": 'module "net" {\n  source = "a/net/aws"\n}\n',
        ".terraform/modules/modules.json": json.dumps(manifest),
        ".terraform/modules/net/main.tf": 'resource "aws_vpc" "inside" {}\n',
    }
    found = read(inside, files)
    assert set(found.resources) == {"module.net.aws_vpc.inside"}
    message = "a link that leads out of the repository is not read"
    assert found.complaints() == [(".terraform/modules/net/linked.tf", 0, message)]


def test_absolute_sources_are_read_inside_the_repository_alone(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/main.tf").write_text('output "x" {\n  value = 1\n}\n', encoding="utf-8")
    inside = tmp_path.resolve() / "repository"
    files = {
        "main.tf": f"""
            module "inside" {{
              source = "{inside}/modules/m"
            }}
            module "outside" {{
              source = "{tmp_path.resolve()}/outside"
            }}
            resource "terraform_data" "a" {{
              input = [module.inside.x, module.outside.x]
            }}
        """,
        "modules/m/main.tf": 'output "x" {\n  value = "inside"\n}\n',
    }
    found = read(inside, files)
    assert found.roots == ["."]
    note = f"source {tmp_path.resolve()}/outside leads out of it"
    unknown = Unknown(Why.OUTSIDE, "module.outside", found.at("main.tf", 4, 6), note)
    assert found.value("terraform_data.a") == ["inside", unknown]
