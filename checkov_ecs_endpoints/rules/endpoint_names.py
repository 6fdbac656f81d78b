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
from checkov_ecs_endpoints.values import Unknown, Why


def private_dns_on(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails an interface endpoint whose private DNS is off, or does not work in its VPC."""
    return judged(estate, Kinds((EndpointType.INTERFACE,)), _has_private_name, "private DNS is on")


def _has_private_name(network: Network, endpoint: Endpoint, use: Use) -> Answer:
    vpc = endpoint.vpc if isinstance(endpoint.vpc, Unknown) else network.vpcs[endpoint.vpc]
    answer = has_private_name(network, endpoint, vpc, use.need.service)
    if endpoint.private_dns is False:
        answer = softened(answer, _otherwise_called(endpoint, use))
        # What else knows the VPC may bring a hosted zone to it (facts B16), resolvers of its own may
        # answer with the endpoint (facts B6).
        return answer if isinstance(vpc, Unknown) else softened(answer, vpc.handed_over or vpc.custom_dns)
    return answer


def _otherwise_called(endpoint: Endpoint, use: Use) -> Unknown | None:
    """Interface endpoints for DynamoDB are called by their own names.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/privatelink-interface-endpoints.html
    """
    if use.need.service != "dynamodb":
        return None
    subject = f"whether the code calls {endpoint.source.address} by its own name"
    return Unknown(Why.NOT_MODELLED, subject, endpoint.source.at())
