"""Route tables with their routes, and which subnets they are for.

https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.lowering.network.dealing import deal, joined
from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.lowering.network.defaults import Defaults
from checkov_ecs_endpoints.lowering.network.ranges import Ranges
from checkov_ecs_endpoints.lowering.network.targets import target
from checkov_ecs_endpoints.lowering.reading import members
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import (
    Association,
    Range,
    Route,
    RouteTable,
    Target,
    TargetKind,
    Vpc,
)
from checkov_ecs_endpoints.values import Truth, Unknown, Value, Why


def route_tables(
    reader: Reader,
    defaults: Defaults,
    vpcs: Mapping[str, Vpc],
    ranges: Ranges,
    handed: Mapping[str, Unknown],
) -> dict[str, RouteTable]:
    """The route tables by id, those that AWS makes for every VPC included."""
    language = reader.language
    tables: dict[str, RouteTable] = {}
    for declared in reader.all(language.route_table, language.default_table):
        tables[declared.id] = RouteTable(
            id=declared.id,
            source=declared.source(vpc="vpc", routes="routes"),
            exists=declared.exists,
            vpc=_vpc_of(declared, reader, defaults),
            routes=_inline(declared, reader, ranges),
            handed_over=handed.get(declared.id),
        )
    for id_, vpc in vpcs.items():
        main = defaults.tables[id_]
        if main not in tables:
            source = Source(f"the main route table of {vpc.source.address}", vpc.source.location)
            tables[main] = RouteTable(
                id=main,
                source=source,
                exists=vpc.exists,
                vpc=id_,
                routes=Listing((), defaults.doubt("table", id_)),
                handed_over=handed.get(main),
            )
    dealt = deal([*_separate(reader, ranges), *_propagated(reader)], tables)
    return {id_: replace(table, routes=joined(table.routes, dealt[id_])) for id_, table in tables.items()}


def _vpc_of(declared: Declared, reader: Reader, defaults: Defaults) -> Link:
    if declared.resource.type in reader.language.route_table.types:
        return declared.link("vpc", reader.language.vpcs)
    return defaults.vpc_of(declared.link("of", reader.language.tables))


def _inline(table: Declared, reader: Reader, ranges: Ranges) -> Listing[Route]:
    # A main table is there without the resource that adopts it, its routes are not.
    exists = table.exists if table.resource.type in reader.language.default_table.types else True
    blocks = table.blocks("routes", reader.language.inline_route)
    routes = [_route(block, exists, reader, ranges) for block in blocks]
    propagating = table.field("propagating")
    gateways = members(propagating.value, propagating.place)
    routes += [_propagation(table, gateway, exists, reader) for gateway in gateways]
    return Listing(tuple(routes), blocks.rest or gateways.rest)


def _separate(reader: Reader, ranges: Ranges) -> Iterator[tuple[Link, Listing[Route]]]:
    for table, declared in reader.owned(reader.language.route, "table", reader.language.tables):
        yield table, Listing((_route(declared, declared.exists, reader, ranges),))


def _propagated(reader: Reader) -> Iterator[tuple[Link, Listing[Route]]]:
    for declared in reader.all(reader.language.propagation):
        tables = declared.links("tables", reader.language.tables)
        route = _propagation(declared, declared.field("gateway").value, declared.exists, reader)
        for table in tables if tables.rest is None else (*tables, tables.rest):
            yield table, Listing((route,))


def _propagation(declared: Declared, gateway: Value, exists: Truth, reader: Reader) -> Route:
    """The routes that a virtual private gateway adds by itself: to where is not in the configuration.

    https://docs.aws.amazon.com/vpc/latest/userguide/WorkWithRouteTables.html#EnableDisableRouteProp
    """
    place = declared.field("propagating").place
    private = TargetKind.VIRTUAL_PRIVATE_GATEWAY
    types = [type_ for type_, kind in reader.language.targets.items() if kind is private]
    return Route(
        source=Source(declared.address, place),
        destination=Unknown(Why.AFTER_APPLY, f"what {declared.address} propagates", place),
        target=Target(private, reader.index.link(gateway, types, place)),
        exists=exists,
    )


def _route(declared: Declared, exists: Truth, reader: Reader, ranges: Ranges) -> Route:
    return Route(
        source=declared.source(destination=_destination_word(declared), target=_target_word(declared)),
        destination=_destination(declared, ranges),
        target=target(declared, reader),
        exists=exists,
    )


def _destination_word(route: Declared) -> str:
    return next((word for word in ("cidr", "ipv6", "prefix_list") if route.has(word)), "cidr")


def _target_word(route: Declared) -> str:
    others = ("table", "cidr", "ipv6", "prefix_list")
    return next((word for word in route.kind.names if word not in others and route.has(word)), "gateway")


def _destination(route: Declared, ranges: Ranges) -> Range:
    found = [
        *ranges.cidrs(route, "cidr"),
        *ranges.cidrs(route, "ipv6"),
        *ranges.prefix_lists(route, "prefix_list"),
    ]
    if len(found) == 1:
        return found[0]
    unknown = next((range_ for range_ in found if isinstance(range_, Unknown)), None)
    note = f"it has {len(found)} destinations"
    return unknown or Unknown(Why.INVALID, f"a route of {route.address}", route.block.place, note)


def associations(reader: Reader) -> tuple[Association, ...]:
    """The associations of subnets with tables; those of gateways with tables are for traffic coming in.

    https://docs.aws.amazon.com/vpc/latest/userguide/gateway-route-tables.html
    """
    return tuple(
        Association(
            id=declared.id,
            source=declared.source(subnet="subnet", table="table"),
            exists=declared.exists,
            subnet=subnet,
            table=declared.link("table", reader.language.tables),
        )
        for subnet, declared in reader.owned(reader.language.association, "subnet", reader.language.subnets)
        if declared.has("subnet") or not declared.has("gateway")
    )
