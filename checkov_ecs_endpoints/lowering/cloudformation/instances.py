"""Auto Scaling groups, launch templates and instances of CloudFormation.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-launchtemplate.html
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-launchconfiguration.html
"""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.fields import Block, Field
from checkov_ecs_endpoints.lowering.index import IDENTITIES, Index
from checkov_ecs_endpoints.lowering.workloads.fleets import Fleet
from checkov_ecs_endpoints.lowering.workloads.machines import Machine, completed, fleet, size
from checkov_ecs_endpoints.lowering.workloads.placements import Placements
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.values import Unknown, Value, Why

_TEMPLATE = "AWS::EC2::LaunchTemplate"
_CONFIGURATION = "AWS::AutoScaling::LaunchConfiguration"
_NAMES = {_TEMPLATE: "LaunchTemplateName", _CONFIGURATION: "LaunchConfigurationName"}
_INIT = "AWS::CloudFormation::Init"


def fleets(index: Index, placements: Placements) -> tuple[Fleet, ...]:
    """Everything that starts EC2 instances."""
    reader = _Instances(index, placements)
    return (
        *map(reader.group, index.of_type("AWS::AutoScaling::AutoScalingGroup")),
        *map(reader.instance, index.of_type("AWS::EC2::Instance")),
    )


@dataclass(frozen=True, slots=True)
class _Instances:
    index: Index
    placements: Placements

    def group(self, resource: Resource) -> Fleet:
        block = Block.of(resource)
        machine, types = self._machine_of(block)
        return fleet(
            resource,
            self.placements,
            _identifiers(block.field("VPCZoneIdentifier")),
            machine,
            size(block.field("MaxSize")),
            types,
        )

    def instance(self, resource: Resource) -> Fleet:
        block = Block.of(resource)
        machine = _machine(resource, block, "SecurityGroupIds", "GroupSet")
        subnets = block.field("SubnetId")
        interface = block.block("NetworkInterfaces")
        if interface.is_set:
            subnets = interface.field("SubnetId")
            if interface.field("NetworkInterfaceId").value is not None:
                place = interface.place
                reason = Unknown(Why.UNSUPPORTED, f"NetworkInterfaceId of {resource.address}", place)
                subnets = Field(reason, place)
                machine = Machine(subnets, subnets, machine.instance_type, machine.start_up)
        template = block.block("LaunchTemplate")
        if template.is_set:
            machine = completed(machine, self._template(template))
        return fleet(resource, self.placements, subnets, machine, 1)

    def _machine_of(self, group: Block) -> tuple[Machine, Listing[Value] | None]:
        mixed = group.block("MixedInstancesPolicy").block("LaunchTemplate")
        if mixed.is_set:
            overrides = mixed.blocks("Overrides")
            types = tuple(item.field("InstanceType").value for item in overrides)
            machine = self._template(mixed.block("LaunchTemplateSpecification"))
            if any(item.block("LaunchTemplateSpecification").is_set for item in overrides):
                place = group.field("MixedInstancesPolicy")
                reason = Unknown(Why.UNSUPPORTED, "overrides with launch templates of their own", place.place)
                machine = Machine.unknown(reason, place)
            return machine, Listing(tuple(item for item in types if item is not None), overrides.rest)
        template = group.block("LaunchTemplate")
        if template.is_set:
            return self._template(template), None
        return self._configuration(group.field("LaunchConfigurationName")), None

    def _template(self, block: Block) -> Machine:
        field = block.field("LaunchTemplateId")
        if field.value is None:
            field = block.field("LaunchTemplateName")
        link = self._found(field, _TEMPLATE)
        if isinstance(link, Unknown):
            return Machine.unknown(link, field)
        resource = self.index.by_id[link]
        data = Block.of(resource).block("LaunchTemplateData")
        return _machine(resource, data, "SecurityGroupIds", "Groups")

    def _configuration(self, field: Field) -> Machine:
        link = self._found(field, _CONFIGURATION)
        if isinstance(link, Unknown):
            return Machine.unknown(link, field)
        resource = self.index.by_id[link]
        return _machine(resource, Block.of(resource), "SecurityGroups", "Groups")

    def _found(self, field: Field, type_: str) -> Link:
        """The launch template or configuration that a value means, by id or by name."""
        named = [
            resource.id
            for resource in self.index.of_type(type_)
            if field.value is not None and resource.attributes.get(_NAMES[type_]) == field.value
        ]
        if len(named) == 1:
            return named[0]
        identities = IDENTITIES | {"LaunchTemplateId"}
        return self.index.link(field.value, (type_,), field.place, identities)


def _machine(resource: Resource, block: Block, groups: str, groups_of_interface: str) -> Machine:
    """The machine that a block describes, the settings of its first interface coming first."""
    interface = block.block("NetworkInterfaces")
    own = block.field(groups)
    of_interface = interface.field(groups_of_interface)
    public_ip = (interface if interface.is_set else block).field("AssociatePublicIpAddress")
    user_data = block.field("UserData").value
    start_up = (user_data, resource.metadata.get(_INIT))
    return Machine(
        own if of_interface.value is None else of_interface,
        public_ip,
        block.field("InstanceType").value,
        tuple(value for value in start_up if value is not None),
    )


def _identifiers(field: Field) -> Field:
    """Subnets as a list, also where a parameter gives them as one text with commas."""
    if isinstance(field.value, str):
        identifiers: list[Value] = [part.strip() for part in field.value.split(",")]
        return Field(identifiers, field.place)
    return field
