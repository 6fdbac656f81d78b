"""Workloads: whole ones, the same in both languages, and what is only seen."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from support.configurations import MYSTERY, PLACE, cfn, get_att, ref, template, terraform, tf

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.json_text import Encoded
from checkov_ecs_endpoints.lowering.cloudformation.workloads import workloads as of_cloudformation
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.terraform.workloads import workloads as of_terraform
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.model.workloads import (
    Capacity,
    ExecSettings,
    Launch,
    NetworkMode,
    Placement,
    TaskDefinition,
    Unjudged,
    Workload,
    WorkloadKind,
)
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Location, OpenList, Unknown, Value, Why, text


def lowered(*resources: Resource) -> tuple[tuple[Workload, ...], tuple[Unjudged, ...]]:
    """What becomes of resources, in the language that the first one is written in."""
    if "::" in resources[0].type:
        configuration = template(*resources)
        return of_cloudformation(configuration, Index.of(configuration), Network(), Settings())
    configuration = terraform(*resources)
    return of_terraform(configuration, Index.of(configuration), Network(), Settings())


def only(*resources: Resource) -> Workload:
    ((workload,), _) = lowered(*resources)
    return workload


TERRAFORM = (
    tf("aws_ecs_cluster.main", {"name": "main"}),
    tf(
        "aws_ecs_task_definition.app",
        {"family": "app", "network_mode": "awsvpc", "container_definitions": "[]"},
    ),
    tf("aws_subnet.a"),
    tf("aws_subnet.b"),
    tf("aws_security_group.app"),
)
TEMPLATE = (
    cfn("AWS::ECS::Cluster", "Main", {"ClusterName": "main"}),
    cfn(
        "AWS::ECS::TaskDefinition",
        "App",
        {"Family": "app", "NetworkMode": "awsvpc", "ContainerDefinitions": []},
    ),
    cfn("AWS::EC2::Subnet", "A"),
    cfn("AWS::EC2::Subnet", "B"),
    cfn("AWS::EC2::SecurityGroup", "Group"),
)
NETWORK_CONFIGURATION: dict[str, Value] = {
    "subnets": [ref("aws_subnet.a", "id"), ref("aws_subnet.b", "id")],
    "security_groups": [ref("aws_security_group.app", "id")],
}
NETWORK: Value = [NETWORK_CONFIGURATION]
AWSVPC: dict[str, Value] = {"Subnets": [ref("A"), ref("B")], "SecurityGroups": [get_att("Group", "GroupId")]}
TERRAFORM_IDS = {
    "task": "aws_ecs_task_definition.app",
    "task_address": "aws_ecs_task_definition.app",
    "a": "aws_subnet.a",
    "b": "aws_subnet.b",
    "group": "aws_security_group.app",
    "cluster": "aws_ecs_cluster.main",
}
TEMPLATE_IDS = {
    "task": "App",
    "task_address": "AWS::ECS::TaskDefinition.App",
    "a": "A",
    "b": "B",
    "group": "Group",
    "cluster": "AWS::ECS::Cluster.Main",
}


def expected(resource: Resource, kind: WorkloadKind, name: str) -> Workload:
    """A Fargate workload in two subnets, as all of them are here."""
    ids = TEMPLATE_IDS if "::" in resource.type else TERRAFORM_IDS
    here = Source(resource.address, PLACE)
    return Workload(
        id=resource.id,
        source=here,
        kind=kind,
        name=name,
        cluster="main",
        launches=Listing((Launch(capacity=Capacity.FARGATE, source=here),)),
        tasks=Placement(
            source=here,
            subnets=Listing((ids["a"], ids["b"])),
            groups=Listing((ids["group"],)),
            public_ip=False,
        ),
        task_definition=TaskDefinition(
            id=ids["task"],
            source=Source(ids["task_address"], PLACE),
            containers=Listing(),
            network_mode=NetworkMode.AWSVPC,
        ),
        exec_settings=ExecSettings(source=Source(ids["cluster"], PLACE)),
    )


def service(**more: Value) -> Resource:
    attributes: dict[str, Value] = {
        "name": "app",
        "cluster": ref("aws_ecs_cluster.main", "id"),
        "launch_type": "FARGATE",
        "task_definition": ref("aws_ecs_task_definition.app", "arn"),
        "network_configuration": NETWORK,
    }
    return tf("aws_ecs_service.app", attributes | more)


def stack_service(**more: Value) -> Resource:
    attributes: dict[str, Value] = {
        "ServiceName": "app",
        "Cluster": ref("Main"),
        "LaunchType": "FARGATE",
        "TaskDefinition": ref("App"),
        "NetworkConfiguration": {"AwsvpcConfiguration": AWSVPC},
    }
    return cfn("AWS::ECS::Service", "Service", attributes | more)


@pytest.mark.parametrize(
    ("plain", "others"),
    [(service(), TERRAFORM), (stack_service(), TEMPLATE)],
    ids=["terraform", "cloudformation"],
)
def test_a_service(plain: Resource, others: tuple[Resource, ...]) -> None:
    unset = 1 if plain.type.startswith("AWS::") else 0
    assert only(plain, *others) == replace(expected(plain, WorkloadKind.SERVICE, "app"), task_count=unset)


@pytest.mark.parametrize(
    ("cluster", "name"),
    [
        (ref("aws_ecs_cluster.main", "id"), "main"),
        ("arn:aws:ecs:eu-west-1:111122223333:cluster/ingest", "ingest"),
        ("ingest", "ingest"),
        (None, "default"),
        (MYSTERY, MYSTERY),
    ],
)
def test_the_cluster_of_a_service_by_name(cluster: Value, name: str | Unknown) -> None:
    assert only(service(cluster=cluster), *TERRAFORM).cluster == name


def test_a_cluster_that_aws_names_is_called_as_in_the_template() -> None:
    others = tuple(replace(one, attributes={}) if one.id == "Main" else one for one in TEMPLATE)
    assert only(stack_service(), *others).cluster == "Main"


FULL = (
    service(
        platform_version="1.4.0",
        enable_execute_command=True,
        desired_count=3,
        tags={"ecs-endpoints:tier": "high-bandwidth"},
        network_configuration=[{**NETWORK_CONFIGURATION, "assign_public_ip": True}],
    ),
    stack_service(
        PlatformVersion="1.4.0",
        EnableExecuteCommand=True,
        DesiredCount=3,
        Tags=[{"Key": "ecs-endpoints:tier", "Value": "high-bandwidth"}],
        NetworkConfiguration={"AwsVpcConfiguration": {**AWSVPC, "AssignPublicIp": "ENABLED"}},
    ),
)


@pytest.mark.parametrize(
    ("full", "others"), [(FULL[0], TERRAFORM), (FULL[1], TEMPLATE)], ids=["terraform", "cloudformation"]
)
def test_everything_a_service_sets(full: Resource, others: tuple[Resource, ...]) -> None:
    plain = expected(full, WorkloadKind.SERVICE, "app")
    assert plain.tasks is not None
    assert only(full, *others) == replace(
        plain,
        platform_version="1.4.0",
        exec_enabled=True,
        task_count=3,
        tags={"ecs-endpoints:tier": "high-bandwidth"},
        tasks=replace(plain.tasks, public_ip=True),
    )


TASK_SETS = (
    (
        tf(
            "aws_ecs_task_set.blue",
            {
                "external_id": "blue",
                "service": ref("aws_ecs_service.app", "id"),
                "cluster": ref("aws_ecs_cluster.main", "id"),
                "launch_type": "FARGATE",
                "task_definition": ref("aws_ecs_task_definition.app", "arn"),
                "network_configuration": NETWORK,
            },
        ),
        service(deployment_controller=[{"type": "EXTERNAL"}], enable_execute_command=True),
        *TERRAFORM,
    ),
    (
        cfn(
            "AWS::ECS::TaskSet",
            "Blue",
            {
                "ExternalId": "blue",
                "Service": ref("Service"),
                "Cluster": ref("Main"),
                "LaunchType": "FARGATE",
                "TaskDefinition": ref("App"),
                "NetworkConfiguration": {"AwsVpcConfiguration": AWSVPC},
            },
        ),
        stack_service(DeploymentController={"Type": "EXTERNAL"}, EnableExecuteCommand=True),
        *TEMPLATE,
    ),
)


@pytest.mark.parametrize("resources", TASK_SETS, ids=["terraform", "cloudformation"])
def test_trap_19_a_task_set_stands_for_its_service(resources: tuple[Resource, ...]) -> None:
    found, unjudged = lowered(*resources)
    assert found == (replace(expected(resources[0], WorkloadKind.TASK_SET, "blue"), exec_enabled=True),)
    assert unjudged == ()


@pytest.mark.parametrize(
    "resources", [resources[1:] for resources in TASK_SETS], ids=["terraform", "cloudformation"]
)
def test_a_service_whose_task_sets_are_elsewhere_is_only_seen(resources: tuple[Resource, ...]) -> None:
    found, unjudged = lowered(*resources)
    what = "a service whose task sets are not in this configuration"
    assert found == ()
    assert unjudged == (Unjudged(source=Source(resources[0].address, PLACE), what=what),)


EVENTS = (
    (
        tf(
            "aws_cloudwatch_event_target.nightly",
            {
                "target_id": "nightly",
                "arn": ref("aws_ecs_cluster.main", "arn"),
                "ecs_target": [
                    {
                        "launch_type": "FARGATE",
                        "task_definition_arn": ref("aws_ecs_task_definition.app", "arn"),
                        "network_configuration": NETWORK,
                    }
                ],
            },
        ),
        tf("aws_cloudwatch_event_target.other", {"arn": "arn:aws:lambda:eu-west-1:1:function:x"}),
        *TERRAFORM,
    ),
    (
        cfn(
            "AWS::Events::Rule",
            "Nightly",
            {
                "Targets": [
                    {"Id": "other", "Arn": "arn:aws:lambda:eu-west-1:1:function:x"},
                    {
                        "Id": "nightly",
                        "Arn": get_att("Main", "Arn"),
                        "EcsParameters": {
                            "LaunchType": "FARGATE",
                            "TaskDefinitionArn": ref("App"),
                            "NetworkConfiguration": {"AwsVpcConfiguration": AWSVPC},
                        },
                    },
                ]
            },
        ),
        *TEMPLATE,
    ),
)
SCHEDULES = (
    (
        tf(
            "aws_scheduler_schedule.nightly",
            {
                "name": "nightly",
                "target": [
                    {
                        "arn": ref("aws_ecs_cluster.main", "arn"),
                        "ecs_parameters": [
                            {
                                "launch_type": "FARGATE",
                                "task_definition_arn": ref(
                                    "aws_ecs_task_definition.app", "arn_without_revision"
                                ),
                                "network_configuration": NETWORK,
                            }
                        ],
                    }
                ],
            },
        ),
        tf("aws_scheduler_schedule.other", {"target": [{"arn": "arn:aws:sqs:eu-west-1:1:x"}]}),
        *TERRAFORM,
    ),
    (
        cfn(
            "AWS::Scheduler::Schedule",
            "Nightly",
            {
                "Name": "nightly",
                "Target": {
                    "Arn": get_att("Main", "Arn"),
                    "EcsParameters": {
                        "LaunchType": "FARGATE",
                        "TaskDefinitionArn": get_att("App", "TaskDefinitionArn"),
                        "NetworkConfiguration": {"AwsvpcConfiguration": AWSVPC},
                    },
                },
            },
        ),
        *TEMPLATE,
    ),
)


@pytest.mark.parametrize(
    ("resources", "kind"),
    [
        *((resources, WorkloadKind.EVENT_RULE) for resources in EVENTS),
        *((resources, WorkloadKind.SCHEDULE) for resources in SCHEDULES),
    ],
)
def test_trap_19_tasks_that_a_rule_or_schedule_starts(
    resources: tuple[Resource, ...], kind: WorkloadKind
) -> None:
    assert only(*resources) == replace(expected(resources[0], kind, "nightly"), task_count=1)


def test_the_lines_of_a_workload_are_those_of_its_fields() -> None:
    lines = {
        ("network_configuration", 0, "subnets"): Location("/main.tf", 7),
        ("network_configuration", 0, "security_groups"): Location("/main.tf", 8),
        ("network_configuration", 0): Location("/main.tf", 6),
        ("launch_type",): Location("/main.tf", 4),
    }
    placed = replace(service(enable_execute_command=True), lines=lines)
    workload = only(placed, *TERRAFORM)
    assert workload.tasks is not None
    assert workload.tasks.source.lines == {
        "subnets": Location("/main.tf", 7),
        "groups": Location("/main.tf", 8),
        "public_ip": Location("/main.tf", 6),
    }
    (launch,) = workload.launches
    assert launch.source.location == Location("/main.tf", 4)


def test_networks_that_are_not_known_say_why() -> None:
    def tasks(network: Value) -> Placement | None:
        return only(service(network_configuration=network), *TERRAFORM).tasks

    here = Source("aws_ecs_service.app", PLACE)
    open_all = Placement(
        source=here, subnets=Listing((), MYSTERY), groups=Listing((), MYSTERY), public_ip=MYSTERY
    )
    assert tasks(None) is None
    assert tasks([]) is None
    assert tasks(OpenList((), MYSTERY)) == open_all
    assert tasks([{"subnets": OpenList((ref("aws_subnet.a", "id"),), MYSTERY)}]) == Placement(
        source=here, subnets=Listing(("aws_subnet.a",), MYSTERY), groups=Listing(), public_ip=False
    )
    outside = Unknown(Why.OUTSIDE, "subnet-0123", PLACE)
    assert tasks(
        [{"subnets": ["subnet-0123"], "security_groups": MYSTERY, "assign_public_ip": MYSTERY}]
    ) == Placement(source=here, subnets=Listing((outside,)), groups=Listing((), MYSTERY), public_ip=MYSTERY)


@pytest.mark.parametrize(("ignored", "marked"), [("task_definition", True), ("all", True), ("tags", False)])
def test_an_ignored_task_definition_is_marked(ignored: str, marked: bool) -> None:
    found = only(replace(service(), ignored=frozenset({ignored})), *TERRAFORM)
    assert found.task_definition_ignored is marked


def target(resource_id: Value, **more: Value) -> Resource:
    return tf(
        "aws_appautoscaling_target.app",
        {"service_namespace": "ecs", "resource_id": resource_id, "max_capacity": 9, **more},
    )


@pytest.mark.parametrize(
    ("scaled", "count"),
    [
        (target("service/main/app"), 9),
        (target(text(["service/", ref("aws_ecs_cluster.main", "name"), "/app"])), 9),
        (target(text(["service/main/", ref("aws_ecs_service.app", "name")])), 9),
        (target(text(["service/", MYSTERY, "/app"])), 9),
        (target("service/main/other"), 2),
        (target("service/theirs/app"), 2),
        (target("table/app", service_namespace="dynamodb"), 2),
        (target(MYSTERY), MYSTERY),
        (target("service/main/app", max_capacity=MYSTERY), MYSTERY),
        (replace(target("service/main/app"), exists=MYSTERY), MYSTERY),
    ],
)
def test_the_largest_number_of_tasks_is_that_of_autoscaling(scaled: Resource, count: int | Unknown) -> None:
    assert only(service(desired_count=2), scaled, *TERRAFORM).task_count == count


def test_cloudformation_scales_by_reference() -> None:
    scaled = cfn(
        "AWS::ApplicationAutoScaling::ScalableTarget",
        "Scaling",
        {
            "ServiceNamespace": "ecs",
            "ResourceId": text(["service/", ref("Main"), "/", get_att("Service", "Name")]),
            "MaxCapacity": 9,
        },
    )
    assert only(stack_service(DesiredCount=2), scaled, *TEMPLATE).task_count == 9


def test_a_number_of_tasks_that_is_set_elsewhere_is_unknown() -> None:
    ignored = only(
        replace(service(desired_count=2), ignored=frozenset({"desired_count"})), *TERRAFORM
    ).task_count
    daemon = only(service(scheduling_strategy="DAEMON"), *TERRAFORM).task_count
    assert isinstance(ignored, Unknown)
    assert ignored.why is Why.OUTSIDE
    assert isinstance(daemon, Unknown)
    assert daemon.why is Why.NOT_MODELLED


PIPE = "a pipe of EventBridge that runs ECS tasks"
MACHINE = "a state machine of Step Functions that runs ECS tasks"
RUN_TASK = text(["arn:", Unknown(Why.NO_VALUE, "AWS::Partition"), ":states:::ecs:runTask.sync"])
STATES: Value = {"States": {"Run": {"Type": "Task", "Resource": RUN_TASK}}}


@pytest.mark.parametrize(
    ("resource", "what"),
    [
        (tf("aws_ecs_express_gateway_service.x"), "an Amazon ECS Express service"),
        (tf("aws_ecs_daemon.x"), "an Amazon ECS daemon"),
        (tf("aws_batch_compute_environment.x"), "a compute environment of AWS Batch"),
        (tf("aws_batch_job_definition.x"), "a job definition of AWS Batch"),
        (tf("aws_pipes_pipe.x", {"target_parameters": [{"ecs_task_parameters": [{}]}]}), PIPE),
        (cfn("AWS::ECS::ExpressGatewayService", "X"), "an Amazon ECS Express service"),
        (cfn("AWS::ECS::Daemon", "X"), "an Amazon ECS daemon"),
        (cfn("AWS::Batch::ComputeEnvironment", "X"), "a compute environment of AWS Batch"),
        (cfn("AWS::Batch::JobDefinition", "X"), "a job definition of AWS Batch"),
        (cfn("AWS::Pipes::Pipe", "X", {"TargetParameters": {"EcsTaskParameters": {}}}), PIPE),
        (
            tf("aws_sfn_state_machine.x", {"definition": json.dumps(["arn:aws:states:::ecs:runTask"])}),
            MACHINE,
        ),
        (tf("aws_sfn_state_machine.x", {"definition": Encoded(Why.NO_VALUE, "x", value=STATES)}), MACHINE),
        (cfn("AWS::StepFunctions::StateMachine", "X", {"DefinitionString": RUN_TASK}), MACHINE),
        (cfn("AWS::StepFunctions::StateMachine", "X", {"Definition": STATES}), MACHINE),
    ],
)
def test_trap_19_what_is_seen_but_not_judged(resource: Resource, what: str) -> None:
    assert lowered(resource) == ((), (Unjudged(source=Source(resource.address, PLACE), what=what),))


@pytest.mark.parametrize(
    "resource",
    [
        tf("aws_pipes_pipe.x", {"target_parameters": [{"sqs_queue_parameters": [{}]}]}),
        tf("aws_sfn_state_machine.x", {"definition": '{"Resource": "arn:aws:states:::lambda:invoke"}'}),
        tf("aws_sfn_state_machine.x", {"definition": MYSTERY}),
        cfn("AWS::StepFunctions::StateMachine", "X", {"Definition": {"Comment": "ecs:runTask"}}),
    ],
)
def test_a_pipe_or_state_machine_to_something_else_is_no_workload(resource: Resource) -> None:
    assert lowered(resource) == ((), ())
