"""How CloudFormation writes a network: its resource types and properties.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_EC2.html (the page of each type)
"""

from __future__ import annotations

from checkov_ecs_endpoints.lowering.network.language import Kind, Language
from checkov_ecs_endpoints.model.network import TargetKind
from checkov_ecs_endpoints.values import Why

_RULE = {
    "owner": "GroupId",
    "protocol": "IpProtocol",
    "from": "FromPort",
    "to": "ToPort",
    "cidr": "CidrIp",
    "ipv6": "CidrIpv6",
}
_INGRESS = {
    **_RULE,
    "prefix_list": "SourcePrefixListId",
    "group": "SourceSecurityGroupId",
    "group_name": "SourceSecurityGroupName",
}
_EGRESS = {**_RULE, "prefix_list": "DestinationPrefixListId", "group": "DestinationSecurityGroupId"}

CLOUDFORMATION = Language(
    vpc=Kind(
        ("AWS::EC2::VPC",),
        {
            "cidr": "CidrBlock",
            "cidr_pool": "Ipv4IpamPoolId",
            "dns_support": "EnableDnsSupport",
            "dns_hostnames": "EnableDnsHostnames",
        },
    ),
    vpc_cidr=Kind(
        ("AWS::EC2::VPCCidrBlock",),
        {
            "vpc": "VpcId",
            "cidr": "CidrBlock",
            "cidr_pool": "Ipv4IpamPoolId",
            "ipv6": "Ipv6CidrBlock",
            "ipv6_pool": "Ipv6IpamPoolId",
            "ipv6_by_aws": "AmazonProvidedIpv6CidrBlock",
        },
    ),
    dhcp_options=Kind(("AWS::EC2::DHCPOptions",), {"servers": "DomainNameServers"}),
    dhcp_options_association=Kind(
        ("AWS::EC2::VPCDHCPOptionsAssociation",), {"vpc": "VpcId", "options": "DhcpOptionsId"}
    ),
    subnet=Kind(
        ("AWS::EC2::Subnet",),
        {
            "vpc": "VpcId",
            "cidr": "CidrBlock",
            "zone": "AvailabilityZone",
            "zone_id": "AvailabilityZoneId",
            "public": "MapPublicIpOnLaunch",
            "ipv6": "Ipv6CidrBlock",
            "ipv6_pool": "Ipv6IpamPoolId",
            "ipv6_native": "Ipv6Native",
        },
    ),
    route_table=Kind(("AWS::EC2::RouteTable",), {"vpc": "VpcId"}),
    route=Kind(
        ("AWS::EC2::Route",),
        {
            "table": "RouteTableId",
            "cidr": "DestinationCidrBlock",
            "ipv6": "DestinationIpv6CidrBlock",
            "prefix_list": "DestinationPrefixListId",
            "nat": "NatGatewayId",
            "gateway": "GatewayId",
            "egress_only": "EgressOnlyInternetGatewayId",
            "transit": "TransitGatewayId",
            "endpoint": "VpcEndpointId",
            "peering": "VpcPeeringConnectionId",
            "interface": "NetworkInterfaceId",
            "instance": "InstanceId",
            "core": "CoreNetworkArn",
            "local_gateway": "LocalGatewayId",
            "carrier": "CarrierGatewayId",
        },
    ),
    propagation=Kind(
        ("AWS::EC2::VPNGatewayRoutePropagation",), {"tables": "RouteTableIds", "gateway": "VpnGatewayId"}
    ),
    association=Kind(
        ("AWS::EC2::SubnetRouteTableAssociation",), {"subnet": "SubnetId", "table": "RouteTableId"}
    ),
    internet_gateway=Kind(("AWS::EC2::InternetGateway",)),
    gateway_attachment=Kind(
        ("AWS::EC2::VPCGatewayAttachment",), {"vpc": "VpcId", "gateway": "InternetGatewayId"}
    ),
    nat_gateway=Kind(
        ("AWS::EC2::NatGateway",),
        {
            "subnet": "SubnetId",
            "vpc": "VpcId",
            "connectivity": "ConnectivityType",
            "availability": "AvailabilityMode",
        },
    ),
    endpoint=Kind(
        ("AWS::EC2::VPCEndpoint",),
        {
            "vpc": "VpcId",
            "service": "ServiceName",
            "type": "VpcEndpointType",
            "private_dns": "PrivateDnsEnabled",
            "subnets": "SubnetIds",
            "groups": "SecurityGroupIds",
            "tables": "RouteTableIds",
            "policy": "PolicyDocument",
            "service_region": "ServiceRegion",
            "only_inbound": "DnsOptions.PrivateDnsOnlyForInboundResolverEndpoint",
            "addresses": "IpAddressType",
            "dns_records": "DnsOptions.DnsRecordIpType",
            "resource_configuration": "ResourceConfigurationArn",
            "service_network": "ServiceNetworkArn",
        },
    ),
    security_group=Kind(
        ("AWS::EC2::SecurityGroup",),
        {"vpc": "VpcId", "ingress": "SecurityGroupIngress", "egress": "SecurityGroupEgress"},
    ),
    inline_ingress=Kind(names=_INGRESS),
    inline_egress=Kind(names=_EGRESS),
    ingress_rules=(Kind(("AWS::EC2::SecurityGroupIngress",), _INGRESS),),
    egress_rules=(Kind(("AWS::EC2::SecurityGroupEgress",), _EGRESS),),
    prefix_list=Kind(("AWS::EC2::PrefixList",), {"entries": "Entries", "entry_cidr": "Cidr"}),
    acl=Kind(("AWS::EC2::NetworkAcl",), {"vpc": "VpcId"}),
    acl_entry=Kind(
        ("AWS::EC2::NetworkAclEntry",),
        {
            "acl": "NetworkAclId",
            "is_egress": "Egress",
            "number": "RuleNumber",
            "action": "RuleAction",
            "protocol": "Protocol",
            "from": "PortRange.From",
            "to": "PortRange.To",
            "cidr": "CidrBlock",
            "ipv6": "Ipv6CidrBlock",
        },
    ),
    acl_association=Kind(
        ("AWS::EC2::SubnetNetworkAclAssociation",), {"acl": "NetworkAclId", "subnet": "SubnetId"}
    ),
    hosted_zone=Kind(("AWS::Route53::HostedZone",), {"domain": "Name", "vpcs": "VPCs"}),
    hosted_zone_vpc=Kind(names={"vpc": "VPCId"}),
    dns_namespace=Kind(("AWS::ServiceDiscovery::PrivateDnsNamespace",), {"domain": "Name", "vpc": "Vpc"}),
    profile_association=Kind(("AWS::Route53Profiles::ProfileAssociation",), {"vpc": "ResourceId"}),
    resolver_rule=Kind(("AWS::Route53Resolver::ResolverRule",), {"domain": "DomainName"}),
    resolver_rule_association=Kind(
        ("AWS::Route53Resolver::ResolverRuleAssociation",), {"rule": "ResolverRuleId", "vpc": "VPCId"}
    ),
    dns_firewall=Kind(
        ("AWS::Route53Resolver::FirewallRuleGroupAssociation",),
        {"vpc": "VpcId", "rule_group": "FirewallRuleGroupId"},
    ),
    dns_rule_group=Kind(("AWS::Route53Resolver::FirewallRuleGroup",), {"rules": "FirewallRules"}),
    dns_rule=Kind(names={"action": "Action"}),
    instance=Kind(
        ("AWS::EC2::Instance",),
        {
            "type": "InstanceType",
            "subnet": "SubnetId",
            "check": "SourceDestCheck",
            "groups": "SecurityGroupIds",
            "interfaces": "NetworkInterfaces",
        },
    ),
    instance_interface=Kind(
        names={
            "interface": "NetworkInterfaceId",
            "subnet": "SubnetId",
            "public_ip": "AssociatePublicIpAddress",
            "groups": "GroupSet",
        }
    ),
    network_interface=Kind(
        ("AWS::EC2::NetworkInterface",),
        {"subnet": "SubnetId", "check": "SourceDestCheck", "groups": "GroupSet"},
    ),
    address=Kind(("AWS::EC2::EIP",), {"instance": "InstanceId", "interface": "NetworkInterfaceId"}),
    address_association=Kind(
        ("AWS::EC2::EIPAssociation",), {"instance": "InstanceId", "interface": "NetworkInterfaceId"}
    ),
    subnet_cidr=Kind(("AWS::EC2::SubnetCidrBlock",), {"subnet": "SubnetId"}),
    firewall=Kind(
        ("AWS::NetworkFirewall::Firewall",),
        {
            "policy": "FirewallPolicyArn",
            "subnets": "SubnetMappings",
            "transit": "TransitGatewayId",
            "nats": "NatGatewayMappings",
        },
    ),
    firewall_subnet=Kind(names={"subnet": "SubnetId"}),
    firewall_nat=Kind(names={"nat": "NatGatewayId"}),
    firewall_endpoint=Kind(
        ("AWS::NetworkFirewall::VpcEndpointAssociation",),
        {"firewall": "FirewallArn", "subnets": "SubnetMapping"},
    ),
    firewall_policy=Kind(
        ("AWS::NetworkFirewall::FirewallPolicy",),
        {
            "stateless_actions": "FirewallPolicy.StatelessDefaultActions",
            "stateless_groups": "FirewallPolicy.StatelessRuleGroupReferences",
            "stateful_actions": "FirewallPolicy.StatefulDefaultActions",
            "stateful_groups": "FirewallPolicy.StatefulRuleGroupReferences",
        },
    ),
    transit_gateway=Kind(
        ("AWS::EC2::TransitGateway",),
        {
            "association": "DefaultRouteTableAssociation",
            "propagation": "DefaultRouteTablePropagation",
            "association_table": "AssociationDefaultRouteTableId",
            "propagation_table": "PropagationDefaultRouteTableId",
        },
    ),
    transit_attachment=Kind(
        ("AWS::EC2::TransitGatewayAttachment", "AWS::EC2::TransitGatewayVpcAttachment"),
        {"gateway": "TransitGatewayId", "vpc": "VpcId", "subnets": "SubnetIds"},
    ),
    transit_table=Kind(("AWS::EC2::TransitGatewayRouteTable",)),
    transit_association=Kind(
        ("AWS::EC2::TransitGatewayRouteTableAssociation",),
        {"attachment": "TransitGatewayAttachmentId", "table": "TransitGatewayRouteTableId"},
    ),
    transit_propagation=Kind(
        ("AWS::EC2::TransitGatewayRouteTablePropagation",),
        {"attachment": "TransitGatewayAttachmentId", "table": "TransitGatewayRouteTableId"},
    ),
    transit_route=Kind(
        ("AWS::EC2::TransitGatewayRoute",),
        {
            "table": "TransitGatewayRouteTableId",
            "attachment": "TransitGatewayAttachmentId",
            "cidr": "DestinationCidrBlock",
        },
    ),
    access_block=Kind(("AWS::EC2::VPCBlockPublicAccessOptions",), {"mode": "InternetGatewayBlockMode"}),
    access_exclusion=Kind(
        ("AWS::EC2::VPCBlockPublicAccessExclusion",),
        {"vpc": "VpcId", "subnet": "SubnetId", "mode": "InternetGatewayExclusionMode"},
    ),
    # The main route table is not to be had: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpc.html#aws-resource-ec2-vpc-return-values
    default_names={"group": ("DefaultSecurityGroup",), "acl": ("DefaultNetworkAcl",)},
    targets={
        "AWS::EC2::InternetGateway": TargetKind.INTERNET_GATEWAY,
        "AWS::EC2::EgressOnlyInternetGateway": TargetKind.EGRESS_ONLY_GATEWAY,
        "AWS::EC2::NatGateway": TargetKind.NAT_GATEWAY,
        "AWS::EC2::NetworkInterface": TargetKind.NETWORK_INTERFACE,
        "AWS::EC2::Instance": TargetKind.NETWORK_INTERFACE,
        "AWS::EC2::TransitGateway": TargetKind.TRANSIT_GATEWAY,
        "AWS::EC2::TransitGatewayAttachment": TargetKind.TRANSIT_GATEWAY,
        "AWS::EC2::TransitGatewayVpcAttachment": TargetKind.TRANSIT_GATEWAY,
        "AWS::NetworkManager::CoreNetwork": TargetKind.CLOUD_WAN,
        "AWS::NetworkManager::VpcAttachment": TargetKind.CLOUD_WAN,
        "AWS::EC2::VPCPeeringConnection": TargetKind.PEERING,
        "AWS::EC2::VPCEndpoint": TargetKind.VPC_ENDPOINT,
        "AWS::NetworkFirewall::Firewall": TargetKind.VPC_ENDPOINT,
        "AWS::NetworkFirewall::VpcEndpointAssociation": TargetKind.VPC_ENDPOINT,
        "AWS::EC2::VPNGateway": TargetKind.VIRTUAL_PRIVATE_GATEWAY,
        "AWS::EC2::CarrierGateway": TargetKind.OUTPOST,
    },
    keeps_default_egress=True,
    marks_unknowns=True,
    gap=Why.OUTSIDE,
)
"""CloudFormation."""
