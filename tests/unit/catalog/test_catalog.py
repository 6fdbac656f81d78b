"""The catalog of services: whole, without contradictions, and right where it was looked up."""

from __future__ import annotations

import re

import pytest

from checkov_ecs_endpoints.catalog.companions import SeenIn, companions
from checkov_ecs_endpoints.catalog.services import called_by, of_managed_policy, services
from checkov_ecs_endpoints.catalog.tables import table

FILES = ("services", "called_services")


def test_every_service_is_listed_once() -> None:
    first, second = (table(file).keys() for file in FILES)
    assert not first & second
    assert services().keys() == first | second


@pytest.mark.parametrize("name", sorted(services()))
def test_every_service_says_where_its_facts_are_from(name: str) -> None:
    service = services()[name]
    assert service.title
    assert service.source.startswith("https://")
    assert all(re.fullmatch(r"[a-z0-9-]+:[\w*]+", pattern) for pattern in (*service.calls, *service.silent))


def test_no_pattern_of_actions_is_that_of_two_services() -> None:
    patterns = [pattern.lower() for service in services().values() for pattern in service.calls]
    assert len(set(patterns)) == len(patterns)


def test_all_that_the_other_tables_name_is_a_service() -> None:
    named = {name for policy in table("managed_policies").values() for name in policy}
    named |= {name for partition in table("partitions").values() for name in partition["services"]}
    named |= {
        name for kind in SeenIn for entry in table("companions")[kind.value] for name in entry["services"]
    }
    assert named <= services().keys()


def test_companions_say_what_they_are() -> None:
    for kind in SeenIn:
        for entry in table("companions")[kind.value]:
            re.compile(entry["pattern"])
            assert kind is SeenIn.OUTPUT or (entry["what"] and entry["source"].startswith("https://"))


@pytest.mark.parametrize(
    ("service", "region", "name"),
    [
        ("sqs", "eu-west-1", "com.amazonaws.eu-west-1.sqs"),
        ("ecr.dkr", "us-gov-west-1", "com.amazonaws.us-gov-west-1.ecr.dkr"),
        ("ecr.dkr", "cn-north-1", "cn.com.amazonaws.cn-north-1.ecr.dkr"),
        ("logs", "cn-north-1", "com.amazonaws.cn-north-1.logs"),
        ("s3", "cn-north-1", "com.amazonaws.cn-north-1.s3"),  # the gateway
        ("ecr.api", "eusc-de-east-1", "eu.amazonaws.eusc-de-east-1.ecr.api"),
        ("logs", "eusc-de-east-1", "com.amazonaws.eusc-de-east-1.logs"),
        ("ecr.api", "us-iso-east-1", "gov.ic.c2s.us-iso-east-1.ecr.api"),
        ("iam", "eu-west-1", "com.amazonaws.iam"),
    ],
)
def test_section_a_3_names_of_endpoints_in_each_partition(service: str, region: str, name: str) -> None:
    assert services()[service].endpoint_name(region) == name


@pytest.mark.parametrize(
    ("service", "name"),
    [
        ("ecr.dkr", "com.amazonaws.us-east-1.ecr-fips.dkr"),
        ("kms", "com.amazonaws.us-east-1.kms-fips"),
        ("sagemaker.runtime", "com.amazonaws.us-east-1.sagemaker.runtime-fips"),
        ("logs", "com.amazonaws.us-east-1.logs"),  # has none
    ],
)
def test_section_a_3_names_of_endpoints_for_fips(service: str, name: str) -> None:
    assert services()[service].endpoint_name("us-east-1", fips=True) == name


@pytest.mark.parametrize(
    ("action", "service"),
    [
        ("SQS:sendmessage", "sqs"),
        ("servicediscovery:DiscoverInstancesRevision", "data-servicediscovery"),
        ("servicediscovery:RegisterInstance", "servicediscovery"),
        ("bedrock:*", "bedrock-runtime"),
        ("bedrock:Retrieve", "bedrock-agent-runtime"),
        ("bedrock:ListFoundationModels", "bedrock"),
        ("sagemaker:InvokeEndpoint", "sagemaker.runtime"),
        ("appmesh:StreamAggregatedResources", "appmesh-envoy-management"),
        ("codecommit:GitPull", "git-codecommit"),
    ],
)
def test_the_longest_pattern_decides_which_service_is_called(action: str, service: str) -> None:
    found = called_by(action)
    assert found is not None
    assert found.name == service


def test_a_policy_that_is_not_listed_says_nothing_and_an_empty_one_that_nothing_follows() -> None:
    assert of_managed_policy("AdministratorAccess") is None
    assert of_managed_policy("AmazonECSTaskExecutionRolePolicy") == ()


@pytest.mark.parametrize(
    "text", ["amazon/aws-xray-daemon:3@sha256:0123", "${aws_ecr_repository.x}/aws-otel-collector:${var.tag}"]
)
def test_images_are_known_with_any_tag(text: str) -> None:
    assert companions(SeenIn.IMAGE, text)
