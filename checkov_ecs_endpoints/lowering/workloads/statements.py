"""Statements of the policies of a role.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.origins import origin
from checkov_ecs_endpoints.lowering.pieces import HOLE, Pieces, pieces
from checkov_ecs_endpoints.lowering.reading import blocks, members, unclear
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.lowering.workloads.buckets import bucket_of
from checkov_ecs_endpoints.model.permissions import Concerned, Permission
from checkov_ecs_endpoints.values import OpenList, Truth, Unknown, Value

_ARN = re.compile(
    rf"arn:(?:[a-z*-]|{HOLE})*:(?P<service>[a-z0-9-]+):(?P<region>(?:[a-z0-9*-]|{HOLE})*):.*", re.DOTALL
)

_TABLE = re.compile(
    r"(?:arn:[^:]*:dynamodb:[^:]*:[^:]*:table/(?P<name>[^/*?]+)|(?P<arn>.))(?:/index/.*)?", re.DOTALL
)
"""What names a table, or its indexes: https://docs.aws.amazon.com/service-authorization/latest/reference/."""

_TABLES = ("AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "aws_dynamodb_table")

_GLOBAL = ("aws_iam_", "aws_route53_", "aws_cloudfront_", "aws_organizations_", "aws_globalaccelerator_")
"""Types of Terraform that are in no region, whatever that of their provider."""

_CALLED_ALIKE = re.compile(
    r"aws(?:_|::)(dynamodb|kms|lambda|s3|secretsmanager|sns|sqs|ssm)(?:_|::).*", re.IGNORECASE
)
"""Types of resources that are called like the actions on them."""


def permissions(document: Value, source: Source, region: Region, exists: Truth) -> Iterator[Permission]:
    """What a policy document allows and denies, as far as it is known."""
    if not isinstance(document, dict):
        return
    for statement in blocks(document.get("Statement")):
        effect = statement.get("Effect")
        actions = statement.get("Action", statement.get("NotAction"))
        if effect in ("Allow", "Deny") and actions is not None:
            yield Permission(
                source=source,
                allow=effect == "Allow",
                actions=tuple(_actions(actions, (effect == "Allow") == ("Action" in statement))),
                all_but="Action" not in statement,
                limited=_is_limited(statement),
                concerned=tuple(dict.fromkeys(_concerned(statement.get("Resource"), region))),
                exists=exists,
            )


def gap(document: Value) -> Unknown | None:
    """Why a document may allow actions of other services than it shows, None where it cannot."""
    if not isinstance(document, dict):
        return unclear(document, "a policy document")
    statements = blocks(document.get("Statement"))
    gaps = (_gap_of_statement(statement) for statement in statements)
    return statements.rest or next((found for found in gaps if found is not None), None)


def _gap_of_statement(statement: Mapping[str, Value]) -> Unknown | None:
    effect = statement.get("Effect")
    if isinstance(effect, Unknown):
        return effect
    listed = members(statement.get("Action"))
    if listed.rest is not None or effect != "Allow":
        return listed.rest
    services = ((action, pieces(action).pattern.partition(":")[0]) for action in listed)
    return next((unclear(action, "an action") for action, name in services if re.search(HOLE, name)), None)


def _actions(listed: Value, whole: bool) -> Iterator[str]:
    """The actions, as patterns; ``whole`` keeps those that are not all known, as if they were wider.

    So nothing is taken as denied that may be allowed.
    """
    for action in members(listed):
        pattern = pieces(action).pattern
        known = re.sub(HOLE, "*", pattern)
        if known == pattern or whole:
            yield known


def _is_limited(statement: Mapping[str, Value]) -> bool:
    resources = statement.get("Resource")
    everything = resources == "*" or (isinstance(resources, list) and "*" in resources)
    return not everything or bool(statement.get("Condition"))


def _concerned(resources: Value, region: Region) -> Iterator[Concerned]:
    for value in members(resources):
        found = pieces(value)
        is_table = _is_table(found, region.index)
        match = _ARN.fullmatch(found.pattern)
        if match is None:
            yield _of_reference(found.hole(found.pattern[:1]), region, is_table)
            continue
        bucket = bucket_of(value, region.index) if match["service"] == "s3" else None
        named = found.value(match["region"])
        here = named == "" or (isinstance(named, str) and "*" in named)
        stated = None if here else region.seen(named)
        yield Concerned(match["service"], stated if bucket is None else region.holding(bucket), is_table)
    if isinstance(resources, (OpenList, Unknown)):
        yield Concerned()


def _of_reference(value: Value, region: Region, is_table: bool) -> Concerned:
    """What a statement is about whose resource begins with an attribute of another resource."""
    found = origin(value, region.index)
    if found is None or found.resource is None or found.is_data or found.type.startswith(_GLOBAL):
        return Concerned(is_table=is_table)
    alike = _CALLED_ALIKE.fullmatch(found.type)
    return Concerned(alike[1].lower() if alike else "", region.holding(found.resource), is_table)


def _is_table(found: Pieces, index: Index) -> bool:
    """Whether something that a statement is about is certainly a table or its indexes."""
    match = _TABLE.fullmatch(found.pattern)
    if match is None:
        return False
    attributes = ("Arn", "arn") if match["arn"] else ("", "id", "name")
    holes = re.findall(HOLE, match["arn"] or match["name"])
    origins = [origin(found.hole(hole), index) for hole in holes]
    known = all(one is not None and one.type in _TABLES and one.attribute in attributes for one in origins)
    return known and bool(origins or match["name"])
