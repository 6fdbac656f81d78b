"""What the instances of a fleet are started with, and the instance set that they make.

An Auto Scaling group takes the subnets, a launch template or launch configuration the
rest: https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-templates.html.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.fields import Field
from checkov_ecs_endpoints.lowering.reading import members, number, string
from checkov_ecs_endpoints.lowering.workloads.fleets import Fleet
from checkov_ecs_endpoints.lowering.workloads.placements import Placements, instance_address
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.workloads import InstanceSet
from checkov_ecs_endpoints.values import Unknown, Value, Why


@dataclass(frozen=True, slots=True)
class Machine:
    """The part of a launch template that concerns the network and the cluster."""

    groups: Field
    public_ip: Field
    instance_type: Value
    start_up: tuple[Value, ...]

    @classmethod
    def unknown(cls, reason: Unknown, like: Field) -> Machine:
        """A machine of which nothing is known."""
        field = Field(reason, like.place)
        return cls(field, field, reason, (reason,))


def fleet(
    resource: Resource,
    placements: Placements,
    subnets: Field,
    machine: Machine,
    max_size: int | Unknown | None,
    instance_types: Listing[Value] | None = None,
) -> Fleet:
    """A fleet of machines in subnets; ``instance_types`` override the machine's own."""
    if subnets.value is None:
        # Instances without a subnet go to the default subnets of the default VPC.
        note = "no subnet is given, so it is a default subnet of the account"
        outside = Unknown(Why.OUTSIDE, f"the subnet of {resource.address}", subnets.place, note)
        subnets = Field(outside, subnets.place)
    types = instance_types if instance_types else members(machine.instance_type)
    instances = InstanceSet(
        source=Source(resource.address, resource.location),
        placement=placements.of(
            resource, subnets, machine.groups, machine.public_ip, instance_address(machine.public_ip)
        ),
        instance_types=_names(types),
        max_size=max_size,
    )
    return Fleet(resource, instances, machine.start_up)


def completed(machine: Machine, template: Machine) -> Machine:
    """The settings of an instance, and where it has none those of its launch template."""
    return Machine(
        template.groups if machine.groups.value is None else machine.groups,
        template.public_ip if machine.public_ip.value is None else machine.public_ip,
        template.instance_type if machine.instance_type is None else machine.instance_type,
        machine.start_up or template.start_up,
    )


def size(field: Field) -> int | Unknown | None:
    """The largest size of a group, None where it is left out."""
    return None if field.value is None else number(field.value, field.place)


def _names(types: Listing[Value]) -> Listing[str]:
    rest = types.rest
    found: list[str] = []
    for item in types:
        name = string(item)
        if isinstance(name, Unknown):
            rest = rest or name
        elif name not in found:
            found.append(name)
    return Listing(tuple(found), rest)
