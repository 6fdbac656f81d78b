"""What stands on the way to the internet, in the ways to write it that the twins do not use."""

from __future__ import annotations

import pytest
from support.configurations import MYSTERY, PLACE, cfn, get_att, ref, tf
from support.networks import of_template, of_terraform

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.model.barriers import BlockMode
from checkov_ecs_endpoints.model.network import Network, Target, TargetKind
from checkov_ecs_endpoints.values import Truth, Unknown, Value, Why

VPC = tf("aws_vpc.main")
VPC_ID = ref("aws_vpc.main", "id")
GROUP = "aws_route53_resolver_firewall_rule_group.g"
SUBNET_ID = ref("aws_subnet.s", "id")


def bare(*resources: Resource, region: Value = None) -> Network:
    return of_terraform(VPC, tf("aws_subnet.s", {"vpc_id": VPC_ID}), *resources, region=region)


class TestBlocks:
    """Facts B19."""

    @pytest.mark.parametrize(
        ("vpc", "options", "exists"),
        [
            ("eu-west-1", "eu-west-1", True),
            ("eu-west-1", "us-east-1", None),
            (MYSTERY, MYSTERY, True),
            (
                "eu-west-1",
                MYSTERY,
                Unknown(Why.AMBIGUOUS, "the region that aws_vpc_block_public_access_options.b is for", PLACE),
            ),
        ],
    )
    def test_b19_the_setting_is_for_one_region(
        self, vpc: Value, options: Value, exists: Truth | None
    ) -> None:
        network = of_terraform(
            tf("aws_vpc.main", region=vpc),
            tf(
                "aws_vpc_block_public_access_options.b",
                {"internet_gateway_block_mode": "block-ingress"},
                region=options,
            ),
        )
        assert [block.exists for block in network.access_blocks] == ([] if exists is None else [exists])

    @pytest.mark.parametrize(
        ("mode", "expected"),
        [("off", BlockMode.OFF), (MYSTERY, MYSTERY), ("all", None)],
    )
    def test_b19_modes(self, mode: Value, expected: BlockMode | Unknown | None) -> None:
        network = bare(tf("aws_vpc_block_public_access_options.b", {"internet_gateway_block_mode": mode}))
        (block,) = network.access_blocks
        if expected is None:
            assert isinstance(block.mode, Unknown)
            assert block.mode.why is Why.INVALID
        else:
            assert block.mode == expected


class TestDnsFirewalls:
    """Facts D11."""

    def blocks(self, *actions: Value, group: Value = None) -> Truth:
        rules = [
            tf(
                f"aws_route53_resolver_firewall_rule.r{number}",
                {
                    "action": action,
                    "firewall_rule_group_id": ref(GROUP, "id"),
                },
            )
            for number, action in enumerate(actions)
        ]
        association = tf(
            "aws_route53_resolver_firewall_rule_group_association.a",
            {"vpc_id": VPC_ID, "firewall_rule_group_id": group or ref(GROUP, "id")},
        )
        network = bare(tf(GROUP), association, *rules)
        (influence,) = network.dns
        return influence.blocks

    @pytest.mark.parametrize(
        ("actions", "expected"),
        [
            ((), False),
            (("ALERT", "ALLOW"), False),
            (("ALERT", "BLOCK"), True),
            ((MYSTERY,), MYSTERY),
            ((MYSTERY, "BLOCK"), True),
        ],
    )
    def test_d11_actions(self, actions: tuple[Value, ...], expected: Truth) -> None:
        assert self.blocks(*actions) == expected

    def test_d11_a_rule_group_that_is_elsewhere(self) -> None:
        assert self.blocks(group=MYSTERY) == MYSTERY


class TestFirewalls:
    """Facts D13."""

    @pytest.mark.parametrize(
        ("policy", "restricts"),
        [
            ({"stateless_default_actions": ["aws:pass"]}, False),
            ({"stateless_default_actions": ["aws:drop"]}, True),
            ({"stateless_default_actions": ["aws:forward_to_sfe"]}, False),
            (
                {
                    "stateless_default_actions": ["aws:forward_to_sfe"],
                    "stateful_default_actions": ["aws:alert_strict", "aws:drop_strict"],
                },
                True,
            ),
            (
                {
                    "stateless_default_actions": ["aws:forward_to_sfe"],
                    "stateful_default_actions": ["aws:alert_established"],
                },
                False,
            ),
            (
                {
                    "stateless_default_actions": ["aws:pass"],
                    "stateless_rule_group_reference": [{"resource_arn": "arn", "priority": 1}],
                },
                True,
            ),
            ({"stateless_default_actions": ["aws:forward_to_sfe", "CustomAction"]}, True),
            ({"stateless_default_actions": MYSTERY}, MYSTERY),
            ({}, True),
        ],
    )
    def test_d13_what_a_policy_may_drop(self, policy: dict[str, Value], restricts: Truth) -> None:
        network = bare(
            tf("aws_networkfirewall_firewall_policy.p", {"firewall_policy": [policy]}),
            tf(
                "aws_networkfirewall_firewall.f",
                {"firewall_policy_arn": ref("aws_networkfirewall_firewall_policy.p", "arn")},
            ),
        )
        assert network.firewalls["aws_networkfirewall_firewall.f"].restricts == restricts

    def test_d13_a_firewall_whose_policy_is_elsewhere_is_taken_to_limit(self) -> None:
        network = bare(tf("aws_networkfirewall_firewall.f", {"firewall_policy_arn": MYSTERY}))
        assert network.firewalls["aws_networkfirewall_firewall.f"].restricts is True

    def test_d13_a_firewall_may_be_in_front_of_nat_gateways_or_on_a_transit_gateway(self) -> None:
        network = of_template(
            cfn("AWS::EC2::NatGateway", "Nat"),
            cfn("AWS::EC2::TransitGateway", "Hub"),
            cfn(
                "AWS::NetworkFirewall::Firewall",
                "Proxy",
                {"NatGatewayMappings": [{"NatGatewayId": ref("Nat")}]},
            ),
            cfn("AWS::NetworkFirewall::Firewall", "Attached", {"TransitGatewayId": ref("Hub")}),
        )
        assert network.firewalls["Proxy"].nat_gateways.items == ("Nat",)
        assert network.firewalls["Attached"].transit_gateway == "Hub"

    def test_d13_a_template_cuts_the_endpoint_out_of_a_list(self) -> None:
        cut = Unknown(Why.AFTER_APPLY, "Wall.EndpointIds.0", PLACE, "taken by Fn::Select 1")
        network = of_template(
            cfn("AWS::EC2::VPC", "Vpc"),
            cfn("AWS::NetworkFirewall::Firewall", "Wall"),
            cfn("AWS::EC2::RouteTable", "Table", {"VpcId": ref("Vpc")}),
            cfn(
                "AWS::EC2::Route",
                "Route",
                {"RouteTableId": ref("Table"), "DestinationCidrBlock": "0.0.0.0/0", "VpcEndpointId": cut},
            ),
        )
        (route,) = network.tables["Table"].routes
        assert route.target == Target(TargetKind.VPC_ENDPOINT, "Wall")


class TestForwarders:
    """Facts C11."""

    def test_c11_an_address_that_may_be_any_instances(self) -> None:
        network = bare(tf("aws_instance.i", {"subnet_id": SUBNET_ID}), tf("aws_eip.a", {"instance": MYSTERY}))
        assert network.forwarders["aws_instance.i"].public_ip == MYSTERY

    def test_c11_an_address_by_an_association(self) -> None:
        association: dict[str, Value] = {"network_interface_id": ref("aws_network_interface.n", "id")}
        network = bare(
            tf("aws_network_interface.n", {"subnet_id": SUBNET_ID, "source_dest_check": False}),
            tf("aws_eip_association.a", association),
        )
        found = network.forwarders["aws_network_interface.n"]
        assert (found.forwards, found.public_ip) == (True, True)

    def test_c11_the_check_is_on_and_the_subnet_decides_unless_said_otherwise(self) -> None:
        network = bare(tf("aws_instance.i", {"subnet_id": SUBNET_ID}))
        found = network.forwarders["aws_instance.i"]
        assert (found.subnet, found.forwards, found.public_ip) == ("aws_subnet.s", False, None)

    def test_c11_an_interface_that_is_not_here(self) -> None:
        network = bare(tf("aws_instance.i", {"network_interface": [{"network_interface_id": MYSTERY}]}))
        found = network.forwarders["aws_instance.i"]
        assert (found.subnet, found.forwards, found.public_ip) == (MYSTERY, MYSTERY, MYSTERY)


class TestIpv6Ranges:
    """Facts C12."""

    @pytest.mark.parametrize(
        ("attributes", "expected"),
        [
            ({}, False),
            ({"ipv6_cidr_block": "2001:db8::/64"}, True),
            ({"ipv6_cidr_block": ref("aws_vpc.main", "ipv6_cidr_block")}, True),
            ({"ipv6_cidr_block": MYSTERY}, MYSTERY),
        ],
    )
    def test_c12_of_subnets(self, attributes: dict[str, Value], expected: Truth) -> None:
        network = of_terraform(VPC, tf("aws_subnet.s", {"vpc_id": VPC_ID, **attributes}))
        assert network.subnets["aws_subnet.s"].ipv6 == expected

    def test_c12_a_resource_may_add_one_in_cloudformation(self) -> None:
        network = of_template(
            cfn("AWS::EC2::VPC", "Vpc"),
            cfn("AWS::EC2::Subnet", "A", {"VpcId": ref("Vpc")}),
            cfn("AWS::EC2::Subnet", "B", {"VpcId": ref("Vpc")}),
            cfn("AWS::EC2::SubnetCidrBlock", "Range", {"SubnetId": get_att("A", "SubnetId")}),
        )
        assert (network.subnets["A"].ipv6, network.subnets["B"].ipv6) == (True, False)
