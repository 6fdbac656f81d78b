"""Which service the name of an endpoint service is of."""

from __future__ import annotations

import pytest
from support.configurations import MYSTERY, ref

from checkov_ecs_endpoints.lowering.network.service_names import ServiceName, service_name
from checkov_ecs_endpoints.values import Text, Unknown, Value, Why

REGION = ref("data.aws_region.current", "name")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("com.amazonaws.eu-west-1.s3", ServiceName("s3", "eu-west-1")),
        ("com.amazonaws.us-gov-west-1.ecr.dkr", ServiceName("ecr.dkr", "us-gov-west-1")),
        ("cn.com.amazonaws.cn-north-1.ecr.api", ServiceName("ecr.api", "cn-north-1")),
        ("com.amazonaws.cn-north-1.s3", ServiceName("s3", "cn-north-1")),
        ("eu.amazonaws.eusc-de-east-1.ecr.api", ServiceName("ecr.api", "eusc-de-east-1")),
        ("gov.ic.c2s.us-iso-east-1.ecr.dkr", ServiceName("ecr.dkr", "us-iso-east-1")),
        ("com.amazonaws.us-east-1.ecr-fips.dkr", ServiceName("ecr.dkr", "us-east-1", True)),
        ("com.amazonaws.us-east-1.kms-fips", ServiceName("kms", "us-east-1", True)),
        (
            "com.amazonaws.us-east-1.sagemaker.runtime-fips",
            ServiceName("sagemaker.runtime", "us-east-1", True),
        ),
        ("gov.sgov.sc2s.us-isob-east-1.ecr.dkr", ServiceName("ecr.dkr", "us-isob-east-1")),
        ("uk.adc-e.cloud.eu-isoe-west-1.ecr.api", ServiceName("ecr.api", "eu-isoe-west-1")),
        ("com.amazonaws.iam", ServiceName("iam")),
        ("com.amazonaws.vpce.us-east-1.vpce-svc-0a1b", ServiceName("vpce")),
        ("aws.sagemaker.us-east-1.notebook", ServiceName("aws.sagemaker.us-east-1.notebook")),
        (Text(("com.amazonaws.", REGION, ".ecr.dkr")), ServiceName("ecr.dkr")),
        (Text(("com.amazonaws.", MYSTERY, ".s3")), ServiceName("s3")),
        (Text(("com.amazonaws.", MYSTERY, "-", MYSTERY, "-1.logs")), ServiceName("logs")),
        (Text((MYSTERY, ".", REGION, ".ecr-fips.api")), ServiceName("ecr.api", None, True)),
        (Text((MYSTERY, ".eu-west-1.ecr.dkr")), ServiceName("ecr.dkr")),
        (Text(("com.amazonaws.vpce.", REGION, ".vpce-svc-", MYSTERY)), ServiceName("vpce")),
        (Text((MYSTERY, ".secretsmanager")), ServiceName("secretsmanager")),
    ],
)
def test_trap_6_names_that_tell_the_service(name: Value, expected: ServiceName) -> None:
    assert service_name(name) == expected


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (MYSTERY, Why.NO_VALUE),
        (REGION, Why.AFTER_APPLY),
        (Text(("com.amazonaws.", REGION, ".", MYSTERY)), Why.NO_VALUE),
        (Text(("com.amazonaws.", MYSTERY, ".dkr")), Why.NO_VALUE),  # may be ecr.dkr
        (Text(("com.amazonaws.", MYSTERY, ".runtime")), Why.NO_VALUE),  # may be sagemaker.runtime
        (Text((MYSTERY, "s3")), Why.NO_VALUE),
        (Text((MYSTERY, ".eu-west-1.", MYSTERY, ".s3")), Why.NO_VALUE),
        ("s3", Why.INVALID),
        (7, Why.INVALID),
    ],
)
def test_trap_6_names_that_do_not(name: Value, why: Why) -> None:
    found = service_name(name)
    assert isinstance(found, Unknown)
    assert found.why is why
