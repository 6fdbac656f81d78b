"""ECSNET_201: the name of a service resolves to its interface endpoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Endpoint, EndpointType, Network
from checkov_ecs_endpoints.reasoning.answers import Answer, softened
from checkov_ecs_endpoints.reasoning.endpoints import has_private_name
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.endpoint_uses import Kinds, Use, judged
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Unknown


def private_dns_on(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails an interface endpoint whose private DNS is off, or does not work in its VPC."""
    return judged(estate, Kinds((EndpointType.INTERFACE,)), _has_private_name, "private DNS is on")


def _has_private_name(network: Network, endpoint: Endpoint, use: Use) -> Answer:
    """Something outside the files that knows the VPC may bring a hosted zone to it (facts B16)."""
    vpc = endpoint.vpc if isinstance(endpoint.vpc, Unknown) else network.vpcs[endpoint.vpc]
    answer = has_private_name(network, endpoint, vpc, use.need.service)
    return softened(answer, vpc if isinstance(vpc, Unknown) else vpc.handed_over)
