"""Policy documents of endpoints."""

from __future__ import annotations

import json

import pytest

from checkov_ecs_endpoints.reasoning.iam import allows
from checkov_ecs_endpoints.reasoning.iam_callers import Caller
from checkov_ecs_endpoints.values import Unknown, Value, Why, text

LAYERS = "arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"
SOMEWHERE = "arn:aws:s3:::prod-*-starport-layer-bucket/*"
UNKNOWN = Unknown(Why.NO_VALUE, "var.policy")
UNDECIDED = "undecided"


def statement(effect: str = "Allow", **fields: Value) -> Value:
    return {"Effect": effect, "Principal": "*", "Action": "*", "Resource": "*", **fields}


def document(*statements: Value) -> Value:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def verdict(policy: Value, resource: str = LAYERS) -> bool | str:
    truth = allows(policy, "s3:GetObject", resource, Caller())
    return UNDECIDED if isinstance(truth, Unknown) else truth


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        (None, True),
        (document(statement()), True),
        (document(), False),
        (document(statement(Action="s3:*")), True),
        (document(statement(Action="S3:getobject")), True),
        (document(statement(Action=["s3:PutObject", "s3:Get*"])), True),
        (document(statement(Action="s3:PutObject")), False),
        (document(statement(NotAction="s3:GetObject", Action=None)), False),
        (document(statement(Resource=LAYERS)), True),
        (document(statement(Resource="arn:aws:s3:::my-bucket/*")), False),
        (document(statement(Resource="arn:aws:s3:::prod-eu-west-1-starport-layer-bucket")), False),
        (document(statement(Resource=["arn:aws:s3:::my-bucket/*", LAYERS])), True),
        (document(statement(), statement("Deny", Action="s3:*")), False),
        (document(statement(), statement("Deny", Action="s3:PutObject")), True),
        (
            document(
                statement(), statement("Deny", Condition={"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}})
            ),
            UNDECIDED,
        ),
        (document(statement(Condition={"StringEquals": {"aws:PrincipalAccount": "1"}})), UNDECIDED),
        (document(statement(Principal={"AWS": "*"})), True),
        (document(statement(Principal={"AWS": "arn:aws:iam::111122223333:root"})), UNDECIDED),
        (document(statement(Resource=text(["arn:aws:s3:::", UNKNOWN, "/*"]))), UNDECIDED),
        (document(statement(Resource=text(["arn:aws:s3:::my-", UNKNOWN]))), False),
        (document(statement(Resource="arn:aws-cn:s3:::*")), True),
        (document(statement(Resource=text(["arn:", UNKNOWN, ":s3:::*"]))), True),
        (document(statement(Resource=text(["arn:", UNKNOWN, ":s3:::my-bucket/*"]))), False),
        (document(statement(Effect=UNKNOWN)), UNDECIDED),
        (document(statement(Effect=UNKNOWN, Action="s3:PutObject"), statement()), True),
        (document(statement("Deny", Resource=UNKNOWN), statement("Deny"), statement()), False),
        (document(statement("Deny", Resource=UNKNOWN)), False),
        (document(UNKNOWN), UNDECIDED),
        (UNKNOWN, UNDECIDED),
        ([], UNDECIDED),
    ],
)
def test_statements(policy: Value, expected: bool | str) -> None:
    assert verdict(policy) == expected


def test_one_statement_need_not_be_a_list() -> None:
    assert verdict({"Statement": statement()}) is True


def test_json_text_reads_like_a_mapping() -> None:
    assert verdict(json.dumps(document(statement(Action="s3:PutObject")))) is False


def test_a_region_that_is_not_known_matches_what_leaves_it_open() -> None:
    assert verdict(document(statement(Resource="arn:aws:s3:::*")), SOMEWHERE) is True
    assert verdict(document(statement(Resource=LAYERS)), SOMEWHERE) == UNDECIDED
    assert verdict(document(statement(Resource="arn:aws:s3:::my-bucket/*")), SOMEWHERE) is False
    assert verdict(document(statement(Resource=LAYERS.removesuffix("/*"))), SOMEWHERE) is False
    object_ = LAYERS.replace("*", "layer")
    assert verdict(document(statement(Resource=object_)), SOMEWHERE) == UNDECIDED


def test_an_action_about_no_single_resource_needs_a_star() -> None:
    named = document(statement(Resource="arn:aws:ecr:eu-west-1:111122223333:repository/app"))
    assert allows(named, "ecr:GetAuthorizationToken", "*", Caller()) is False
