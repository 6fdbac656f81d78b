"""Who calls AWS through an endpoint, as far as principals and conditions of its policy ask.

Sources: https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html,
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.model.own import OWN_ACCOUNT, OWN_ORGANIZATION
from checkov_ecs_endpoints.values import (
    OpenDict,
    OpenList,
    Reference,
    Text,
    Truth,
    Unknown,
    Value,
    Why,
    every,
    negate,
    some,
)

_OPERATOR = re.compile(
    r"(?:(?P<of>ForAnyValue|ForAllValues):)?"
    r"(?P<kind>(?:String|Arn)(?P<not>Not)?(?:Equals(?:IgnoreCase)?|Like)|Bool)(?P<lenient>IfExists)?"
)
_ACCOUNT = re.compile(r"\d{12}|arn:[a-z-]*:iam::\d{12}:root")
_WILD = "*"

SOME_REGION = "{region}"
"""Stands in ARNs for a region that is not known: the same one in the policy and in what is asked for."""


class Account(Enum):
    """Whose account something is in."""

    OWN = "the account that is deployed to"
    AWS = "an account of AWS"


@dataclass(frozen=True, slots=True)
class Caller:
    """What makes a request through an endpoint, and what the request is for.

    ``principal`` is the account of the role that calls, ``owner`` that of the resource,
    None where it is not known. The URL of an image layer is pre-signed by AWS, for a
    bucket of AWS (facts B14). ``gateway`` says which type of endpoint it is, ``endpoint``
    and ``vpc`` are their ids. ``region`` is the name of its region, or :data:`SOME_REGION`.
    """

    principal: Account = Account.OWN
    owner: Account | None = None
    gateway: bool = False
    endpoint: str = ""
    vpc: Link = ""
    region: str = SOME_REGION

    def is_meant(self, principal: Value) -> Truth:
        """Whether the ``Principal`` of a statement holds the caller; without one it is everybody."""
        if principal is None or principal == "*":
            return True
        if isinstance(principal, Unknown):
            return principal
        if not isinstance(principal, dict):
            return undecided("a statement for certain principals")
        return some(self._is(kind, one) for kind, listed in principal.items() for one in members(listed))

    def meets(self, conditions: Value) -> Truth:
        """Whether the ``Condition`` of a statement holds for the request."""
        if not conditions:
            return True
        if not isinstance(conditions, dict):
            return undecided("a statement with Condition")
        return every(self._meets(operator, keys) for operator, keys in conditions.items())

    def _is(self, kind: str, principal: Value) -> Truth:
        if isinstance(principal, Unknown):
            return principal
        if kind == "AWS" and principal == "*":
            return True
        if kind != "AWS":
            # A role calls, not a service or somebody from an identity provider.
            return False if self.principal is Account.OWN else undecided(f"a statement for a {kind}")
        account = _own(principal)
        is_own = account in ("", ":root")
        if self.gateway and (is_own or (isinstance(principal, str) and _ACCOUNT.fullmatch(principal))):
            return False  # at gateway endpoints an account stands for its root user alone
        if account is not None and self.principal is not Account.OWN:
            return False
        return True if is_own else undecided("a statement for certain principals")

    def _meets(self, operator: str, keys: Value) -> Truth:
        match = _OPERATOR.fullmatch(operator)
        if match is None or not isinstance(keys, dict):
            return undecided(f"a condition {operator}")
        return every(self._compares(match, key, operands) for key, operands in keys.items())

    def _compares(self, operator: re.Match[str], key: str, operands: Value) -> Truth:
        if operator["kind"].startswith("String") and "Equals" in operator["kind"] and _WILD in str(operands):
            return undecided(f"a condition on {key}")  # there a wildcard is a character like others
        equal = some(self._is_value_of(key, operand) for operand in members(operands))
        if equal is not False:
            return negate(equal) if operator["not"] else equal
        # The key may be absent, which these operators take for a match or for none.
        lenient = operator["lenient"] or operator["of"] == "ForAllValues"
        if operator["of"] == "ForAnyValue" if operator["not"] else lenient:
            return undecided(f"a condition on {key}")
        return bool(operator["not"])

    def _is_value_of(self, key: str, operand: Value) -> Truth:
        if operand == _WILD or isinstance(operand, Unknown):
            return operand if isinstance(operand, Unknown) else True
        found = _KEYS.get(key.lower(), _not_known)(self, operand)
        return undecided(f"a condition on {key}") if found is None else found

    def _principal_arn(self, operand: Value) -> bool | None:
        rest = _own(operand)
        if rest is None:
            return None
        if self.principal is not Account.OWN or rest == ":root":
            return False
        return True if rest in (":*", ":role/*") else None


def _same(account: Account | None, own: Reference, operand: Value) -> bool | None:
    """Whether an operand is the account, or organization, of something; None if that cannot be told."""
    return None if account is None or operand != own else account is Account.OWN


def _is_thing(id_: Link, operand: Value) -> bool | None:
    return True if isinstance(operand, Reference) and operand.resource == id_ else None


def _not_known(caller: Caller, operand: Value) -> None:
    return None


_KEYS: Mapping[str, Callable[[Caller, Value], bool | None]] = {
    "aws:principalaccount": lambda caller, operand: _same(caller.principal, OWN_ACCOUNT, operand),
    "aws:principalorgid": lambda caller, operand: _same(caller.principal, OWN_ORGANIZATION, operand),
    "aws:principalarn": Caller._principal_arn,
    "aws:resourceaccount": lambda caller, operand: _same(caller.owner, OWN_ACCOUNT, operand),
    "s3:resourceaccount": lambda caller, operand: _same(caller.owner, OWN_ACCOUNT, operand),
    "aws:resourceorgid": lambda caller, operand: _same(caller.owner, OWN_ORGANIZATION, operand),
    "aws:sourcevpc": lambda caller, operand: _is_thing(caller.vpc, operand),
    "aws:sourcevpce": lambda caller, operand: _is_thing(caller.endpoint, operand),
    "aws:securetransport": lambda caller, operand: {"true": True, "false": False}.get(str(operand).lower()),
}


def _own(principal: Value) -> str | None:
    """What follows the own account in an ARN; "" for the account itself, None where it is not named."""
    if principal == OWN_ACCOUNT:
        return ""
    if not isinstance(principal, Text) or OWN_ACCOUNT not in principal.parts:
        return None
    at = principal.parts.index(OWN_ACCOUNT)
    before, rest = principal.parts[at - 1] if at else "", principal.parts[at + 1 :]
    if not isinstance(before, str) or not before.endswith("::"):
        return None
    return "".join(part if isinstance(part, str) else "?" for part in rest)


def members(value: Value) -> list[Value]:
    """The members of something that may be written as a list or as one alone."""
    if value is None:
        return []
    if isinstance(value, OpenList):
        return [*value.items, value.rest]
    if isinstance(value, OpenDict):
        return [value.rest]
    return value if isinstance(value, list) else [value]


def undecided(what: str) -> Unknown:
    """Why a policy cannot be decided."""
    return Unknown(Why.NOT_MODELLED, "the endpoint policy", None, f"{what} is not evaluated")
