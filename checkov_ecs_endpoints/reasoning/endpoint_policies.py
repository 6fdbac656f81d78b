"""What the policy of a VPC endpoint allows of what goes through it (facts B14).

Source: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
"""

from __future__ import annotations

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.model.network import Endpoint, EndpointType, Network
from checkov_ecs_endpoints.reasoning import iam
from checkov_ecs_endpoints.reasoning.answers import YES, Answer, all_of
from checkov_ecs_endpoints.reasoning.dispositions import Disposition
from checkov_ecs_endpoints.reasoning.iam_callers import SOME_REGION, Account, Caller
from checkov_ecs_endpoints.reasoning.needs import Asker, Need
from checkov_ecs_endpoints.values import Unknown, Why


def allowed_by_policy(network: Network, endpoint: Endpoint, need: Need) -> Answer:
    """Whether the policy of the endpoint allows what ECS calls through it."""
    if endpoint.policy is None:
        return YES
    service = services()[need.service]
    vpc = network.vpcs[endpoint.vpc] if isinstance(endpoint.vpc, str) else None
    region = vpc.region if vpc is not None and isinstance(vpc.region, str) else SOME_REGION
    resource = service.resource if need.service != "s3" or need.layers else "arn:aws:s3:::*"
    resource = resource.replace("{region}", region)
    caller = Caller(
        principal=Account.AWS if need.layers else Account.OWN,
        owner=Account.AWS if need.layers else None,
        gateway=endpoint.type is EndpointType.GATEWAY,
        endpoint=endpoint.id,
        vpc=endpoint.vpc,
        region=region,
    )
    actions = need.actions or service.actions
    if need.asker is Asker.ECS and actions:
        return all_of(_allows(endpoint, action, resource, caller) for action in actions)
    return _allows_some(endpoint, actions or service.calls, resource, caller)


def _allows_some(endpoint: Endpoint, actions: tuple[str, ...], resource: str, caller: Caller) -> Answer:
    """Whether a policy allows what code may call: which of its actions it calls is not known."""
    answers = [_allows(endpoint, action, resource, caller) for action in actions]
    no = next((answer for answer in answers if answer.truth is False), None)
    if no is None or all(answer.truth is False for answer in answers):
        return all_of(answers)
    subject = f"whether {endpoint.source.address} allows what the tasks call"
    return Answer(Unknown(Why.NOT_MODELLED, subject, endpoint.source.at("policy")), no.cause, no.steps)


def _allows(endpoint: Endpoint, action: str, resource: str, caller: Caller) -> Answer:
    truth = iam.allows(endpoint.policy, action, resource, caller)
    if truth is True:
        return YES
    word = "does not allow" if truth is False else "is not known to allow"
    shown = resource.replace(SOME_REGION, "<region>")
    cause = f"{endpoint.source.address}: its policy {word} {action} on {shown}"
    step = endpoint.source.step(cause, "policy")
    return Answer(truth, cause, (step,), Disposition.DENIED_BY_ENDPOINT_POLICY)
