"""Principals and conditions of endpoint policies, for the calls that ECS makes (facts B14, trap 14)."""

from __future__ import annotations

import pytest

from checkov_ecs_endpoints.model.own import OWN_ACCOUNT, OWN_ORGANIZATION, OWN_REGION, own_bucket
from checkov_ecs_endpoints.reasoning.iam import allows, allows_everything
from checkov_ecs_endpoints.reasoning.iam_callers import Account, Caller
from checkov_ecs_endpoints.values import OpenList, Reference, Text, Unknown, Value, Why

UNKNOWN = Unknown(Why.NO_VALUE, "var.account")
UNDECIDED = "undecided"
ROLE = Caller(endpoint="logs", vpc="vpc")
ROLE_AT_GATEWAY = Caller(gateway=True)
LAYERS = Caller(Account.AWS, Account.AWS, gateway=True)
LAYERS_AT_INTERFACE = Caller(Account.AWS, Account.AWS)
OTHER = Reference("data.aws_caller_identity.other", ("account_id",))
MY_ROLE = Reference("aws_iam_role.execution", ("arn",))


def statement(effect: str = "Allow", **fields: Value) -> dict[str, Value]:
    return {"Effect": effect, "Principal": "*", "Action": "*", "Resource": "*", **fields}


def said(caller: Caller, *statements: Value) -> bool | str:
    truth = allows({"Statement": list(statements)}, "s3:GetObject", "*", caller)
    return UNDECIDED if isinstance(truth, Unknown) else truth


def arn(rest: str) -> Text:
    return Text(("arn:aws:iam::", OWN_ACCOUNT, rest))


@pytest.mark.parametrize(
    ("condition", "role", "layers"),
    [
        ({"StringEquals": {"aws:PrincipalAccount": OWN_ACCOUNT}}, True, False),
        ({"StringEquals": {"AWS:principalaccount": [OWN_ACCOUNT]}}, True, False),
        ({"StringEquals": {"aws:PrincipalAccount": [OTHER, OWN_ACCOUNT]}}, True, UNDECIDED),
        ({"StringEquals": {"aws:PrincipalAccount": OTHER}}, UNDECIDED, UNDECIDED),
        ({"StringEquals": {"aws:PrincipalAccount": "111122223333"}}, UNDECIDED, UNDECIDED),
        ({"StringEquals": {"aws:PrincipalAccount": UNKNOWN}}, UNDECIDED, UNDECIDED),
        ({"StringEquals": {"aws:PrincipalAccount": OpenList((OWN_ACCOUNT,), UNKNOWN)}}, True, UNDECIDED),
        ({"StringEquals": {"aws:PrincipalOrgID": OWN_ORGANIZATION}}, True, False),
        ({"StringEquals": {"aws:PrincipalOrgID": "o-example"}}, UNDECIDED, UNDECIDED),
        ({"ForAnyValue:StringEquals": {"aws:PrincipalOrgID": OWN_ORGANIZATION}}, True, False),
        ({"ForAllValues:StringEquals": {"aws:PrincipalOrgID": OWN_ORGANIZATION}}, True, UNDECIDED),
        ({"StringEqualsIfExists": {"aws:PrincipalOrgID": OWN_ORGANIZATION}}, True, UNDECIDED),
        ({"StringNotEquals": {"aws:PrincipalOrgID": OWN_ORGANIZATION}}, False, True),
        ({"StringNotEqualsIfExists": {"aws:PrincipalOrgID": OWN_ORGANIZATION}}, False, True),
        ({"ForAnyValue:StringNotEquals": {"aws:PrincipalOrgID": OWN_ORGANIZATION}}, False, UNDECIDED),
        ({"ForAllValues:StringNotEquals": {"aws:PrincipalOrgID": OWN_ORGANIZATION}}, False, True),
        ({"StringEquals": {"aws:ResourceAccount": OWN_ACCOUNT}}, UNDECIDED, False),
        ({"StringEquals": {"s3:ResourceAccount": OWN_ACCOUNT}}, UNDECIDED, False),
        ({"StringEquals": {"aws:ResourceOrgID": OWN_ORGANIZATION}}, UNDECIDED, False),
        ({"StringNotEquals": {"aws:ResourceAccount": OWN_ACCOUNT}}, UNDECIDED, True),
        ({"ArnLike": {"aws:PrincipalArn": arn(":role/*")}}, True, False),
        ({"ArnEquals": {"aws:PrincipalArn": arn(":*")}}, True, False),
        ({"StringLike": {"aws:PrincipalArn": arn(":role/api-*")}}, UNDECIDED, False),
        ({"StringEquals": {"aws:PrincipalArn": arn(":role/*")}}, UNDECIDED, UNDECIDED),
        ({"ArnLike": {"aws:PrincipalArn": arn(":root")}}, False, False),
        ({"ArnEquals": {"aws:PrincipalArn": MY_ROLE}}, UNDECIDED, UNDECIDED),
        ({"ArnLike": {"aws:PrincipalArn": "*"}}, True, True),
        ({"Bool": {"aws:SecureTransport": "true"}}, True, True),
        ({"Bool": {"aws:SecureTransport": False}}, False, False),
        ({"Bool": {"aws:PrincipalIsAWSService": "false"}}, UNDECIDED, UNDECIDED),
        ({"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}}, UNDECIDED, UNDECIDED),
        ({"Null": {"aws:PrincipalOrgID": "false"}}, UNDECIDED, UNDECIDED),
        (UNKNOWN, UNDECIDED, UNDECIDED),
        (
            {"StringEquals": {"aws:PrincipalAccount": OWN_ACCOUNT}, "IpAddress": {"aws:SourceIp": "x"}},
            UNDECIDED,
            False,
        ),
        (
            {"StringEquals": {"aws:PrincipalAccount": OWN_ACCOUNT, "aws:PrincipalOrgID": OWN_ORGANIZATION}},
            True,
            False,
        ),
    ],
)
def test_conditions(condition: Value, role: bool | str, layers: bool | str) -> None:
    assert said(ROLE, statement(Condition=condition)) == role
    assert said(LAYERS, statement(Condition=condition)) == layers


def test_where_a_request_comes_from() -> None:
    for key, own in (("aws:SourceVpce", "logs"), ("aws:SourceVpc", "vpc")):
        here: Value = {"StringEquals": {key: Reference(own, ("id",))}}
        elsewhere: Value = {"StringEquals": {key: Reference("another", ("id",))}}
        assert said(ROLE, statement(Condition=here)) is True
        assert said(ROLE, statement(Condition=elsewhere)) == UNDECIDED
        denied = statement("Deny", Condition={"StringNotEquals": {key: Reference(own, ("id",))}})
        assert said(ROLE, statement(), denied) is True


@pytest.mark.parametrize(
    ("principal", "at_interface", "at_gateway", "layers"),
    [
        ({"AWS": OWN_ACCOUNT}, True, False, False),
        ({"AWS": arn(":root")}, True, False, False),
        ({"AWS": ["*", arn(":root")]}, True, True, True),
        ({"AWS": arn(":role/execution")}, UNDECIDED, UNDECIDED, False),
        ({"AWS": MY_ROLE}, UNDECIDED, UNDECIDED, UNDECIDED),
        ({"AWS": "arn:aws:iam::111122223333:root"}, UNDECIDED, False, False),
        ({"AWS": "111122223333"}, UNDECIDED, False, False),
        ({"AWS": UNKNOWN}, UNDECIDED, UNDECIDED, UNDECIDED),
        ({"Service": "ecs-tasks.amazonaws.com"}, False, False, UNDECIDED),
        ("*", True, True, True),
        (UNKNOWN, UNDECIDED, UNDECIDED, UNDECIDED),
    ],
)
def test_principals(
    principal: Value, at_interface: bool | str, at_gateway: bool | str, layers: bool | str
) -> None:
    """https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#vpc-endpoint-policies-gateway."""
    assert said(ROLE, statement(Principal=principal)) == at_interface
    assert said(ROLE_AT_GATEWAY, statement(Principal=principal)) == at_gateway
    assert said(LAYERS, statement(Principal=principal)) == layers


def test_layers_are_not_read_by_the_own_account_at_an_interface_endpoint_either() -> None:
    assert said(LAYERS_AT_INTERFACE, statement(Principal={"AWS": OWN_ACCOUNT})) is False


def test_an_exemption_of_the_layer_bucket_counts() -> None:
    own: Value = {"StringNotEquals": {"aws:PrincipalOrgID": OWN_ORGANIZATION}}
    bucket = "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"
    exempted = statement("Deny", Resource=None, NotResource=bucket, Condition=own)
    policy: Value = {"Statement": [statement(), exempted]}
    assert allows(policy, "s3:GetObject", bucket, LAYERS) is True
    assert allows(policy, "s3:GetObject", "arn:aws:s3:::other/*", LAYERS) is False


def test_trap_14_image_layers_are_in_no_bucket_of_the_configuration() -> None:
    own = Text(("arn:aws:s3:::", own_bucket("aws_s3_bucket.mine"), "/*"))
    bucket = "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"
    policy: Value = {"Statement": [statement(Resource=own)]}
    assert allows(policy, "s3:GetObject", bucket, LAYERS) is False
    assert isinstance(allows(policy, "s3:GetObject", "arn:aws:s3:::*", ROLE_AT_GATEWAY), Unknown)


def test_the_own_region_is_that_of_what_is_asked_for() -> None:
    layers = Text(("arn:aws:s3:::prod-", OWN_REGION, "-starport-layer-bucket/*"))
    policy: Value = {"Statement": [statement(Resource=layers)]}
    known = Caller(Account.AWS, Account.AWS, gateway=True, region="eu-west-1")
    bucket = "arn:aws:s3:::prod-{region}-starport-layer-bucket/*"
    assert allows(policy, "s3:GetObject", bucket.replace("{region}", "eu-west-1"), known) is True
    assert allows(policy, "s3:GetObject", bucket, LAYERS) is True
    elsewhere: Value = {"Statement": [statement(Resource=bucket.replace("{region}", "eu-west-1"))]}
    assert isinstance(allows(elsewhere, "s3:GetObject", bucket, LAYERS), Unknown)


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([statement()], True),
        ([statement(Principal={"AWS": ["*"]}, Action=["*"], Resource=["*"])], True),
        ([statement(Action="s3:*")], True),
        ([statement(Action="ecr:*")], False),
        ([statement(Action=["s3:Get*", "s3:*"])], True),
        ([statement(Action="s3:GetObject")], False),
        ([statement(Resource="arn:aws:s3:::mine/*")], False),
        ([statement(Resource=["arn:aws:s3:::mine/*", "*"])], True),
        ([statement(Principal={"AWS": OWN_ACCOUNT})], False),
        ([statement(Condition={"StringEquals": {"aws:PrincipalAccount": OWN_ACCOUNT}})], False),
        ([statement(), statement("Deny", Action="s3:DeleteBucket")], False),
        ([statement("Deny")], False),
        ([], False),
        ([statement(Effect=UNKNOWN)], UNDECIDED),
        ([statement(Resource=UNKNOWN)], UNDECIDED),
        ([statement(Resource=UNKNOWN), statement()], True),
        ([statement(Action=UNKNOWN, Resource="arn:aws:s3:::mine/*")], False),
        ([statement(Condition=UNKNOWN)], UNDECIDED),
        ([statement(Principal=UNKNOWN)], UNDECIDED),
        ([statement(Principal={"AWS": [OWN_ACCOUNT, UNKNOWN]})], UNDECIDED),
        ([UNKNOWN], UNDECIDED),
    ],
)
def test_full_access(statements: list[Value], expected: bool | str) -> None:
    truth = allows_everything({"Statement": statements}, {"s3"})
    assert (UNDECIDED if isinstance(truth, Unknown) else truth) == expected


def test_no_policy_is_full_access() -> None:
    assert allows_everything(None, {"s3"}) is True
