"""What may answer the names of AWS services in a VPC."""

from __future__ import annotations

import pytest
from support.configurations import MYSTERY, cfn, ref, tf
from support.networks import at, of_template, of_terraform

from checkov_ecs_endpoints.lowering.network.dns import may_hold_services
from checkov_ecs_endpoints.model.network import DnsInfluence, DnsKind
from checkov_ecs_endpoints.values import Text, Value

VPC_ID = ref("aws_vpc.main", "id")


@pytest.mark.parametrize(
    ("domain", "expected"),
    [
        ("ecr.eu-west-1.amazonaws.com", True),
        ("amazonaws.com.", True),
        ("com", True),
        (".", True),
        ("corp.internal", False),
        ("myamazonaws.com", False),
        ("example.com", False),
        (Text(("logs.", MYSTERY, ".amazonaws.com")), True),
        (Text((MYSTERY, ".com")), True),
        (Text((MYSTERY, ".internal")), False),
        (Text(("corp.", MYSTERY)), True),
        (MYSTERY, True),
    ],
)
def test_domains_that_may_hold_the_names_of_services(domain: Value, expected: bool) -> None:
    assert may_hold_services(domain) is expected


def influence(address: str, kind: DnsKind, domain: Value = "", vpc: Value = "aws_vpc.main") -> DnsInfluence:
    return DnsInfluence(id=address, source=at(address), kind=kind, vpc=vpc, domain=domain)  # type: ignore[arg-type]


def test_terraform() -> None:
    api = "api.ecr.eu-west-1.amazonaws.com"
    made = of_terraform(
        tf("aws_vpc.main"),
        tf("aws_route53_zone.public", {"name": "amazonaws.com"}),
        tf("aws_route53_zone.internal", {"name": "corp.internal", "vpc": [{"vpc_id": VPC_ID}]}),
        tf("aws_route53_zone.api", {"name": api, "vpc": [{"vpc_id": VPC_ID}, {"vpc_id": MYSTERY}]}),
        tf(
            "aws_route53_zone_association.a",
            {"zone_id": ref("aws_route53_zone.api", "zone_id"), "vpc_id": VPC_ID},
        ),
        tf("aws_route53_zone_association.b", {"zone_id": MYSTERY, "vpc_id": VPC_ID}),
        tf("aws_route53_resolver_rule.r", {"domain_name": "amazonaws.com"}),
        tf(
            "aws_route53_resolver_rule_association.r",
            {"resolver_rule_id": ref("aws_route53_resolver_rule.r", "id"), "vpc_id": VPC_ID},
        ),
        tf("aws_service_discovery_private_dns_namespace.n", {"name": "app.local", "vpc": VPC_ID}),
        tf("aws_route53profiles_association.p", {"resource_id": VPC_ID}),
        tf("aws_route53_resolver_firewall_rule_group.g"),
        tf(
            "aws_route53_resolver_firewall_rule_group_association.f",
            {
                "vpc_id": VPC_ID,
                "firewall_rule_group_id": ref("aws_route53_resolver_firewall_rule_group.g", "id"),
            },
        ),
    )
    zone = DnsKind.ZONE
    assert made.dns == (
        influence("aws_route53_zone.api", zone, api),
        influence("aws_route53_zone.api", zone, api, MYSTERY),
        influence("aws_route53_zone_association.a", zone, api),
        influence("aws_route53_zone_association.b", zone, MYSTERY),
        influence("aws_route53_resolver_rule_association.r", DnsKind.RESOLVER_RULE, "amazonaws.com"),
        influence("aws_route53profiles_association.p", DnsKind.PROFILE),
        influence("aws_route53_resolver_firewall_rule_group_association.f", DnsKind.FIREWALL),
    )


def test_cloudformation() -> None:
    made = of_template(
        cfn("AWS::EC2::VPC", "Vpc"),
        cfn(
            "AWS::Route53::HostedZone",
            "Api",
            {
                "Name": "logs.eu-west-1.amazonaws.com",
                "VPCs": [{"VPCId": ref("Vpc"), "VPCRegion": "eu-west-1"}],
            },
        ),
        cfn("AWS::ServiceDiscovery::PrivateDnsNamespace", "Local", {"Name": "app.local", "Vpc": ref("Vpc")}),
        cfn("AWS::Route53Profiles::ProfileAssociation", "Profile", {"ResourceId": ref("Vpc")}),
        cfn("AWS::Route53Resolver::FirewallRuleGroupAssociation", "Firewall", {"VpcId": ref("Vpc")}),
    )
    assert [(dns.id, dns.kind, dns.vpc, dns.domain) for dns in made.dns] == [
        ("Api", DnsKind.ZONE, "Vpc", "logs.eu-west-1.amazonaws.com"),
        ("Profile", DnsKind.PROFILE, "Vpc", ""),
        ("Firewall", DnsKind.FIREWALL, "Vpc", ""),
    ]
