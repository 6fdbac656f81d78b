"""ECSNET_301: a high-bandwidth tier does not hang on a single NAT gateway.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-connecting-vpc.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from checkov_ecs_endpoints.catalog.instances import baseline_mbps
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import EndpointType, Forwarder, NatGateway, Network
from checkov_ecs_endpoints.model.workloads import Workload
from checkov_ecs_endpoints.reasoning.bandwidth import Tier, computed, declared, listed
from checkov_ecs_endpoints.reasoning.costs import compared
from checkov_ecs_endpoints.reasoning.hubs import gateways_behind
from checkov_ecs_endpoints.reasoning.onward import way_to_nat
from checkov_ecs_endpoints.reasoning.origins import (
    Origin,
    application_interfaces,
    host_interfaces,
    origins,
)
from checkov_ecs_endpoints.reasoning.routing import Exit, WayOut, table_of
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.trips import failed, passed, undecided, where
from checkov_ecs_endpoints.settings import Nat, Settings
from checkov_ecs_endpoints.values import Truth, Unknown, every

PARAMETERS = frozenset({"ceiling_gbps", "fargate_vcpus"})


Gateway: TypeAlias = NatGateway | Forwarder
"""A NAT gateway or a NAT instance (facts C11)."""

_Computed: TypeAlias = dict[tuple[tuple[str, ...], tuple[str, ...]], Tier]
"""What is computed of the workloads behind a gateway: those that count for certain, and the others."""


@dataclass(frozen=True, slots=True)
class Outlets:
    """The NAT gateways that the subnets of a workload route to.

    ``unclear`` is set where some subnet's way out is not known. ``beside`` are the steps about
    gateway endpoints, whose traffic goes through no NAT gateway.
    """

    gateways: tuple[Gateway, ...]
    steps: tuple[Step, ...]
    unclear: Unknown | None
    beside: tuple[Step, ...] = ()

    @property
    def single(self) -> Truth:
        """Whether all of it goes through one zonal gateway."""
        if len(self.gateways) > 1:
            return False
        if not self.gateways:
            return False if self.unclear is None else self.unclear
        gateway = self.gateways[0]
        regional = gateway.regional if isinstance(gateway, NatGateway) else False
        if regional is True:
            return False
        return self.unclear or (regional if isinstance(regional, Unknown) else True)


def nat_not_shared(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails a high-bandwidth tier whose private subnets all route to one zonal NAT gateway."""
    foreign = parameters.keys() - PARAMETERS
    if foreign:
        raise ValueError(f"no such parameter: {', '.join(sorted(foreign))}")
    figures = Nat(
        ceiling_gbps=_figure(parameters, "ceiling_gbps", settings.nat.ceiling_gbps),
        fargate_vcpus=_figure(parameters, "fargate_vcpus", settings.nat.fargate_vcpus),
    )
    all_outlets = [(workload, _outlets(estate.network, workload)) for workload in estate.workloads]
    peaks: _Computed = {}
    for workload, mine in all_outlets:
        sharing = [(other, outlets) for other, outlets in all_outlets if _share(mine, outlets)]
        tier = _tier(workload, sharing or [(workload, mine)], settings, figures, peaks)
        others = sorted(other.source.address for other, _ in sharing if other is not workload)
        verdict = _judge(workload, mine, others, tier, figures)
        if verdict is not None:
            yield verdict


def _judge(
    workload: Workload,
    mine: Outlets,
    others: list[str],
    tier: Tier,
    figures: Nat,
) -> Verdict | None:
    if not mine.gateways and mine.unclear is None:
        return None
    if tier.high is False or (isinstance(tier.high, Unknown) and mine.single is False):
        return None
    evidence = (*tier.steps, *mine.steps, *mine.beside)
    if mine.single is False:
        names = ", ".join(sorted(gateway.source.address for gateway in mine.gateways))
        return passed(workload, f"{workload.source.address}: its NAT is {names}", evidence)
    for truth in (tier.high, mine.single):
        if isinstance(truth, Unknown):
            where_from = workload.source.step(
                f"whether it is a tier behind one gateway depends on {truth.subject}"
            )
            return undecided(workload, truth, (*evidence, where_from))
    gateway = mine.gateways[0]
    what = "NAT gateway" if isinstance(gateway, NatGateway) else "NAT instance"
    details = [
        _limit(gateway, figures),
        "give each subnet a NAT gateway of its own, or take the heavy services off it with VPC endpoints",
        *([] if mine.beside else [f"Amazon S3 and DynamoDB: {compared('s3')}"]),
    ]
    if others:
        details.insert(1, f"it shares {gateway.source.address} with {listed(others)}")
    cause = f"{gateway.source.address}: the only way out of a high-bandwidth tier"
    step = gateway.source.step(f"{gateway.source.address} is the only, zonal {what} on its routes")
    return failed(workload, cause, tuple(details), (*evidence, step))


def _limit(gateway: Gateway, figures: Nat) -> str:
    """What one gateway carries (facts C1).

    An instance carries its own bandwidth, and 5 Gbit/s to the internet if it is small (facts C11):
    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-network-bandwidth.html
    """
    if isinstance(gateway, NatGateway):
        guides = "the Amazon ECS guide says 45, the Amazon VPC guide 100"
        return f"one NAT gateway is taken to carry {figures.ceiling_gbps:g} Gbit/s ({guides})"
    type_ = gateway.instance_type
    mbps = baseline_mbps(type_) if isinstance(type_, str) else None
    own = f", {mbps / 1000:g} Gbit/s of baseline" if mbps is not None else ""
    sentence = f"a NAT instance carries what its instance type does{own}"
    return f"{sentence}, and at most 5 Gbit/s to the internet below 32 vCPUs"


def _tier(
    workload: Workload,
    sharing: list[tuple[Workload, Outlets]],
    settings: Settings,
    figures: Nat,
    peaks: _Computed,
) -> Tier:
    """Whether it is a high-bandwidth tier, by its owner's word or with what it shares a gateway with."""
    tier = declared(workload, settings.high_bandwidth)
    if tier.high is True:
        return tier
    certain: list[Workload] = []
    others: list[Workload] = []
    for other, outlets in sharing:
        counts = other is workload or (outlets.single is True and other.exists is True)
        (certain if counts else others).append(other)
    key = tuple(other.id for other in certain), tuple(other.id for other in others)
    if key not in peaks:
        peaks[key] = computed(certain, others, figures.ceiling_gbps, figures.fargate_vcpus)
    peak = peaks[key]
    return peak if peak.high is True or tier.high is False else tier


def _share(one: Outlets, other: Outlets) -> bool:
    return any(mine.id == gateway.id for mine in one.gateways for gateway in other.gateways)


def _outlets(network: Network, workload: Workload) -> Outlets:
    gateways: dict[str, Gateway] = {}
    steps: list[Step] = []
    beside: list[Step] = []
    unclear: Unknown | None = None
    for interfaces in (application_interfaces(workload), host_interfaces(workload)):
        listed = origins(network, interfaces)
        unclear = unclear or listed.rest
        for origin in listed:
            way = way_to_nat(network, origin.subnet)
            gateway = _gateway(network, way)
            if isinstance(way.exit, Unknown):
                unclear = unclear or way.exit
            elif way.exit is Exit.HUB:
                unclear = unclear or gateways_behind(network, way)
            if gateway is None:
                continue
            public = gateway.public if isinstance(gateway, NatGateway) else True
            truth = every([origin.interfaces.exists, gateway.exists, public])
            if isinstance(truth, Unknown):
                unclear = unclear or truth
            if truth is True:
                gateways[way.gateway] = gateway
                steps += [where(workload, origin), *way.steps]
                beside += _beside(network, origin)
    distinct = tuple(dict.fromkeys(steps)), tuple(dict.fromkeys(beside))
    return Outlets(tuple(gateways.values()), distinct[0], unclear, distinct[1])


def _gateway(network: Network, way: WayOut) -> Gateway | None:
    if way.exit is Exit.NAT_GATEWAY:
        return network.nat_gateways[way.gateway]
    return network.forwarders[way.gateway] if way.exit is Exit.NAT_INSTANCE else None


def _beside(network: Network, origin: Origin) -> Iterator[Step]:
    """The gateway endpoints on the route table of a subnet, which take bandwidth off the NAT gateway."""
    table, _ = table_of(network, origin.subnet)
    for endpoint in network.endpoints.values():
        if isinstance(table, Unknown) or endpoint.type is not EndpointType.GATEWAY:
            continue
        if endpoint.exists is True and table.id in endpoint.tables.items:
            name = endpoint.source.address
            service = endpoint.service if isinstance(endpoint.service, str) else "its service"
            sentence = f"traffic to {service} goes through {name}, not through the NAT gateway"
            yield endpoint.source.step(sentence, "tables")


def _figure(parameters: Mapping[str, object], name: str, default: float) -> float:
    value = parameters.get(name, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
        raise ValueError(f"{name} is a number above zero, not {value!r}")
    return float(value)
