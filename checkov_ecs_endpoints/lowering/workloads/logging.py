"""Log configurations, of containers and of Service Connect alike."""

from __future__ import annotations

from collections.abc import Mapping

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.lowering.fields import Block
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.lowering.workloads.secret_sources import secret
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.workloads import Secret
from checkov_ecs_endpoints.values import OpenDict, Unknown, Value

_DECISIVE = (
    "awslogs-region", "awslogs-endpoint", "Name", "@type", "region", "endpoint", "config-file-type",
)  # fmt: skip
"""Options of log drivers and FireLens that decide which services a container needs."""
_REGIONS = ("awslogs-region", "region")


def options(block: Block, name: str, region: Region) -> Mapping[str, Value]:
    """The options of a log driver or of FireLens.

    Where they are not all known, those that decide something are listed with the reason.
    A region that is the task definition's own is null, like one that is not given.
    """
    content = block.block(name).content
    rest = content.rest if isinstance(content, OpenDict) else content
    items = content.items if isinstance(content, OpenDict) else content
    known = items if isinstance(items, Mapping) else {}
    found = {
        option: region.seen(value) if option in _REGIONS and value is not None else value
        for option, value in known.items()
    }
    if isinstance(rest, Unknown):
        for option in _DECISIVE:
            if not isinstance(content, OpenDict) or content.may_have(option):
                found.setdefault(option, rest)
    return found


def secrets(block: Block, name: str, value_from: str, region: Region, index: Index) -> Listing[Secret]:
    """The secrets that a block lists under a name."""
    listing = block.blocks(name)
    rest = listing.rest
    found: list[Secret] = []
    for entry in listing:
        if isinstance(entry.content, Unknown):
            rest = rest or entry.content
            continue
        origin = entry.field(value_from)
        source = Source(block.resource.address, origin.place)
        found.append(secret(origin.value, source, region, index))
    return Listing(tuple(found), rest)
