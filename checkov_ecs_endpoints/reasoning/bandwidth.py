"""Which workloads are high-bandwidth tiers, and the peak that several put on one gateway.

No bandwidth figure is published for Fargate, so the peak of vCPUs stands in for it (facts
C.16); the evidence says so. Instances have a published baseline, which they keep up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from checkov_ecs_endpoints.catalog.instances import baseline_mbps
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.workloads import Capacity, InstanceSet, Launch, Workload
from checkov_ecs_endpoints.reasoning.launches import launches_of
from checkov_ecs_endpoints.settings import HighBandwidth
from checkov_ecs_endpoints.values import Reference, Text, Truth, Unknown, Value, Why, first_unknown

TIER_TAG = "ecs-endpoints:tier"
TIER_VALUE = "high-bandwidth"

_MOST = 10
"""What one finding names of what shares a gateway."""


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
    for kind, name, patterns in (
        ("", workload.name, settings.names),
        ("cluster ", workload.cluster, settings.clusters),
    ):
        for pattern in patterns:
            if isinstance(name, Unknown):
                unclear = unclear or name
            elif fnmatchcase(name, pattern):
                sentence = f"the settings call {kind}{pattern} a high-bandwidth tier"
                return Tier(True, (workload.source.step(sentence),))
    return Tier(False if unclear is None else unclear)


def computed(
    workloads: Iterable[Workload], others: Iterable[Workload], ceiling_gbps: float, fargate_vcpus: float
) -> Tier:
    """Whether workloads behind one gateway together peak at what makes a high-bandwidth tier.

    ``others`` may send some of their traffic through it, it is not known how much. Fargate: the
    vCPUs of the tasks against ``fargate_vcpus``. EC2: the baseline bandwidth of the instances
    against ``ceiling_gbps``, in Gbit/s.
    """
    certain = _Peaks.of(workloads)
    steps = certain.shown()
    if certain.vcpus >= fargate_vcpus:
        sentence = f"together {certain.vcpus:g} vCPUs, at or above {fargate_vcpus:g}: a proxy, since AWS"
        return Tier(True, (*steps, Step(f"{sentence} publishes no bandwidth for Fargate tasks")))
    if certain.gbps > ceiling_gbps:
        return Tier(True, (*steps, Step(f"together {certain.gbps:g} Gbit/s, above {ceiling_gbps:g}")))
    others = list(others)
    possible = _Peaks.of(others)
    unclear = certain.unclear or possible.unclear
    if certain.vcpus + possible.vcpus >= fargate_vcpus or certain.gbps + possible.gbps > ceiling_gbps:
        names = listed(sorted(other.source.address for other in others))
        subject = f"how much of the traffic of {names} takes the same gateway"
        unclear = unclear or next((one.exists for one in others if isinstance(one.exists, Unknown)), None)
        unclear = unclear or Unknown(Why.NOT_MODELLED, subject)
    return Tier(False if unclear is None else unclear, steps)


@dataclass(slots=True)
class _Peaks:
    """The sum of what workloads peak at; ``unclear`` is set where some part is not known.

    ``parts`` are what each adds, in vCPUs or Gbit/s, and the step that says so.
    """

    vcpus: float = 0
    gbps: float = 0
    parts: list[tuple[float, Step]] = field(default_factory=list)
    unclear: Unknown | None = None

    @classmethod
    def of(cls, workloads: Iterable[Workload]) -> _Peaks:
        """The peaks of all these workloads; instances that several run on count once."""
        peaks = cls()
        sets: dict[str, tuple[Capacity, InstanceSet]] = {}
        for workload in workloads:
            launches = launches_of(workload)
            peaks._note(_unclear_launch(workload, launches))
            if launches and all(launch.capacity is Capacity.FARGATE for launch in launches):
                peaks._add_tasks(workload)
            for launch in launches:
                if launch.exists is True:
                    for instances in launch.instances:
                        sets[instances.source.address] = (launch.capacity, instances)
        for capacity, instances in sets.values():
            peaks._add_instances(capacity, instances)
        return peaks

    def shown(self) -> tuple[Step, ...]:
        """The steps, where there are very many those that add most."""
        if len(self.parts) <= _MOST:
            return tuple(step for _, step in self.parts)
        largest = sorted(self.parts, key=lambda part: -part[0])[:_MOST]
        more = Step(f"{len(self.parts) - _MOST} more peak at less or as much each")
        return (*(step for _, step in largest), more)

    def _note(self, unclear: Unknown | None) -> None:
        self.unclear = self.unclear or unclear

    def _add_tasks(self, workload: Workload) -> None:
        size = _size(workload)
        if isinstance(size, Unknown):
            self._note(size)
            return
        count, vcpus = size
        self.vcpus += count * vcpus
        sentence = f"{workload.source.address} peaks at {count * vcpus:g} vCPUs: {count} tasks of {vcpus:g}"
        self.parts.append((count * vcpus, workload.source.step(sentence, "task_count")))

    def _add_instances(self, capacity: Capacity, instances: InstanceSet) -> None:
        name, most = instances.source.address, _most(capacity, instances)
        fastest = _fastest(instances)
        if isinstance(most, Unknown) or isinstance(fastest, Unknown):
            self._note(
                most if isinstance(most, Unknown) else fastest if isinstance(fastest, Unknown) else None
            )
            return
        type_, mbps = fastest
        self.gbps += most * mbps / 1000
        sentence = (
            f"{name} peaks at {most * mbps / 1000:g} Gbit/s: {most} {type_} of {mbps / 1000:g} baseline"
        )
        self.parts.append((most * mbps / 1000, instances.source.step(sentence, "max_size")))


def listed(names: list[str]) -> str:
    """Names for a sentence, of very many the first ones."""
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return ", ".join(names[:_MOST]) + more


def _unclear_launch(workload: Workload, launches: list[Launch]) -> Unknown | None:
    if workload.launches.rest is not None:
        return workload.launches.rest
    mixed = len({launch.capacity for launch in launches}) > 1
    subject = f"how many tasks of {workload.source.address} run on which capacity"
    for launch in launches:
        if isinstance(launch.exists, Unknown) or launch.instances.rest is not None:
            return launch.exists if isinstance(launch.exists, Unknown) else launch.instances.rest
    return Unknown(Why.AFTER_APPLY, subject, workload.source.at("launches")) if mixed else None


def _size(workload: Workload) -> tuple[int, float] | Unknown:
    """The largest number of tasks, and the vCPUs of one."""
    name = workload.source.address
    task, count = workload.task_definition, workload.task_count
    if isinstance(task, Unknown):
        return task
    if isinstance(count, Unknown):
        return count
    if isinstance(task.cpu, Unknown):
        return task.cpu
    if count is None:
        return Unknown(Why.NOT_SET, f"the number of tasks of {name}", workload.source.at("task_count"))
    if task.cpu is None:
        return Unknown(Why.NOT_SET, f"the CPU size of the tasks of {name}", task.source.at())
    return count, task.cpu / 1024


def _most(capacity: Capacity, instances: InstanceSet) -> int | Unknown:
    """The largest number of instances; that of Managed Instances is for Amazon ECS to decide."""
    if instances.max_size is not None:
        return instances.max_size
    name, place = instances.source.address, instances.source.at("max_size")
    if capacity is Capacity.MANAGED_INSTANCES:
        return Unknown(Why.AFTER_APPLY, f"the number of instances that {name} starts", place)
    return Unknown(Why.NOT_SET, f"the largest size of {name}", place)


def _fastest(instances: InstanceSet) -> tuple[str, int] | Unknown:
    """The instance type of the highest baseline bandwidth, and that in Mbit/s."""
    if instances.instance_types.rest is not None:
        return instances.instance_types.rest
    figures: list[tuple[str, int]] = []
    for type_ in instances.instance_types:
        figure = baseline_mbps(type_)
        if figure is None:
            return Unknown(Why.NOT_MODELLED, f"the baseline bandwidth of {type_}", instances.source.at())
        figures.append((type_, figure))
    if not figures:
        subject = f"the instance type of {instances.source.address}"
        return Unknown(Why.NOT_SET, subject, instances.source.at())
    return max(figures, key=lambda pair: pair[1])
