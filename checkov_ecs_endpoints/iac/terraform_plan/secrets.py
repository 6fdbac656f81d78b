"""What is left of a value that the plan marks as sensitive: nothing that could be shown.

A text of JSON, such as container definitions with a password among their environment
variables, is marked as a whole. The members that say what a container needs from the
network, or what a policy is about, are kept, and no other text in it.
"""

from __future__ import annotations

import json
from dataclasses import replace

from checkov_ecs_endpoints.iac.terraform_plan.json_shapes import Json
from checkov_ecs_endpoints.json_text import Encoded
from checkov_ecs_endpoints.values import Reference, Unknown, Value, Why

STRUCTURE = frozenset(
    {
        "Action", "Effect", "Name", "NotAction",
        "awslogs-region", "config-file-type", "credentialsParameter", "image",
        "logDriver", "region", "type", "valueFrom",
    }
)  # fmt: skip
"""Members of container definitions and policy documents that name things of AWS.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""


def hidden(value: Json, subject: str) -> Value:
    """A value of a plan without what is secret in it; null stays null, for it says nothing."""
    if value is None:
        return None
    secret = Unknown(Why.SECRET, subject)
    if isinstance(value, str) and value[:1] in ("[", "{"):
        try:
            found: Value = json.loads(value)
        except (ValueError, RecursionError):
            return secret
        return Encoded(secret.why, subject, value=_structure(found, "", secret))
    return secret


def structure(value: Value, subject: str) -> Value:
    """The same of a value of the Terraform files, where references and unknowns show nothing."""
    secret = Unknown(Why.SECRET, subject)
    if isinstance(value, Encoded):
        return replace(value, value=_structure(value.value, "", secret))
    return _structure(value, "", secret)


def _structure(value: Value, name: str, secret: Unknown) -> Value:
    if isinstance(value, dict):
        return {key: _structure(item, key, secret) for key, item in value.items()}
    if isinstance(value, list):
        return [_structure(item, name, secret) for item in value]
    if value is None or isinstance(value, (Reference, Unknown)) or name in STRUCTURE:
        return value
    return secret
