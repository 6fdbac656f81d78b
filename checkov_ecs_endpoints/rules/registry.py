"""The operators of the policies: the names that the YAML uses, and what answers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.destinations import destinations_limited
from checkov_ecs_endpoints.rules.egress import egress_limited
from checkov_ecs_endpoints.rules.endpoint_doors import groups_admit
from checkov_ecs_endpoints.rules.endpoint_names import private_dns_on
from checkov_ecs_endpoints.rules.endpoint_policies import policy_allows, policy_narrows
from checkov_ecs_endpoints.rules.endpoint_tables import gateway_on_tables
from checkov_ecs_endpoints.rules.endpoint_zones import in_every_zone
from checkov_ecs_endpoints.rules.endpoints import reaches_by_endpoint, reaches_others_by_endpoint
from checkov_ecs_endpoints.rules.nat import nat_not_shared
from checkov_ecs_endpoints.rules.placement import not_public
from checkov_ecs_endpoints.rules.startup import starts
from checkov_ecs_endpoints.rules.zones import nat_in_same_zone
from checkov_ecs_endpoints.settings import Settings

Operator: TypeAlias = Callable[[Estate, str, Mapping[str, object], Settings], Iterable[Verdict]]
"""(estate, what is judged, the policy's parameters, settings) -> verdicts.

Raises ValueError for an attribute or parameter that the operator does not have.
"""

OPERATORS: Mapping[str, Operator] = {
    "ecs_starts": starts,
    "ecs_reaches_by_endpoint": reaches_by_endpoint,
    "ecs_reaches_others_by_endpoint": reaches_others_by_endpoint,
    "ecs_endpoint_private_dns_on": private_dns_on,
    "ecs_endpoint_groups_admit": groups_admit,
    "ecs_gateway_endpoint_on_tables": gateway_on_tables,
    "ecs_endpoint_in_every_zone": in_every_zone,
    "ecs_endpoint_policy_narrows": policy_narrows,
    "ecs_endpoint_policy_allows": policy_allows,
    "ecs_nat_not_shared": nat_not_shared,
    "ecs_nat_in_same_zone": nat_in_same_zone,
    "ecs_egress_limited": egress_limited,
    "ecs_destinations_limited": destinations_limited,
    "ecs_not_public": not_public,
}
