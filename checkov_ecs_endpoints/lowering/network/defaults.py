"""What AWS makes for every VPC: a main route table, a default security group, a default ACL.

Terraform adopts them with resources of their own; otherwise they are known by attributes
of the VPC alone. Sources:
https://docs.aws.amazon.com/vpc/latest/userguide/RouteTables.html#main-route-table,
https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html,
https://docs.aws.amazon.com/vpc/latest/userguide/default-network-acl.html.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from checkov_ecs_endpoints.lowering.index import Alias, Index
from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.lowering.network.language import Kind, Language
from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.values import Unknown, Why

_SUFFIXES = {"table": "#main", "group": "#default", "acl": "#default-acl"}


@dataclass(frozen=True, slots=True)
class Defaults:
    """The default things of the VPCs of a configuration, by the VPC's id.

    ``tables``, ``groups`` and ``acls`` are their ids: that of the adopting resource, or
    one made from the VPC's. ``older`` has the default VPCs of an account, whose things are
    older than the configuration, and may have been changed.
    """

    tables: Mapping[str, str]
    groups: Mapping[str, str]
    acls: Mapping[str, str]
    older: Mapping[str, Unknown]

    def vpc_of(self, id_: str) -> str | None:
        """The VPC that has the thing of an id as one of its defaults."""
        for things in (self.tables, self.groups, self.acls):
            for vpc, thing in things.items():
                if thing == id_:
                    return vpc
        return None


def adopt(index: Index, language: Language) -> tuple[Defaults, Index]:
    """The default things, and the index that knows them by the attributes of their VPCs."""
    reader = Reader(index, language)
    vpcs = {vpc.id: vpc for vpc in reader.all(language.vpc, language.default_vpc)}
    implicit = {vpc: {word: f"{vpc}{suffix}" for word, suffix in _SUFFIXES.items()} for vpc in vpcs}
    first = _with_aliases(index, language, implicit)
    adopted = {vpc: dict(things) for vpc, things in implicit.items()}
    seen: set[tuple[str, str]] = set()
    for word, vpc, adopter in _adopters(Reader(first, language)):
        if (word, vpc) not in seen:
            adopted[vpc][word] = adopter.id
            seen.add((word, vpc))
    final = _with_aliases(index, language, adopted)
    older = {vpc.id: the_default_vpc(vpc) for vpc in reader.all(language.default_vpc)}
    tables, groups, acls = (
        {vpc: things[word] for vpc, things in adopted.items()} for word in ("table", "group", "acl")
    )
    defaults = Defaults(tables, groups, acls, older)
    return defaults, _without_moved_tables(final, language)


def the_default_vpc(declared: Declared) -> Unknown:
    """Why things of the default VPC are not known: AWS made it, and others may have changed it since.

    https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
    """
    return Unknown(Why.OUTSIDE, "the default VPC", declared.resource.location)


def _with_aliases(index: Index, language: Language, things: Mapping[str, Mapping[str, str]]) -> Index:
    types = {"table": language.tables, "group": language.groups, "acl": language.acls}
    aliases = {
        (vpc, attribute): Alias(types[word][0], words[word])
        for vpc, words in things.items()
        for word, attributes in language.default_names.items()
        for attribute in attributes
    }
    return replace(index, aliases=aliases)


def _adopters(reader: Reader) -> Iterator[tuple[str, str, Declared]]:
    language = reader.language
    kinds: tuple[tuple[str, Kind, tuple[str, ...]], ...] = (
        ("table", language.default_table, language.tables),
        ("group", language.default_group, language.vpcs),
        ("acl", language.default_acl, language.acls),
    )
    for word, kind, types in kinds:
        for adopter in reader.all(kind):
            link = adopter.link("of", types)
            if isinstance(link, str):
                yield word, link.removesuffix(_SUFFIXES[word]), adopter


def _without_moved_tables(index: Index, language: Language) -> Index:
    """The index in which the main table of a VPC is unknown by name where an association changes it.

    ``main_route_table_id`` is what it was when the VPC was last read: before the change
    in the first apply, after it in the next.
    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc#attribute-reference
    """
    reader = Reader(index, language)
    aliases = dict(index.aliases)
    for association in reader.all(language.main_association):
        vpc: Link = association.link("vpc", language.vpcs)
        name = (str(vpc), "main_route_table_id")
        if name in aliases:
            subject = f"{'.'.join(name)}, which {association.address} changes,"
            unknown = Unknown(Why.AFTER_APPLY, subject, association.resource.location)
            aliases[name] = Alias(aliases[name].type, unknown)
    return replace(index, aliases=aliases)
