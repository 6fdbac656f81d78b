"""VPCs, their DNS settings, addresses and regions."""

from __future__ import annotations

from support.configurations import MYSTERY, PLACE, cfn, ref, tf
from support.networks import at, of_template, of_terraform

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import Vpc
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Unknown, Value, Why


def vpc(attributes: dict[str, Value], *others: Resource) -> Vpc:
    return of_terraform(tf("aws_vpc.main", attributes), *others).vpcs["aws_vpc.main"]


def test_the_defaults_of_aws() -> None:
    """Facts B4."""
    assert vpc({"cidr_block": "10.0.0.0/16"}) == Vpc(
        id="aws_vpc.main",
        source=at("aws_vpc.main"),
        cidrs=Listing(("10.0.0.0/16",)),
        dns_support=True,
        dns_hostnames=False,
        main_table="aws_vpc.main#main",
        default_group="aws_vpc.main#default",
        region=Unknown(
            Why.NO_VALUE,
            "the region of aws_vpc.main",
            PLACE,
            "no file names it; `regions.default` in the settings can",
        ),
    )


def test_what_is_written() -> None:
    made = of_template(
        cfn(
            "AWS::EC2::VPC",
            "Vpc",
            {"CidrBlock": "10.0.0.0/16", "EnableDnsSupport": "false", "EnableDnsHostnames": True},
        ),
        region="eu-west-1",
    )
    assert made.vpcs == {
        "Vpc": Vpc(
            id="Vpc",
            source=at("AWS::EC2::VPC.Vpc"),
            cidrs=Listing(("10.0.0.0/16",)),
            dns_support=False,
            dns_hostnames=True,
            main_table="Vpc#main",
            default_group="Vpc#default",
            region="eu-west-1",
        )
    }


def test_the_default_vpc_has_host_names_and_is_older_than_the_configuration() -> None:
    made = of_terraform(tf("aws_default_vpc.this"), region="eu-west-1")
    older = Unknown(Why.OUTSIDE, "the default VPC", PLACE)
    found = made.vpcs["aws_default_vpc.this"]
    assert (found.dns_support, found.dns_hostnames, found.handed_over) == (True, True, older)
    assert made.tables["aws_default_vpc.this#main"].routes == Listing((), older)
    group = made.groups["aws_default_vpc.this#default"]
    assert (group.egress.rest, group.ingress.rest) == (older, older)
    assert {rule.exists for rule in (*group.egress, *group.ingress)} == {older}


def test_what_is_not_known_stays_unknown() -> None:
    found = vpc({"cidr_block": MYSTERY, "enable_dns_hostnames": MYSTERY, "enable_dns_support": None})
    assert (found.cidrs, found.dns_hostnames, found.dns_support) == (Listing((), MYSTERY), MYSTERY, True)


def test_further_address_ranges() -> None:
    further = "aws_vpc_ipv4_cidr_block_association"
    certain = tf(f"{further}.a", {"vpc_id": ref("aws_vpc.main", "id"), "cidr_block": "10.1.0.0/16"})
    assert vpc({"cidr_block": "10.0.0.0/16"}, certain).cidrs == Listing(("10.0.0.0/16", "10.1.0.0/16"))
    perhaps = tf(
        f"{further}.a",
        {"vpc_id": ref("aws_vpc.main", "id"), "cidr_block": "10.1.0.0/16"},
        exists=MYSTERY,
    )
    assert vpc({"cidr_block": "10.0.0.0/16"}, perhaps).cidrs == Listing(("10.0.0.0/16",), MYSTERY)
    anyones = tf(f"{further}.a", {"vpc_id": MYSTERY, "cidr_block": "10.1.0.0/16"})
    assert vpc({"cidr_block": "10.0.0.0/16"}, anyones).cidrs == Listing(("10.0.0.0/16",), MYSTERY)


def test_ranges_that_aws_chooses() -> None:
    chosen = Unknown(Why.AFTER_APPLY, "an address range of aws_vpc.main", PLACE)
    assert vpc({"ipv4_ipam_pool_id": "ipam-pool-1"}).cidrs == Listing((), chosen)
    dual = vpc({"cidr_block": "10.0.0.0/16", "assign_generated_ipv6_cidr_block": True})
    assert dual.cidrs == Listing(("10.0.0.0/16",), chosen)


def test_the_region_by_the_argument_the_provider_the_root_and_the_settings() -> None:
    plain, provider = tf("aws_vpc.main"), tf("aws_vpc.main", region="us-east-1")
    argument = tf("aws_vpc.main", {"region": "us-west-2"}, region="us-east-1")
    settings = Settings(default_region="eu-central-1")
    assert _region(of_terraform(argument, region="eu-west-1").vpcs) == "us-west-2"
    assert _region(of_terraform(provider, region="eu-west-1").vpcs) == "us-east-1"
    assert _region(of_terraform(plain, region="eu-west-1").vpcs) == "eu-west-1"
    assert _region(of_terraform(plain, settings=settings).vpcs) == "eu-central-1"
    assert _region(of_terraform(plain, region=MYSTERY).vpcs) == MYSTERY


def _region(vpcs: object) -> object:
    assert isinstance(vpcs, dict)
    return vpcs["aws_vpc.main"].region


def dhcp(servers: Value, vpc_id: Value = None, **association: Value) -> Unknown | None:
    return vpc(
        {},
        tf("aws_vpc_dhcp_options.x", {"domain_name_servers": servers}),
        tf(
            "aws_vpc_dhcp_options_association.x",
            {
                "vpc_id": vpc_id or ref("aws_vpc.main", "id"),
                "dhcp_options_id": ref("aws_vpc_dhcp_options.x", "id"),
                **association,
            },
        ),
    ).custom_dns


def test_dhcp_options_with_other_resolvers() -> None:
    """Facts B6."""
    custom = Unknown(Why.NOT_MODELLED, "the DNS servers of aws_vpc_dhcp_options.x", PLACE)
    assert dhcp(["10.0.0.2"]) == custom
    assert dhcp(["AmazonProvidedDNS", "10.0.0.2"]) == custom
    assert dhcp(["10.0.0.2"], MYSTERY) == custom
    assert dhcp(MYSTERY) == MYSTERY
    assert dhcp(["10.0.0.2"], dhcp_options_id=MYSTERY) == MYSTERY
    none = Unknown(Why.UNDOCUMENTED, "the resolver where aws_vpc_dhcp_options.x names none", PLACE)
    assert dhcp(None) == none


def test_dhcp_options_with_amazons_resolver() -> None:
    assert dhcp(["AmazonProvidedDNS"]) is None
    assert dhcp(["169.254.169.253"]) is None
    assert dhcp(["10.0.0.2"], dhcp_options_id="default") is None
