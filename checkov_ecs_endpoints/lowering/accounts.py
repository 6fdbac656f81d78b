"""Where a value names the account, or the organization, that a resource is deployed to."""

from __future__ import annotations

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.origins import origin, pseudo_parameter
from checkov_ecs_endpoints.model.accounts import OWN_ACCOUNT, OWN_ORGANIZATION
from checkov_ecs_endpoints.values import Reference, Text, Unknown, Value, text


def with_own_accounts(value: Value, resource: Resource, index: Index) -> Value:
    """The value as the model has it: with the account that ECS and the resource are in by one name.

    Data sources say it of their provider configuration, so only where all are of one:
    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/caller_identity
    """
    if isinstance(value, dict):
        return {key: with_own_accounts(item, resource, index) for key, item in value.items()}
    if isinstance(value, list):
        return [with_own_accounts(item, resource, index) for item in value]
    if isinstance(value, Text):
        return text([_named(part, resource, index) for part in value.parts])
    if isinstance(value, Unknown) and _is_of(value, "aws_organizations_organization", resource, index):
        return OWN_ORGANIZATION
    return _named(value, resource, index) if isinstance(value, Reference) else value


def _named(part: str | Reference | Unknown, resource: Resource, index: Index) -> str | Reference | Unknown:
    if not isinstance(part, Reference):
        return part
    own = _is_of(part, "aws_caller_identity", resource, index) and part.attribute in (
        ("account_id",),
        ("id",),
    )
    return OWN_ACCOUNT if own or pseudo_parameter(part) == "AWS::AccountId" else part


def _is_of(value: Reference | Unknown, type_: str, resource: Resource, index: Index) -> bool:
    """Whether a value is of a data source that is read with the provider of the resource and of ECS."""
    found = origin(value, index)
    if found is None or found.type != type_ or not found.is_data or found.resource is None:
        return False
    ecs = (
        one.provider
        for key, resources in index.by_type.items()
        if key.startswith("aws_ecs_")
        for one in resources
    )
    return bool(resource.provider) and {resource.provider} == {found.resource.provider, *ecs}
