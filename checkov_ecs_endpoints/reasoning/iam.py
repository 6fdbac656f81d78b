"""Policy documents of endpoints: whether they allow what ECS does through the endpoint.

Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from typing import overload

from checkov_ecs_endpoints import json_text
from checkov_ecs_endpoints.model.own import OWN_REGION, is_own_bucket
from checkov_ecs_endpoints.reasoning.iam_callers import SOME_REGION, Account, Caller, members, undecided
from checkov_ecs_endpoints.values import Text, Truth, Unknown, Value, every, negate, some, text

_WILD = "*"
_PARTITION = re.compile(r"^arn:[a-z*-]*:")


def allows(document: Value, action: str, resource: str, caller: Caller) -> Truth:
    """Whether the policy of an endpoint allows a caller ``action`` on ``resource``.

    ``document`` is a mapping, its JSON text, or None for the default of full access.
    ``resource`` is an ARN that may hold ``*`` for parts that are not known, or "*" for
    an action that is not about one resource.
    """
    return _decided(document, lambda statement: _applies(statement, action, resource, caller))


def allows_everything(document: Value, prefixes: Iterable[str]) -> Truth:
    """Whether a policy is as open as the default one: it allows everybody everything, and denies nothing.

    ``prefixes`` are those of the service's actions: ``ecr:*`` is everything at an endpoint for ``ecr``.
    """
    everything = ("*", "*:*", *(f"{prefix}:*" for prefix in prefixes))
    return _decided(document, lambda statement: _is_open(statement, everything))


def _decided(document: Value, applies: Callable[[Mapping[str, Value]], Truth]) -> Truth:
    """Whether some statement allows and none denies, of those that apply."""
    if document is None:
        return True
    if isinstance(document, (str, Text)):
        document = json_text.decode(document, None)
    if isinstance(document, Unknown):
        return document
    if not isinstance(document, dict):
        return undecided("its form")
    allowed: list[Truth] = []
    denied: list[Truth] = []
    for statement in members(document.get("Statement")):
        if not isinstance(statement, dict):
            return statement if isinstance(statement, Unknown) else undecided("a statement")
        matched = applies(statement)
        effect = statement.get("Effect")
        if effect not in ("Allow", "Deny") and matched is not False:
            matched = effect if isinstance(effect, Unknown) else undecided("the effect of a statement")
        if effect != "Deny":
            allowed.append(matched)
        if effect != "Allow":
            denied.append(matched)
    return every([some(allowed), negate(some(denied))])


def _applies(statement: Mapping[str, Value], action: str, resource: str, caller: Caller) -> Truth:
    truths = [
        _named(statement, "Action", action, caller, ignore_case=True),
        _named(statement, "Resource", resource, caller, ignore_case=False),
        caller.is_meant(statement.get("Principal")),
        caller.meets(statement.get("Condition")),
    ]
    if statement.get("NotPrincipal"):
        truths.append(undecided("a statement with NotPrincipal"))
    return every(truths)


def _is_open(statement: Mapping[str, Value], everything: tuple[str, ...]) -> Truth:
    """Whether a statement is about everything, for everybody; any statement that denies narrows."""
    effect = statement.get("Effect")
    if effect != "Allow":
        return effect if isinstance(effect, Unknown) else True
    narrowing = (statement.get(key) for key in ("Condition", "NotAction", "NotResource", "NotPrincipal"))
    return every(
        [
            *(one if isinstance(one, Unknown) else not one for one in narrowing),
            _lists(statement.get("Action"), everything),
            _lists(statement.get("Resource"), (_WILD,)),
            _is_everybody(statement.get("Principal")),
        ]
    )


def _is_everybody(principal: Value) -> Truth:
    if isinstance(principal, Unknown):
        return principal
    accounts = principal.get("AWS") if isinstance(principal, dict) else principal
    return _lists(accounts, (_WILD,))


def _lists(value: Value, wanted: tuple[str, ...]) -> Truth:
    return some(one if isinstance(one, Unknown) else one in wanted for one in members(value))


def _named(statement: Mapping[str, Value], key: str, wanted: str, caller: Caller, ignore_case: bool) -> Truth:
    if f"Not{key}" in statement:
        listed = some(_matches(item, wanted, caller, ignore_case) for item in members(statement[f"Not{key}"]))
        return listed if isinstance(listed, Unknown) else not listed
    return some(_matches(item, wanted, caller, ignore_case) for item in members(statement.get(key)))


def _matches(pattern: Value, wanted: str, caller: Caller, ignore_case: bool) -> Truth:
    if isinstance(pattern, Unknown):
        return pattern
    if not isinstance(pattern, (str, Text)):
        return undecided("a statement")
    pattern, wanted = _anywhere(_in_region(pattern, caller.region)), _anywhere(wanted)
    if isinstance(pattern, Text):
        if caller.owner is Account.AWS and any(map(is_own_bucket, pattern.parts)):
            return False
        loose = "".join(part if isinstance(part, str) else "*" for part in pattern.parts)
        return undecided(f"a statement about {pattern}") if _meet(loose, wanted, ignore_case) else False
    if wanted == "*":
        # Actions that are not about one resource: only "*" lists them.
        return pattern == "*"
    if ignore_case:
        pattern, wanted = pattern.lower(), wanted.lower()
    if fnmatchcase(wanted, pattern):
        return True
    if (_WILD in wanted or SOME_REGION in wanted) and _meet(pattern, wanted, False):
        return undecided(f"a statement about {pattern}")
    return False


def _in_region(pattern: str | Text, region: str) -> str | Text:
    """The pattern with the name of the own region where it names it."""
    if isinstance(pattern, str):
        return pattern
    filled = text(region if part == OWN_REGION else part for part in pattern.parts)
    return filled if isinstance(filled, (str, Text)) else pattern


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
    """Whether two patterns may have a text in common, judged by their beginnings where both are open."""
    if ignore_case:
        pattern, wanted = pattern.lower(), wanted.lower()
    if _WILD not in pattern:
        return fnmatchcase(pattern, wanted.replace(SOME_REGION, _WILD))
    one, other = (arn.replace(SOME_REGION, _WILD).split(_WILD)[0] for arn in (pattern, wanted))
    return one.startswith(other) or other.startswith(one)
