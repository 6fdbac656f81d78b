"""VPC Block Public Access: one setting for a region, and what it leaves alone (facts B19).

https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
"""

from __future__ import annotations

from collections.abc import Mapping

from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.model.barriers import AccessBlock, AccessExclusion, BlockMode
from checkov_ecs_endpoints.values import Truth, Unknown, Value, Why, every

_BOTH_WAYS = "allow-bidirectional"


def access_blocks(
    reader: Reader, of_vpcs: Mapping[str, Value], of_options: Mapping[str, Value]
) -> tuple[AccessBlock, ...]:
    """The setting for each VPC it may be for; the regions are what the configuration says of them."""
    found: list[AccessBlock] = []
    for options in reader.all(reader.language.access_block):
        for vpc, region in of_vpcs.items():
            same = _same(region, of_options[options.id], options)
            if same is not False:
                found.append(
                    AccessBlock(
                        id=options.id,
                        source=options.source(mode="mode"),
                        exists=every([options.exists, same]),
                        vpc=vpc,
                        mode=_mode(options),
                    )
                )
    return tuple(found)


def _same(region: Value, other: Value, options: Declared) -> Truth:
    """Whether two regions are one; where neither is stated they are the configuration's own."""
    if region == other:
        return True
    if isinstance(region, str) and isinstance(other, str):
        return False
    return Unknown(Why.AMBIGUOUS, f"the region that {options.address} is for", options.resource.location)


def _mode(options: Declared) -> BlockMode | Unknown:
    text = options.text("mode")
    if isinstance(text, Unknown):
        return text
    try:
        return BlockMode(text)
    except ValueError:
        return Unknown(Why.INVALID, f"the mode of {options.address}", options.field("mode").place)


def access_exclusions(reader: Reader) -> tuple[AccessExclusion, ...]:
    """The VPCs and subnets that are excluded."""
    language = reader.language
    return tuple(
        AccessExclusion(
            id=declared.id,
            source=declared.source(vpc="vpc", subnet="subnet"),
            exists=declared.exists,
            vpc=declared.link("vpc", language.vpcs) if declared.has("vpc") else None,
            subnet=declared.link("subnet", language.subnets) if declared.has("subnet") else None,
            both_ways=_both_ways(declared),
        )
        for declared in reader.all(language.access_exclusion)
    )


def _both_ways(exclusion: Declared) -> Truth:
    mode = exclusion.text("mode")
    return mode if isinstance(mode, Unknown) else mode == _BOTH_WAYS
