"""Network ACLs with their entries and subnets.

A default ACL allows everything until the configuration takes charge of it; a new one
denies everything: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.lowering.network.dealing import deal, if_certain, joined
from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.lowering.network.defaults import Defaults
from checkov_ecs_endpoints.lowering.network.protocols import ALL, ports, protocol
from checkov_ecs_endpoints.lowering.network.ranges import Ranges
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import AclEntry, Cidr, NetworkAcl, Vpc
from checkov_ecs_endpoints.values import Truth, Unknown, Why, negate


def network_acls(
    reader: Reader, defaults: Defaults, vpcs: Mapping[str, Vpc], ranges: Ranges
) -> dict[str, NetworkAcl]:
    """The network ACLs by id; a default one only where the configuration does something to it."""
    language = reader.language
    entries = [*_entries(reader, ranges)]
    subnets = [*_associated(reader)]
    acls = {
        declared.id: _declared(declared, reader, defaults, ranges)
        for declared in reader.all(language.acl, language.default_acl)
    }
    named = {link for link, _ in (*entries, *subnets)}
    anywhere = any(isinstance(link, Unknown) for link in named)
    for vpc, id_ in defaults.acls.items():
        doubt = defaults.doubt("acl", vpc)
        if id_ not in acls and (anywhere or id_ in named or doubt is not None):
            acls[id_] = _implicit(id_, vpcs[vpc], doubt)
        elif id_ in acls and acls[id_].exists not in (True, vpcs[vpc].exists):
            acls[id_] = _perhaps_adopted(acls[id_], vpcs[vpc])
    more_entries = deal(entries, acls)
    more_subnets = deal(subnets, acls)
    return {
        id_: replace(
            acl,
            entries=joined(acl.entries, more_entries[id_]),
            subnets=joined(acl.subnets, more_subnets[id_]),
        )
        for id_, acl in acls.items()
    }


def _declared(declared: Declared, reader: Reader, defaults: Defaults, ranges: Ranges) -> NetworkAcl:
    language = reader.language
    is_default = declared.resource.type in language.default_acl.types
    adopted = defaults.vpc_of(declared.link("of", language.acls)) if is_default else None
    # A default ACL is there without the resource that adopts it, its entries are not.
    exists = declared.exists if is_default else True
    inline = [
        _inline(declared, word, word == "egress", exists, reader, ranges) for word in ("ingress", "egress")
    ]
    return NetworkAcl(
        id=declared.id,
        source=declared.source(vpc="vpc", subnets="subnets", entries="egress"),
        exists=declared.exists,
        vpc=adopted or declared.link("vpc", language.vpcs),
        subnets=declared.links("subnets", language.subnets, elsewhere=False),
        entries=joined(*inline),
        is_default=is_default,
    )


def _implicit(id_: str, vpc: Vpc, doubt: Unknown | None) -> NetworkAcl:
    source = Source(f"the default network ACL of {vpc.source.address}", vpc.source.location)
    return NetworkAcl(
        id=id_,
        source=source,
        exists=vpc.exists,
        vpc=vpc.id,
        subnets=Listing(),
        entries=Listing(_of_aws(source, doubt or True), doubt),
        is_default=True,
    )


def _perhaps_adopted(acl: NetworkAcl, vpc: Vpc) -> NetworkAcl:
    """A default ACL whose adopter may not exist: then AWS's entries stay."""
    of_aws = Listing(_of_aws(acl.source, negate(acl.exists)))
    return replace(acl, exists=vpc.exists, entries=joined(of_aws, acl.entries))


def _of_aws(source: Source, exists: Truth) -> tuple[AclEntry, ...]:
    """The entries of a default ACL, which allow everything."""
    return tuple(
        AclEntry(
            source=source,
            number=number,
            egress=egress,
            allow=True,
            protocol=ALL,
            block=Cidr(block),
            ports=None,
            exists=exists,
        )
        for egress in (False, True)
        for number, block in ((100, "0.0.0.0/0"), (101, "::/0"))
    )


def _inline(
    declared: Declared, word: str, egress: bool, exists: Truth, reader: Reader, ranges: Ranges
) -> Listing[AclEntry]:
    blocks = declared.blocks(word, reader.language.inline_acl_entry)
    return Listing(tuple(_entry(block, egress, exists, ranges) for block in blocks), blocks.rest)


def _entries(reader: Reader, ranges: Ranges) -> Iterator[tuple[Link, Listing[AclEntry]]]:
    for acl, declared in reader.owned(reader.language.acl_entry, "acl", reader.language.acls):
        entry = _entry(declared, declared.truth("is_egress", False), declared.exists, ranges)
        yield acl, Listing((entry,))


def _associated(reader: Reader) -> Iterator[tuple[Link, Listing[Link]]]:
    for declared in reader.all(reader.language.acl_association):
        subnets = declared.links("subnet", reader.language.subnets, elsewhere=False)
        if subnets:
            yield declared.link("acl", reader.language.acls), if_certain(subnets, declared.exists)


def _entry(declared: Declared, egress: Truth, exists: Truth, ranges: Ranges) -> AclEntry:
    protocol_ = protocol(declared)
    number = declared.number("number")
    unset = Unknown(Why.INVALID, f"the number of an entry of {declared.address}", declared.block.place)
    return AclEntry(
        source=declared.source(block="cidr", protocol="protocol", ports="from"),
        number=unset if number is None else number,
        egress=egress,
        allow=_allow(declared),
        protocol=protocol_,
        block=_block(declared, ranges),
        ports=ports(declared, protocol_),
        exists=exists,
    )


def _allow(declared: Declared) -> Truth:
    action = declared.text("action")
    if isinstance(action, str) and action.lower() in ("allow", "deny"):
        return action.lower() == "allow"
    if isinstance(action, Unknown):
        return action
    return Unknown(Why.INVALID, f"the action of an entry of {declared.address}", declared.block.place)


def _block(declared: Declared, ranges: Ranges) -> Cidr | Unknown:
    found = [*ranges.cidrs(declared, "cidr"), *ranges.cidrs(declared, "ipv6")]
    if len(found) == 1 and isinstance(found[0], (Cidr, Unknown)):
        return found[0]
    unknown = next((range_ for range_ in found if isinstance(range_, Unknown)), None)
    return unknown or Unknown(
        Why.INVALID, f"the range of an entry of {declared.address}", declared.block.place
    )
