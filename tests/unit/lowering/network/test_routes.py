"""Route tables, their routes and associations."""

from __future__ import annotations

from typing import Any

import pytest
from support.configurations import MYSTERY, PLACE, cfn, get_att, ref, tf
from support.networks import at, of_template, of_terraform

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import (
    Association,
    Cidr,
    Network,
    Range,
    Route,
    RouteTable,
    Target,
    TargetKind,
)
from checkov_ecs_endpoints.values import OpenList, Reference, Text, Truth, Unknown, Value, Why

VPC = tf("aws_vpc.main")
TABLE = "aws_route_table.a"
GATEWAY = Target(TargetKind.INTERNET_GATEWAY, "aws_internet_gateway.x")
GATEWAY_ID = ref("aws_internet_gateway.x", "id")


def route(address: str, target: Target | Unknown, to: Range | None = None, exists: Truth = True) -> Route:
    return Route(source=at(address), destination=to or Cidr("0.0.0.0/0"), target=target, exists=exists)


def of_table(table: Resource, *others: Resource) -> Network:
    gateway = tf("aws_internet_gateway.x", {"vpc_id": ref("aws_vpc.main", "id")})
    return of_terraform(VPC, gateway, tf("aws_nat_gateway.x"), table, *others)


def routes(value: Value, *others: Resource) -> Listing[Route]:
    table = tf(TABLE, {"vpc_id": ref("aws_vpc.main", "id"), "route": value})
    return of_table(table, *others).tables[TABLE].routes


def test_inline_routes() -> None:
    made = of_table(
        tf(
            TABLE,
            {
                "vpc_id": ref("aws_vpc.main", "id"),
                "route": [
                    {"cidr_block": "0.0.0.0/0", "gateway_id": GATEWAY_ID},
                    {"ipv6_cidr_block": "::/0", "gateway_id": GATEWAY_ID},
                ],
            },
        )
    )
    assert made.tables[TABLE] == RouteTable(
        id=TABLE,
        source=at(TABLE),
        vpc="aws_vpc.main",
        routes=Listing((route(TABLE, GATEWAY), route(TABLE, GATEWAY, Cidr("::/0")))),
    )


def test_routes_as_attributes_write_what_they_do_not_set_as_empty() -> None:
    empty: dict[str, Value] = {
        "ipv6_cidr_block": "",
        "destination_prefix_list_id": "",
        "nat_gateway_id": "",
        "instance_id": None,
        "vpc_endpoint_id": "",
    }
    assert routes([{"cidr_block": "0.0.0.0/0", "gateway_id": GATEWAY_ID, **empty}]) == Listing(
        (route(TABLE, GATEWAY),)
    )


def test_routes_that_are_not_all_known() -> None:
    known: Value = {"cidr_block": "0.0.0.0/0", "gateway_id": GATEWAY_ID}
    assert routes(MYSTERY) == Listing((), MYSTERY)
    assert routes(OpenList((known,), MYSTERY)) == Listing((route(TABLE, GATEWAY),), MYSTERY)


def separate(table: Value, **fields: Any) -> Resource:
    attributes: dict[str, Value] = {
        "route_table_id": table,
        "destination_cidr_block": "0.0.0.0/0",
        "gateway_id": GATEWAY_ID,
    }
    return tf("aws_route.r", attributes, **fields)


def test_a_route_of_its_own_and_one_that_may_not_exist() -> None:
    assert routes(None, separate(ref(TABLE, "id"))) == Listing((route("aws_route.r", GATEWAY),))
    perhaps = routes(None, separate(ref(TABLE, "id"), exists=MYSTERY))
    assert perhaps == Listing((route("aws_route.r", GATEWAY, exists=MYSTERY),))


def test_a_route_of_an_unknown_table_may_be_in_any() -> None:
    made = of_table(tf(TABLE, {"vpc_id": ref("aws_vpc.main", "id")}), separate(MYSTERY))
    assert {id_: table.routes for id_, table in made.tables.items()} == {
        TABLE: Listing((), MYSTERY),
        "aws_vpc.main#main": Listing((), MYSTERY),
    }


@pytest.mark.parametrize("name", ["main_route_table_id", "default_route_table_id"])
def test_the_main_table_by_an_attribute_of_the_vpc(name: str) -> None:
    made = of_terraform(VPC, tf("aws_internet_gateway.x"), separate(ref("aws_vpc.main", name)))
    assert made.tables == {
        "aws_vpc.main#main": RouteTable(
            id="aws_vpc.main#main",
            source=Source("the main route table of aws_vpc.main", PLACE),
            vpc="aws_vpc.main",
            routes=Listing((route("aws_route.r", GATEWAY),)),
        )
    }


@pytest.mark.parametrize("name", ["main_route_table_id", "default_route_table_id"])
def test_a_default_route_table_takes_the_place_of_the_main_one(name: str) -> None:
    adopter = tf(
        "aws_default_route_table.d",
        {
            "default_route_table_id": ref("aws_vpc.main", name),
            "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": GATEWAY_ID}],
        },
    )
    made = of_table(adopter, separate(ref("aws_vpc.main", "main_route_table_id")))
    assert made.vpcs["aws_vpc.main"].main_table == "aws_default_route_table.d"
    assert made.tables == {
        "aws_default_route_table.d": RouteTable(
            id="aws_default_route_table.d",
            source=at("aws_default_route_table.d"),
            vpc="aws_vpc.main",
            routes=Listing((route("aws_default_route_table.d", GATEWAY), route("aws_route.r", GATEWAY))),
        )
    }


def test_a_default_route_table_that_may_not_exist_or_be_of_another_vpc() -> None:
    attributes: dict[str, Value] = {
        "default_route_table_id": ref("aws_vpc.main", "default_route_table_id"),
        "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": GATEWAY_ID}],
    }
    perhaps = of_table(tf("aws_default_route_table.d", attributes, exists=MYSTERY))
    assert perhaps.tables["aws_default_route_table.d"].routes == Listing(
        (route("aws_default_route_table.d", GATEWAY, exists=MYSTERY),)
    )
    unsure = of_table(tf("aws_default_route_table.d", {**attributes, "default_route_table_id": MYSTERY}))
    assert unsure.vpcs["aws_vpc.main"].main_table == "aws_vpc.main#main"
    assert unsure.tables["aws_vpc.main#main"].routes == Listing((), MYSTERY)
    assert unsure.tables["aws_default_route_table.d"].vpc == MYSTERY


def main_table(attributes: dict[str, Value], **fields: Any) -> Link:
    association = tf("aws_main_route_table_association.m", attributes, **fields)
    return of_table(tf(TABLE), association).vpcs["aws_vpc.main"].main_table


def test_an_association_makes_another_table_the_main_one() -> None:
    named: dict[str, Value] = {"vpc_id": ref("aws_vpc.main", "id"), "route_table_id": ref(TABLE, "id")}
    assert main_table(named) == TABLE
    assert main_table(named, exists=MYSTERY) == MYSTERY
    assert main_table({**named, "route_table_id": MYSTERY}) == MYSTERY
    assert main_table({**named, "vpc_id": MYSTERY}) == MYSTERY


def test_a_main_table_that_an_association_changes_is_not_known_by_name() -> None:
    association = tf(
        "aws_main_route_table_association.m",
        {"vpc_id": ref("aws_vpc.main", "id"), "route_table_id": ref(TABLE, "id")},
    )
    by_name = of_table(tf(TABLE), association, separate(ref("aws_vpc.main", "main_route_table_id")))
    changed = "aws_vpc.main.main_route_table_id, which aws_main_route_table_association.m changes,"
    assert {table.routes for table in by_name.tables.values()} == {
        Listing((), Unknown(Why.AFTER_APPLY, changed, PLACE))
    }
    first = of_table(tf(TABLE), association, separate(ref("aws_vpc.main", "default_route_table_id")))
    assert first.tables["aws_vpc.main#main"].routes == Listing((route("aws_route.r", GATEWAY),))
    assert first.tables[TABLE].routes == Listing()


def test_propagated_routes_lead_to_the_private_gateway() -> None:
    table = tf(TABLE, {"propagating_vgws": [ref("aws_vpn_gateway.v", "id")]})
    propagated = Route(
        source=at(TABLE),
        destination=Unknown(Why.AFTER_APPLY, f"what {TABLE} propagates", PLACE),
        target=Target(TargetKind.VIRTUAL_PRIVATE_GATEWAY, "aws_vpn_gateway.v"),
    )
    assert of_table(table, tf("aws_vpn_gateway.v")).tables[TABLE].routes == Listing((propagated,))
    made = of_template(
        cfn("AWS::EC2::RouteTable", "Table"),
        cfn("AWS::EC2::VPNGateway", "Vpn"),
        cfn(
            "AWS::EC2::VPNGatewayRoutePropagation",
            "P",
            {"RouteTableIds": [ref("Table")], "VpnGatewayId": ref("Vpn")},
        ),
    )
    (found,) = made.tables["Table"].routes
    assert found.target == Target(TargetKind.VIRTUAL_PRIVATE_GATEWAY, "Vpn")


NAT = Target(TargetKind.NAT_GATEWAY, "aws_nat_gateway.x")


@pytest.mark.parametrize(
    ("attribute", "value", "expected"),
    [
        ("gateway_id", GATEWAY_ID, GATEWAY),
        ("nat_gateway_id", ref("aws_nat_gateway.x", "id"), NAT),
        ("gateway_id", ref("aws_nat_gateway.x", "id"), NAT),
        ("gateway_id", "local", Target(TargetKind.LOCAL, "local")),
        (
            "gateway_id",
            "igw-1",
            Target(TargetKind.INTERNET_GATEWAY, Unknown(Why.OUTSIDE, "igw-1", PLACE)),
        ),
        (
            "gateway_id",
            "vgw-1",
            Target(TargetKind.VIRTUAL_PRIVATE_GATEWAY, Unknown(Why.OUTSIDE, "vgw-1", PLACE)),
        ),
        (
            "nat_gateway_id",
            "nat-1",
            Target(TargetKind.NAT_GATEWAY, Unknown(Why.OUTSIDE, "nat-1", PLACE)),
        ),
        (
            "transit_gateway_id",
            "tgw-1",
            Target(TargetKind.TRANSIT_GATEWAY, Unknown(Why.OUTSIDE, "tgw-1", PLACE)),
        ),
        (
            "vpc_endpoint_id",
            "vpce-1",
            Target(TargetKind.VPC_ENDPOINT, Unknown(Why.OUTSIDE, "vpce-1", PLACE)),
        ),
        ("gateway_id", "x", Unknown(Why.OUTSIDE, "x", PLACE)),
        ("gateway_id", MYSTERY, MYSTERY),
        ("nat_gateway_id", MYSTERY, Target(TargetKind.NAT_GATEWAY, MYSTERY)),
        ("core_network_arn", MYSTERY, Target(TargetKind.CLOUD_WAN, MYSTERY)),
        (
            "vpc_endpoint_id",
            Text(("vpce-", MYSTERY)),
            Target(TargetKind.VPC_ENDPOINT, MYSTERY),
        ),
        (
            "vpc_endpoint_id",
            Reference("aws_networkfirewall_firewall.f", ("firewall_status", 0, "sync_states")),
            Target(TargetKind.VPC_ENDPOINT, "aws_networkfirewall_firewall.f"),
        ),
        (
            "network_interface_id",
            ref("aws_instance.nat", "primary_network_interface_id"),
            Target(TargetKind.NETWORK_INTERFACE, "aws_instance.nat"),
        ),
        (
            "instance_id",
            ref("aws_instance.nat", "id"),
            Target(TargetKind.NETWORK_INTERFACE, "aws_instance.nat"),
        ),
        (
            "gateway_id",
            Unknown(Why.DATA_SOURCE, "data.aws_internet_gateway.d", PLACE),
            Target(
                TargetKind.INTERNET_GATEWAY,
                Unknown(Why.DATA_SOURCE, "data.aws_internet_gateway.d", PLACE),
            ),
        ),
        (
            "gateway_id",
            ref("aws_x.y", "id"),
            Unknown(Why.AFTER_APPLY, "aws_x.y.id", PLACE),
        ),
    ],
)
def test_targets(attribute: str, value: Value, expected: Target | Unknown) -> None:
    others = (tf("aws_networkfirewall_firewall.f"), tf("aws_instance.nat"))
    (found,) = routes([{"cidr_block": "0.0.0.0/0", attribute: value}], *others)
    assert found.target == expected


def test_a_route_with_no_target_or_several() -> None:
    (none,) = routes([{"cidr_block": "0.0.0.0/0"}])
    assert none.target == Unknown(Why.INVALID, f"a route of {TABLE}", PLACE, "it has no target")
    (either,) = routes([{"cidr_block": "0.0.0.0/0", "gateway_id": MYSTERY, "nat_gateway_id": MYSTERY}])
    assert either.target == MYSTERY
    (both,) = routes([{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1", "nat_gateway_id": "nat-1"}])
    assert both.target == Unknown(Why.INVALID, f"a route of {TABLE}", PLACE, "it has 2 targets")


@pytest.mark.parametrize(
    ("destination", "expected"),
    [
        ({"cidr_block": "10.0.0.0/8"}, Cidr("10.0.0.0/8")),
        ({"cidr_block": MYSTERY}, MYSTERY),
        ({"cidr_block": ref("aws_vpc.peer", "cidr_block")}, Cidr("10.9.0.0/16")),
        ({}, Unknown(Why.INVALID, f"a route of {TABLE}", PLACE, "it has 0 destinations")),
    ],
)
def test_destinations(destination: dict[str, Value], expected: Range) -> None:
    peer = tf("aws_vpc.peer", {"cidr_block": "10.9.0.0/16"})
    (found,) = routes([{**destination, "gateway_id": GATEWAY_ID}], peer)
    assert found.destination == expected


def test_associations() -> None:
    made = of_terraform(
        tf("aws_subnet.a"),
        tf(TABLE),
        tf(
            "aws_route_table_association.known",
            {"subnet_id": ref("aws_subnet.a", "id"), "route_table_id": ref(TABLE, "id")},
        ),
        tf(
            "aws_route_table_association.unknown",
            {"subnet_id": MYSTERY, "route_table_id": MYSTERY},
            exists=MYSTERY,
        ),
        tf("aws_route_table_association.elsewhere", {"subnet_id": "subnet-1", "route_table_id": MYSTERY}),
        tf("aws_route_table_association.edge", {"gateway_id": MYSTERY, "route_table_id": ref(TABLE, "id")}),
    )
    assert made.associations == (
        Association(
            id="aws_route_table_association.known",
            source=at("aws_route_table_association.known"),
            subnet="aws_subnet.a",
            table=TABLE,
        ),
        Association(
            id="aws_route_table_association.unknown",
            source=at("aws_route_table_association.unknown"),
            exists=MYSTERY,
            subnet=MYSTERY,
            table=MYSTERY,
        ),
    )


def test_routes_of_cloudformation() -> None:
    made = of_template(
        cfn("AWS::EC2::VPC", "Vpc"),
        cfn("AWS::EC2::InternetGateway", "Igw"),
        cfn(
            "AWS::EC2::VPCGatewayAttachment", "Attach", {"VpcId": ref("Vpc"), "InternetGatewayId": ref("Igw")}
        ),
        cfn("AWS::EC2::RouteTable", "Table", {"VpcId": get_att("Vpc", "VpcId")}),
        cfn(
            "AWS::EC2::Route",
            "Default",
            {
                "RouteTableId": get_att("Table", "RouteTableId"),
                "DestinationCidrBlock": "0.0.0.0/0",
                "GatewayId": get_att("Attach", "InternetGatewayId"),
            },
        ),
    )
    assert made.tables["Table"] == RouteTable(
        id="Table",
        source=at("AWS::EC2::RouteTable.Table"),
        vpc="Vpc",
        routes=Listing((route("AWS::EC2::Route.Default", Target(TargetKind.INTERNET_GATEWAY, "Igw")),)),
    )
