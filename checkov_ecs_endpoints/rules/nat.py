"""ECSNET_301: a high-bandwidth tier does not hang on a single NAT gateway.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-connecting-vpc.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import NatGateway, Network
from checkov_ecs_endpoints.model.workloads import Workload
from checkov_ecs_endpoints.reasoning.bandwidth import Tier, computed, declared
from checkov_ecs_endpoints.reasoning.origins import application_interfaces, host_interfaces, origins
from checkov_ecs_endpoints.reasoning.routing import Exit, way_out
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.trips import failed, passed, undecided, where
from checkov_ecs_endpoints.settings import Nat, Settings
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every

PARAMETERS = frozenset({"ceiling_gbps", "fargate_vcpus"})


@dataclass(frozen=True, slots=True)
class Outlets:
    """The NAT gateways that the subnets of a workload route to.

    ``unclear`` is set where some subnet's way out is not known.
    """

    gateways: tuple[NatGateway, ...]
    steps: tuple[Step, ...]
    unclear: Unknown | None

    @property
    def single(self) -> Truth:
        """Whether all of it goes through one zonal gateway."""
        if len(self.gateways) > 1:
            return False
        if not self.gateways:
            return False if self.unclear is None else self.unclear
        regional = self.gateways[0].regional
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
    for workload, mine in all_outlets:
        sharing = [other for other, outlets in all_outlets if _share(mine, outlets)] or [workload]
        verdict = _judge(workload, mine, sharing, settings, figures)
        if verdict is not None:
            yield verdict


def _judge(
    workload: Workload, mine: Outlets, sharing: list[Workload], settings: Settings, figures: Nat
) -> Verdict | None:
    if not mine.gateways and mine.unclear is None:
        return None
    tier = _tier(workload, sharing, settings, figures)
    if tier.high is False or (isinstance(tier.high, Unknown) and mine.single is False):
        return None
    evidence = (*tier.steps, *mine.steps)
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
    others = sorted(w.source.address for w in sharing if w is not workload)
    details = [
        f"one NAT gateway carries up to {figures.ceiling_gbps:g} Gbit/s, says the Amazon ECS guide",
        "give each subnet a NAT gateway of its own, or take the heavy services off it with VPC endpoints",
    ]
    if others:
        details.insert(1, f"it shares {gateway.source.address} with {', '.join(others)}")
    cause = f"{gateway.source.address}: the only way out of {workload.source.address}"
    step = gateway.source.step(f"{gateway.source.address} is the only, zonal NAT gateway on its routes")
    return failed(workload, cause, tuple(details), (*evidence, step))


def _tier(workload: Workload, sharing: list[Workload], settings: Settings, figures: Nat) -> Tier:
    tier = declared(workload, settings.high_bandwidth)
    if tier.high is True:
        return tier
    peak = computed(sharing, figures.ceiling_gbps, figures.fargate_vcpus)
    return peak if peak.high is True or tier.high is False else tier


def _share(one: Outlets, other: Outlets) -> bool:
    ids = {gateway.id for gateway in one.gateways}
    return any(gateway.id in ids for gateway in other.gateways)


def _outlets(network: Network, workload: Workload) -> Outlets:
    gateways: dict[str, NatGateway] = {}
    steps: list[Step] = []
    unclear: Unknown | None = None
    for interfaces in (application_interfaces(workload), host_interfaces(workload)):
        listed = origins(network, interfaces)
        unclear = unclear or listed.rest
        for origin in listed:
            way = way_out(network, origin.subnet)
            if isinstance(way.exit, Unknown):
                unclear = unclear or way.exit
            elif way.exit is Exit.HUB:
                subject = f"what lies behind {way.gateway or 'the default route'}"
                unclear = unclear or Unknown(Why.NOT_MODELLED, subject, way.steps[-1].location)
            elif way.exit is Exit.NAT_GATEWAY:
                gateway = network.nat_gateways[way.gateway]
                truth = every([origin.interfaces.exists, gateway.exists, gateway.public])
                if isinstance(truth, Unknown):
                    unclear = unclear or truth
                if truth is not True:
                    continue
                gateways[way.gateway] = gateway
                steps += [where(workload, origin), *way.steps]
    return Outlets(tuple(gateways.values()), tuple(dict.fromkeys(steps)), unclear)


def _figure(parameters: Mapping[str, object], name: str, default: float) -> float:
    value = parameters.get(name, default)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
        raise ValueError(f"{name} is a number above zero, not {value!r}")
    return float(value)
