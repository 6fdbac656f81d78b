"""Policy documents of endpoints: whether they allow what ECS does through the endpoint.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import overload

from checkov_ecs_endpoints import json_text
from checkov_ecs_endpoints.values import (
    OpenDict,
    OpenList,
    Text,
    Truth,
    Unknown,
    Value,
    Why,
    every,
    negate,
    some,
)

_PARTITION = re.compile(r"^arn:[a-z*-]*:")


def allows(document: Value, action: str, resource: str) -> Truth:
    """Whether a resource policy allows everybody ``action`` on ``resource``.

    ``document`` is a mapping, its JSON text, or None for the default of full access.
    ``resource`` is an ARN that may hold ``*`` for parts that are not known, or "*" for
    an action that is not about one resource. Statements with conditions or with certain
    principals only are not decided: the result is Unknown where they matter.
    """
    if document is None:
        return True
    if isinstance(document, (str, Text)):
        document = json_text.decode(document, None)
    if isinstance(document, Unknown):
        return document
    if not isinstance(document, dict):
        return _undecided("its form")
    allowed: list[Truth] = []
    denied: list[Truth] = []
    for statement in _list(document.get("Statement")):
        if not isinstance(statement, dict):
            return statement if isinstance(statement, Unknown) else _undecided("a statement")
        matched = _applies(statement, action, resource)
        effect = statement.get("Effect")
        if effect not in ("Allow", "Deny") and matched is not False:
            matched = effect if isinstance(effect, Unknown) else _undecided("the effect of a statement")
        if effect != "Deny":
            allowed.append(matched)
        if effect != "Allow":
            denied.append(matched)
    return every([some(allowed), negate(some(denied))])


def _applies(statement: Mapping[str, Value], action: str, resource: str) -> Truth:
    truths = [
        _named(statement, "Action", action, ignore_case=True),
        _named(statement, "Resource", resource, ignore_case=False),
    ]
    if any(truth is False for truth in truths):
        return False
    for key in ("Condition", "NotPrincipal"):
        if statement.get(key):
            return _undecided(f"a statement with {key}")
    principal = statement.get("Principal")
    if principal not in ("*", {"AWS": "*"}, {"AWS": ["*"]}, None):
        return _undecided("a statement for certain principals")
    return next((truth for truth in truths if isinstance(truth, Unknown)), True)


def _named(statement: Mapping[str, Value], key: str, wanted: str, ignore_case: bool) -> Truth:
    if f"Not{key}" in statement:
        listed = some(_matches(item, wanted, ignore_case) for item in _list(statement[f"Not{key}"]))
        return listed if isinstance(listed, Unknown) else not listed
    return some(_matches(item, wanted, ignore_case) for item in _list(statement.get(key)))


def _matches(pattern: Value, wanted: str, ignore_case: bool) -> Truth:
    if isinstance(pattern, Unknown):
        return pattern
    if not isinstance(pattern, (str, Text)):
        return _undecided("a statement")
    pattern, wanted = _anywhere(pattern), _anywhere(wanted)
    if isinstance(pattern, Text):
        loose = "".join(part if isinstance(part, str) else "*" for part in pattern.parts)
        return _undecided(f"a statement about {pattern}") if _meet(loose, wanted, ignore_case) else False
    if wanted == "*":
        # Actions that are not about one resource: only "*" lists them.
        return pattern == "*"
    if ignore_case:
        pattern, wanted = pattern.lower(), wanted.lower()
    if fnmatchcase(wanted, pattern):
        return True
    return (
        _undecided(f"a statement about {pattern}")
        if "*" in wanted and _meet(pattern, wanted, False)
        else False
    )


@overload
def _anywhere(arn: str) -> str: ...
@overload
def _anywhere(arn: str | Text) -> str | Text: ...
def _anywhere(arn: str | Text) -> str | Text:
    """An ARN without its partition: IAM refuses a policy with that of another one."""
    parts = [arn] if isinstance(arn, str) else [*arn.parts]
    first = parts[0]
    if not isinstance(first, str) or not first.startswith("arn:"):
        return arn
    if first != "arn:":
        parts[0] = _PARTITION.sub("", first)
    elif len(parts) > 2 and isinstance(parts[2], str) and parts[2].startswith(":"):
        parts[:3] = [parts[2][1:]]  # arn:${data.aws_partition.current.partition}:s3:::...
    if len(parts) == 1 and isinstance(parts[0], str):
        return parts[0]
    return Text(tuple(part for part in parts if part != ""))


def _meet(pattern: str, wanted: str, ignore_case: bool) -> bool:
    """Whether two patterns may have a text in common, judged by their fixed beginnings."""
    if ignore_case:
        pattern, wanted = pattern.lower(), wanted.lower()
    one, other = pattern.split("*")[0], wanted.split("*")[0]
    return one.startswith(other) or other.startswith(one)


def _list(value: Value) -> list[Value]:
    if value is None:
        return []
    if isinstance(value, OpenList):
        return [*value.items, value.rest]
    if isinstance(value, OpenDict):
        return [value.rest]
    return value if isinstance(value, list) else [value]


def _undecided(what: str) -> Unknown:
    return Unknown(Why.NOT_MODELLED, "the endpoint policy", None, f"{what} is not evaluated")
