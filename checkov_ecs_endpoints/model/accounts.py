"""Accounts as policy documents name them, whatever the language of the configuration calls them."""

from __future__ import annotations

from checkov_ecs_endpoints.values import Reference

OWN_ACCOUNT = Reference("the account that is deployed to", ("id",))
"""``data.aws_caller_identity`` of the same provider, or ``AWS::AccountId``."""

OWN_ORGANIZATION = Reference("the organization of the account that is deployed to", ("id",))
"""``data.aws_organizations_organization`` of the same provider."""
