"""Where a value names the account, the organization or the region that a resource is deployed to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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

_ID_OF = {
    "aws_caller_identity": ("account_id", OWN_ACCOUNT),
    "aws_organizations_organization": ("id", OWN_ORGANIZATION),
}
_IDS = re.compile(r"((?<![\w-])(?:\d{12}|o-[a-z0-9]{10,32})(?![\w-]))")
"""Ids of accounts and organizations, as a whole.

https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html
"""

_ABOUT = ("Principal", "NotPrincipal", "Condition")
"""Elements of a statement in which an account or organization is named as such.

In ``Resource`` it is a part of a name, which is compared as a whole.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""


def with_own(value: Value, resource: Resource, region: Region) -> Value:
    """The value as the model has it: the account, organization and region of a resource by one name each.

    Buckets of the configuration are named as such. ``region`` is that of the resource.
    """
    return _Own(resource, region, _known(resource, region.index)).named(value)


@dataclass(frozen=True, slots=True)
class _Own:
    """What is a resource's own; ``known`` are the account and organization by ids that a plan has of them."""

    resource: Resource
    region: Region
    known: Mapping[str, Reference]

    def named(self, value: Value, about: bool = False) -> Value:
        """A value with what is own by its name; ``about`` accounts, where ids stand for what has them."""
        if isinstance(value, dict):
            return {key: self.named(item, about or key in _ABOUT) for key, item in value.items()}
        if isinstance(value, list):
            return [self.named(item, about) for item in value]
        if isinstance(value, OpenList):
            return OpenList(tuple(self.named(item, about) for item in value.items), value.rest)
        if isinstance(value, Text):
            return text([part for whole in value.parts for part in self._part(whole, about)])
        if isinstance(value, Unknown) and _is_of(
            value, "aws_organizations_organization", self.resource, self.region.index
        ):
            return OWN_ORGANIZATION
        return text(self._part(value, about)) if isinstance(value, (str, Reference, Unknown)) else value

    def _part(self, part: str | Reference | Unknown, about: bool) -> Sequence[str | Reference | Unknown]:
        if isinstance(part, str):
            pieces = _IDS.split(part) if about and self.known else (part,)
            return [self.known.get(piece, piece) for piece in pieces]
        found = origin(part, self.region.index)
        if found is not None and found.resource is not None and not found.is_data:
            before = _BUCKETS.get(found.type, {}).get(found.attribute)
            if before is not None:
                return [before, own_bucket(found.resource.address)]
        if pseudo_parameter(part) == "AWS::AccountId":
            return [OWN_ACCOUNT]
        if isinstance(part, Reference) and part.attribute in (("account_id",), ("id",)):
            own = _is_of(part, "aws_caller_identity", self.resource, self.region.index)
            return [OWN_ACCOUNT if own else part]
        return [OWN_REGION if self.region.seen(part) is None else part]


def _known(resource: Resource, index: Index) -> Mapping[str, Reference]:
    """The own account and organization by the ids that a plan has of them."""
    found: dict[str, Reference] = {}
    for type_, (attribute, name) in _ID_OF.items():
        for source in index.data_of_type(type_):
            id_ = source.attributes.get(attribute)
            if isinstance(id_, str) and _IDS.fullmatch(id_) and _is_own(source, resource, index):
                found[id_] = name
    return found


def _is_of(value: Reference | Unknown, type_: str, resource: Resource, index: Index) -> bool:
    """Whether a value is of a data source that speaks of the account of a resource and of ECS."""
    found = origin(value, index)
    if found is None or found.type != type_ or not found.is_data or found.resource is None:
        return False
    return _is_own(found.resource, resource, index)


def _is_own(source: Resource, resource: Resource, index: Index) -> bool:
    """Whether a data source is read with the provider of a resource and of ECS.

    It speaks of the account of its provider configuration:
    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/caller_identity
    """
    ecs = (
        one.provider
        for key, resources in index.by_type.items()
        if key.startswith("aws_ecs_")
        for one in resources
    )
    return bool(resource.provider) and {resource.provider} == {source.provider, *ecs}
