"""Following values to the resources that they identify."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.configurations import MYSTERY, PLACE, cfn, get_att, index, ref, template, terraform, tf

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.index import Alias, source
from checkov_ecs_endpoints.values import Location, Reference, Text, Unknown, Value, Why

OTHER = Location("/main.tf", 30)


@pytest.mark.parametrize("attribute", [(), ("id",), ("arn",)])
def test_attributes_that_identify_a_resource(attribute: tuple[str, ...]) -> None:
    found = index(terraform(tf("aws_subnet.a")))
    assert found.link(Reference("aws_subnet.a", attribute), ("aws_subnet",)) == "aws_subnet.a"


@pytest.mark.parametrize("attribute", [(), ("Ref",), ("GetAtt", "SubnetId"), ("SubnetId",)])
def test_return_values_that_identify_a_resource(attribute: tuple[str, ...]) -> None:
    found = index(template(cfn("AWS::EC2::Subnet", "A")))
    assert found.link(Reference("A", attribute), ("AWS::EC2::Subnet",)) == "A"


@pytest.mark.parametrize(
    ("value", "why", "subject"),
    [
        ("subnet-0abc", Why.OUTSIDE, "subnet-0abc"),
        (MYSTERY, Why.NO_VALUE, "var.mystery"),
        (ref("aws_subnet.a", "owner_id"), Why.AFTER_APPLY, "aws_subnet.a.owner_id"),
        (ref("aws_vpc.main", "id"), Why.AFTER_APPLY, "aws_vpc.main.id"),
        (ref("aws_subnet.gone", "id"), Why.AFTER_APPLY, "aws_subnet.gone.id"),
        (ref("data.aws_subnet.found", "id"), Why.DATA_SOURCE, "data.aws_subnet.found.id"),
        (Text(("a-", ref("aws_subnet.a", "id"))), Why.AFTER_APPLY, "a-${aws_subnet.a.id}"),
        (None, Why.INVALID, "the id of a resource"),
    ],
)
def test_values_that_identify_nothing_here(value: Value, why: Why, subject: str) -> None:
    found = index(terraform(tf("aws_subnet.a"), tf("aws_vpc.main"), tf("data.aws_subnet.found")))
    link = found.link(value, ("aws_subnet",), OTHER)
    assert isinstance(link, Unknown)
    assert (link.why, link.subject) == (why, subject)


def test_an_unknown_remembers_where_it_was_met() -> None:
    link = index(terraform()).link(MYSTERY, ("aws_subnet",), OTHER)
    assert isinstance(link, Unknown)
    assert (link.origin, link.via) == (PLACE, (OTHER,))


def test_an_attribute_that_is_set_has_the_value_that_is_set() -> None:
    vpc, subnet = cfn("AWS::EC2::VPC", "Vpc"), cfn("AWS::EC2::Subnet", "A", {"VpcId": ref("Vpc")})
    assert index(template(vpc, subnet)).link(get_att("A", "VpcId"), ("AWS::EC2::VPC",)) == "Vpc"
    data = tf("data.aws_vpc.same", {"id": ref("aws_vpc.main", "id")})
    found = index(terraform(tf("aws_vpc.main"), data))
    assert found.link(ref("data.aws_vpc.same", "id"), ("aws_vpc",)) == "aws_vpc.main"


def test_what_a_data_source_reads_by_an_id_the_thing_has_itself() -> None:
    data = tf("data.aws_vpc.same", {"id": ref("aws_vpc.main", "id")})
    found = replace(
        index(terraform(tf("aws_vpc.main"), data)),
        aliases={("aws_vpc.main", "main_route_table_id"): Alias("aws_route_table", "main")},
    )
    assert found.link(ref("data.aws_vpc.same", "main_route_table_id"), ("aws_route_table",)) == "main"
    assert found.link(ref("data.aws_vpc.same", "arn"), ("aws_vpc",)) == "aws_vpc.main"


def test_attributes_that_are_set_to_each_other_end() -> None:
    one = tf("aws_x.one", {"a": ref("aws_x.two", "a")})
    two = tf("aws_x.two", {"a": ref("aws_x.one", "a")})
    link = index(terraform(one, two)).link(ref("aws_x.one", "a"), ("aws_x",))
    assert isinstance(link, Unknown)


def test_aliases_count_for_their_type_only() -> None:
    found = replace(
        index(terraform(tf("aws_vpc.main"))),
        aliases={("aws_vpc.main", "default_security_group_id"): Alias("aws_security_group", "default")},
    )
    value = ref("aws_vpc.main", "default_security_group_id")
    assert found.link(value, ("aws_security_group",)) == "default"
    assert isinstance(found.link(value, ("aws_route_table",)), Unknown)


def test_managed_resources_and_data_sources_are_listed_apart() -> None:
    managed, data = tf("aws_vpc.main"), tf("data.aws_vpc.main")
    found = index(terraform(managed, data))
    assert list(found.of_type("aws_subnet", "aws_vpc")) == [managed]
    assert list(found.data_of_type("aws_vpc")) == [data]
    assert (found.get("data.aws_vpc.main"), found.get("aws_vpc.none")) == (data, None)


def test_a_source_has_the_places_of_the_fields() -> None:
    resource: Resource = tf("aws_subnet.a", lines={("vpc_id",): OTHER, ("tags", "Name"): OTHER})
    made = source(resource, {"vpc": "vpc_id", "name": ("tags", "Name"), "cidr": "cidr_block"})
    assert made == Source("aws_subnet.a", PLACE)
    assert made.lines == {"vpc": OTHER, "name": OTHER, "cidr": PLACE}
