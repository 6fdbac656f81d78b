"""Host names of services in a VPC: whether they resolve, and who else may answer them.

Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html
"""

from __future__ import annotations

import re

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.model.network import DnsInfluence, DnsKind, Network, Subnet
from checkov_ecs_endpoints.reasoning.answers import YES, Answer
from checkov_ecs_endpoints.reasoning.dispositions import Disposition
from checkov_ecs_endpoints.reasoning.subnets import vpc_of
from checkov_ecs_endpoints.values import Truth, Unknown, Why

_IN_REGION = re.compile(r"(?P<host>.+)\.[a-z]{2,}(?:-[a-z]+)+-\d\.[a-z.]+")


def resolve(network: Network, subnet: Subnet) -> Answer:
    """Whether host names resolve at all in the VPC of a subnet (facts B5)."""
    vpc = vpc_of(network, subnet)
    if isinstance(vpc, Unknown):
        return Answer(vpc, f"{subnet.source.address}: its VPC is not known")
    if vpc.dns_support is True or vpc.custom_dns is not None:
        return YES
    off = f"{vpc.source.address}: DNS support is {off_or_not_known(vpc.dns_support)}"
    step = vpc.source.step(off, "dns_support")
    return Answer(vpc.dns_support, off, (step,), Disposition.NAME_NOT_RESOLVED)


def off_or_not_known(setting: Truth) -> str:
    """How a setting that is not certainly on completes "private DNS is ..."."""
    return "not known to be on" if isinstance(setting, Unknown) else "off"


def answered_by(network: Network, vpc: Link, service: str) -> DnsInfluence | None:
    """What else may answer the host name of a service in a VPC (facts B16)."""
    for influence in network.dns:
        here = influence.vpc == vpc or isinstance(influence.vpc, Unknown) or isinstance(vpc, Unknown)
        if here and influence.kind is not DnsKind.FIREWALL and _may_hold(influence.domain, service):
            return influence
    return None


def what_it_answers(influence: DnsInfluence) -> Unknown:
    """Why it cannot be told where a name leads that something else may answer."""
    subject = f"what {influence.source.address} answers"
    return Unknown(Why.NOT_MODELLED, subject, influence.source.at())


def _may_hold(domain: str | Unknown, service: str) -> bool:
    """Whether the host name of a service, or of one of its resources, may lie in a domain (facts B17)."""
    match = None if isinstance(domain, Unknown) else _IN_REGION.fullmatch(domain.rstrip("."))
    if match is None:
        return True
    found, wanted = f".{match['host']}", f".{services()[service].host}"
    return found.endswith(wanted) or wanted.endswith(found)
