"""Clusters and their capacity in CloudFormation.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-cluster.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-capacityprovider.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecs-clustercapacityproviderassociations.html
"""

from __future__ import annotations

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.cloudformation.instances import fleets
from checkov_ecs_endpoints.lowering.fields import Block, Field
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.reading import members
from checkov_ecs_endpoints.lowering.workloads.capacity import CapacityMap, ClusterCapacity, StrategyItem
from checkov_ecs_endpoints.lowering.workloads.clusters import Cluster, Clusters
from checkov_ecs_endpoints.lowering.workloads.fleets import Fleet
from checkov_ecs_endpoints.lowering.workloads.placements import Placements
from checkov_ecs_endpoints.lowering.workloads.providers import Provider, managed_instances, of_group
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.values import Reference

_GROUP = ("AWS::AutoScaling::AutoScalingGroup",)
_STRATEGY = "DefaultCapacityProviderStrategy"


def capacity_map(index: Index, placements: Placements) -> CapacityMap:
    """All clusters of a template with their capacity."""
    found = fleets(index, placements)
    clusters = tuple(
        Cluster(resource, resource.attributes.get("ClusterName"))
        for resource in index.of_type("AWS::ECS::Cluster")
    )
    return CapacityMap(
        Clusters(index, clusters),
        tuple(
            _provider(resource, index, placements, found)
            for resource in index.of_type("AWS::ECS::CapacityProvider")
        ),
        (
            *map(_association, index.of_type("AWS::ECS::ClusterCapacityProviderAssociations")),
            *(_own(cluster.resource) for cluster in clusters),
        ),
        found,
    )


def strategy(block: Block, name: str) -> Listing[StrategyItem]:
    """The items of a capacity provider strategy."""
    listing = block.blocks(name)
    items = (StrategyItem.of(item, "CapacityProvider", "Weight", "Base") for item in listing)
    return Listing(tuple(items), listing.rest)


def _association(resource: Resource) -> ClusterCapacity:
    block = Block.of(resource)
    return ClusterCapacity(
        resource,
        block.field("Cluster"),
        members(resource.attributes.get("CapacityProviders")),
        strategy(block, _STRATEGY),
    )


def _own(resource: Resource) -> ClusterCapacity:
    block = Block.of(resource)
    return ClusterCapacity(
        resource,
        Field(Reference(resource.id), resource.location),
        members(resource.attributes.get("CapacityProviders")),
        strategy(block, _STRATEGY),
    )


def _provider(resource: Resource, index: Index, placements: Placements, found: tuple[Fleet, ...]) -> Provider:
    block = Block.of(resource)
    name = resource.attributes.get("Name")
    managed = block.block("ManagedInstancesProvider")
    if managed.is_set:
        template = managed.block("InstanceLaunchTemplate")
        network = template.block("NetworkConfiguration")
        placement = placements.of(
            resource,
            network.field("Subnets"),
            network.field("SecurityGroups"),
            network.field("Subnets"),
            None,
        )
        types = template.block("InstanceRequirements").field("AllowedInstanceTypes")
        return managed_instances(resource, name, placement, types)
    group = block.block("AutoScalingGroupProvider").field("AutoScalingGroupArn")
    return of_group(resource, name, index.link(group.value, _GROUP, group.place), found)
