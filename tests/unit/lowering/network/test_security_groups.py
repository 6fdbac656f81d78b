"""Security groups in every way to write them."""

from __future__ import annotations

from typing import Any

import pytest
from support.configurations import MYSTERY, PLACE, cfn, get_att, ref, tf
from support.networks import at, of_template, of_terraform

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import (
    Cidr,
    CustomerPrefixList,
    GroupMembers,
    Peer,
    PrefixListOf,
    Rule,
    SecurityGroup,
)
from checkov_ecs_endpoints.values import OpenList, Truth, Unknown, Value, Why

VPC = tf("aws_vpc.main")
G = "aws_security_group.g"
VPC_ID = ref("aws_vpc.main", "id")
ALL = ("-1", None)
HTTPS = ("tcp", (443, 443))
ANYWHERE = Cidr("0.0.0.0/0")
DEFAULT = "aws_vpc.main#default"

Meaning = tuple[Peer, str | Unknown, tuple[int, int] | Unknown | None, Truth]


def meanings(rules: Listing[Rule]) -> list[Meaning]:
    return [(rule.peer, rule.protocol, rule.ports, rule.exists) for rule in rules]


def rule(address: str, peer: Peer, protocol: str = "-1", ports: Any = None, exists: Truth = True) -> Rule:
    return Rule(source=at(address), peer=peer, protocol=protocol, ports=ports, exists=exists)


def group(attributes: dict[str, Value], *others: Resource) -> SecurityGroup:
    return of_terraform(VPC, tf(G, {"vpc_id": VPC_ID, **attributes}), *others).groups[G]


def of_cloudformation(attributes: dict[str, Value], *others: Resource) -> SecurityGroup:
    vpc = cfn("AWS::EC2::VPC", "Vpc")
    made = cfn("AWS::EC2::SecurityGroup", "G", {"VpcId": ref("Vpc"), **attributes})
    return of_template(vpc, made, *others).groups["G"]


def test_trap_8_terraform_without_egress_lets_nothing_out() -> None:
    nothing = SecurityGroup(
        id=G,
        source=at(G),
        vpc="aws_vpc.main",
        ingress=Listing(),
        egress=Listing(),
        egress_from="it has no egress rule, and Terraform removes the one that AWS adds",
    )
    assert group({}) == nothing
    assert group({"egress": []}) == nothing
    assert group({"egress": None}) == nothing


def test_trap_8_cloudformation_without_egress_lets_everything_out() -> None:
    source = at("AWS::EC2::SecurityGroup.G")
    assert of_cloudformation({}) == SecurityGroup(
        id="G",
        source=source,
        vpc="Vpc",
        ingress=Listing(),
        egress=Listing(
            (
                Rule(source=source, peer=ANYWHERE, protocol="-1", ports=None),
                Rule(source=source, peer=Cidr("::/0"), protocol="-1", ports=None),
            )
        ),
        egress_from="it has no egress rule, so CloudFormation adds one that allows everything",
    )


def test_cloudformation_with_inline_egress() -> None:
    found = of_cloudformation(
        {
            "SecurityGroupEgress": [
                {"IpProtocol": "tcp", "FromPort": 443, "ToPort": "443", "CidrIp": "10.0.0.0/8"}
            ]
        }
    )
    assert meanings(found.egress) == [(Cidr("10.0.0.0/8"), *HTTPS, True)]
    assert (found.egress.rest, found.egress_from) == (None, "")


def egress_of(owner: Value, **fields: Any) -> Resource:
    attributes: dict[str, Value] = {"GroupId": owner, "IpProtocol": "-1", "CidrIp": "10.0.0.0/8"}
    return cfn("AWS::EC2::SecurityGroupEgress", "Out", attributes, **fields)


def test_a_separate_egress_rule_takes_the_place_of_cloudformations() -> None:
    found = of_cloudformation({}, egress_of(get_att("G", "GroupId")))
    assert meanings(found.egress) == [(Cidr("10.0.0.0/8"), *ALL, True)]
    assert found.egress_from == (
        "its egress rules are resources of their own, and AWS's default one is taken as removed"
    )


def test_a_separate_egress_rule_that_may_not_exist_leaves_both_open() -> None:
    found = of_cloudformation({}, egress_of(ref("G"), exists=MYSTERY))
    assert meanings(found.egress) == [
        (Cidr("10.0.0.0/8"), *ALL, MYSTERY),
        (ANYWHERE, *ALL, MYSTERY),
        (Cidr("::/0"), *ALL, MYSTERY),
    ]


def test_a_separate_egress_rule_of_an_unknown_group_leaves_every_group_open() -> None:
    found = of_cloudformation({}, egress_of(MYSTERY))
    assert meanings(found.egress) == [(ANYWHERE, *ALL, MYSTERY), (Cidr("::/0"), *ALL, MYSTERY)]
    assert (found.egress.rest, found.egress_from) == (MYSTERY, "")


def test_egress_that_is_not_known_leaves_cloudformations_default_open() -> None:
    found = of_cloudformation({"SecurityGroupEgress": MYSTERY})
    assert meanings(found.egress) == [(ANYWHERE, *ALL, MYSTERY), (Cidr("::/0"), *ALL, MYSTERY)]
    assert found.egress.rest == MYSTERY


@pytest.mark.parametrize("nowhere", ["127.0.0.1/32", "255.255.255.255/32"])
def test_a_rule_that_leads_nowhere_stands_for_no_egress(nowhere: str) -> None:
    block: Value = {"IpProtocol": "icmp", "FromPort": 252, "ToPort": 86, "CidrIp": nowhere}
    reason = "its egress rule leads nowhere, which stands for no egress at all"
    inline = of_cloudformation({"SecurityGroupEgress": [block]})
    assert (inline.egress, inline.egress_from) == (Listing(), reason)
    own = cfn(
        "AWS::EC2::SecurityGroupEgress", "Out", {"GroupId": ref("G"), "IpProtocol": "-1", "CidrIp": nowhere}
    )
    separate = of_cloudformation({}, own)
    assert (separate.egress, separate.egress_from) == (Listing(), reason)


def test_every_peer_of_a_block_is_a_rule() -> None:
    found = group(
        {
            "egress": [
                {
                    "protocol": "TCP",
                    "from_port": 443,
                    "to_port": 443,
                    "cidr_blocks": ["10.0.0.0/8", "172.16.0.0/12"],
                    "ipv6_cidr_blocks": ["::/0"],
                    "prefix_list_ids": [ref("aws_vpc_endpoint.s3", "prefix_list_id")],
                    "security_groups": [ref("aws_security_group.other", "id"), "sg-1"],
                    "self": True,
                    "description": "",
                }
            ]
        },
        tf("aws_security_group.other", {"vpc_id": VPC_ID}),
        tf("aws_vpc_endpoint.s3", {"service_name": "com.amazonaws.eu-west-1.s3"}),
    )
    peers: list[Peer] = [
        Cidr("10.0.0.0/8"),
        Cidr("172.16.0.0/12"),
        Cidr("::/0"),
        PrefixListOf("s3"),
        GroupMembers("aws_security_group.other"),
        Unknown(Why.OUTSIDE, "sg-1", PLACE),
        GroupMembers(G),
    ]
    assert found.egress == Listing(tuple(rule(G, peer, *HTTPS) for peer in peers))


def test_blocks_as_attributes_write_what_they_do_not_set_as_empty() -> None:
    empty: dict[str, Value] = {
        "description": "",
        "ipv6_cidr_blocks": [],
        "prefix_list_ids": None,
        "security_groups": [],
        "self": False,
    }
    block: Value = {"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"], **empty}
    assert meanings(group({"egress": [block]}).egress) == [(ANYWHERE, *ALL, True)]


def test_rules_that_are_not_all_known() -> None:
    block: Value = {"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": ["0.0.0.0/0"]}
    open_ = group({"egress": OpenList((block,), MYSTERY), "ingress": MYSTERY})
    assert (meanings(open_.egress), open_.egress.rest) == ([(ANYWHERE, *ALL, True)], MYSTERY)
    assert open_.ingress == Listing((), MYSTERY)
    cidrs = group({"egress": [{"protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_blocks": MYSTERY}]})
    assert meanings(cidrs.egress) == [(MYSTERY, *HTTPS, True)]


OUT: dict[str, Value] = {
    "type": "egress",
    "protocol": "-1",
    "from_port": 0,
    "to_port": 0,
    "cidr_blocks": ["0.0.0.0/0"],
}
IN: dict[str, Value] = {"type": "ingress", "protocol": "6", "from_port": 443, "to_port": 443}


def test_security_group_rules() -> None:
    found = group(
        {},
        tf("aws_security_group_rule.out", {**OUT, "security_group_id": ref(G, "id")}),
        tf("aws_security_group_rule.self", {**IN, "security_group_id": ref(G, "id"), "self": True}),
        tf(
            "aws_security_group_rule.other",
            {**IN, "security_group_id": ref(G, "id"), "source_security_group_id": ref(G, "id")},
        ),
    )
    assert found.egress == Listing((rule("aws_security_group_rule.out", ANYWHERE),))
    assert found.egress_from == ""
    assert found.ingress == Listing(
        (
            rule("aws_security_group_rule.self", GroupMembers(G), *HTTPS),
            rule("aws_security_group_rule.other", GroupMembers(G), *HTTPS),
        )
    )


def test_a_rule_of_an_unknown_direction_may_be_of_either() -> None:
    found = group(
        {}, tf("aws_security_group_rule.x", {**OUT, "type": MYSTERY, "security_group_id": ref(G, "id")})
    )
    assert meanings(found.egress) == meanings(found.ingress) == [(ANYWHERE, *ALL, MYSTERY)]


def test_a_rule_of_an_unknown_group_may_be_of_any() -> None:
    made = of_terraform(VPC, tf(G), tf("aws_security_group_rule.x", {**OUT, "security_group_id": MYSTERY}))
    assert {id_: (g.egress.rest, g.ingress.rest) for id_, g in made.groups.items()} == {
        G: (MYSTERY, None),
        DEFAULT: (MYSTERY, None),
    }


def test_rules_of_one_peer_each() -> None:
    common: dict[str, Value] = {"security_group_id": ref(G, "id")}
    found = group(
        {},
        tf(
            "aws_vpc_security_group_egress_rule.all",
            {**common, "ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"},
        ),
        tf("aws_vpc_security_group_egress_rule.six", {**common, "ip_protocol": "-1", "cidr_ipv6": "::/0"}),
        tf(
            "aws_vpc_security_group_ingress_rule.in",
            {
                **common,
                "ip_protocol": "tcp",
                "from_port": 443,
                "to_port": 443,
                "referenced_security_group_id": ref(G, "id"),
            },
            exists=MYSTERY,
        ),
    )
    assert meanings(found.egress) == [(ANYWHERE, *ALL, True), (Cidr("::/0"), *ALL, True)]
    assert meanings(found.ingress) == [(GroupMembers(G), *HTTPS, MYSTERY)]


@pytest.mark.parametrize(
    ("protocol", "first", "last", "expected"),
    [
        ("-1", 0, 0, ("-1", None)),
        (-1, None, None, ("-1", None)),
        ("all", 0, 65535, ("-1", None)),
        ("any", 0, 0, ("-1", None)),
        ("-1", 443, 443, ("-1", None)),  # AWS ignores the ports
        ("tcp", 0, 65535, ("tcp", None)),
        (6, 443, 443, ("tcp", (443, 443))),
        ("17", 53, 53, ("udp", (53, 53))),
        ("tcp", 0, 0, ("tcp", (0, 0))),
        ("icmp", -1, -1, ("icmp", None)),
        ("icmpv6", -1, -1, ("58", None)),
        ("tcp", MYSTERY, 443, ("tcp", MYSTERY)),
        (MYSTERY, 443, 443, (MYSTERY, MYSTERY)),  # it may be all, whatever the ports
        (MYSTERY, None, None, (MYSTERY, None)),
        (MYSTERY, 0, 65535, (MYSTERY, None)),
        (
            "tcp",
            443,
            80,
            ("tcp", Unknown(Why.INVALID, f"the port range of {G}", PLACE, "443 to 80")),
        ),
        (
            None,
            443,
            443,
            (Unknown(Why.INVALID, f"the protocol of {G}", PLACE, "it is not set"),) * 2,
        ),
    ],
)
def test_protocols_and_ports(protocol: Value, first: Value, last: Value, expected: tuple[Any, Any]) -> None:
    block: Value = {"protocol": protocol, "from_port": first, "to_port": last, "cidr_blocks": ["0.0.0.0/0"]}
    assert meanings(group({"egress": [block]}).egress) == [(ANYWHERE, *expected, True)]


def test_the_default_group_that_nobody_writes() -> None:
    made = of_terraform(VPC)
    source = Source("the default security group of aws_vpc.main", PLACE)
    assert made.groups == {
        DEFAULT: SecurityGroup(
            id=DEFAULT,
            source=source,
            vpc="aws_vpc.main",
            ingress=Listing((Rule(source=source, peer=GroupMembers(DEFAULT), protocol="-1", ports=None),)),
            egress=Listing(
                (
                    Rule(source=source, peer=ANYWHERE, protocol="-1", ports=None),
                    Rule(source=source, peer=Cidr("::/0"), protocol="-1", ports=None),
                )
            ),
            egress_from="a default security group lets everything out",
        )
    }


def test_rules_added_to_the_default_group_by_name() -> None:
    added: dict[str, Value] = {
        **IN,
        "security_group_id": ref("aws_vpc.main", "default_security_group_id"),
        "cidr_blocks": ["10.0.0.0/8"],
    }
    terraform_ = of_terraform(VPC, tf("aws_security_group_rule.x", added)).groups[DEFAULT]
    assert meanings(terraform_.ingress)[1:] == [(Cidr("10.0.0.0/8"), *HTTPS, True)]
    rule_ = egress_of(get_att("Vpc", "DefaultSecurityGroup"))
    default = of_template(cfn("AWS::EC2::VPC", "Vpc"), rule_).groups["Vpc#default"]
    assert [peer for peer, *_ in meanings(default.egress)] == [ANYWHERE, Cidr("::/0"), Cidr("10.0.0.0/8")]


def adopted(**fields: Any) -> tuple[str, SecurityGroup]:
    adopter = tf("aws_default_security_group.d", {"vpc_id": VPC_ID}, **fields)
    made = of_terraform(VPC, adopter)
    assert list(made.groups) == ["aws_default_security_group.d"]
    return made.vpcs["aws_vpc.main"].default_group, made.groups["aws_default_security_group.d"]


def test_an_adopted_default_group_has_the_rules_that_are_written() -> None:
    default, found = adopted()
    assert default == "aws_default_security_group.d"
    assert (found.vpc, found.ingress, found.egress) == ("aws_vpc.main", Listing(), Listing())


def test_a_default_group_that_may_not_be_adopted_may_keep_its_rules() -> None:
    _, found = adopted(exists=MYSTERY)
    assert meanings(found.egress) == [(ANYWHERE, *ALL, MYSTERY), (Cidr("::/0"), *ALL, MYSTERY)]
    assert meanings(found.ingress) == [(GroupMembers("aws_default_security_group.d"), *ALL, MYSTERY)]


def test_a_group_without_vpc_is_in_the_default_one() -> None:
    made = of_terraform(tf(G))
    assert made.groups[G].vpc == Unknown(Why.OUTSIDE, "the default VPC", PLACE)


def peer_of(prefix_list: Value, *others: Resource) -> Peer:
    attributes: dict[str, Value] = {
        "security_group_id": ref(G, "id"),
        "ip_protocol": "-1",
        "prefix_list_id": prefix_list,
    }
    (found,) = group({}, tf("aws_vpc_security_group_egress_rule.x", attributes), *others).egress
    return found.peer


def test_prefix_lists_of_aws() -> None:
    name = "com.amazonaws.eu-west-1.dynamodb"
    by_name = tf("data.aws_prefix_list.d", {"name": name})
    assert peer_of(ref("data.aws_prefix_list.d", "id"), by_name) == PrefixListOf("dynamodb")
    filtered = tf(
        "data.aws_ec2_managed_prefix_list.d",
        {"filter": [{"name": "prefix-list-name", "values": [name]}]},
    )
    assert peer_of(ref("data.aws_ec2_managed_prefix_list.d", "id"), filtered) == PrefixListOf("dynamodb")
    other = tf("data.aws_prefix_list.d", {"prefix_list_id": "pl-1"})
    assert isinstance(peer_of(ref("data.aws_prefix_list.d", "id"), other), Unknown)
    assert peer_of("pl-1") == Unknown(Why.OUTSIDE, "pl-1", PLACE)


def test_the_ranges_of_a_prefix_list_of_aws() -> None:
    data = tf("data.aws_prefix_list.s3", {"name": "com.amazonaws.eu-west-1.s3"})
    whole = ref("data.aws_prefix_list.s3", "cidr_blocks")
    block: Value = {"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": whole}
    assert meanings(group({"egress": [block]}, data).egress) == [(PrefixListOf("s3"), *ALL, True)]


@pytest.mark.parametrize("written", ["aws_prefix_list:prefix_list_id", "aws_ec2_managed_prefix_list:id"])
def test_the_prefix_list_of_a_gateway_endpoint_looked_up(written: str) -> None:
    type_, argument = written.split(":")
    gateway = tf("aws_vpc_endpoint.s3", {"service_name": "com.amazonaws.eu-west-1.s3"})
    data = tf(f"data.{type_}.s3", {argument: ref("aws_vpc_endpoint.s3", "prefix_list_id")})
    assert peer_of(ref(f"data.{type_}.s3", "id"), data, gateway) == PrefixListOf("s3")


def test_prefix_lists_of_the_configuration() -> None:
    list_ = tf("aws_ec2_managed_prefix_list.l", {"entry": [{"cidr": "10.0.0.0/8"}, {"cidr": MYSTERY}]})
    further = tf(
        "aws_ec2_managed_prefix_list_entry.e",
        {"prefix_list_id": ref("aws_ec2_managed_prefix_list.l", "id"), "cidr": "0.0.0.0/0"},
    )
    assert peer_of(ref("aws_ec2_managed_prefix_list.l", "id"), list_, further) == CustomerPrefixList(
        "aws_ec2_managed_prefix_list.l", Listing((Cidr("10.0.0.0/8"), ANYWHERE), MYSTERY)
    )
    found = of_cloudformation(
        {
            "SecurityGroupEgress": [
                {"IpProtocol": "-1", "DestinationPrefixListId": get_att("L", "PrefixListId")}
            ]
        },
        cfn("AWS::EC2::PrefixList", "L", {"Entries": [{"Cidr": "10.0.0.0/8"}]}),
    )
    list_in_template = CustomerPrefixList("L", Listing((Cidr("10.0.0.0/8"),)))
    assert meanings(found.egress) == [(list_in_template, *ALL, True)]


def test_ranges_by_an_attribute_of_the_vpc() -> None:
    vpc = cfn("AWS::EC2::VPC", "Net", {"CidrBlock": "10.7.0.0/16"})
    found = of_cloudformation(
        {"SecurityGroupEgress": [{"IpProtocol": -1, "CidrIp": get_att("Net", "CidrBlock")}]}, vpc
    )
    assert meanings(found.egress) == [(Cidr("10.7.0.0/16"), *ALL, True)]


def test_an_adopter_of_an_unknown_vpc_leaves_every_default_group_open() -> None:
    made = of_terraform(VPC, tf("aws_default_security_group.d", {"vpc_id": MYSTERY}))
    found = made.groups[DEFAULT]
    assert meanings(found.egress) == [(ANYWHERE, *ALL, MYSTERY), (Cidr("::/0"), *ALL, MYSTERY)]
    assert (found.egress.rest, found.ingress.rest) == (MYSTERY, MYSTERY)


def test_rules_of_an_id_that_is_written_out_concern_no_group_of_the_configuration() -> None:
    made = of_terraform(VPC, tf(G), tf("aws_security_group_rule.x", {**OUT, "security_group_id": "sg-1"}))
    assert [(g.egress.rest, g.ingress.rest) for g in made.groups.values()] == [(None, None)] * 2


@pytest.mark.parametrize(
    ("listed", "exists"),
    [
        ([ref("aws_vpc_security_group_egress_rule.all", "id")], True),
        ([ref("aws_vpc_security_group_egress_rule.all", "security_group_rule_id")], True),
        (OpenList((), MYSTERY), MYSTERY),
        (MYSTERY, MYSTERY),
    ],
)
def test_d8_rules_that_are_exclusive(listed: Value, exists: Truth) -> None:
    (found,) = exclusive(listed).egress
    assert found.exists == exists


def test_d8_a_rule_that_is_not_among_the_exclusive_ones_may_go() -> None:
    (found,) = exclusive([]).egress
    assert isinstance(found.exists, Unknown)
    assert found.exists.subject == "whether aws_vpc_security_group_egress_rule.all stays"


def exclusive(listed: Value) -> SecurityGroup:
    """A group with one rule, and the rules that it may have."""
    group_id = ref(G, "id")
    attributes: dict[str, Value] = {
        "security_group_id": group_id,
        "ip_protocol": "-1",
        "cidr_ipv4": "0.0.0.0/0",
    }
    return group(
        {},
        tf("aws_vpc_security_group_egress_rule.all", attributes),
        tf(
            "aws_vpc_security_group_rules_exclusive.g",
            {"security_group_id": group_id, "egress_rule_ids": listed, "ingress_rule_ids": []},
        ),
    )
