"""Availability Zones of subnets, and subnets themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.configurations import MYSTERY, PLACE, cfn, ref, tf
from support.networks import at, of_template, of_terraform

from checkov_ecs_endpoints.model.network import Subnet, Zone
from checkov_ecs_endpoints.values import Reference, Text, Unknown, Value, Why

NAMES = "data.aws_availability_zones.all"
REGION = ref("data.aws_region.here", "name")


@pytest.mark.parametrize(
    ("value", "zone"),
    [
        ("eu-west-1a", Zone(name="eu-west-1a")),
        (Reference(NAMES, ("names", 1)), Zone(listing=f"{NAMES}.names", index=1)),
        (Text((REGION, "b")), Zone(listing="${data.aws_region.here.name}", index=1)),
        (Text((MYSTERY, "c")), Zone(listing="${var.mystery}", index=2)),
        (Text(("eu-", MYSTERY, "-1a")), Zone(listing="eu-${var.mystery}-1", index=0)),
        (ref("aws_x.y", "zone"), Zone(listing="aws_x.y.zone", index=0)),
        (ref("aws_subnet.other", "availability_zone"), Zone(name="eu-west-1c")),
        (MYSTERY, MYSTERY),
        (
            None,
            Unknown(Why.AFTER_APPLY, "the Availability Zone of aws_subnet.a", PLACE),
        ),
    ],
)
def test_zones(value: Value, zone: Zone | Unknown) -> None:
    made = of_terraform(
        tf("aws_subnet.a", {"availability_zone": value}),
        tf("aws_subnet.other", {"availability_zone": "eu-west-1c"}),
    )
    assert made.subnets["aws_subnet.a"].zone == zone


@pytest.mark.parametrize(
    ("value", "zone"),
    [
        (MYSTERY, Zone(given=MYSTERY)),
        # What a function makes of it may be anything, and twice the same on one line of a JSON template.
        (replace(MYSTERY, via=(PLACE,)), MYSTERY),
        (Unknown(Why.CONDITION, "condition C"), Unknown(Why.CONDITION, "condition C")),
    ],
    ids=["as it is", "made of it", "no one value"],
)
def test_a_zone_that_a_parameter_names(value: Unknown, zone: Zone | Unknown) -> None:
    made = of_template(cfn("AWS::EC2::Subnet", "A", {"AvailabilityZone": value}))
    assert made.subnets["A"].zone == zone


def test_a_letter_after_something_that_differs_from_place_to_place_tells_nothing() -> None:
    unsupported = Unknown(Why.UNSUPPORTED, "a function")
    zone = of_terraform(tf("aws_subnet.a", {"availability_zone": Text((unsupported, "a"))}))
    assert isinstance(zone.subnets["aws_subnet.a"].zone, Unknown)


def test_zones_by_id_are_not_compared_with_names() -> None:
    made = of_terraform(tf("aws_subnet.a", {"availability_zone_id": "euw1-az2"}))
    assert made.subnets["aws_subnet.a"].zone == Zone(listing="euw1-az", index=2)


def test_a_subnet_with_the_defaults_of_aws() -> None:
    made = of_template(
        cfn("AWS::EC2::VPC", "Vpc", {"CidrBlock": "10.0.0.0/16"}),
        cfn("AWS::EC2::Subnet", "A", {"VpcId": ref("Vpc"), "AvailabilityZone": "eu-west-1a"}),
    )
    assert made.subnets == {
        "A": Subnet(id="A", source=at("AWS::EC2::Subnet.A"), vpc="Vpc", zone=Zone(name="eu-west-1a"), cidr="")
    }


def test_a_subnet_with_everything_set() -> None:
    made = of_terraform(
        tf(
            "aws_subnet.a",
            {
                "vpc_id": MYSTERY,
                "availability_zone": "eu-west-1a",
                "cidr_block": "10.0.1.0/24",
                "map_public_ip_on_launch": True,
                "ipv6_native": MYSTERY,
            },
            exists=MYSTERY,
        )
    )
    assert made.subnets == {
        "aws_subnet.a": Subnet(
            id="aws_subnet.a",
            source=at("aws_subnet.a"),
            exists=MYSTERY,
            vpc=MYSTERY,
            zone=Zone(name="eu-west-1a"),
            cidr="10.0.1.0/24",
            public_ip_on_launch=True,
            ipv6_native=MYSTERY,
        )
    }


def test_a_default_subnet_gives_public_addresses_and_is_in_the_default_vpc() -> None:
    made = of_terraform(tf("aws_default_subnet.a", {"availability_zone": "eu-west-1a"}))
    found = made.subnets["aws_default_subnet.a"]
    assert found.vpc == Unknown(Why.OUTSIDE, "the default VPC", PLACE)
    assert found.public_ip_on_launch is True
