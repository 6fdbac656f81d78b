"""Where a value names the account, the organization or the region that a resource is deployed to."""

from __future__ import annotations

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.origins import origin, pseudo_parameter
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.model.own import OWN_ACCOUNT, OWN_ORGANIZATION, OWN_REGION, own_bucket
from checkov_ecs_endpoints.values import OpenList, Reference, Text, Unknown, Value, text

_BUCKETS = {
    "aws_s3_bucket": {"id": "", "bucket": "", "arn": "arn:aws:s3:::"},
    "AWS::S3::Bucket": {"": "", "Arn": "arn:aws:s3:::"},
}
"""What stands before the name of a bucket in its attributes."""


def with_own(value: Value, resource: Resource, region: Region) -> Value:
    """The value as the model has it: the account, organization and region of a resource by one name each.

    Buckets of the configuration are named as such. ``region`` is that of the resource.
    """
    if isinstance(value, dict):
        return {key: with_own(item, resource, region) for key, item in value.items()}
    if isinstance(value, list):
        return [with_own(item, resource, region) for item in value]
    if isinstance(value, OpenList):
        return OpenList(tuple(with_own(item, resource, region) for item in value.items), value.rest)
    if isinstance(value, Text):
        return text([_named(part, resource, region) for part in value.parts])
    if isinstance(value, Unknown) and _is_of(value, "aws_organizations_organization", resource, region.index):
        return OWN_ORGANIZATION
    return _named(value, resource, region) if isinstance(value, (Reference, Unknown)) else value


def _named(
    part: str | Reference | Unknown, resource: Resource, region: Region
) -> str | Reference | Text | Unknown:
    if isinstance(part, str):
        return part
    found = origin(part, region.index)
    if found is not None and found.resource is not None and not found.is_data:
        before = _BUCKETS.get(found.type, {}).get(found.attribute)
        if before is not None:
            return text((before, own_bucket(found.resource.address)))
    if pseudo_parameter(part) == "AWS::AccountId":
        return OWN_ACCOUNT
    if isinstance(part, Reference) and part.attribute in (("account_id",), ("id",)):
        return OWN_ACCOUNT if _is_of(part, "aws_caller_identity", resource, region.index) else part
    return OWN_REGION if region.seen(part) is None else part


def _is_of(value: Reference | Unknown, type_: str, resource: Resource, index: Index) -> bool:
    """Whether a value is of a data source that is read with the provider of the resource and of ECS.

    It speaks of the account of its provider configuration:
    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/caller_identity
    """
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
