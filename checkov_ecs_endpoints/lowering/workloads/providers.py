"""Capacity providers that a configuration creates.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProvider.html
"""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.reading import members
from checkov_ecs_endpoints.lowering.workloads.fleets import Fleet
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage
from checkov_ecs_endpoints.lowering.workloads.placements import Placements
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.workloads import Capacity, InstanceSet
from checkov_ecs_endpoints.values import Reference, Unknown, Value


@dataclass(frozen=True, slots=True)
class Provider:
    """A capacity provider that the configuration creates.

    ``fleet`` is the id of its Auto Scaling group, if that is in the configuration.
    """

    resource: Resource
    name: Value
    capacity: Capacity
    instances: Listing[InstanceSet]
    fleet: str | None = None

    @classmethod
    def of(
        cls, declared: Declared, language: WorkloadLanguage, placements: Placements, fleets: tuple[Fleet, ...]
    ) -> Provider:
        """A capacity provider over an Auto Scaling group or over ECS Managed Instances."""
        name = declared.field("name").value
        managed = declared.nested("managed", language.managed_instances)
        if managed.is_set:
            instances = Listing((_managed_instances(managed, placements),))
            return cls(declared.resource, name, Capacity.MANAGED_INSTANCES, instances)
        group = declared.link("group", language.group.types, ("AutoScalingGroupARN",))
        if isinstance(group, Unknown):
            return cls(declared.resource, name, Capacity.EC2, Listing((), group))
        found = tuple(fleet.instances for fleet in fleets if fleet.resource.id == group)
        return cls(declared.resource, name, Capacity.EC2, Listing(found), group)

    def is_meant_by(self, value: Value) -> bool:
        """Whether a value means this provider, by name or by reference."""
        if isinstance(value, Reference):
            return value.resource == self.resource.id
        return value is not None and value == self.name


def _managed_instances(managed: Declared, placements: Placements) -> InstanceSet:
    """The instances that ECS manages.

    Whether they get public addresses is up to their subnets:
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/managed-instance-networking.html
    """
    subnets = managed.field("subnets")
    types = managed.field("types")
    listing = members(types.value, types.place)
    return InstanceSet(
        source=managed.source(),
        placement=placements.of(managed.resource, subnets, managed.field("groups"), subnets, None),
        instance_types=Listing(tuple(item for item in listing if isinstance(item, str)), listing.rest),
    )
