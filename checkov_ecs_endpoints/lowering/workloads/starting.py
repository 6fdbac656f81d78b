"""Workloads: the resources that make ECS start tasks (design 4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Configuration
from checkov_ecs_endpoints.lowering.fields import Block, Field
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.network.language import Kind
from checkov_ecs_endpoints.lowering.reading import number, string, truth
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.lowering.workloads.capacity import CapacityMap, capacity_map
from checkov_ecs_endpoints.lowering.workloads.exec_settings import exec_settings
from checkov_ecs_endpoints.lowering.workloads.guard_duty import Guards
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage, declarations
from checkov_ecs_endpoints.lowering.workloads.placements import Placements, task_address
from checkov_ecs_endpoints.lowering.workloads.scaling import Scaling
from checkov_ecs_endpoints.lowering.workloads.service_connect import service_connect
from checkov_ecs_endpoints.lowering.workloads.tags import tags_of
from checkov_ecs_endpoints.lowering.workloads.task_definitions import TaskDefinitions, task_definitions
from checkov_ecs_endpoints.lowering.workloads.unjudged import SERVICE_IDENTITIES, started_by_task_sets
from checkov_ecs_endpoints.model.workloads import Placement, Workload, WorkloadKind
from checkov_ecs_endpoints.values import Unknown, Value, Why

_ONE_TASK = 1
"""The number of tasks of an event rule's target and of a schedule that name none.

https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_EcsParameters.html
https://docs.aws.amazon.com/scheduler/latest/APIReference/API_EcsParameters.html
"""


def all_workloads(
    configuration: Configuration, index: Index, language: WorkloadLanguage
) -> tuple[Workload, ...]:
    """Every workload of a configuration."""
    placements = Placements(index)
    capacity = capacity_map(configuration, index, language, placements)
    starting = _Starting(
        configuration,
        index,
        language,
        placements,
        capacity,
        task_definitions(configuration, index, language),
        Scaling.of(index, language, capacity.clusters),
        Guards.of(index, language),
    )
    return tuple(starting.workloads())


@dataclass(frozen=True, slots=True)
class _Starting:
    """Makes workloads of the resources that start tasks."""

    configuration: Configuration
    index: Index
    language: WorkloadLanguage
    placements: Placements
    capacity: CapacityMap
    definitions: TaskDefinitions
    scaling: Scaling
    guards: Guards

    def workloads(self) -> Iterator[Workload]:
        language = self.language
        for service in declarations(self.index, language.service):
            if not started_by_task_sets(service):
                yield self._service(service)
        for task_set in declarations(self.index, language.task_set):
            yield self._workload(
                WorkloadKind.TASK_SET, task_set, task_set, self._execute_command(task_set), None
            )
        for rule in declarations(self.index, language.event_rule):
            # The targets of one rule all carry the id of the rule.
            for target in rule.blocks("targets", language.event_target):
                yield from self._run(WorkloadKind.EVENT_RULE, target, language.event_run)
        for target in declarations(self.index, language.event_target):
            yield from self._run(WorkloadKind.EVENT_RULE, target, language.event_run)
        for schedule in declarations(self.index, language.schedule):
            yield from self._run(WorkloadKind.SCHEDULE, schedule, language.schedule_run)

    def _service(self, service: Declared) -> Workload:
        count = self.scaling.largest(service, _desired_count(service, self.language.unset_count))
        return self._workload(WorkloadKind.SERVICE, service, service, service.field("exec"), count)

    def _run(self, kind: WorkloadKind, starter: Declared, parameters: Kind) -> Iterator[Workload]:
        """The tasks that a target of EventBridge runs, if it runs any."""
        run = starter.nested("run", parameters)
        if run.is_set:
            count = _count(run.field("count"), _ONE_TASK)
            yield self._workload(kind, starter, run, run.field("exec"), count)

    def _workload(
        self,
        kind: WorkloadKind,
        starter: Declared,
        run: Declared,
        execute_command: Field,
        task_count: int | Unknown | None,
    ) -> Workload:
        """A workload; ``run`` says how tasks are run, ``starter`` where and by what name."""
        strategy = run.blocks("strategy", self.language.strategy_item)
        version = run.field("version")
        source = Source(
            starter.address,
            starter.resource.location,
            {
                "launches": run.field("strategy" if strategy else "launch_type").place,
                "tasks": run.field("network").place,
                "task_definition": run.field("task_definition").place,
                "platform_version": version.place,
                "exec_enabled": execute_command.place,
                "task_count": starter.field("count").place,
                "tags": run.field("tags").place,
            },
        )
        cluster = self._cluster(starter.field("cluster"))
        region = Region.of(starter.resource, self.configuration, self.index)
        return Workload(
            id=starter.id,
            source=source,
            exists=starter.exists,
            kind=kind,
            name=_name(starter),
            cluster=self.capacity.clusters.name(starter.field("cluster")),
            launches=self.capacity.launches(
                run.field("launch_type"), strategy, starter.field("cluster"), source
            ),
            tasks=self._placement(run.nested("network", self.language.interfaces)),
            task_definition=self.definitions.find(run.field("task_definition")),
            platform_version="LATEST" if version.value is None else string(version.value, version.place),
            exec_enabled=truth(execute_command.value, False, execute_command.place),
            task_count=task_count,
            tags=tags_of(run, self.language),
            task_definition_ignored=_ignores(run, "task_definition"),
            exec_settings=cluster if isinstance(cluster, Unknown) else exec_settings(cluster),
            service_connect=service_connect(starter, self.language, region),
            guard_duty=self.guards.over(region, self._tags_of(cluster)),
        )

    def _cluster(self, named: Field) -> Declared | Unknown:
        """The cluster that tasks run in."""
        link = self.capacity.clusters.link(named)
        if isinstance(link, Unknown):
            return link
        return Declared(Block.of(self.index.by_id[link]), self.language.cluster, self.index)

    def _tags_of(self, cluster: Declared | Unknown) -> Value:
        if isinstance(cluster, Unknown):
            return cluster
        return self.language.tags(cluster.field("tags").value)

    def _placement(self, interfaces: Declared) -> Placement | None:
        if not interfaces.is_set:
            return None
        public_ip = interfaces.field("public_ip")
        return self.placements.of(
            interfaces.resource,
            interfaces.field("subnets"),
            interfaces.field("groups"),
            public_ip,
            task_address(public_ip),
        )

    def _execute_command(self, task_set: Declared) -> Field:
        """The switch of ECS Exec, which only the service of a task set has."""
        kind = self.language.service
        link = task_set.link("service", kind.types, SERVICE_IDENTITIES)
        if isinstance(link, Unknown):
            return Field(link, task_set.field("service").place)
        return Declared(Block.of(self.index.by_id[link]), kind, self.index).field("exec")


def _name(starter: Declared) -> str | Unknown:
    """The name, else what the configuration calls the resource."""
    field = starter.field("name")
    if field.value is None:
        return starter.address.rpartition(".")[2]
    return string(field.value, field.place)


def _desired_count(service: Declared, unset: int) -> int | Unknown | None:
    """The number of tasks that the file asks for, where it is the file that decides."""
    desired = service.field("count")
    what = f"the number of tasks of {service.address}"
    if service.field("scheduling").value == "DAEMON":
        return Unknown(Why.NOT_MODELLED, what, service.resource.location, "one on each container instance")
    if _ignores(service, "count"):
        return Unknown(Why.OUTSIDE, what, desired.place, "ignore_changes leaves it to something else")
    return _count(desired, unset)


def _count(field: Field, default: int | None = None) -> int | Unknown | None:
    return default if field.value is None else number(field.value, field.place)


def _ignores(declared: Declared, word: str) -> bool:
    """Whether ``lifecycle.ignore_changes`` leaves the attribute of a word to something else."""
    path = (*declared.block.path, declared.kind.names.get(word))
    return bool({path[0], "all"} & declared.resource.ignored)
