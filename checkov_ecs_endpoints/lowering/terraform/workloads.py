"""Workloads of Terraform: what starts ECS tasks.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_service
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_task_set
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudwatch_event_target
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/scheduler_schedule
"""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.iac.configuration import Configuration, Resource
from checkov_ecs_endpoints.lowering.fields import Block, Field
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.terraform.capacity import capacity_map, strategy
from checkov_ecs_endpoints.lowering.terraform.task_definitions import task_definitions
from checkov_ecs_endpoints.lowering.terraform.unjudged import started_by_task_sets, unjudged
from checkov_ecs_endpoints.lowering.workloads.declarations import (
    ONE_TASK,
    Assembly,
    Declaration,
    Interfaces,
    count,
    of_daemon,
    set_elsewhere,
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
    """Every workload of a configuration, and what is seen but not judged."""
    placements = Placements(index)
    capacity = capacity_map(index, placements)
    assembly = Assembly(placements, capacity, task_definitions(configuration, index))
    scaling = Scaling(tuple(map(_target, index.of_type("aws_appautoscaling_target"))), capacity.clusters)
    reader = _Declarations(index, scaling)
    return tuple(map(assembly.workload, reader.all())), unjudged(index)


def _target(resource: Resource) -> ScalableTarget:
    """https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/appautoscaling_target."""
    block = Block.of(resource)
    return ScalableTarget(
        resource.attributes.get("service_namespace"),
        block.field("resource_id"),
        block.field("max_capacity"),
        resource.exists,
    )


@dataclass(frozen=True, slots=True)
class _Declarations:
    """Reads the resources that start tasks."""

    index: Index
    scaling: Scaling

    def all(self) -> list[Declaration]:
        """Every declaration of a workload."""
        found = [
            self._service(resource)
            for resource in self.index.of_type("aws_ecs_service")
            if not started_by_task_sets(resource)
        ]
        found += map(self._task_set, self.index.of_type("aws_ecs_task_set"))
        found += [
            _event_target(resource)
            for resource in self.index.of_type("aws_cloudwatch_event_target")
            if Block.of(resource).block("ecs_target").is_set
        ]
        found += [
            _schedule(resource)
            for resource in self.index.of_type("aws_scheduler_schedule")
            if Block.of(resource).block("target").block("ecs_parameters").is_set
        ]
        return found

    def _service(self, resource: Resource) -> Declaration:
        block = Block.of(resource)
        name = resource.attributes.get("name")
        cluster = block.field("cluster")
        return Declaration(
            id=resource.id,
            resource=resource,
            kind=WorkloadKind.SERVICE,
            name=name,
            cluster=cluster,
            launch_type=block.field("launch_type"),
            strategy=strategy(block, "capacity_provider_strategy"),
            interfaces=_interfaces(block),
            task_definition=block.field("task_definition"),
            platform_version=block.field("platform_version"),
            execute_command=block.field("enable_execute_command"),
            task_count=self.scaling.largest(resource.id, name, cluster, _desired_count(block)),
            tags=resource.attributes.get("tags"),
            task_definition_ignored=_ignores(resource, "task_definition"),
        )

    def _task_set(self, resource: Resource) -> Declaration:
        block = Block.of(resource)
        return Declaration(
            id=resource.id,
            resource=resource,
            kind=WorkloadKind.TASK_SET,
            name=resource.attributes.get("external_id", resource.address),
            cluster=block.field("cluster"),
            launch_type=block.field("launch_type"),
            strategy=strategy(block, "capacity_provider_strategy"),
            interfaces=_interfaces(block),
            task_definition=block.field("task_definition"),
            platform_version=block.field("platform_version"),
            execute_command=self._execute_command(block.field("service")),
            task_count=None,
            tags=resource.attributes.get("tags"),
            task_definition_ignored=_ignores(resource, "task_definition"),
        )

    def _execute_command(self, service: Field) -> Field:
        """The switch of ECS Exec, which only the service of a task set has."""
        link = self.index.link(service.value, ("aws_ecs_service",), service.place)
        if isinstance(link, Unknown):
            return Field(link, service.place)
        return Block.of(self.index.by_id[link]).field("enable_execute_command")


def _event_target(resource: Resource) -> Declaration:
    block = Block.of(resource)
    target = block.block("ecs_target")
    return Declaration(
        id=resource.id,
        resource=resource,
        kind=WorkloadKind.EVENT_RULE,
        name=resource.attributes.get("target_id", resource.address),
        cluster=block.field("arn"),
        launch_type=target.field("launch_type"),
        strategy=strategy(target, "capacity_provider_strategy"),
        interfaces=_interfaces(target),
        task_definition=target.field("task_definition_arn"),
        platform_version=target.field("platform_version"),
        execute_command=target.field("enable_execute_command"),
        task_count=count(target.field("task_count"), ONE_TASK),
        tags=target.field("tags").value,
        task_definition_ignored=_ignores(resource, "ecs_target"),
    )


def _schedule(resource: Resource) -> Declaration:
    target = Block.of(resource).block("target")
    parameters = target.block("ecs_parameters")
    return Declaration(
        id=resource.id,
        resource=resource,
        kind=WorkloadKind.SCHEDULE,
        name=resource.attributes.get("name", resource.address),
        cluster=target.field("arn"),
        launch_type=parameters.field("launch_type"),
        strategy=strategy(parameters, "capacity_provider_strategy"),
        interfaces=_interfaces(parameters),
        task_definition=parameters.field("task_definition_arn"),
        platform_version=parameters.field("platform_version"),
        execute_command=parameters.field("enable_execute_command"),
        task_count=count(parameters.field("task_count"), ONE_TASK),
        tags=parameters.field("tags").value,
        task_definition_ignored=_ignores(resource, "target"),
    )


def _interfaces(block: Block) -> Interfaces | None:
    return Interfaces.of(
        block.block("network_configuration"), "subnets", "security_groups", "assign_public_ip"
    )


def _desired_count(block: Block) -> int | Unknown | None:
    """The number of tasks the file asks for, unless it leaves that to something else."""
    desired = block.field("desired_count")
    if block.field("scheduling_strategy").value == "DAEMON":
        return of_daemon(block.resource)
    if _ignores(block.resource, "desired_count"):
        return set_elsewhere(block.resource, desired)
    return count(desired)


def _ignores(resource: Resource, attribute: str) -> bool:
    return bool({attribute, "all"} & resource.ignored)
