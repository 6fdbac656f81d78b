"""Functions of IP networks.

Terraform documentation: Functions, "IP Network Functions".
"""

from __future__ import annotations

import ipaddress
import re

from checkov_ecs_endpoints.iac.terraform.faults import Invalid, Unsupported
from checkov_ecs_endpoints.iac.terraform.functions.reading import whole
from checkov_ecs_endpoints.iac.terraform.functions.registry import function
from checkov_ecs_endpoints.iac.terraform.kinds import NUMBER, STRING, strings
from checkov_ecs_endpoints.iac.terraform.scope import Inner

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_LEADING_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def _network(prefix: str) -> Network:
    """The network of a prefix; bits of the host are dropped, leading zeros allowed, as in Terraform."""
    address, slash, length = prefix.partition("/")
    if ":" not in address:
        address = _LEADING_ZEROS.sub("", address)
    try:
        if not slash or not length.isdecimal() or not length.isascii() or "%" in address:
            raise ValueError
        return ipaddress.ip_network(f"{address}/{length}", strict=False)
    except ValueError:
        raise Invalid(f'"{prefix}" is no CIDR prefix') from None


def _subnet(network: Network, bits: int, at: int) -> str:
    """A subnet by its number; what Terraform makes of numbers below zero is of no use, but no error."""
    length = network.prefixlen + bits
    if length < 0:
        raise Unsupported("a prefix of less than no bits is not worked out")
    if length > network.max_prefixlen:
        raise Invalid(f"there are not enough bits in {network} for {bits} more")
    if bits >= 0 and abs(at) >= 1 << bits:
        raise Invalid(f"{bits} bits are not enough for subnet {at}")
    start = abs(int(network.network_address) | at << (network.max_prefixlen - length))
    if start >= 1 << network.max_prefixlen:
        raise Invalid(f"{network} has no subnet {at}")
    return f"{type(network.network_address)(start)}/{length}"


@function("cidrhost", STRING, NUMBER)
def cidrhost(prefix: str, host: Inner) -> Inner:
    """An address in a network, by its number; negative numbers count from the end."""
    network = _network(prefix)
    at = whole(host, "the number of the host")
    if at < 0:
        at += network.num_addresses
    if not 0 <= at < network.num_addresses:
        raise Invalid(f"{prefix} has no host {host}")
    return str(network[at])


@function("cidrnetmask", STRING)
def cidrnetmask(prefix: str) -> Inner:
    """The netmask of an IPv4 network."""
    network = _network(prefix)
    if network.version != 4:
        raise Invalid("IPv6 networks have no netmask")
    return str(network.netmask)


@function("cidrsubnet", STRING, NUMBER, NUMBER)
def cidrsubnet(prefix: str, bits: Inner, at: Inner) -> Inner:
    """A subnet of a network, by its number."""
    return _subnet(_network(prefix), whole(bits, "the number of bits"), whole(at, "the number of the subnet"))


@function("cidrsubnets", STRING, variadic=NUMBER)
def cidrsubnets(prefix: str, *bits: Inner) -> Inner:
    """Subnets of several sizes, one after the other."""
    network = _network(prefix)
    found: list[Inner] = []
    start = int(network.network_address)
    for more in bits:
        count = whole(more, "the number of bits")
        if count < 1:
            raise Invalid("a subnet must extend the prefix by at least one bit")
        length = network.prefixlen + count
        if length > network.max_prefixlen:
            raise Invalid(f"there are not enough bits in {network} for {count} more")
        size = 1 << (network.max_prefixlen - length)
        start = -(-start // size) * size
        if start + size > int(network.network_address) + network.num_addresses:
            raise Invalid(f"there is not enough room in {network}")
        found.append(str(type(network)((start, length))))
        start += size
    return strings(found)
