"""ECSNET_205 and 206: the policy of an endpoint narrows what it allows, but not what ECS needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Endpoint, EndpointType, Network
from checkov_ecs_endpoints.reasoning import iam
from checkov_ecs_endpoints.reasoning.answers import YES, Answer
from checkov_ecs_endpoints.reasoning.endpoint_policies import allowed_by_policy
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.endpoint_uses import Kinds, Use, judged
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Unknown, negate

_NO_POLICY = "no endpoint policy: the default of AWS allows full access"
"""One cause for all endpoints without a policy, which are mostly all of a network."""

_TYPES = (EndpointType.INTERFACE, EndpointType.GATEWAY)


def policy_narrows(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails an endpoint with the default policy, or one as open, for a service that takes policies."""
    taking = frozenset(name for name, service in services().items() if service.takes_policy)
    good = "its policy allows less than full access"
    return judged(estate, Kinds(_TYPES, taking), _narrows, good)


def policy_allows(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails an endpoint whose policy does not allow what a workload needs from it."""
    good = "its policy allows what the workloads need"
    return judged(estate, Kinds(_TYPES), _allows, good)


def _narrows(network: Network, endpoint: Endpoint, use: Use) -> Answer:
    name = endpoint.source.address
    prefixes = {action.partition(":")[0] for action in services()[use.need.service].actions}
    truth = negate(iam.allows_everything(endpoint.policy, prefixes))
    if truth is True:
        return Answer(True, "", (endpoint.source.step(f"{name} has a policy of its own", "policy"),))
    if isinstance(truth, Unknown):
        cause, what = f"{name}: its policy is not known", "a policy that is not all known"
    elif endpoint.policy is None:
        cause, what = _NO_POLICY, "no policy, so it has AWS's default one"
    else:
        cause, what = f"{name}: its policy allows full access", "a policy of full access"
    return Answer(truth, cause, (endpoint.source.step(f"{name} has {what}", "policy"),))


def _allows(network: Network, endpoint: Endpoint, use: Use) -> Answer:
    answer = allowed_by_policy(network, endpoint, use.need)
    if answer is not YES:
        return answer
    name = endpoint.source.address
    what = "no policy, so AWS allows full access" if endpoint.policy is None else "a policy that allows it"
    return Answer(True, "", (endpoint.source.step(f"{name} has {what}", "policy"),))
