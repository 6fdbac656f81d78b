"""Rules of security groups, one for each peer, whatever way they are written.

https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
"""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.lowering.network.protocols import ports, protocol
from checkov_ecs_endpoints.lowering.network.ranges import Ranges
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import Cidr, GroupMembers, Peer, Rule
from checkov_ecs_endpoints.values import Truth, Unknown, every

NOWHERE = frozenset({"127.0.0.1/32", "::1/128", "255.255.255.255/32"})
"""Destinations of rules that stand for having no egress rule.

"If you do not want any outbound traffic, specify 127.0.0.1/32":
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html;
AWS CDK writes 255.255.255.255/32 for ``allowAllOutbound: false``.
"""


def rules(declared: Declared, group: Link, exists: Truth, reader: Reader, ranges: Ranges) -> Iterator[Rule]:
    """The rules of one block or rule resource of a group."""
    protocol_ = protocol(declared)
    ports_ = ports(declared, protocol_)
    for word, peer, certain in _peers(declared, group, reader, ranges):
        yield Rule(
            source=declared.source(peer=word, protocol="protocol", ports="from"),
            exists=every([exists, certain]),
            peer=peer,
            protocol=protocol_,
            ports=ports_,
        )


def leads_nowhere(rule: Rule) -> bool:
    """Whether an egress rule is one of those that stand for having none."""
    return isinstance(rule.peer, Cidr) and rule.peer.block in NOWHERE


def _peers(
    declared: Declared, group: Link, reader: Reader, ranges: Ranges
) -> Iterator[tuple[str, Peer, Truth]]:
    for word in ("cidr", "ipv6"):
        for range_ in ranges.cidrs(declared, word):
            yield word, range_, True
    for range_ in ranges.prefix_lists(declared, "prefix_list"):
        yield "prefix_list", range_, True
    for word in ("group", "group_name"):
        links = declared.links(word, reader.language.groups)
        for link in _with_rest(links):
            yield word, _members(link), True
    itself = declared.truth("self", False)
    if itself is not False:
        yield "self", _members(group), itself


def _members(link: Link) -> Peer:
    return link if isinstance(link, Unknown) else GroupMembers(link)


def _with_rest(links: Listing[Link]) -> Iterator[Link]:
    yield from links
    if links.rest is not None:
        yield links.rest
