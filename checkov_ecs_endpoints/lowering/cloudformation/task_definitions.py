"""Task definitions of CloudFormation.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-taskdefinition.html
"""

from __future__ import annotations

from checkov_ecs_endpoints.iac.configuration import Configuration, Resource
from checkov_ecs_endpoints.lowering.cloudformation.tags import tag_mapping
from checkov_ecs_endpoints.lowering.fields import Block
from checkov_ecs_endpoints.lowering.index import Index, source
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.lowering.workloads.caches import Cache
from checkov_ecs_endpoints.lowering.workloads.containers import ContainerReader
from checkov_ecs_endpoints.lowering.workloads.images import Images
from checkov_ecs_endpoints.lowering.workloads.task_definitions import (
    TaskDefinitions,
    cpu_units,
    network_mode,
    tags,
)
from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.model.workloads import TaskDefinition

_CONTAINERS = "ContainerDefinitions"
_LINES = {"containers": _CONTAINERS, "network_mode": "NetworkMode", "cpu": "Cpu", "tags": "Tags"}


def task_definitions(configuration: Configuration, index: Index) -> TaskDefinitions:
    """All task definitions of a template."""
    caches = tuple(_cache(resource) for resource in index.of_type("AWS::ECR::PullThroughCacheRule"))
    resources = tuple(index.of_type("AWS::ECS::TaskDefinition"))
    definitions = {
        resource.id: _task_definition(
            resource, Images(index, Region.of(resource, configuration, index), caches)
        )
        for resource in resources
    }
    families = {resource.id: resource.attributes.get("Family") for resource in resources}
    return TaskDefinitions(index, definitions, families)


def _task_definition(resource: Resource, images: Images) -> TaskDefinition:
    block = Block.of(resource)
    return TaskDefinition(
        id=resource.id,
        source=source(resource, _LINES),
        exists=resource.exists,
        containers=ContainerReader(resource, images).read(_CONTAINERS, resource.attributes.get(_CONTAINERS)),
        network_mode=network_mode(block.field("NetworkMode")),
        cpu=cpu_units(block.field("Cpu")),
        tags=tags(tag_mapping(resource.attributes.get("Tags"))),
        task_role=_role(block, "TaskRoleArn", images.index),
        execution_role=_role(block, "ExecutionRoleArn", images.index),
    )


def _role(block: Block, name: str, index: Index) -> Link | None:
    field = block.field(name)
    return None if field.value is None else index.link(field.value, ("AWS::IAM::Role",), field.place)


def _cache(resource: Resource) -> Cache:
    """A rule of https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-pullthroughcacherule.html."""
    return Cache(
        resource.attributes.get("EcrRepositoryPrefix"), resource.attributes.get("UpstreamRegistryUrl")
    )
