"""Policies: those that ship, and files that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from checkov_ecs_endpoints.findings import OWN
from checkov_ecs_endpoints.lowering.cloudformation.workloads import CLOUDFORMATION
from checkov_ecs_endpoints.lowering.terraform.workloads import TERRAFORM
from checkov_ecs_endpoints.policy_files import (
    Policy,
    PolicyError,
    load_policies,
    operators,
    policies_directory,
    read_policy,
)
from checkov_ecs_endpoints.rules.registry import OPERATORS

WORKLOADS = (
    "aws_ecs_service",
    "aws_ecs_task_set",
    "aws_cloudwatch_event_target",
    "aws_scheduler_schedule",
    "AWS::ECS::Service",
    "AWS::ECS::TaskSet",
    "AWS::Events::Rule",
    "AWS::Scheduler::Schedule",
)
HOST_OPERATORS = {"ecs_decided", "ecs_pack_works"}

GOOD = """\
metadata:
  id: OWN_1
  name: A good outcome
  category: NETWORKING
  severity: HIGH
  guideline: https://example.com
  description: What it says.
  remediation: What to do.
  since: 0.1.0
definition:
  cond_type: attribute
  operator: ecs_nat_not_shared
  attribute: nat
  value: {ceiling_gbps: 100}
  resource_types: [aws_ecs_service]
"""


def written(directory: Path, text: str, name: str = "own.yaml") -> Path:
    path = directory / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_policies_that_ship() -> None:
    questions = {
        policy.id: (policy.severity, policy.operator, policy.attribute) for policy in load_policies()
    }
    assert questions == {
        "ECSNET_100": ("CRITICAL", "ecs_starts", "startup"),
        "ECSNET_101": ("MEDIUM", "ecs_reaches_by_endpoint", "ecr.api"),
        "ECSNET_102": ("MEDIUM", "ecs_reaches_by_endpoint", "ecr.dkr"),
        "ECSNET_103": ("HIGH", "ecs_reaches_by_endpoint", "s3"),
        "ECSNET_104": ("MEDIUM", "ecs_reaches_by_endpoint", "logs"),
        "ECSNET_105": ("MEDIUM", "ecs_reaches_by_endpoint", "secretsmanager"),
        "ECSNET_106": ("MEDIUM", "ecs_reaches_by_endpoint", "ssm"),
        "ECSNET_107": ("MEDIUM", "ecs_reaches_by_endpoint", "ssmmessages"),
        "ECSNET_108": ("MEDIUM", "ecs_reaches_by_endpoint", "ecs, ecs-agent, ecs-telemetry"),
        "ECSNET_109": ("HIGH", "ecs_reaches_by_endpoint", "dynamodb"),
        "ECSNET_110": ("LOW", "ecs_reaches_others_by_endpoint", "other"),
        "ECSNET_201": ("HIGH", "ecs_endpoint_private_dns_on", "interface"),
        "ECSNET_202": ("HIGH", "ecs_endpoint_groups_admit", "interface"),
        "ECSNET_203": ("HIGH", "ecs_gateway_endpoint_on_tables", "gateway"),
        "ECSNET_204": ("LOW", "ecs_endpoint_in_every_zone", "interface"),
        "ECSNET_205": ("LOW", "ecs_endpoint_policy_narrows", "policy"),
        "ECSNET_206": ("HIGH", "ecs_endpoint_policy_allows", "policy"),
        "ECSNET_301": ("MEDIUM", "ecs_nat_not_shared", "nat"),
        "ECSNET_302": ("LOW", "ecs_nat_in_same_zone", "nat"),
        "ECSNET_401": ("MEDIUM", "ecs_egress_limited", "security_groups"),
        "ECSNET_402": ("LOW", "ecs_destinations_limited", "internet"),
        "ECSNET_403": ("HIGH", "ecs_not_public", "public_ip"),
        "ECSNET_900": ("INFO", "ecs_decided", "verdicts"),
        "ECSNET_999": ("CRITICAL", "ecs_pack_works", "pack"),
    }


def test_every_operator_has_a_policy_and_every_policy_an_operator() -> None:
    assert {policy.operator for policy in load_policies()} == OPERATORS.keys() | HOST_OPERATORS


def test_policies_are_about_workloads_or_endpoints() -> None:
    types = {policy.id: policy.resource_types for policy in load_policies()}
    endpoints = {types.pop(id_) for id_ in list(types) if id_.startswith("ECSNET_20")}
    assert endpoints == {("aws_vpc_endpoint", "AWS::EC2::VPCEndpoint")}
    undecided = types.pop("ECSNET_900")
    assert set(types.values()) == {WORKLOADS}
    assert undecided[: len(WORKLOADS)] == WORKLOADS


def test_trap_19_what_is_seen_and_not_judged_is_looked_at_where_there_is_nothing_else() -> None:
    """Checkov asks a policy where there is a resource of its types."""
    (policy,) = (one for one in load_policies() if one.id == "ECSNET_900")
    seen = {type_ for one in (TERRAFORM, CLOUDFORMATION) for type_ in (*one.unjudged, *one.pipe.types)}
    machines = {type_ for one in (TERRAFORM, CLOUDFORMATION) for type_ in one.state_machine.types}
    assert {*policy.resource_types} == {*WORKLOADS, *seen, *machines}


@pytest.mark.parametrize("policy", load_policies(), ids=lambda policy: policy.id)
def test_a_policy_explains_itself(policy: Policy) -> None:
    assert policy.category == "NETWORKING"
    assert policy.guideline.startswith("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/")
    assert not policy.name.endswith(".") and len(policy.name) <= 100
    assert policy.description.endswith(".") and policy.remediation.endswith(".")
    needed = {"rationale": policy.rationale, "undecided": policy.undecided, "references": policy.references}
    if policy.id in OWN:  # they judge nothing that may be unknown
        del needed["undecided"]
    missing = [name for name, found in needed.items() if not found]
    assert not missing, f"metadata of {policy.id} has no {', '.join(missing)}: see CONTRIBUTING.md"
    assert policy.rationale.endswith(".") and policy.undecided.endswith("." if policy.undecided else "")
    assert policy.guideline not in policy.references


@pytest.mark.parametrize(
    ("policy", "warning"),
    [
        ("ECSNET_103", "interrupts connections to S3 that are open"),
        ("ECSNET_108", "restart the agents"),
        ("ECSNET_203", "interrupts connections to the service that are open"),
    ],
)
def test_facts_b21_b22_a_remedy_says_what_else_it_takes(policy: str, warning: str) -> None:
    (found,) = (one for one in load_policies() if one.id == policy)
    assert warning in found.remediation


def test_nothing_else_in_the_directory_is_taken_for_a_policy() -> None:
    names = {
        path.name for path in policies_directory().iterdir() if path.suffix in {".yaml", ".yml", ".json"}
    }
    assert names == {f"{policy.id}.yaml" for policy in load_policies()}


def test_a_policy_with_parameters(tmp_path: Path) -> None:
    assert read_policy(written(tmp_path, GOOD)) == Policy(
        id="OWN_1",
        name="A good outcome",
        severity="HIGH",
        category="NETWORKING",
        guideline="https://example.com",
        description="What it says.",
        remediation="What to do.",
        since="0.1.0",
        operator="ecs_nat_not_shared",
        attribute="nat",
        parameters={"ceiling_gbps": 100},
        resource_types=("aws_ecs_service",),
    )


def test_a_policy_that_explains_more(tmp_path: Path) -> None:
    more = """\
  rationale: Why it matters.
  undecided: When it cannot tell.
  references: [https://example.com/a, https://example.com/b]
"""
    policy = read_policy(written(tmp_path, GOOD.replace("definition:", f"{more}definition:")))
    assert policy.rationale == "Why it matters."
    assert policy.undecided == "When it cannot tell."
    assert policy.references == ("https://example.com/a", "https://example.com/b")


def test_a_combining_policy_has_no_operator_of_its_own(tmp_path: Path) -> None:
    head, _ = GOOD.split("definition:")
    text = head + "definition:\n  and:\n    - {cond_type: attribute, operator: ecs_starts}\n"
    policy = read_policy(written(tmp_path, text))
    assert (policy.combining, policy.operator, policy.attribute) == (True, "", "")


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("severity: HIGH", "severity: URGENT", "metadata.severity is not one of CRITICAL"),
        ("since: 0.1.0", "since: soon", "metadata.since is not a version"),
        ("since: 0.1.0", "since: 0.1", "has no text since"),
        ("  id: OWN_1\n", "", "has no text id"),
        ("  attribute: nat\n", "", "has no text attribute"),
        ("definition:", "  rationale: 3\ndefinition:", "has no text rationale"),
        ("definition:", "  undecided: ''\ndefinition:", "has no text undecided"),
        ("definition:", "  references: https://a\ndefinition:", "references is not a list of links"),
        ("definition:", "  references: [RFC 1918]\ndefinition:", "references is not a list of links"),
        ("value: {ceiling_gbps: 100}", "value: 100", "value that is not a mapping"),
        ("resource_types: [aws_ecs_service]", "resource_types: aws_ecs_service", "no list of resource_types"),
        ("resource_types: [aws_ecs_service]", "resource_types: []", "no list of resource_types"),
        ("metadata:", "meta:", "has no mapping metadata"),
        ("definition:", "definition: [", "cannot be read"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, before: str, after: str, message: str) -> None:
    assert before in GOOD
    path = written(tmp_path, GOOD.replace(before, after))
    with pytest.raises(PolicyError) as raised:
        read_policy(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert message in str(raised.value)


def test_two_policies_of_one_id(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "a.yaml")
    written(tmp_path, GOOD, "b.yaml")
    with pytest.raises(PolicyError, match=r"b\.yaml: has the id OWN_1 of a\.yaml"):
        load_policies(tmp_path)


def test_operators_are_found_at_any_depth() -> None:
    definition = yaml.safe_load(
        """
        or:
          - not: {operator: ecs_starts}
          - and: [{operator: equals, value: 1}, {operator: ecs_not_public}]
        """
    )
    assert operators(definition) == {"ecs_starts", "ecs_not_public"}
