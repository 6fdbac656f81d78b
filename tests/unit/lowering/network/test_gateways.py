"""Internet gateways and NAT gateways."""

from __future__ import annotations

import pytest
from support.configurations import MYSTERY, PLACE, cfn, ref, tf
from support.networks import at, of_template, of_terraform

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.model.network import InternetGateway, NatGateway
from checkov_ecs_endpoints.values import Truth, Unknown, Value, Why

IGW = "aws_internet_gateway.g"
NAT = "aws_nat_gateway.n"


def test_an_internet_gateway_of_a_vpc() -> None:
    made = of_terraform(tf("aws_vpc.main"), tf(IGW, {"vpc_id": ref("aws_vpc.main", "id")}))
    assert made.internet_gateways == {IGW: InternetGateway(id=IGW, source=at(IGW), vpc="aws_vpc.main")}


def attached(*attachments: Resource) -> Link:
    made = of_template(cfn("AWS::EC2::VPC", "Vpc"), cfn("AWS::EC2::InternetGateway", "Igw"), *attachments)
    return made.internet_gateways["Igw"].vpc


def test_attachments() -> None:
    kind = "AWS::EC2::VPCGatewayAttachment"
    known: dict[str, Value] = {"VpcId": ref("Vpc"), "InternetGatewayId": ref("Igw")}
    assert attached(cfn(kind, "A", known)) == "Vpc"
    assert attached(cfn(kind, "A", known, exists=MYSTERY)) == MYSTERY
    assert attached(cfn(kind, "A", {**known, "InternetGatewayId": MYSTERY})) == MYSTERY
    elsewhere = Unknown(Why.OUTSIDE, "the attachment of AWS::EC2::InternetGateway.Igw", PLACE)
    assert attached(cfn(kind, "A", {"VpcId": ref("Vpc"), "VpnGatewayId": "vgw-1"})) == elsewhere
    made = of_terraform(
        tf("aws_vpc.main"),
        tf(IGW),
        tf(
            "aws_internet_gateway_attachment.a",
            {"vpc_id": ref("aws_vpc.main", "id"), "internet_gateway_id": ref(IGW, "id")},
        ),
    )
    assert made.internet_gateways[IGW].vpc == "aws_vpc.main"


def nat(attributes: dict[str, Value]) -> NatGateway:
    return of_terraform(tf("aws_vpc.main"), tf("aws_subnet.a"), tf(NAT, attributes)).nat_gateways[NAT]


def test_a_nat_gateway_is_public_and_zonal() -> None:
    assert nat({"subnet_id": ref("aws_subnet.a", "id")}) == NatGateway(
        id=NAT, source=at(NAT), subnet="aws_subnet.a", vpc=None, public=True, regional=False
    )


def test_a_regional_nat_gateway() -> None:
    assert nat({"availability_mode": "regional", "vpc_id": ref("aws_vpc.main", "id")}) == NatGateway(
        id=NAT, source=at(NAT), subnet=None, vpc="aws_vpc.main", public=True, regional=True
    )


@pytest.mark.parametrize(("value", "public"), [("private", False), ("public", True), (MYSTERY, MYSTERY)])
def test_connectivity(value: Value, public: Truth) -> None:
    assert nat({"connectivity_type": value, "subnet_id": ref("aws_subnet.a", "id")}).public == public


def test_a_nat_gateway_that_may_be_regional() -> None:
    found = nat({"availability_mode": MYSTERY, "subnet_id": ref("aws_subnet.a", "id")})
    assert (found.regional, found.subnet) == (MYSTERY, "aws_subnet.a")
    assert nat({"availability_mode": MYSTERY}).subnet is None
