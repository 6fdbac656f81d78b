"""Network ACLs, their entries and their subnets."""

from __future__ import annotations

from typing import Any

from support.configurations import MYSTERY, PLACE, cfn, get_att, ref, tf
from support.networks import at, of_template, of_terraform

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.network import AclEntry, Cidr, NetworkAcl
from checkov_ecs_endpoints.values import Truth, Unknown, Value, Why

ACL = "aws_network_acl.a"
VPC = tf("aws_vpc.main")
VPC_ID = ref("aws_vpc.main", "id")


def entry(address: str, **fields: Any) -> AclEntry:
    values: dict[str, Any] = {
        "number": 100,
        "egress": True,
        "allow": True,
        "protocol": "tcp",
        "block": Cidr("0.0.0.0/0"),
        "ports": (443, 443),
        **fields,
    }
    return AclEntry(source=at(address), **values)


def test_inline_entries_and_subnets() -> None:
    port: dict[str, Value] = {"protocol": "6", "from_port": 443, "to_port": 443, "cidr_block": "0.0.0.0/0"}
    made = of_terraform(
        VPC,
        tf("aws_subnet.s"),
        tf(
            ACL,
            {
                "vpc_id": VPC_ID,
                "subnet_ids": [ref("aws_subnet.s", "id"), MYSTERY],
                "egress": [{**port, "rule_no": 100, "action": "allow", "ipv6_cidr_block": ""}],
                "ingress": [
                    {
                        "protocol": "-1",
                        "from_port": 0,
                        "to_port": 0,
                        "ipv6_cidr_block": "::/0",
                        "rule_no": 200,
                        "action": "Deny",
                    }
                ],
            },
        ),
    )
    deny = entry(ACL, number=200, egress=False, allow=False, protocol="-1", block=Cidr("::/0"), ports=None)
    assert made.acls == {
        ACL: NetworkAcl(
            id=ACL,
            source=at(ACL),
            vpc="aws_vpc.main",
            subnets=Listing(("aws_subnet.s", MYSTERY)),
            entries=Listing((deny, entry(ACL))),
        )
    }


def test_cloudformation() -> None:
    made = of_template(
        cfn("AWS::EC2::VPC", "Vpc"),
        cfn("AWS::EC2::Subnet", "S"),
        cfn("AWS::EC2::NetworkAcl", "Acl", {"VpcId": ref("Vpc")}),
        cfn(
            "AWS::EC2::SubnetNetworkAclAssociation", "On", {"SubnetId": ref("S"), "NetworkAclId": ref("Acl")}
        ),
        cfn(
            "AWS::EC2::NetworkAclEntry",
            "Out",
            {
                "NetworkAclId": get_att("Acl", "Id"),
                "RuleNumber": 100,
                "Protocol": 6,
                "RuleAction": "allow",
                "Egress": True,
                "CidrBlock": "0.0.0.0/0",
                "PortRange": {"From": 443, "To": 443},
            },
        ),
    )
    assert made.acls == {
        "Acl": NetworkAcl(
            id="Acl",
            source=at("AWS::EC2::NetworkAcl.Acl"),
            vpc="Vpc",
            subnets=Listing(("S",)),
            entries=Listing((entry("AWS::EC2::NetworkAclEntry.Out"),)),
        )
    }


def rule(acl: Value, **attributes: Value) -> Resource:
    named: dict[str, Value] = {
        "network_acl_id": acl,
        "rule_number": 100,
        "protocol": "tcp",
        "rule_action": "allow",
        "cidr_block": "0.0.0.0/0",
        "from_port": 443,
        "to_port": 443,
    }
    return tf("aws_network_acl_rule.r", {**named, **attributes})


def test_a_rule_is_for_ingress_unless_it_says_otherwise() -> None:
    def egress(value: Value) -> Truth:
        made = of_terraform(tf(ACL), rule(ref(ACL, "id"), egress=value))
        (found,) = made.acls[ACL].entries
        return found.egress

    assert (egress(None), egress(True), egress(MYSTERY)) == (False, True, MYSTERY)


def test_entries_that_are_not_known() -> None:
    made = of_terraform(
        tf(ACL), rule(ref(ACL, "id"), rule_action=MYSTERY, rule_number=MYSTERY, cidr_block=MYSTERY)
    )
    assert made.acls[ACL].entries == Listing(
        (entry("aws_network_acl_rule.r", number=MYSTERY, egress=False, allow=MYSTERY, block=MYSTERY),)
    )
    open_ = of_terraform(tf(ACL, {"egress": MYSTERY}))
    assert open_.acls[ACL].entries == Listing((), MYSTERY)


def test_a_rule_of_an_unknown_acl_may_be_of_any_the_default_one_included() -> None:
    made = of_terraform(VPC, tf(ACL), rule(MYSTERY))
    assert {id_: acl.entries.rest for id_, acl in made.acls.items()} == {
        ACL: MYSTERY,
        "aws_vpc.main#default-acl": MYSTERY,
    }


def test_a_rule_of_the_default_acl_comes_with_those_of_aws() -> None:
    made = of_terraform(VPC, rule(ref("aws_vpc.main", "default_network_acl_id"), rule_number=50))
    default = made.acls["aws_vpc.main#default-acl"]
    assert (default.vpc, default.is_default, default.subnets) == ("aws_vpc.main", True, Listing())
    assert [(e.number, e.egress, e.allow, e.protocol, e.block, e.ports) for e in default.entries] == [
        (100, False, True, "-1", Cidr("0.0.0.0/0"), None),
        (101, False, True, "-1", Cidr("::/0"), None),
        (100, True, True, "-1", Cidr("0.0.0.0/0"), None),
        (101, True, True, "-1", Cidr("::/0"), None),
        (50, False, True, "tcp", Cidr("0.0.0.0/0"), (443, 443)),
    ]


def test_an_adopted_default_acl_has_what_is_written() -> None:
    adopter = tf(
        "aws_default_network_acl.d", {"default_network_acl_id": ref("aws_vpc.main", "default_network_acl_id")}
    )
    made = of_terraform(VPC, adopter, rule(ref("aws_vpc.main", "default_network_acl_id")))
    assert made.acls == {
        "aws_default_network_acl.d": NetworkAcl(
            id="aws_default_network_acl.d",
            source=at("aws_default_network_acl.d"),
            vpc="aws_vpc.main",
            subnets=Listing(),
            entries=Listing((entry("aws_network_acl_rule.r", egress=False),)),
            is_default=True,
        )
    }


def test_nobody_touches_the_default_acl() -> None:
    assert of_terraform(VPC).acls == {}


def test_associations() -> None:
    def subnets(acl: Value, subnet: Value, **fields: Any) -> Listing[Any]:
        association = tf(
            "aws_network_acl_association.x", {"network_acl_id": acl, "subnet_id": subnet}, **fields
        )
        return of_terraform(tf(ACL), tf("aws_subnet.s"), association).acls[ACL].subnets

    known = ref("aws_subnet.s", "id")
    assert subnets(ref(ACL, "id"), known) == Listing(("aws_subnet.s",))
    assert subnets(ref(ACL, "id"), known, exists=MYSTERY) == Listing((), MYSTERY)
    assert subnets(MYSTERY, known) == Listing((), MYSTERY)
    assert subnets(ref(ACL, "id"), MYSTERY) == Listing((), MYSTERY)


def test_what_is_missing_in_an_entry() -> None:
    made = of_terraform(tf(ACL), rule(ref(ACL, "id"), rule_action=None, rule_number=None, cidr_block=None))
    (found,) = made.acls[ACL].entries
    of = "of an entry of aws_network_acl_rule.r"
    assert (found.allow, found.number, found.block) == (
        Unknown(Why.INVALID, f"the action {of}", PLACE),
        Unknown(Why.INVALID, f"the number {of}", PLACE),
        Unknown(Why.INVALID, f"the range {of}", PLACE),
    )


def test_a_default_acl_that_may_not_be_adopted_may_keep_the_entries_of_aws() -> None:
    named: dict[str, Value] = {"default_network_acl_id": ref("aws_vpc.main", "default_network_acl_id")}
    made = of_terraform(VPC, tf("aws_default_network_acl.d", named, exists=MYSTERY))
    (acl,) = made.acls.values()
    assert (acl.exists, acl.is_default) == (True, True)
    assert {(e.number, e.exists) for e in acl.entries} == {(100, MYSTERY), (101, MYSTERY)}


def test_an_adopter_of_an_unknown_vpc_leaves_every_default_acl_open() -> None:
    made = of_terraform(VPC, tf("aws_default_network_acl.d", {"default_network_acl_id": MYSTERY}))
    assert made.acls["aws_vpc.main#default-acl"].entries.rest == MYSTERY


def test_subnets_whose_ids_are_written_out_are_none_of_the_configuration() -> None:
    association = tf("aws_network_acl_association.x", {"network_acl_id": MYSTERY, "subnet_id": "subnet-1"})
    made = of_terraform(tf(ACL, {"subnet_ids": ["subnet-1", ref("aws_subnet.s", "id")]}), tf("aws_subnet.s"))
    assert made.acls[ACL].subnets == Listing(("aws_subnet.s",))
    assert of_terraform(tf(ACL), association).acls[ACL].subnets == Listing()
