"""ECSNET_203: a gateway endpoint is on every route table that needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Endpoint, EndpointType, Network, RouteTable
from checkov_ecs_endpoints.reasoning.answers import Answer, softened
from checkov_ecs_endpoints.reasoning.routing import table_of
from checkov_ecs_endpoints.reasoning.subnets import vpc_of
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.endpoint_uses import Kinds, Use, judged, not_seen
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Truth, Unknown, some

_SERVICES = frozenset(service.name for service in services().values() if service.gateway)
_GATEWAYS = Kinds((EndpointType.GATEWAY,), _SERVICES, served_once=False)


def gateway_on_tables(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails a gateway endpoint that is missing from a route table of a private subnet that needs it."""
    good = "on the route tables of the workloads that need it"
    return judged(estate, _GATEWAYS, _on_table, good)


def _on_table(network: Network, endpoint: Endpoint, use: Use) -> Answer:
    if isinstance(use.origin, Unknown):
        return not_seen(endpoint, use.origin)
    name, subnet = endpoint.source.address, use.origin.subnet
    table, steps = table_of(network, subnet)
    if isinstance(table, Unknown):
        return Answer(table, f"{name}: {table.subject}", steps)
    listed = ", ".join(
        sorted(network.tables[t].source.address for t in endpoint.tables if isinstance(t, str))
    )
    step = endpoint.source.step(f"{name} is on {listed or 'no route table'}", "tables")
    covered = _covers(network, endpoint, table)
    word = "not on" if covered is False else "not known to be on"
    cause = f"{name}: {word} {table.source.address}, the route table of {use.origin.name}"
    # Something outside the files may put an endpoint on the table (design 3, open edges).
    vpc = vpc_of(network, subnet)
    outside = vpc if isinstance(vpc, Unknown) else vpc.handed_over or table.handed_over
    return softened(Answer(covered, cause, (*steps, step)), outside)


def _covers(network: Network, endpoint: Endpoint, table: RouteTable) -> Truth:
    """Whether this gateway endpoint, or another one of its service, is on the table."""
    truths: list[Truth] = []
    for other in network.endpoints.values():
        if other.type is not EndpointType.GATEWAY or other.service != endpoint.service:
            continue
        exists = True if other is endpoint else other.exists
        if table.id in other.tables.items:
            truths.append(exists)
        unclear = other.tables.rest or next((t for t in other.tables if isinstance(t, Unknown)), None)
        if unclear is not None:
            truths.append(unclear)
    return some(truths)
