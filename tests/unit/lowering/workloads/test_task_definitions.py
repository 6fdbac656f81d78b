"""Task definitions: containers, sizes, tags, and finding the one that is meant."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from support.configurations import MYSTERY, PLACE, cfn, ref, template, terraform, tf

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.lowering.cloudformation.workloads import CLOUDFORMATION
from checkov_ecs_endpoints.lowering.fields import Field
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.terraform.workloads import TERRAFORM
from checkov_ecs_endpoints.lowering.workloads.tags import tags
from checkov_ecs_endpoints.lowering.workloads.task_definitions import (
    cpu_units,
    network_mode,
    task_definitions,
)
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.permissions import Role
from checkov_ecs_endpoints.model.workloads import (
    Container,
    EnvironmentFile,
    Image,
    Logging,
    NetworkMode,
    Registry,
    Secret,
    ServiceOf,
    TaskDefinition,
)
from checkov_ecs_endpoints.values import OpenDict, OpenList, Unknown, Value, Why, text

ADDRESS = "aws_ecs_task_definition.app"
IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1"
CONTAINERS: Value = [
    {
        "name": "app",
        "image": IMAGE,
        "logConfiguration": {
            "logDriver": "awslogs",
            "options": {"awslogs-group": "/app", "awslogs-region": "eu-west-1"},
            "secretOptions": [{"name": "token", "valueFrom": "/log/token"}],
        },
        "secrets": [{"name": "DB", "valueFrom": "arn:aws:secretsmanager:eu-west-1:1:secret:db"}],
        "environment": [{"name": "STAGE", "value": "prod"}, {"name": "EMPTY"}],
        "environmentFiles": [{"type": "s3", "value": "arn:aws:s3:::bucket/app.env"}],
        "repositoryCredentials": {"credentialsParameter": "arn:aws:secretsmanager:eu-west-1:1:secret:hub"},
    },
    {
        "name": "router",
        "image": "amazon/x",
        "firelensConfiguration": {"type": "fluentbit", "options": {"a": "b"}},
    },
]


def source(address: str) -> Source:
    return Source(address, PLACE)


def expected(address: str, id_: str) -> TaskDefinition:
    here = source(address)
    return TaskDefinition(
        id=id_,
        source=here,
        containers=Listing(
            (
                Container(
                    name="app",
                    source=here,
                    image=Image(IMAGE, Registry.PRIVATE_ECR, "eu-west-1"),
                    logging=Logging(
                        here, "awslogs", {"awslogs-group": "/app", "awslogs-region": "eu-west-1"}
                    ),
                    secrets=Listing(
                        (
                            Secret(here, ServiceOf.SECRETS_MANAGER, "eu-west-1"),
                            Secret(here, ServiceOf.PARAMETER_STORE),
                        )
                    ),
                    environment_files=Listing((EnvironmentFile(here),)),
                    registry_credentials=Secret(here, ServiceOf.SECRETS_MANAGER, "eu-west-1"),
                    environment={
                        "STAGE": "prod",
                        "EMPTY": None,
                        "DB": Unknown(Why.SECRET, "the variable DB", PLACE),
                    },
                ),
                Container(
                    name="router",
                    source=here,
                    image=Image("amazon/x", Registry.OTHER),
                    firelens_options={"a": "b"},
                ),
            )
        ),
        network_mode=NetworkMode.AWSVPC,
        cpu=512,
        tags={"Team": "a"},
    )


def pascal(value: Value) -> Value:
    """The names of the ECS API as CloudFormation writes them; maps of the user stay as they are."""
    if isinstance(value, list):
        return [pascal(item) for item in value]
    if isinstance(value, dict):
        return {
            key[0].upper() + key[1:]: inner if key == "options" else pascal(inner)
            for key, inner in value.items()
        }
    return value


def read_terraform(attributes: Mapping[str, Value], ignored: frozenset[str] = frozenset()) -> TaskDefinition:
    configuration = terraform(tf(ADDRESS, attributes, ignored=ignored))
    return task_definitions(configuration, Index.of(configuration), TERRAFORM).definitions[ADDRESS]


def read_cloudformation(attributes: Mapping[str, Value]) -> TaskDefinition:
    configuration = template(cfn("AWS::ECS::TaskDefinition", "Task", attributes))
    return task_definitions(configuration, Index.of(configuration), CLOUDFORMATION).definitions["Task"]


def test_terraform_and_cloudformation_make_the_same_of_a_task_definition() -> None:
    assert read_terraform(
        {
            "container_definitions": json.dumps(CONTAINERS),
            "network_mode": "awsvpc",
            "cpu": "512",
            "tags": {"Team": "a"},
        }
    ) == expected(ADDRESS, ADDRESS)
    assert read_cloudformation(
        {
            "ContainerDefinitions": pascal(CONTAINERS),
            "NetworkMode": "awsvpc",
            "Cpu": "512",
            "Tags": [{"Key": "Team", "Value": "a"}],
        }
    ) == expected("AWS::ECS::TaskDefinition.Task", "Task")


def test_holes_in_the_json_text_stay_holes() -> None:
    repository = ref("aws_ecr_repository.app", "repository_url")
    configuration = terraform(
        tf("aws_ecr_repository.app", {"name": "app"}),
        tf(ADDRESS, {"container_definitions": text(['[{"name":"app","image":"', repository, ':1"}]'])}),
    )
    found = task_definitions(configuration, Index.of(configuration), TERRAFORM).definitions[ADDRESS]
    assert found.containers == Listing(
        (
            Container(
                name="app",
                source=source(ADDRESS),
                image=Image("${aws_ecr_repository.app.repository_url}:1", Registry.PRIVATE_ECR),
            ),
        )
    )


def test_containers_that_are_not_known_say_why() -> None:
    assert read_terraform({"container_definitions": MYSTERY}).containers == MYSTERY
    assert read_cloudformation({"ContainerDefinitions": MYSTERY}).containers == MYSTERY
    some = read_cloudformation({"ContainerDefinitions": OpenList(({"Name": "a", "Image": "a"},), MYSTERY)})
    assert isinstance(some.containers, Listing)
    assert [container.name for container in some.containers] == ["a"]
    assert some.containers.rest == MYSTERY
    other = read_cloudformation({"ContainerDefinitions": [{"Name": "a", "Image": "a"}, MYSTERY]})
    assert other.containers == some.containers


def test_parts_of_a_container_that_are_not_known_say_why() -> None:
    (container,) = containers_of(
        {
            "Name": MYSTERY,
            "@type": MYSTERY,
            "Image": MYSTERY,
            "LogConfiguration": {"LogDriver": MYSTERY, "Options": MYSTERY},
            "Secrets": MYSTERY,
            "RepositoryCredentials": MYSTERY,
            "EnvironmentFiles": MYSTERY,
        }
    )
    here = source("AWS::ECS::TaskDefinition.Task")
    decisive = (
        *("awslogs-region", "awslogs-endpoint", "Name", "@type", "region", "endpoint", "config-file-type"),
    )
    options = dict.fromkeys(decisive, MYSTERY)
    assert container == Container(
        name="${var.mystery}",
        source=here,
        image=Image("${var.mystery}", MYSTERY),
        logging=Logging(here, MYSTERY, options),
        secrets=Listing((), MYSTERY),
        environment_files=Listing((), MYSTERY),
    )


@pytest.mark.parametrize(
    ("written", "environment"),
    [
        (None, {}),
        ([{"name": "STAGE", "value": MYSTERY}], {"STAGE": MYSTERY}),
        ([{"name": MYSTERY, "value": "prod"}], MYSTERY),
        (OpenList(({"name": "STAGE", "value": "prod"},), MYSTERY), MYSTERY),
        (MYSTERY, MYSTERY),
    ],
)
def test_the_environment_is_known_by_name_or_not_at_all(
    written: Value, environment: Mapping[str, Value] | Unknown
) -> None:
    container: dict[str, Value] = {"name": "app", "image": "nginx", "environment": written}
    task = read_terraform({"container_definitions": [container]})
    assert not isinstance(task.containers, Unknown)
    assert task.containers.items[0].environment == environment


def test_the_environment_is_not_printed_with_the_container() -> None:
    variables: Value = [{"name": "PASSWORD", "value": "hunter2"}]
    task = read_cloudformation({"ContainerDefinitions": [{"Image": "nginx", "Environment": variables}]})
    assert not isinstance(task.containers, Unknown)
    assert "hunter2" not in repr(task)


def test_credentials_that_may_be_there_may_be_a_secret() -> None:
    (container,) = containers_of({"Name": "a", "Image": "a", "RepositoryCredentials": MYSTERY})
    assert (container.secrets, container.registry_credentials) == (Listing((), MYSTERY), None)


def test_only_what_may_be_there_is_not_known() -> None:
    """``{ for k, v in container : k => v if v != null }`` of an image that is not known."""
    options = OpenDict({"awslogs-group": "a"}, MYSTERY, frozenset({"awslogs-stream-prefix", "region"}))
    (container,) = containers_of(
        OpenDict(
            {"Name": "a", "LogConfiguration": {"LogDriver": "awslogs", "Options": options}},
            MYSTERY,
            frozenset({"Image"}),
        )
    )
    assert container.image.registry == MYSTERY
    assert (container.secrets, container.environment_files) == (Listing(), Listing())
    assert container.logging is not None
    assert container.logging.options == {"awslogs-group": "a", "region": MYSTERY}


def test_a_log_region_that_is_the_own_one_is_null() -> None:
    own = Unknown(Why.NO_VALUE, "AWS::Region")
    (container,) = containers_of(
        {
            "Name": "a",
            "Image": "a",
            "LogConfiguration": {
                "LogDriver": "awslogs",
                "Options": OpenDict({"awslogs-region": own}, MYSTERY),
            },
        }
    )
    assert container.logging is not None
    assert container.logging.options == {
        "awslogs-region": None,
        "awslogs-endpoint": MYSTERY,
        "Name": MYSTERY,
        "@type": MYSTERY,
        "region": MYSTERY,
        "endpoint": MYSTERY,
        "config-file-type": MYSTERY,
    }


def containers_of(*written: Value) -> tuple[Container, ...]:
    found = read_cloudformation({"ContainerDefinitions": list(written)}).containers
    assert isinstance(found, Listing)
    assert found.rest is None
    return found.items


@pytest.mark.parametrize(
    ("ignored", "expected_"),
    [((), False), (("cpu",), False), (("container_definitions",), True), (("all",), True)],
)
def test_ignored_containers_are_marked(ignored: tuple[str, ...], expected_: bool) -> None:
    found = read_terraform({"container_definitions": "[]"}, frozenset(ignored))
    assert found.containers_ignored is expected_


def test_roles_of_the_configuration_are_linked() -> None:
    configuration = terraform(
        tf("aws_iam_role.task"),
        tf(ADDRESS, {"task_role_arn": ref("aws_iam_role.task", "arn"), "execution_role_arn": MYSTERY}),
    )
    found = task_definitions(configuration, Index.of(configuration), TERRAFORM).definitions[ADDRESS]
    assert (found.task_role, found.execution_role) == (Role(source=source("aws_iam_role.task")), MYSTERY)


@pytest.mark.parametrize(
    ("written", "units"),
    [
        (None, None),
        (256, 256),
        ("1024", 1024),
        ("1 vCPU", 1024),
        (".5 vcpu", 512),
        ("0.25vCPU", 256),
        (MYSTERY, MYSTERY),
        ("much", Unknown(Why.INVALID, "cpu much", PLACE)),
    ],
)
def test_cpu_units(written: Value, units: int | Unknown | None) -> None:
    assert cpu_units(Field(written, PLACE)) == units


@pytest.mark.parametrize(
    ("written", "mode"),
    [
        (None, NetworkMode.BRIDGE),
        ("default", NetworkMode.BRIDGE),
        ("awsvpc", NetworkMode.AWSVPC),
        ("host", NetworkMode.HOST),
        ("none", NetworkMode.NONE),
        (MYSTERY, MYSTERY),
        ("overlay", Unknown(Why.INVALID, "the network mode overlay", PLACE)),
    ],
)
def test_network_modes(written: Value, mode: NetworkMode | Unknown) -> None:
    assert network_mode(Field(written, PLACE)) == mode


def test_tags_that_may_have_others_count_only_with_the_tier() -> None:
    tier: dict[str, Value] = {"ecs-endpoints:tier": "high-bandwidth"}
    assert tags(OpenDict(tier, MYSTERY)) == tier
    assert tags(OpenDict({"ecs-endpoints:tier": "low"}, MYSTERY)) == MYSTERY
    assert tags(MYSTERY) == MYSTERY
    assert tags(None) == {}


FAMILY = terraform(
    tf(ADDRESS, {"family": "app", "container_definitions": "[]"}),
    tf("aws_ecs_task_definition.job", {"family": "job", "container_definitions": "[]"}),
    tf("aws_ecs_task_definition.one", {"family": "twin", "container_definitions": "[]"}),
    tf("aws_ecs_task_definition.two", {"family": "twin", "container_definitions": "[]"}),
    tf("data.aws_ecs_task_definition.app", {"task_definition": "app"}),
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (ref(ADDRESS, "arn"), ADDRESS),
        (ref(ADDRESS, "arn_without_revision"), ADDRESS),
        (text([ref(ADDRESS, "family"), ":", ref(ADDRESS, "revision")]), ADDRESS),
        (text(["app:", MYSTERY]), ADDRESS),
        ("app", ADDRESS),
        ("arn:aws:ecs:eu-west-1:1:task-definition/job", "aws_ecs_task_definition.job"),
        (text(["arn:aws:ecs:", MYSTERY, ":1:task-definition/job"]), "aws_ecs_task_definition.job"),
        (ref("data.aws_ecs_task_definition.app", "arn"), ADDRESS),
        (Unknown(Why.DATA_SOURCE, "data.aws_ecs_task_definition.app.arn"), ADDRESS),
    ],
)
def test_the_task_definition_that_is_meant(written: Value, meant: str) -> None:
    found = task_definitions(FAMILY, Index.of(FAMILY), TERRAFORM).find(Field(written, PLACE))
    assert isinstance(found, TaskDefinition)
    assert found.id == meant


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (None, Why.NO_VALUE),
        (MYSTERY, Why.NO_VALUE),
        ("app:7", Why.OUTSIDE),
        ("elsewhere", Why.OUTSIDE),
        ("twin", Why.UNSUPPORTED),
        (ref("aws_lambda_function.x", "arn"), Why.AFTER_APPLY),
    ],
)
def test_a_task_definition_that_cannot_be_told(written: Value, why: Why) -> None:
    found = task_definitions(FAMILY, Index.of(FAMILY), TERRAFORM).find(Field(written, PLACE))
    assert isinstance(found, Unknown)
    assert found.why is why
