"""What is known of a subnet: its VPC, and ranges that hold its addresses."""

from __future__ import annotations

from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.model.network import Network, Subnet, Vpc
from checkov_ecs_endpoints.reasoning.addresses import Block, block
from checkov_ecs_endpoints.values import Unknown


def vpc_of(network: Network, subnet: Subnet) -> Vpc | Unknown:
    """The VPC of a subnet."""
    return network.vpcs[subnet.vpc] if isinstance(subnet.vpc, str) else subnet.vpc


def ranges_of(network: Network, subnet: Subnet) -> tuple[Block, ...]:
    """IPv4 ranges that hold every address of a subnet: its own, else its VPC's; none if not known."""
    own = block(subnet.cidr)
    return ranges_of_vpc(network, subnet.vpc) if own is None else (own,)


def ranges_of_vpc(network: Network, vpc: Link) -> tuple[Block, ...]:
    """All IPv4 ranges of a VPC, none if they are not all known."""
    if isinstance(vpc, Unknown) or network.vpcs[vpc].cidrs.rest is not None:
        return ()
    found = (block(text) for text in network.vpcs[vpc].cidrs)
    return tuple(range_ for range_ in found if range_ is not None and range_.version == 4)
