"""ECSNET_402: something limits where traffic to the internet may go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import DnsKind, Network, NetworkAcl
from checkov_ecs_endpoints.model.workloads import Workload
from checkov_ecs_endpoints.reasoning.acls import acl_of
from checkov_ecs_endpoints.reasoning.answers import Answer
from checkov_ecs_endpoints.reasoning.destinations import (
    VERSIONS,
    Traffic,
    acl_lets_anywhere,
    groups_let_anywhere,
    is_for,
    kinds_of_traffic,
    open_edge,
)
from checkov_ecs_endpoints.reasoning.origins import Interfaces, Origin, application_interfaces, origins
from checkov_ecs_endpoints.reasoning.paths import Path, paths
from checkov_ecs_endpoints.reasoning.proxies import proxied
from checkov_ecs_endpoints.reasoning.security import Groups, because, blocks_of
from checkov_ecs_endpoints.reasoning.subnets import vpc_of
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.trips import failed, of_some, of_workloads, passed, undecided, where
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every, negate, some


@dataclass(frozen=True, slots=True)
class _Way:
    """The traffic of one subnet over one IP version: whether it reaches the internet, and anything there.

    ``vpc`` names its VPC, which what is missing would be for, and which workloads share.
    """

    reaches: Truth
    anywhere: Truth
    steps: tuple[Step, ...]
    vpc: str = ""


def destinations_limited(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails a workload whose traffic gets to the internet while nothing on its way limits destinations."""
    return of_workloads(estate, _judge)


def _judge(network: Network, workload: Workload) -> Verdict | None:
    interfaces = application_interfaces(workload)
    judged = [(one, _ways(network, workload, one)) for one in interfaces]
    ways = [way for _, listed in judged for way in listed]
    unclear = interfaces.rest or next((listed.rest for _, listed in judged if listed.rest), None)
    if unclear is None and all(way.reaches is False for way in ways):
        return None
    seen = [
        (one.exists, some([*(way.anywhere for way in listed), listed.rest or False]))
        for one, listed in judged
    ]
    truth = of_some(seen, interfaces.rest)
    name = workload.source.address
    if truth is True:
        found = next(way for way in ways if way.anywhere is True)
        detail = "gateways cannot limit destinations; a firewall, DNS firewall, proxy or security group can"
        cause = f"{found.vpc}: nothing limits where traffic to the internet goes"
        return failed(workload, cause, (detail,), found.steps)
    if isinstance(truth, Unknown):
        steps = next((way.steps for way in ways if way.anywhere == truth), ())
        depends = workload.source.step(f"whether its traffic can go anywhere depends on {truth.subject}")
        return undecided(workload, truth, (*steps, depends))
    leading = [way for way in ways if way.reaches is not False]
    evidence = tuple(dict.fromkeys(step for way in leading for step in way.steps))
    return passed(workload, f"{name}: where its traffic to the internet goes is limited", evidence)


def _ways(network: Network, workload: Workload, one: Interfaces) -> Listing[_Way]:
    places = origins(network, Listing((one,)))
    found = [
        _way(network, workload, origin, version)
        for origin in places
        for version in VERSIONS
        if version == 4 or origin.ipv6_address() is not False
    ]
    return Listing(tuple(found), places.rest)


def _way(network: Network, workload: Workload, origin: Origin, version: int) -> _Way:
    """All paths of a subnet as one: what is true of each of them, else not known."""
    ways = [_along(network, workload, origin, path, version) for path in paths(network, origin, version)]
    if not ways:
        return _Way(False, False, ())
    reaches = _alike([way.reaches for way in ways], origin)
    anywhere = _alike([way.anywhere for way in ways], origin)
    shown = [way for way in ways if way.anywhere == anywhere] or ways
    steps = tuple(dict.fromkeys(step for way in shown for step in way.steps))
    vpc = vpc_of(network, origin.subnet)
    return _Way(reaches, anywhere, steps, origin.name if isinstance(vpc, Unknown) else vpc.source.address)


def _alike(truths: list[Truth], origin: Origin) -> Truth:
    if all(truth == truths[0] for truth in truths):
        return truths[0]
    subject = f"which way the traffic of {origin.name} takes"
    several = Unknown(Why.NOT_MODELLED, subject, origin.subnet.source.at())
    return next((truth for truth in truths if isinstance(truth, Unknown)), several)


def _along(network: Network, workload: Workload, origin: Origin, path: Path, version: int) -> _Way:
    start = (where(workload, origin), *path.steps)
    if path.reaches is False:
        return _Way(False, False, start)
    filters = _filters(network, origin, path, version)
    limits = [*path.limits, filters, _names(network, origin), proxied(workload)]
    limited = some(limit.truth for limit in limits)
    anywhere = every([path.reaches, negate(limited)])
    if anywhere is True:
        anywhere = open_edge(network, origin) or True
    decisive = [limit for limit in limits if limit.truth is True] if limited is True else limits
    return _Way(path.reaches, anywhere, (*start, *(step for limit in decisive for step in limit.steps)))


def _filters(network: Network, origin: Origin, path: Path, version: int) -> Answer:
    """Whether security groups and network ACLs leave no kind of traffic that can go anywhere."""
    groups = origin.groups(network)
    subnets = (origin.subnet, *path.subnets)
    acls = [found for subnet in subnets if isinstance(found := acl_of(network, subnet), NetworkAcl)]
    kinds = list(kinds_of_traffic(groups, acls, version))
    by_groups = {kind: groups_let_anywhere(groups, kind) for kind in kinds}
    truths = {
        kind: every([by_groups[kind], *(acl_lets_anywhere(network, subnet, kind) for subnet in subnets)])
        for kind in kinds
    }
    anywhere = some(truths.values())
    if anywhere is True:
        kind = next(kind for kind in kinds if truths[kind] is True)
        return Answer(False, "", _opening(groups, kind))
    if isinstance(anywhere, Unknown):
        return Answer(anywhere, "", _steps(groups, f"whether its egress names destinations: {anywhere}"))
    if some(by_groups.values()) is False:
        return Answer(True, "", _steps(groups, "it allows no destination beyond what its rules name"))
    limiting = tuple(
        acl.source.step(f"{acl.source.address} limits destinations") for acl in dict.fromkeys(acls)
    )
    return Answer(True, "", limiting)


def _steps(groups: Groups, sentence: str) -> tuple[Step, ...]:
    return tuple(group.source.step(sentence + because(group), "egress") for group in groups.items)


def _opening(groups: Groups, kind: Traffic) -> tuple[Step, ...]:
    """The steps about the rules that let traffic of a kind go anywhere."""
    return tuple(
        rule.source.step(f"its egress allows {kind} to any destination{because(group)}")
        for group in groups.items
        for rule in group.egress
        if is_for(rule, kind) and any(found.prefixlen <= 1 for found in blocks_of(rule.peer))
    )


def _names(network: Network, origin: Origin) -> Answer:
    """Whether a DNS firewall of the VPC blocks names (facts D11)."""
    vpc = origin.subnet.vpc
    truths: list[Truth] = []
    steps: list[Step] = []
    for influence in network.dns:
        here = (
            True if influence.vpc == vpc else influence.vpc if isinstance(influence.vpc, Unknown) else False
        )
        blocks: Truth = False
        if influence.kind is DnsKind.FIREWALL:
            blocks = influence.blocks
        elif influence.kind is DnsKind.PROFILE:
            # A profile may carry rule groups of DNS firewalls.
            subject = f"whether {influence.source.address} has a DNS firewall"
            blocks = Unknown(Why.NOT_MODELLED, subject, influence.source.at())
        truth = every([influence.exists, here, blocks])
        if truth is not False:
            word = "blocks names" if truth is True else "may block names"
            steps.append(influence.source.step(f"{influence.source.address} {word} in the VPC"))
        truths.append(truth)
    if some(truths) is False:
        step = origin.subnet.source.step(f"no DNS firewall that blocks names is for the VPC of {origin.name}")
        return Answer(False, "", (step,))
    return Answer(some(truths), "", tuple(steps))
