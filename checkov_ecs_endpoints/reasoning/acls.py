"""Network ACLs: stateless, ordered, first match wins.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
"""

from __future__ import annotations

from checkov_ecs_endpoints.model.network import AclEntry, Cidr, Network, NetworkAcl, Subnet
from checkov_ecs_endpoints.reasoning.addresses import ANY_IPV4, Block, block, is_public, overlap, within
from checkov_ecs_endpoints.reasoning.answers import YES, Answer
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every

HTTPS = (443, 443)
REPLIES = (32768, 60999)
"""The ports that Linux opens connections from, so those that replies come back to."""


def lets_https_pass(network: Network, subnet: Subnet, remote: str | None) -> Answer:
    """Whether the ACL of a subnet lets HTTPS out to ``remote`` and the replies back in.

    ``remote`` is a CIDR text, "" for one that is not known, None for the internet.
    """
    acl = _acl_of(network, subnet)
    if acl is None:
        return YES
    if isinstance(acl, Unknown):
        return Answer(acl, f"{subnet.source.address}: its network ACL is not known")
    far = ANY_IPV4 if remote is None else block(remote)
    truth = every([_passes(acl, True, far, HTTPS), _passes(acl, False, far, REPLIES)])
    if truth is True:
        return YES
    where = "the internet" if remote is None else (remote or "the endpoint")
    step = acl.source.step(f"network ACL {acl.source.address} does not let HTTPS to {where} out and back")
    return Answer(truth, f"{acl.source.address}: HTTPS to {where} does not pass", (step,))


def _acl_of(network: Network, subnet: Subnet) -> NetworkAcl | Unknown | None:
    unclear: Unknown | None = None
    for acl in network.acls.values():
        if subnet.id in acl.subnets.items:
            return acl if acl.exists is True else acl.exists  # type: ignore[return-value]
        unclear = unclear or acl.subnets.rest
        unclear = unclear or next((link for link in acl.subnets if isinstance(link, Unknown)), None)
    if unclear is not None:
        return unclear
    default = [acl for acl in network.acls.values() if acl.is_default and acl.vpc == subnet.vpc]
    return default[0] if default else None


def _passes(acl: NetworkAcl, egress: bool, far: Block | None, ports: tuple[int, int]) -> Truth:
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
