"""ECSNET_401: the security groups of a workload restrict where it may connect to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

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
from checkov_ecs_endpoints.reasoning.addresses import everywhere
from checkov_ecs_endpoints.reasoning.destinations import EVERYTHING, PROTOCOLS, VERSIONS, holes, open_edge
from checkov_ecs_endpoints.reasoning.origins import Interfaces, application_interfaces, origins
from checkov_ecs_endpoints.reasoning.paths import paths
from checkov_ecs_endpoints.reasoning.routing import way_out
from checkov_ecs_endpoints.reasoning.security import Groups, because, blocks_of
from checkov_ecs_endpoints.results import Outcome, Verdict
from checkov_ecs_endpoints.rules.trips import failed, of_some, of_workloads, passed, undecided
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Truth, Unknown

_WITHIN = (
    "no route leads from its subnets to the internet: what this leaves open is the network inside and what "
    "VPC endpoints reach"
)


def egress_limited(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails a workload whose effective groups together allow any destination on all ports."""
    return of_workloads(estate, _judge)


def _judge(network: Network, workload: Workload) -> Verdict | None:
    interfaces = application_interfaces(workload)
    if not interfaces:
        return None
    seen: list[tuple[Truth, Truth]] = []
    shown: list[Verdict] = []
    for one in interfaces:
        groups = one.groups(network)
        truth, rules = _open_to_anywhere(groups)
        start = one.placement.source.step(f"{workload.source.address} has {groups.names}", "groups")
        evidence = (start, *rules, *_routes(network, one))
        seen.append((one.exists, truth))
        if truth is True:
            cause = f"{groups.names}: egress to anywhere on all ports"
            detail = "nothing restricts where the tasks may connect to, as far as security groups go"
            within = (_WITHIN,) if _stays_within(network, one) else ()
            shown.append(failed(workload, cause, (detail, *within), evidence))
        elif isinstance(truth, Unknown):
            shown.append(undecided(workload, truth, evidence, f"{groups.names}: {truth.subject}"))
    truth = of_some(seen, interfaces.rest)
    if isinstance(truth, Unknown):
        matching = (verdict for verdict in shown if verdict.reason == truth)
        step = workload.source.step(f"which interfaces its traffic leaves by depends on {truth.subject}")
        return next(matching, undecided(workload, truth, (step,)))
    if truth:
        return next(verdict for verdict in shown if verdict.outcome is Outcome.FAILED)
    names = ", ".join(sorted({one.groups(network).names for one in interfaces}))
    return passed(workload, f"{names}: egress is restricted", _passing(network, interfaces.items))


def _open_to_anywhere(groups: Groups) -> tuple[Truth, list[Step]]:
    """Whether the union of the groups is open, and the rules that make it so."""
    rules = [rule for group in groups.items for rule in group.egress]
    for protocol in PROTOCOLS:
        certain = [rule for rule in rules if rule.exists is True and isinstance(rule.protocol, str)]
        certain = [
            rule for rule in certain if _is_for(rule, protocol) and not isinstance(rule.ports, Unknown)
        ]
        if _covers_everything(certain):
            return True, _opening(groups, certain)
    doubts = [groups.rest, *(group.egress.rest for group in groups.items)]
    for protocol in PROTOCOLS:
        doubts += _doubts([rule for rule in rules if _is_for(rule, protocol)])
    doubts += [group.handed_over for group in groups.items]
    return next((doubt for doubt in doubts if doubt is not None), False), []


def _doubts(rules: list[Rule]) -> list[Unknown | None]:
    """The unknowns of rules that could make them open everything."""
    widest = [rule if holes(rule) is None else replace(rule, peer=EVERYTHING) for rule in rules]
    if not _covers_everything(widest):
        return []
    return [
        truth
        for rule in rules
        for truth in (holes(rule), rule.exists, rule.protocol, rule.ports)
        if isinstance(truth, Unknown)
    ]


def _is_for(rule: Rule, protocol: str) -> bool:
    return isinstance(rule.protocol, Unknown) or rule.protocol in ("-1", protocol)


def _covers_everything(rules: list[Rule]) -> bool:
    """Whether rules together reach every address, of IPv4 or of IPv6, on every port from 1 to 65535.

    Ports that are not known count as all.
    """
    versions = {4, 6}
    for port in _ports_that_differ(rules):
        on_port = [rule for rule in rules if not isinstance(rule.ports, tuple) or _holds(rule.ports, port)]
        versions &= everywhere(found for rule in on_port for found in blocks_of(rule.peer))
    return bool(versions)


def _ports_that_differ(rules: list[Rule]) -> set[int]:
    """One port of every range that begins where some rule begins or has ended."""
    ends = {
        port for rule in rules if isinstance(rule.ports, tuple) for port in (rule.ports[0], rule.ports[1] + 1)
    }
    return {1, *(port for port in ends if 1 <= port <= 65535)}


def _holds(ports: tuple[int, int], port: int) -> bool:
    return ports[0] <= port <= ports[1]


def _opening(groups: Groups, certain: list[Rule]) -> list[Step]:
    """The steps about the widest rules; one that is not written down says whose default it is.

    Rules that let everything out alone are told, and what others add to them is not.
    """
    wide = [rule for rule in certain if _covers_everything([rule])]
    wide = wide or [rule for rule in certain if any(one.prefixlen <= 1 for one in blocks_of(rule.peer))]
    wide = wide or certain
    return [
        rule.source.step(f"its egress allows {_peer(rule.peer)} on {_ports(rule)}{because(group)}")
        for group in groups.items
        for rule in group.egress
        if rule in wide
    ]


def _ports(rule: Rule) -> str:
    if not isinstance(rule.ports, tuple):
        return "all ports"
    first, last = rule.ports
    return f"ports {first} to {last}" if first < last else f"port {first}"


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


def _stays_within(network: Network, one: Interfaces) -> bool:
    """Whether certainly no traffic of the interfaces gets to the internet."""
    places = origins(network, Listing((one,)))
    return places.rest is None and all(
        open_edge(network, origin) is None
        and all(path.reaches is False for version in VERSIONS for path in paths(network, origin, version))
        for origin in places
    )


def _passing(network: Network, interfaces: Iterable[Interfaces]) -> tuple[Step, ...]:
    return tuple(
        group.source.step(
            f"{group.source.address} allows no destination beyond what its rules name", "egress"
        )
        for one in interfaces
        for group in one.groups(network).items
    )
