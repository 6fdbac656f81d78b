"""Security groups with their effective rules.

A new group lets everything out: https://docs.aws.amazon.com/vpc/latest/userguide/security-groups.html.
Terraform removes that rule (facts D2), CloudFormation keeps it unless a rule is written
(facts D3, D4): https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group,
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-securitygroup.html.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.lowering.network.dealing import deal, joined
from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.lowering.network.defaults import Defaults, the_default_vpc
from checkov_ecs_endpoints.lowering.network.language import Kind
from checkov_ecs_endpoints.lowering.network.protocols import ALL
from checkov_ecs_endpoints.lowering.network.ranges import Ranges
from checkov_ecs_endpoints.lowering.network.rules import leads_nowhere, rules
from checkov_ecs_endpoints.lowering.reading import members
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import Cidr, GroupMembers, Peer, Rule, SecurityGroup, Vpc
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every, negate, some

_NO_RULE = "it has no egress rule, and Terraform removes the one that AWS adds"
_LEFT_OUT = "it has no egress rule, so CloudFormation adds one that allows everything"
_NOWHERE = "its egress rule leads nowhere, which stands for no egress at all"
_SEPARATE = "its egress rules are resources of their own, and AWS's default one is taken as removed"
_DEFAULT = "a default security group lets everything out"
_RULE_IDS = ("id", "security_group_rule_id")
_ANYWHERE = (Cidr("0.0.0.0/0"), Cidr("::/0"))


def security_groups(
    reader: Reader,
    defaults: Defaults,
    vpcs: Mapping[str, Vpc],
    ranges: Ranges,
    handed: Mapping[str, Unknown],
) -> dict[str, SecurityGroup]:
    """The security groups by id, those that AWS makes for every VPC included."""
    language = reader.language
    written = [*reader.all(language.security_group), *reader.all(language.default_group)]
    implicit = {id_: vpc for vpc, id_ in defaults.groups.items()}
    owners = dict.fromkeys([*(group.id for group in written), *implicit])
    ingress = deal(_separate(reader, ranges, language.ingress_rules, "ingress"), owners)
    egress = deal(_separate(reader, ranges, language.egress_rules, "egress"), owners)
    groups: dict[str, SecurityGroup] = {}
    for declared in written:
        groups[declared.id] = _declared(declared, ingress[declared.id], egress[declared.id], reader, ranges)
    for id_, vpc in implicit.items():
        if id_ not in groups:
            groups[id_] = _implicit(id_, vpcs[vpc], ingress[id_], egress[id_], defaults.doubt("group", vpc))
        elif groups[id_].exists not in (True, vpcs[vpc].exists):
            groups[id_] = _perhaps_adopted(groups[id_], vpcs[vpc])
    return {id_: replace(group, handed_over=handed.get(id_)) for id_, group in groups.items()}


def _declared(
    declared: Declared, ingress: Listing[Rule], egress: Listing[Rule], reader: Reader, ranges: Ranges
) -> SecurityGroup:
    language = reader.language
    # A default group is there without the resource that adopts it, its rules are not.
    exists = declared.exists if declared.resource.type in language.default_group.types else True
    inline_in = _inline(declared, "ingress", language.inline_ingress, exists, reader, ranges)
    inline_out = _inline(declared, "egress", language.inline_egress, exists, reader, ranges)
    written = joined(inline_out, egress)
    effective = Listing(tuple(rule for rule in written if not leads_nowhere(rule)), written.rest)
    egress_from = "" if effective else _NOWHERE if written else _NO_RULE
    if language.keeps_default_egress:
        kept = negate(some([bool(inline_out.items) or (inline_out.rest or False), _any_exists(egress)]))
        if kept is not False:
            source = declared.source(peer="egress")
            effective = joined(effective, _everything(source, kept))
            egress_from = _LEFT_OUT if kept is True else ""
        elif not inline_out and effective:
            egress_from = _SEPARATE
    return SecurityGroup(
        id=declared.id,
        source=declared.source(vpc="vpc", ingress="ingress", egress="egress"),
        exists=declared.exists,
        vpc=declared.link("vpc", language.vpcs) if declared.has("vpc") else the_default_vpc(declared),
        ingress=joined(inline_in, ingress),
        egress=effective,
        egress_from=egress_from,
    )


def _any_exists(listing: Listing[Rule]) -> Truth:
    return some([*(rule.exists for rule in listing), listing.rest or False])


def _implicit(
    id_: str, vpc: Vpc, ingress: Listing[Rule], egress: Listing[Rule], older: Unknown | None
) -> SecurityGroup:
    """The default group of a VPC: everything out, and in from itself (facts D7).

    https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html
    """
    source = Source(f"the default security group of {vpc.source.address}", vpc.source.location)
    itself = _rule(source, GroupMembers(id_), older or True)
    return SecurityGroup(
        id=id_,
        source=source,
        exists=vpc.exists,
        vpc=vpc.id,
        ingress=joined(Listing((itself,), older), ingress),
        egress=joined(_everything(source, older or True), Listing((), older), egress),
        egress_from="" if older else _DEFAULT,
    )


def _perhaps_adopted(group: SecurityGroup, vpc: Vpc) -> SecurityGroup:
    """A default group whose adopter may not exist: then AWS's rules stay."""
    unless = negate(group.exists)
    itself = _rule(group.source, GroupMembers(group.id), unless)
    return replace(
        group,
        exists=vpc.exists,
        ingress=joined(group.ingress, Listing((itself,))),
        egress=joined(group.egress, _everything(group.source, unless)),
    )


def _everything(source: Source, exists: Truth) -> Listing[Rule]:
    return Listing(tuple(_rule(source, peer, exists) for peer in _ANYWHERE))


def _rule(source: Source, peer: Peer, exists: Truth) -> Rule:
    return Rule(source=source, peer=peer, protocol=ALL, ports=None, exists=exists)


def _inline(
    declared: Declared, word: str, kind: Kind, exists: Truth, reader: Reader, ranges: Ranges
) -> Listing[Rule]:
    blocks = declared.blocks(word, kind)
    found = (rule for block in blocks for rule in rules(block, declared.id, exists, reader, ranges))
    return Listing(tuple(found), blocks.rest)


def _separate(
    reader: Reader, ranges: Ranges, kinds: Iterable[Kind], direction: str
) -> Iterator[tuple[Link, Listing[Rule]]]:
    allowed = _exclusive(reader, direction)
    for kind in (*kinds, reader.language.either_rule):
        for group, declared in reader.owned(kind, "owner", reader.language.groups):
            stated = declared.text("direction")
            if stated is None or stated == direction or isinstance(stated, Unknown):
                exists = every([declared.exists, stated]) if isinstance(stated, Unknown) else declared.exists
                if group in allowed and declared.id not in allowed[group].items:
                    exists = every([exists, allowed[group].rest or _removed(declared)])
                yield group, Listing(tuple(rules(declared, group, exists, reader, ranges)))


def _exclusive(reader: Reader, direction: str) -> dict[Link, Listing[Link]]:
    """The only rules that some groups may have; Terraform removes every other one when it sees it.

    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_security_group_rules_exclusive
    """
    language = reader.language
    kinds = (*language.ingress_rules, *language.egress_rules, language.either_rule)
    types = [type_ for kind in kinds for type_ in kind.types]
    found: dict[Link, Listing[Link]] = {}
    for group, declared in reader.owned(language.exclusive_rules, "owner", language.groups):
        place = declared.field(direction).place
        listing = members(declared.field(direction).value, place)
        links = [reader.index.link(rule, types, place, _RULE_IDS) for rule in listing]
        unclear = next((link for link in links if isinstance(link, Unknown)), None)
        maybe = declared.exists if isinstance(declared.exists, Unknown) else None
        found[group] = Listing(tuple(links), listing.rest or unclear or maybe)
    return found


def _removed(rule: Declared) -> Unknown:
    subject = f"whether {rule.address} stays"
    note = (
        "aws_vpc_security_group_rules_exclusive does not list it, so each apply removes what the other made"
    )
    return Unknown(Why.AMBIGUOUS, subject, rule.resource.location, note)
