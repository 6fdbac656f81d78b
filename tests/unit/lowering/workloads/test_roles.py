"""IAM roles: the same in both languages, whatever way their policies are given."""

from __future__ import annotations

import json

import pytest
from support.configurations import MYSTERY, PLACE, cfn, get_att, ref, template, terraform, tf

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Configuration, Resource
from checkov_ecs_endpoints.lowering.cloudformation.workloads import CLOUDFORMATION
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.terraform.workloads import TERRAFORM
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage
from checkov_ecs_endpoints.lowering.workloads.task_definitions import task_definitions
from checkov_ecs_endpoints.model.permissions import Concerned, ManagedPolicy, Permission, Role
from checkov_ecs_endpoints.values import OpenList, Unknown, Value, text

STATEMENT: dict[str, Value] = {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}
DOCUMENT: dict[str, Value] = {"Version": "2012-10-17", "Statement": [STATEMENT]}
TEXT = json.dumps(DOCUMENT)
SQS_READ_ONLY = "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"
TASK = tf("aws_ecs_task_definition.app", {"task_role_arn": ref("aws_iam_role.task", "arn")})
STACK_TASK = cfn("AWS::ECS::TaskDefinition", "App", {"TaskRoleArn": get_att("Task", "Arn")})


def read(configuration: Configuration, language: WorkloadLanguage) -> Role | Unknown | None:
    (found,) = task_definitions(configuration, Index.of(configuration), language).definitions.values()
    return found.task_role


def of_terraform(*resources: Resource, region: Value = None) -> Role:
    found = read(terraform(TASK, *resources, region=region), TERRAFORM)
    assert isinstance(found, Role)
    return found


def of_template(*resources: Resource) -> Role:
    found = read(template(STACK_TASK, *resources), CLOUDFORMATION)
    assert isinstance(found, Role)
    return found


def allowed(address: str) -> Permission:
    return Permission(source=Source(address, PLACE), allow=True, actions=("sqs:*",), concerned=(Concerned(),))


def role(**attributes: Value) -> Resource:
    return tf("aws_iam_role.task", {"name": "task", **attributes})


NAME = ref("aws_iam_role.task", "name")
INLINE = "aws_iam_role_policy.queue"
POLICY = tf("aws_iam_policy.queue", {"policy": TEXT})
ARN = ref("aws_iam_policy.queue", "arn")


@pytest.mark.parametrize(
    ("resources", "address"),
    [
        ([role(inline_policy=[{"name": "queue", "policy": TEXT}])], "aws_iam_role.task"),
        ([role(managed_policy_arns=[ARN]), POLICY], "aws_iam_policy.queue"),
        (
            [role(), tf(INLINE, {"role": NAME, "policy": TEXT})],
            INLINE,
        ),
        (
            [role(), tf(INLINE, {"role": "task", "policy": DOCUMENT})],
            INLINE,
        ),
        (
            [role(), POLICY, tf("aws_iam_role_policy_attachment.queue", {"role": NAME, "policy_arn": ARN})],
            "aws_iam_policy.queue",
        ),
        (
            [role(), POLICY, tf("aws_iam_policy_attachment.queue", {"roles": [NAME], "policy_arn": ARN})],
            "aws_iam_policy.queue",
        ),
        (
            [
                role(),
                POLICY,
                tf(
                    "aws_iam_role_policy_attachments_exclusive.queue",
                    {"role_name": NAME, "policy_arns": [ARN]},
                ),
            ],
            "aws_iam_policy.queue",
        ),
    ],
)
def test_every_way_to_give_a_role_a_document(resources: list[Resource], address: str) -> None:
    found = of_terraform(*resources)
    assert (found.permissions, found.managed, found.rest) == ((allowed(address),), (), None)


@pytest.mark.parametrize(
    ("resources", "address"),
    [
        (
            [cfn("AWS::IAM::Role", "Task", {"Policies": [{"PolicyName": "q", "PolicyDocument": DOCUMENT}]})],
            "AWS::IAM::Role.Task",
        ),
        (
            [
                cfn("AWS::IAM::Role", "Task"),
                cfn("AWS::IAM::Policy", "Queue", {"Roles": [ref("Task")], "PolicyDocument": DOCUMENT}),
            ],
            "AWS::IAM::Policy.Queue",
        ),
        (
            [
                cfn("AWS::IAM::Role", "Task", {"RoleName": "task"}),
                cfn("AWS::IAM::RolePolicy", "Queue", {"RoleName": "task", "PolicyDocument": DOCUMENT}),
            ],
            "AWS::IAM::RolePolicy.Queue",
        ),
        (
            [
                cfn("AWS::IAM::Role", "Task"),
                cfn("AWS::IAM::ManagedPolicy", "Queue", {"Roles": [ref("Task")], "PolicyDocument": DOCUMENT}),
            ],
            "AWS::IAM::ManagedPolicy.Queue",
        ),
        (
            [
                cfn("AWS::IAM::Role", "Task", {"ManagedPolicyArns": [ref("Queue")]}),
                cfn("AWS::IAM::ManagedPolicy", "Queue", {"PolicyDocument": DOCUMENT}),
            ],
            "AWS::IAM::ManagedPolicy.Queue",
        ),
    ],
)
def test_every_way_in_a_template(resources: list[Resource], address: str) -> None:
    found = of_template(*resources)
    assert (found.permissions, found.managed, found.rest) == ((allowed(address),), (), None)


@pytest.mark.parametrize(
    "value",
    [
        SQS_READ_ONLY,
        "arn:aws-us-gov:iam::aws:policy/service-role/AmazonSQSReadOnlyAccess",
        text(
            [
                "arn:",
                ref("data.aws_partition.current", "partition"),
                ":iam::aws:policy/AmazonSQSReadOnlyAccess",
            ]
        ),
        ref("data.aws_iam_policy.queue", "arn"),
    ],
)
def test_policies_of_aws_are_known_by_name(value: Value) -> None:
    data = tf("data.aws_iam_policy.queue", {"name": "AmazonSQSReadOnlyAccess"})
    found = of_terraform(role(managed_policy_arns=[value]), data)
    named = ManagedPolicy(source=Source("aws_iam_role.task", PLACE), name="AmazonSQSReadOnlyAccess")
    assert (found.managed, found.rest) == ((named,), None)


@pytest.mark.parametrize(
    "named",
    [
        "arn:aws:iam::111122223333:role/task",
        "arn:aws:iam::111122223333:role/path/task",
        ref("aws_iam_role.task", "arn"),
    ],
)
def test_a_role_is_found_by_reference_name_or_arn(named: Value) -> None:
    configuration = terraform(tf("aws_ecs_task_definition.app", {"task_role_arn": named}), role())
    assert read(configuration, TERRAFORM) == Role(source=Source("aws_iam_role.task", PLACE))


@pytest.mark.parametrize("named", [MYSTERY, "arn:aws:iam::111122223333:role/theirs"])
def test_a_role_that_is_elsewhere_is_unknown(named: Value) -> None:
    configuration = terraform(tf("aws_ecs_task_definition.app", {"task_role_arn": named}), role())
    assert isinstance(read(configuration, TERRAFORM), Unknown)


def statement(**fields: Value) -> Role:
    document: Value = {"Statement": [{**STATEMENT, **fields}]}
    return of_terraform(
        role(inline_policy=[{"policy": document}]),
        tf("aws_sqs_queue.far", {"region": "us-east-1"}),
        tf("aws_sqs_queue.near"),
        tf("aws_kinesis_firehose_delivery_stream.far", {"region": "us-east-1"}),
        tf("aws_s3_bucket.far", {"region": "us-east-1", "bucket": "far"}),
        tf("aws_iam_role.other", {"region": "us-east-1"}),
        region="eu-west-1",
    )


@pytest.mark.parametrize(
    ("resource", "concerned"),
    [
        ("arn:aws:sqs:us-east-1:111122223333:q", Concerned("sqs", "us-east-1")),
        ("arn:aws:sqs:eu-west-1:111122223333:q", Concerned("sqs", "eu-west-1")),
        ("arn:aws:sqs:*:111122223333:q", Concerned("sqs")),
        ("arn:aws:s3:::bucket/*", Concerned("s3")),
        (ref("aws_sqs_queue.far", "arn"), Concerned("sqs", "us-east-1")),
        (ref("aws_sqs_queue.near", "arn"), Concerned("sqs")),
        (ref("aws_iam_role.other", "arn"), Concerned("")),  # in no region
        (text([ref("aws_sqs_queue.far", "arn"), "/*"]), Concerned("sqs", "us-east-1")),
        (ref("aws_kinesis_firehose_delivery_stream.far", "arn"), Concerned("", "us-east-1")),
        ("arn:aws:s3:::far/*", Concerned("s3", "us-east-1")),  # by the name, which is unique
        (text(["arn:aws:s3:::", ref("aws_s3_bucket.far", "id"), "/*"]), Concerned("s3", "us-east-1")),
        (MYSTERY, Concerned("")),
    ],
)
def test_facts_a32_trap_16_the_region_of_what_a_statement_is_about(
    resource: Value, concerned: Concerned
) -> None:
    (found,) = statement(Resource=resource).permissions
    assert found.limited
    assert found.concerned == (concerned,)


TABLE = "arn:aws:dynamodb:eu-west-1:111122223333:table/"


@pytest.mark.parametrize(
    ("resource", "is_table"),
    [
        (TABLE + "orders", True),
        (TABLE + "orders/index/*", True),
        (get_att("Orders", "Arn"), True),
        (text([get_att("Orders", "Arn"), "/index/*"]), True),
        (text([TABLE, ref("Orders")]), True),
        (TABLE + "orders/stream/*", False),
        (TABLE + "orders*", False),
        (TABLE + "*", False),
        ("*", False),
        (get_att("Orders", "StreamArn"), False),
        (text([get_att("Orders", "Arn"), "/*"]), False),
        (text([TABLE, MYSTERY]), False),
        (text([TABLE, get_att("Orders", "StreamArn")]), False),
        (get_att("Queue", "Arn"), False),
        (MYSTERY, False),
    ],
    ids=str,
)
def test_what_is_certainly_a_table_and_no_stream(resource: Value, is_table: bool) -> None:
    document: Value = {"Statement": [{"Effect": "Allow", "Action": "dynamodb:*", "Resource": resource}]}
    found = of_template(
        cfn("AWS::IAM::Role", "Task", {"Policies": [{"PolicyDocument": document}]}),
        cfn("AWS::DynamoDB::Table", "Orders"),
        cfn("AWS::SQS::Queue", "Queue"),
    )
    assert [one.is_table for one in found.permissions[0].concerned] == [is_table]


def test_what_limits_a_statement() -> None:
    (wide,) = statement().permissions
    (conditional,) = statement(Condition={"Bool": {"aws:SecureTransport": "true"}}).permissions
    assert (wide.limited, conditional.limited) == (False, True)


@pytest.mark.parametrize(
    ("actions", "read_as"),
    [
        (["sqs:*", "sns:Publish"], ("sqs:*", "sns:Publish")),
        (text(["sqs:", MYSTERY]), ("sqs:*",)),
        (text([MYSTERY, ":*"]), ("*:*",)),
    ],
)
def test_actions_are_patterns(actions: Value, read_as: tuple[str, ...]) -> None:
    (found,) = statement(Action=actions).permissions
    assert found.actions == read_as


def test_what_is_not_known_of_a_denied_action_denies_nothing() -> None:
    (found,) = statement(Effect="Deny", Action=["sqs:*", text(["sns:", MYSTERY])]).permissions
    assert (found.allow, found.actions) == (False, ("sqs:*",))


def test_what_is_not_known_of_an_exempted_action_exempts_everything() -> None:
    document: Value = {"Statement": [{"Effect": "Deny", "NotAction": ["sqs:*", MYSTERY], "Resource": "*"}]}
    (found,) = of_terraform(role(inline_policy=[{"policy": document}])).permissions
    assert (found.all_but, found.actions) == (True, ("sqs:*", "*"))


@pytest.mark.parametrize(
    ("attributes", "known"),
    [
        ({"inline_policy": [{"policy": MYSTERY}]}, False),
        ({"inline_policy": OpenList((), MYSTERY)}, False),
        ({"inline_policy": [{"policy": {"Statement": [{**STATEMENT, "Action": MYSTERY}]}}]}, False),
        ({"inline_policy": [{"policy": {"Statement": [{**STATEMENT, "Effect": MYSTERY}]}}]}, False),
        (
            {"inline_policy": [{"policy": {"Statement": [{**STATEMENT, "Action": text([MYSTERY, ":*"])}]}}]},
            False,
        ),
        ({"managed_policy_arns": [MYSTERY]}, False),
        ({"managed_policy_arns": ["arn:aws:iam::111122223333:policy/theirs"]}, False),
        ({"managed_policy_arns": [SQS_READ_ONLY]}, True),
        ({"inline_policy": [{"policy": {"Statement": [{**STATEMENT, "Resource": MYSTERY}]}}]}, True),
    ],
)
def test_policies_that_are_not_known_leave_the_role_open(attributes: dict[str, Value], known: bool) -> None:
    assert (of_terraform(role(**attributes)).rest is None) is known
