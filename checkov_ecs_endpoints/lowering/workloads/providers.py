"""Capacity providers that a configuration creates.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProvider.html
"""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.fields import Field
from checkov_ecs_endpoints.lowering.reading import members
from checkov_ecs_endpoints.lowering.workloads.fleets import Fleet
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.workloads import Capacity, InstanceSet, Placement
from checkov_ecs_endpoints.values import Reference, Unknown, Value


@dataclass(frozen=True, slots=True)
class Provider:
    """A capacity provider that the configuration creates."""

    resource: Resource
    name: Value
    capacity: Capacity
    instances: Listing[InstanceSet]
    fleet: str | None = None
    """The id of its Auto Scaling group, if that is in the configuration."""


def of_group(resource: Resource, name: Value, group: Link, fleets: tuple[Fleet, ...]) -> Provider:
    """A capacity provider over an Auto Scaling group."""
    if isinstance(group, Unknown):
        return Provider(resource, name, Capacity.EC2, Listing((), group))
    instances = tuple(item.instances for item in fleets if item.resource.id == group)
    return Provider(resource, name, Capacity.EC2, Listing(instances), group)


def managed_instances(resource: Resource, name: Value, placement: Placement, types: Field) -> Provider:
    """A capacity provider of ECS Managed Instances.

    Whether they get public addresses is up to their subnets:
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-networking.html
    """
    listing = members(types.value, types.place)
    names = tuple(item for item in listing if isinstance(item, str))
    instances = InstanceSet(
        source=Source(resource.address, resource.location),
        placement=placement,
        instance_types=Listing(names, listing.rest),
    )
    return Provider(resource, name, Capacity.MANAGED_INSTANCES, Listing((instances,)))


def names(value: Value, provider: Provider) -> bool:
    """Whether a value means a capacity provider, by name or by reference."""
    if isinstance(value, Reference):
        return value.resource == provider.resource.id
    return value is not None and value == provider.name
