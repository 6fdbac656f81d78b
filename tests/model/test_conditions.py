"""A verdict under conditions that are not known is that of every template they may make it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkov_ecs_endpoints.policy_files import Policy, load_policies
from checkov_ecs_endpoints.results import Outcome
from checkov_ecs_endpoints.scan import Scan, scan
from checkov_ecs_endpoints.settings import Assumption, Egress, Match, Settings
from checkov_ecs_endpoints.values import Location, Why

Json = Any
Answers = dict[tuple[str, str], Outcome]

ENVIRONMENTS, MODES, NAMES = ("dev", "prod"), ("open", "closed", "half"), ("x", "y", "neither")
PARAMETERS: dict[str, tuple[str, ...]] = {"Env": ENVIRONMENTS, "Mode": MODES, "Name": NAMES}
SERVICES = ("ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm", "ssmmessages", "sqs")
CONDITIONS = ("A", "B", "C")

POLICIES: list[Policy] = [
    policy for policy in load_policies() if policy.id not in ("ECSNET_900", "ECSNET_999")
]
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def equals(parameter: str, text: str) -> Json:
    return {"Fn::Equals": [{"Ref": parameter}, text]}


comparisons = st.one_of(
    *(
        st.sampled_from([text for text in texts if text != "neither"]).map(
            lambda text, name=name: equals(name, text)  # type: ignore[misc]
        )
        for name, texts in PARAMETERS.items()
    )
)
truths = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        inner.map(lambda one: {"Fn::Not": [one]}),
        st.lists(inner, min_size=2, max_size=3).map(lambda some: {"Fn::And": some}),
        st.lists(inner, min_size=2, max_size=3).map(lambda some: {"Fn::Or": some}),
    ),
    max_leaves=3,
)
names = st.sampled_from(CONDITIONS)


@st.composite
def either(draw: st.DrawFn, one: Json, other: Json) -> Json:
    """One of two values, or which of them a condition says."""
    return draw(
        st.one_of(st.just(one), st.just(other), names.map(lambda name: {"Fn::If": [name, one, other]}))
    )


WORST_FIRST = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.PASSED)
NO_VALUE = {"Ref": "AWS::NoValue"}
SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:key"


def allow(action: Json) -> Json:
    """A policy document that allows an action to everybody."""
    statement = {"Effect": "Allow", "Principal": "*", "Action": action, "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


policies = st.one_of(
    st.just({}),
    either(allow("*"), allow("sns:Publish")).map(lambda document: {"PolicyDocument": document}),
)
"""Nothing, or the policy of an endpoint."""


@st.composite
def templates(draw: st.DrawFn) -> Json:
    """A service in one of two subnets, endpoints and ways out, of which conditions decide."""

    def resource(kind: str, properties: Json, sometimes: bool = True) -> Json:
        condition = {"Condition": draw(names)} if sometimes and draw(st.booleans()) else {}
        return {"Type": kind, **condition, "Properties": properties}

    vpc = {"Ref": "Vpc"}
    subnets = {
        f"Subnet{table}": resource(
            "AWS::EC2::Subnet",
            {
                "VpcId": vpc,
                "CidrBlock": f"10.0.{number}.0/24",
                "AvailabilityZone": draw(either("eu-west-1a", "eu-west-1b")),
            },
            False,
        )
        for number, table in enumerate("12")
    }
    tables: Json = {}
    for table in "12":
        tables[f"Table{table}"] = resource("AWS::EC2::RouteTable", {"VpcId": vpc}, False)
        tables[f"Association{table}"] = resource(
            "AWS::EC2::SubnetRouteTableAssociation",
            {"SubnetId": {"Ref": f"Subnet{table}"}, "RouteTableId": {"Ref": f"Table{table}"}},
            False,
        )
        if draw(st.booleans()):
            target = draw(
                st.sampled_from([{"NatGatewayId": {"Ref": "Nat"}}, {"GatewayId": {"Ref": "Internet"}}])
            )
            route = {"RouteTableId": {"Ref": f"Table{table}"}, "DestinationCidrBlock": "0.0.0.0/0", **target}
            tables[f"Route{table}"] = resource("AWS::EC2::Route", route)
    ends = {
        f"Endpoint{number}": resource(
            "AWS::EC2::VPCEndpoint",
            {
                "VpcId": vpc,
                "ServiceName": f"com.amazonaws.eu-west-1.{service}",
                "VpcEndpointType": "Interface",
                "PrivateDnsEnabled": draw(either(True, False)),
                "SubnetIds": [{"Ref": "Subnet1"}],
                "SecurityGroupIds": [{"Ref": draw(st.sampled_from(["Door", "Door", "Tasks"]))}],
                **draw(policies),
            },
        )
        for number, service in enumerate(draw(st.permutations(SERVICES))[:3])
    }
    on = [{"Ref": "Table1"}, draw(either({"Ref": "Table2"}, NO_VALUE))]
    name = f"com.amazonaws.eu-west-1.{draw(st.sampled_from(['s3', 'dynamodb']))}"
    gateway = {"VpcId": vpc, "ServiceName": name, "RouteTableIds": on, **draw(policies)}
    interfaces = {
        "Subnets": [draw(either({"Ref": "Subnet1"}, {"Ref": "Subnet2"}))],
        "SecurityGroups": [{"Ref": "Tasks"}],
        "AssignPublicIp": draw(either("ENABLED", "DISABLED")),
    }
    egress = {"IpProtocol": draw(either("-1", "tcp")), "FromPort": 443, "ToPort": 443, "CidrIp": "0.0.0.0/0"}
    public = draw(either("nginx", "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1"))
    log = {"LogDriver": "awslogs", "Options": {"awslogs-region": "eu-west-1", "awslogs-group": "api"}}
    container = {
        "Name": "api",
        "Image": public,
        "LogConfiguration": draw(either(log, NO_VALUE)),
        "Secrets": [{"Name": "KEY", "ValueFrom": draw(either(SECRET, "key"))}] if draw(st.booleans()) else [],
    }
    action = draw(either("sqs:SendMessage", "dynamodb:GetItem"))
    declared: Json = {
        "Env": {"Type": "String", "AllowedValues": list(ENVIRONMENTS)},
        "Mode": {"Type": "String", "AllowedValues": list(MODES)},
        "Name": {"Type": "String"},
    }
    return {
        "Parameters": declared,
        "Conditions": {name: draw(truths) for name in CONDITIONS},
        "Resources": {
            "Vpc": resource("AWS::EC2::VPC", {"CidrBlock": "10.0.0.0/16", "EnableDnsHostnames": True}, False),
            "Internet": resource("AWS::EC2::InternetGateway", {}, False),
            "Nat": resource(
                "AWS::EC2::NatGateway",
                {"SubnetId": {"Ref": "Subnet2"}, "ConnectivityType": draw(either("public", "private"))},
                False,
            ),
            **subnets,
            **tables,
            **ends,
            "Gateway": resource("AWS::EC2::VPCEndpoint", gateway),
            "Wall": resource(
                "AWS::Route53Resolver::FirewallRuleGroup",
                {
                    "FirewallRules": [
                        {"Action": draw(either("BLOCK", "ALERT")), "Priority": 1, "FirewallDomainListId": "x"}
                    ]
                },
                False,
            ),
            **(
                {
                    "Walled": resource(
                        "AWS::Route53Resolver::FirewallRuleGroupAssociation",
                        {"VpcId": vpc, "FirewallRuleGroupId": {"Ref": "Wall"}, "Priority": 101},
                    )
                }
                if draw(st.booleans())
                else {}
            ),
            "Role": resource(
                "AWS::IAM::Role",
                {
                    "AssumeRolePolicyDocument": {},
                    "Policies": [{"PolicyName": "calls", "PolicyDocument": allow(action)}],
                },
                False,
            ),
            "Door": resource(
                "AWS::EC2::SecurityGroup",
                {
                    "GroupDescription": "door",
                    "VpcId": vpc,
                    "SecurityGroupIngress": [
                        {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": "10.0.0.0/16"}
                    ],
                },
                False,
            ),
            "Tasks": resource(
                "AWS::EC2::SecurityGroup",
                {"GroupDescription": "tasks", "VpcId": vpc, "SecurityGroupEgress": [egress]},
                False,
            ),
            "Cluster": resource("AWS::ECS::Cluster", {}, False),
            "Task": resource(
                "AWS::ECS::TaskDefinition",
                {
                    "NetworkMode": "awsvpc",
                    "Cpu": "256",
                    "Memory": "512",
                    "RequiresCompatibilities": ["FARGATE"],
                    "TaskRoleArn": draw(either({"Fn::GetAtt": ["Role", "Arn"]}, NO_VALUE)),
                    "ContainerDefinitions": [container],
                },
                False,
            ),
            "Service": resource(
                "AWS::ECS::Service",
                {
                    "Cluster": {"Ref": "Cluster"},
                    "TaskDefinition": {"Ref": "Task"},
                    "LaunchType": "FARGATE",
                    "DesiredCount": 2,
                    "EnableExecuteCommand": draw(either(True, False)),
                    "NetworkConfiguration": {"AwsvpcConfiguration": interfaces},
                },
            ),
        },
    }


def scanned(template: Json, *assumed: Assumption) -> Scan:
    with TemporaryDirectory() as directory:
        path = Path(directory, "template.json")
        path.write_text(json.dumps(template), encoding="utf-8")
        return scan([path], Settings(default_region="eu-west-1", assumptions=assumed))


def answers(found: Scan) -> Answers:
    """What every policy says of every resource; the worst, where it says several things."""
    ranked: Answers = {}
    for policy in POLICIES:
        for judged in found.verdicts(policy.operator, policy.attribute, policy.parameters):
            key = (policy.id, judged.resource.address)
            outcomes = [judged.verdict.outcome, *([ranked[key]] if key in ranked else [])]
            ranked[key] = min(outcomes, key=WORST_FIRST.index)
    assert found.problems == ()
    return ranked


def decided(template: Json) -> Iterator[tuple[Answers, set[str]]]:
    """The template with every value that its parameters may have: what is said, and what there is."""
    for chosen in product(*PARAMETERS.values()):
        declared = {
            name: {**template["Parameters"][name], "Default": value}
            for name, value in zip(PARAMETERS, chosen, strict=True)
        }
        found = scanned({**template, "Parameters": declared})
        there = {one.address for configuration in found.configurations for one in configuration.resources}
        yield answers(found), there


@quick
@given(templates())
def test_a_verdict_is_that_of_every_case(template: Json) -> None:
    found = scanned(template)
    together = answers(found)
    each = list(decided(template))
    for policy, address in {*together, *(key for said, _ in each for key in said)}:
        key = (policy, address)
        needed = {address, "AWS::ECS::Service.Service"}
        possible = {said.get(key) for said, there in each if key in said or needed <= there}
        outcome = together.get(key)
        if outcome is Outcome.FAILED:
            # There is no case at all where conditions that contradict each other make the workload.
            assert possible <= {Outcome.FAILED}, key
        elif outcome is Outcome.PASSED:
            assert possible <= {Outcome.PASSED, None}, key
        elif outcome is None:
            assert possible <= {None}, key
        else:
            # Where no case has both the resource and the workload there is nothing to be right about.
            assert len(possible) != 1 or Outcome.UNKNOWN in possible, key


@quick
@given(templates(), st.permutations(CONDITIONS), st.permutations(list(PARAMETERS)))
def test_the_order_of_conditions_and_parameters_does_not_matter(
    template: Json, conditions: list[str], parameters: list[str]
) -> None:
    reordered = {
        **template,
        "Parameters": {name: template["Parameters"][name] for name in parameters},
        "Conditions": {name: template["Conditions"][name] for name in conditions},
    }
    assert answers(scanned(reordered)) == answers(scanned(template))


@quick
@given(templates())
def test_what_is_not_known_names_a_condition_and_a_parameter(template: Json) -> None:
    found = scanned(template)
    for policy in POLICIES:
        for judged in found.verdicts(policy.operator, policy.attribute, policy.parameters):
            reason = judged.verdict.reason
            if reason is not None and reason.why is Why.CONDITION:
                assert "parameter " in reason.note
                assert reason.subject.removeprefix("condition ") in CONDITIONS


def test_what_the_settings_assume_holds_in_every_case_and_has_no_verdict() -> None:
    log = {"LogDriver": "awslogs", "Options": {"awslogs-region": "eu-west-1", "awslogs-group": "api"}}
    interfaces = {"Subnets": {"Ref": "Subnets"}, "SecurityGroups": [{"Ref": "Group"}]}
    image = {"Fn::If": ["A", "nginx", "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1"]}
    container = {"Name": "api", "Image": image, "LogConfiguration": {"Fn::If": ["B", log, NO_VALUE]}}
    template = {
        "Parameters": {
            "Env": {"Type": "String"},
            "Mode": {"Type": "String"},
            "Name": {"Type": "String"},
            "Subnets": {"Type": "List<AWS::EC2::Subnet::Id>"},
        },
        "Conditions": {"A": equals("Env", "dev"), "B": equals("Mode", "open")},
        "Resources": {
            "Group": {"Type": "AWS::EC2::SecurityGroup", "Properties": {"GroupDescription": "tasks"}},
            "Task": {
                "Type": "AWS::ECS::TaskDefinition",
                "Properties": {
                    "NetworkMode": "awsvpc",
                    "RequiresCompatibilities": ["FARGATE"],
                    "ContainerDefinitions": [container],
                },
            },
            "Service": {
                "Type": "AWS::ECS::Service",
                "Properties": {
                    "Cluster": "main",
                    "TaskDefinition": {"Ref": "Task"},
                    "LaunchType": "FARGATE",
                    "NetworkConfiguration": {"AwsvpcConfiguration": interfaces},
                },
            },
        },
    }
    endpoints = ("ecr.api", "ecr.dkr", "logs")
    assumed = Assumption("assume[0]", Location("s", 1), Match("**"), endpoints, Egress.ISOLATED)
    told = answers(scanned(template, assumed))
    assert {address for _, address in told} == {"AWS::ECS::Service.Service"}
    found = {policy.removeprefix("ECSNET_"): outcome for (policy, _), outcome in told.items()}
    # Docker Hub has no path, and neither have image layers; S3 is needed in one case alone.
    assert found["100"] is Outcome.FAILED
    assert {found["101"], found["102"], found["104"]} == {Outcome.PASSED}
    assert found["103"] is Outcome.UNKNOWN
    assert not {"105", "106", "107", "109"} & found.keys()
