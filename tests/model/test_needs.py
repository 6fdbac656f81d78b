"""What workloads need, row by row of the facts (A1 to A36): which services, and from whose interface."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from support.worlds import UNKNOWN, World, private_ecr, pulling, source

from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.permissions import Concerned, ManagedPolicy, Permission, Role
from checkov_ecs_endpoints.model.workloads import (
    Capacity,
    Container,
    EnvironmentFile,
    ExecSettings,
    FsxVolume,
    GuardDuty,
    Image,
    Launch,
    Logging,
    NetworkMode,
    Registry,
    Script,
    Secret,
    ServiceConnect,
    ServiceOf,
    TaskDefinition,
    Workload,
    WorkloadKind,
)
from checkov_ecs_endpoints.reasoning.launches import Interface
from checkov_ecs_endpoints.reasoning.needs import INTERNET, Asker, Need
from checkov_ecs_endpoints.reasoning.needs_of_workloads import needs_of, remarks_on
from checkov_ecs_endpoints.values import Unknown, Value, Why

FARGATE = Launch(capacity=Capacity.FARGATE, source=source("service"))
EC2 = World.ec2("private")
MANAGED = replace(EC2, capacity=Capacity.MANAGED_INSTANCES)
EXTERNAL = Launch(capacity=Capacity.EXTERNAL, source=source("service"))
TASK, INSTANCE = Interface.TASK, Interface.INSTANCE
LAYERS = {"ecr.api", "ecr.dkr", "s3"}
PULL = {*LAYERS, "logs"}
"""What the container of these worlds needs of itself: an image from ECR, and awslogs."""
AGENT = {"ecs", "ecs-agent", "ecs-telemetry"}


def workload(
    *containers: Container, launch: Launch = FARGATE, task: dict[str, Any] | None = None, **fields: Any
) -> Workload:
    world = World()
    definition = world.task(*containers, **(task or {}))
    return world.service(world.isolated(), task=definition, launch=launch, **fields)


def asked(one: Workload) -> set[str]:
    """The services that are certainly needed."""
    return {need.service for need in needs_of(one) if need.certain is True}


def perhaps(one: Workload) -> set[str]:
    """The services of which it is not known whether they are needed."""
    return {need.service for need in needs_of(one) if need.certain is not True} - asked(one)


def of(service: str, one: Workload) -> Need:
    (need,) = (need for need in needs_of(one) if need.service == service)
    return need


def interfaces(one: Workload) -> dict[str, set[Interface]]:
    found: dict[str, set[Interface]] = {}
    for need in needs_of(one):
        found.setdefault(need.service, set()).add(need.interface)
    return found


def logging(driver: str, **options: Value) -> Container:
    written = {name.replace("_", "-"): value for name, value in options.items()}
    return replace(private_ecr(), logging=Logging(source("task"), driver, written))


def allowing(*actions: str, **fields: Any) -> Permission:
    return Permission(source=source("policy"), allow=True, actions=actions, **fields)


def denying(*actions: str, **fields: Any) -> Permission:
    return replace(allowing(*actions, **fields), allow=False)


def with_role(*permissions: Permission, managed: tuple[str, ...] = (), **fields: Any) -> Workload:
    policies = tuple(ManagedPolicy(source=source("policy"), name=name) for name in managed)
    role = Role(source=source("role"), permissions=permissions, managed=policies)
    return workload(task={"task_role": role}, **fields)


# Whose network (A.0)


@pytest.mark.parametrize("mode", NetworkMode)
def test_section_a_0_what_ecs_does_leaves_by_the_instance_on_ec2(mode: NetworkMode) -> None:
    secret = Secret(source("task"), ServiceOf.SECRETS_MANAGER)
    container = replace(private_ecr(), secrets=Listing((secret,)))
    one = workload(container, launch=EC2, task={"mode": mode}, exec_enabled=True)
    application = TASK if mode is NetworkMode.AWSVPC else INSTANCE
    if mode is NetworkMode.NONE:
        assert needs_of(one) == []
        return
    assert interfaces(one) == {
        **{service: {INSTANCE} for service in (*AGENT, *LAYERS, "secretsmanager")},
        "logs": {INSTANCE, application},  # awslogs, and ECS Exec that logs to the same place
        "ssmmessages": {application},
    }


@pytest.mark.parametrize("launch", [EC2, MANAGED])
def test_section_a_0_sdk_calls_and_firelens_leave_by_the_task_in_awsvpc(launch: Launch) -> None:
    one = with_role(allowing("sqs:SendMessage"), launch=launch)
    assert of("sqs", one).interface is TASK
    firelens = workload(logging("awsfirelens", Name="firehose"), launch=launch)
    assert of("kinesis-firehose", firelens).interface is TASK


def test_section_a_0_on_fargate_all_leaves_by_the_task() -> None:
    one = with_role(allowing("sqs:SendMessage"), exec_enabled=True)
    assert interfaces(one) == {service: {TASK} for service in (*PULL, "sqs", "ssmmessages")}


def test_section_a_0_external_instances_are_in_no_vpc() -> None:
    assert needs_of(workload(launch=EXTERNAL)) == []


def test_section_a_2_managed_instances_are_undocumented_but_the_calls_of_code_are_those_of_any_task() -> None:
    one = with_role(allowing("sqs:SendMessage"), launch=MANAGED)
    doubted = {need.service: isinstance(need.doubt, Unknown) for need in needs_of(one)}
    assert doubted == {**dict.fromkeys([*PULL, *AGENT], True), "sqs": False}


# Images (A1 to A5)


def test_facts_a1_private_ecr_asks_for_login_manifests_and_layers() -> None:
    assert asked(workload()) == PULL


def test_facts_a2_trap_2_no_login_before_1_4_and_a_version_that_is_left_out_is_the_latest() -> None:
    assert asked(workload(platform_version="1.3.0")) == PULL - {"ecr.api"}
    assert asked(workload(platform_version="LATEST")) == PULL


def test_facts_a2_platform_1_0_0_is_new_on_windows() -> None:
    one = workload(platform_version="1.0.0", task={"windows": True})
    assert asked(one) == PULL
    assert perhaps(workload(platform_version="1.0.0")) == {"ecr.api"}


@pytest.mark.parametrize("registry", [Registry.PUBLIC_ECR, Registry.OTHER])
def test_facts_a3_a4_trap_17_other_registries_need_the_internet(registry: Registry) -> None:
    assert asked(workload(private_ecr(), pulling(registry))) == {*PULL, INTERNET}


def test_facts_a4_base_layers_of_windows_may_come_over_the_internet() -> None:
    one = workload(task={"windows": True})
    assert (asked(one), perhaps(one)) == (PULL, {INTERNET})


def test_facts_a5_a_cached_image_needs_the_internet_once() -> None:
    image = Image("image", Registry.PRIVATE_ECR, cached_from="quay.io")
    one = workload(replace(private_ecr(), image=image))
    assert {need.service for need in needs_of(one) if need.first_pull_only} == LAYERS


def test_section_a_3_and_6_fips_hosts_are_others_and_dual_stack_hosts_are_doubted() -> None:
    image = Image("image", Registry.PRIVATE_ECR, fips=True, dual_stack=True)
    need = of("ecr.dkr", workload(replace(private_ecr(), image=image)))
    assert isinstance(need.doubt, Unknown)
    assert need.fips
    assert of("ecr.dkr", workload()).doubt is None


# Logs (A6 to A8)


def test_facts_a6_trap_16_awslogs_asks_for_the_region_it_names() -> None:
    assert of("logs", workload(logging("awslogs", awslogs_region="us-east-1"))).region == "us-east-1"
    assert of("logs", workload(logging("awslogs"))).region is None


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("cloudwatch", "logs"),
        ("cloudwatch_logs", "logs"),
        ("firehose", "kinesis-firehose"),
        ("kinesis_firehose", "kinesis-firehose"),
        ("kinesis", "kinesis-streams"),
        ("kinesis_streams", "kinesis-streams"),
        ("s3", "s3"),
    ],
)
def test_facts_a7_outputs_of_firelens(name: str, service: str) -> None:
    one = workload(logging("awsfirelens", Name=name, region="us-east-1"))
    (need,) = (need for need in needs_of(one) if need.service == service and not need.layers)
    assert (need.region, need.startup, need.certain) == ("us-east-1", False, True)


@pytest.mark.parametrize("option", ["Name", "name", "@type"])
def test_facts_a7_fluent_bit_and_fluentd_name_their_output_each_in_its_way(option: str) -> None:
    logs = Logging(source("task"), "awsfirelens", {option: "kinesis_firehose"})
    assert asked(workload(replace(private_ecr(), logging=logs))) == {*LAYERS, "kinesis-firehose"}


@pytest.mark.parametrize("options", [{"Name": UNKNOWN}, {}])
def test_facts_a7_an_output_that_is_not_known_may_be_any(options: dict[str, Value]) -> None:
    one = workload(logging("awsfirelens", **options))
    assert perhaps(one) == {"logs", "kinesis-firehose", "kinesis-streams"}


@pytest.mark.parametrize("name", ["es", "opensearch", "http", "forward", "splunk", "datadog", "loki"])
def test_facts_a7_outputs_to_other_hosts_ask_for_no_endpoint(name: str) -> None:
    assert asked(workload(logging("awsfirelens", Name=name))) == LAYERS


@pytest.mark.parametrize(
    ("driver", "options"),
    [
        ("awsfirelens", {"Name": "cloudwatch_logs", "endpoint": "vpce-1.logs.eu-west-1.vpce.amazonaws.com"}),
        ("awsfirelens", {"Name": "cloudwatch_logs", "endpoint": UNKNOWN}),
        ("awslogs", {"awslogs_endpoint": "https://vpce-1.logs.eu-west-1.vpce.amazonaws.com"}),
    ],
)
def test_facts_a7_logs_to_a_host_by_its_own_name_may_need_another_endpoint(
    driver: str, options: dict[str, Value]
) -> None:
    assert isinstance(of("logs", workload(logging(driver, **options))).doubt, Unknown)
    usual = {name: "" if "endpoint" in name else value for name, value in options.items()}
    assert of("logs", workload(logging(driver, **usual))).doubt is None


@pytest.mark.parametrize("driver", ["splunk", "gelf", "fluentd", "syslog", "json-file", "journald", ""])
def test_facts_a8_other_drivers_ask_for_no_endpoint(driver: str) -> None:
    one = workload(logging(driver))
    assert (asked(one), perhaps(one)) == (LAYERS, set())


# Secrets and files (A9 to A13)


@pytest.mark.parametrize("store", ServiceOf)
def test_facts_a9_a10_secrets_ask_for_their_store_in_their_region(store: ServiceOf) -> None:
    secret = Secret(source("task"), store, "us-east-1")
    one = workload(replace(private_ecr(), secrets=Listing((secret,))))
    assert of(store.value, one).region == "us-east-1"
    assert asked(replace(one, platform_version="1.3.0")) == PULL - {"ecr.api"}


def test_facts_a11_trap_10_a_customers_key_asks_for_no_endpoint_and_says_so() -> None:
    secret = Secret(source("task"), ServiceOf.SECRETS_MANAGER, own_key=True)
    one = workload(replace(private_ecr(), secrets=Listing((secret,))))
    assert asked(one) == {*PULL, "secretsmanager"}
    (note,) = of("secretsmanager", one).notes
    assert "no endpoint for kms is needed" in note.text


def test_facts_a12_registry_credentials_are_a_secret_and_need_the_registry() -> None:
    credentials = Secret(source("task"), ServiceOf.SECRETS_MANAGER, "us-east-1")
    one = workload(replace(pulling(Registry.OTHER), registry_credentials=credentials))
    assert asked(one) == {INTERNET, "secretsmanager"}
    assert of("secretsmanager", one).region == "us-east-1"


def test_facts_a13_environment_files_are_read_from_the_region_of_their_bucket() -> None:
    files = Listing((EnvironmentFile(source("task")), EnvironmentFile(source("task"), "us-east-1")))
    one = workload(replace(pulling(Registry.OTHER), environment_files=files))
    assert {need.region for need in needs_of(one) if need.service == "s3"} == {None, "us-east-1"}


# ECS Exec (A14 to A16)


def test_facts_a14_trap_10_exec_asks_for_ssmmessages_alone() -> None:
    one = workload(pulling(Registry.OTHER), exec_enabled=True)
    assert asked(one) == {INTERNET, "ssmmessages"}
    assert of("ssmmessages", one).startup is False


def test_facts_a15_a_key_of_the_cluster_adds_kms() -> None:
    settings = ExecSettings(source=source("cluster"), own_key=True)
    on = workload(exec_enabled=True, exec_settings=settings)
    assert asked(on) == {*PULL, "ssmmessages", "kms"}
    assert asked(replace(on, exec_enabled=False)) == PULL


@pytest.mark.parametrize(
    ("settings", "services"),
    [
        ({"to_task_logs": False, "to_log_group": True, "to_bucket": True}, {"logs", "s3"}),
        ({"to_task_logs": False}, set()),
        ({}, {"logs"}),  # DEFAULT: to the log group of awslogs
    ],
)
def test_facts_a16_exec_logs_where_the_cluster_says(settings: dict[str, bool], services: set[str]) -> None:
    written = ExecSettings(source=source("cluster"), **settings)
    one = workload(launch=EC2, exec_enabled=True, exec_settings=written)
    by_task = {need.service for need in needs_of(one) if need.interface is TASK}
    assert by_task == {"ssmmessages", *services}


def test_facts_a16_what_a_cluster_elsewhere_does_is_not_known_and_kms_not_demanded() -> None:
    one = workload(launch=EC2, exec_enabled=True, exec_settings=UNKNOWN)
    (logs,) = (need for need in needs_of(one) if need.service == "logs" and need.interface is TASK)
    assert logs.certain == UNKNOWN
    assert "kms" not in asked(one) | perhaps(one)


# Control plane, Service Connect, discovery (A17 to A20)


def test_facts_a17_a18_trap_1_container_instances_talk_to_three_endpoints_and_fargate_to_none() -> None:
    assert asked(workload(launch=EC2)) == {*PULL, *AGENT}
    assert asked(workload()) == PULL


def test_facts_a17_metrics_keep_no_task_from_starting() -> None:
    one = workload(launch=EC2)
    assert {need.service for need in needs_of(one) if need.service in AGENT and need.startup} == {
        "ecs",
        "ecs-agent",
    }


def test_facts_a19_service_connect_on_fargate_asks_for_nothing_and_says_so() -> None:
    connect = ServiceConnect(source=source("service"), enabled=True)
    one = workload(service_connect=connect)
    assert asked(one) == PULL
    (remark,) = remarks_on(one)
    assert "ecs-agent" in remark.text
    assert remarks_on(replace(one, service_connect=replace(connect, enabled=False))) == ()
    assert remarks_on(workload(launch=EC2, service_connect=connect)) == ()


def test_facts_a19_the_proxy_of_service_connect_logs_like_a_container() -> None:
    log = Logging(source("service"), "awslogs", {})
    secret = Secret(source("service"), ServiceOf.PARAMETER_STORE)
    connect = ServiceConnect(source=source("service"), enabled=True, logging=log, secrets=Listing((secret,)))
    one = workload(pulling(Registry.OTHER), service_connect=connect)
    assert asked(one) == {INTERNET, "logs", "ssm"}
    off = replace(connect, enabled=False)
    assert asked(replace(one, service_connect=off)) == {INTERNET}


# Side-cars (A21 to A23)


def test_facts_a21_app_mesh_asks_for_its_management_endpoint() -> None:
    one = workload(task={"meshed": True})
    assert asked(one) == {*PULL, "appmesh-envoy-management"}
    assert of("appmesh-envoy-management", one).startup is False


@pytest.mark.parametrize(
    "image",
    [
        "amazon/aws-xray-daemon",
        "public.ecr.aws/xray/aws-xray-daemon:3.x",
        "111122223333.dkr.ecr.eu-west-1.amazonaws.com/xray-daemon:3",
    ],
)
def test_facts_a22_the_xray_daemon_sends_to_xray(image: str) -> None:
    assert "xray" in asked(workload(replace(private_ecr(), image=Image(image, Registry.OTHER))))


@pytest.mark.parametrize("image", ["acme/my-xray-daemon-viewer", "acme/xray-daemons", "acme/xray"])
def test_facts_a22_other_images_do_not(image: str) -> None:
    one = workload(replace(private_ecr(), image=Image(image, Registry.OTHER)))
    assert "xray" not in asked(one) | perhaps(one)


def test_facts_a22_what_a_collector_exports_to_is_in_its_configuration() -> None:
    image = Image("public.ecr.aws/aws-observability/aws-otel-collector:v0.43", Registry.PUBLIC_ECR)
    one = workload(replace(pulling(Registry.OTHER), image=image))
    assert perhaps(one) == {"xray", "logs", "monitoring", "aps-workspaces"}


def test_facts_a22_a33_settings_in_the_environment_make_it_possible() -> None:
    variables = {"AWS_XRAY_DAEMON_ADDRESS": "daemon:2000", "AWS_ROLE_ARN": "arn:aws:iam::1:role/other"}
    one = workload(replace(private_ecr(), environment=variables))
    assert perhaps(one) == {"xray", "sts"}
    assert perhaps(workload(replace(private_ecr(), environment=UNKNOWN))) == set()


def test_containers_with_the_same_settings_have_one_reason_whatever_they_are_called() -> None:
    variables = {"AWS_XRAY_DAEMON_ADDRESS": "daemon:2000"}
    named = [replace(private_ecr(), name=name, environment=variables) for name in ("app", "${var.name}")]
    reasons = {str(of("xray", workload(one)).certain) for one in named}
    (reason,) = reasons
    assert reason.startswith("whether a container calls xray that has settings of the X-Ray SDK")


def test_facts_a23_a_cloudwatch_agent_may_send_metrics_and_logs() -> None:
    image = Image("amazon/cloudwatch-agent:latest", Registry.OTHER)
    one = workload(replace(pulling(Registry.OTHER), image=image))
    assert perhaps(one) == {"monitoring", "logs"}


# Volumes (A26), GuardDuty (A28), instances (A29, A30; B20)


def test_facts_a26_fsx_is_asked_by_the_instance_with_its_secret() -> None:
    volume = FsxVolume(source("task"), Secret(source("task"), ServiceOf.PARAMETER_STORE))
    one = workload(launch=EC2, task={"fsx_volumes": Listing((volume,))})
    assert asked(one) == {*PULL, *AGENT, "fsx", "ssm"}
    assert (of("fsx", one).interface, of("ssm", one).interface) == (INSTANCE, INSTANCE)
    assert asked(replace(one, launches=Listing((FARGATE,)))) == PULL  # not to be had there


@pytest.mark.parametrize(("windows", "services"), [(True, {"fsx"}), (False, set())])
def test_facts_a26_volumes_that_are_not_known_may_be_fsx_on_windows(
    windows: bool, services: set[str]
) -> None:
    one = workload(launch=EC2, task={"fsx_volumes": Listing((), UNKNOWN), "windows": windows})
    assert perhaps(one) - {INTERNET} == services


def test_facts_a28_trap_11_guard_duty_asks_for_its_image_and_not_for_its_own_endpoint() -> None:
    guard = GuardDuty(source("detector"))
    task = {"execution_role": "role"}
    one = workload(pulling(Registry.OTHER), task=task, guard_duty=guard)
    assert asked(one) == {INTERNET, *LAYERS}
    assert not any(need.startup for need in needs_of(one) if need.service in LAYERS)
    assert asked(workload(pulling(Registry.OTHER), guard_duty=guard)) == {INTERNET}  # no execution role
    for launch in (EC2, MANAGED):
        elsewhere = workload(pulling(Registry.OTHER), task=task, guard_duty=guard, launch=launch)
        assert asked(elsewhere) == {INTERNET, *AGENT}


def instances(**fields: Any) -> Launch:
    (one,) = EC2.instances
    return replace(EC2, instances=Listing((replace(one, **fields),)))


def test_facts_a29_the_ssm_agent_of_an_instance_is_a_use_of_its_own() -> None:
    policy = ManagedPolicy(source=source("role"), name="AmazonSSMManagedInstanceCore")
    one = workload(launch=instances(role=Role(source=source("role"), managed=(policy,))))
    assert asked(one) == {*PULL, *AGENT, "ssm", "ssmmessages"}
    assert perhaps(one) == {"ec2messages"}
    assert {need.service for need in needs_of(one) if need.is_apart} == {"ssm", "ssmmessages", "ec2messages"}


@pytest.mark.parametrize(
    ("script", "service"),
    [
        ("/opt/aws/bin/cfn-signal --stack app --resource Nodes", "cloudformation"),
        ("aws autoscaling complete-lifecycle-action --lifecycle-hook-name up", "autoscaling"),
        ("echo ECS_CONTAINER_INSTANCE_PROPAGATE_TAGS_FROM=ec2_instance >> /etc/ecs/ecs.config", "ec2"),
        ("aws s3 cp s3://bucket/agent.rpm .", "s3"),
        ("aws ssm get-parameter --name /app", "ssm"),
    ],
)
def test_facts_a30_scripts_at_the_start_of_an_instance(script: str, service: str) -> None:
    one = workload(pulling(Registry.OTHER), launch=instances(start_up=(Script(source("template"), script),)))
    assert asked(one) == {INTERNET, *AGENT, service}
    assert of(service, one).is_apart


def test_facts_a30_packages_of_amazon_linux_are_in_s3_and_those_of_others_are_not() -> None:
    script = Script(source("template"), "#!/bin/bash\nyum install -y jq\n")
    one = workload(pulling(Registry.OTHER), launch=instances(start_up=(script,)))
    assert (asked(one), perhaps(one)) == ({INTERNET, *AGENT}, {"s3"})
    assert of("s3", one).is_apart


@pytest.mark.parametrize(
    ("script", "proxied"),
    [
        ("echo HTTP_PROXY=10.0.5.10:3128 >> /etc/ecs/ecs.config", True),
        ('Environment="HTTPS_PROXY=http://10.0.5.10:3128"', True),
        ("export https_proxy='http://10.0.5.10:3128'", True),
        ('[Environment]::SetEnvironmentVariable("HTTP_PROXY", "http://10.0.5.10:3128", "Machine")', True),
        ("echo NO_PROXY=169.254.169.254,169.254.170.2 >> /etc/ecs/ecs.config", False),
        ("export HTTP_PROXY=\necho ECS_CLUSTER=main >> /etc/ecs/ecs.config", False),
        ("echo ECS_CLUSTER=main >> /etc/ecs/ecs.config", False),
    ],
)
def test_facts_b20_what_instances_do_goes_to_the_proxy_of_their_start_up(script: str, proxied: bool) -> None:
    launch = instances(start_up=(Script(source("template"), script),))
    one = with_role(allowing("sqs:SendMessage"), launch=launch, exec_enabled=True)
    found = {need.service: need.proxied for need in needs_of(one)}
    assert found == {**dict.fromkeys([*PULL, *AGENT], proxied), "sqs": False, "ssmmessages": False}
    by_host = replace(one, task_definition=World().task(mode=NetworkMode.HOST), tasks=None)
    assert {need.proxied for need in needs_of(by_host) if need.asker is not Asker.CODE} == {proxied}


# The task role (A31 to A34)


@pytest.mark.parametrize(
    ("action", "service"),
    [
        ("dynamodb:*", "dynamodb"),
        ("dynamodb:GetItem", "dynamodb"),
        ("dynamodb:GetRecords", "dynamodb-streams"),
        ("sqs:*", "sqs"),
        ("sns:Publish", "sns"),
        ("kinesis:PutRecord", "kinesis-streams"),
        ("firehose:PutRecord", "kinesis-firehose"),
        ("states:StartExecution", "states"),
        ("states:StartSyncExecution", "sync-states"),
        ("events:PutEvents", "events"),
        ("kms:Sign", "kms"),
        ("lambda:InvokeFunction", "lambda"),
        ("bedrock:InvokeModel", "bedrock-runtime"),
        ("execute-api:Invoke", "execute-api"),
        ("rds-data:ExecuteStatement", "rds-data"),
        ("cognito-idp:AdminGetUser", "cognito-idp"),
        ("S3:getobject", "s3"),
        ("sts:AssumeRole", "sts"),
        ("iam:GetRole", "iam"),
        ("secretsmanager:GetSecretValue", "secretsmanager"),
        ("ssm:GetParameter", "ssm"),
        ("ecs:RunTask", "ecs"),
    ],
)
def test_facts_a31_a32_a34_actions_say_which_service_is_called(action: str, service: str) -> None:
    one = with_role(allowing(action))
    needs = [need for need in needs_of(one) if need.service == service and not need.layers]
    assert [(need.certain, need.startup, need.region) for need in needs] == [(True, False, None)]
    assert asked(one) == {*PULL, service}


@pytest.mark.parametrize(("why", "waiting"), [(Why.CONDITION, 1), (Why.OUTSIDE, 0)])
def test_whatever_a_condition_may_let_the_code_call_waits_for_it(why: Why, waiting: int) -> None:
    """So the cases of the condition are followed; what is not known for another reason asks for nothing."""
    unknown = Unknown(why, "something")
    part = Role(source=source("role"), permissions=(allowing("sqs:SendMessage"),), rest=unknown)
    for one in (
        workload(task={"task_role": part}),
        workload(task={"task_role": unknown}),
        replace(workload(), task_definition=unknown),
    ):
        found = [need.certain for need in needs_of(one) if need.service == "dynamodb"]
        assert found == [unknown] * waiting
    assert "sqs" in asked(workload(task={"task_role": part}))


@pytest.mark.parametrize(
    ("concerned", "services"),
    [
        ((Concerned("dynamodb", is_table=True),), {"dynamodb"}),
        ((Concerned("dynamodb", is_table=True), Concerned("dynamodb")), {"dynamodb", "dynamodb-streams"}),
        ((), {"dynamodb", "dynamodb-streams"}),
    ],
    ids=["tables", "tables and something else", "anything"],
)
def test_facts_a32_streams_are_not_read_with_what_is_allowed_on_tables(
    concerned: tuple[Concerned, ...], services: set[str]
) -> None:
    one = with_role(allowing("dynamodb:GetItem", "dynamodb:GetRecords", concerned=concerned))
    assert asked(one) == {*PULL, *services}


@pytest.mark.parametrize(
    ("action", "apart"),
    [
        ("ssm:GetParametersByPath", False),
        ("ssm:Get*", False),
        ("ssm:*", False),
        ("ssm:SendCommand", True),
        ("ecs:RunTask", True),
        ("ecr:DescribeImages", True),
        ("secretsmanager:GetSecretValue", False),
        ("s3:GetObject", False),
    ],
)
def test_facts_a32_code_that_calls_what_ecs_calls_is_judged_apart_where_it_is_another_use(
    action: str, apart: bool
) -> None:
    role = Role(source=source("role"), permissions=(allowing(action),))
    one = workload(pulling(Registry.OTHER), task={"task_role": role})
    (need,) = (need for need in needs_of(one) if need.service != INTERNET)
    assert need.is_apart is apart


@pytest.mark.parametrize(
    "action",
    [
        "*",
        "*:*",
        "s*:Get*",
        "kms:Decrypt",
        "kms:GenerateDataKey*",
        "kms:*",
        "iam:PassRole",
        "sts:GetCallerIdentity",
        "elasticfilesystem:ClientMount",
        "ssmmessages:OpenDataChannel",
        "ecr:GetAuthorizationToken",
        "ecs:Poll",
        "logs:PutLogEvents",
        "unheard-of:Action",
    ],
)
def test_facts_a33_trap_10_actions_that_say_nothing_of_a_call(action: str) -> None:
    one = with_role(allowing(action))
    assert (asked(one), perhaps(one)) == (PULL, set())


def test_facts_a32_everything_but_something_says_nothing() -> None:
    assert asked(with_role(allowing("iam:*", all_but=True))) == PULL


@pytest.mark.parametrize(
    ("denial", "denied"),
    [
        (denying("sqs:*"), True),
        (denying("*"), True),
        (denying("SQS:Send*"), True),
        (denying("sqs:SendMessage", limited=True), False),
        (denying("sqs:DeleteQueue"), False),
        (denying("s3:*", all_but=True), True),
        (denying("sqs:*", all_but=True), False),
        (denying("sqs:*", exists=UNKNOWN), False),
    ],
)
def test_facts_a32_what_is_denied_is_not_called(denial: Permission, denied: bool) -> None:
    assert ("sqs" not in asked(with_role(allowing("sqs:SendMessage"), denial))) is denied


def test_facts_a32_trap_16_resources_of_other_regions_are_called_there() -> None:
    there = Concerned("sqs", "us-east-1")
    one = with_role(allowing("sqs:SendMessage", "sns:Publish", concerned=(there, Concerned("sns"))))
    assert {need.service: need.region for need in needs_of(one) if need.service in ("sqs", "sns")} == {
        "sqs": "us-east-1",
        "sns": None,
    }


def test_facts_a32_a_policy_that_may_not_exist_makes_it_possible() -> None:
    one = with_role(allowing("sqs:SendMessage", exists=UNKNOWN))
    assert perhaps(one) == {"sqs"}
    twice = with_role(allowing("sqs:SendMessage", exists=UNKNOWN), allowing("sqs:SendMessage"))
    assert asked(twice) == {*PULL, "sqs"}
    assert asked(with_role(allowing("sqs:SendMessage", exists=UNKNOWN), allowing("sqs:*"))) == {*PULL, "sqs"}


@pytest.mark.parametrize(
    ("name", "services"),
    [
        ("AmazonDynamoDBFullAccess", {"dynamodb"}),
        ("AmazonSQSFullAccess", {"sqs"}),
        ("AWSXRayDaemonWriteAccess", {"xray"}),
        ("AdministratorAccess", set()),
        ("AmazonECSTaskExecutionRolePolicy", set()),
        ("AmazonSSMManagedInstanceCore", set()),
    ],
)
def test_facts_a32_policies_of_aws(name: str, services: set[str]) -> None:
    assert asked(with_role(managed=(name,))) == {*PULL, *services}


@pytest.mark.parametrize("role", [None, UNKNOWN])
def test_facts_a33_a_role_that_is_not_known_demands_nothing(role: Unknown | None) -> None:
    one = workload(task={"task_role": role})
    assert (asked(one), perhaps(one)) == (PULL, set())


@pytest.mark.parametrize(
    "role",
    [
        UNKNOWN,
        Role(source=source("role"), permissions=(allowing("*"),)),
        Role(source=source("role"), permissions=(allowing("*:*"),)),
        Role(source=source("role"), permissions=(allowing("sqs:SendMessage"),), rest=UNKNOWN),
    ],
)
def test_facts_a33_code_may_call_what_is_needed_anyhow_where_its_role_leaves_that_open(
    role: Role | Unknown,
) -> None:
    one = workload(logging("awslogs"), launch=World.ec2("one"), task={"task_role": role})
    by_code = [need for need in needs_of(one) if need.asker is Asker.CODE and need.certain is not True]
    assert {(need.service, need.interface) for need in by_code if need.service != "sqs"} == {
        ("s3", Interface.TASK),
        ("logs", Interface.TASK),
    }
    assert not any(need.startup or need.is_apart for need in by_code)


def test_facts_a35_a36_what_starts_the_tasks_and_what_is_link_local_ask_for_nothing() -> None:
    for kind in WorkloadKind:
        assert asked(replace(workload(), kind=kind)) == PULL


def test_trap_22_containers_that_are_not_known_may_need_what_ecs_reads_and_nothing_else() -> None:
    one = workload(task={})
    unseen = replace(one, task_definition=UNKNOWN)
    assert asked(unseen) == set()
    assert perhaps(unseen) == {INTERNET, *PULL, "secretsmanager", "ssm"}
    assert isinstance(one.task_definition, TaskDefinition)


# What the environment tells the AWS SDK


def told(variables: dict[str, Value], *actions: str) -> Workload:
    container = replace(private_ecr(), environment=variables)
    role = Role(source=source("role"), permissions=(allowing(*actions),))
    return workload(container, task={"task_role": role})


@pytest.mark.parametrize(
    ("variables", "doubted"),
    [
        ({}, set()),
        ({"AWS_USE_FIPS_ENDPOINT": "true"}, {"sqs", "dynamodb"}),
        ({"AWS_USE_FIPS_ENDPOINT": "false"}, set()),
        ({"AWS_USE_FIPS_ENDPOINT": None}, set()),
        ({"AWS_USE_DUALSTACK_ENDPOINT": UNKNOWN}, {"sqs", "dynamodb"}),
        ({"AWS_ENDPOINT_URL": "http://localstack:4566"}, {"sqs", "dynamodb"}),
        ({"AWS_ENDPOINT_URL_SQS": "https://vpce-1.sqs.eu-west-1.vpce.amazonaws.com"}, {"sqs"}),
        ({"AWS_ENDPOINT_URL_SQS": ""}, set()),
        ({"AWS_ENDPOINT_URL_SECRETS_MANAGER": "https://x"}, set()),
        ({"AWS_ENDPOINT_URL_NOT_IN_THE_CATALOG": "https://x"}, {"sqs", "dynamodb"}),
    ],
)
def test_trap_12_the_environment_may_have_the_sdk_call_other_host_names(
    variables: dict[str, Value], doubted: set[str]
) -> None:
    needs = needs_of(told(variables, "sqs:SendMessage", "dynamodb:GetItem"))
    assert {need.service for need in needs if need.doubt is not None} == doubted


@pytest.mark.parametrize("name", ["AWS_REGION", "AWS_DEFAULT_REGION"])
def test_trap_16_the_environment_may_have_the_sdk_call_another_region(name: str) -> None:
    elsewhere = [need for need in needs_of(told({name: "us-east-1"}, "sqs:SendMessage")) if need.region]
    assert [(need.service, need.region) for need in elsewhere] == [("sqs", "us-east-1")]
    assert isinstance(elsewhere[0].certain, Unknown)
    assert [need.region for need in needs_of(told({name: None}, "sqs:SendMessage")) if need.region] == []


def test_what_the_sdk_is_told_is_nothing_to_ecs_itself() -> None:
    variables: dict[str, Value] = {"AWS_USE_FIPS_ENDPOINT": "true", "AWS_REGION": "us-east-1"}
    plain = needs_of(workload(private_ecr()))
    assert needs_of(workload(replace(private_ecr(), environment=variables))) == plain
