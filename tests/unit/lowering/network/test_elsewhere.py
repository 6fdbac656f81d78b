"""Which ids may be of things that the same configuration creates."""

from __future__ import annotations

import pytest
from support.configurations import MYSTERY, PLACE, index, ref, terraform, tf

from checkov_ecs_endpoints.lowering.network.elsewhere import may_be_created_here
from checkov_ecs_endpoints.values import Reference, Text, Unknown, Value, Why

GROUPS = ("aws_security_group",)
FOUND = Unknown(Why.DATA_SOURCE, "data.aws_security_group.g", PLACE)


def may_be(value: Value, arguments: dict[str, Value]) -> bool:
    found = index(
        terraform(
            tf("aws_vpc.main", {"cidr_block": "10.0.0.0/16"}),
            tf("data.aws_vpc.old", {"tags": {"Name": "old"}}),
            tf("data.aws_vpc.new", {"tags": {"Name": ref("aws_vpc.main", "tags")}}),
            tf("data.aws_security_group.g", arguments),
            tf("data.aws_ssm_parameter.g", arguments),
        )
    )
    return may_be_created_here(value, GROUPS, found)


@pytest.mark.parametrize(
    "value", [MYSTERY, ref("aws_eks_cluster.c", "group"), Unknown(Why.MODULE, "module.x")]
)
def test_what_is_not_known_may_be(value: Value) -> None:
    assert may_be(value, {}) is True


def test_an_id_that_is_written_out_is_not() -> None:
    assert may_be("sg-1", {}) is False


@pytest.mark.parametrize(
    "arguments",
    [
        {"name": "old"},
        {"name": Text((MYSTERY, "-old"))},
        {"vpc_id": Unknown(Why.DATA_SOURCE, "data.aws_vpc.old", PLACE)},
        {"vpc_id": Reference("data.aws_vpc.old", ("id",))},
        {"filter": [{"name": "group-name", "values": ["old"]}]},
    ],
)
def test_what_is_found_before_anything_is_created_is_not(arguments: dict[str, Value]) -> None:
    assert may_be(FOUND, arguments) is False
    assert may_be(ref("data.aws_security_group.g", "id"), arguments) is False


@pytest.mark.parametrize(
    "arguments",
    [
        {"vpc_id": ref("aws_vpc.main", "id")},
        {"vpc_id": Unknown(Why.DATA_SOURCE, "data.aws_vpc.new", PLACE)},
        {"vpc_id": Reference("data.aws_vpc.new", ("id",))},
        {"vpc_id": Unknown(Why.MODULE, "module.x", PLACE)},
        {"vpc_id": Unknown(Why.AFTER_APPLY, "aws_vpc.main.id", PLACE)},
    ],
)
def test_what_is_found_with_the_help_of_something_created_may_be(arguments: dict[str, Value]) -> None:
    assert may_be(FOUND, arguments) is True


def test_data_sources_of_other_types_may_have_been_used_to_choose() -> None:
    assert may_be(Unknown(Why.DATA_SOURCE, "data.aws_ssm_parameter.g", PLACE), {"name": "x"}) is True
    assert may_be(Unknown(Why.DATA_SOURCE, "data.aws_security_group.gone", PLACE), {}) is True
