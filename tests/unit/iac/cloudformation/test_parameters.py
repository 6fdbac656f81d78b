"""What a parameter stands for, by its declaration."""

from __future__ import annotations

import pytest
from support.templates import line, resolved

from checkov_ecs_endpoints.values import Unknown, Value, Why

HERE = line(8)


def unknown(why: Why, note: str = "") -> Unknown:
    return Unknown(why, "parameter P", HERE, note)


CASES: list[tuple[str, Value]] = [
    ("{Type: String, Default: abc}", "abc"),
    ("{Type: String, Default: 512}", "512"),
    ("{Type: String, Default: true}", "true"),
    ("{Type: String, Default: 'Yes'}", "Yes"),
    ("{Type: String, Default: ''}", ""),
    ("{Type: String, Default: 012345678901}", "012345678901"),
    ("{Default: x}", "x"),
    ("{Type: Number, Default: 2}", 2),
    ("{Type: Number, Default: '2'}", 2),
    ("{Type: Number, Default: 0.5}", 0.5),
    ("{Type: Number, Default: many}", "many"),
    ("{Type: CommaDelimitedList, Default: 'a, b ,c'}", ["a", "b", "c"]),
    ("{Type: CommaDelimitedList, Default: ''}", []),
    ("{Type: CommaDelimitedList, Default: [a, b]}", ["a", "b"]),
    ("{Type: List<Number>, Default: '1,2'}", [1, 2]),
    ("{Type: List<AWS::EC2::Subnet::Id>, Default: 'subnet-1,subnet-2'}", ["subnet-1", "subnet-2"]),
    ("{Type: AWS::EC2::VPC::Id, Default: vpc-1}", "vpc-1"),
    ("{Type: AWS::EC2::VPC::Id}", unknown(Why.NO_VALUE)),
    ("{Type: List<AWS::EC2::Subnet::Id>}", unknown(Why.NO_VALUE)),
    ("{Type: String, AllowedValues: [only]}", "only"),
    ("{Type: String, AllowedValues: [a, b]}", unknown(Why.NO_VALUE)),
    ("{Type: String, AllowedValues: [a, b], Default: b}", "b"),
    (
        "{Type: 'AWS::SSM::Parameter::Value<String>', Default: /x}",
        unknown(Why.DATA_SOURCE, "an SSM parameter"),
    ),
    ("{Type: String, NoEcho: true, Default: hunter2}", unknown(Why.SECRET, "NoEcho")),
    ("{Type: String, NoEcho: 'true', Default: ''}", ""),
    ("{Type: String, NoEcho: false, Default: x}", "x"),
    (
        "{Type: String, Default: '{{resolve:ssm:/x}}'}",
        Unknown(Why.DATA_SOURCE, "a dynamic reference to an SSM parameter", HERE),
    ),
]


@pytest.mark.parametrize(("declaration", "value"), CASES, ids=[case[0] for case in CASES])
def test_defaults(declaration: str, value: Value) -> None:
    found = resolved("!Ref P", f"Parameters:\n  P: {declaration}\n")
    assert found == value
    assert type(found) is type(value)


def test_a_value_that_is_too_long_is_invalid() -> None:
    declaration = f"{{Type: CommaDelimitedList, Default: '{'a,' * 3000}'}}"
    found = resolved("!Ref P", f"Parameters:\n  P: {declaration}\n")
    assert found == unknown(Why.INVALID, "longer than 4096 characters")


def test_a_secret_is_nowhere_in_the_value() -> None:
    found = resolved("!Sub 'a-${P}'", "Parameters:\n  P: {Type: String, NoEcho: true, Default: hunter2}\n")
    assert "hunter2" not in repr(found)
