"""ECSNET_101 to 110: a private workload reaches a service through an endpoint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.reasoning.needs import INTERNET
from checkov_ecs_endpoints.reasoning.needs_of_roles import what_is_open
from checkov_ecs_endpoints.reasoning.needs_of_workloads import needs_of
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.served import judge
from checkov_ecs_endpoints.settings import Settings


def reaches_by_endpoint(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails a workload when ``attribute`` is not reached through an endpoint from some private subnet.

    ``attribute`` is the name of an endpoint (``ecr.dkr``), or several separated by commas,
    of which none may be missing.
    """
    wanted = _known(name.strip() for name in attribute.split(","))
    for workload in estate.workloads:
        asked = [need for need in needs_of(workload) if need.service in wanted and not need.is_apart]
        verdict = judge(estate.network, workload, asked)
        if verdict is not None:
            yield verdict


def reaches_others_by_endpoint(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails a workload when any other service that it uses is not reached so; one finding lists them all.

    The parameter ``except`` lists the services that other policies are about; of these only
    the uses that those policies do not mean count.
    """
    if attribute != "other":
        raise ValueError(f'the attribute must be "other", not "{attribute}"')
    listed = parameters.get("except", [])
    if not isinstance(listed, list) or parameters.keys() - {"except"}:
        raise ValueError('the only parameter is "except", a list of services')
    spared = {*_known(map(str, listed)), INTERNET}
    for workload in estate.workloads:
        asked = [need for need in needs_of(workload) if need.service not in spared or need.is_apart]
        verdict = judge(estate.network, workload, asked, what_is_open(workload))
        if verdict is not None:
            yield verdict


def _known(names: Iterable[str]) -> frozenset[str]:
    wanted = frozenset(names)
    unknown = wanted - services().keys()
    if unknown:
        raise ValueError(f"no such service: {', '.join(sorted(unknown))}")
    return wanted
