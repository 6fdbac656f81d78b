"""How the tasks of a workload are launched: launch type, capacity providers, instances.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Configuration
from checkov_ecs_endpoints.lowering.fields import Field
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.reading import members, number, string, unclear
from checkov_ecs_endpoints.lowering.workloads.clusters import Cluster, Clusters
from checkov_ecs_endpoints.lowering.workloads.fleets import Fleet, joins
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage, declarations
from checkov_ecs_endpoints.lowering.workloads.machines import fleets
from checkov_ecs_endpoints.lowering.workloads.placements import Placements
from checkov_ecs_endpoints.lowering.workloads.providers import Provider
from checkov_ecs_endpoints.lowering.workloads.roles import Roles
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.workloads import Capacity, InstanceSet, Launch
from checkov_ecs_endpoints.values import Location, Reference, Truth, Unknown, Value, Why, every, some

_LAUNCH_TYPES = {
    "FARGATE": Capacity.FARGATE,
    "EC2": Capacity.EC2,
    "EXTERNAL": Capacity.EXTERNAL,
    "MANAGED_INSTANCES": Capacity.MANAGED_INSTANCES,
}
_FARGATE_PROVIDERS = ("FARGATE", "FARGATE_SPOT")


@dataclass(frozen=True, slots=True)
class ClusterCapacity:
    """What a configuration gives a cluster: its providers and its default strategy."""

    cluster: Field
    providers: Listing[Value]
    strategy: Listing[Declared]
    exists: Truth

    @classmethod
    def of(cls, declared: Declared, cluster: Field, language: WorkloadLanguage) -> ClusterCapacity:
        """What a resource gives the cluster that a value means."""
        providers = declared.field("providers")
        return cls(
            cluster,
            members(providers.value, providers.place),
            declared.blocks("strategy", language.strategy_item),
            declared.exists,
        )


def capacity_map(
    configuration: Configuration, index: Index, language: WorkloadLanguage, placements: Placements
) -> CapacityMap:
    """All clusters of a configuration with their capacity."""
    found = fleets(index, language, placements, Roles.of(configuration, index, language))
    clusters = tuple(declarations(index, language.cluster))
    return CapacityMap(
        Clusters(index, tuple(Cluster(one.resource, one.field("name").value) for one in clusters)),
        tuple(
            Provider.of(one, language, placements, found)
            for one in declarations(index, language.capacity_provider)
        ),
        (
            *(
                ClusterCapacity.of(one, one.field("cluster"), language)
                for one in declarations(index, language.cluster_capacity)
            ),
            *(
                ClusterCapacity.of(one, Field(Reference(one.id), one.block.place), language)
                for one in clusters
            ),
        ),
        found,
    )


@dataclass(frozen=True, slots=True)
class CapacityMap:
    """All capacity of a configuration, and the launches that follow from it."""

    clusters: Clusters
    providers: tuple[Provider, ...] = ()
    associations: tuple[ClusterCapacity, ...] = ()
    fleets: tuple[Fleet, ...] = ()
    _cache: dict[str, Listing[InstanceSet]] = field(default_factory=dict, compare=False)

    def launches(
        self, launch_type: Field, strategy: Listing[Declared], cluster: Field, source: Source
    ) -> Listing[Launch]:
        """All ways in which tasks may be launched.

        "If a launchType is specified, the capacityProviderStrategy parameter must be
        omitted. If no capacityProviderStrategy or launchType is specified, the
        defaultCapacityProviderStrategy for the cluster is used":
        https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
        """
        if strategy:
            return self._by_strategy(strategy, source)
        if launch_type.value is None:
            return self._by_default(cluster, source)
        kind = string(launch_type.value, launch_type.place)
        if isinstance(kind, Unknown):
            return Listing((), kind)
        if kind not in _LAUNCH_TYPES:
            return Listing((), unclear(launch_type.value, f"the launch type {kind}", launch_type.place))
        return Listing((self._launch(_LAUNCH_TYPES[kind], cluster, _pointing(source, launch_type.place)),))

    def _launch(self, capacity: Capacity, cluster: Field, source: Source) -> Launch:
        if capacity is Capacity.EC2:
            return Launch(capacity=capacity, source=source, instances=self._instances(cluster))
        if capacity is Capacity.MANAGED_INSTANCES:
            unknown = Unknown(
                Why.UNSUPPORTED, "managed instances without a capacity provider", source.location
            )
            return Launch(capacity=capacity, source=source, instances=Listing((), unknown))
        return Launch(capacity=capacity, source=source)

    def _by_strategy(self, strategy: Listing[Declared], source: Source) -> Listing[Launch]:
        found: list[Launch] = []
        rest = strategy.rest
        for item, used in _used(strategy.items):
            launch = self._of_provider(item.field("provider"), source)
            if isinstance(launch, Unknown):
                rest = rest or launch
                continue
            launch = replace(launch, exists=every((launch.exists, used)))
            if launch not in found:
                found.append(launch)
        return Listing(tuple(found), rest)

    def _of_provider(self, provider: Field, source: Source) -> Launch | Unknown:
        value = provider.value
        here = _pointing(source, provider.place)
        if value in _FARGATE_PROVIDERS:
            return Launch(capacity=Capacity.FARGATE, source=here)
        for known in self.providers:
            if known.is_meant_by(value):
                return Launch(
                    capacity=known.capacity,
                    source=here,
                    instances=known.instances,
                    exists=known.resource.exists,
                )
        if isinstance(value, str):
            return Unknown(Why.OUTSIDE, f"the capacity provider {value}", provider.place)
        return unclear(value, "a capacity provider", provider.place)

    def _by_default(self, cluster: Field, source: Source) -> Listing[Launch]:
        link = self.clusters.link(cluster)
        if isinstance(link, Unknown):
            note = "neither launch type nor provider is set: the default strategy of the cluster applies"
            return Listing((), replace(link, note=link.note or note))
        possible: Unknown | None = None
        found: list[Launch] = []
        for association in self.associations:
            target = self.clusters.link(association.cluster)
            if isinstance(target, Unknown):
                named_elsewhere = isinstance(association.cluster.value, str)
                possible = possible if named_elsewhere else possible or target
            elif target == link and association.strategy:
                launches = self._by_strategy(association.strategy, source)
                exists = association.exists
                if exists is True:
                    return launches
                found.extend(replace(item, exists=every((item.exists, exists))) for item in launches)
                possible = possible or launches.rest or _open(exists)
        if possible is not None and not found:
            return Listing((), possible)
        # Without a default strategy, tasks run on the container instances of the cluster.
        fallback = True if possible is None else possible
        ec2 = Launch(
            capacity=Capacity.EC2, source=source, instances=self._instances(cluster), exists=fallback
        )
        return Listing((*found, ec2))

    def _instances(self, cluster: Field) -> Listing[InstanceSet]:
        """The container instances that are registered in a cluster.

        "Unless a cluster is specified, an instance registers in the default cluster":
        https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-agent-config.html
        """
        link = self.clusters.link(cluster)
        if isinstance(link, Unknown):
            return Listing(
                (), Unknown(link.why, f"the container instances of {link.subject}", link.origin, link.note)
            )
        if link not in self._cache:
            self._cache[link] = self._registered_in(link)
        return self._cache[link]

    def _registered_in(self, cluster: str) -> Listing[InstanceSet]:
        found: list[InstanceSet] = []
        rest: Unknown | None = None
        taken: set[str] = set()
        for provider in self.providers:
            clusters = self._clusters_of(provider)
            if provider.capacity is not Capacity.EC2 or not clusters:
                continue
            if provider.fleet is not None:
                taken.add(provider.fleet)
            if cluster in clusters:
                found.extend(item for item in provider.instances if item not in found)
                rest = rest or provider.instances.rest
        meant = next(item for item in self.clusters.clusters if item.resource.id == cluster)
        for fleet in self.fleets:
            if fleet.resource.id in taken:
                continue
            member = joins(fleet, meant)
            if member is True:
                found.append(fleet.instances)
            elif isinstance(member, Unknown):
                rest = rest or member
        if not found and rest is None:
            address = meant.resource.address
            rest = Unknown(
                Why.OUTSIDE,
                f"the container instances of {address}",
                meant.resource.location,
                "no Auto Scaling group or instance here says that it joins this cluster",
            )
        return Listing(tuple(found), rest)

    def _clusters_of(self, provider: Provider) -> set[str]:
        """The clusters that a provider is associated with."""
        found: set[str] = set()
        for association in self.associations:
            target = self.clusters.link(association.cluster)
            listed = [
                *association.providers,
                *(item.field("provider").value for item in association.strategy),
            ]
            if isinstance(target, str) and any(map(provider.is_meant_by, listed)):
                found.add(target)
        return found


def _used(items: tuple[Declared, ...]) -> list[tuple[Declared, Truth]]:
    """The items of a strategy that tasks may be placed with, and whether they certainly are.

    "Any capacity providers with a weight of 0 can't be used to place tasks", the base
    apart; the default of both is 0:
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
    """
    counts = [
        (item, some((_positive(item.field("weight")), _positive(item.field("base"))))) for item in items
    ]
    # A strategy of zeros is refused, or its only provider is used: nothing else can run.
    return [(item, used) for item, used in counts if used is not False] or [(item, True) for item in items]


def _positive(field: Field) -> Truth:
    amount = 0 if field.value is None else number(field.value, field.place)
    return amount if isinstance(amount, Unknown) else amount > 0


def _open(exists: Truth) -> Unknown | None:
    return exists if isinstance(exists, Unknown) else None


def _pointing(source: Source, place: Location) -> Source:
    return Source(source.address, place)
