"""What surrounds containers, alike in both languages: Service Connect, ECS Exec, GuardDuty, volumes..."""

from __future__ import annotations

from typing import Any

import pytest
from support.configurations import MYSTERY, PLACE, cfn, get_att, ref, template, terraform, tf

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.cloudformation.workloads import workloads as of_cloudformation
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.terraform.workloads import workloads as of_terraform
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.model.workloads import (
    Container,
    EnvironmentFile,
    FsxVolume,
    GuardDuty,
    Logging,
    Secret,
    ServiceConnect,
    ServiceOf,
    TaskDefinition,
    Workload,
)
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Truth, Unknown, Value

SECRET_ARN = "arn:aws:secretsmanager:us-east-1:111122223333:secret:app"


def workload(*resources: Resource, region: Value = None) -> Workload:
    read = of_cloudformation if "::" in resources[0].type else of_terraform
    build = template if "::" in resources[0].type else terraform
    configuration = build(*resources, region=region)
    ((found,), _) = read(configuration, Index.of(configuration), Network(), Settings())
    return found


def service(**attributes: Value) -> tuple[Resource, ...]:
    """A service in a cluster."""
    named: dict[str, Value] = {
        "cluster": ref("aws_ecs_cluster.main", "id"),
        "launch_type": "FARGATE",
        "task_definition": ref("aws_ecs_task_definition.app", "arn"),
    }
    return (tf("aws_ecs_service.app", named | attributes),)


def stack_service(**attributes: Value) -> tuple[Resource, ...]:
    named: dict[str, Value] = {
        "Cluster": ref("Main"),
        "LaunchType": "FARGATE",
        "TaskDefinition": ref("App"),
    }
    return (cfn("AWS::ECS::Service", "Service", named | attributes),)


def cluster(**attributes: Value) -> Resource:
    return tf("aws_ecs_cluster.main", attributes)


def stack_cluster(**attributes: Value) -> Resource:
    return cfn("AWS::ECS::Cluster", "Main", attributes)


def task(**attributes: Value) -> Resource:
    return tf("aws_ecs_task_definition.app", {"container_definitions": "[]", **attributes})


def stack_task(**attributes: Value) -> Resource:
    return cfn("AWS::ECS::TaskDefinition", "App", attributes)


def definition(*resources: Resource, region: Value = None) -> TaskDefinition:
    found = workload(*resources, region=region).task_definition
    assert isinstance(found, TaskDefinition)
    return found


# Service Connect


OPTIONS: dict[str, Value] = {"awslogs-group": "connect"}
CONNECT: list[Value] = [
    {
        "enabled": True,
        "log_configuration": [
            {
                "log_driver": "awslogs",
                "options": OPTIONS,
                "secret_option": [{"name": "token", "value_from": SECRET_ARN}],
            }
        ],
    }
]
STACK_CONNECT: dict[str, Value] = {
    "Enabled": True,
    "LogConfiguration": {
        "LogDriver": "awslogs",
        "Options": OPTIONS,
        "SecretOptions": [{"Name": "token", "ValueFrom": SECRET_ARN}],
    },
}


@pytest.mark.parametrize(
    "resources",
    [
        (*service(service_connect_configuration=CONNECT), cluster()),
        (*stack_service(ServiceConnectConfiguration=STACK_CONNECT), stack_cluster()),
    ],
)
def test_facts_a19_service_connect_and_its_log(resources: tuple[Resource, ...]) -> None:
    here = Source(resources[0].address, PLACE)
    assert workload(*resources).service_connect == ServiceConnect(
        source=here,
        enabled=True,
        logging=Logging(here, "awslogs", OPTIONS),
        secrets=Listing((Secret(here, ServiceOf.SECRETS_MANAGER, "us-east-1"),)),
    )


def test_a_service_without_service_connect_or_without_its_log() -> None:
    assert workload(*service(), cluster()).service_connect is None
    found = workload(*service(service_connect_configuration=[{"enabled": MYSTERY}]), cluster())
    here = Source("aws_ecs_service.app", PLACE)
    assert found.service_connect == ServiceConnect(source=here, enabled=MYSTERY)


@pytest.mark.parametrize(
    ("plain", "surrounded"),
    [
        (
            (*service(), cluster(), task()),
            (
                *service(
                    service_registries=[{"registry_arn": ref("aws_service_discovery_service.app", "arn")}],
                    volume_configuration=[{"name": "data", "managed_ebs_volume": [{"size_in_gb": 8}]}],
                ),
                cluster(setting=[{"name": "containerInsights", "value": "enhanced"}]),
                task(volume=[{"name": "data", "configure_at_launch": True}]),
            ),
        ),
        (
            (*stack_service(), stack_cluster(), stack_task()),
            (
                *stack_service(
                    ServiceRegistries=[{"RegistryArn": get_att("Registry", "Arn")}],
                    VolumeConfigurations=[{"Name": "data", "ManagedEBSVolume": {"SizeInGiB": 8}}],
                ),
                stack_cluster(ClusterSettings=[{"Name": "containerInsights", "Value": "enhanced"}]),
                stack_task(Volumes=[{"Name": "data", "ConfiguredAtLaunch": True}]),
            ),
        ),
    ],
    ids=["terraform", "cloudformation"],
)
def test_facts_a20_a23_a25_trap_10_what_ecs_does_from_outside_makes_no_other_workload(
    plain: tuple[Resource, ...], surrounded: tuple[Resource, ...]
) -> None:
    assert workload(*surrounded) == workload(*plain)


# ECS Exec


def exec_of(logging: Value, key: Value, log: Value, bucket: Value) -> list[tuple[Resource, ...]]:
    """The same settings in both languages."""
    written: dict[str, Value] = {
        "logging": logging,
        "kms_key_id": key,
        "log_configuration": [{"cloud_watch_log_group_name": log, "s3_bucket_name": bucket}],
    }
    in_stack: dict[str, Value] = {
        "Logging": logging,
        "KmsKeyId": key,
        "LogConfiguration": {"CloudWatchLogGroupName": log, "S3BucketName": bucket},
    }
    return [
        (*service(), cluster(configuration=[{"execute_command_configuration": [written]}])),
        (*stack_service(), stack_cluster(Configuration={"ExecuteCommandConfiguration": in_stack})),
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ((None, None, None, None), (False, True, False, False)),
        (("DEFAULT", "key", "log", "bucket"), (True, True, False, False)),
        (("NONE", "key", None, None), (True, False, False, False)),
        (("OVERRIDE", None, "log", "bucket"), (False, False, True, True)),
        (("OVERRIDE", None, "log", None), (False, False, True, False)),
        ((MYSTERY, MYSTERY, "log", None), (MYSTERY, MYSTERY, MYSTERY, False)),
        (("OVERRIDE", None, MYSTERY, None), (False, False, MYSTERY, False)),
    ],
)
def test_facts_a15_a16_what_a_cluster_does_with_exec(
    settings: tuple[Value, Value, Value, Value], expected: tuple[Truth, ...]
) -> None:
    for resources in exec_of(*settings):
        found = workload(*resources).exec_settings
        assert found is not None
        assert not isinstance(found, Unknown)
        assert (found.own_key, found.to_task_logs, found.to_log_group, found.to_bucket) == expected


def test_a_cluster_that_is_elsewhere_says_nothing_of_exec() -> None:
    assert isinstance(workload(*service(cluster=MYSTERY)).exec_settings, Unknown)


# GuardDuty


def feature(status: Value = "ENABLED", agents: Value = "ENABLED", **fields: Any) -> Resource:
    return tf(
        "aws_guardduty_detector_feature.runtime",
        {
            "name": "RUNTIME_MONITORING",
            "status": status,
            "additional_configuration": [
                {"name": "EC2_AGENT_MANAGEMENT", "status": "DISABLED"},
                {"name": "ECS_FARGATE_AGENT_MANAGEMENT", "status": agents},
            ],
        },
        **fields,
    )


def detector(*agents: Value) -> Resource:
    names = ("EC2_AGENT_MANAGEMENT", "ECS_FARGATE_AGENT_MANAGEMENT")
    additional: list[Value] = [
        {"Name": name, "Status": status} for name, status in zip(names, agents, strict=True)
    ]
    features: Value = [
        {"Name": "S3_DATA_EVENTS", "Status": "ENABLED"},
        {"Name": "RUNTIME_MONITORING", "Status": "ENABLED", "AdditionalConfiguration": additional},
    ]
    return cfn("AWS::GuardDuty::Detector", "Detector", {"Enable": True, "Features": features})


@pytest.mark.parametrize(
    "resources",
    [
        (*service(), cluster(), feature()),
        (*service(), cluster(tags={"GuardDutyManaged": "true"}), feature()),
        (*stack_service(), stack_cluster(), detector("DISABLED", "ENABLED")),
    ],
)
def test_facts_a28_runtime_monitoring_manages_the_agents_of_fargate(resources: tuple[Resource, ...]) -> None:
    assert workload(*resources).guard_duty == GuardDuty(Source(resources[-1].address, PLACE))


@pytest.mark.parametrize(
    "resources",
    [
        (*service(), cluster()),
        (*service(), cluster(), feature(status="DISABLED")),
        (*service(), cluster(), feature(agents="DISABLED")),
        (*service(), cluster(tags={"GuardDutyManaged": "false"}), feature()),
        (*service(), cluster(), feature(region="us-east-1")),
        (*stack_service(), stack_cluster(), detector("ENABLED", "DISABLED")),
    ],
)
def test_facts_a28_it_is_off_elsewhere_or_not_wanted(resources: tuple[Resource, ...]) -> None:
    assert (
        workload(
            *resources, region="eu-west-1" if resources[0].type == "aws_ecs_service" else None
        ).guard_duty
        is None
    )


@pytest.mark.parametrize(
    "resources",
    [
        (*service(), cluster(), feature(agents=MYSTERY)),
        (*service(), cluster(), feature(exists=MYSTERY)),
        (*service(cluster=MYSTERY), feature()),
    ],
)
def test_facts_a28_it_may_be_on(resources: tuple[Resource, ...]) -> None:
    found = workload(*resources).guard_duty
    assert found is not None
    assert isinstance(found.enabled, Unknown)


# Task definitions


@pytest.mark.parametrize(
    "resources",
    [
        (
            *service(),
            cluster(),
            task(
                runtime_platform=[{"operating_system_family": "WINDOWS_SERVER_2022_CORE"}],
                proxy_configuration=[{"type": "APPMESH", "container_name": "envoy"}],
                volume=[
                    {"name": "scratch"},
                    {"name": "efs", "efs_volume_configuration": [{"file_system_id": "fs-1"}]},
                    {"name": "ebs", "configure_at_launch": True},
                    {
                        "name": "fsx",
                        "fsx_windows_file_server_volume_configuration": [
                            {
                                "file_system_id": "fs-2",
                                "authorization_config": [{"credentials_parameter": SECRET_ARN}],
                            }
                        ],
                    },
                ],
            ),
        ),
        (
            *stack_service(),
            stack_cluster(),
            stack_task(
                RuntimePlatform={"OperatingSystemFamily": "WINDOWS_SERVER_2022_CORE"},
                ProxyConfiguration={"ContainerName": "envoy"},
                Volumes=[
                    {"Name": "scratch"},
                    {"Name": "efs", "EFSVolumeConfiguration": {"FilesystemId": "fs-1"}},
                    {"Name": "ebs", "ConfiguredAtLaunch": True},
                    {"Name": "files", "S3FilesVolumeConfiguration": {}},
                    {
                        "Name": "fsx",
                        "FSxWindowsFileServerVolumeConfiguration": {
                            "FileSystemId": "fs-2",
                            "AuthorizationConfig": {"CredentialsParameter": SECRET_ARN},
                        },
                    },
                ],
            ),
        ),
    ],
)
def test_facts_a21_a24_a25_a26_a27_system_proxy_and_volumes(resources: tuple[Resource, ...]) -> None:
    found = definition(*resources)
    here = Source(resources[-1].address, PLACE)
    credentials = Secret(here, ServiceOf.SECRETS_MANAGER, "us-east-1")
    assert (found.windows, found.meshed) == (True, True)
    assert found.fsx_volumes == Listing((FsxVolume(here, credentials),))


def test_blocks_of_which_there_are_none_ask_for_nothing() -> None:
    empty: list[Value] = []
    volume: Value = [{"name": "data", "fsx_windows_file_server_volume_configuration": empty}]
    found = definition(
        *service(service_connect_configuration=empty),
        cluster(configuration=empty),
        task(runtime_platform=empty, proxy_configuration=empty, volume=volume),
    )
    assert (found.windows, found.meshed, found.fsx_volumes) == (False, False, Listing())
    assert workload(*service(service_connect_configuration=empty), cluster()).service_connect is None


@pytest.mark.parametrize(
    ("attributes", "windows", "meshed"),
    [
        ({}, False, False),
        ({"runtime_platform": [{"operating_system_family": "LINUX"}]}, False, False),
        ({"runtime_platform": [{"operating_system_family": MYSTERY}]}, MYSTERY, False),
        ({"proxy_configuration": MYSTERY}, False, MYSTERY),
        ({"proxy_configuration": [{"type": MYSTERY}]}, False, MYSTERY),
    ],
)
def test_a_system_and_a_proxy_that_are_not_known(
    attributes: dict[str, Value], windows: Truth, meshed: Truth
) -> None:
    found = definition(*service(), cluster(), task(**attributes))
    assert (found.windows, found.meshed) == (windows, meshed)


def container(written: dict[str, Value], *others: Resource, region: Value = "eu-west-1") -> Container:
    listed: list[Value] = [{"name": "app", "image": "nginx", **written}]
    found = definition(*service(), cluster(), task(container_definitions=listed), *others, region=region)
    assert not isinstance(found.containers, Unknown)
    (one,) = found.containers
    return one


HERE = Source("aws_ecs_task_definition.app", PLACE)
FAR = tf("aws_s3_bucket.far", {"region": "us-east-1"})
NEAR = tf("aws_s3_bucket.near")


@pytest.mark.parametrize(
    ("value", "region"),
    [
        ("arn:aws:s3:::bucket/app.env", None),
        (ref("aws_s3_bucket.far", "arn"), "us-east-1"),
        (ref("aws_s3_bucket.near", "arn"), None),
        (MYSTERY, None),
    ],
)
def test_facts_a13_trap_16_the_region_of_an_environment_file(value: Value, region: str | None) -> None:
    found = container({"environmentFiles": [{"type": "s3", "value": value}]}, FAR, NEAR)
    assert found.environment_files == Listing((EnvironmentFile(HERE, region),))


def test_trap_16_the_region_that_the_sdk_is_told_is_null_where_it_is_the_own_one() -> None:
    variables: list[Value] = [
        {"name": "AWS_REGION", "value": ref("data.aws_region.current", "region")},
        {"name": "AWS_DEFAULT_REGION", "value": "us-east-1"},
        {"name": "REGION", "value": "us-east-1"},
    ]
    found = container({"environment": variables}, tf("data.aws_region.current"))
    assert found.environment == {"AWS_REGION": None, "AWS_DEFAULT_REGION": "us-east-1", "REGION": "us-east-1"}


@pytest.mark.parametrize(
    ("value", "region"),
    [
        (SECRET_ARN, "us-east-1"),
        ("hub", None),
        (ref("aws_secretsmanager_secret.hub", "arn"), None),
        (MYSTERY, None),
    ],
)
def test_facts_a12_registry_credentials_are_in_secrets_manager_by_arn_or_name(
    value: Value, region: str | None
) -> None:
    found = container(
        {"repositoryCredentials": {"credentialsParameter": value}}, tf("aws_secretsmanager_secret.hub")
    )
    assert found.registry_credentials == Secret(HERE, ServiceOf.SECRETS_MANAGER, region)


@pytest.mark.parametrize(
    ("secret", "own_key"),
    [
        (tf("aws_secretsmanager_secret.app", {"kms_key_id": ref("aws_kms_key.app", "arn")}), True),
        (tf("aws_secretsmanager_secret.app"), False),
    ],
)
def test_facts_a11_a_customers_key_is_seen(secret: Resource, own_key: bool) -> None:
    written: Value = [{"name": "A", "valueFrom": ref("aws_secretsmanager_secret.app", "arn")}]
    (found,) = container({"secrets": written}, secret).secrets
    assert found.own_key is own_key


def test_facts_a11_a_customers_key_is_seen_in_a_template() -> None:
    secret = cfn("AWS::SecretsManager::Secret", "App2", {"KmsKeyId": get_att("Key", "Arn")})
    listed: Value = [{"Name": "app", "Image": "nginx", "Secrets": [{"Name": "A", "ValueFrom": ref("App2")}]}]
    found = definition(*stack_service(), stack_cluster(), stack_task(ContainerDefinitions=listed), secret)
    assert not isinstance(found.containers, Unknown)
    ((one,),) = (item.secrets for item in found.containers)
    assert one.own_key
