"""When two values are equal, in CloudFormation's sense and in three values."""

from __future__ import annotations

from checkov_ecs_endpoints.iac.cloudformation.texts import written
from checkov_ecs_endpoints.values import (
    Location,
    Reference,
    Text,
    Truth,
    Unknown,
    Value,
    Why,
    every,
    first_unknown,
)


def equal(left: Value, right: Value, place: Location) -> Truth:
    """``Fn::Equals``: texts are compared, so ``true`` equals ``"true"`` and 1 equals ``"1"``."""
    for value in (left, right):
        if isinstance(value, Unknown):
            return value
    texts = written(left), written(right)
    if texts[0] is not None and texts[1] is not None:
        return texts[0] == texts[1]
    if isinstance(left, list) and isinstance(right, list):
        if len(left) != len(right):
            return False
        return every(equal(one, other, place) for one, other in zip(left, right, strict=True))
    if isinstance(left, dict) and isinstance(right, dict):
        if left.keys() != right.keys():
            return False
        return every(equal(value, right[key], place) for key, value in left.items())
    if isinstance(left, (Reference, Text)) or isinstance(right, (Reference, Text)):
        return _equal_texts(left, right, place)
    unknown = first_unknown(left) or first_unknown(right)
    return False if unknown is None else unknown


def _equal_texts(left: Value, right: Value, place: Location) -> Truth:
    unknown = first_unknown(left) or first_unknown(right)
    if unknown is None and left == right:
        return True
    if not _may_be(left, right) or not _may_be(right, left):
        return False
    subject = left if isinstance(left, (Reference, Text)) else right
    return unknown or Unknown(Why.AFTER_APPLY, str(subject), place)


def _may_be(partly: Value, other: Value) -> bool:
    """Whether the known ends of a partly known text leave it possible to be the other value."""
    if not isinstance(partly, Text):
        return True
    if isinstance(other, Text):
        starts = partly.prefix.startswith(other.prefix) or other.prefix.startswith(partly.prefix)
        return starts and (partly.suffix.endswith(other.suffix) or other.suffix.endswith(partly.suffix))
    whole = written(other)
    if whole is None:
        return isinstance(other, Reference)
    long_enough = len(whole) >= len(partly.prefix) + len(partly.suffix)
    return long_enough and whole.startswith(partly.prefix) and whole.endswith(partly.suffix)


def same(left: Value, right: Value) -> bool:
    """Whether two values are the same in kind and content, unknowns by their reason."""
    if type(left) is not type(right):
        return False
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(value, right[key]) for key, value in left.items())
    return left == right
