"""ECSNET_203: a gateway endpoint is on every route table that needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Endpoint, EndpointType, Network, RouteTable
from checkov_ecs_endpoints.model.workloads import Workload
from checkov_ecs_endpoints.reasoning.needs import needs_of
from checkov_ecs_endpoints.reasoning.routing import leads_to_internet_gateway, table_of
from checkov_ecs_endpoints.results import Outcome, Verdict
from checkov_ecs_endpoints.rules.trips import Trip, trips
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Truth, Unknown, every, negate, some


def gateway_on_tables(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails a gateway endpoint that is missing from a route table of a private subnet that needs it."""
    network = estate.network
    for endpoint in network.endpoints.values():
        if endpoint.type is EndpointType.GATEWAY and isinstance(endpoint.service, str):
            verdict = _judge(estate, endpoint)
            if verdict is not None:
                yield verdict


def _judge(estate: Estate, endpoint: Endpoint) -> Verdict | None:
    network = estate.network
    unclear: Verdict | None = None
    good: tuple[Workload, tuple[Step, ...]] | None = None
    for workload, trip in _private_trips(estate, endpoint):
        if isinstance(trip.origin, Unknown):
            continue
        public, _ = leads_to_internet_gateway(network, trip.origin.subnet)
        table, steps = table_of(network, trip.origin.subnet)
        evidence = (*trip.steps(workload), *steps)
        if isinstance(table, Unknown):
            unclear = unclear or _undecided(endpoint, workload, table, evidence)
            continue
        on = _covers(network, endpoint, table)
        handed: Truth = True if table.handed_over is None else table.handed_over
        missing = every(
            [trip.need.certain, endpoint.exists, workload.exists, negate(public), negate(on), handed]
        )
        if missing is True:
            name = endpoint.source.address
            cause = f"{name}: not on {table.source.address}, the route table of {trip.origin.name}"
            listed = ", ".join(
                sorted(network.tables[t].source.address for t in endpoint.tables if isinstance(t, str))
            )
            step = endpoint.source.step(f"{name} is on {listed or 'no route table'}", "tables")
            detail = f"{workload.source.address} needs {endpoint.service} from {trip.origin.name}"
            return Verdict(Outcome.FAILED, endpoint.id, workload.id, cause, (detail,), (*evidence, step))
        if isinstance(missing, Unknown):
            unclear = unclear or _undecided(endpoint, workload, missing, evidence)
        elif on is True and public is not True:
            good = good or (workload, evidence)
    if unclear is not None or good is None:
        return unclear
    workload, evidence = good
    cause = f"{endpoint.source.address}: on the route tables of the workloads that need it"
    return Verdict(Outcome.PASSED, endpoint.id, workload.id, cause, (), evidence)


def _private_trips(estate: Estate, endpoint: Endpoint) -> Iterator[tuple[Workload, Trip]]:
    """The trips in the endpoint's VPC that need its service, private or perhaps private."""
    for workload in estate.workloads:
        needs = [need for need in needs_of(workload) if need.service == endpoint.service]
        for trip in trips(estate.network, workload, needs):
            if isinstance(trip.origin, Unknown) or trip.origin.subnet.vpc != endpoint.vpc:
                continue
            if leads_to_internet_gateway(estate.network, trip.origin.subnet)[0] is not True:
                yield workload, trip


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


def _undecided(
    endpoint: Endpoint, workload: Workload, reason: Unknown, evidence: tuple[Step, ...]
) -> Verdict:
    cause = f"{endpoint.source.address}: {reason.subject}"
    return Verdict(Outcome.UNKNOWN, endpoint.id, workload.id, cause, (str(reason),), evidence, reason)
