"""Which workloads are high-bandwidth tiers, and the peak that several put on one gateway.

No bandwidth figure is published for Fargate, so the peak of vCPUs stands in for it (facts
C.16); the evidence says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from checkov_ecs_endpoints.catalog.instances import baseline_mbps
from checkov_ecs_endpoints.evidence import Source, Step
from checkov_ecs_endpoints.model.workloads import Capacity, InstanceSet, Workload
from checkov_ecs_endpoints.settings import HighBandwidth
from checkov_ecs_endpoints.values import Reference, Text, Truth, Unknown, Value, Why, first_unknown

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
            if isinstance(value, (Unknown, Reference, Text)):
                subject = f"the tag {key} of {source.address}"
                unknown = first_unknown(value) or Unknown(Why.AFTER_APPLY, subject, source.at("tags"))
                unclear = unclear or unknown
    for pattern in settings.names:
        if fnmatchcase(workload.name, pattern):
            return Tier(True, (workload.source.step(f"the settings call {pattern} a high-bandwidth tier"),))
    return Tier(False if unclear is None else unclear)


def computed(workloads: Iterable[Workload], ceiling_gbps: float, fargate_vcpus: float) -> Tier:
    """Whether all these workloads together peak at what makes a high-bandwidth tier.

    Fargate: the vCPUs of their tasks against ``fargate_vcpus``. EC2: the baseline bandwidth
    of their instances against ``ceiling_gbps``, in Gbit/s.
    """
    workloads = list(workloads)
    vcpus = _sum((_peak_vcpus(w), w.source, "task_count") for w in workloads if not _on_instances(w))
    launches = [launch for w in workloads for launch in w.launches if launch.exists is True]
    sets = {instances.source.address: instances for launch in launches for instances in launch.instances}
    gbps = _sum((_peak_gbps(instances), instances.source, "max_size") for instances in sets.values())
    unclear = vcpus.unclear or gbps.unclear or next((u for w in workloads if (u := _unclear_launch(w))), None)
    steps = (
        *(
            source.step(f"{source.address} peaks at {peak:g} vCPUs", line)
            for peak, source, line in vcpus.parts
        ),
        *(
            source.step(f"{source.address} peaks at {peak:g} Gbit/s", line)
            for peak, source, line in gbps.parts
        ),
    )
    if vcpus.total >= fargate_vcpus:
        sentence = (
            f"together {vcpus.total:g} vCPUs, at or above {fargate_vcpus:g}: a proxy, since AWS publishes no"
        )
        return Tier(True, (*steps, Step(f"{sentence} bandwidth for Fargate tasks")))
    if gbps.total > ceiling_gbps:
        return Tier(True, (*steps, Step(f"together {gbps.total:g} Gbit/s, above {ceiling_gbps:g}")))
    return Tier(False if unclear is None else unclear, steps)


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum with its parts; ``unclear`` is set where some part is not known."""

    total: float
    parts: tuple[tuple[float, Source, str], ...]
    unclear: Unknown | None


def _sum(peaks: Iterable[tuple[float | Unknown, Source, str]]) -> _Sum:
    parts: list[tuple[float, Source, str]] = []
    unclear: Unknown | None = None
    for peak, source, line in peaks:
        if isinstance(peak, Unknown):
            unclear = unclear or peak
        else:
            parts.append((peak, source, line))
    return _Sum(sum(part[0] for part in parts), tuple(parts), unclear)


def _on_instances(workload: Workload) -> bool:
    return any(launch.capacity is not Capacity.FARGATE for launch in workload.launches)


def _unclear_launch(workload: Workload) -> Unknown | None:
    if workload.launches.rest is not None:
        return workload.launches.rest
    mixed = len({launch.capacity for launch in workload.launches}) > 1
    subject = f"how many tasks of {workload.source.address} run on which capacity"
    for launch in workload.launches:
        if isinstance(launch.exists, Unknown) or launch.instances.rest is not None:
            return launch.exists if isinstance(launch.exists, Unknown) else launch.instances.rest
    return Unknown(Why.AFTER_APPLY, subject, workload.source.at("launches")) if mixed else None


def _peak_vcpus(workload: Workload) -> float | Unknown:
    """The largest number of tasks times the vCPUs of one."""
    name = workload.source.address
    task, count = workload.task_definition, workload.task_count
    if isinstance(task, Unknown):
        return task
    if isinstance(count, Unknown):
        return count
    if isinstance(task.cpu, Unknown):
        return task.cpu
    if count is None:
        return Unknown(Why.NO_VALUE, f"the number of tasks of {name}", workload.source.at("task_count"))
    if task.cpu is None:
        return Unknown(Why.NO_VALUE, f"the CPU units of the tasks of {name}", task.source.at())
    return count * task.cpu / 1024


def _peak_gbps(instances: InstanceSet) -> float | Unknown:
    """The largest number of instances times the baseline of the fastest of their types."""
    name = instances.source.address
    if instances.instance_types.rest is not None:
        return instances.instance_types.rest
    if isinstance(instances.max_size, Unknown):
        return instances.max_size
    if instances.max_size is None:
        return Unknown(Why.NO_VALUE, f"the largest size of {name}", instances.source.at("max_size"))
    figures = [(type_, baseline_mbps(type_)) for type_ in instances.instance_types]
    for type_, figure in figures:
        if figure is None:
            return Unknown(Why.NOT_MODELLED, f"the baseline bandwidth of {type_}", instances.source.at())
    if not figures:
        return Unknown(Why.NO_VALUE, f"the instance type of {name}", instances.source.at())
    return max(figure for _, figure in figures if figure is not None) * instances.max_size / 1000
