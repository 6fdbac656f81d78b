"""Auto Scaling groups, launch templates and instances of Terraform.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/autoscaling_group
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_template
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/launch_configuration
"""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.fields import Block, Field
from checkov_ecs_endpoints.lowering.index import IDENTITIES, Index
from checkov_ecs_endpoints.lowering.terraform.user_data import rendered
from checkov_ecs_endpoints.lowering.workloads.fleets import Fleet
from checkov_ecs_endpoints.lowering.workloads.machines import Machine, completed, fleet, size
from checkov_ecs_endpoints.lowering.workloads.placements import Placements
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.values import Unknown, Value, Why

_NAMED = IDENTITIES | {"name", "latest_version"}
_TEMPLATE = "aws_launch_template"
_CONFIGURATION = "aws_launch_configuration"


def fleets(index: Index, placements: Placements) -> tuple[Fleet, ...]:
    """Everything that starts EC2 instances."""
    reader = _Instances(index, placements)
    return (
        *map(reader.group, index.of_type("aws_autoscaling_group")),
        *map(reader.instance, index.of_type("aws_instance")),
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
            block.field("vpc_zone_identifier"),
            machine,
            size(block.field("max_size")),
            types,
        )

    def instance(self, resource: Resource) -> Fleet:
        block = Block.of(resource)
        own = self._machine(block, "vpc_security_group_ids", block.field("associate_public_ip_address"))
        subnets = block.field("subnet_id")
        attached = block.block("network_interface")
        if attached.is_set:
            reason = Unknown(Why.UNSUPPORTED, f"network_interface of {resource.address}", attached.place)
            field = Field(reason, attached.place)
            own = Machine(field, field, own.instance_type, own.start_up)
            subnets = field
        template = block.block("launch_template")
        if template.is_set:
            own = completed(own, self._template(template, "id", "name"))
        return fleet(resource, self.placements, subnets, own, 1)

    def _machine_of(self, group: Block) -> tuple[Machine, Listing[Value] | None]:
        mixed = group.block("mixed_instances_policy").block("launch_template")
        if mixed.is_set:
            overrides = mixed.blocks("override")
            types = tuple(item.field("instance_type").value for item in overrides)
            machine = self._template(
                mixed.block("launch_template_specification"), "launch_template_id", "launch_template_name"
            )
            if any(item.block("launch_template_specification").is_set for item in overrides):
                place = group.field("mixed_instances_policy")
                reason = Unknown(Why.UNSUPPORTED, "overrides with launch templates of their own", place.place)
                machine = Machine.unknown(reason, place)
            return machine, Listing(tuple(item for item in types if item is not None), overrides.rest)
        template = group.block("launch_template")
        if template.is_set:
            return self._template(template, "id", "name"), None
        return self._configuration(group.field("launch_configuration")), None

    def _template(self, block: Block, by_id: str, by_name: str) -> Machine:
        field = block.field(by_id)
        if field.value is None:
            field = block.field(by_name)
        link = self._found(field, _TEMPLATE)
        if isinstance(link, Unknown):
            return Machine.unknown(link, field)
        template = Block.of(self.index.by_id[link])
        interface = template.block("network_interfaces")
        machine = self._machine(
            template, "vpc_security_group_ids", interface.field("associate_public_ip_address")
        )
        if not interface.is_set:
            return machine
        groups = interface.field("security_groups")
        return Machine(
            machine.groups if groups.value is None else groups,
            machine.public_ip,
            machine.instance_type,
            machine.start_up,
        )

    def _configuration(self, field: Field) -> Machine:
        link = self._found(field, _CONFIGURATION)
        if isinstance(link, Unknown):
            return Machine.unknown(link, field)
        block = Block.of(self.index.by_id[link])
        return self._machine(block, "security_groups", block.field("associate_public_ip_address"))

    def _machine(self, block: Block, groups: str, public_ip: Field) -> Machine:
        written = (block.field("user_data").value, block.field("user_data_base64").value)
        return Machine(
            block.field(groups),
            public_ip,
            block.field("instance_type").value,
            tuple(rendered(value, self.index) for value in written if value is not None),
        )

    def _found(self, field: Field, type_: str) -> Link:
        """The launch template or configuration that a value means, by id or by name."""
        named = [
            resource.id
            for resource in self.index.of_type(type_)
            if field.value is not None and resource.attributes.get("name") == field.value
        ]
        if len(named) == 1:
            return named[0]
        return self.index.link(field.value, (type_,), field.place, _NAMED)
