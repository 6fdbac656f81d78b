"""Where a secret of a container is read from, by its ``valueFrom``.

"The supported values are either the full ARN of the AWS Secrets Manager secret or the
full ARN of the parameter in the SSM Parameter Store. If the SSM Parameter Store
parameter exists in the same Region as the task you're launching, then you can use
either the full ARN or name of the parameter":
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html.
"""

from __future__ import annotations

import re

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.origins import Origin, origin
from checkov_ecs_endpoints.lowering.pieces import HOLE, pieces
from checkov_ecs_endpoints.lowering.reading import unclear
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.model.workloads import Secret, ServiceOf
from checkov_ecs_endpoints.values import Unknown, Value

_ARN = re.compile(
    rf"arn:(?:[a-z-]|{HOLE})+:(?P<service>secretsmanager|ssm):(?P<region>(?:[a-z0-9-]|{HOLE})*):.*", re.DOTALL
)
_STORES = {
    "aws_secretsmanager_secret": ServiceOf.SECRETS_MANAGER,
    "aws_secretsmanager_secret_version": ServiceOf.SECRETS_MANAGER,
    "AWS::SecretsManager::Secret": ServiceOf.SECRETS_MANAGER,
    "AWS::SecretsManager::SecretTargetAttachment": ServiceOf.SECRETS_MANAGER,
    "aws_ssm_parameter": ServiceOf.PARAMETER_STORE,
    "AWS::SSM::Parameter": ServiceOf.PARAMETER_STORE,
}
_NAMES_OF_ARNS = {
    "aws_secretsmanager_secret": ("arn", "id"),
    "aws_secretsmanager_secret_version": ("arn", "id", "secret_id"),
    "AWS::SecretsManager::Secret": ("", "Id"),
    "AWS::SecretsManager::SecretTargetAttachment": ("", "Id"),
    "aws_ssm_parameter": ("arn", "name", "id"),
    "AWS::SSM::Parameter": ("",),
}
"""The attributes whose text begins with an ARN, or with the name of a parameter."""


_KEYS = ("kms_key_id", "key_id", "KmsKeyId")
"""What names the key of the customer that encrypts a secret or parameter."""


def registry_credentials(value: Value, source: Source, region: Region, index: Index) -> Secret:
    """The secret that a ``credentialsParameter`` names, by ARN, or by name in the same region.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RepositoryCredentials.html
    """
    found = secret(value, source, region, index)
    return Secret(source, ServiceOf.SECRETS_MANAGER, found.region, found.own_key)


def secret(value: Value, source: Source, region: Region, index: Index) -> Secret:
    """The secret that a ``valueFrom`` names; the secret itself is never looked at."""
    found = pieces(value)
    if not found.pattern:
        return Secret(source, unclear(value, "valueFrom of a secret", source.location))
    match = _ARN.fullmatch(found.pattern)
    if match is not None:
        named = found.value(match["region"])
        return Secret(source, ServiceOf(match["service"]), region.seen(named) if named != "" else None)
    if found.hole(found.pattern[:1]) is not None:
        return _of_resource(value, source, origin(found.hole(found.pattern[:1]), index), region)
    if _may_become_arn(found.pattern):
        return Secret(source, unclear(value, "valueFrom of a secret", source.location))
    return Secret(source, ServiceOf.PARAMETER_STORE)


def _of_resource(value: Value, source: Source, found: Origin | None, region: Region) -> Secret:
    # The provider exports the ARN of an RDS-managed password as master_user_secret:
    # https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance
    if found is not None and re.fullmatch(
        r"master_user_secret\.\d+\.secret_arn|MasterUserSecret\.SecretArn", found.attribute
    ):
        store: ServiceOf | Unknown = ServiceOf.SECRETS_MANAGER
    elif found is not None and found.attribute in _NAMES_OF_ARNS.get(found.type, ()):
        store = _STORES[found.type]
    else:
        return Secret(source, unclear(value, "valueFrom of a secret", source.location))
    if found.resource is None:
        return Secret(source, store)
    own_key = any(found.resource.attributes.get(key) is not None for key in _KEYS)
    return Secret(source, store, region.holding(found.resource), own_key)


def _may_become_arn(pattern: str) -> bool:
    """Whether what is known of a text leaves open whether it is an ARN."""
    known = re.split(HOLE, pattern, maxsplit=1)[0]
    return known.startswith("arn:") or (known != pattern and "arn:".startswith(known))
