"""ECSNET_202: the security groups of an interface endpoint admit the workloads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Endpoint, EndpointType, Network
from checkov_ecs_endpoints.reasoning.answers import Answer
from checkov_ecs_endpoints.reasoning.endpoints import lets_workload_in
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.endpoint_uses import Kinds, Use, judged, not_seen
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Unknown


def groups_admit(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails an interface endpoint whose groups do not admit TCP 443 from a workload that needs it.

    What the workload's own groups let out is not asked: that is mended at the workload.
    """
    return judged(
        estate,
        Kinds((EndpointType.INTERFACE,)),
        _admits,
        "its security groups admit the workloads on TCP 443",
    )


def _admits(network: Network, endpoint: Endpoint, use: Use) -> Answer:
    if isinstance(use.origin, Unknown):
        return not_seen(endpoint, use.origin)
    return lets_workload_in(network, endpoint, use.origin)
