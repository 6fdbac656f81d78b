"""What policy documents name of the deployment itself, whatever the language calls it."""

from __future__ import annotations

from checkov_ecs_endpoints.values import Reference, Value

OWN_ACCOUNT = Reference("the account that is deployed to", ("id",))
"""``data.aws_caller_identity`` of the same provider, or ``AWS::AccountId``."""

OWN_REGION = Reference("the region that is deployed to", ("name",))
"""``data.aws_region`` of the same provider, or ``AWS::Region``."""

OWN_ORGANIZATION = Reference("the organization of the account that is deployed to", ("id",))
"""``data.aws_organizations_organization`` of the same provider."""

_BUCKET = ("bucket name",)


def own_bucket(resource: str) -> Reference:
    """The name of a bucket that the configuration makes, so that it is none of AWS's."""
    return Reference(resource, _BUCKET)


def is_own_bucket(value: Value) -> bool:
    """Whether a value is the name of a bucket that the configuration makes."""
    return isinstance(value, Reference) and value.attribute == _BUCKET
