"""ECSNET_401: the security groups of a workload restrict where it may connect to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import (
    Cidr,
    CustomerPrefixList,
    Network,
    Peer,
    Rule,
)
from checkov_ecs_endpoints.model.workloads import Workload
from checkov_ecs_endpoints.reasoning.addresses import Block, block, everywhere
from checkov_ecs_endpoints.reasoning.origins import Interfaces, application_interfaces, origins
from checkov_ecs_endpoints.reasoning.routing import way_out
from checkov_ecs_endpoints.reasoning.security import Groups, because
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.trips import failed, passed, undecided
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Truth, Unknown

PROTOCOLS = ("tcp", "udp")
"""A group is open when it lets one of these out to anywhere on all ports."""


def egress_limited(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails a workload whose effective groups together allow any destination on all ports."""
    for workload in estate.workloads:
        verdict = _judge(estate.network, workload)
        if verdict is not None:
            yield verdict


def _judge(network: Network, workload: Workload) -> Verdict | None:
    interfaces = application_interfaces(workload)
    if not interfaces:
        return None
    unclear: Verdict | None = None
    for one in interfaces:
        groups = one.groups(network)
        truth, rules = _open_to_anywhere(groups)
        start = one.placement.source.step(f"{workload.source.address} has {groups.names}", "groups")
        evidence = (start, *rules, *_routes(network, one))
        if truth is True:
            cause = f"{groups.names}: egress to anywhere on all ports"
            detail = "nothing restricts where the tasks may connect to, as far as security groups go"
            return failed(workload, cause, (detail,), evidence)
        if truth is False:
            handed = next((group.handed_over for group in groups.items if group.handed_over), None)
            truth = handed if handed is not None else False
        if isinstance(truth, Unknown):
            unclear = unclear or undecided(workload, truth, evidence, f"{groups.names}: {truth.subject}")
    if unclear is not None:
        return unclear
    if interfaces.rest is not None:
        step = workload.source.step("which interfaces its traffic leaves by is not all known")
        return undecided(workload, interfaces.rest, (step,))
    names = ", ".join(sorted({one.groups(network).names for one in interfaces}))
    return passed(workload, f"{names}: egress is restricted", _passing(network, interfaces.items))


def _open_to_anywhere(groups: Groups) -> tuple[Truth, list[Step]]:
    """Whether the union of the groups is open, and the rules that make it so."""
    rules = [rule for group in groups.items for rule in group.egress]
    for protocol in PROTOCOLS:
        certain = [rule for rule in rules if rule.exists is True and _all_ports(rule, protocol) is True]
        if everywhere(found for rule in certain for found in _blocks(rule.peer)):
            return True, _opening(groups, certain)
    doubts = [groups.rest, *(group.egress.rest for group in groups.items)]
    for protocol in PROTOCOLS:
        doubts += _doubts([rule for rule in rules if _all_ports(rule, protocol) is not False], protocol)
    return next((doubt for doubt in doubts if doubt is not None), False), []


def _doubts(rules: list[Rule], protocol: str) -> list[Unknown | None]:
    """The unknowns of rules, none certainly irrelevant, that could make them open everything."""
    doubts: list[Unknown | None] = []
    for rule in rules:
        if isinstance(rule.peer, Unknown):
            doubts.append(rule.peer)
        elif isinstance(rule.peer, CustomerPrefixList):
            doubts.append(rule.peer.entries.rest)
    if everywhere(found for rule in rules for found in _blocks(rule.peer)):
        truths = [truth for rule in rules for truth in (rule.exists, _all_ports(rule, protocol))]
        doubts += [truth for truth in truths if isinstance(truth, Unknown)]
    return doubts


def _all_ports(rule: Rule, protocol: str) -> Truth:
    if isinstance(rule.protocol, Unknown):
        return rule.protocol
    if rule.protocol == "-1":
        return True
    if rule.protocol != protocol:
        return False
    if rule.ports is None or isinstance(rule.ports, Unknown):
        return True if rule.ports is None else rule.ports
    return rule.ports[0] <= 1 and rule.ports[1] >= 65535


def _blocks(peer: Peer) -> list[Block]:
    if isinstance(peer, CustomerPrefixList):
        return [found for entry in peer.entries for found in _blocks(entry)]
    found = block(peer.block) if isinstance(peer, Cidr) else None
    return [] if found is None else [found]


def _opening(groups: Groups, certain: list[Rule]) -> list[Step]:
    """The steps about the widest rules; one that is not written down says whose default it is."""
    wide = [rule for rule in certain if any(found.prefixlen <= 1 for found in _blocks(rule.peer))] or certain
    return [
        rule.source.step(f"its egress allows {_peer(rule.peer)} on all ports{because(group)}")
        for group in groups.items
        for rule in group.egress
        if rule in wide
    ]


def _peer(peer: Peer) -> str:
    if isinstance(peer, Cidr):
        return peer.block
    return (
        "a prefix list that holds every address"
        if isinstance(peer, CustomerPrefixList)
        else "any destination"
    )


def _routes(network: Network, one: Interfaces) -> tuple[Step, ...]:
    """What is known of the routes, which play no part in the verdict."""
    for origin in origins(network, Listing((one,))):
        return way_out(network, origin.subnet).steps
    return ()


def _passing(network: Network, interfaces: Iterable[Interfaces]) -> tuple[Step, ...]:
    return tuple(
        group.source.step(
            f"{group.source.address} allows no destination beyond what its rules name", "egress"
        )
        for one in interfaces
        for group in one.groups(network).items
    )
