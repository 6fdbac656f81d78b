"""What VPC Block Public Access leaves of the ways to the internet (facts B19).

Source: https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
"""

from __future__ import annotations

from collections.abc import Sequence

from checkov_ecs_endpoints.model.barriers import AccessExclusion, BlockMode
from checkov_ecs_endpoints.model.network import AccessBlock, Network, Subnet
from checkov_ecs_endpoints.reasoning.answers import YES, Answer, all_of
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every, negate, some


def lets_out(network: Network, subnets: Sequence[Subnet], direct: bool) -> Answer:
    """Whether traffic gets out to the internet that passes through these subnets on its way.

    ``direct`` says that it goes straight to an internet gateway, which ``block-ingress`` stops
    too: it leaves NAT gateways and egress-only internet gateways alone.
    """
    first = subnets[0]
    if isinstance(first.vpc, Unknown):
        return Answer(first.vpc, "") if network.access_blocks else YES
    return all_of(
        _passes(network, block, subnets, direct) for block in network.access_blocks if block.vpc == first.vpc
    )


def _passes(network: Network, block: AccessBlock, subnets: Sequence[Subnet], direct: bool) -> Answer:
    mode = block.mode
    stops: Truth = (
        mode
        if isinstance(mode, Unknown)
        else mode is BlockMode.BIDIRECTIONAL or (direct and mode is BlockMode.INGRESS)
    )
    excluded = [_excluded(network, subnet, direct) for subnet in subnets]
    if True in excluded and False in excluded:
        subject = "whether an exclusion of one subnet alone lets its traffic through another one"
        excluded = [Unknown(Why.UNDOCUMENTED, subject, block.source.at())]
    blocked = every([block.exists, stops, negate(every(excluded))])
    sentence = f"{block.source.address} blocks the traffic of the VPC to and from the internet"
    return Answer(negate(blocked), sentence, (block.source.step(sentence, "mode"),)) if blocked else YES


def _excluded(network: Network, subnet: Subnet, direct: bool) -> Truth:
    return some(
        every([exclusion.exists, _names(exclusion, subnet), not direct or _both_ways(exclusion)])
        for exclusion in network.access_exclusions
    )


def _names(exclusion: AccessExclusion, subnet: Subnet) -> Truth:
    for link, id_ in ((exclusion.vpc, subnet.vpc), (exclusion.subnet, subnet.id)):
        if isinstance(link, Unknown) or link == id_:
            return link if isinstance(link, Unknown) else True
    return False


def _both_ways(exclusion: AccessExclusion) -> Truth:
    if exclusion.both_ways is not False:
        return exclusion.both_ways
    subject = "whether allow-egress lets out what goes straight to an internet gateway"
    return Unknown(Why.UNDOCUMENTED, subject, exclusion.source.at())
