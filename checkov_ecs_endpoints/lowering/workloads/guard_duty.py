"""Runtime Monitoring of Amazon GuardDuty that puts its agent into Fargate tasks.

A task gets the agent if it has an execution role to pull it with, unless its cluster has the
tag ``GuardDutyManaged`` = ``false``:
https://docs.aws.amazon.com/guardduty/latest/ug/how-runtime-monitoring-works-ecs-fargate.html
"""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage, declarations
from checkov_ecs_endpoints.model.workloads import GuardDuty
from checkov_ecs_endpoints.values import Truth, Unknown, Value, every, some

_FEATURE = "ECS_FARGATE_AGENT_MANAGEMENT"
_MONITORING = "RUNTIME_MONITORING"
TAG = "GuardDutyManaged"


@dataclass(frozen=True, slots=True)
class Guards:
    """What turns the agents on in a configuration."""

    found: tuple[tuple[Declared, Truth], ...]

    @classmethod
    def of(cls, index: Index, language: WorkloadLanguage) -> Guards:
        """Every detector that manages the agents of Fargate tasks, or may."""
        judged = (
            (declared, _manages(declared, language))
            for kind in language.guard_duty
            for declared in declarations(index, kind)
        )
        return cls(tuple((declared, on) for declared, on in judged if on is not False))

    def over(self, region: Region, cluster_tags: Value) -> GuardDuty | None:
        """What puts an agent into the Fargate tasks of a cluster in a region."""
        wanted = _is_wanted(cluster_tags)
        for declared, on in self.found:
            enabled = every([on, wanted, declared.exists, _is_here(region.holding(declared.resource))])
            if enabled is not False:
                return GuardDuty(Source(declared.address, declared.block.place), enabled)
        return None


def _is_here(holding: str | Unknown | None) -> Truth:
    return holding if isinstance(holding, Unknown) else holding is None


def _is_wanted(tags: Value) -> Truth:
    if isinstance(tags, Unknown):
        return tags
    value = tags.get(TAG) if isinstance(tags, dict) else None
    return value if isinstance(value, Unknown) else value != "false"


def _manages(declared: Declared, language: WorkloadLanguage) -> Truth:
    """Whether Runtime Monitoring manages agents; Terraform has one feature in each resource."""
    if "features" not in declared.kind.names:
        return _feature(declared, language)
    features = declared.blocks("features", language.guard_duty_feature)
    rest = () if features.rest is None else (features.rest,)
    return some([*(_feature(feature, language) for feature in features), *rest])


def _feature(feature: Declared, language: WorkloadLanguage) -> Truth:
    additional = feature.blocks("additional", language.guard_duty_additional)
    agents = some(_is_on(one, _FEATURE) for one in additional)
    return every([_is_on(feature, _MONITORING), agents if additional.rest is None else additional.rest])


def _is_on(declared: Declared, name: str) -> Truth:
    wanted = (("name", name), ("status", "ENABLED"))
    values = ((declared.field(word).value, expected) for word, expected in wanted)
    return every(value if isinstance(value, Unknown) else value == expected for value, expected in values)
