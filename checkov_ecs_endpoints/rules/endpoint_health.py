"""ECSNET_203: a gateway endpoint is on every route table that needs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Endpoint, EndpointType, Network, RouteTable
from checkov_ecs_endpoints.model.workloads import Workload
from checkov_ecs_endpoints.reasoning.endpoints import in_region_of
from checkov_ecs_endpoints.reasoning.needs_of_workloads import needs_of
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.routing import leads_to_internet_gateway, table_of
from checkov_ecs_endpoints.reasoning.subnets import vpc_of
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
    verdicts = [
        verdict
        for workload, trip, origin in _private_trips(estate, endpoint)
        if (verdict := _judge_trip(estate.network, endpoint, workload, trip, origin)) is not None
    ]
    for outcome in (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED):
        found = next((verdict for verdict in verdicts if verdict.outcome is outcome), None)
        if found is not None:
            return _with_unknown_subnets(estate, endpoint) or found if outcome is Outcome.PASSED else found
    return None


def _with_unknown_subnets(estate: Estate, endpoint: Endpoint) -> Verdict | None:
    """Undecided where a workload that may be in the VPC has subnets that are not known."""
    for workload in estate.workloads:
        asked = list(_trips(estate, workload, endpoint))
        vpcs = {trip.origin.subnet.vpc for trip in asked if isinstance(trip.origin, Origin)}
        for trip in asked:
            if isinstance(trip.origin, Unknown) and (endpoint.vpc in vpcs or not vpcs):
                return _undecided(endpoint, workload, trip.origin, trip.steps(workload))
    return None


def _judge_trip(
    network: Network, endpoint: Endpoint, workload: Workload, trip: Trip, origin: Origin
) -> Verdict | None:
    concerned = in_region_of(network, endpoint, trip.need, origin).truth
    if concerned is False:
        return None
    public, _ = leads_to_internet_gateway(network, origin.subnet)
    table, steps = table_of(network, origin.subnet)
    evidence = (*trip.steps(workload), *steps)
    if isinstance(table, Unknown):
        return _undecided(endpoint, workload, table, evidence)
    on = _covers(network, endpoint, table)
    needed = [trip.need.certain, trip.need.doubt or True, concerned, workload.exists]
    missing = every([*needed, negate(public), negate(on), _closed(network, origin, table)])
    name = endpoint.source.address
    if isinstance(missing, Unknown):
        return _undecided(endpoint, workload, missing, evidence)
    if not missing:
        cause = f"{name}: on the route tables of the workloads that need it"
        return Verdict(Outcome.PASSED, endpoint.id, workload.id, cause, (), evidence)
    cause = f"{name}: not on {table.source.address}, the route table of {origin.name}"
    listed = ", ".join(
        sorted(network.tables[t].source.address for t in endpoint.tables if isinstance(t, str))
    )
    step = endpoint.source.step(f"{name} is on {listed or 'no route table'}", "tables")
    detail = f"{workload.source.address} needs {endpoint.service} from {origin.name}"
    return Verdict(Outcome.FAILED, endpoint.id, workload.id, cause, (detail,), (*evidence, step))


def _closed(network: Network, origin: Origin, table: RouteTable) -> Truth:
    """Whether nothing outside the files may put an endpoint on the table (design 3, open edges)."""
    vpc = vpc_of(network, origin.subnet)
    handed = vpc if isinstance(vpc, Unknown) else vpc.handed_over
    return handed or table.handed_over or True


def _private_trips(estate: Estate, endpoint: Endpoint) -> Iterator[tuple[Workload, Trip, Origin]]:
    """The trips in the endpoint's VPC that need its service, private or perhaps private."""
    for workload in estate.workloads:
        for trip in _trips(estate, workload, endpoint):
            if isinstance(trip.origin, Unknown) or trip.origin.subnet.vpc != endpoint.vpc:
                continue
            if leads_to_internet_gateway(estate.network, trip.origin.subnet)[0] is not True:
                yield workload, trip, trip.origin


def _trips(estate: Estate, workload: Workload, endpoint: Endpoint) -> Iterator[Trip]:
    needs = [need for need in needs_of(workload) if need.service == endpoint.service]
    return trips(estate.network, workload, needs)


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
