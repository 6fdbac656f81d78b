"""What a configuration declares of a workload, and the workload that follows from it.

The translators of both languages put what is written under the names of the ECS API
into a :class:`Declaration`; what it means is worked out here, once for both.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.fields import Block, Field
from checkov_ecs_endpoints.lowering.reading import number, string, truth
from checkov_ecs_endpoints.lowering.workloads.capacity import CapacityMap, StrategyItem
from checkov_ecs_endpoints.lowering.workloads.placements import Placements, task_address
from checkov_ecs_endpoints.lowering.workloads.task_definitions import TaskDefinitions, tags
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.workloads import Placement, Workload, WorkloadKind
from checkov_ecs_endpoints.values import Unknown, Value, Why

ONE_TASK = 1
"""The number of tasks of an event rule's target and of a schedule that name none.

https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EcsParameters.html
"""


@dataclass(frozen=True, slots=True)
class Interfaces:
    """The network configuration of tasks: ``awsvpcConfiguration`` of the ECS API."""

    subnets: Field
    groups: Field
    public_ip: Field

    @classmethod
    def of(cls, block: Block, subnets: str, groups: str, public_ip: str) -> Interfaces | None:
        """What a block holds under the given names; None where there is no block."""
        if not block.is_set:
            return None
        return cls(block.field(subnets), block.field(groups), block.field(public_ip))


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A workload as it is written, each part with its place.

    ``id`` is that of the resource, unless the resource declares several workloads.
    ``task_count`` is the largest number of tasks that the file gives.
    """

    id: str
    resource: Resource
    kind: WorkloadKind
    name: Value
    cluster: Field
    launch_type: Field
    strategy: Listing[StrategyItem]
    interfaces: Interfaces | None
    task_definition: Field
    platform_version: Field
    execute_command: Field
    task_count: int | Unknown | None
    tags: Value
    task_definition_ignored: bool = False


@dataclass(frozen=True, slots=True)
class Assembly:
    """Makes workloads of declarations."""

    placements: Placements
    capacity: CapacityMap
    definitions: TaskDefinitions

    def workload(self, declaration: Declaration) -> Workload:
        """The workload that a declaration makes."""
        resource = declaration.resource
        source = self._source(declaration)
        name = string(declaration.name, resource.location)
        version = declaration.platform_version
        return Workload(
            id=declaration.id,
            source=source,
            exists=resource.exists,
            kind=declaration.kind,
            name=f"${{{name.subject}}}" if isinstance(name, Unknown) else name,
            launches=self.capacity.launches(
                declaration.launch_type, declaration.strategy, declaration.cluster, source
            ),
            tasks=self._placement(declaration),
            task_definition=self.definitions.find(declaration.task_definition),
            platform_version="LATEST" if version.value is None else string(version.value, version.place),
            exec_enabled=truth(declaration.execute_command.value, False, declaration.execute_command.place),
            task_count=declaration.task_count,
            tags=tags(declaration.tags),
            task_definition_ignored=declaration.task_definition_ignored,
        )

    def _placement(self, declaration: Declaration) -> Placement | None:
        written = declaration.interfaces
        if written is None:
            return None
        return self.placements.of(
            declaration.resource,
            written.subnets,
            written.groups,
            written.public_ip,
            task_address(written.public_ip),
        )

    def _source(self, declaration: Declaration) -> Source:
        lines = {
            "launches": declaration.launch_type.place,
            "task_definition": declaration.task_definition.place,
            "platform_version": declaration.platform_version.place,
            "exec_enabled": declaration.execute_command.place,
        }
        interfaces = declaration.interfaces
        if interfaces is not None:
            lines |= {"tasks": interfaces.subnets.place}
        if declaration.strategy.items:
            lines |= {"launches": declaration.strategy.items[0].provider.place}
        return Source(declaration.resource.address, declaration.resource.location, lines)


def count(field: Field, default: int | None = None) -> int | Unknown | None:
    """A number of tasks; ``default`` is AWS's where none is written."""
    return default if field.value is None else number(field.value, field.place)


def of_daemon(resource: Resource) -> Unknown:
    """The number of tasks of a daemon service: as many as there are container instances."""
    what = f"the number of tasks of {resource.address}"
    return Unknown(Why.NOT_MODELLED, what, resource.location, "one task on each container instance")


def set_elsewhere(resource: Resource, field: Field) -> Unknown:
    """The number of tasks where ``lifecycle.ignore_changes`` leaves it to something else."""
    note = "ignore_changes leaves it to something else"
    return Unknown(Why.OUTSIDE, f"the number of tasks of {resource.address}", field.place, note)
