"""From a whole configuration to its estate."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.configurations import cfn, ref, template, terraform, tf

from checkov_ecs_endpoints.iac.configuration import Framework
from checkov_ecs_endpoints.lowering import lower
from checkov_ecs_endpoints.settings import Settings


@pytest.mark.parametrize(
    "framework", [Framework.TERRAFORM, Framework.TERRAFORM_JSON, Framework.TERRAFORM_PLAN]
)
def test_all_kinds_of_terraform(framework: Framework) -> None:
    configuration = terraform(
        tf("aws_vpc.main"),
        tf("aws_subnet.a", {"vpc_id": ref("aws_vpc.main", "id")}),
        tf(
            "aws_ecs_service.app",
            {
                "launch_type": "FARGATE",
                "network_configuration": [
                    {
                        "subnets": [ref("aws_subnet.a", "id")],
                        "security_groups": [ref("aws_vpc.main", "default_security_group_id")],
                    }
                ],
            },
        ),
    )
    estate = lower(replace(configuration, framework=framework), Settings())
    (workload,) = estate.workloads
    assert workload.tasks is not None
    assert workload.tasks.subnets.items == ("aws_subnet.a",)
    assert workload.tasks.groups.items == (estate.network.vpcs["aws_vpc.main"].default_group,)
    assert estate.unjudged == ()


def test_cloudformation() -> None:
    configuration = template(
        cfn("AWS::EC2::VPC", "Vpc"),
        cfn("AWS::EC2::Subnet", "A", {"VpcId": ref("Vpc")}),
        cfn(
            "AWS::ECS::Service",
            "App",
            {
                "LaunchType": "FARGATE",
                "NetworkConfiguration": {"AwsvpcConfiguration": {"Subnets": [ref("A")]}},
            },
        ),
    )
    estate = lower(configuration, Settings())
    (workload,) = estate.workloads
    assert workload.tasks is not None
    assert workload.tasks.subnets.items == ("A",)
    assert list(estate.network.groups) == ["Vpc#default"]


def test_the_region_of_the_settings() -> None:
    estate = lower(terraform(tf("aws_vpc.main")), Settings(default_region="eu-west-1"))
    assert estate.network.vpcs["aws_vpc.main"].region == "eu-west-1"
