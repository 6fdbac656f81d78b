"""Through a transit gateway that the files create (facts C13): each step is certain, or nothing is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.situations import FIXTURES

from checkov_ecs_endpoints.findings import assess
from checkov_ecs_endpoints.policy_files import load_policies
from checkov_ecs_endpoints.scan import scan
from checkov_ecs_endpoints.selection import Selection
from checkov_ecs_endpoints.settings import Settings

TEXT = (FIXTURES / "centralized_egress" / "terraform" / "main.tf").read_text(encoding="utf-8")
DECIDED = {
    "ECSNET_100": "PASSED",
    "ECSNET_101": "FAILED",
    "ECSNET_301": "FAILED",
    "ECSNET_302": "FAILED",
    "ECSNET_402": "FAILED",
}
BACK_IN_VPC = """
  route {
    cidr_block         = "10.0.0.0/8"
    transit_gateway_id = aws_ec2_transit_gateway.main.id
  }
"""

Judge = Callable[[str], dict[str, str]]


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    def judged(text: str) -> dict[str, str]:
        (tmp_path / "main.tf").write_text(text, encoding="utf-8")
        scanned = scan([tmp_path], Settings(), tmp_path)
        assert not scanned.problems
        found = assess(scanned, load_policies(), Selection()).findings
        assert not scanned.crashes
        service = {one.check_id: one.outcome.value for one in found if one.address == "aws_ecs_service.api"}
        return {id_: service.get(id_, "") for id_ in DECIDED}

    return judged


def without(type_: str, name: str, text: str = TEXT) -> str:
    """The text without one resource."""
    start = text.index(f'resource "{type_}" "{name}"')
    end = text.index("\n}\n", start) + 3
    return text[:start] + text[end:]


def changed(old: str, new: str, text: str = TEXT) -> str:
    """The text with one thing in it changed."""
    assert old in text
    return text.replace(old, new)


def by_default_tables() -> str:
    """The same network with the default route table of the gateway alone."""
    text = TEXT.replace('= "disable"', '= "enable"')
    for type_, name in (
        ("aws_ec2_transit_gateway_route_table_association", "spoke"),
        ("aws_ec2_transit_gateway_route_table_association", "hub"),
        ("aws_ec2_transit_gateway_route_table_propagation", "back"),
        ("aws_ec2_transit_gateway_route_table", "spokes"),
        ("aws_ec2_transit_gateway_route_table", "hub"),
    ):
        text = without(type_, name, text)
    default = "aws_ec2_transit_gateway.main.association_default_route_table_id"
    return text.replace("aws_ec2_transit_gateway_route_table.spokes.id", default)


def back(destination: str, to: str) -> str:
    """A static route of the hub's table."""
    return f"""
        resource "aws_ec2_transit_gateway_route" "other" {{
          destination_cidr_block         = "{destination}"
          transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.hub.id
          {to}
        }}
    """


def acl(name: str, vpc: str, subnet: str) -> str:
    """A network ACL that lets nothing pass."""
    return f'resource "aws_network_acl" "{name}" {{\n vpc_id = {vpc}\n subnet_ids = [{subnet}]\n}}\n'


OTHER_IN_VPC = """
  route {
    cidr_block                = "10.1.0.0/16"
    vpc_peering_connection_id = var.peer
  }
"""
PUBLIC_ZONE = """
  cidr_block        = "10.0.1.0/24"
  availability_zone = "eu-west-1a"
"""
DOORS = """
resource "aws_subnet" "doors_a" {
  vpc_id            = aws_vpc.spoke.id
  cidr_block        = "10.1.8.0/28"
  availability_zone = "eu-west-1a"
}
resource "aws_subnet" "doors_b" {
  vpc_id            = aws_vpc.spoke.id
  cidr_block        = "10.1.9.0/28"
  availability_zone = "eu-west-1b"
}
"""


def test_every_step_is_certain(judge: Judge) -> None:
    assert judge(TEXT) == DECIDED
    assert judge(by_default_tables()) == DECIDED


def test_a_static_route_back_does_as_well(judge: Judge) -> None:
    text = without("aws_ec2_transit_gateway_route_table_propagation", "back")
    back = """
        resource "aws_ec2_transit_gateway_route" "back" {
          destination_cidr_block         = "10.1.0.0/16"
          transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.spoke.id
          transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.hub.id
        }
    """
    assert judge(text + back) == DECIDED


@pytest.mark.parametrize(
    "text",
    [
        without("aws_ec2_transit_gateway_route_table_propagation", "back"),
        changed(BACK_IN_VPC, ""),
        changed('"10.0.0.0/8"', '"10.2.0.0/16"'),
        TEXT + back("10.1.0.0/16", "blackhole = true"),
        TEXT
        + back(
            "10.1.0.0/24",
            "transit_gateway_attachment_id = aws_ec2_transit_gateway_vpc_attachment.hub.id",
        ),
        changed(BACK_IN_VPC, BACK_IN_VPC + OTHER_IN_VPC) + 'variable "peer" {}',
        changed(PUBLIC_ZONE, PUBLIC_ZONE.replace("1a", "1b")),
        TEXT + acl("hub", "aws_vpc.hub.id", "aws_subnet.hub.id"),
        changed(
            "[aws_subnet.spoke_a.id, aws_subnet.spoke_b.id]\n}",
            "[aws_subnet.doors_a.id, aws_subnet.doors_b.id]\n}",
        )
        + DOORS
        + acl("doors", "aws_vpc.spoke.id", "aws_subnet.doors_a.id"),
    ],
    ids=[
        "no route of the gateway",
        "none of the NAT gateway's subnet",
        "one for others",
        "a blackhole",
        "a longer one elsewhere",
        "a longer one to a peer",
        "no interface in the zone of the NAT gateway",
        "a network ACL of the hub",
        "a network ACL of the spoke",
    ],
)
def test_without_a_way_back_it_is_not_known_whether_tasks_start(text: str, judge: Judge) -> None:
    assert judge(text)["ECSNET_100"] == "UNKNOWN"


@pytest.mark.parametrize(
    "text",
    [
        without("aws_ec2_transit_gateway_route", "out"),
        without("aws_ec2_transit_gateway_route_table_association", "spoke"),
        without("aws_ec2_transit_gateway_vpc_attachment", "spoke"),
        changed("[aws_subnet.hub.id]", "var.subnets") + 'variable "subnets" {}',
        changed(
            "transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.spokes.id",
            "transit_gateway_route_table_id = var.table",
        )
        + 'variable "table" {}',
        TEXT
        + """
        resource "aws_ec2_transit_gateway_route" "more" {
          destination_cidr_block         = "52.0.0.0/8"
          blackhole                      = true
          transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.spokes.id
        }
        """,
        by_default_tables().replace('association = "enable"', 'association = "disable"'),
        TEXT
        + """
        resource "aws_ec2_transit_gateway_prefix_list_reference" "more" {
          prefix_list_id                 = "pl-0123456789abcdef0"
          blackhole                      = true
          transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.spokes.id
        }
        """,
        by_default_tables()
        + """
        resource "aws_ec2_transit_gateway_default_route_table_association" "other" {
          transit_gateway_id             = aws_ec2_transit_gateway.main.id
          transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.other.id
        }
        resource "aws_ec2_transit_gateway_route_table" "other" {
          transit_gateway_id = aws_ec2_transit_gateway.main.id
        }
        """,
    ],
    ids=[
        "no default route",
        "associated with no table",
        "not attached",
        "subnets not known",
        "table not known",
        "another route before it",
        "no default association",
        "a prefix list before it",
        "another default table",
    ],
)
def test_where_a_step_is_missing_nothing_is_known(text: str, judge: Judge) -> None:
    assert set(judge(text).values()) == {"UNKNOWN"}


def test_a_zone_without_the_gateway_is_not_served(judge: Judge) -> None:
    """https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html."""
    found = judge(changed("[aws_subnet.spoke_a.id, aws_subnet.spoke_b.id]\n}", "[aws_subnet.spoke_a.id]\n}"))
    assert found["ECSNET_100"] == "UNKNOWN"
    assert found["ECSNET_101"] == "FAILED", "from the zone that is served there is no endpoint"


def test_a_firewall_that_is_attached_may_limit_destinations(judge: Judge) -> None:
    firewall = """
        resource "aws_networkfirewall_firewall" "main" {
          name                = "main"
          transit_gateway_id  = aws_ec2_transit_gateway.main.id
          firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:111122223333:firewall-policy/main"
        }
    """
    assert judge(TEXT + firewall)["ECSNET_402"] == "UNKNOWN"


def test_a_gateway_that_is_crossed_twice_is_no_circle(judge: Judge) -> None:
    found = judge(changed("nat_gateway_id = aws_nat_gateway.hub.id",
                          "transit_gateway_id = aws_ec2_transit_gateway.main.id"))  # fmt: skip
    assert found["ECSNET_402"] == "UNKNOWN"


def test_without_nat_gateway_behind_it_nothing_is_known(judge: Judge) -> None:
    found = judge(changed("nat_gateway_id = aws_nat_gateway.hub.id", "transit_gateway_id = var.other")
                  + 'variable "other" {}')  # fmt: skip
    assert set(found.values()) == {"UNKNOWN"}
