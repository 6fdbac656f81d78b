"""What may answer the host name of an AWS service in a VPC, beside Amazon's resolver (facts B16).

https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/hosted-zone-private-considerations.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.model.network import DnsInfluence, DnsKind
from checkov_ecs_endpoints.values import Text, Truth, Unknown, Value, every, some

_SERVICES = (
    "amazonaws.com",
    "amazonaws.com.cn",
    "api.aws",
    "on.aws",
    "amazonaws.eu",
    "api.amazonwebservices.com.cn",
)
"""Domains of the host names that AWS services have.

https://docs.aws.amazon.com/general/latest/gr/rande.html
"""


def dns_influences(reader: Reader) -> tuple[DnsInfluence, ...]:
    """Everything that is associated with a VPC and may answer for a service, or block it."""
    return tuple(_influences(reader))


def _influences(reader: Reader) -> Iterator[DnsInfluence]:
    language = reader.language
    for zone in reader.all(language.hosted_zone):
        vpcs = zone.blocks("vpcs", language.hosted_zone_vpc)
        links = [vpc.link("vpc", language.vpcs) for vpc in vpcs]
        for link in links if vpcs.rest is None else (*links, vpcs.rest):
            yield from _named(zone, DnsKind.ZONE, link, zone)
    for namespace in reader.all(language.dns_namespace):
        yield from _named(namespace, DnsKind.ZONE, namespace.link("vpc", language.vpcs), namespace)
    for association in reader.all(language.zone_association):
        found = _declared(association, "zone", reader, language.hosted_zone.types)
        yield from _named(association, DnsKind.ZONE, association.link("vpc", language.vpcs), found)
    for association in reader.all(language.resolver_rule_association):
        found = _declared(association, "rule", reader, language.resolver_rule.types)
        yield from _named(association, DnsKind.RESOLVER_RULE, association.link("vpc", language.vpcs), found)
    for association in reader.all(language.profile_association):
        yield _influence(
            association, DnsKind.PROFILE, association.link("vpc", language.vpcs), "", association.exists
        )
    for firewall in reader.all(language.dns_firewall):
        vpc = firewall.link("vpc", language.vpcs)
        influence = _influence(firewall, DnsKind.FIREWALL, vpc, "", firewall.exists)
        yield replace(influence, blocks=_blocks(firewall, reader))


def _declared(association: Declared, word: str, reader: Reader, types: tuple[str, ...]) -> Declared | Unknown:
    """The hosted zone or resolver rule that an association is of."""
    link = association.link(word, types, also=("zone_id", "ResolverRuleId"))
    if isinstance(link, Unknown):
        return link
    kinds = (reader.language.hosted_zone, reader.language.resolver_rule)
    return next(declared for declared in reader.all(*kinds) if declared.id == link)


def _named(declared: Declared, kind: DnsKind, vpc: Link, named: Declared | Unknown) -> Iterator[DnsInfluence]:
    """The influence of a domain, if a service's host name may lie in it."""
    if isinstance(named, Unknown):
        yield _influence(declared, kind, vpc, named, declared.exists)
        return
    domain = named.text("domain")
    if may_hold_services(named.field("domain").value):
        exists = declared.exists if named is declared else every([declared.exists, named.exists])
        yield _influence(declared, kind, vpc, "" if domain is None else domain, exists)


def _blocks(association: Declared, reader: Reader) -> Truth:
    """Whether the rule group of a DNS firewall has a rule that blocks names (facts D11).

    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-rule-actions.html
    """
    language = reader.language
    group = association.link("rule_group", language.dns_rule_group.types, also=("Id",))
    if isinstance(group, Unknown):
        return group
    truths: list[Truth] = []
    for owner, rule in reader.owned(language.dns_rule, "owner", language.dns_rule_group.types):
        if owner == group or isinstance(owner, Unknown):
            is_of_group = owner if isinstance(owner, Unknown) else True
            truths.append(every([_is_block(rule), rule.exists, is_of_group]))
    for declared in reader.all(language.dns_rule_group):
        if declared.id == group:
            rules = declared.blocks("rules", language.dns_rule)
            truths += [*map(_is_block, rules), *([] if rules.rest is None else [rules.rest])]
    return some(truths)


def _is_block(rule: Declared) -> Truth:
    action = rule.text("action")
    return action if isinstance(action, Unknown) else action == "BLOCK"


def _influence(
    declared: Declared, kind: DnsKind, vpc: Link, domain: str | Unknown, exists: Truth
) -> DnsInfluence:
    return DnsInfluence(
        id=declared.id,
        source=declared.source(vpc="vpc", domain="domain"),
        exists=exists,
        kind=kind,
        vpc=vpc,
        domain=domain,
    )


def may_hold_services(domain: Value) -> bool:
    """Whether host names of AWS services may lie in a domain; ``corp.internal`` holds none."""
    end = domain.suffix if isinstance(domain, Text) else domain
    if not isinstance(end, str):
        return True
    if end == ".":
        return True  # the root, which a resolver rule forwards everything of
    end = end.lower().rstrip(".")
    if isinstance(domain, Text):
        return any(service.endswith(end) or end.endswith(service) for service in _SERVICES)
    return any(
        f".{service}".endswith(f".{end}") or f".{end}".endswith(f".{service}") for service in _SERVICES
    )
