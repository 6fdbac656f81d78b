"""ECSNET_204: an interface endpoint has an interface in every Availability Zone of its workloads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Endpoint, EndpointType, Network, Zone
from checkov_ecs_endpoints.reasoning.answers import Answer
from checkov_ecs_endpoints.reasoning.zones import same_zone
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.endpoint_uses import Kinds, Use, judged, not_seen
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Unknown, some


def in_every_zone(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails an interface endpoint without an interface in a zone where a workload that needs it may run.

    It is reached from there nevertheless (facts B8): what is at stake is availability and cost.
    """
    return judged(
        estate, Kinds((EndpointType.INTERFACE,)), _in_zone, "it has interfaces where its workloads run"
    )


def _in_zone(network: Network, endpoint: Endpoint, use: Use) -> Answer:
    if isinstance(use.origin, Unknown):
        return not_seen(endpoint, use.origin)
    name, subnet = endpoint.source.address, use.origin.subnet
    truths = [
        link if isinstance(link, Unknown) else same_zone(network.subnets[link], subnet)
        for link in endpoint.subnets
    ]
    rest = [endpoint.subnets.rest] if endpoint.subnets.rest is not None else []
    places = ", ".join(network.subnets[s].source.address for s in endpoint.subnets if isinstance(s, str))
    zone = subnet.source.step(f"{use.origin.name} is in {_called(subnet.zone)}", "zone")
    has = endpoint.source.step(f"{name} has interfaces in {places or 'no subnet'}", "subnets")
    # One cause for all endpoints that leave out the zone, as they mostly share their list of subnets.
    there = some([*truths, *rest])
    brief = "has no interface" if there is False else "may have no interface"
    cause = f"{use.origin.name}: its Availability Zone {brief} of the endpoint"
    return Answer(there, cause, (zone, has))


def _called(zone: Zone | Unknown) -> str:
    if isinstance(zone, Unknown):
        return "an Availability Zone that is not known"
    if zone.given is not None:
        return f"the Availability Zone of {zone.given.subject}"
    return f"Availability Zone {zone.name}" if zone.name else f"zone {zone.index} of {zone.listing}"
