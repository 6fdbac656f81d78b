"""VPCs, their addresses, DNS settings and DHCP options.

``enableDnsSupport`` is on and ``enableDnsHostnames`` off unless the configuration says
otherwise; in a default VPC both are on:
https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html#vpc-dns-support
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from checkov_ecs_endpoints.lowering.network.dealing import deal, if_certain, joined
from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.lowering.network.defaults import Defaults
from checkov_ecs_endpoints.lowering.reading import each, members, string
from checkov_ecs_endpoints.lowering.regions import UNSAID
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import Vpc
from checkov_ecs_endpoints.values import Unknown, Value, Why

_AMAZON = frozenset({"AmazonProvidedDNS", "169.254.169.253", "fd00:ec2::253"})
"""Amazon's resolver as DHCP options name it.

https://docs.aws.amazon.com/vpc/latest/userguide/DHCPOptionSetConcepts.html
"""


def vpcs(
    reader: Reader, defaults: Defaults, regions: Mapping[str, Value], default_region: str | None,
    handed: Mapping[str, Unknown],
) -> dict[str, Vpc]:  # fmt: skip
    """The VPCs by id. ``regions`` are what the configuration says of their regions."""
    language = reader.language
    declared = list(reader.all(language.vpc, language.default_vpc))
    cidrs = deal(_further_cidrs(reader), [vpc.id for vpc in declared])
    custom = _custom_dns(reader, [vpc.id for vpc in declared])
    mains = _main_tables(reader, defaults)
    found = {}
    for vpc in declared:
        found[vpc.id] = Vpc(
            id=vpc.id,
            source=vpc.source(
                cidrs="cidr", dns_support="dns_support", dns_hostnames="dns_hostnames", region="region"
            ),
            exists=vpc.exists,
            cidrs=joined(_cidrs(vpc), cidrs[vpc.id]),
            dns_support=vpc.truth("dns_support", True),
            dns_hostnames=vpc.truth("dns_hostnames", vpc.id in defaults.older),
            main_table=mains[vpc.id],
            default_group=defaults.groups[vpc.id],
            region=_region(vpc, regions[vpc.id], default_region),
            custom_dns=custom.get(vpc.id),
            # What else the default VPC holds was there before the configuration.
            handed_over=defaults.older.get(vpc.id) or handed.get(vpc.id),
        )
    return found


def _cidrs(vpc: Declared) -> Listing[str]:
    cidrs: list[str] = []
    rest: Unknown | None = None
    for word in ("cidr", "ipv6"):
        text = vpc.text(word)
        if isinstance(text, str):
            cidrs.append(text)
        rest = rest or (text if isinstance(text, Unknown) else None)
    if vpc.has("cidr_pool") and not vpc.has("cidr"):
        rest = rest or _by_aws(vpc, "cidr_pool")
    if vpc.truth("ipv6_by_aws", False) is not False or (vpc.has("ipv6_pool") and not vpc.has("ipv6")):
        rest = rest or _by_aws(vpc, "ipv6_by_aws")
    return Listing(tuple(cidrs), rest)


def _by_aws(vpc: Declared, word: str) -> Unknown:
    return Unknown(Why.AFTER_APPLY, f"an address range of {vpc.address}", vpc.field(word).place)


def _further_cidrs(reader: Reader) -> Iterator[tuple[Link, Listing[str]]]:
    for vpc, further in reader.owned(reader.language.vpc_cidr, "vpc", reader.language.vpcs):
        yield vpc, if_certain(_cidrs(further), further.exists)


def _main_tables(reader: Reader, defaults: Defaults) -> dict[str, Link]:
    """The main route tables: the default one, unless an association names another.

    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/main_route_table_association
    """
    mains: dict[str, Link] = dict(defaults.tables)
    for vpc, association in reader.owned(reader.language.main_association, "vpc", reader.language.vpcs):
        table = association.link("table", reader.language.tables)
        if isinstance(vpc, Unknown):
            mains = dict.fromkeys(mains, vpc)
        else:
            mains[vpc] = association.exists if isinstance(association.exists, Unknown) else table
    return mains


def _custom_dns(reader: Reader, vpcs: Iterable[str]) -> dict[str, Unknown]:
    """The VPCs whose DHCP options name, or may name, other resolvers than Amazon's (facts B6)."""
    language = reader.language
    options = {declared.id: declared for declared in reader.all(language.dhcp_options)}
    custom: dict[str, Unknown] = {}
    for vpc, association in reader.owned(language.dhcp_options_association, "vpc", language.vpcs):
        found = association.field("options")
        if found.value == "default":  # no options: Amazon's resolver
            continue
        link = association.link("options", language.dhcp_options.types)
        unknown = link if isinstance(link, Unknown) else _resolvers(options[link])
        if unknown is None:
            continue
        for id_ in vpcs if isinstance(vpc, Unknown) else [vpc]:
            custom.setdefault(id_, unknown)
    return custom


def _resolvers(options: Declared) -> Unknown | None:
    found = options.field("servers")
    servers = each(members(found.value, found.place), lambda value: string(value, found.place))
    if servers.items and servers.rest is None and set(servers) <= _AMAZON:
        return None
    if not servers:
        return Unknown(Why.UNDOCUMENTED, f"the resolver where {options.address} names none", found.place)
    unclear = next((server for server in servers if isinstance(server, Unknown)), servers.rest)
    return unclear or Unknown(Why.NOT_MODELLED, f"the DNS servers of {options.address}", found.place)


def _region(vpc: Declared, stated: Value, default: str | None) -> str | Unknown:
    if isinstance(stated, str):
        return stated
    if default is not None:
        return default
    if stated is None:
        return Unknown(Why.NO_VALUE, f"the region of {vpc.address}", vpc.resource.location, UNSAID)
    region = string(stated, vpc.field("region").place)
    return region if isinstance(region, Unknown) else Unknown(Why.INVALID, region)
