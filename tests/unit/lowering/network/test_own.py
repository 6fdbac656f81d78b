"""The own account, organization and region in the policies of endpoints."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from support.configurations import cfn, get_att, ref
from support.networks import of_template
from support.plans import only, plan, resource, scanned
from support.terraform import read

from checkov_ecs_endpoints.lowering import lower
from checkov_ecs_endpoints.model.own import (
    OWN_ACCOUNT,
    OWN_ORGANIZATION,
    OWN_REGION,
    is_own_bucket,
    own_bucket,
)
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Reference, Text, Unknown, Value, text

ENDPOINT = """
    resource "aws_vpc" "main" {}

    resource "aws_vpc_endpoint" "s3" {
      vpc_id       = aws_vpc.main.id
      service_name = "com.amazonaws.eu-west-1.s3"
      policy       = jsonencode({ Statement = [%s] })
    }
"""
PROVIDERS = """
    provider "aws" {
      region = "eu-west-1"
    }

    provider "aws" {
      alias  = "other"
      region = "eu-west-1"
    }
"""


def statement(directory: Path, text: str, files: Mapping[str, str] | None = None) -> Value:
    """What the policy of the only endpoint says."""
    written = {"main.tf": ENDPOINT % text, "providers.tf": PROVIDERS, **(files or {})}
    (endpoint,) = lower(read(directory, written).configuration, Settings()).network.endpoints.values()
    assert isinstance(endpoint.policy, dict)
    statements = endpoint.policy["Statement"]
    assert isinstance(statements, list)
    return statements[0]


def test_data_sources_of_the_same_provider(tmp_path: Path) -> None:
    data = 'data "aws_caller_identity" "me" {}\ndata "aws_organizations_organization" "ours" {}\n'
    text = """{
      account = data.aws_caller_identity.me.account_id
      root    = "arn:aws:iam::${data.aws_caller_identity.me.id}:root"
      user    = data.aws_caller_identity.me.user_id
      org     = data.aws_organizations_organization.ours.id
    }"""
    assert statement(tmp_path, text, {"data.tf": data}) == {
        "account": OWN_ACCOUNT,
        "root": Text(("arn:aws:iam::", OWN_ACCOUNT, ":root")),
        "user": Reference("data.aws_caller_identity.me", ("user_id",)),
        "org": OWN_ORGANIZATION,
    }


def test_a_data_source_of_another_provider_may_be_of_another_account(tmp_path: Path) -> None:
    data = """
        data "aws_caller_identity" "me" {
          provider = aws.other
        }

        data "aws_organizations_organization" "theirs" {
          provider = aws.other
        }
    """
    text = """{
      account = data.aws_caller_identity.me.account_id
      org     = data.aws_organizations_organization.theirs.id
    }"""
    found = statement(tmp_path, text, {"data.tf": data})
    assert isinstance(found, dict)
    assert found["account"] == Reference("data.aws_caller_identity.me", ("account_id",))
    assert isinstance(found["org"], Unknown)


@pytest.mark.parametrize(("passes", "own"), [("", True), ("providers = { aws = aws.other }", False)])
def test_a_provider_is_followed_into_modules(tmp_path: Path, passes: str, own: bool) -> None:
    files = {
        "module.tf": f'module "identity" {{\n  source = "./identity"\n  {passes}\n}}\n',
        "identity/main.tf": 'data "aws_caller_identity" "me" {}\n'
        'output "account" {\n  value = data.aws_caller_identity.me.account_id\n}\n',
    }
    found = statement(tmp_path, "{ account = module.identity.account }", files)
    assert isinstance(found, dict)
    assert (found["account"] == OWN_ACCOUNT) is own


def test_ecs_of_another_provider_may_be_in_another_account(tmp_path: Path) -> None:
    more = 'data "aws_caller_identity" "me" {}\nresource "aws_ecs_cluster" "x" {\n  provider = aws.other\n}\n'
    found = statement(tmp_path, "{ account = data.aws_caller_identity.me.account_id }", {"more.tf": more})
    assert found == {"account": Reference("data.aws_caller_identity.me", ("account_id",))}


ACCOUNT, ORGANIZATION = "111122223333", "o-a1b2c3d4e5"
POLICY: Any = {
    "Principal": {"AWS": [f"arn:aws:iam::{ACCOUNT}:root", "444455556666"]},
    "Resource": f"arn:aws:ecr:eu-west-1:{ACCOUNT}:repository/api",
    "Condition": {
        "StringEquals": {"aws:PrincipalOrgID": [ORGANIZATION], "aws:PrincipalAccount": f"1{ACCOUNT}"}
    },
}


@pytest.mark.parametrize(
    ("provider", "own"), [("aws", True), ("aws.other", False)], ids=["the provider", "another provider"]
)
def test_a_plan_has_them_as_plain_ids(provider: str, own: bool, tmp_path: Path) -> None:
    """Only who is meant is looked at: in the name of a resource the account stays the text that it is."""
    endpoint = resource("aws_vpc_endpoint.s3", {"policy": json.dumps({"Statement": [POLICY]})})
    content = plan(endpoint)
    asked = {
        "aws_caller_identity": {"id": ACCOUNT, "account_id": ACCOUNT},
        "aws_organizations_organization": {"id": ORGANIZATION},
    }
    found = [
        {"address": f"data.{type_}.x", "mode": "data", "type": type_, "name": "x", "values": values}
        for type_, values in asked.items()
    ]
    content["prior_state"] = {"values": {"root_module": {"resources": found}}}
    declared = [{**one, "provider_config_key": provider, "expressions": {}} for one in found]
    content["configuration"]["root_module"]["resources"] += declared
    (tmp_path / "plan.json").write_text(json.dumps(content))

    (made,) = lower(only(scanned(tmp_path / "plan.json")), Settings()).network.endpoints.values()
    named = {
        "Principal": {"AWS": [Text(("arn:aws:iam::", OWN_ACCOUNT, ":root")), "444455556666"]},
        "Resource": POLICY["Resource"],
        "Condition": {
            "StringEquals": {"aws:PrincipalOrgID": [OWN_ORGANIZATION], "aws:PrincipalAccount": f"1{ACCOUNT}"}
        },
    }
    assert made.policy == {"Statement": [named if own else POLICY]}


def test_pseudo_parameters() -> None:
    layers: Value = Text(("arn:aws:s3:::prod-", ref("AWS::Region"), "-starport-layer-bucket/*"))
    policy: Value = {"Statement": [{"Resource": layers, "Principal": {"AWS": ref("AWS::AccountId")}}]}
    made = of_template(cfn("AWS::EC2::VPCEndpoint", "E", {"PolicyDocument": policy})).endpoints["E"]
    own = Text(("arn:aws:s3:::prod-", OWN_REGION, "-starport-layer-bucket/*"))
    assert made.policy == {"Statement": [{"Resource": own, "Principal": {"AWS": OWN_ACCOUNT}}]}


def test_buckets_of_the_configuration(tmp_path: Path) -> None:
    buckets = 'resource "aws_s3_bucket" "b" {}\ndata "aws_s3_bucket" "theirs" {\n  bucket = "x"\n}\n'
    text = """{
      arn     = "${aws_s3_bucket.b.arn}/*"
      name    = "arn:aws:s3:::${aws_s3_bucket.b.id}/*"
      domain  = aws_s3_bucket.b.bucket_domain_name
      looked  = data.aws_s3_bucket.theirs.arn
    }"""
    found = statement(tmp_path, text, {"buckets.tf": buckets})
    assert isinstance(found, dict)
    own = Text(("arn:aws:s3:::", own_bucket("aws_s3_bucket.b"), "/*"))
    assert (found["arn"], found["name"]) == (own, own)
    assert not any(map(is_own_bucket, (found["domain"], found["looked"])))


@pytest.mark.parametrize(
    ("before", "bucket"), [("arn:aws:s3:::", ref("B", "Ref")), ("", get_att("B", "Arn"))]
)
def test_buckets_of_a_template(before: str, bucket: Reference) -> None:
    policy: Value = {"Statement": [{"Resource": text((before, bucket, "/*"))}]}
    made = of_template(
        cfn("AWS::EC2::VPCEndpoint", "E", {"PolicyDocument": policy}), cfn("AWS::S3::Bucket", "B", {})
    )
    own = Text(("arn:aws:s3:::", own_bucket("AWS::S3::Bucket.B"), "/*"))
    assert made.endpoints["E"].policy == {"Statement": [{"Resource": own}]}
