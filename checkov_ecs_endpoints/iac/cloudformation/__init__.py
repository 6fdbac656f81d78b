"""CloudFormation templates, resolved as CloudFormation resolves them, as far as the files tell."""

from checkov_ecs_endpoints.iac.cloudformation.reader import read

__all__ = ["read"]
