"""Task definitions: reading what both languages share, and finding the one that is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from checkov_ecs_endpoints.iac.configuration import Configuration
from checkov_ecs_endpoints.lowering.fields import Field
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.origins import origin
from checkov_ecs_endpoints.lowering.pieces import pieces
from checkov_ecs_endpoints.lowering.reading import string, unclear
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.lowering.workloads.caches import Cache
from checkov_ecs_endpoints.lowering.workloads.containers import ContainerReader
from checkov_ecs_endpoints.lowering.workloads.images import Images
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage, declarations
from checkov_ecs_endpoints.lowering.workloads.roles import Roles
from checkov_ecs_endpoints.lowering.workloads.tags import tags_of
from checkov_ecs_endpoints.lowering.workloads.volumes import fsx_volumes
from checkov_ecs_endpoints.model.workloads import NetworkMode, TaskDefinition
from checkov_ecs_endpoints.values import Truth, Unknown, Value, Why

TYPES = ("aws_ecs_task_definition", "AWS::ECS::TaskDefinition")
_FAMILY = re.compile(r"(?:arn:[^/]*:task-definition/)?(?P<family>[^/:]+)(?::(?P<revision>.+))?", re.DOTALL)
_CPU = re.compile(r"(?P<amount>\d*\.?\d+)\s*(?P<unit>vcpus?)?", re.IGNORECASE)


def task_definitions(
    configuration: Configuration, index: Index, language: WorkloadLanguage
) -> TaskDefinitions:
    """All task definitions of a configuration."""
    caches = tuple(
        Cache(rule.field("prefix").value, rule.field("upstream").value)
        for rule in declarations(index, language.cache_rule)
    )
    declared = tuple(declarations(index, language.task_definition))
    roles = Roles.of(configuration, index, language)
    definitions = {
        one.id: _task_definition(
            one, language, Images(index, Region.of(one.resource, configuration, index), caches), roles
        )
        for one in declared
    }
    families = {one.id: one.field("family").value for one in declared}
    return TaskDefinitions(index, definitions, families)


def _task_definition(
    declared: Declared, language: WorkloadLanguage, images: Images, roles: Roles
) -> TaskDefinition:
    containers = declared.field("containers")
    attribute = declared.kind.names["containers"]
    return TaskDefinition(
        id=declared.id,
        source=declared.source(
            containers="containers",
            network_mode="network_mode",
            cpu="cpu",
            tags="tags",
            task_role="task_role",
            windows="system",
            meshed="proxy",
        ),
        exists=declared.exists,
        containers=ContainerReader(declared.resource, images).read(
            attribute, language.containers(containers.value, containers.place)
        ),
        network_mode=network_mode(declared.field("network_mode")),
        cpu=cpu_units(declared.field("cpu")),
        tags=tags_of(declared, language),
        containers_ignored=bool({attribute, "all"} & declared.resource.ignored),
        task_role=roles.find(declared.field("task_role"), declared.resource),
        execution_role=(
            declared.link("execution_role", language.role.types) if declared.has("execution_role") else None
        ),
        windows=_is_windows(declared.field("system")),
        meshed=_is_meshed(declared),
        fsx_volumes=fsx_volumes(declared, language, images.region),
    )


def _is_windows(system: Field) -> Truth:
    """Whether the operating system is of the family WINDOWS_SERVER...; Linux is the default."""
    family = "LINUX" if system.value is None else string(system.value, system.place)
    return family if isinstance(family, Unknown) else family.startswith("WINDOWS")


def _is_meshed(declared: Declared) -> Truth:
    """Whether a proxy of AWS App Mesh runs in the task.

    "The only supported value is APPMESH":
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ProxyConfiguration.html
    """
    proxy = declared.nested("proxy", declared.kind).block
    if isinstance(proxy.content, Unknown):
        return proxy.content
    if not proxy.is_set:
        return False
    kind = declared.field("proxy_type").value
    return kind if isinstance(kind, Unknown) else kind in (None, "APPMESH")


@dataclass(frozen=True, slots=True)
class TaskDefinitions:
    """The task definitions of a configuration, to be found by reference, family or ARN.

    ``families`` are their families by id.
    """

    index: Index
    definitions: Mapping[str, TaskDefinition]
    families: Mapping[str, Value]

    def find(self, field: Field) -> TaskDefinition | Unknown:
        """The task definition that a value means, or why that is not known."""
        value = self._of_data(field.value)
        if value is None:
            return Unknown(Why.NO_VALUE, "the task definition", field.place)
        found = self._referenced(value)
        if not found:
            found, revision = self._of_family(value)
            if found and re.fullmatch(r"\d+", revision):
                note = f"revision {revision} is fixed, and the file may say another"
                return Unknown(Why.OUTSIDE, f"the task definition {value}", field.place, note)
        if len(found) == 1:
            return self.definitions[found.pop()]
        if found:
            return Unknown(
                Why.UNSUPPORTED, str(value), field.place, "several task definitions have this family"
            )
        if isinstance(value, str):
            return Unknown(Why.OUTSIDE, f"the task definition {value}", field.place)
        return unclear(value, "a task definition", field.place)

    def _referenced(self, value: Value) -> set[str]:
        sources = (origin(hole, self.index) for hole in pieces(value).holes)
        return {
            source.resource.id
            for source in sources
            if source is not None and source.resource is not None and source.resource.id in self.definitions
        }

    def _of_family(self, value: Value) -> tuple[set[str], str]:
        """The task definitions of the family that a text names, and the revision behind it."""
        found = pieces(value)
        match = _FAMILY.fullmatch(found.pattern)
        if match is None:
            return set(), ""
        family = found.value(match["family"])
        return {id for id, known in self.families.items() if known == family}, match["revision"] or ""

    def _of_data(self, value: Value) -> Value:
        """What a data source ``aws_ecs_task_definition`` looks up, where the value is one's.

        It is a family, a family and revision, or an ARN:
        https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/ecs_task_definition
        """
        found = origin(value, self.index)
        if found is None or not found.is_data or found.type not in TYPES or found.resource is None:
            return value
        return found.resource.attributes.get("task_definition", value)


def network_mode(field: Field) -> NetworkMode | Unknown:
    """The network mode.

    "If no network mode is specified, the default is bridge", on Windows the driver of
    that name, for which ``default`` stands:
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
    """
    if field.value is None or field.value == "default":
        return NetworkMode.BRIDGE
    mode = string(field.value, field.place)
    if isinstance(mode, Unknown):
        return mode
    try:
        return NetworkMode(mode)
    except ValueError:
        return Unknown(Why.INVALID, f"the network mode {mode}", field.place)


def cpu_units(field: Field) -> int | Unknown | None:
    """CPU units from ``256``, ``"256"``, ``"1 vCPU"`` or ``".5 vCPU"``.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html#task_size
    """
    if field.value is None:
        return None
    written = string(field.value, field.place)
    if isinstance(written, Unknown):
        return written
    match = _CPU.fullmatch(written.strip())
    if match is None:
        return Unknown(Why.INVALID, f"cpu {written}", field.place)
    amount = float(match["amount"])
    return int(amount * 1024) if match["unit"] else int(amount)
