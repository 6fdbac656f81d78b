"""What starts EC2 instances, and with which network and start-up.

An Auto Scaling group takes the subnets, a launch template or launch configuration the
rest: https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-templates.html.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.lowering.fields import Block, Field
from checkov_ecs_endpoints.lowering.index import IDENTITIES, Index
from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.network.language import Kind
from checkov_ecs_endpoints.lowering.reading import members, number, string
from checkov_ecs_endpoints.lowering.workloads.fleets import Fleet, written
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage, declarations
from checkov_ecs_endpoints.lowering.workloads.placements import Placements, instance_address
from checkov_ecs_endpoints.lowering.workloads.roles import Roles
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.workloads import InstanceSet, Script
from checkov_ecs_endpoints.values import Unknown, Value, Why, references

_INIT = "AWS::CloudFormation::Init"
_NAMES = ("name", "latest_version", "LaunchTemplateId")


def fleets(
    index: Index, language: WorkloadLanguage, placements: Placements, roles: Roles
) -> tuple[Fleet, ...]:
    """Everything that starts EC2 instances."""
    reader = _Machines(index, language, placements, roles)
    return (
        *map(reader.group, declarations(index, language.group)),
        *map(reader.instance, declarations(index, language.instance)),
        *map(reader.other, declarations(index, language.other_fleet)),
    )


@dataclass(frozen=True, slots=True)
class _Machine:
    """The part of a launch template that concerns the network and the cluster."""

    groups: Field
    public_ip: Field
    instance_type: Value
    start_up: tuple[Value, ...]
    profile: Field
    script: Source
    described_by: str = ""

    @classmethod
    def of(cls, declared: Declared) -> _Machine:
        """What a block describes; the settings of its first interface go before."""
        groups = declared.field("interface_groups")
        public_ip = declared.field("interface_public_ip")
        start_up = (
            declared.field("user_data").value,
            declared.field("user_data_base64").value,
            declared.resource.metadata.get(_INIT),
        )
        return cls(
            declared.field("groups") if groups.value is None else groups,
            declared.field("public_ip") if public_ip.value is None else public_ip,
            _instance_type(declared),
            tuple(value for value in start_up if value is not None),
            declared.field("profile_arn" if declared.has("profile_arn") else "profile_name"),
            Source(declared.address, declared.field("user_data").place),
        )

    @classmethod
    def unknown(cls, field: Field) -> _Machine:
        """A machine of which nothing is known; the field holds the reason."""
        return cls(field, field, field.value, (field.value,), field, Source("", field.place))


@dataclass(frozen=True, slots=True)
class _Machines:
    index: Index
    language: WorkloadLanguage
    placements: Placements
    roles: Roles

    def group(self, group: Declared) -> Fleet:
        """The instances of an Auto Scaling group."""
        overrides = group.blocks("overrides", self.language.override)
        types = tuple(_instance_type(item) for item in overrides)
        if any(item.has("template") for item in overrides):
            what = f"the overrides of {group.address} that have launch templates of their own"
            place = group.field("overrides").place
            machine = _Machine.unknown(Field(Unknown(Why.UNSUPPORTED, what, place), place))
        elif group.has("mixed"):
            machine = self._template(group, "mixed_id", "mixed_name")
        elif group.has("template"):
            machine = self._template(group, "template_id", "template_name")
        else:
            machine = self._described(group.field("configuration"), self.language.launch_configuration)
        return self._fleet(
            group,
            group.field("subnets"),
            machine,
            _most(group, overrides),
            Listing(tuple(item for item in types if item is not None), overrides.rest),
        )

    def instance(self, instance: Declared) -> Fleet:
        """A single instance."""
        subnets = instance.field("interface_subnets")
        if subnets.value is None:
            subnets = instance.field("subnets")
        machine = _Machine.of(instance)
        if instance.has("template"):
            machine = _completed(machine, self._template(instance, "template_id", "template_name"))
        if instance.has("attached"):
            place = instance.field("attached").place
            what = f"the network interface that is attached to {instance.address}"
            subnets = Field(Unknown(Why.UNSUPPORTED, what, place), place)
            machine = replace(machine, groups=subnets, public_ip=subnets)
        return self._fleet(instance, subnets, machine, 1, Listing())

    def other(self, fleet: Declared) -> Fleet:
        """The instances of an EC2 Fleet or Spot Fleet, which has any number of launch templates or none."""
        described = {reference.resource for reference in references(dict(fleet.resource.attributes))}
        templates = (
            one for one in declarations(self.index, self.language.launch_template) if one.id in described
        )
        place = fleet.resource.location
        network = Field(Unknown(Why.UNSUPPORTED, f"the network of {fleet.address}", place), place)
        machine = replace(
            _Machine.unknown(network),
            start_up=(
                dict(fleet.resource.attributes),
                *(text for one in templates for text in _Machine.of(one).start_up),
            ),
        )
        return self._fleet(fleet, network, machine, None, Listing())

    def _template(self, declared: Declared, by_id: str, by_name: str) -> _Machine:
        named = declared.field(by_name if declared.field(by_id).value is None else by_id)
        return self._described(named, self.language.launch_template)

    def _described(self, named: Field, kind: Kind) -> _Machine:
        """The machine of the launch template or configuration that a value means."""
        link = self._found(named, kind)
        if isinstance(link, Unknown):
            return _Machine.unknown(Field(link, named.place))
        described = Declared(Block.of(self.index.by_id[link]), kind, self.index)
        return replace(_Machine.of(described), described_by=described.address)

    def _found(self, named: Field, kind: Kind) -> Link:
        by_name = [
            one.id
            for one in declarations(self.index, kind)
            if named.value is not None and one.field("name").value == named.value
        ]
        if len(by_name) == 1:
            return by_name[0]
        return self.index.link(named.value, kind.types, named.place, {*IDENTITIES, *_NAMES})

    def _fleet(
        self,
        declared: Declared,
        subnets: Field,
        machine: _Machine,
        max_size: int | Unknown | None,
        overriding: Listing[Value],
    ) -> Fleet:
        if subnets.value is None:
            # Instances without a subnet go to the default subnets of the default VPC.
            note = "no subnet is given, so it is a default subnet of the account"
            outside = Unknown(Why.OUTSIDE, f"the subnet of {declared.address}", subnets.place, note)
            subnets = Field(outside, subnets.place)
        instances = InstanceSet(
            source=Source(declared.address, declared.resource.location),
            placement=self.placements.of(
                declared.resource,
                subnets,
                machine.groups,
                machine.public_ip,
                instance_address(machine.public_ip),
                machine.described_by,
            ),
            instance_types=_texts(overriding or members(machine.instance_type)),
            max_size=max_size,
            start_up=tuple(Script(machine.script, text) for text in written(machine.start_up)),
            role=self.roles.of_profile(machine.profile, declared.resource),
        )
        return Fleet(declared.resource, instances, machine.start_up)


def _instance_type(declared: Declared) -> Value:
    """The instance type; AWS chooses among those that fit where there are requirements instead.

    https://docs.aws.amazon.com/autoscaling/ec2/userguide/create-mixed-instances-group-attribute-based-instance-type-selection.html
    """
    if declared.has("requirements"):
        place = declared.field("requirements").place
        return Unknown(
            Why.AFTER_APPLY, f"which types fit the instance requirements of {declared.address}", place
        )
    return declared.field("instance_type").value


def _most(group: Declared, overrides: Listing[Declared]) -> int | Unknown | None:
    """The largest number of instances; not known where types of different weight count.

    https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-mixed-instances-groups-instance-weighting.html
    """
    if any(override.has("weight") for override in overrides):
        what = f"how many instances of {group.address} its largest size allows"
        return Unknown(Why.NOT_MODELLED, what, group.field("max").place, "its instance types have weights")
    maximum = group.field("max")
    return None if maximum.value is None else number(maximum.value, maximum.place)


def _completed(machine: _Machine, template: _Machine) -> _Machine:
    """The settings of an instance, and where it has none those of its launch template."""
    return _Machine(
        template.groups if machine.groups.value is None else machine.groups,
        template.public_ip if machine.public_ip.value is None else machine.public_ip,
        template.instance_type if machine.instance_type is None else machine.instance_type,
        machine.start_up or template.start_up,
        template.profile if machine.profile.value is None else machine.profile,
        machine.script if machine.start_up else template.script,
        template.described_by,
    )


def _texts(types: Listing[Value]) -> Listing[str]:
    rest = types.rest
    found: list[str] = []
    for item in types:
        name = string(item)
        if isinstance(name, Unknown):
            rest = rest or name
        elif name not in found:
            found.append(name)
    return Listing(tuple(found), rest)
