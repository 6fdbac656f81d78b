"""Which addresses a range covers, as far as destinations and sources of traffic ask."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, collapse_addresses, ip_network
from typing import TypeAlias

Block: TypeAlias = IPv4Network | IPv6Network

ANY_IPV4 = IPv4Network("0.0.0.0/0")
ANY_IPV6 = IPv6Network("::/0")


def block(text: str) -> Block | None:
    """The range that a CIDR text names, host bits ignored as AWS does; None if it is none."""
    try:
        return ip_network(text, strict=False)
    except ValueError:
        return None


def within(inner: Block, outer: Block) -> bool:
    """Whether every address of ``inner`` is in ``outer``."""
    if isinstance(inner, IPv4Network) and isinstance(outer, IPv4Network):
        return inner.subnet_of(outer)
    if isinstance(inner, IPv6Network) and isinstance(outer, IPv6Network):
        return inner.subnet_of(outer)
    return False


def overlap(one: Block, other: Block) -> bool:
    """Whether two ranges share an address."""
    return one.version == other.version and one.overlaps(other)


def everywhere(blocks: Iterable[Block]) -> set[int]:
    """The IP versions (4, 6) whose whole address space the ranges cover together.

    So ``0.0.0.0/1`` and ``128.0.0.0/1`` count as ``0.0.0.0/0`` (facts D9).
    """
    blocks = list(blocks)
    covered: set[int] = set()
    if ANY_IPV4 in collapse_addresses(b for b in blocks if isinstance(b, IPv4Network)):
        covered.add(4)
    if ANY_IPV6 in collapse_addresses(b for b in blocks if isinstance(b, IPv6Network)):
        covered.add(6)
    return covered


def is_public(range_: Block) -> bool:
    """Whether a range holds any public address (one that an AWS service could have)."""
    return range_.is_global or range_.prefixlen < 8
