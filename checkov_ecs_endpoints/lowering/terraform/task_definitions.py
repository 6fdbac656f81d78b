"""Task definitions of Terraform.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_task_definition
"""

from __future__ import annotations

from checkov_ecs_endpoints.iac.configuration import Configuration, Resource
from checkov_ecs_endpoints.json_text import decode
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

_CONTAINERS = "container_definitions"
_LINES = {"containers": _CONTAINERS, "network_mode": "network_mode", "cpu": "cpu", "tags": "tags"}


def task_definitions(configuration: Configuration, index: Index) -> TaskDefinitions:
    """All task definitions of a configuration."""
    caches = tuple(_cache(resource) for resource in index.of_type("aws_ecr_pull_through_cache_rule"))
    resources = tuple(index.of_type("aws_ecs_task_definition"))
    definitions = {
        resource.id: _task_definition(
            resource, Images(index, Region.of(resource, configuration, index), caches)
        )
        for resource in resources
    }
    families = {resource.id: resource.attributes.get("family") for resource in resources}
    return TaskDefinitions(index, definitions, families)


def _task_definition(resource: Resource, images: Images) -> TaskDefinition:
    block = Block.of(resource)
    containers = block.field(_CONTAINERS)
    return TaskDefinition(
        id=resource.id,
        source=source(resource, _LINES),
        exists=resource.exists,
        containers=ContainerReader(resource, images).read(
            _CONTAINERS, decode(containers.value, containers.place)
        ),
        network_mode=network_mode(block.field("network_mode")),
        cpu=cpu_units(block.field("cpu")),
        tags=tags(resource.attributes.get("tags")),
        containers_ignored=bool({_CONTAINERS, "all"} & resource.ignored),
        task_role=_role(block, "task_role_arn", images.index),
        execution_role=_role(block, "execution_role_arn", images.index),
    )


def _role(block: Block, name: str, index: Index) -> Link | None:
    field = block.field(name)
    return None if field.value is None else index.link(field.value, ("aws_iam_role",), field.place)


def _cache(resource: Resource) -> Cache:
    """A rule of https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecr_pull_through_cache_rule."""
    return Cache(
        resource.attributes.get("ecr_repository_prefix"), resource.attributes.get("upstream_registry_url")
    )
