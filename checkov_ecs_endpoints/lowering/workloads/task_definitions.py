"""Task definitions: reading what both languages share, and finding the one that is meant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from checkov_ecs_endpoints.lowering.fields import Field
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.origins import origin
from checkov_ecs_endpoints.lowering.pieces import pieces
from checkov_ecs_endpoints.lowering.reading import string, unclear
from checkov_ecs_endpoints.model.workloads import NetworkMode, TaskDefinition
from checkov_ecs_endpoints.values import OpenDict, Unknown, Value, Why

TYPES = ("aws_ecs_task_definition", "AWS::ECS::TaskDefinition")
TIER = ("ecs-endpoints:tier", "high-bandwidth")
"""The tag that makes a tier a high-bandwidth one (design 4.2)."""
_FAMILY = re.compile(r"(?:arn:[^/]*:task-definition/)?(?P<family>[^/:]+)(?::(?P<revision>.+))?", re.DOTALL)
_CPU = re.compile(r"(?P<amount>\d*\.?\d+)\s*(?P<unit>vcpus?)?", re.IGNORECASE)


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
        found = self._referenced(value) or self._of_family(value)
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
        holes = pieces(value).holes
        sources = (origin(hole, self.index) for hole in holes)
        return {
            source.resource.id
            for source in sources
            if source is not None and source.resource is not None and source.resource.id in self.definitions
        }

    def _of_family(self, value: Value) -> set[str]:
        """The task definitions of a family; a fixed revision may be another one than the file's."""
        found = pieces(value)
        match = _FAMILY.fullmatch(found.pattern)
        if match is None or re.fullmatch(r"\d+", match["revision"] or ""):
            return set()
        family = found.value(match["family"])
        return {id for id, known in self.families.items() if known == family}

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


def tags(value: Value) -> Mapping[str, Value] | Unknown:
    """Tags as a mapping.

    Where others may be added, those that are known count only if the tag that makes a
    tier a high-bandwidth one is among them, because it decides alone.
    """
    if value is None:
        return {}
    if isinstance(value, OpenDict):
        name, tier = TIER
        return value.items if value.items.get(name) == tier else value.rest
    return value if isinstance(value, dict) else unclear(value, "tags")
