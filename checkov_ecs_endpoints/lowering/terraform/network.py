"""How Terraform writes a network: the resource types and arguments of the AWS provider.

https://registry.terraform.io/providers/hashicorp/aws/latest/docs (the page of each type)
"""

from __future__ import annotations

from checkov_ecs_endpoints.lowering.network.language import Kind, Language
from checkov_ecs_endpoints.model.network import TargetKind
from checkov_ecs_endpoints.values import Why

_VPC = {
    "cidr": "cidr_block",
    "cidr_pool": "ipv4_ipam_pool_id",
    "ipv6": "ipv6_cidr_block",
    "ipv6_pool": "ipv6_ipam_pool_id",
    "ipv6_by_aws": "assign_generated_ipv6_cidr_block",
    "dns_support": "enable_dns_support",
    "dns_hostnames": "enable_dns_hostnames",
    "region": "region",
}
_SUBNET = {
    "vpc": "vpc_id",
    "cidr": "cidr_block",
    "zone": "availability_zone",
    "zone_id": "availability_zone_id",
    "public": "map_public_ip_on_launch",
    "ipv6": "ipv6_cidr_block",
    "ipv6_pool": "ipv6_ipam_pool_id",
    "ipv6_native": "ipv6_native",
}
_TARGETS = {
    "nat": "nat_gateway_id",
    "gateway": "gateway_id",
    "egress_only": "egress_only_gateway_id",
    "transit": "transit_gateway_id",
    "endpoint": "vpc_endpoint_id",
    "peering": "vpc_peering_connection_id",
    "interface": "network_interface_id",
    "instance": "instance_id",
    "core": "core_network_arn",
    "local_gateway": "local_gateway_id",
    "carrier": "carrier_gateway_id",
}
_TABLE = {"vpc": "vpc_id", "routes": "route", "propagating": "propagating_vgws"}
_GROUP = {"vpc": "vpc_id", "ingress": "ingress", "egress": "egress"}
_PORTS = {"from": "from_port", "to": "to_port"}
_BLOCK_RULE = {
    **_PORTS,
    "protocol": "protocol",
    "cidr": "cidr_blocks",
    "ipv6": "ipv6_cidr_blocks",
    "prefix_list": "prefix_list_ids",
    "self": "self",
}
_VPC_RULE = {
    **_PORTS,
    "owner": "security_group_id",
    "protocol": "ip_protocol",
    "cidr": "cidr_ipv4",
    "ipv6": "cidr_ipv6",
    "prefix_list": "prefix_list_id",
    "group": "referenced_security_group_id",
}
_INLINE_RULE = Kind(names={**_BLOCK_RULE, "group": "security_groups"})
_ACL = {"vpc": "vpc_id", "subnets": "subnet_ids", "ingress": "ingress", "egress": "egress"}
_ACL_RANGE = {**_PORTS, "protocol": "protocol", "cidr": "cidr_block", "ipv6": "ipv6_cidr_block"}

TERRAFORM = Language(
    vpc=Kind(("aws_vpc",), _VPC),
    default_vpc=Kind(("aws_default_vpc",), _VPC),
    vpc_cidr=Kind(
        ("aws_vpc_ipv4_cidr_block_association", "aws_vpc_ipv6_cidr_block_association"),
        {
            "vpc": "vpc_id",
            "cidr": "cidr_block",
            "cidr_pool": "ipv4_ipam_pool_id",
            "ipv6": "ipv6_cidr_block",
            "ipv6_pool": "ipv6_ipam_pool_id",
            "ipv6_by_aws": "assign_generated_ipv6_cidr_block",
        },
    ),
    dhcp_options=Kind(("aws_vpc_dhcp_options",), {"servers": "domain_name_servers"}),
    dhcp_options_association=Kind(
        ("aws_vpc_dhcp_options_association",), {"vpc": "vpc_id", "options": "dhcp_options_id"}
    ),
    subnet=Kind(("aws_subnet",), _SUBNET),
    default_subnet=Kind(("aws_default_subnet",), _SUBNET),
    route_table=Kind(("aws_route_table",), _TABLE),
    default_table=Kind(("aws_default_route_table",), {**_TABLE, "of": "default_route_table_id"}),
    main_association=Kind(
        ("aws_main_route_table_association",), {"vpc": "vpc_id", "table": "route_table_id"}
    ),
    route=Kind(
        ("aws_route",),
        {
            **_TARGETS,
            "table": "route_table_id",
            "cidr": "destination_cidr_block",
            "ipv6": "destination_ipv6_cidr_block",
            "prefix_list": "destination_prefix_list_id",
        },
    ),
    inline_route=Kind(
        names={
            **_TARGETS,
            "cidr": "cidr_block",
            "ipv6": "ipv6_cidr_block",
            "prefix_list": "destination_prefix_list_id",
        }
    ),
    propagation=Kind(
        ("aws_vpn_gateway_route_propagation",), {"tables": "route_table_id", "gateway": "vpn_gateway_id"}
    ),
    association=Kind(
        ("aws_route_table_association",),
        {"subnet": "subnet_id", "gateway": "gateway_id", "table": "route_table_id"},
    ),
    internet_gateway=Kind(("aws_internet_gateway",), {"vpc": "vpc_id"}),
    gateway_attachment=Kind(
        ("aws_internet_gateway_attachment",), {"vpc": "vpc_id", "gateway": "internet_gateway_id"}
    ),
    nat_gateway=Kind(
        ("aws_nat_gateway",),
        {
            "subnet": "subnet_id",
            "vpc": "vpc_id",
            "connectivity": "connectivity_type",
            "availability": "availability_mode",
        },
    ),
    endpoint=Kind(
        ("aws_vpc_endpoint",),
        {
            "vpc": "vpc_id",
            "service": "service_name",
            "type": "vpc_endpoint_type",
            "private_dns": "private_dns_enabled",
            "subnets": "subnet_ids",
            "subnet_configuration": "subnet_configuration",
            "configured_subnet": "subnet_id",
            "groups": "security_group_ids",
            "tables": "route_table_ids",
            "policy": "policy",
            "service_region": "service_region",
            "only_inbound": "dns_options.private_dns_only_for_inbound_resolver_endpoint",
            "addresses": "ip_address_type",
            "dns_records": "dns_options.dns_record_ip_type",
            "resource_configuration": "resource_configuration_arn",
            "service_network": "service_network_arn",
        },
    ),
    endpoint_subnet=Kind(
        ("aws_vpc_endpoint_subnet_association",), {"endpoint": "vpc_endpoint_id", "subnet": "subnet_id"}
    ),
    endpoint_table=Kind(
        ("aws_vpc_endpoint_route_table_association",),
        {"endpoint": "vpc_endpoint_id", "table": "route_table_id"},
    ),
    endpoint_group=Kind(
        ("aws_vpc_endpoint_security_group_association",),
        {
            "endpoint": "vpc_endpoint_id",
            "group": "security_group_id",
            "replace": "replace_default_association",
        },
    ),
    endpoint_policy=Kind(("aws_vpc_endpoint_policy",), {"endpoint": "vpc_endpoint_id", "policy": "policy"}),
    endpoint_private_dns=Kind(
        ("aws_vpc_endpoint_private_dns",),
        {"endpoint": "vpc_endpoint_id", "private_dns": "private_dns_enabled"},
    ),
    endpoint_service=Kind(("aws_vpc_endpoint_service",), {"service": "service", "name": "service_name"}),
    security_group=Kind(("aws_security_group",), _GROUP),
    default_group=Kind(("aws_default_security_group",), {**_GROUP, "of": "vpc_id"}),
    inline_ingress=_INLINE_RULE,
    inline_egress=_INLINE_RULE,
    ingress_rules=(Kind(("aws_vpc_security_group_ingress_rule",), _VPC_RULE),),
    egress_rules=(Kind(("aws_vpc_security_group_egress_rule",), _VPC_RULE),),
    either_rule=Kind(
        ("aws_security_group_rule",),
        {
            **_BLOCK_RULE,
            "direction": "type",
            "owner": "security_group_id",
            "group": "source_security_group_id",
        },
    ),
    prefix_list=Kind(("aws_ec2_managed_prefix_list",), {"entries": "entry", "entry_cidr": "cidr"}),
    prefix_list_entry=Kind(
        ("aws_ec2_managed_prefix_list_entry",), {"list": "prefix_list_id", "entry_cidr": "cidr"}
    ),
    managed_prefix_list=Kind(
        ("aws_prefix_list", "aws_ec2_managed_prefix_list"),
        {"name": "name", "list": "prefix_list_id", "id": "id"},
    ),
    acl=Kind(("aws_network_acl",), _ACL),
    default_acl=Kind(("aws_default_network_acl",), {**_ACL, "of": "default_network_acl_id"}),
    inline_acl_entry=Kind(names={**_ACL_RANGE, "number": "rule_no", "action": "action"}),
    acl_entry=Kind(
        ("aws_network_acl_rule",),
        {
            **_ACL_RANGE,
            "acl": "network_acl_id",
            "is_egress": "egress",
            "number": "rule_number",
            "action": "rule_action",
        },
    ),
    acl_association=Kind(("aws_network_acl_association",), {"acl": "network_acl_id", "subnet": "subnet_id"}),
    hosted_zone=Kind(("aws_route53_zone",), {"domain": "name", "vpcs": "vpc"}),
    hosted_zone_vpc=Kind(names={"vpc": "vpc_id"}),
    zone_association=Kind(("aws_route53_zone_association",), {"zone": "zone_id", "vpc": "vpc_id"}),
    dns_namespace=Kind(("aws_service_discovery_private_dns_namespace",), {"domain": "name", "vpc": "vpc"}),
    profile_association=Kind(("aws_route53profiles_association",), {"vpc": "resource_id"}),
    resolver_rule=Kind(("aws_route53_resolver_rule",), {"domain": "domain_name"}),
    resolver_rule_association=Kind(
        ("aws_route53_resolver_rule_association",), {"rule": "resolver_rule_id", "vpc": "vpc_id"}
    ),
    dns_firewall=Kind(
        ("aws_route53_resolver_firewall_rule_group_association",),
        {"vpc": "vpc_id", "rule_group": "firewall_rule_group_id"},
    ),
    dns_rule_group=Kind(("aws_route53_resolver_firewall_rule_group",)),
    dns_rule=Kind(
        ("aws_route53_resolver_firewall_rule",), {"owner": "firewall_rule_group_id", "action": "action"}
    ),
    instance=Kind(
        ("aws_instance",),
        {
            "type": "instance_type",
            "subnet": "subnet_id",
            "check": "source_dest_check",
            "public_ip": "associate_public_ip_address",
            "groups": "vpc_security_group_ids",
            "interfaces": "network_interface",
            "primary_interface": "primary_network_interface.network_interface_id",
        },
    ),
    instance_interface=Kind(names={"interface": "network_interface_id"}),
    network_interface=Kind(
        ("aws_network_interface",),
        {"subnet": "subnet_id", "check": "source_dest_check", "groups": "security_groups"},
    ),
    address=Kind(("aws_eip",), {"instance": "instance", "interface": "network_interface"}),
    address_association=Kind(
        ("aws_eip_association",), {"instance": "instance_id", "interface": "network_interface_id"}
    ),
    firewall=Kind(
        ("aws_networkfirewall_firewall",),
        {
            "policy": "firewall_policy_arn",
            "subnets": "subnet_mapping",
            "transit": "transit_gateway_id",
        },
    ),
    firewall_subnet=Kind(names={"subnet": "subnet_id"}),
    firewall_endpoint=Kind(
        ("aws_networkfirewall_vpc_endpoint_association",),
        {"firewall": "firewall_arn", "subnets": "subnet_mapping"},
    ),
    firewall_policy=Kind(
        ("aws_networkfirewall_firewall_policy",),
        {
            "stateless_actions": "firewall_policy.stateless_default_actions",
            "stateless_groups": "firewall_policy.stateless_rule_group_reference",
            "stateful_actions": "firewall_policy.stateful_default_actions",
            "stateful_groups": "firewall_policy.stateful_rule_group_reference",
        },
    ),
    transit_gateway=Kind(
        ("aws_ec2_transit_gateway",),
        {"association": "default_route_table_association", "propagation": "default_route_table_propagation"},
    ),
    transit_attachment=Kind(
        ("aws_ec2_transit_gateway_vpc_attachment",),
        {
            "gateway": "transit_gateway_id",
            "vpc": "vpc_id",
            "subnets": "subnet_ids",
            "association": "transit_gateway_default_route_table_association",
            "propagation": "transit_gateway_default_route_table_propagation",
        },
    ),
    transit_table=Kind(("aws_ec2_transit_gateway_route_table",)),
    transit_association=Kind(
        ("aws_ec2_transit_gateway_route_table_association",),
        {"attachment": "transit_gateway_attachment_id", "table": "transit_gateway_route_table_id"},
    ),
    transit_propagation=Kind(
        ("aws_ec2_transit_gateway_route_table_propagation",),
        {"attachment": "transit_gateway_attachment_id", "table": "transit_gateway_route_table_id"},
    ),
    transit_route=Kind(
        ("aws_ec2_transit_gateway_route",),
        {
            "table": "transit_gateway_route_table_id",
            "attachment": "transit_gateway_attachment_id",
            "cidr": "destination_cidr_block",
        },
    ),
    transit_prefix_list=Kind(
        ("aws_ec2_transit_gateway_prefix_list_reference",), {"table": "transit_gateway_route_table_id"}
    ),
    transit_default_association=Kind(
        ("aws_ec2_transit_gateway_default_route_table_association",), {"gateway": "transit_gateway_id"}
    ),
    transit_default_propagation=Kind(
        ("aws_ec2_transit_gateway_default_route_table_propagation",), {"gateway": "transit_gateway_id"}
    ),
    access_block=Kind(("aws_vpc_block_public_access_options",), {"mode": "internet_gateway_block_mode"}),
    access_exclusion=Kind(
        ("aws_vpc_block_public_access_exclusion",),
        {"vpc": "vpc_id", "subnet": "subnet_id", "mode": "internet_gateway_exclusion_mode"},
    ),
    exclusive_rules=Kind(
        ("aws_vpc_security_group_rules_exclusive",),
        {"owner": "security_group_id", "egress": "egress_rule_ids", "ingress": "ingress_rule_ids"},
    ),
    default_names={
        "table": ("default_route_table_id", "main_route_table_id"),
        "group": ("default_security_group_id",),
        "acl": ("default_network_acl_id",),
    },
    targets={
        "aws_internet_gateway": TargetKind.INTERNET_GATEWAY,
        "aws_egress_only_internet_gateway": TargetKind.EGRESS_ONLY_GATEWAY,
        "aws_nat_gateway": TargetKind.NAT_GATEWAY,
        "aws_network_interface": TargetKind.NETWORK_INTERFACE,
        "aws_instance": TargetKind.NETWORK_INTERFACE,
        "aws_ec2_transit_gateway": TargetKind.TRANSIT_GATEWAY,
        "aws_ec2_transit_gateway_vpc_attachment": TargetKind.TRANSIT_GATEWAY,
        "aws_networkmanager_core_network": TargetKind.CLOUD_WAN,
        "aws_networkmanager_vpc_attachment": TargetKind.CLOUD_WAN,
        "aws_vpc_peering_connection": TargetKind.PEERING,
        "aws_vpc_peering_connection_accepter": TargetKind.PEERING,
        "aws_vpc_endpoint": TargetKind.VPC_ENDPOINT,
        "aws_networkfirewall_firewall": TargetKind.VPC_ENDPOINT,
        "aws_networkfirewall_vpc_endpoint_association": TargetKind.VPC_ENDPOINT,
        "aws_vpn_gateway": TargetKind.VIRTUAL_PRIVATE_GATEWAY,
        "aws_vpn_gateway_attachment": TargetKind.VIRTUAL_PRIVATE_GATEWAY,
        "aws_ec2_carrier_gateway": TargetKind.OUTPOST,
        "aws_ec2_local_gateway": TargetKind.OUTPOST,
    },
    keeps_default_egress=False,
    marks_unknowns=False,
    gap=Why.MODULE,
)
"""Terraform with the AWS provider."""
