"""What the settings say lies behind the routes of a configuration's own VPCs (facts B15, B16, C13)."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from support.saying import EGRESS, more_endpoints_only_help, saying_less_only_makes_unsure

from checkov_ecs_endpoints.findings import assess
from checkov_ecs_endpoints.model.network import Target
from checkov_ecs_endpoints.policy_files import load_policies
from checkov_ecs_endpoints.results import Finding
from checkov_ecs_endpoints.scan import scan
from checkov_ecs_endpoints.selection import Selection
from checkov_ecs_endpoints.settings_file import SettingsFiles

Judge = Callable[..., dict[str, Finding]]

CONFIGURATION = """
provider "aws" {
  region = "eu-west-1"
}

variable "hub_id" {}
variable "network" {}

resource "aws_vpc" "main" {
  cidr_block           = "10.1.0.0/16"
  enable_dns_hostnames = HOSTNAMES
}

resource "aws_subnet" "private" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.1.1.0/24"
}

resource "aws_route_table" "private" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block = "DESTINATION"
    TARGET
  }
}

resource "aws_route_table_association" "private" {
  subnet_id      = aws_subnet.private.id
  route_table_id = aws_route_table.private.id
}

resource "aws_security_group" "api" {
  vpc_id = aws_vpc.main.id
  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["OUT"]
  }
}

resource "aws_ecs_task_definition" "api" {
  family                   = "api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 16384
  memory                   = 32768
  container_definitions = jsonencode([{
    name             = "api"
    image            = "IMAGE"
    logConfiguration = { logDriver = "awslogs", options = { awslogs-region = "eu-west-1" } }
  }])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
  desired_count   = 100
  network_configuration {
    subnets         = [aws_subnet.private.id]
    security_groups = [aws_security_group.api.id]
  }
}
"""

TEMPLATE = """
AWSTemplateFormatVersion: "2010-09-09"
Parameters:
  HubId: {Type: String}
Resources:
  Hub: {Type: AWS::EC2::TransitGateway}
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}
  Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
  Route:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, TransitGatewayId: TARGET}
"""

ECR = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1"
BY_VARIABLE = "transit_gateway_id = var.hub_id"
TRANSIT = 'resource "aws_ec2_transit_gateway" "main" {}'
INTERFACES = "endpoints: [ecr.api, ecr.dkr, logs]"
S3 = """
resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.main.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.private.id]
}
"""


LOCAL = "vpc_peering_connection_id = var.network"
V6 = """
resource "aws_route" "v6" {
  route_table_id              = aws_route_table.private.id
  destination_ipv6_cidr_block = "::/0"
  transit_gateway_id          = var.hub_id
}
"""
HOPS = """
resource "aws_subnet" "hop" {
  vpc_id     = aws_vpc.main.id
  cidr_block = "10.1.2.0/24"
}
resource "aws_route_table" "hop" {
  vpc_id = aws_vpc.main.id
  route {
    cidr_block         = "0.0.0.0/0"
    transit_gateway_id = var.hub_id
  }
}
resource "aws_route_table_association" "hop" {
  subnet_id      = aws_subnet.hop.id
  route_table_id = aws_route_table.hop.id
}
resource "aws_nat_gateway" "hop" {
  connectivity_type = "private"
  subnet_id         = aws_subnet.hop.id
}
resource "aws_networkfirewall_firewall" "hop" {
  name                = "hop"
  vpc_id              = aws_vpc.main.id
  firewall_policy_arn = "arn:aws:network-firewall:eu-west-1:111122223333:firewall-policy/main"
  subnet_mapping { subnet_id = aws_subnet.hop.id }
}
"""


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Judges a service behind a route to a hub, by policy; ``assume`` is YAML."""

    def judged(
        assume: str,
        *more: str,
        target: str = BY_VARIABLE,
        destination: str = "0.0.0.0/0",
        out: str = "0.0.0.0/0",
        hostnames: str = "true",
        image: str = ECR,
    ) -> dict[str, Finding]:
        text = CONFIGURATION.replace("TARGET", target).replace("DESTINATION", destination)
        text = text.replace("OUT", out).replace("HOSTNAMES", hostnames).replace("IMAGE", image)
        (tmp_path / "main.tf").write_text("\n".join([text, *more]), encoding="utf-8")
        items = textwrap.indent(textwrap.dedent(assume).strip(), "  ")
        settings = f"assume:\n{items}\n" if assume else ""
        (tmp_path / ".ecs-endpoints.yaml").write_text(settings, encoding="utf-8")
        scanned = scan([tmp_path], SettingsFiles(environment={}), tmp_path)
        assert not scanned.problems
        found = assess(scanned, load_policies(), Selection()).findings
        assert not scanned.crashes
        return {one.check_id: one for one in found if one.address == "aws_ecs_service.api"}

    return judged


def outcomes(found: dict[str, Finding], *ids: str) -> set[str]:
    """What the policies say."""
    return {found[id_].outcome.value for id_ in ids}


def behind(route_to: str, says: str) -> str:
    """One assumption about what routes lead to."""
    return f"- {{match: {{route_to: {{{route_to}}}}}, {says}}}"


class TestWhichRoutes:
    """An assumption names the kind of what routes lead to, what gives its id, or both."""

    @pytest.mark.parametrize(
        ("target", "route_to"),
        [
            (BY_VARIABLE, "variable: hub_id"),
            (BY_VARIABLE, "variable: '*hub*'"),
            (BY_VARIABLE, "kind: transit-gateway"),
            (BY_VARIABLE, "kind: transit-gateway, variable: hub_id"),
            ("transit_gateway_id = var.network.hub", "variable: network"),
            ("transit_gateway_id = data.aws_ec2_transit_gateway.hub.id", "data: aws_ec2_transit_gateway.hub"),
            (
                "transit_gateway_id = aws_ec2_transit_gateway.main.id",
                "resource: aws_ec2_transit_gateway.main",
            ),
            ('transit_gateway_id = "tgw-0123456789abcdef0"', "id: tgw-0123456789abcdef0"),
            ('transit_gateway_id = "tgw-0123456789abcdef0"', "id: tgw-*"),
            ("vpc_peering_connection_id = var.hub_id", "kind: peering"),
            ("vpc_endpoint_id = var.hub_id", "kind: firewall"),
            ("vpc_endpoint_id = data.aws_vpc_endpoint.inspection.id", "data: aws_vpc_endpoint.inspection"),
            ("core_network_arn = var.hub_id", "kind: cloud-wan"),
            ('gateway_id = "vgw-0123456789abcdef0"', "kind: virtual-private-gateway"),
            ("network_interface_id = var.hub_id", "kind: network-interface"),
        ],
    )
    def test_that_are_meant(self, target: str, route_to: str, judge: Judge) -> None:
        data = """
            data "aws_ec2_transit_gateway" "hub" {}
            data "aws_vpc_endpoint" "inspection" { tags = { Name = "inspection" } }
        """
        found = judge(behind(route_to, "endpoints: [], egress: isolated"), TRANSIT, data, target=target)
        assert outcomes(found, "ECSNET_100", "ECSNET_101", "ECSNET_104") == {"FAILED"}
        assert not {"ECSNET_301", "ECSNET_302", "ECSNET_402"} & found.keys()

    @pytest.mark.parametrize(
        "match",
        [
            "route_to: {variable: hub}",
            "route_to: {kind: peering}",
            "route_to: {kind: peering, variable: hub_id}",
            "route_to: {data: hub_id}",
            "route_to: {parameter: hub_id}",
            "route_to: {resource: '*'}",
            "route_to: {id: '*'}",
            "root: elsewhere, route_to: {variable: hub_id}",
            "variable: hub_id",
            "root: .",
        ],
    )
    def test_that_are_not(self, match: str, judge: Judge) -> None:
        found = judge(f"- {{match: {{{match}}}, endpoints: [], egress: isolated}}")
        alone = judge("")
        assert {id_: one.outcome for id_, one in found.items()} == {
            id_: one.outcome for id_, one in alone.items()
        }
        assert outcomes(found, "ECSNET_100", "ECSNET_101", "ECSNET_301", "ECSNET_402") == {"UNKNOWN"}

    @pytest.mark.parametrize(
        ("target", "route_to"),
        [
            ("!Ref HubId", "parameter: HubId"),
            ("!Ref HubId", "kind: transit-gateway, parameter: 'Hub*'"),
            ("!Ref Hub", "resource: AWS::EC2::TransitGateway.Hub"),
            ("!ImportValue hub-id", "import: hub-id"),
            ("tgw-0123456789abcdef0", "id: tgw-*"),
        ],
    )
    def test_of_a_template(self, target: str, route_to: str, tmp_path: Path) -> None:
        (tmp_path / "template.yaml").write_text(TEMPLATE.replace("TARGET", target), encoding="utf-8")
        says = behind(route_to, "endpoints: [], egress: isolated")
        (tmp_path / ".ecs-endpoints.yaml").write_text(f"assume:\n  {says}\n", encoding="utf-8")
        ((_, estate),) = scan([tmp_path], SettingsFiles(environment={}), tmp_path).estates()
        (route,) = (route for table in estate.network.tables.values() for route in table.routes)
        assert isinstance(route.target, Target)
        (hub,) = estate.network.hubs.values()
        assert (hub.id, hub.internet, hub.endpoints) == (route.target.id, False, ())

    @pytest.mark.parametrize(("giver", "held"), [("variable: hub_id", True), ("variable: network", False)])
    def test_whose_variable_has_a_value(self, giver: str, held: bool, judge: Judge, tmp_path: Path) -> None:
        (tmp_path / "terraform.tfvars").write_text('hub_id = "tgw-0123456789abcdef0"\n', encoding="utf-8")
        found = judge(behind(giver, "endpoints: [], egress: isolated"))
        assert outcomes(found, "ECSNET_100", "ECSNET_101") == {"FAILED" if held else "UNKNOWN"}

    def test_the_first_that_is_about_them_counts(self, judge: Judge) -> None:
        says = [
            behind("variable: hub_id", "egress: nat"),
            behind("kind: transit-gateway", "egress: isolated"),
        ]
        assert outcomes(judge("\n".join(says), image="nginx"), "ECSNET_100") == {"PASSED"}
        says.reverse()
        assert outcomes(judge("\n".join(says), image="nginx"), "ECSNET_100") == {"FAILED"}

    def test_networks_from_elsewhere_are_not_meant(self, judge: Judge) -> None:
        says = behind("kind: transit-gateway", "endpoints: [ecr.api], egress: nat")
        found = judge(says, 'resource "aws_security_group" "other" { vpc_id = var.network }')
        assert outcomes(found, "ECSNET_101") == {"PASSED"}
        assert outcomes(found, "ECSNET_104") == {"FAILED"}


class TestWhatIsThere:
    """What is said works, what is not said is not known."""

    def test_interface_endpoints_serve(self, judge: Judge, tmp_path: Path) -> None:
        found = judge(behind("variable: hub_id", f"{INTERFACES}, egress: isolated"), S3)
        ids = ("ECSNET_100", "ECSNET_101", "ECSNET_102", "ECSNET_103", "ECSNET_104")
        assert outcomes(found, *ids) == {"PASSED"}
        assert [
            (step.text, step.location and step.location.line) for step in found["ECSNET_104"].evidence
        ] == [
            ('container "api" logs with awslogs to CloudWatch Logs', 48),
            ("aws_ecs_service.api is in subnet aws_subnet.private", 61),
            ("aws_subnet.private is associated with route table aws_route_table.private", 27),
            ("a route of aws_route_table.private leads to var.hub_id", 23),
            ("behind var.hub_id, assumed by the settings: an endpoint that answers the name of logs", 2),
        ]
        assert str(found["ECSNET_104"].evidence[-1].location).startswith(
            str(tmp_path / ".ecs-endpoints.yaml")
        )

    def test_by_a_route_for_its_addresses_too(self, judge: Judge) -> None:
        nat = """
            resource "aws_route" "nat" {
              route_table_id         = aws_route_table.private.id
              destination_cidr_block = "0.0.0.0/0"
              nat_gateway_id         = aws_nat_gateway.main.id
            }
            resource "aws_nat_gateway" "main" { subnet_id = aws_subnet.private.id }
        """
        alone = judge("", nat, destination="10.0.0.0/8")
        assert outcomes(alone, "ECSNET_101", "ECSNET_104") == {"FAILED"}
        found = judge(behind("variable: hub_id", f"{INTERFACES}"), nat, destination="10.0.0.0/8")
        assert outcomes(found, "ECSNET_101", "ECSNET_102", "ECSNET_104") == {"PASSED"}

    def test_image_layers_are_not_settled(self, judge: Judge) -> None:
        found = judge(behind("variable: hub_id", "endpoints: [ecr.api, ecr.dkr, logs, s3], egress: isolated"))
        assert outcomes(found, "ECSNET_100", "ECSNET_103") == {"UNKNOWN"}

    def test_what_is_not_listed_is_not_there(self, judge: Judge) -> None:
        found = judge(behind("variable: hub_id", "endpoints: [ecr.api], egress: isolated"), S3)
        assert outcomes(found, "ECSNET_100", "ECSNET_102", "ECSNET_104") == {"FAILED"}
        assert found["ECSNET_104"].cause == "aws_vpc.main: no interface endpoint for logs"
        shown = [step.text for step in found["ECSNET_104"].evidence]
        assert shown[-2:] == [
            "a route of aws_route_table.private leads to var.hub_id",
            "behind var.hub_id, assumed by the settings: endpoints for ecr.api alone",
        ]

    def test_an_endpoint_of_its_own_that_does_not_admit_loses_the_traffic(self, judge: Judge) -> None:
        own = """
            resource "aws_security_group" "door" { vpc_id = aws_vpc.main.id }
            resource "aws_vpc_endpoint" "logs" {
              vpc_id              = aws_vpc.main.id
              service_name        = "com.amazonaws.eu-west-1.logs"
              vpc_endpoint_type   = "Interface"
              private_dns_enabled = true
              subnet_ids          = [aws_subnet.private.id]
              security_group_ids  = [aws_security_group.door.id]
            }
        """
        found = judge(behind("variable: hub_id", f"{INTERFACES}, egress: nat"), own)
        assert outcomes(found, "ECSNET_100", "ECSNET_104") == {"FAILED"}
        assert outcomes(found, "ECSNET_101") == {"PASSED"}

    @pytest.mark.parametrize(
        ("egress", "starts", "what"),
        [("nat", "PASSED", "the internet"), ("isolated", "FAILED", "no way to the internet")],
    )
    def test_the_internet_is_reached_or_not(self, egress: str, starts: str, what: str, judge: Judge) -> None:
        found = judge(behind("variable: hub_id", f"egress: {egress}"), image="nginx")
        assert outcomes(found, "ECSNET_100") == {starts}
        assert outcomes(found, "ECSNET_104") == {"UNKNOWN"}, "which endpoints there are is not said"
        texts = [step.text for step in found["ECSNET_100"].evidence]
        assert f"behind var.hub_id, assumed by the settings: {what}" in texts

    @pytest.mark.parametrize("egress", ["nat", "transit-gateway"])
    def test_nat_gateways_and_filters_are_not_said(self, egress: str, judge: Judge) -> None:
        found = judge(behind("variable: hub_id", f"egress: {egress}"))
        assert outcomes(found, "ECSNET_301", "ECSNET_302", "ECSNET_402") == {"UNKNOWN"}
        reasons = {id_: reason.subject for id_ in found if (reason := found[id_].reason) is not None}
        assert reasons["ECSNET_301"] == "which NAT gateways there are behind var.hub_id"
        assert reasons["ECSNET_302"] == "which NAT gateways there are behind var.hub_id"
        assert reasons["ECSNET_402"] == "whether anything behind var.hub_id limits destinations"

    def test_a_firewall_limits_destinations(self, judge: Judge) -> None:
        found = judge(behind("variable: hub_id", "egress: firewall"))
        assert outcomes(found, "ECSNET_402") == {"PASSED"}
        assert outcomes(found, "ECSNET_100", "ECSNET_401") == {"PASSED", "FAILED"}

    def test_without_egress_the_internet_is_not_known(self, judge: Judge) -> None:
        found = judge(behind("variable: hub_id", INTERFACES), S3)
        assert outcomes(found, "ECSNET_100", "ECSNET_101", "ECSNET_104") == {"PASSED"}
        found = judge(behind("variable: hub_id", INTERFACES), S3, image="nginx")
        assert outcomes(found, "ECSNET_100", "ECSNET_301", "ECSNET_402") == {"UNKNOWN"}

    def test_endpoints_are_for_the_region_of_the_vpc(self, judge: Judge) -> None:
        far = ECR.replace("eu-west-1", "us-east-1")
        found = judge(behind("variable: hub_id", f"{INTERFACES}, egress: isolated"), S3, image=far)
        assert outcomes(found, "ECSNET_100", "ECSNET_101", "ECSNET_102") == {"FAILED"}

    @pytest.mark.parametrize(("out", "outcome"), [("10.0.0.0/8", "UNKNOWN"), ("0.0.0.0/0", "PASSED")])
    def test_groups_have_to_let_out_to_it(self, out: str, outcome: str, judge: Judge) -> None:
        says = behind("variable: hub_id", f"{INTERFACES}, egress: isolated")
        assert outcomes(judge(says, out=out), "ECSNET_101") == {outcome}

    def test_hosted_zones_need_dns_host_names(self, judge: Judge) -> None:
        says = behind("variable: hub_id", f"{INTERFACES}, egress: isolated")
        assert outcomes(judge(says, hostnames="false"), "ECSNET_101", "ECSNET_104") == {"UNKNOWN"}


class TestWhatServesWhom:
    """Endpoints behind a route serve the subnets whose own table has a route for their addresses."""

    SAYS = f"{INTERFACES}, egress: isolated"

    @pytest.mark.parametrize(
        ("destination", "outcome"),
        [("10.0.0.0/8", "PASSED"), ("172.217.0.0/16", "UNKNOWN"), ("0.0.0.0/1", "PASSED")],
    )
    def test_by_the_range_of_the_route(self, destination: str, outcome: str, judge: Judge) -> None:
        found = judge(behind("variable: hub_id", self.SAYS), destination=destination)
        assert outcomes(found, "ECSNET_101") == {outcome}

    def test_not_by_a_route_for_ipv6(self, judge: Judge) -> None:
        found = judge(behind("variable: hub_id", self.SAYS).replace("isolated", "nat"), S3, V6, target=LOCAL)
        assert "PASSED" not in outcomes(found, "ECSNET_101")

    @pytest.mark.parametrize("hop", ["firewall", "private NAT gateway"])
    def test_what_is_farther_on_is_not_known(self, hop: str, judge: Judge) -> None:
        target = "nat_gateway_id = aws_nat_gateway.hop.id"
        if hop == "firewall":
            target = (
                "vpc_endpoint_id = tolist(aws_networkfirewall_firewall.hop.firewall_status[0]"
                ".sync_states)[0].attachment[0].endpoint_id"
            )
        found = judge(behind("kind: transit-gateway", self.SAYS), HOPS, target=target)
        assert outcomes(found, "ECSNET_100", "ECSNET_101", "ECSNET_104") == {"UNKNOWN"}

    def test_by_another_route_of_which_endpoints_are_not_said(self, judge: Judge) -> None:
        found = judge(behind("variable: hub_id", "egress: isolated"), destination="10.0.0.0/8")
        assert outcomes(found, "ECSNET_101", "ECSNET_104") == {"UNKNOWN"}

    def test_no_peering_leads_to_the_internet(self, judge: Judge) -> None:
        by_peer = "vpc_peering_connection_id = var.hub_id"
        found = judge(behind("variable: hub_id", "egress: nat"), target=by_peer, image="nginx")
        assert outcomes(found, "ECSNET_100") == {"UNKNOWN"}

    def test_a_rule_may_name_a_group_behind_it(self, judge: Judge) -> None:
        other = """
            resource "aws_vpc" "hub" { cidr_block = "10.9.0.0/16" }
            resource "aws_security_group" "hub" { vpc_id = aws_vpc.hub.id }
            resource "aws_security_group_rule" "out" {
              type                     = "egress"
              security_group_id        = aws_security_group.api.id
              protocol                 = "tcp"
              from_port                = 443
              to_port                  = 443
              source_security_group_id = aws_security_group.hub.id
            }
        """
        found = judge(behind("variable: hub_id", self.SAYS), other, out="10.9.9.9/32")
        assert outcomes(found, "ECSNET_101") == {"UNKNOWN"}

    @pytest.mark.parametrize("name", ["main", "main[0]", "m*"])
    def test_of_a_counted_resource(self, name: str, judge: Judge) -> None:
        hub = 'resource "aws_ec2_transit_gateway" "main" { count = 1 }'
        target = "transit_gateway_id = aws_ec2_transit_gateway.main[0].id"
        says = behind(f"resource: 'aws_ec2_transit_gateway.{name}'", self.SAYS)
        assert outcomes(judge(says, hub, target=target), "ECSNET_101") == {"PASSED"}


class TestProperties:
    """What holds of all that can be said."""

    def said(self, judge: Judge, says: str) -> dict[str, str]:
        return {id_: found.outcome.value for id_, found in judge(behind("variable: hub_id", says)).items()}

    @pytest.mark.parametrize("egress", EGRESS)
    def test_more_endpoints_only_help(self, egress: str, judge: Judge) -> None:
        more_endpoints_only_help(partial(self.said, judge), egress)

    def test_saying_less_only_makes_unsure(self, judge: Judge) -> None:
        saying_less_only_makes_unsure(partial(self.said, judge))
