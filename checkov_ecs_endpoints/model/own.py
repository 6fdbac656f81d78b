"""What policy documents name of the deployment itself, whatever the language calls it."""

from __future__ import annotations

from checkov_ecs_endpoints.values import Reference

OWN_ACCOUNT = Reference("the account that is deployed to", ("id",))
"""``data.aws_caller_identity`` of the same provider, or ``AWS::AccountId``."""

OWN_REGION = Reference("the region that is deployed to", ("name",))
"""``data.aws_region`` of the same provider, or ``AWS::Region``."""

OWN_ORGANIZATION = Reference("the organization of the account that is deployed to", ("id",))
"""``data.aws_organizations_organization`` of the same provider."""
