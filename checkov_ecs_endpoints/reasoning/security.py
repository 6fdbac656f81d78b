"""Security groups: which are in effect, what they let out, and what they let in.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import (
    Cidr,
    CustomerPrefixList,
    GroupMembers,
    Network,
    Peer,
    PrefixListOf,
    Rule,
    SecurityGroup,
    Subnet,
)
from checkov_ecs_endpoints.reasoning.addresses import Block, block, everywhere, is_public, overlap, within
from checkov_ecs_endpoints.reasoning.answers import YES, Answer
from checkov_ecs_endpoints.reasoning.dispositions import Disposition
from checkov_ecs_endpoints.reasoning.subnets import ranges_of
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every, some

HTTPS = 443


@dataclass(frozen=True, slots=True)
class Groups:
    """The security groups in effect on an interface; ``rest`` if there may be others."""

    items: tuple[SecurityGroup, ...]
    rest: Unknown | None
    by_default: bool = False

    @property
    def names(self) -> str:
        """The groups for a sentence."""
        listed = (
            ", ".join(group.source.address for group in self.items) or "security groups that are not known"
        )
        return f"{listed} (the VPC's default group, since none is given)" if self.by_default else listed

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the groups that are certainly in effect."""
        return frozenset(group.id for group in self.items)


def groups_in_effect(network: Network, given: Listing[Link], vpc: Link) -> Groups:
    """The groups that are given, or the default group of the VPC when none is (facts D7)."""
    if not given:
        if isinstance(vpc, Unknown):
            return Groups((), vpc, True)
        return Groups((network.groups[network.vpcs[vpc].default_group],), None, True)
    known = [network.groups[link] for link in given if isinstance(link, str)]
    unknown = next((link for link in given if isinstance(link, Unknown)), None)
    maybe = next((group.exists for group in known if isinstance(group.exists, Unknown)), None)
    return Groups(tuple(known), unknown or given.rest or maybe)


def lets_out_to_internet(groups: Groups, service: str, over_ipv6: Truth = False) -> Answer:
    """Whether the groups let HTTPS out to the public addresses of an AWS service or registry.

    ``service`` is the short name whose AWS-managed prefix list counts too, or "". ``over_ipv6``
    says that what is no AWS service may be reached over IPv6 as well.
    """
    rules = [rule for group in groups.items for rule in group.egress]
    anywhere = 4 in everywhere(
        found
        for rule in rules
        if rule.exists is True and _carries_https(rule) is True
        for found in blocks_of(rule.peer)
    )
    if anywhere:
        return YES
    what = f"the public addresses of {service}" if service else "the internet"
    return _out(groups, _some_rule(groups, lambda peer: _reaches_public(peer, service, over_ipv6)), what)


def blocks_of(peer: Peer) -> list[Block]:
    """The address ranges that a peer certainly holds."""
    if isinstance(peer, CustomerPrefixList):
        return [found for entry in peer.entries for found in blocks_of(entry)]
    found = block(peer.block) if isinstance(peer, Cidr) else None
    return [] if found is None else [found]


def lets_out_to_interface(
    groups: Groups, endpoint_groups: Groups, places: Iterable[tuple[Block, ...]], what: str
) -> Answer:
    """Whether the groups let HTTPS out to an interface endpoint, for each place it has interfaces in."""
    truths = [
        _some_rule(groups, lambda peer, wanted=wanted: _is_among(peer, endpoint_groups, wanted))  # type: ignore[misc]
        for wanted in places
    ]
    truth = every(truths)
    if truth is False and some(truths) is not False:
        truth = Unknown(Why.NOT_MODELLED, f"which of the interfaces of {what} a connection takes")
    return _out(groups, truth, what)


def lets_in(network: Network, groups: Groups, sources: Groups, subnet: Subnet, what: str) -> Answer:
    """Whether the groups of an endpoint admit HTTPS from interfaces of a subnet (facts B9)."""
    truths: list[Truth] = []
    wanted = ranges_of(network, subnet)
    for group in groups.items:
        found = some(_matches(rule, lambda peer: _is_among(peer, sources, wanted)) for rule in group.ingress)
        if found is True:
            return Answer(True, "", (group.source.step(f"{group.source.address} admits TCP 443 from it"),))
        truths += [found, *(unknown for unknown in (group.ingress.rest, group.handed_over) if unknown)]
    truth = some([*truths, *([groups.rest] if groups.rest else [])])
    word, brief = ("has no rule that lets", "no") if truth is False else ("is not known to let", "perhaps no")
    missing = f"{word} TCP 443 in to {what} from {sources.names} in {subnet.source.address}"
    steps = tuple(group.source.step(f"{group.source.address} {missing}", "ingress") for group in groups.items)
    # Workloads often have groups of their own: those that one endpoint shuts out have one cause.
    cause = f"{groups.names}: {brief} TCP 443 in from the workload"
    return Answer(truth, cause, steps, Disposition.DENIED_BY_SECURITY_GROUP)


def _some_rule(groups: Groups, reaches: Callable[[Peer], Truth]) -> Truth:
    truths: list[Truth] = []
    for group in groups.items:
        truths += [_matches(rule, reaches) for rule in group.egress]
        truths += [unknown for unknown in (group.egress.rest, group.handed_over) if unknown]
    return some([*truths, *([groups.rest] if groups.rest else [])])


def _out(groups: Groups, truth: Truth, what: str) -> Answer:
    if truth is True:
        return YES
    word, brief = ("lets no", "no") if truth is False else ("is not known to let", "perhaps no")
    steps = tuple(
        group.source.step(f"{group.source.address} {word} TCP 443 out to {what}{because(group)}", "egress")
        for group in groups.items
    )
    carries = some(_carries_https(rule) for group in groups.items for rule in group.egress)
    # Without any egress on the port there is one cause, whatever it is for.
    cause = f"{groups.names}: {brief} egress on TCP 443" + (
        "" if truth is False and carries is False else f" to {what}"
    )
    return Answer(truth, cause, steps, Disposition.DENIED_BY_SECURITY_GROUP)


def because(group: SecurityGroup) -> str:
    """Why a group's egress is what it is where no rule says so, in brackets."""
    return f" ({group.egress_from})" if group.egress_from else ""


def _matches(rule: Rule, reaches: Callable[[Peer], Truth]) -> Truth:
    return every([rule.exists, _carries_https(rule), reaches(rule.peer)])


def _carries_https(rule: Rule) -> Truth:
    if isinstance(rule.protocol, Unknown):
        return rule.protocol
    if rule.protocol not in ("tcp", "-1"):
        return False
    if rule.ports is None or isinstance(rule.ports, Unknown):
        return True if rule.ports is None else rule.ports
    return rule.ports[0] <= HTTPS <= rule.ports[1]


def _reaches_public(peer: Peer, service: str, over_ipv6: Truth) -> Truth:
    if isinstance(peer, Unknown):
        return peer
    if isinstance(peer, GroupMembers):
        return False
    if isinstance(peer, PrefixListOf):
        return peer.service == service
    if isinstance(peer, CustomerPrefixList):
        found = some(_reaches_public(entry, service, over_ipv6) for entry in peer.entries)
        return peer.entries.rest if found is False and peer.entries.rest else found
    range_ = block(peer.block)
    if range_ is None or not is_public(range_):
        return False
    if range_.version == 6:
        # The services' default host names resolve to IPv4 addresses (facts A.6), others may not.
        return every(
            [not service, over_ipv6, Unknown(Why.UNDOCUMENTED, "which registries IPv6 alone reaches")]
        )
    # A part of the address space may or may not hold the addresses of the service.
    return True if range_.prefixlen == 0 else _unsure(peer)


def _unsure(peer: Cidr) -> Unknown:
    return Unknown(Why.NOT_MODELLED, f"whether the addresses of the service lie in {peer.block}")


def _is_among(peer: Peer, groups: Groups, wanted: tuple[Block, ...]) -> Truth:
    """Whether a peer holds interfaces with these groups, and all addresses of these ranges."""
    if isinstance(peer, Unknown):
        return peer
    if isinstance(peer, GroupMembers):
        if peer.group in groups.ids:
            return True
        return groups.rest if groups.rest is not None else False
    if isinstance(peer, PrefixListOf):
        return False
    if isinstance(peer, CustomerPrefixList):
        found = some(_is_among(entry, groups, wanted) for entry in peer.entries)
        return peer.entries.rest if found is False and peer.entries.rest else found
    range_ = block(peer.block)
    if range_ is None or range_.version == 6:
        return False
    if range_.prefixlen == 0 or (wanted and all(within(one, range_) for one in wanted)):
        return True
    if wanted and not any(overlap(one, range_) for one in wanted):
        return False
    return Unknown(Why.AFTER_APPLY, f"whether {peer.block} holds the addresses of the subnet")
