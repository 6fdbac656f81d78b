"""Which workloads are high-bandwidth tiers, and the peak that several put on one gateway.

No bandwidth figure is published for Fargate, so the peak of vCPUs stands in for it (facts
C.16); the evidence says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.workloads import Capacity, Workload
from checkov_ecs_endpoints.settings import HighBandwidth
from checkov_ecs_endpoints.values import Truth, Unknown, Value, Why

TIER_TAG = "ecs-endpoints:tier"
TIER_VALUE = "high-bandwidth"


@dataclass(frozen=True, slots=True)
class Tier:
    """Whether something is a high-bandwidth tier, and the step that says why."""

    high: Truth
    steps: tuple[Step, ...] = ()


def declared(workload: Workload, settings: HighBandwidth) -> Tier:
    """Whether the owner declares the workload high-bandwidth, by tag or by the settings."""
    wanted = {TIER_TAG: (TIER_VALUE,), **settings.tags}
    unclear: Unknown | None = None
    sources = [(workload.source, workload.tags)]
    if not isinstance(workload.task_definition, Unknown):
        sources.append((workload.task_definition.source, workload.task_definition.tags))
    for source, tags in sources:
        if isinstance(tags, Unknown):
            unclear = unclear or tags
            continue
        for key, values in wanted.items():
            value: Value = tags.get(key)
            if isinstance(value, str) and value in values:
                return Tier(True, (source.step(f"its tag {key} is {value}: a high-bandwidth tier", "tags"),))
            if value is not None and not isinstance(value, str):
                unclear = unclear or Unknown(
                    Why.AFTER_APPLY, f"the tag {key} of {source.address}", source.at("tags")
                )
    for pattern in settings.names:
        if fnmatchcase(workload.name, pattern):
            return Tier(True, (workload.source.step(f"the settings call {pattern} a high-bandwidth tier"),))
    return Tier(False if unclear is None else unclear)


def computed(workloads: Iterable[Workload], threshold: float) -> Tier:
    """Whether the Fargate tasks of all these workloads together peak at ``threshold`` vCPUs."""
    total = 0.0
    unclear: Unknown | None = None
    steps: list[Step] = []
    for workload in workloads:
        peak = _peak_vcpus(workload)
        if isinstance(peak, Unknown):
            unclear = unclear or peak
            continue
        total += peak
        steps.append(workload.source.step(f"{workload.source.address} peaks at {peak:g} vCPUs", "task_count"))
    if total >= threshold:
        sentence = (
            f"together {total:g} vCPUs, at or above {threshold:g}: a proxy, since AWS publishes no bandwidth"
        )
        return Tier(True, (*steps, Step(f"{sentence} for Fargate tasks")))
    return Tier(False if unclear is None else unclear, tuple(steps))


def _peak_vcpus(workload: Workload) -> float | Unknown:
    """The largest number of tasks times the vCPUs of one; on EC2 that says nothing."""
    name = workload.source.address
    if workload.launches.rest is not None:
        return workload.launches.rest
    if any(launch.capacity is not Capacity.FARGATE for launch in workload.launches):
        return Unknown(
            Why.NOT_MODELLED, f"the bandwidth of the container instances of {name}", workload.source.at()
        )
    if isinstance(workload.task_definition, Unknown):
        return workload.task_definition
    count, cpu = workload.task_count, workload.task_definition.cpu
    if isinstance(count, Unknown) or isinstance(cpu, Unknown):
        return count if isinstance(count, Unknown) else cpu  # type: ignore[return-value]
    if count is None:
        return Unknown(Why.NO_VALUE, f"the number of tasks of {name}", workload.source.at("task_count"))
    if cpu is None:
        return Unknown(
            Why.NO_VALUE, f"the CPU units of the tasks of {name}", workload.task_definition.source.at()
        )
    return count * cpu / 1024
