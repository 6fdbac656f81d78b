"""Transit gateways that the configuration creates, with what is attached to them and where they lead.

https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
"""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.lowering.network.dealing import deal, if_certain
from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.lowering.network.ranges import Ranges
from checkov_ecs_endpoints.lowering.origins import origin
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.transit import TransitAttachment, TransitRoute, TransitTable
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every

_DEFAULT_TABLES = ("association_default_route_table_id", "propagation_default_route_table_id")
_SUFFIX = "#default"


def attachments(reader: Reader) -> dict[str, TransitAttachment]:
    """The attachments of VPCs by id."""
    language = reader.language
    declared = {one.id: one for one in reader.all(language.transit_attachment)}
    named = _associated(reader)
    dealt = deal(((link, Listing((table,))) for link, table in named), declared)
    return {
        id_: TransitAttachment(
            id=id_,
            source=one.source(gateway="gateway", vpc="vpc", subnets="subnets"),
            exists=one.exists,
            gateway=one.link("gateway", language.transit_gateway.types),
            vpc=one.link("vpc", language.vpcs),
            subnets=one.links("subnets", language.subnets),
            table=_table_of(one, dealt[id_], reader),
        )
        for id_, one in declared.items()
    }


def _associated(reader: Reader) -> Iterator[tuple[Link, Link]]:
    kind = reader.language.transit_association
    for attachment, declared in reader.owned(kind, "attachment", reader.language.transit_attachment.types):
        table = declared.exists if isinstance(declared.exists, Unknown) else _table(declared, reader)
        yield attachment, table


def _table_of(attachment: Declared, named: Listing[Link], reader: Reader) -> Link | None:
    """The table that an association names, else the default one of the gateway if that is not turned off."""
    if named.rest is not None or named.items:
        subject, place = f"the route table of {attachment.address}", attachment.block.place
        several = Unknown(Why.INVALID, subject, place, "it is associated with several")
        return named.rest or (named.items[0] if len(named.items) == 1 else several)
    gateway = attachment.link("gateway", reader.language.transit_gateway.types)
    by_default = _by_default(attachment, gateway, "association", reader)
    if by_default is True:
        return f"{gateway}{_SUFFIX}"
    return by_default if isinstance(by_default, Unknown) else None


def _by_default(attachment: Declared, gateway: Link, word: str, reader: Reader) -> Truth:
    """Whether an attachment is associated with the default table of its gateway, or propagates to it."""
    if isinstance(gateway, Unknown):
        return gateway
    declared = next(one for one in reader.all(reader.language.transit_gateway) if one.id == gateway)
    changed = _changed(declared, reader)
    if changed is not None:
        return changed
    setting = declared.text(word)
    enabled: Truth = setting if isinstance(setting, Unknown) else setting in (None, "enable")
    return every([enabled, attachment.truth(word, True)])


def _changed(gateway: Declared, reader: Reader) -> Unknown | None:
    """Why it is not known which table of a gateway is the default one: something names another."""
    language = reader.language
    subject = f"the default route table of {gateway.address}"
    if gateway.has("association_table") or gateway.has("propagation_table"):
        return Unknown(Why.NOT_MODELLED, subject, gateway.block.place)
    for one in reader.all(language.transit_default_association, language.transit_default_propagation):
        of = one.link("gateway", language.transit_gateway.types)
        if of == gateway.id or isinstance(of, Unknown):
            return Unknown(Why.NOT_MODELLED, subject, one.block.place)
    return None


def tables(reader: Reader, ranges: Ranges) -> dict[str, TransitTable]:
    """The route tables by id, the default ones included."""
    language = reader.language
    sources = {one.id: (one, one.exists) for one in reader.all(language.transit_table)}
    sources |= {f"{one.id}{_SUFFIX}": (one, one.exists) for one in reader.all(language.transit_gateway)}
    routes = deal(_routes(reader, ranges), sources)
    propagated = deal(_propagated(reader), sources)
    return {
        id_: TransitTable(
            id=id_,
            source=declared.source(),
            exists=exists,
            routes=routes[id_],
            propagated=propagated[id_],
        )
        for id_, (declared, exists) in sources.items()
    }


def _routes(reader: Reader, ranges: Ranges) -> Iterator[tuple[Link, Listing[TransitRoute]]]:
    types = reader.language.transit_attachment.types
    for declared in reader.all(reader.language.transit_route):
        destinations = ranges.cidrs(declared, "cidr")
        subject = f"the destination of {declared.address}"
        route = TransitRoute(
            source=declared.source(destination="cidr", attachment="attachment"),
            destination=destinations[0]
            if destinations
            else Unknown(Why.INVALID, subject, declared.block.place),
            attachment=declared.link("attachment", types) if declared.has("attachment") else None,
            exists=declared.exists,
        )
        yield _table(declared, reader), Listing((route,))
    for declared in reader.all(reader.language.transit_prefix_list):
        subject = f"where {declared.address} leads"
        yield _table(declared, reader), Listing((), Unknown(Why.NOT_MODELLED, subject, declared.block.place))


def _propagated(reader: Reader) -> Iterator[tuple[Link, Listing[Link]]]:
    types = reader.language.transit_attachment.types
    for declared in reader.all(reader.language.transit_propagation):
        listed: Listing[Link] = Listing((declared.link("attachment", types),))
        yield _table(declared, reader), if_certain(listed, declared.exists)
    for attachment in reader.all(reader.language.transit_attachment):
        gateway = attachment.link("gateway", reader.language.transit_gateway.types)
        by_default = every([attachment.exists, _by_default(attachment, gateway, "propagation", reader)])
        if by_default is not False and isinstance(gateway, str):
            yield f"{gateway}{_SUFFIX}", if_certain(Listing((attachment.id,)), by_default)


def _table(declared: Declared, reader: Reader) -> Link:
    """The route table that something names, by its own id or as the default one of a gateway."""
    found = declared.field("table")
    source = origin(reader.index.resolved(found.value), reader.index)
    if source is not None and source.resource is not None and source.attribute in _DEFAULT_TABLES:
        return f"{source.resource.id}{_SUFFIX}"
    return declared.link("table", reader.language.transit_table.types)
