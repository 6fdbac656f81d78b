"""Networks that the settings assume: what lies in them, what they have, and what stays unknown."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from support.plans import plan, resource
from support.saying import EGRESS, more_endpoints_only_help, saying_less_only_makes_unsure

from checkov_ecs_endpoints.findings import assess
from checkov_ecs_endpoints.policy_files import load_policies
from checkov_ecs_endpoints.results import Finding
from checkov_ecs_endpoints.scan import scan
from checkov_ecs_endpoints.selection import Selection
from checkov_ecs_endpoints.settings_file import SettingsFiles

Judge = Callable[..., dict[str, Finding]]

SERVICE = """
provider "aws" {
  region = "eu-west-1"
}

resource "aws_ecs_task_definition" "api" {
  family                   = "api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 16384
  memory                   = 32768
  container_definitions    = jsonencode([{ name = "api", image = "IMAGE" }])
}

resource "aws_ecs_service" "api" {
  name            = "api"
  task_definition = aws_ecs_task_definition.api.arn
  CAPACITY
  desired_count   = 100
  network_configuration {
    subnets          = SUBNETS
    security_groups  = GROUPS
    assign_public_ip = PUBLIC
  }
}
"""

GROUP = """
resource "aws_security_group" "api" {
  vpc_id = VPC
  egress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["0.0.0.0/0"]
  }
}
"""

VARIABLES = """
variable "vpc_id" {}
variable "other_vpc_id" {}
variable "subnet_ids" {}
variable "public_subnet_ids" {}
variable "group_ids" {}
variable "flag" {}
"""

ECR = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1"
ALL = "endpoints: [ecr.api, ecr.dkr, s3]"
PULL = {"ECSNET_101", "ECSNET_102", "ECSNET_103"}


@pytest.fixture
def judge(tmp_path: Path) -> Judge:
    """Judges the service in a network from elsewhere, by policy; ``assume`` is YAML."""

    def judged(
        assume: str,
        *more: str,
        subnets: str = "var.subnet_ids",
        groups: str = "[aws_security_group.api.id]",
        vpc: str = "var.vpc_id",
        public: str = "false",
        image: str = ECR,
        capacity: str = 'launch_type = "FARGATE"',
    ) -> dict[str, Finding]:
        text = SERVICE.replace("SUBNETS", subnets).replace("GROUPS", groups)
        text = text.replace("PUBLIC", public).replace("IMAGE", image)
        text = text.replace("CAPACITY", capacity)
        parts = [VARIABLES, text, GROUP.replace("VPC", vpc), *more]
        (tmp_path / "main.tf").write_text("\n".join(parts), encoding="utf-8")
        items = textwrap.indent(textwrap.dedent(assume).strip(), "  ")
        (tmp_path / ".ecs-endpoints.yaml").write_text(f"assume:\n{items}\n", encoding="utf-8")
        scanned = scan([tmp_path], SettingsFiles(environment={}), tmp_path)
        assert not scanned.problems
        found = assess(scanned, load_policies(), Selection()).findings
        assert not scanned.crashes
        on_service = {one.check_id: one for one in found if one.address == "aws_ecs_service.api"}
        spoken_of = {one.address for one in found if "assumed by the settings" in one.address}
        assert not spoken_of, "of what is assumed no policy speaks"
        return on_service

    return judged


def outcomes(found: dict[str, Finding], *ids: str) -> set[str]:
    """What the policies say."""
    return {found[id_].outcome.value for id_ in ids}


def one(match: str, says: str) -> str:
    """One assumption."""
    return f"- {{match: {{{match}}}, {says}}}"


class TestWhichNetwork:
    """An assumption names what gives the VPC or the subnets; the rest follows, or stays unknown."""

    @pytest.mark.parametrize(
        "match", ["variable: subnet_ids", "variable: '*subnet_ids'", "variable: vpc_id", "root: ."]
    )
    def test_by_the_subnets_or_by_the_vpc(self, match: str, judge: Judge) -> None:
        found = judge(one(match, f"{ALL}, egress: isolated"))
        assert outcomes(found, "ECSNET_100", *PULL) == {"PASSED"}

    @pytest.mark.parametrize(
        "match", ["variable: subnet", "variable: public_subnet_ids", "parameter: vpc_id", "root: services/*"]
    )
    def test_another_giver_or_root_says_nothing(self, match: str, judge: Judge) -> None:
        found = judge(one(match, f"{ALL}, egress: isolated"))
        assert outcomes(found, "ECSNET_100", *PULL) == {"UNKNOWN"}

    @pytest.mark.parametrize(("root", "held"), [(".", True), ("plan.json", True), ("other", False)])
    def test_a_plan_is_meant_with_its_directory(self, root: str, held: bool, tmp_path: Path) -> None:
        group = resource("aws_security_group.api", {"vpc_id": "vpc-0123456789abcdef0"})
        (tmp_path / "plan.json").write_text(json.dumps(plan(group)), encoding="utf-8")
        settings = f"assume:\n  - match: {{root: {root}}}\n    egress: nat\n"
        (tmp_path / ".ecs-endpoints.yaml").write_text(settings, encoding="utf-8")
        ((_, estate),) = scan([tmp_path], SettingsFiles(environment={}), tmp_path).estates()
        assert bool(estate.network.vpcs) is held

    @pytest.mark.parametrize("match", ["data: aws_vpc.main", "data: aws_subnets.private", "root: ."])
    def test_by_what_a_lookup_is_asked_with(self, match: str, judge: Judge) -> None:
        lookup = """
            data "aws_vpc" "main" { tags = { Name = "main" } }
            data "aws_subnets" "private" {
              filter {
                name   = "vpc-id"
                values = [data.aws_vpc.main.id]
              }
            }
        """
        says = one(match, f"{ALL}, egress: isolated")
        found = judge(says, lookup, subnets="data.aws_subnets.private.ids", groups="[]", vpc="null")
        # The default group of a VPC is not said to have its rules.
        assert outcomes(found, *PULL) == {"UNKNOWN"}
        found = judge(says, lookup, subnets="data.aws_subnets.private.ids", vpc="data.aws_vpc.main.id")
        assert outcomes(found, "ECSNET_100", *PULL) == {"PASSED"}

    def test_ids_that_are_written_out_are_of_any_network(self, judge: Judge) -> None:
        says = one("root: .", f"{ALL}, egress: isolated")
        found = judge(says, subnets='["subnet-0a1b2c3d"]', vpc='"vpc-0a1b2c3d"')
        assert outcomes(found, "ECSNET_100", *PULL) == {"PASSED"}

    @pytest.mark.parametrize(
        ("match", "outcome"),
        [
            ("variable: vpc_id", "PASSED"),
            ("variable: subnet_ids", "PASSED"),
            ("variable: public_subnet_ids", "UNKNOWN"),
            ("parameter: vpc_id", "UNKNOWN"),
        ],
    )
    def test_by_a_variable_that_has_a_value(
        self, match: str, outcome: str, judge: Judge, tmp_path: Path
    ) -> None:
        values = 'vpc_id = "vpc-0a1b2c3d"\nsubnet_ids = ["subnet-0a1b2c3d"]\npublic_subnet_ids = []\n'
        (tmp_path / "terraform.tfvars").write_text(values, encoding="utf-8")
        found = judge(one(match, f"{ALL}, egress: isolated"))
        assert outcomes(found, "ECSNET_100", *PULL) == {outcome}

    def test_the_only_network_whose_ids_are_written_out(self, judge: Judge, tmp_path: Path) -> None:
        values = 'vpc_id = "vpc-0a1b2c3d"\nsubnet_ids = ["subnet-0a1b2c3d"]\n'
        (tmp_path / "terraform.tfvars").write_text(values, encoding="utf-8")
        found = judge(one("variable: vpc_id", "endpoints: [], egress: nat"), groups="var.group_ids")
        assert outcomes(found, *PULL) == {"FAILED"}

    def test_of_several_vpcs_that_of_the_security_groups(self, judge: Judge) -> None:
        other = 'resource "aws_security_group" "other" { vpc_id = var.other_vpc_id }'
        says = one("variable: other_vpc_id", "endpoints: [], egress: nat")
        mine = one("variable: vpc_id", f"{ALL}, egress: isolated")
        assert outcomes(judge(f"{says}\n{mine}", other), *PULL) == {"PASSED"}
        assert outcomes(judge(f"{says}\n{mine}", other, vpc="var.other_vpc_id"), *PULL) == {"FAILED"}
        # Where groups are given too, it may be either.
        found = judge(f"{says}\n{mine}", other, groups="var.group_ids")
        assert outcomes(found, *PULL) == {"UNKNOWN"}
        assert found["ECSNET_101"].reason and found["ECSNET_101"].reason.subject == "var.subnet_ids"

    def test_the_only_network_that_is_given(self, judge: Judge) -> None:
        found = judge(one("variable: vpc_id", "endpoints: [], egress: nat"), groups="var.group_ids")
        assert outcomes(found, *PULL) == {"FAILED"}
        other = 'resource "aws_security_group" "other" { vpc_id = var.other_vpc_id }'
        found = judge(one("variable: vpc_id", "endpoints: [], egress: nat"), other, groups="var.group_ids")
        assert outcomes(found, *PULL) == {"UNKNOWN"}

    def test_subnets_of_its_own_may_be_the_ones(self, judge: Judge) -> None:
        own = """
            resource "aws_vpc" "own" { cidr_block = "10.0.0.0/16" }
            resource "aws_subnet" "own" { vpc_id = aws_vpc.own.id }
        """
        for match in ("root: .", "variable: vpc_id"):
            found = judge(
                one(match, "endpoints: [], egress: nat"), own, subnets="var.flag ? aws_subnet.own[*].id : []"
            )
            assert outcomes(found, *PULL) == {"UNKNOWN"}

    def test_subnets_of_a_module_that_is_not_on_disk_may_be_the_ones(self, judge: Judge) -> None:
        module = """
            module "network" { source = "example/network/aws" }
        """
        says = one("root: .", "endpoints: [], egress: nat")
        subnets = "var.flag ? module.network.private_subnets : []"
        assert outcomes(judge(says, module, subnets=subnets), *PULL) == {"UNKNOWN"}
        harmless = module.replace("example/network/aws", "terraform-aws-modules/alb/aws")
        assert outcomes(judge(says, harmless), *PULL) == {"FAILED"}

    @pytest.mark.parametrize(
        ("match", "address", "outcome"),
        [
            ("variable: vpc_id", "", "UNKNOWN"),
            ("variable: vpc_id", "associate_public_ip_address = false", "PASSED"),
            ("variable: subnet_ids", "", "PASSED"),
            ("root: .", "", "PASSED"),
            ("variable: subnet_ids", "associate_public_ip_address = true", "UNKNOWN"),
        ],
    )
    def test_instances_whose_subnets_decide_on_addresses(
        self, match: str, address: str, outcome: str, judge: Judge
    ) -> None:
        instances = f"""
            resource "aws_ecs_cluster" "main" {{
              name = "main"
            }}
            resource "aws_launch_template" "main" {{
              instance_type = "t3.micro"
              user_data     = base64encode("echo ECS_CLUSTER=main >> /etc/ecs/ecs.config")
              network_interfaces {{
                security_groups = [aws_security_group.api.id]
                {address}
              }}
            }}
            resource "aws_autoscaling_group" "main" {{
              max_size            = 2
              vpc_zone_identifier = var.subnet_ids
              launch_template {{
                id = aws_launch_template.main.id
              }}
            }}
            resource "aws_ecs_capacity_provider" "main" {{
              name = "main"
              auto_scaling_group_provider {{
                auto_scaling_group_arn = aws_autoscaling_group.main.arn
              }}
            }}
        """
        strategy = """capacity_provider_strategy {
            capacity_provider = aws_ecs_capacity_provider.main.name
        }
        cluster = aws_ecs_cluster.main.id"""
        found = judge(one(match, f"{ALL}, egress: nat"), instances, capacity=strategy)
        assert outcomes(found, "ECSNET_100", "ECSNET_403", *PULL) == {outcome}

    def test_a_group_of_its_own_vpc_is_in_that_one(self, judge: Judge) -> None:
        own = 'resource "aws_vpc" "own" { cidr_block = "10.0.0.0/16" }'
        found = judge(one("root: .", "endpoints: [], egress: nat"), own, vpc="aws_vpc.own.id")
        assert outcomes(found, *PULL) == {"UNKNOWN"}

    def test_a_lookup_among_what_it_creates_is_not_from_elsewhere(self, judge: Judge) -> None:
        own = """
            resource "aws_vpc" "own" { cidr_block = "10.0.0.0/16" }
            data "aws_subnets" "own" {
              filter {
                name   = "vpc-id"
                values = [aws_vpc.own.id]
              }
            }
        """
        found = judge(
            one("root: .", "endpoints: [], egress: nat"),
            own, subnets="data.aws_subnets.own.ids", groups="var.group_ids",
        )  # fmt: skip
        assert outcomes(found, *PULL) == {"UNKNOWN"}

    @pytest.mark.parametrize("public", ["true", "var.flag"])
    def test_public_addresses_are_for_public_subnets(self, public: str, judge: Judge) -> None:
        found = judge(one("variable: subnet_ids", "endpoints: [], egress: nat"), public=public)
        assert outcomes(found, "ECSNET_101", "ECSNET_403") == {"UNKNOWN"}

    def test_the_first_that_is_about_it_counts(self, judge: Judge) -> None:
        says = f"{one('variable: vpc_id', ALL)}\n{one('root: .', 'endpoints: [], egress: nat')}"
        assert outcomes(judge(says), *PULL) == {"PASSED"}


class TestWhatItHas:
    """What is said holds, what is not said is not known."""

    def test_endpoints_that_are_not_listed_are_not_there(self, judge: Judge) -> None:
        found = judge(one("variable: vpc_id", "endpoints: [ecr.api, s3], egress: isolated"))
        assert outcomes(found, "ECSNET_101", "ECSNET_103") == {"PASSED"}
        assert outcomes(found, "ECSNET_100", "ECSNET_102") == {"FAILED"}
        assert (
            found["ECSNET_102"].cause == "the VPC assumed by the settings: no interface endpoint for ecr.dkr"
        )

    def test_the_evidence_points_at_the_settings(self, judge: Judge, tmp_path: Path) -> None:
        found = judge(one("variable: vpc_id", "endpoints: [ecr.api, s3], egress: nat"))
        place = (tmp_path / ".ecs-endpoints.yaml").as_posix()
        shown = [step.text for step in found["ECSNET_102"].evidence if str(step.location) == f"{place}:2"]
        assert shown == [
            "var.subnet_ids is associated with route table the one assumed by the settings",
            "its route 0.0.0.0/0 goes to NAT gateway assumed by the settings (assume[0], eu-west-1)",
            "the VPC assumed by the settings has no such endpoint; endpoints looked at: "
            "the ecr.api endpoint assumed by the settings (ecr.api), "
            "the s3 endpoint assumed by the settings (s3)",
        ]

    def test_without_endpoints_they_are_not_known(self, judge: Judge) -> None:
        found = judge(one("variable: vpc_id", "egress: nat"))
        assert outcomes(found, "ECSNET_100") == {"PASSED"}
        assert outcomes(found, *PULL) == {"UNKNOWN"}
        found = judge(one("variable: vpc_id", "egress: isolated"))
        assert outcomes(found, "ECSNET_100", *PULL) == {"UNKNOWN"}
        found = judge(one("variable: vpc_id", "egress: isolated"), image="nginx")
        assert outcomes(found, "ECSNET_100") == {"FAILED"}

    def test_without_egress_the_way_out_is_not_known(self, judge: Judge) -> None:
        found = judge(one("variable: vpc_id", "endpoints: [ecr.api, s3]"))
        assert outcomes(found, "ECSNET_101", "ECSNET_103", "ECSNET_403") == {"PASSED"}
        assert outcomes(found, "ECSNET_100", "ECSNET_102", "ECSNET_301") == {"UNKNOWN"}

    @pytest.mark.parametrize("egress", ["firewall", "transit-gateway"])
    def test_hubs_lead_to_the_internet(self, egress: str, judge: Judge) -> None:
        found = judge(one("variable: vpc_id", f"endpoints: [s3], egress: {egress}"))
        assert outcomes(found, "ECSNET_100", "ECSNET_103") == {"PASSED"}
        assert outcomes(found, "ECSNET_101", "ECSNET_102") == {"FAILED"}
        assert outcomes(found, "ECSNET_301") == {"UNKNOWN"}

    def test_how_many_nat_gateways_there_are_is_not_said(self, judge: Judge) -> None:
        found = judge(one("variable: vpc_id", f"{ALL}, egress: nat"))
        assert outcomes(found, "ECSNET_301") == {"UNKNOWN"}
        assert found["ECSNET_301"].reason is not None
        subject = "how many NAT gateways the VPC assumed by the settings has"
        assert found["ECSNET_301"].reason.subject == subject

    def test_the_region_is_that_of_the_configuration(self, judge: Judge) -> None:
        says = one("variable: vpc_id", f"{ALL}, egress: nat")
        found = judge(says, image=ECR.replace("eu-west-1", "us-east-1"))
        assert outcomes(found, "ECSNET_101", "ECSNET_102") == {"FAILED"}

    def test_there_is_one_in_each_region(self, judge: Judge) -> None:
        other = """
            provider "aws" {
              alias  = "far"
              region = "us-east-1"
            }
            resource "aws_security_group" "far" {
              provider = aws.far
              vpc_id   = var.other_vpc_id
            }
        """
        found = judge(one("root: .", f"{ALL}, egress: nat"), other)
        assert outcomes(found, "ECSNET_100", *PULL) == {"PASSED"}

    def test_groups_that_are_not_known_decide_nothing(self, judge: Judge) -> None:
        found = judge(one("variable: vpc_id", f"{ALL}, egress: nat"), groups="var.group_ids")
        assert outcomes(found, "ECSNET_100", *PULL) == {"UNKNOWN"}


class TestProperties:
    """What holds of all that can be said."""

    def said(self, judge: Judge, says: str) -> dict[str, str]:
        return {id_: found.outcome.value for id_, found in judge(one("variable: vpc_id", says)).items()}

    @pytest.mark.parametrize("egress", EGRESS)
    def test_more_endpoints_only_help(self, egress: str, judge: Judge) -> None:
        more_endpoints_only_help(partial(self.said, judge), egress)

    def test_saying_less_only_makes_unsure(self, judge: Judge) -> None:
        saying_less_only_makes_unsure(partial(self.said, judge))


class TestWhatTheConfigurationAdds:
    """A configuration may create things in a network from elsewhere."""

    def test_endpoints(self, judge: Judge) -> None:
        own = """
            resource "aws_security_group" "door" {
              vpc_id = var.vpc_id
              ingress {
                protocol        = "tcp"
                from_port       = 443
                to_port         = 443
                security_groups = [aws_security_group.api.id]
              }
            }
            resource "aws_vpc_endpoint" "dkr" {
              vpc_id              = var.vpc_id
              service_name        = "com.amazonaws.eu-west-1.ecr.dkr"
              vpc_endpoint_type   = "Interface"
              private_dns_enabled = true
              subnet_ids          = var.subnet_ids
              security_group_ids  = [aws_security_group.door.id]
            }
        """
        found = judge(one("variable: vpc_id", "endpoints: [ecr.api, s3], egress: isolated"), own)
        assert outcomes(found, "ECSNET_100", *PULL) == {"PASSED"}

    def test_subnets_with_their_own_routes(self, judge: Judge) -> None:
        own = """
            resource "aws_subnet" "own" { vpc_id = var.vpc_id }
            resource "aws_route_table" "own" { vpc_id = var.vpc_id }
        """
        association = """
            resource "aws_route_table_association" "own" {
              subnet_id      = aws_subnet.own.id
              route_table_id = aws_route_table.own.id
            }
        """
        says = one("variable: vpc_id", "endpoints: [s3], egress: nat")
        found = judge(says, own, association, subnets="[aws_subnet.own.id]")
        assert outcomes(found, "ECSNET_103") == {"PASSED"}, "gateway endpoints are on all tables"
        assert outcomes(found, "ECSNET_100", "ECSNET_101") == {"FAILED"}
        found = judge(says, own, subnets="[aws_subnet.own.id]")
        assert outcomes(found, "ECSNET_100", *PULL) == {"UNKNOWN"}, "the main table is not said"

    def test_tables_for_the_subnets_that_are_given(self, judge: Judge) -> None:
        own = """
            resource "aws_route_table" "own" { vpc_id = var.vpc_id }
            resource "aws_route_table_association" "own" {
              count          = length(var.subnet_ids)
              subnet_id      = var.subnet_ids[count.index]
              route_table_id = aws_route_table.own.id
            }
        """
        found = judge(one("variable: vpc_id", "endpoints: [s3], egress: nat"), own)
        assert outcomes(found, "ECSNET_100", *PULL) == {"UNKNOWN"}
