"""What is known of texts that AWS makes, before they are known: never empty, or not another."""

from __future__ import annotations

from typing import Any

import pytest
from support.expressions import value

from checkov_ecs_endpoints.json_text import Encoded, decode
from checkov_ecs_endpoints.values import Reference, Unknown, Value

GROUP = Reference("module.m.aws_security_group.a[0]", ("id",))
DEFAULT = Reference("aws_vpc.a", ("default_security_group_id",))
OTHER_DEFAULT = Reference("aws_vpc.b", ("default_security_group_id",))
ARN = Reference("aws_iam_role.a", ("arn",))
FOUND = Reference("data.aws_subnets.a", ("ids", 0))

NAMES: dict[str, Any] = {
    "group": GROUP,
    "default": DEFAULT,
    "other": OTHER_DEFAULT,
    "arn": ARN,
    "found": FOUND,
}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('group == "self"', False),
        ('group == "subnet-1"', False),
        ('group == "sub${x}"', False),
        ('arn == "none"', False),
        ("default == other", False),
        ("default == null", False),
        ("compact([default, group])", [DEFAULT, GROUP]),
        ("flatten([[found]])", [FOUND]),
    ],
)
def test_what_is_certain(source: str, expected: Value) -> None:
    names: dict[str, Any] = {
        "group": GROUP,
        "default": DEFAULT,
        "other": OTHER_DEFAULT,
        "arn": ARN,
        "found": FOUND,
    }
    assert value(source, **names) == expected


@pytest.mark.parametrize(
    "source",
    ['group == "sg-1"', 'group == "s${x}"', 'arn == "arn:aws:iam::1:role/a"', 'default == "sg-1"'],
)
def test_what_is_not(source: str) -> None:
    found = value(source, group=GROUP, default=DEFAULT, arn=ARN)
    assert isinstance(found, Unknown)


@pytest.mark.parametrize(
    "source",
    [
        'coalesce("", jsonencode({ a = id }))',
        "coalesce(null, jsonencode({ a = id }))",
        'join("", compact([jsonencode({ a = id })]))',
    ],
)
def test_json_is_never_empty_whatever_it_holds(source: str) -> None:
    found = value(source, id=GROUP)
    assert isinstance(found, Encoded)
    assert decode(found, None) == {"a": GROUP}
