"""Which files are plans, and what is read of them: secrets, ids, regions, what is left out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.plans import only, plan, read, refers, resource, scanned

from checkov_ecs_endpoints.json_text import decode
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.scan import scan
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Location, OpenList, Reference, Text, Unknown, Why

VPC = resource("aws_vpc.main", {"cidr_block": "10.0.0.0/16", "tags": None}, {"id": True, "tags_all": True})


def test_what_nobody_set_is_absent(tmp_path: Path) -> None:
    """Neither what AWS computes, nor the empty values that states are full of."""
    subnet = resource(
        "aws_subnet.a",
        {"cidr_block": "10.0.0.0/24", "ipv6_cidr_block": "", "timeouts": None, "routes": [], "written": []},
        {"id": True, "arn": True, "vpc_id": True, "owner_id": True},
        vpc_id=refers("aws_vpc.main.id", "aws_vpc.main"),
        written=refers("var.none"),
    )
    found = read(tmp_path, plan(VPC, subnet))
    assert found["aws_vpc.main"].attributes == {"cidr_block": "10.0.0.0/16"}
    assert found["aws_subnet.a"].attributes == {
        "cidr_block": "10.0.0.0/24",
        "written": [],
        "vpc_id": Reference("aws_vpc.main", ("id",)),
    }


@pytest.mark.parametrize(
    ("value", "left"),
    [
        ("hush", Unknown(Why.SECRET, "aws_x.x.secret")),
        (7, Unknown(Why.SECRET, "aws_x.x.secret")),
        (["hush"], Unknown(Why.SECRET, "aws_x.x.secret")),
        ("[hush", Unknown(Why.SECRET, "aws_x.x.secret")),
    ],
)
def test_secrets_are_not_kept(value: Any, left: Unknown, tmp_path: Path) -> None:
    one = {**resource("aws_x.x", {"secret": value, "open": "said"}), "sensitive": {"secret": True}}
    content = plan(one)
    assert read(tmp_path, content)["aws_x.x"].attributes == {"secret": left, "open": "said"}


def test_of_secret_container_definitions_the_structure_is_kept(tmp_path: Path) -> None:
    """One password among the environment variables makes all of the text sensitive."""
    containers = [
        {
            "name": "api",
            "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1",
            "environment": [{"name": "PASSWORD", "value": "hush"}],
            "command": ["--password=hush"],
            "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-region": "eu-west-1"}},
            "secrets": [{"name": "KEY", "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/key"}],
        }
    ]
    values = {"container_definitions": json.dumps(containers)}
    one = {**resource("aws_ecs_task_definition.t", values), "sensitive": {"container_definitions": True}}
    found = read(tmp_path, plan(one))["aws_ecs_task_definition.t"].attributes["container_definitions"]
    secret = Unknown(Why.SECRET, "aws_ecs_task_definition.t.container_definitions")
    assert decode(found, None) == [
        {
            "name": secret,
            "image": "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1",
            "environment": [{"name": secret, "value": secret}],
            "command": [secret],
            "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-region": "eu-west-1"}},
            "secrets": [{"name": secret, "valueFrom": "arn:aws:ssm:eu-west-1:111122223333:parameter/key"}],
        }
    ]
    assert "hush" not in repr(found)


def test_of_a_secret_policy_what_it_is_about_is_kept(tmp_path: Path) -> None:
    statement = {"Effect": "Allow", "Action": ["sqs:SendMessage"], "Resource": "hush", "Sid": "hush"}
    values = {"policy": json.dumps({"Statement": [statement]})}
    one = {**resource("aws_iam_role_policy.p", values), "sensitive": {"policy": True}}
    secret = Unknown(Why.SECRET, "aws_iam_role_policy.p.policy")
    assert decode(read(tmp_path, plan(one))["aws_iam_role_policy.p"].attributes["policy"], None) == {
        "Statement": [{**statement, "Resource": secret, "Sid": secret}]
    }


SUBNET_ID, VPC_ID, TABLE_ID = "subnet-0123456789abcdef0", "vpc-0123456789abcdef0", "rtb-0123456789abcdef0"


def test_ids_that_exist_lead_to_their_resources(tmp_path: Path) -> None:
    arns = [f"arn:aws:ec2:eu-west-1:111122223333:{name}" for name in ("vpc/1", "cluster/1", "endpoint/1")]
    content = plan(
        resource("aws_vpc.main", {"id": VPC_ID, "arn": arns[0], "main_route_table_id": TABLE_ID}),
        resource("aws_subnet.a", {"id": SUBNET_ID, "vpc_id": VPC_ID}),
        resource("aws_ecs_cluster.c", {"id": arns[1], "arn": arns[1]}),
        resource("aws_cloudwatch_event_target.e", {"arn": arns[1], "id": "rule-target"}),
        resource("aws_vpc_endpoint.s3", {"id": "vpce-0123456789abcdef0", "arn": arns[2]}),
        resource("aws_vpc_endpoint_policy.s3", {"id": "vpce-0123456789abcdef0"}),
        resource("aws_x.x", {"endpoint": "vpce-0123456789abcdef0", "table": TABLE_ID, "other": "subnet-1"}),
    )
    found = {id_: one.attributes for id_, one in read(tmp_path, content).items()}
    assert found == {
        "aws_vpc.main": {},
        "aws_subnet.a": {"vpc_id": Reference("aws_vpc.main", ("id",))},
        "aws_ecs_cluster.c": {},
        "aws_cloudwatch_event_target.e": {"arn": Reference("aws_ecs_cluster.c", ("id",))},
        "aws_vpc_endpoint.s3": {},
        "aws_vpc_endpoint_policy.s3": {},
        "aws_x.x": {
            "endpoint": Reference("aws_vpc_endpoint.s3", ("id",)),
            "table": Reference("aws_vpc.main", ("main_route_table_id",)),
            "other": "subnet-1",
        },
    }


def test_an_id_of_two_resources_is_neither(tmp_path: Path) -> None:
    content = plan(
        resource("aws_subnet.a", {"id": SUBNET_ID}),
        resource("aws_subnet.b", {"id": SUBNET_ID}),
        resource("aws_x.x", {"subnet": SUBNET_ID}),
    )
    note = "several resources have this id: aws_subnet.a, aws_subnet.b"
    assert read(tmp_path, content)["aws_x.x"].attributes == {
        "subnet": Unknown(Why.UNSUPPORTED, SUBNET_ID, None, note)
    }


def test_data_sources_come_from_the_prior_state(tmp_path: Path) -> None:
    read_before = {
        "address": "data.aws_vpc.shared",
        "mode": "data",
        "type": "aws_vpc",
        "name": "shared",
        "values": {"id": VPC_ID, "cidr_block": "10.0.0.0/16"},
    }
    existing = {**read_before, "address": "aws_vpc.gone", "mode": "managed", "name": "gone"}
    prior = {"values": {"root_module": {"resources": [read_before, existing]}}}
    subnet = resource("aws_subnet.a", {"vpc_id": VPC_ID})
    found = read(tmp_path, plan(subnet, prior_state=prior))
    assert sorted(found) == ["aws_subnet.a", "data.aws_vpc.shared"]
    assert found["data.aws_vpc.shared"].is_data
    assert found["data.aws_vpc.shared"].attributes == {"id": VPC_ID, "cidr_block": "10.0.0.0/16"}
    assert found["aws_subnet.a"].attributes == {"vpc_id": Reference("data.aws_vpc.shared", ("id",))}


def _data(address: str, **values: Any) -> dict[str, Any]:
    """A data source that was read before the plan was made."""
    _, type_, name = address.split(".")
    return {"address": address, "mode": "data", "type": type_, "name": name, "values": values}


def test_ids_from_another_state_lead_to_its_outputs(tmp_path: Path) -> None:
    """Each to its own, so that two subnets do not look like one; what is here comes first."""
    other = "subnet-0123456789abcdef1"
    outputs = {"subnet_ids": [SUBNET_ID, other], "network": {"vpc": VPC_ID}, "name": "shared"}
    shared = _data("data.terraform_remote_state.shared", outputs=outputs)
    content = plan(
        resource("aws_vpc.main", {"id": VPC_ID}),
        resource("aws_x.x", {"subnets": [SUBNET_ID, other], "vpc": VPC_ID, "name": "shared"}),
        prior_state={"values": {"root_module": {"resources": [shared]}}},
    )
    assert read(tmp_path, content)["aws_x.x"].attributes == {
        "subnets": [Reference(shared["address"], ("outputs", "subnet_ids", at)) for at in range(2)],
        "vpc": Reference("aws_vpc.main", ("id",)),
        "name": "shared",
    }


def test_what_containers_and_roles_are_given_leads_to_its_resource(tmp_path: Path) -> None:
    """A bucket may be in another region, which its ARN does not say."""
    bucket, secret = "arn:aws:s3:::settings", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"
    given: list[Any] = [f"{bucket}/api.env", f"{bucket}-old/api.env", secret, f"{secret}:password::"]
    containers = json.dumps([{"name": "api", "given": given}])
    content = plan(
        resource("aws_s3_bucket.b", {"id": "settings", "arn": bucket}),
        resource("aws_secretsmanager_secret.s", {"id": secret, "arn": secret}),
        resource("aws_ecs_task_definition.t", {"container_definitions": containers}),
        resource("aws_ecs_task_definition.u", {"container_definitions": "[]"}),
        resource("aws_iam_role_policy.p", {"policy": json.dumps({"Resource": bucket})}),
    )
    found = read(tmp_path, content)
    of_bucket = Reference("aws_s3_bucket.b", ("arn",))
    of_secret = Reference("aws_secretsmanager_secret.s", ("id",))
    assert decode(found["aws_ecs_task_definition.t"].attributes["container_definitions"], None) == [
        {
            "name": "api",
            "given": [
                Text((of_bucket, "/api.env")), given[1], of_secret, Text((of_secret, ":password::")),
            ],
        }
    ]  # fmt: skip
    assert found["aws_ecs_task_definition.u"].attributes["container_definitions"] == "[]"
    assert decode(found["aws_iam_role_policy.p"].attributes["policy"], None) == {"Resource": of_bucket}


def test_the_endpoint_of_a_firewall_leads_to_it(tmp_path: Path) -> None:
    endpoint = "vpce-0123456789abcdef0"
    status = [{"sync_states": [{"attachment": [{"endpoint_id": endpoint, "subnet_id": SUBNET_ID}]}]}]
    content = plan(
        resource("aws_networkfirewall_firewall.f", {"firewall_status": status}),
        resource("aws_subnet.f", {"id": SUBNET_ID}),
        resource("aws_route.out", {"vpc_endpoint_id": endpoint}),
        resource("aws_route_table_association.f", {"subnet_id": SUBNET_ID}),
    )
    found = read(tmp_path, content)
    attachment = ("firewall_status", 0, "sync_states", 0, "attachment", 0, "endpoint_id")
    assert found["aws_route.out"].attributes == {
        "vpc_endpoint_id": Reference("aws_networkfirewall_firewall.f", attachment)
    }
    assert found["aws_route_table_association.f"].attributes == {
        "subnet_id": Reference("aws_subnet.f", ("id",))
    }


def test_a_policy_document_that_is_read_on_apply_is_put_together(tmp_path: Path) -> None:
    """A plan holds its arguments only, and not whether what refers to its text takes it as it is."""
    shared = _document("shared", {"sid": "Logs", "actions": ["logs:PutLogEvents"], "resources": ["*"]})
    own = _document("own", {"actions": ["dynamodb:Query"], "resources": [None]}, resources=[True])
    own["after_unknown"]["source_policy_documents"] = [True]
    own["values"]["source_policy_documents"] = [None]
    content = plan(
        resource("aws_dynamodb_table.t", unknown={"arn": True}),
        resource(
            "aws_iam_role_policy.p",
            unknown={"policy": True},
            policy=refers(f"{own['address']}.json", own["address"]),
        ),
    )
    declared = content["configuration"]["root_module"]["resources"]
    for one, expressions in (
        (shared, {"statement": [{"resources": refers("aws_x.x")}]}),
        (
            own,
            {
                "source_policy_documents": refers(f"{shared['address']}.json", shared["address"]),
                "statement": [{"resources": refers("aws_dynamodb_table.t.arn", "aws_dynamodb_table.t")}],
            },
        ),
    ):
        content["planned_values"]["root_module"]["resources"].append(one)
        content["resource_changes"].append({**one, "change": {"after_unknown": one.pop("after_unknown")}})
        declared.append({**one, "expressions": expressions})
    document = decode(read(tmp_path, content)["aws_iam_role_policy.p"].attributes["policy"], None)

    assert isinstance(document, dict)
    statements = document["Statement"]
    assert isinstance(statements, OpenList)
    table = Reference("aws_dynamodb_table.t", ("arn",))
    assert statements.items == (
        {"Sid": "Logs", "Effect": "Allow", "Action": "logs:PutLogEvents", "Resource": "*"},
        {"Effect": "Allow", "Action": "dynamodb:Query", "Resource": table},
    )
    assert "whether anything is added" in statements.rest.note


def _document(name: str, statement: dict[str, Any], **unknown: Any) -> dict[str, Any]:
    one = _data(f"data.aws_iam_policy_document.{name}", statement=[statement])
    return {**one, "after_unknown": {"json": True, "statement": [unknown]}}


def _block(address: str, **more: Any) -> dict[str, Any]:
    kind, name = address.split(".")
    base = {"address": address, "mode": "managed", "type": kind, "name": name}
    return {**base, "expressions": {"vpc_id": refers("aws_vpc.main.id", "aws_vpc.main")}, **more}


COUNTED = _block("aws_vpc_endpoint.switched_off", count_expression={})


def test_what_a_targeted_plan_leaves_out_may_exist(tmp_path: Path) -> None:
    left_out = _block("aws_vpc_endpoint.left_out")
    called = {"expressions": {}, "module": {"resources": [_block("aws_subnet.a")]}}
    module = {"resources": [left_out, COUNTED], "module_calls": {"net": called}}
    found = read(tmp_path, plan(VPC, module=module))
    unsure = {id_: one for id_, one in found.items() if one.exists is not True}
    assert sorted(unsure) == [
        "aws_vpc_endpoint.left_out",
        "aws_vpc_endpoint.switched_off",
        "module.net.aws_subnet.a",
    ]
    for one in unsure.values():
        assert isinstance(one.exists, Unknown)
        assert one.exists.note.endswith("which was made for some targets")
    vpc = unsure["aws_vpc_endpoint.left_out"].attributes
    assert vpc == {"vpc_id": Reference("aws_vpc.main", ("id",))}


def test_what_is_repeated_no_times_does_not_exist(tmp_path: Path) -> None:
    called = {"count_expression": {}, "module": {"resources": [_block("aws_subnet.a")]}}
    module = {"resources": [COUNTED], "module_calls": {"net": called}}
    assert sorted(read(tmp_path, plan(VPC, module=module))) == ["aws_vpc.main"]


def test_what_is_deleted_is_left_out(tmp_path: Path) -> None:
    content = plan(VPC, module={"resources": [_block("aws_subnet.old")]})
    content["resource_changes"].append({"address": "aws_subnet.old", "change": {"actions": ["delete"]}})
    assert sorted(read(tmp_path, content)) == ["aws_vpc.main"]


@pytest.mark.parametrize(
    ("region", "found"),
    [
        ({"constant_value": "eu-west-1"}, "eu-west-1"),
        (refers("var.region"), "eu-north-1"),
        (refers("data.aws_region.here.name", "data.aws_region.here"), "eu-south-1"),
        (
            refers("local.region"),
            Unknown(
                Why.AFTER_APPLY,
                "local.region",
                None,
                "a plan does not hold the values of locals; the Terraform files beside it would tell",
            ),
        ),
        (
            refers("var.region", "var.other"),
            Unknown(
                Why.UNSUPPORTED,
                "the region of provider aws",
                None,
                "a plan does not hold what its expression gives",
            ),
        ),
        (None, None),
    ],
)
def test_regions_of_providers(region: Any, found: object, tmp_path: Path) -> None:
    here = {"address": "data.aws_region.here", "mode": "data", "type": "aws_region", "name": "here"}
    prior = {"values": {"root_module": {"resources": [{**here, "values": {"name": "eu-south-1"}}]}}}
    content = plan(
        VPC,
        prior_state=prior,
        variables={"region": {"value": "eu-north-1"}, "other": {"value": "x"}},
    )
    provider = content["configuration"]["provider_config"]["aws"]
    provider["expressions"] = {} if region is None else {"region": region}
    assert read(tmp_path, content)["aws_vpc.main"].region == found


def test_regions_of_resources(tmp_path: Path) -> None:
    content = plan(
        resource("aws_vpc.own", {"region": "eu-west-3"}),
        resource("aws_vpc.there", {"arn": "arn:aws:ec2:eu-west-2:111122223333:vpc/vpc-1"}),
        resource("aws_iam_role.global", {"arn": "arn:aws:iam::111122223333:role/x"}),
        resource("random_id.x"),
    )
    content["configuration"]["provider_config"]["aws"]["expressions"] = {
        "region": {"constant_value": "eu-west-1"}
    }
    assert {id_: one.region for id_, one in read(tmp_path, content).items()} == {
        "aws_vpc.own": "eu-west-3",
        "aws_vpc.there": "eu-west-2",
        "aws_iam_role.global": "eu-west-1",
        "random_id.x": None,
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    """PowerShell 5 writes UTF-16 into ``> plan.json``."""
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan(VPC)), encoding=encoding)
    assert [one.address for one in only(scanned(path)).resources] == ["aws_vpc.main"]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ('{"format_version": "1.2", "planned_values": {', "the plan cannot be read: "),
        (
            '{"format_version": "9.0", "planned_values": {}}',
            "version 9.0 of the format of plans is not known",
        ),
        (
            '{"format_version": "1.2", "planned_values": {}, "errored": true}',
            "the plan is of a run that failed: it holds only a part",
        ),
        ('{"version": "1.2", "planned_values": {}}', None),
        ('{"note": "format_version planned_values", "format_version": 3}', None),
        ('{"note": "values", "format_version": ', None),
        ('{"format_version": "1.2", "values": []}', None),
    ],
)
def test_what_is_no_plan(text: str, problems: str | None, tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text(text)
    found = scanned(path)
    assert found.configurations == ()
    if problems is None:
        assert found.problems == ()
    else:
        (problem,) = found.problems
        assert problem.path == path.as_posix()
        assert problem.message.startswith(problems)


def test_what_has_another_shape_is_passed_over(tmp_path: Path) -> None:
    children = [{"address": ""}, {"address": "module"}, {"address": 3}, 7]
    resources = [1, None, {"address": 5}, {"address": "aws_x.x", "type": "aws_x", "name": "x", "values": [1]}]
    planned = {"root_module": {"resources": resources, "child_modules": children}}
    content = {"format_version": "1.2", "planned_values": planned, "configuration": [], "variables": 1}
    assert read(tmp_path, content)["aws_x.x"].attributes == {}


def test_a_plan_above_the_target_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(json.dumps(plan(VPC)))
    (tmp_path / "main.tf").write_text('resource "aws_vpc" "main" {}\n')
    found = scan([tmp_path / "main.tf"], Settings(), tmp_path)
    assert [one.root for one in found.configurations] == [tmp_path.as_posix()]


FILES = """\
variable "name" {
  default = "nobody"
}

locals {
  vpc_id = aws_vpc.main.id
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}

resource "aws_subnet" "a" {
  # checkov:skip=ECSNET_101:known
  vpc_id     = local.vpc_id
  cidr_block = "10.0.1.0/24"
  tags       = { Name = var.name }
}
"""
SUBNET = resource(
    "aws_subnet.a",
    {"cidr_block": "10.0.1.0/24", "tags": {"Name": "somebody"}},
    {"vpc_id": True, "id": True},
    vpc_id=refers("local.vpc_id"),
)
GIVEN = {"name": {"value": "somebody"}}


def test_the_files_beside_a_plan(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(FILES)
    found = read(tmp_path, plan(VPC, SUBNET, variables=GIVEN))
    subnet = found["aws_subnet.a"]
    place = (tmp_path / "main.tf").as_posix()
    assert subnet.location == Location(place, 13, 18)
    assert subnet.at("vpc_id") == Location(place, 15)
    assert subnet.attributes["vpc_id"] == Reference("aws_vpc.main", ("id",))


def test_files_that_say_another_thing_are_only_pointed_at(tmp_path: Path) -> None:
    """They have changed since the plan was made, or are not those that it was made of."""
    (tmp_path / "main.tf").write_text(FILES.replace("10.0.1.0/24", "10.0.2.0/24"))
    subnet = read(tmp_path, plan(VPC, SUBNET, variables=GIVEN))["aws_subnet.a"]
    assert subnet.location.line == 13
    assert subnet.attributes["cidr_block"] == "10.0.1.0/24"
    assert isinstance(subnet.attributes["vpc_id"], Unknown)


def test_files_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "infra").mkdir()
    (tmp_path / "infra/main.tf").write_text(FILES)
    settings = Settings(plan_sources=tmp_path / "infra")
    subnet = read(tmp_path, plan(VPC, SUBNET, variables=GIVEN), settings)["aws_subnet.a"]
    assert subnet.location.path == (tmp_path / "infra/main.tf").as_posix()


@pytest.mark.parametrize(
    ("directory", "message"),
    [
        ("..", "lie outside the repository; --root names what may be read"),
        ("empty", "have no Terraform files"),
    ],
)
def test_files_that_are_not_there(directory: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    path = tmp_path / "plan.json"
    path.write_text(json.dumps(plan(VPC)))
    named = (tmp_path / directory).resolve()
    found = scanned(path, settings=Settings(plan_sources=named))
    assert found.problems == (Problem(path.as_posix(), 0, f"its sources, {named}, {message}"),)
    assert len(found.configurations) == 1


def test_a_sensitive_variable_stays_one_in_the_files(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'variable "password" {\n  sensitive = true\n}\n'
        'resource "aws_vpc" "main" {}\n'
        'resource "aws_ecs_task_definition" "t" {\n'
        '  container_definitions = jsonencode([{ image = "a", vpc = aws_vpc.main.id, x = var.password }])\n'
        "}\n"
    )
    task = resource(
        "aws_ecs_task_definition.t",
        unknown={"container_definitions": True},
        container_definitions=refers("aws_vpc.main.id", "aws_vpc.main", "var.password"),
    )
    content = plan(
        resource("aws_vpc.main", {}, {"id": True}),
        {**task, "sensitive": {"container_definitions": True}},
        variables={"password": {"value": "hush"}},
        module={"variables": {"password": {"sensitive": True}}},
    )
    found = read(tmp_path, content)["aws_ecs_task_definition.t"].attributes
    assert "hush" not in repr(found)
    assert decode(found["container_definitions"], None) == [
        {"image": "a", "vpc": Reference("aws_vpc.main", ("id",)), "x": Unknown(Why.SECRET, "var.password")}
    ]


def test_the_files_say_what_a_text_is_made_of(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'resource "aws_ecr_repository" "a" {\n  name = "a"\n}\n'
        'resource "aws_ecs_task_definition" "t" {\n'
        '  container_definitions = jsonencode([{ image = "${aws_ecr_repository.a.repository_url}:1" }])\n'
        "}\n"
    )
    url = Reference("aws_ecr_repository.a", ("repository_url",))
    content = plan(
        resource("aws_ecr_repository.a", {"name": "a"}, {"repository_url": True}),
        resource(
            "aws_ecs_task_definition.t",
            unknown={"container_definitions": True},
            container_definitions=refers("aws_ecr_repository.a.repository_url", "aws_ecr_repository.a"),
        ),
    )
    found = read(tmp_path, content)["aws_ecs_task_definition.t"].attributes
    assert decode(found["container_definitions"], None) == [{"image": Text((url, ":1"))}]


def test_the_files_are_keyed_by_the_zones_of_the_plan(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(
        'data "aws_availability_zones" "all" {}\n'
        'resource "aws_vpc" "main" {\n  for_each = toset(data.aws_availability_zones.all.names)\n}\n'
        'resource "aws_subnet" "a" {\n'
        "  for_each = toset(data.aws_availability_zones.all.names)\n"
        "  vpc_id   = [for vpc in aws_vpc.main : vpc.id][0]\n"
        "}\n"
    )
    zones = ["eu-west-1a", "eu-west-1b"]
    content = plan(
        *(resource(f'aws_vpc.main["{zone}"]', {}, {"id": True}) for zone in zones),
        *(
            resource(f'aws_subnet.a["{zone}"]', {}, {"vpc_id": True}, vpc_id=refers("aws_vpc.main"))
            for zone in zones
        ),
        prior_state={
            "values": {
                "root_module": {
                    "resources": [
                        {
                            "address": "data.aws_availability_zones.all",
                            "mode": "data",
                            "type": "aws_availability_zones",
                            "name": "all",
                            "values": {"names": zones},
                        }
                    ]
                }
            }
        },
    )
    found = read(tmp_path, content)
    for zone in zones:
        vpc = found[f'aws_subnet.a["{zone}"]'].attributes["vpc_id"]
        assert vpc == Reference('aws_vpc.main["eu-west-1a"]', ("id",))
