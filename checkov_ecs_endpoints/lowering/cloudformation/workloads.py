"""Workloads of CloudFormation: what starts ECS tasks.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-service.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskset.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-scheduler-schedule.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checkov_ecs_endpoints.iac.configuration import Configuration, Resource
from checkov_ecs_endpoints.lowering.cloudformation.capacity import capacity_map, strategy
from checkov_ecs_endpoints.lowering.cloudformation.tags import tag_mapping
from checkov_ecs_endpoints.lowering.cloudformation.task_definitions import task_definitions
from checkov_ecs_endpoints.lowering.cloudformation.unjudged import (
    SERVICE_IDENTITIES,
    started_by_task_sets,
    unjudged,
)
from checkov_ecs_endpoints.lowering.fields import Block, Field
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.workloads.declarations import (
    ONE_TASK,
    Assembly,
    Declaration,
    Interfaces,
    count,
    of_daemon,
)
from checkov_ecs_endpoints.lowering.workloads.placements import Placements
from checkov_ecs_endpoints.lowering.workloads.scaling import ScalableTarget, Scaling
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.model.workloads import Unjudged, Workload, WorkloadKind
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Unknown


def workloads(
    configuration: Configuration, index: Index, network: Network, settings: Settings
) -> tuple[tuple[Workload, ...], tuple[Unjudged, ...]]:
    """Every workload of a template, and what is seen but not judged."""
    placements = Placements(index)
    capacity = capacity_map(index, placements)
    assembly = Assembly(placements, capacity, task_definitions(configuration, index))
    targets = index.of_type("AWS::ApplicationAutoScaling::ScalableTarget")
    scaling = Scaling(tuple(map(_target, targets)), capacity.clusters)
    reader = _Declarations(index, scaling)
    return tuple(map(assembly.workload, reader.all())), unjudged(index)


def _target(resource: Resource) -> ScalableTarget:
    """https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-applicationautoscaling-scalabletarget.html."""
    block = Block.of(resource)
    return ScalableTarget(
        resource.attributes.get("ServiceNamespace"),
        block.field("ResourceId"),
        block.field("MaxCapacity"),
        resource.exists,
    )


@dataclass(frozen=True, slots=True)
class _Declarations:
    """Reads the resources that start tasks."""

    index: Index
    scaling: Scaling

    def all(self) -> Iterator[Declaration]:
        """Every declaration of a workload."""
        for resource in self.index.of_type("AWS::ECS::Service"):
            if not started_by_task_sets(resource):
                yield self._service(resource)
        for resource in self.index.of_type("AWS::ECS::TaskSet"):
            yield self._task_set(resource)
        for resource in self.index.of_type("AWS::Events::Rule"):
            yield from _event_targets(resource)
        for resource in self.index.of_type("AWS::Scheduler::Schedule"):
            if Block.of(resource).block("Target").block("EcsParameters").is_set:
                yield _schedule(resource)

    def _service(self, resource: Resource) -> Declaration:
        block = Block.of(resource)
        name = resource.attributes.get("ServiceName")
        cluster = block.field("Cluster")
        return Declaration(
            id=resource.id,
            resource=resource,
            kind=WorkloadKind.SERVICE,
            name=_logical_id(resource) if name is None else name,
            cluster=cluster,
            launch_type=block.field("LaunchType"),
            strategy=strategy(block, "CapacityProviderStrategy"),
            interfaces=_interfaces(block),
            task_definition=block.field("TaskDefinition"),
            platform_version=block.field("PlatformVersion"),
            execute_command=block.field("EnableExecuteCommand"),
            task_count=self.scaling.largest(resource.id, name, cluster, _desired_count(block)),
            tags=tag_mapping(resource.attributes.get("Tags")),
        )

    def _task_set(self, resource: Resource) -> Declaration:
        block = Block.of(resource)
        return Declaration(
            id=resource.id,
            resource=resource,
            kind=WorkloadKind.TASK_SET,
            name=resource.attributes.get("ExternalId", _logical_id(resource)),
            cluster=block.field("Cluster"),
            launch_type=block.field("LaunchType"),
            strategy=strategy(block, "CapacityProviderStrategy"),
            interfaces=_interfaces(block),
            task_definition=block.field("TaskDefinition"),
            platform_version=block.field("PlatformVersion"),
            execute_command=self._execute_command(block.field("Service")),
            task_count=None,
            tags=tag_mapping(resource.attributes.get("Tags")),
        )

    def _execute_command(self, service: Field) -> Field:
        """The switch of ECS Exec, which only the service of a task set has."""
        link = self.index.link(service.value, ("AWS::ECS::Service",), service.place, SERVICE_IDENTITIES)
        if isinstance(link, Unknown):
            return Field(link, service.place)
        return Block.of(self.index.by_id[link]).field("EnableExecuteCommand")


def _event_targets(resource: Resource) -> Iterator[Declaration]:
    """The targets of a rule that run tasks; they all carry the id of the rule."""
    for target in Block.of(resource).blocks("Targets"):
        parameters = target.block("EcsParameters")
        if not parameters.is_set or isinstance(target.content, Unknown):
            continue
        name = target.field("Id").value
        yield Declaration(
            id=resource.id,
            resource=resource,
            kind=WorkloadKind.EVENT_RULE,
            name=_logical_id(resource) if name is None else name,
            cluster=target.field("Arn"),
            launch_type=parameters.field("LaunchType"),
            strategy=strategy(parameters, "CapacityProviderStrategy"),
            interfaces=_interfaces(parameters),
            task_definition=parameters.field("TaskDefinitionArn"),
            platform_version=parameters.field("PlatformVersion"),
            execute_command=parameters.field("EnableExecuteCommand"),
            task_count=count(parameters.field("TaskCount"), ONE_TASK),
            tags=tag_mapping(parameters.field("TagList").value),
        )


def _schedule(resource: Resource) -> Declaration:
    target = Block.of(resource).block("Target")
    parameters = target.block("EcsParameters")
    return Declaration(
        id=resource.id,
        resource=resource,
        kind=WorkloadKind.SCHEDULE,
        name=resource.attributes.get("Name", _logical_id(resource)),
        cluster=target.field("Arn"),
        launch_type=parameters.field("LaunchType"),
        strategy=strategy(parameters, "CapacityProviderStrategy"),
        interfaces=_interfaces(parameters),
        task_definition=parameters.field("TaskDefinitionArn"),
        platform_version=parameters.field("PlatformVersion"),
        execute_command=parameters.field("EnableExecuteCommand"),
        task_count=count(parameters.field("TaskCount"), ONE_TASK),
        tags=tag_mapping(parameters.field("Tags").value),
    )


def _interfaces(block: Block) -> Interfaces | None:
    network = block.block("NetworkConfiguration").block("AwsvpcConfiguration")
    return Interfaces.of(network, "Subnets", "SecurityGroups", "AssignPublicIp")


def _desired_count(block: Block) -> int | Unknown | None:
    if block.field("SchedulingStrategy").value == "DAEMON":
        return of_daemon(block.resource)
    return count(block.field("DesiredCount"))


def _logical_id(resource: Resource) -> str:
    return resource.id.rpartition("/")[2].rpartition(".")[2]
