"""Clusters and their capacity in Terraform.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_capacity_provider
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/ecs_cluster_capacity_providers
"""

from __future__ import annotations

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.fields import Block, Field
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.reading import members
from checkov_ecs_endpoints.lowering.terraform.instances import fleets
from checkov_ecs_endpoints.lowering.workloads.capacity import (
    CapacityMap,
    ClusterCapacity,
    StrategyItem,
)
from checkov_ecs_endpoints.lowering.workloads.clusters import Cluster, Clusters
from checkov_ecs_endpoints.lowering.workloads.fleets import Fleet
from checkov_ecs_endpoints.lowering.workloads.placements import Placements
from checkov_ecs_endpoints.lowering.workloads.providers import Provider, managed_instances, of_group
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.values import Reference

_GROUP = ("aws_autoscaling_group",)
_STRATEGY = "default_capacity_provider_strategy"


def capacity_map(index: Index, placements: Placements) -> CapacityMap:
    """All clusters of a configuration with their capacity."""
    found = fleets(index, placements)
    clusters = tuple(
        Cluster(resource, resource.attributes.get("name")) for resource in index.of_type("aws_ecs_cluster")
    )
    return CapacityMap(
        Clusters(index, clusters),
        tuple(
            _provider(resource, index, placements, found)
            for resource in index.of_type("aws_ecs_capacity_provider")
        ),
        (
            *map(_association, index.of_type("aws_ecs_cluster_capacity_providers")),
            # Before version 4 of the provider a cluster had these two itself.
            *(_own(cluster.resource) for cluster in clusters),
        ),
        found,
    )


def strategy(block: Block, name: str) -> Listing[StrategyItem]:
    """The items of a capacity provider strategy."""
    listing = block.blocks(name)
    items = (StrategyItem.of(item, "capacity_provider", "weight", "base") for item in listing)
    return Listing(tuple(items), listing.rest)


def _association(resource: Resource) -> ClusterCapacity:
    block = Block.of(resource)
    return ClusterCapacity(
        resource,
        block.field("cluster_name"),
        members(resource.attributes.get("capacity_providers")),
        strategy(block, _STRATEGY),
    )


def _own(resource: Resource) -> ClusterCapacity:
    block = Block.of(resource)
    return ClusterCapacity(
        resource,
        Field(Reference(resource.id), resource.location),
        members(resource.attributes.get("capacity_providers")),
        strategy(block, _STRATEGY),
    )


def _provider(resource: Resource, index: Index, placements: Placements, found: tuple[Fleet, ...]) -> Provider:
    block = Block.of(resource)
    name = resource.attributes.get("name")
    managed = block.block("managed_instances_provider")
    if managed.is_set:
        template = managed.block("instance_launch_template")
        network = template.block("network_configuration")
        placement = placements.of(
            resource,
            network.field("subnets"),
            network.field("security_groups"),
            network.field("subnets"),
            None,
        )
        types = template.block("instance_requirements").field("allowed_instance_types")
        return managed_instances(resource, name, placement, types)
    group = block.block("auto_scaling_group_provider").field("auto_scaling_group_arn")
    return of_group(resource, name, index.link(group.value, _GROUP, group.place), found)
