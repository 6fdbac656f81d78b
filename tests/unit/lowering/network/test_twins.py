"""Terraform and CloudFormation twins lower to equal networks, but for where things are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from support.configurations import MYSTERY, PLACE, cfn, get_att, ref, tf
from support.networks import of_template, of_terraform

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Handover, Resource
from checkov_ecs_endpoints.lowering.cloudformation.network import CLOUDFORMATION
from checkov_ecs_endpoints.lowering.network.language import Kind
from checkov_ecs_endpoints.lowering.terraform.network import TERRAFORM
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.values import Reference, Text, Value

NOWHERE = Source("", PLACE)


def bare(thing: Any) -> Any:
    """A part of a model without its sources."""
    if isinstance(thing, Source):
        return NOWHERE
    if isinstance(thing, tuple):
        return tuple(bare(part) for part in thing)
    if isinstance(thing, Mapping):
        return {key: bare(part) for key, part in sorted(thing.items())}
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{field.name: bare(getattr(thing, field.name)) for field in fields(thing)})
    return thing


def named(resource: str) -> Reference:
    """The id of a resource, in Terraform."""
    return ref(resource, "id")


def terraform_network() -> list[Resource]:
    """A VPC with two zones, NAT gateways, endpoints, groups and an ACL."""
    https: dict[str, Value] = {"protocol": "tcp", "from_port": 443, "to_port": 443}
    return [
        tf("aws_vpc.net", {"cidr_block": "10.0.0.0/16", "enable_dns_hostnames": True}, region="eu-west-1"),
        *(
            tf(
                f"aws_subnet.{name}",
                {
                    "vpc_id": named("aws_vpc.net"),
                    "cidr_block": cidr,
                    "availability_zone": zone,
                    "map_public_ip_on_launch": public,
                },
            )
            for name, cidr, zone, public in SUBNETS
        ),
        tf("aws_internet_gateway.igw", {"vpc_id": named("aws_vpc.net")}),
        tf("aws_nat_gateway.nat", {"subnet_id": named("aws_subnet.public"), "allocation_id": "eipalloc-1"}),
        tf(
            "aws_nat_gateway.regional",
            {"availability_mode": "regional", "vpc_id": named("aws_vpc.net")},
        ),
        tf("aws_route_table.public", {"vpc_id": named("aws_vpc.net")}),
        tf("aws_route_table.private", {"vpc_id": named("aws_vpc.net")}),
        tf(
            "aws_route.public",
            {
                "route_table_id": named("aws_route_table.public"),
                "destination_cidr_block": "0.0.0.0/0",
                "gateway_id": named("aws_internet_gateway.igw"),
            },
        ),
        tf(
            "aws_route.private",
            {
                "route_table_id": named("aws_route_table.private"),
                "destination_cidr_block": "0.0.0.0/0",
                "nat_gateway_id": named("aws_nat_gateway.nat"),
            },
            exists=MYSTERY,
        ),
        *(
            tf(
                f"aws_route_table_association.{name}",
                {
                    "subnet_id": named(f"aws_subnet.{name}"),
                    "route_table_id": named(f"aws_route_table.{table}"),
                },
            )
            for name, table in (("public", "public"), ("private", "private"))
        ),
        tf(
            "aws_vpc_endpoint.s3",
            {
                "vpc_id": named("aws_vpc.net"),
                "service_name": "com.amazonaws.eu-west-1.s3",
                "route_table_ids": [named("aws_route_table.private")],
            },
        ),
        tf(
            "aws_vpc_endpoint.logs",
            {
                "vpc_id": named("aws_vpc.net"),
                "service_name": Text(("com.amazonaws.", MYSTERY, ".logs")),
                "vpc_endpoint_type": "Interface",
                "private_dns_enabled": True,
                "subnet_ids": [named("aws_subnet.private")],
                "security_group_ids": [named("aws_security_group.door")],
            },
        ),
        tf(
            "aws_security_group.door",
            {
                "vpc_id": named("aws_vpc.net"),
                "ingress": [{**https, "security_groups": [named("aws_security_group.app")]}],
                "egress": [{**https, "cidr_blocks": ["10.0.0.0/16"]}],
            },
        ),
        tf(
            "aws_security_group.app",
            {
                "vpc_id": named("aws_vpc.net"),
                "egress": [
                    {"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]},
                    {**https, "cidr_blocks": MYSTERY},
                ],
            },
        ),
        tf(
            "aws_vpc_security_group_ingress_rule.app",
            {
                "security_group_id": named("aws_security_group.app"),
                "ip_protocol": "udp",
                "from_port": 53,
                "to_port": 53,
                "referenced_security_group_id": named("aws_security_group.door"),
            },
        ),
        tf("aws_network_acl.acl", {"vpc_id": named("aws_vpc.net")}),
        tf(
            "aws_network_acl_rule.out",
            {
                "network_acl_id": named("aws_network_acl.acl"),
                "rule_number": 100,
                "egress": True,
                "protocol": "-1",
                "rule_action": "deny",
                "cidr_block": "10.0.0.0/8",
            },
        ),
        tf(
            "aws_network_acl_association.acl",
            {"network_acl_id": named("aws_network_acl.acl"), "subnet_id": named("aws_subnet.private")},
        ),
        tf(
            "aws_route53_resolver_firewall_rule_group_association.dns",
            {"vpc_id": named("aws_vpc.net")},
        ),
    ]


SUBNETS: list[tuple[str, str, Value, Value]] = [
    ("public", "10.0.0.0/24", "eu-west-1a", True),
    ("private", "10.0.1.0/24", Reference("zones", ("names", 1)), None),
]


def cloudformation_network() -> list[Resource]:
    """The twin of :func:`terraform_network`, with the same ids."""
    https: dict[str, Value] = {"IpProtocol": "tcp", "FromPort": "443", "ToPort": "443"}
    vpc = {"VpcId": ref("aws_vpc.net")}
    ec2 = "AWS::EC2::"
    return [
        cfn(
            f"{ec2}VPC",
            "aws_vpc.net",
            {"CidrBlock": "10.0.0.0/16", "EnableDnsHostnames": "true"},
            region="eu-west-1",
        ),
        *(
            cfn(
                f"{ec2}Subnet",
                f"aws_subnet.{name}",
                {**vpc, "CidrBlock": cidr, "AvailabilityZone": zone, "MapPublicIpOnLaunch": public},
            )
            for name, cidr, zone, public in SUBNETS
        ),
        cfn(f"{ec2}InternetGateway", "aws_internet_gateway.igw"),
        cfn(f"{ec2}VPCGatewayAttachment", "x", {**vpc, "InternetGatewayId": ref("aws_internet_gateway.igw")}),
        cfn(f"{ec2}NatGateway", "aws_nat_gateway.nat", {"SubnetId": ref("aws_subnet.public")}),
        cfn(f"{ec2}NatGateway", "aws_nat_gateway.regional", {**vpc, "AvailabilityMode": "regional"}),
        cfn(f"{ec2}RouteTable", "aws_route_table.public", vpc),
        cfn(f"{ec2}RouteTable", "aws_route_table.private", vpc),
        cfn(
            f"{ec2}Route",
            "aws_route.public",
            {
                "RouteTableId": ref("aws_route_table.public"),
                "DestinationCidrBlock": "0.0.0.0/0",
                "GatewayId": ref("aws_internet_gateway.igw"),
            },
        ),
        cfn(
            f"{ec2}Route",
            "aws_route.private",
            {
                "RouteTableId": ref("aws_route_table.private"),
                "DestinationCidrBlock": "0.0.0.0/0",
                "NatGatewayId": get_att("aws_nat_gateway.nat", "NatGatewayId"),
            },
            exists=MYSTERY,
        ),
        *(
            cfn(
                f"{ec2}SubnetRouteTableAssociation",
                f"aws_route_table_association.{name}",
                {"SubnetId": ref(f"aws_subnet.{name}"), "RouteTableId": ref(f"aws_route_table.{table}")},
            )
            for name, table in (("public", "public"), ("private", "private"))
        ),
        cfn(
            f"{ec2}VPCEndpoint",
            "aws_vpc_endpoint.s3",
            {
                **vpc,
                "ServiceName": "com.amazonaws.eu-west-1.s3",
                "RouteTableIds": [ref("aws_route_table.private")],
            },
        ),
        cfn(
            f"{ec2}VPCEndpoint",
            "aws_vpc_endpoint.logs",
            {
                **vpc,
                "ServiceName": Text(("com.amazonaws.", MYSTERY, ".logs")),
                "VpcEndpointType": "Interface",
                "PrivateDnsEnabled": True,
                "SubnetIds": [ref("aws_subnet.private")],
                "SecurityGroupIds": [get_att("aws_security_group.door", "GroupId")],
            },
        ),
        cfn(
            f"{ec2}SecurityGroup",
            "aws_security_group.door",
            {
                **vpc,
                "SecurityGroupIngress": [{**https, "SourceSecurityGroupId": ref("aws_security_group.app")}],
                "SecurityGroupEgress": {**https, "CidrIp": "10.0.0.0/16"},
            },
        ),
        cfn(
            f"{ec2}SecurityGroup",
            "aws_security_group.app",
            {
                **vpc,
                "SecurityGroupEgress": [
                    {"IpProtocol": -1, "CidrIp": "0.0.0.0/0"},
                    {**https, "CidrIp": MYSTERY},
                ],
            },
        ),
        cfn(
            f"{ec2}SecurityGroupIngress",
            "aws_vpc_security_group_ingress_rule.app",
            {
                "GroupId": ref("aws_security_group.app"),
                "IpProtocol": "17",
                "FromPort": 53,
                "ToPort": 53,
                "SourceSecurityGroupId": ref("aws_security_group.door"),
            },
        ),
        cfn(f"{ec2}NetworkAcl", "aws_network_acl.acl", vpc),
        cfn(
            f"{ec2}NetworkAclEntry",
            "aws_network_acl_rule.out",
            {
                "NetworkAclId": ref("aws_network_acl.acl"),
                "RuleNumber": 100,
                "Egress": True,
                "Protocol": -1,
                "RuleAction": "deny",
                "CidrBlock": "10.0.0.0/8",
            },
        ),
        cfn(
            f"{ec2}SubnetNetworkAclAssociation",
            "aws_network_acl_association.acl",
            {"NetworkAclId": ref("aws_network_acl.acl"), "SubnetId": ref("aws_subnet.private")},
        ),
        cfn(
            "AWS::Route53Resolver::FirewallRuleGroupAssociation",
            "aws_route53_resolver_firewall_rule_group_association.dns",
            vpc,
        ),
    ]


def lowered() -> tuple[Network, Network]:
    return of_terraform(*terraform_network()), of_template(*cloudformation_network())


TRANSIT = ("transit_attachments", "transit_tables")
ELSEWHERE = ("assumed", "hubs", "forwarders", "firewalls", "access_blocks", "access_exclusions", *TRANSIT)
"""What settings assume comes later; the others are compared in ``test_read_twins`` or by situations."""


@pytest.mark.parametrize("part", [field.name for field in fields(Network) if field.name not in ELSEWHERE])
def test_twins_are_equal(part: str) -> None:
    one, other = lowered()
    assert getattr(one, part), f"nothing of {part} is compared"
    assert bare(getattr(one, part)) == bare(getattr(other, part))


def test_every_type_has_the_same_words_in_both_languages() -> None:
    """A word that one language lacks is one that AWS or the provider has no attribute for."""
    missing = {}
    for field in fields(CLOUDFORMATION):
        ours, theirs = getattr(TERRAFORM, field.name), getattr(CLOUDFORMATION, field.name)
        if isinstance(theirs, Kind) and (theirs.types or theirs.names):
            lacking = set(ours.names) - set(theirs.names)
            if lacking:
                missing[field.name] = lacking
    assert missing == {
        "vpc": {"ipv6", "ipv6_by_aws", "ipv6_pool", "region"},
        "route_table": {"propagating", "routes"},
        "association": {"gateway"},
        "internet_gateway": {"vpc"},
        "endpoint": {"configured_subnet", "subnet_configuration"},
        "inline_ingress": {"self"},
        "inline_egress": {"self"},
        "acl": {"egress", "ingress", "subnets"},
        "dns_rule": {"owner"},
        "instance": {"primary_interface", "public_ip"},
        "transit_attachment": {"association", "propagation"},
    }


def test_open_edges_differ_in_their_kind_alone() -> None:
    handover = [Handover("elsewhere", [ref("aws_vpc.net", "id")], PLACE)]
    one = of_terraform(*terraform_network(), handovers=handover).vpcs["aws_vpc.net"].handed_over
    other = of_template(*cloudformation_network(), handovers=handover).vpcs["aws_vpc.net"].handed_over
    assert one is not None and other is not None
    assert replace(one, why=other.why) == other
