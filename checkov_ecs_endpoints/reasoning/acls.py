"""Network ACLs: stateless, ordered, first match wins.

Traffic within a subnet passes none. Source:
https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
"""

from __future__ import annotations

from collections.abc import Iterable

from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.model.network import AclEntry, Cidr, Network, NetworkAcl, Subnet
from checkov_ecs_endpoints.reasoning.addresses import ANY_IPV4, Block, block, is_public, overlap, within
from checkov_ecs_endpoints.reasoning.answers import YES, Answer, all_of
from checkov_ecs_endpoints.reasoning.dispositions import Disposition
from checkov_ecs_endpoints.reasoning.subnets import ranges_of
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every

HTTPS = (443, 443)
REPLIES = (32768, 60999)
"""The ports that Linux opens connections from, so those that replies come back to."""

NAT_REPLIES = (1024, 65535)
"""https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html."""


def lets_out(network: Network, subnet: Subnet) -> Answer:
    """Whether the ACL of a subnet lets HTTPS out to the internet, and the replies back in."""
    return _lets(network, subnet, (ANY_IPV4,), "to public addresses", True, REPLIES)


def lets_between(network: Network, subnet: Subnet, other: Subnet) -> Answer:
    """Whether the ACLs of two subnets let HTTPS pass from the first to the second, and the replies back."""
    if subnet.id == other.id:
        return YES
    here, there = subnet.source.address, other.source.address
    return all_of(
        [
            _lets(network, subnet, ranges_of(network, other), f"to {there}", True, REPLIES),
            _lets(network, other, ranges_of(network, subnet), f"from {here}", False, REPLIES),
        ]
    )


def lets_nat_pass(network: Network, subnet: Subnet, inside: tuple[Block, ...]) -> Answer:
    """Whether the ACL of a NAT gateway's subnet lets HTTPS through, and the replies back.

    ``inside`` are the ranges that it comes from, none where that is the same subnet.
    """
    served = [_lets(network, subnet, inside, "from inside", False, REPLIES)] if inside else []
    return all_of([_lets(network, subnet, (ANY_IPV4,), "to the internet", True, NAT_REPLIES), *served])


def may_stop(network: Network, vpc: Link) -> bool:
    """Whether a VPC has network ACLs that may stop something; the default one of AWS stops nothing."""
    return any(acl.vpc == vpc or isinstance(acl.vpc, Unknown) for acl in network.acls.values())


def _lets(
    network: Network, subnet: Subnet, far: Iterable[Block], where: str, out: bool, replies: tuple[int, int]
) -> Answer:
    """Whether HTTPS passes the ACL of a subnet, ``out`` of it or into it, and the replies the other way."""
    acl = acl_of(network, subnet)
    if acl is None:
        return YES
    if isinstance(acl, Unknown):
        return Answer(acl, f"{subnet.source.address}: its network ACL is not known")
    ranges: list[Block | None] = [*far]
    truth = every(
        passes
        for one in ranges or [None]
        for passes in (_passes(acl, out, one, HTTPS), _passes(acl, not out, one, replies))
    )
    if truth is True:
        return YES
    word, brief = ("does not let", "does not") if truth is False else ("is not known to let", "may not")
    step = acl.source.step(f"network ACL {acl.source.address} {word} HTTPS {where} and the replies pass")
    cause = f"{acl.source.address}: HTTPS {where} {brief} pass"
    return Answer(truth, cause, (step,), Disposition.DENIED_BY_NETWORK_ACL)


def acl_of(network: Network, subnet: Subnet) -> NetworkAcl | Unknown | None:
    """The ACL of a subnet, which is one of its VPC's."""
    unclear: Unknown | None = None
    for acl in network.acls.values():
        if isinstance(acl.vpc, str) and isinstance(subnet.vpc, str) and acl.vpc != subnet.vpc:
            continue
        if subnet.id in acl.subnets.items:
            return acl.exists if isinstance(acl.exists, Unknown) else acl
        unclear = unclear or acl.subnets.rest
        unclear = unclear or next((link for link in acl.subnets if isinstance(link, Unknown)), None)
    if unclear is not None:
        return unclear
    default = [acl for acl in network.acls.values() if acl.is_default]
    for acl in default:
        if acl.vpc == subnet.vpc:
            return acl
        if isinstance(subnet.vpc, Unknown) or isinstance(acl.vpc, Unknown):
            return subnet.vpc if isinstance(subnet.vpc, Unknown) else acl.vpc  # type: ignore[return-value]
    return None


def _passes(acl: NetworkAcl, egress: bool, far: Block | None, ports: tuple[int, int]) -> Truth:
    """Whether all traffic to or from ``far`` passes in one direction; None stands for a range not known."""
    unclear = acl.entries.rest
    possible: set[bool] = set()
    for entry in sorted(acl.entries, key=_order):
        if entry.egress is not (not egress) and _concerns(entry, far, ports):
            allow = entry.allow
            if isinstance(allow, Unknown):
                return allow
            possible.add(allow)
            certain = entry.exists is True and entry.egress is egress and isinstance(entry.number, int)
            if certain and _covers(entry, far, ports):
                break
    else:
        possible.add(False)
    if len(possible) == 1 and unclear is None:
        return possible.pop()
    subject = f"which entry of {acl.source.address} decides"
    return unclear or Unknown(Why.NOT_MODELLED, subject, acl.source.at())


def _order(entry: AclEntry) -> int:
    return entry.number if isinstance(entry.number, int) else 0


def _concerns(entry: AclEntry, far: Block | None, ports: tuple[int, int]) -> bool:
    """Whether the entry may match some of the traffic."""
    if isinstance(entry.protocol, str) and entry.protocol not in ("-1", "tcp"):
        return False
    if isinstance(entry.ports, tuple) and (entry.ports[1] < ports[0] or entry.ports[0] > ports[1]):
        return False
    range_ = block(entry.block.block) if isinstance(entry.block, Cidr) else None
    if range_ is not None and range_.version == 6:
        return False
    if range_ is not None and far is ANY_IPV4:
        return is_public(range_)
    return range_ is None or far is None or overlap(range_, far)


def _covers(entry: AclEntry, far: Block | None, ports: tuple[int, int]) -> bool:
    """Whether the entry certainly matches all of the traffic."""
    if isinstance(entry.protocol, Unknown) or isinstance(entry.ports, Unknown):
        return False
    if entry.ports is not None and not (entry.ports[0] <= ports[0] and ports[1] <= entry.ports[1]):
        return False
    range_ = block(entry.block.block) if isinstance(entry.block, Cidr) else None
    if range_ is None:
        return False
    return range_.prefixlen == 0 or (far is not None and within(far, range_))
