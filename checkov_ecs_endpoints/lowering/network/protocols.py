"""Protocols and ports of rules, as security groups and network ACLs write them.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
"""

from __future__ import annotations

from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.values import Unknown, Why

ALL = "-1"
_NAMES = {"all": ALL, "any": ALL, "6": "tcp", "17": "udp", "1": "icmp", "icmpv6": "58"}
_ALL_PORTS = (0, 65535)


def protocol(rule: Declared) -> str | Unknown:
    """The protocol of a rule by the model's names."""
    text = rule.text("protocol")
    if text is None:
        return Unknown(Why.INVALID, f"the protocol of {rule.address}", rule.block.place, "it is not set")
    return text if isinstance(text, Unknown) else _NAMES.get(text.lower(), text.lower())


def ports(rule: Declared, protocol: str | Unknown) -> tuple[int, int] | Unknown | None:
    """The ports of a rule. Only TCP and UDP have any: the range of others is of ICMP types, or ignored.

    So a range says nothing where the protocol, which may be all of them, is not known.
    """
    if isinstance(protocol, str) and protocol not in ("tcp", "udp"):
        return None
    found = _range(rule)
    return protocol if isinstance(protocol, Unknown) and isinstance(found, tuple) else found


def _range(rule: Declared) -> tuple[int, int] | Unknown | None:
    first, last = rule.number("from"), rule.number("to")
    if first is None and last is None:
        return None
    if isinstance(first, Unknown):
        return first
    if isinstance(last, Unknown):
        return last
    if first is None or last is None or first < 0 or last < first:
        note = f"{first} to {last}"
        return Unknown(Why.INVALID, f"the port range of {rule.address}", rule.field("from").place, note)
    return None if (first, last) == _ALL_PORTS else (first, last)
