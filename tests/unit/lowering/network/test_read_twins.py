"""The same network as text in both languages, read by the front ends and lowered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from checkov_ecs_endpoints.discovery import plant
from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac import cloudformation, terraform
from checkov_ecs_endpoints.lowering import lower
from checkov_ecs_endpoints.model.barriers import BlockMode
from checkov_ecs_endpoints.model.network import DnsKind, Network, Zone
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Location

TERRAFORM = """
provider "aws" {
  region = "eu-west-1"
}
data "aws_availability_zones" "all" {}
data "aws_region" "here" {}
resource "aws_vpc" "net" {
  cidr_block           = "10.0.0.0/16"
  enable_dns_hostnames = true
}
resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.net.id
  cidr_block        = cidrsubnet(aws_vpc.net.cidr_block, 8, count.index)
  availability_zone = data.aws_availability_zones.all.names[count.index]
}
resource "aws_internet_gateway" "igw" {
  vpc_id = aws_vpc.net.id
}
resource "aws_nat_gateway" "nat" {
  subnet_id     = aws_subnet.private[0].id
  allocation_id = "eipalloc-1"
}
resource "aws_route_table" "private" {
  vpc_id = aws_vpc.net.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.nat.id
  }
}
resource "aws_route_table_association" "private" {
  count          = length(aws_subnet.private)
  subnet_id      = element(aws_subnet.private[*].id, count.index)
  route_table_id = aws_route_table.private.id
}
resource "aws_vpc_endpoint" "interface" {
  for_each            = toset(["ecr.dkr"])
  vpc_id              = aws_vpc.net.id
  service_name        = "com.amazonaws.${data.aws_region.here.name}.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = aws_subnet.private[*].id
  security_group_ids  = [aws_security_group.door.id]
}
resource "aws_vpc_endpoint" "s3" {
  vpc_id          = aws_vpc.net.id
  service_name    = "com.amazonaws.eu-west-1.s3"
  route_table_ids = [aws_route_table.private.id]
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Principal = "*", Action = "*", Resource = "*" }]
  })
}
resource "aws_security_group" "door" {
  vpc_id = aws_vpc.net.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = [aws_vpc.net.cidr_block]
  }
  egress = [{
    from_port        = 0
    to_port          = 0
    protocol         = "-1"
    cidr_blocks      = ["0.0.0.0/0"]
    description      = ""
    ipv6_cidr_blocks = []
    prefix_list_ids  = []
    security_groups  = []
    self             = false
  }]
}
resource "aws_network_interface" "nat" {
  subnet_id         = aws_subnet.private[1].id
  security_groups   = [aws_security_group.door.id]
  source_dest_check = false
}
resource "aws_instance" "nat" {
  ami                         = "ami-1"
  instance_type               = "c7gn.large"
  subnet_id                   = aws_subnet.private[0].id
  vpc_security_group_ids      = [aws_security_group.door.id]
  associate_public_ip_address = true
  source_dest_check           = false
}
resource "aws_instance" "attached" {
  ami           = "ami-1"
  instance_type = "t4g.nano"
  network_interface {
    network_interface_id = aws_network_interface.nat.id
    device_index         = 0
  }
}
resource "aws_eip" "nat" {
  instance = aws_instance.attached.id
}
resource "aws_networkfirewall_firewall_policy" "passing" {
  name = "passing"
  firewall_policy {
    stateless_default_actions          = ["aws:forward_to_sfe"]
    stateless_fragment_default_actions = ["aws:forward_to_sfe"]
  }
}
resource "aws_networkfirewall_firewall" "wall" {
  name                = "wall"
  firewall_policy_arn = aws_networkfirewall_firewall_policy.passing.arn
  vpc_id              = aws_vpc.net.id
  subnet_mapping {
    subnet_id = aws_subnet.private[0].id
  }
}
resource "aws_networkfirewall_vpc_endpoint_association" "further" {
  firewall_arn = aws_networkfirewall_firewall.wall.arn
  vpc_id       = aws_vpc.net.id
  subnet_mapping {
    subnet_id = aws_subnet.private[1].id
  }
}
resource "aws_vpc_block_public_access_options" "here" {
  internet_gateway_block_mode = "block-bidirectional"
}
resource "aws_vpc_block_public_access_exclusion" "one" {
  subnet_id                       = aws_subnet.private[0].id
  internet_gateway_exclusion_mode = "allow-egress"
}
resource "aws_route53_resolver_firewall_rule_group" "names" {
  name = "names"
}
resource "aws_route53_resolver_firewall_rule" "block" {
  name                    = "block"
  action                  = "BLOCK"
  block_response          = "NODATA"
  firewall_domain_list_id = "rslvr-fdl-1"
  firewall_rule_group_id  = aws_route53_resolver_firewall_rule_group.names.id
  priority                = 1
}
resource "aws_route53_resolver_firewall_rule_group_association" "names" {
  name                   = "names"
  firewall_rule_group_id = aws_route53_resolver_firewall_rule_group.names.id
  priority               = 101
  vpc_id                 = aws_vpc.net.id
}
"""

CLOUDFORMATION = """
Resources:
  Net:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.0.0.0/16, EnableDnsHostnames: true}
  PrivateA:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Net
      CidrBlock: !Select [0, !Cidr [!GetAtt Net.CidrBlock, 2, 8]]
      AvailabilityZone: !Select [0, !GetAZs '']
  PrivateB:
    Type: AWS::EC2::Subnet
    Properties:
      VpcId: !Ref Net
      CidrBlock: !Select [1, !Cidr [!GetAtt Net.CidrBlock, 2, 8]]
      AvailabilityZone: !Select [1, !GetAZs {Ref: 'AWS::Region'}]
  Igw:
    Type: AWS::EC2::InternetGateway
  Attachment:
    Type: AWS::EC2::VPCGatewayAttachment
    Properties: {VpcId: !Ref Net, InternetGatewayId: !Ref Igw}
  Nat:
    Type: AWS::EC2::NatGateway
    Properties: {SubnetId: !Ref PrivateA, AllocationId: eipalloc-1}
  Table:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Net}
  Default:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat}
  OnA:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref PrivateA, RouteTableId: !Ref Table}
  OnB:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {SubnetId: !Ref PrivateB, RouteTableId: !Ref Table}
  Registry:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Net
      ServiceName: !Sub com.amazonaws.${AWS::Region}.ecr.dkr
      VpcEndpointType: Interface
      PrivateDnsEnabled: true
      SubnetIds: [!Ref PrivateA, !Ref PrivateB]
      SecurityGroupIds: [!GetAtt Door.GroupId]
  Storage:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: !Ref Net
      ServiceName: com.amazonaws.eu-west-1.s3
      RouteTableIds: [!Ref Table]
      PolicyDocument:
        Statement: [{Effect: Allow, Principal: '*', Action: '*', Resource: '*'}]
  Door:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: door
      VpcId: !Ref Net
      SecurityGroupIngress: [{IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: !GetAtt Net.CidrBlock}]
      SecurityGroupEgress: [{IpProtocol: "-1", CidrIp: 0.0.0.0/0}]
  NatInterface:
    Type: AWS::EC2::NetworkInterface
    Properties: {SubnetId: !Ref PrivateB, GroupSet: [!GetAtt Door.GroupId], SourceDestCheck: false}
  NatInstance:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-1
      InstanceType: c7gn.large
      SourceDestCheck: false
      NetworkInterfaces:
        - DeviceIndex: "0"
          SubnetId: !Ref PrivateA
          GroupSet: [!GetAtt Door.GroupId]
          AssociatePublicIpAddress: true
  Attached:
    Type: AWS::EC2::Instance
    Properties:
      ImageId: ami-1
      InstanceType: t4g.nano
      NetworkInterfaces: [{DeviceIndex: "0", NetworkInterfaceId: !Ref NatInterface}]
  Address:
    Type: AWS::EC2::EIP
    Properties: {InstanceId: !Ref Attached}
  Passing:
    Type: AWS::NetworkFirewall::FirewallPolicy
    Properties:
      FirewallPolicyName: passing
      FirewallPolicy:
        StatelessDefaultActions: ["aws:forward_to_sfe"]
        StatelessFragmentDefaultActions: ["aws:forward_to_sfe"]
  Wall:
    Type: AWS::NetworkFirewall::Firewall
    Properties:
      FirewallName: wall
      FirewallPolicyArn: !Ref Passing
      VpcId: !Ref Net
      SubnetMappings: [{SubnetId: !Ref PrivateA}]
  Further:
    Type: AWS::NetworkFirewall::VpcEndpointAssociation
    Properties:
      FirewallArn: !GetAtt Wall.FirewallArn
      VpcId: !Ref Net
      SubnetMapping: {SubnetId: !Ref PrivateB}
  Block:
    Type: AWS::EC2::VPCBlockPublicAccessOptions
    Properties: {InternetGatewayBlockMode: block-bidirectional}
  Exclusion:
    Type: AWS::EC2::VPCBlockPublicAccessExclusion
    Properties: {SubnetId: !Ref PrivateA, InternetGatewayExclusionMode: allow-egress}
  Names:
    Type: AWS::Route53Resolver::FirewallRuleGroup
    Properties:
      FirewallRules:
        - {Action: BLOCK, BlockResponse: NODATA, FirewallDomainListId: rslvr-fdl-1, Priority: 1}
  NamesHere:
    Type: AWS::Route53Resolver::FirewallRuleGroupAssociation
    Properties: {FirewallRuleGroupId: !Ref Names, Priority: 101, VpcId: !Ref Net}
"""

TWIN = {
    "Net": "aws_vpc.net",
    "PrivateA": "aws_subnet.private[0]",
    "PrivateB": "aws_subnet.private[1]",
    "Igw": "aws_internet_gateway.igw",
    "Nat": "aws_nat_gateway.nat",
    "Table": "aws_route_table.private",
    "OnA": "aws_route_table_association.private[0]",
    "OnB": "aws_route_table_association.private[1]",
    "Registry": 'aws_vpc_endpoint.interface["ecr.dkr"]',
    "Storage": "aws_vpc_endpoint.s3",
    "Door": "aws_security_group.door",
    "NatInterface": "aws_network_interface.nat",
    "NatInstance": "aws_instance.nat",
    "Attached": "aws_instance.attached",
    "Wall": "aws_networkfirewall_firewall.wall",
    "Further": "aws_networkfirewall_vpc_endpoint_association.further",
    "Block": "aws_vpc_block_public_access_options.here",
    "Exclusion": "aws_vpc_block_public_access_exclusion.one",
    "NamesHere": "aws_route53_resolver_firewall_rule_group_association.names",
}
"""The Terraform address of each logical id."""

HERE = Location("/", 1)


def bare(thing: Any) -> Any:
    """A part of a model without places, with the ids of Terraform; zones keep their place in the list."""
    if isinstance(thing, Source):
        return Source("", HERE)
    if isinstance(thing, Zone):
        return thing.index
    if isinstance(thing, str):
        id_, mark, kind = thing.partition("#")
        return TWIN.get(id_.rpartition(".")[2] if id_.startswith("AWS::") else id_, id_) + mark + kind
    if isinstance(thing, tuple):
        return tuple(map(bare, thing))
    if isinstance(thing, Mapping):
        return {bare(key): bare(part) for key, part in thing.items()}
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{field.name: bare(getattr(thing, field.name)) for field in fields(thing)})
    return thing


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory) -> tuple[Network, Network]:
    """The network of the Terraform text and that of the CloudFormation text."""
    directory = tmp_path_factory.mktemp("twins")
    settings = Settings(default_region="eu-west-1")
    (directory / "main.tf").write_text(TERRAFORM)
    (directory / "network.yaml").write_text(CLOUDFORMATION)
    (tree,) = plant([Path(directory)])
    networks = []
    for language in (terraform, cloudformation):
        (configuration,), problems = language.read(tree, settings)
        assert problems == []
        networks.append(lower(configuration, settings).network)
    return networks[0], networks[1]


ELSEWHERE = ("acls", "assumed", "hubs", "transit_attachments", "transit_tables")
PARTS = [field.name for field in fields(Network) if field.name not in ELSEWHERE]


@pytest.mark.parametrize("part", PARTS)
def test_read_twins_are_equal(twins: tuple[Network, Network], part: str) -> None:
    one, other = twins
    assert getattr(one, part), f"nothing of {part} is compared"
    assert bare(getattr(one, part)) == bare(getattr(other, part))


def test_evidence_points_at_the_lines(twins: tuple[Network, Network]) -> None:
    def line(network: Network, endpoint: str, name: str) -> int:
        return network.endpoints[endpoint].source.at(name).line

    one, other = twins
    text = (TERRAFORM.splitlines(), CLOUDFORMATION.splitlines())
    assert "private_dns_enabled = true" in text[0][line(one, TWIN["Registry"], "private_dns") - 1]
    assert (
        "PrivateDnsEnabled: true" in text[1][line(other, "AWS::EC2::VPCEndpoint.Registry", "private_dns") - 1]
    )
    assert text[0][line(one, TWIN["Storage"], "") - 1] == 'resource "aws_vpc_endpoint" "s3" {'


def test_what_stands_in_the_way(twins: tuple[Network, Network]) -> None:
    """Facts B19, C11, D11 and D13: read, not only read alike."""
    network, _ = twins
    (block,) = network.access_blocks
    assert (block.vpc, block.mode) == ("aws_vpc.net", BlockMode.BIDIRECTIONAL)
    assert [(one.subnet, one.both_ways) for one in network.access_exclusions] == [
        ("aws_subnet.private[0]", False)
    ]
    assert [(one.kind, one.blocks) for one in network.dns] == [(DnsKind.FIREWALL, True)]
    assert {id_: (one.forwards, one.public_ip) for id_, one in network.forwarders.items()} == {
        "aws_network_interface.nat": (True, True),
        "aws_instance.nat": (True, True),
        "aws_instance.attached": (True, True),
    }
    assert {id_: (one.subnets.items, one.restricts) for id_, one in network.firewalls.items()} == {
        "aws_networkfirewall_firewall.wall": (("aws_subnet.private[0]",), False),
        "aws_networkfirewall_vpc_endpoint_association.further": (("aws_subnet.private[1]",), False),
    }
