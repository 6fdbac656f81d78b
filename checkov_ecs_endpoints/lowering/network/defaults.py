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
    one made from the VPC's. ``older`` are the default VPCs of an account, whose things are
    older than the configuration and may have been changed. ``unsure`` has the reason
    where something adopts the default thing of a VPC that is not known.
    """

    tables: Mapping[str, str]
    groups: Mapping[str, str]
    acls: Mapping[str, str]
    older: Mapping[str, Unknown]
    unsure: Mapping[str, Unknown]

    def vpc_of(self, thing: Link) -> Link:
        """The VPC that has a thing as one of its defaults."""
        if isinstance(thing, Unknown):
            return thing
        for things in (self.tables, self.groups, self.acls):
            for vpc, id_ in things.items():
                if id_ == thing:
                    return vpc
        return Unknown(Why.INVALID, thing, note="it is the default one of no VPC")

    def doubt(self, word: str, vpc: str) -> Unknown | None:
        """Why the ``table``, ``group`` or ``acl`` that nothing adopts may not be as AWS makes it."""
        return self.older.get(vpc) or self.unsure.get(word)


def adopt(index: Index, language: Language) -> tuple[Defaults, Index]:
    """The default things, and the index that knows them by the attributes of their VPCs."""
    reader = Reader(index, language)
    vpcs = [vpc.id for vpc in reader.all(language.vpc, language.default_vpc)]
    implicit = {word: {vpc: f"{vpc}{suffix}" for vpc in vpcs} for word, suffix in _SUFFIXES.items()}
    adopters = list(_adopters(Reader(_with_aliases(index, language, implicit), language)))
    things = {word: dict(ids) for word, ids in implicit.items()}
    unsure: dict[str, Unknown] = {}
    for word, vpc, adopter in reversed(adopters):  # the first of several counts
        if isinstance(vpc, Unknown):
            unsure[word] = vpc
        else:
            things[word][vpc] = adopter.id
    older = {vpc.id: the_default_vpc(vpc) for vpc in reader.all(language.default_vpc)}
    defaults = Defaults(things["table"], things["group"], things["acl"], older, unsure)
    return defaults, _without_moved_tables(_with_aliases(index, language, things), language)


def the_default_vpc(declared: Declared) -> Unknown:
    """Why things of the default VPC are not known: AWS made it, and others may have changed it since.

    https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html
    """
    return Unknown(Why.OUTSIDE, "the default VPC", declared.resource.location)


def _with_aliases(index: Index, language: Language, things: Mapping[str, Mapping[str, str]]) -> Index:
    types = {"table": language.tables, "group": language.groups, "acl": language.acls}
    aliases = {
        (vpc, attribute): Alias(types[word][0], id_)
        for word, attributes in language.default_names.items()
        for vpc, id_ in things[word].items()
        for attribute in attributes
    }
    return replace(index, aliases=aliases)


def _adopters(reader: Reader) -> Iterator[tuple[str, Link, Declared]]:
    language = reader.language
    kinds: tuple[tuple[str, Kind, tuple[str, ...]], ...] = (
        ("table", language.default_table, language.tables),
        ("group", language.default_group, language.vpcs),
        ("acl", language.default_acl, language.acls),
    )
    for word, kind, types in kinds:
        for link, adopter in reader.owned(kind, "of", types):
            if adopter.has("of"):
                yield word, link.removesuffix(_SUFFIXES[word]) if isinstance(link, str) else link, adopter


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
