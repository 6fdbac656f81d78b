"""Whether security groups and network ACLs let traffic go anywhere, for each kind of traffic.

A rule that allows port 443 to anywhere limits ports, not destinations (facts D9).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import (
    AclEntry,
    Cidr,
    CustomerPrefixList,
    Network,
    NetworkAcl,
    Rule,
    Subnet,
)
from checkov_ecs_endpoints.reasoning.acls import acl_of
from checkov_ecs_endpoints.reasoning.addresses import Block, block, everywhere, is_public, within
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.routing import table_of
from checkov_ecs_endpoints.reasoning.security import Groups, blocks_of
from checkov_ecs_endpoints.reasoning.subnets import vpc_of
from checkov_ecs_endpoints.values import Truth, Unknown

VERSIONS = (4, 6)
"""The versions of IP."""

PROTOCOLS = ("tcp", "udp")
"""A group is open when it lets one of these out."""

EVERYTHING = CustomerPrefixList("", Listing((Cidr("0.0.0.0/0"), Cidr("::/0"))))


def open_edge(network: Network, origin: Origin) -> Unknown | None:
    """Who else has the VPC of a subnet or its routes, and may change where its traffic goes (design 3)."""
    vpc = vpc_of(network, origin.subnet)
    if isinstance(vpc, Unknown):
        return vpc
    table, _ = table_of(network, origin.subnet)
    return vpc.handed_over or (None if isinstance(table, Unknown) else table.handed_over)


@dataclass(frozen=True, slots=True)
class Traffic:
    """One kind of traffic: an IP version, a protocol, a port."""

    version: int
    protocol: str
    port: int

    def __str__(self) -> str:
        return f"IPv{self.version} {self.protocol.upper()} {self.port}"


def kinds_of_traffic(groups: Groups, acls: Iterable[NetworkAcl], version: int) -> Iterator[Traffic]:
    """One kind for every range of ports that rules and entries tell apart, HTTPS first."""
    ranges = [rule.ports for group in groups.items for rule in group.egress]
    ranges += [entry.ports for acl in acls for entry in acl.entries]
    ends = {port for one in ranges if isinstance(one, tuple) for port in (one[0], one[1] + 1)}
    ports = [443, 1, *sorted(port for port in ends if 1 <= port <= 65535 and port not in (1, 443))]
    for protocol in PROTOCOLS:
        for port in ports:
            yield Traffic(version, protocol, port)


def groups_let_anywhere(groups: Groups, traffic: Traffic) -> Truth:
    """Whether the union of security groups lets traffic of a kind out to every address."""
    rules = [rule for group in groups.items for rule in group.egress if is_for(rule, traffic)]
    certain = [rule for rule in rules if not _doubts(rule)]
    if traffic.version in everywhere(found for rule in certain for found in blocks_of(rule.peer)):
        return True
    widest = [replace(rule, peer=EVERYTHING) if holes(rule) else rule for rule in rules]
    open_edges = [groups.rest, *(group.egress.rest or group.handed_over for group in groups.items)]
    if traffic.version in everywhere(found for rule in widest for found in blocks_of(rule.peer)):
        open_edges += [doubt for rule in rules for doubt in _doubts(rule)]
    return next((doubt for doubt in open_edges if doubt is not None), False)


def holes(rule: Rule) -> Unknown | None:
    """Why it is not known which addresses the peer of a rule holds."""
    if isinstance(rule.peer, CustomerPrefixList):
        return rule.peer.entries.rest
    return rule.peer if isinstance(rule.peer, Unknown) else None


def _doubts(rule: Rule) -> list[Unknown]:
    return [one for one in (holes(rule), rule.exists, rule.protocol, rule.ports) if isinstance(one, Unknown)]


def is_for(rule: Rule | AclEntry, traffic: Traffic) -> bool:
    """Whether a rule or entry is, or may be, for traffic of a kind."""
    if isinstance(rule.protocol, str) and rule.protocol not in ("-1", traffic.protocol):
        return False
    return not isinstance(rule.ports, tuple) or rule.ports[0] <= traffic.port <= rule.ports[1]


def acl_lets_anywhere(network: Network, subnet: Subnet, traffic: Traffic) -> Truth:
    """Whether the network ACL of a subnet lets traffic of a kind out to every public address.

    The first entry that matches decides (facts D12).
    """
    acl = acl_of(network, subnet)
    if acl is None or isinstance(acl, Unknown):
        return True if acl is None else acl
    entries = [entry for entry in acl.entries if _may_concern(entry, traffic)]
    unclear = acl.entries.rest or next((doubt for entry in entries for doubt in _gaps(entry)), None)
    if unclear is None:
        return _first_match(entries, traffic.version)
    if acl.entries.rest is None and not _could_cover(entries, traffic.version):
        return False
    return unclear


def _may_concern(entry: AclEntry, traffic: Traffic) -> bool:
    found = _range(entry)
    fits = found is None or found.version == traffic.version
    return fits and entry.egress is not False and is_for(entry, traffic)


def _range(entry: AclEntry) -> Block | None:
    return block(entry.block.block) if isinstance(entry.block, Cidr) else None


def _gaps(entry: AclEntry) -> Iterator[Unknown]:
    fields = (
        entry.exists,
        entry.number,
        entry.egress,
        entry.allow,
        entry.protocol,
        entry.block,
        entry.ports,
    )
    yield from (one for one in fields if isinstance(one, Unknown))


def _first_match(entries: list[AclEntry], version: int) -> bool:
    """Whether entries that are all known let everything out; what none matches is denied."""
    allowed: list[Block] = []
    for entry in sorted(entries, key=lambda entry: entry.number if isinstance(entry.number, int) else 0):
        found = _range(entry)
        if found is None:
            continue
        if entry.allow:
            allowed.append(found)
            if version in everywhere(allowed):
                return True
        elif is_public(found) and not any(within(found, one) for one in allowed):
            return False
    return False


def _could_cover(entries: list[AclEntry], version: int) -> bool:
    """Whether everything could get out if what is not known were for the best."""
    allowing = [entry for entry in entries if entry.allow is not False]
    known = [found for entry in allowing if (found := _range(entry)) is not None]
    return len(known) < len(allowing) or version in everywhere(known)
