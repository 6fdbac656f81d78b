"""What stands in a plan where a value is known only after apply: the reference behind it.

A value that is not known yet must come from something that is not known yet. Where that is
one attribute of one instance, the value is a reference to it; in a position that takes the
id of a subnet, a reference to a subnet is its id. Everything else stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkov_ecs_endpoints.iac.terraform_plan.addresses import Step
from checkov_ecs_endpoints.iac.terraform_plan.json_shapes import Json
from checkov_ecs_endpoints.iac.terraform_plan.modules import Planned
from checkov_ecs_endpoints.iac.terraform_plan.origins import From, Known, Origin
from checkov_ecs_endpoints.values import Location, Reference, Unknown, Value, Why

SEVERAL = "a plan does not say which of the things that its expression refers to it will be"

TAKES: Mapping[str, frozenset[str]] = {
    "carrier_gateway_id": frozenset({"aws_ec2_carrier_gateway"}),
    "core_network_arn": frozenset({"aws_networkmanager_core_network", "aws_networkmanager_vpc_attachment"}),
    "egress_only_gateway_id": frozenset({"aws_egress_only_internet_gateway"}),
    "gateway_id": frozenset({"aws_internet_gateway", "aws_vpn_gateway"}),
    "local_gateway_id": frozenset({"aws_ec2_local_gateway"}),
    "nat_gateway_id": frozenset({"aws_nat_gateway"}),
    "network_interface_id": frozenset({"aws_network_interface", "aws_instance"}),
    "prefix_list_ids": frozenset({"aws_ec2_managed_prefix_list", "aws_prefix_list", "aws_vpc_endpoint"}),
    "security_groups": frozenset({"aws_security_group", "aws_default_security_group"}),
    "transit_gateway_id": frozenset({"aws_ec2_transit_gateway", "aws_ec2_transit_gateway_vpc_attachment"}),
    "vpc_endpoint_id": frozenset({"aws_networkfirewall_firewall", "aws_vpc_endpoint"}),
    "vpc_peering_connection_id": frozenset({"aws_vpc_peering_connection"}),
}
"""Which types the arguments of nested ``route``, ``ingress`` and ``egress`` blocks take.

The AWS provider declares these blocks as attributes, and plans list what all of them refer
to together (https://registry.terraform.io/providers/hashicorp/aws, ``aws_route_table`` and
``aws_security_group``).
"""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Places of one name that wait for values: ``count`` of them, a list's or a single one."""

    path: tuple[str | int, ...]
    count: int

    @property
    def name(self) -> str:
        """The argument that takes the values."""
        return next((step for step in reversed(self.path) if isinstance(step, str)), "")


@dataclass(frozen=True, slots=True)
class Wired:
    """The one thing that each instance behind a value contributes."""

    type: str
    reference: Reference


def one(origins: Sequence[Origin], subject: str, place: Location) -> Value:
    """The value of a single place."""
    found = _wired(origins, (), subject, place)
    if isinstance(found, Unknown):
        return found
    if len(found) == 1:
        return found[0].reference
    return Unknown(Why.AFTER_APPLY, subject, place, SEVERAL)


def several(
    origins: Sequence[Origin], count: int, known: Sequence[Json], subject: str, place: Location
) -> list[Value]:
    """The values of so many unknown members of a list, whose other members are ``known``."""
    found = _wired(origins, known, subject, place)
    if isinstance(found, Unknown):
        return [found] * count
    if len(found) == count:
        return [wired.reference for wired in found]
    return [Unknown(Why.AFTER_APPLY, subject, place, SEVERAL)] * count


def spread(
    origins: Sequence[Origin], leaves: Sequence[Leaf], subject: str, place: Location
) -> Mapping[Leaf, list[Value]]:
    """The values of several places that share one list of references.

    Each reference belongs to the places that take its type; nothing is said unless that
    is so for all of them and none could stand in two places.
    """
    unclear = Unknown(Why.AFTER_APPLY, subject, place, SEVERAL)
    found = _wired(origins, (), subject, place)
    if isinstance(found, Unknown):
        return {leaf: [found] * leaf.count for leaf in leaves}
    if len(leaves) == 1 and leaves[0].count == len(found):
        return {leaves[0]: [wired.reference for wired in found]}
    taken = {
        name: [wired.reference for wired in found if wired.type in TAKES.get(name, ())]
        for name in {leaf.name for leaf in leaves}
    }
    if sum(map(len, taken.values())) != len(found):
        return {leaf: [unclear] * leaf.count for leaf in leaves}
    values: dict[Leaf, list[Value]] = {}
    for leaf in leaves:
        of_name = taken[leaf.name]
        alone = sum(other.name == leaf.name for other in leaves) == 1
        fits = len(of_name) == leaf.count and (alone or leaf.count == 1)
        values[leaf] = list(of_name) if fits else [unclear] * leaf.count
    return values


def _wired(
    origins: Sequence[Origin], known: Sequence[Json], subject: str, place: Location
) -> list[Wired] | Unknown:
    """The instances that may contribute what is not known, each once, in order."""
    sources: list[From] = []
    given: list[Json] = []
    for origin in origins:
        if isinstance(origin, From):
            sources.append(origin)
        elif isinstance(origin, Known):
            given.append(origin.value)
        else:
            note = SEVERAL
            if isinstance(origin, Unknown):
                note = f"its expression uses {origin.subject}"
                note = f"{note}: {origin.note}" if origin.note else f"{note}, {origin.why.value}"
            return Unknown(Why.AFTER_APPLY, subject, place, note)
    waiting = [source for source in sources if not _is_known(source)]
    if not waiting:
        return Unknown(Why.AFTER_APPLY, subject, place)
    if any(not source.path for source in waiting) and not all(_says_nothing(value, known) for value in given):
        # Which attribute is taken is not known, and it may only select among what is given.
        return Unknown(Why.AFTER_APPLY, subject, place, SEVERAL)
    paths: dict[str, set[tuple[str | int, ...]]] = {}
    for source in sources:
        for planned in source.instances:
            paths.setdefault(planned.address, set()).add(source.path)
    instances = {planned.address: planned for source in waiting for planned in source.instances}
    return [
        Wired(planned.type, Reference(address, _only(paths[address])))
        for address, planned in instances.items()
    ]


def _only(paths: set[tuple[str | int, ...]]) -> tuple[str | int, ...]:
    return next(iter(paths)) if len(paths) == 1 else ()


def _is_known(source: From) -> bool:
    return bool(source.path) and all(_has_value(planned, source.path) for planned in source.instances)


def _has_value(planned: Planned, path: tuple[str | int, ...]) -> bool:
    value: Json = dict(planned.values)
    unknown: Json = dict(planned.unknown)
    for step in path:
        if unknown is True:
            return False
        value, unknown = member(value, step), member(unknown, step)
    return not waits(unknown)


def member(value: Json, step: Step | int) -> Json:
    """The member of a list or object, or nothing."""
    if isinstance(value, dict):
        return value.get(str(step))
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def waits(unknown: Json) -> bool:
    """Whether anything in a value is known only after apply."""
    if isinstance(unknown, dict):
        return any(map(waits, unknown.values()))
    if isinstance(unknown, list):
        return any(map(waits, unknown))
    return unknown is True


def _says_nothing(value: Json, known: Sequence[Json]) -> bool:
    """Whether a given value cannot be what is waited for: no text, or one already in its place."""
    if isinstance(value, list):
        return all(_says_nothing(item, known) for item in value)
    if isinstance(value, dict):
        return all(_says_nothing(item, known) for item in value.values())
    return not isinstance(value, str) or value in known
