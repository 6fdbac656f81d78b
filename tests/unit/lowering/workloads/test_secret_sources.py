"""Where a secret is read from, by its ``valueFrom``."""

from __future__ import annotations

import pytest
from support.configurations import MYSTERY, PLACE, cfn, get_att, ref, template, terraform, tf

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Configuration
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.lowering.workloads.secret_sources import secret
from checkov_ecs_endpoints.model.workloads import Secret, ServiceOf
from checkov_ecs_endpoints.values import Unknown, Value, Why, text

SECRETS, PARAMETERS = ServiceOf.SECRETS_MANAGER, ServiceOf.PARAMETER_STORE
SOURCE = Source("aws_ecs_task_definition.app", PLACE)
REGION = Unknown(Why.DATA_SOURCE, "data.aws_region.current.name")
TERRAFORM = terraform(
    tf("aws_ecs_task_definition.app"),
    tf("aws_secretsmanager_secret.db", {"name": "db"}),
    tf("aws_secretsmanager_secret.far", {"name": "far"}, region="us-east-1"),
    tf("aws_ssm_parameter.key", {"name": "/app/key"}),
    tf("aws_rds_cluster.main"),
    tf("data.aws_region.current"),
    region="eu-west-1",
)
TEMPLATE = template(
    cfn("AWS::ECS::TaskDefinition", "Task"),
    cfn("AWS::SecretsManager::Secret", "Secret"),
    cfn("AWS::SSM::Parameter", "Parameter"),
    cfn("AWS::RDS::DBCluster", "Database"),
)


def read(value: Value, configuration: Configuration = TERRAFORM) -> Secret:
    index = Index.of(configuration)
    return secret(value, SOURCE, Region.of(configuration.resources[0], configuration, index), index)


@pytest.mark.parametrize(
    ("value", "store", "region"),
    [
        ("arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf", SECRETS, "eu-west-1"),
        ("arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:password::", SECRETS, "eu-west-1"),
        ("arn:aws-cn:ssm:cn-north-1:123456789012:parameter/app/key", PARAMETERS, "cn-north-1"),
        ("/app/key", PARAMETERS, None),
        ("key", PARAMETERS, None),
        (text(["arn:aws:ssm:", REGION, ":", MYSTERY, ":parameter/app/key"]), PARAMETERS, None),
        (text(["arn:aws:secretsmanager:", MYSTERY, ":1:secret:x"]), SECRETS, MYSTERY),
        (text(["/", MYSTERY, "/key"]), PARAMETERS, None),
        (ref("aws_secretsmanager_secret.db", "arn"), SECRETS, None),
        (ref("aws_secretsmanager_secret.far", "arn"), SECRETS, "us-east-1"),
        (text([ref("aws_secretsmanager_secret.db", "arn"), ":password::"]), SECRETS, None),
        (ref("aws_ssm_parameter.key", "arn"), PARAMETERS, None),
        (ref("data.aws_secretsmanager_secret_version.v", "arn"), SECRETS, None),
        (Unknown(Why.DATA_SOURCE, "data.aws_ssm_parameter.key.arn"), PARAMETERS, None),
        (Unknown(Why.DATA_SOURCE, "module.db.data.aws_secretsmanager_secret.s[0].arn"), SECRETS, None),
        (
            text([ref("aws_rds_cluster.main", "master_user_secret", "0", "secret_arn"), ":password::"]),
            SECRETS,
            None,
        ),
    ],
)
def test_the_store_and_its_region(value: Value, store: ServiceOf, region: str | Unknown | None) -> None:
    assert read(value) == Secret(SOURCE, store, region)


@pytest.mark.parametrize(
    ("value", "store"),
    [
        (ref("Secret"), SECRETS),
        (text([ref("Secret"), ":password::"]), SECRETS),
        (ref("Parameter"), PARAMETERS),
        (get_att("Database", "MasterUserSecret.SecretArn"), SECRETS),
        (
            text(["arn:aws:ssm:", Unknown(Why.NO_VALUE, "AWS::Region"), ":1:parameter/", ref("Parameter")]),
            PARAMETERS,
        ),
    ],
)
def test_cloudformation_spells_the_same(value: Value, store: ServiceOf) -> None:
    assert read(value, TEMPLATE) == Secret(SOURCE, store)


@pytest.mark.parametrize(
    "value",
    [
        MYSTERY,
        text([MYSTERY, ":password::"]),
        text(["arn:aws:", MYSTERY, ":eu-west-1:1:x"]),
        text(["a", MYSTERY]),
    ],
)
def test_what_may_be_either_is_unknown(value: Value) -> None:
    assert read(value) == Secret(SOURCE, MYSTERY)


def test_an_arn_of_something_else_is_not_a_parameter() -> None:
    found = read("arn:aws:s3:::bucket/key")
    assert isinstance(found.store, Unknown)
    assert found.store.why is Why.INVALID
