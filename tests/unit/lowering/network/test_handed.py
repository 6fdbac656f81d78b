"""Open edges: what something outside the scan knows of the network."""

from __future__ import annotations

from support.configurations import PLACE, cfn, get_att, ref, tf
from support.networks import of_template, of_terraform

from checkov_ecs_endpoints.iac.configuration import Handover
from checkov_ecs_endpoints.model.network import Network, RouteTable, SecurityGroup, Vpc
from checkov_ecs_endpoints.values import Text, Unknown, Value, Why

NETWORK = (
    tf("aws_vpc.main"),
    tf("aws_vpc.other"),
    tf("aws_route_table.t"),
    tf("aws_route_table.u"),
    tf("aws_security_group.g"),
    tf("aws_subnet.s"),
)
MODULE = Unknown(Why.MODULE, 'module "x"', PLACE)


def handed(made: Network) -> dict[str, Unknown]:
    things: list[Vpc | RouteTable | SecurityGroup] = [
        *made.vpcs.values(),
        *made.tables.values(),
        *made.groups.values(),
    ]
    return {thing.id: thing.handed_over for thing in things if thing.handed_over is not None}


def given(*values: Value) -> dict[str, Unknown]:
    return handed(of_terraform(*NETWORK, handovers=[Handover('module "x"', list(values), PLACE)]))


def test_ids_and_arns_wherever_they_are_in_the_values() -> None:
    assert given({"net": {"vpc_id": ref("aws_vpc.main", "id")}}) == {"aws_vpc.main": MODULE}
    assert given(ref("aws_vpc.main", "arn"), Text(("x", ref("aws_route_table.t", "id")))) == {
        "aws_vpc.main": MODULE,
        "aws_route_table.t": MODULE,
    }
    assert given([ref("aws_security_group.g", "id")]) == {"aws_security_group.g": MODULE}


def test_the_default_things_by_an_attribute_of_the_vpc() -> None:
    assert given(
        ref("aws_vpc.main", "default_security_group_id"), ref("aws_vpc.main", "main_route_table_id")
    ) == {"aws_vpc.main#main": MODULE, "aws_vpc.main#default": MODULE}


def test_other_attributes_and_other_things_open_nothing() -> None:
    assert given(ref("aws_vpc.main", "cidr_block"), ref("aws_subnet.s", "id"), "vpc-1") == {}


def test_the_first_of_several() -> None:
    both = [
        Handover('module "x"', ref("aws_vpc.main", "id"), PLACE),
        Handover('module "y"', ref("aws_vpc.main", "id"), PLACE),
    ]
    assert handed(of_terraform(*NETWORK, handovers=both)) == {"aws_vpc.main": MODULE}


def test_exports() -> None:
    made = of_template(
        cfn("AWS::EC2::VPC", "Vpc"),
        cfn("AWS::EC2::SecurityGroup", "G"),
        handovers=[Handover("what imports export net-Vpc", [ref("Vpc"), get_att("G", "GroupId")], PLACE)],
    )
    export = Unknown(Why.OUTSIDE, "what imports export net-Vpc", PLACE)
    assert handed(made) == {"Vpc": export, "G": export}
