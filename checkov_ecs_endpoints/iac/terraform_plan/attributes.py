"""The attribute values of one planned instance, in the terms of the other front ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checkov_ecs_endpoints.iac.terraform_plan import secrets, wiring
from checkov_ecs_endpoints.iac.terraform_plan.json_shapes import Json, array, mapping
from checkov_ecs_endpoints.iac.terraform_plan.modules import Planned
from checkov_ecs_endpoints.iac.terraform_plan.origins import Frame, Origin, Origins
from checkov_ecs_endpoints.iac.terraform_plan.wiring import Leaf, member
from checkov_ecs_endpoints.values import Location, Unknown, Value, Why

OWN_NAMES = ("id", "arn")
"""What AWS calls a resource itself; the identity is the resource, not the text."""

TAKES_AN_ARN = frozenset({"aws_cloudwatch_event_target"})
"""Types whose ``arn`` is an argument: that of the target, not their own."""

MADE_WITH: Mapping[str, tuple[str, ...]] = {
    "aws_instance": ("primary_network_interface_id",),
    "aws_vpc": (
        "default_network_acl_id",
        "default_route_table_id",
        "default_security_group_id",
        "main_route_table_id",
    ),
    "aws_vpc_endpoint": ("prefix_list_id",),
}
"""Attributes that name what AWS makes together with a resource ("Attribute Reference" of each type)."""

_DYNAMIC = "its block comes from a dynamic block, which a plan does not show"
_NOTHING: tuple[Json, ...] = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a resource: what the plan says of it, and what is written there.

    ``expression`` is that of the plan's configuration, None where nothing is written as far
    as the plan shows.
    """

    path: tuple[str | int, ...]
    value: Json
    unknown: Json
    sensitive: Json
    expression: Json

    def into(self, step: str | int, expression: Json) -> Spot:
        """The same for a member."""
        sensitive = self.sensitive if self.sensitive is True else member(self.sensitive, step)
        unknown = member(self.unknown, step)
        return Spot((*self.path, step), member(self.value, step), unknown, sensitive, expression)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one instance."""

    planned: Planned
    origins: Origins
    place: Location

    def attributes(self) -> dict[str, Value]:
        """All that is set, by name."""
        planned = self.planned
        expressions = mapping(planned.declared.get("expressions"))
        whole = Spot((), dict(planned.values), dict(planned.unknown), planned.sensitive, None)
        found: dict[str, Value] = {}
        for name in dict.fromkeys((*planned.values, *planned.unknown)):
            if name not in expressions and self._is_identity(name):
                continue
            spot = whole.into(name, expressions.get(name))
            if self._is_set(spot, inside=False):
                found[name] = self._read(spot)
        return found

    def _is_identity(self, name: str) -> bool:
        """Whether an attribute is an id of AWS's own making, for which references stand."""
        kind = self.planned.type
        if self.planned.is_data or (name == "arn" and kind in TAKES_AN_ARN):
            return False
        return name in OWN_NAMES or name in MADE_WITH.get(kind, ())

    def _is_set(self, spot: Spot, inside: bool) -> bool:
        """Whether anything is set: not what AWS will compute, and no empty value that nobody wrote.

        ``inside`` a dynamic block everything unknown is taken for written.
        """
        if spot.unknown is True:
            return inside or spot.expression is not None
        if spot.value is None and not wiring.waits(spot.unknown):
            return False
        return spot.expression is not None or spot.value not in _NOTHING

    def _read(self, spot: Spot, dynamic: bool = False) -> Value:
        if spot.unknown is True:
            return self._wired(spot, dynamic)
        if spot.sensitive is True:
            return secrets.hidden(spot.value, self._subject(spot))
        if isinstance(spot.value, dict):
            return self._object(spot, spot.expression, dynamic)
        if isinstance(spot.value, list):
            return self._list(spot, dynamic)
        return spot.value

    def _object(self, spot: Spot, written: Json, dynamic: bool) -> dict[str, Value]:
        """A nested block or a mapping. ``written`` is a block of expressions or one expression."""
        block = mapping(written)
        shared = _is_expression(written)
        found: dict[str, Value] = {}
        for name in dict.fromkeys((*mapping(spot.value), *mapping(spot.unknown))):
            inner = spot.into(name, written if shared else block.get(name))
            if self._is_set(inner, inside=dynamic):
                found[name] = self._read(inner, dynamic)
        return found

    def _list(self, spot: Spot, dynamic: bool) -> Value:
        members = [spot.into(at, None) for at in range(_length(spot))]
        if not wiring.waits(spot.unknown):
            return [self._read(inner, dynamic) for inner in members]
        if isinstance(spot.expression, list):
            return [self._block(inner, spot.expression, len(members)) for inner in members]
        if spot.expression is None:
            return [self._read(inner, True) for inner in members]
        if any(isinstance(inner.value, (dict, list)) or inner.unknown is not True for inner in members):
            return self._shared(spot, members)
        origins = self._origins(spot)
        return wiring.several(origins, len(members), (), self._subject(spot), self.place)

    def _shared(self, spot: Spot, members: Sequence[Spot]) -> Value:
        """A list whose unknown parts share one list of references."""
        origins = self._origins(spot)
        if not any(isinstance(inner.value, (dict, list)) for inner in members):
            known = [inner.value for inner in members if inner.unknown is not True]
            count = len(members) - len(known)
            values = iter(wiring.several(origins, count, known, self._subject(spot), self.place))
            return [next(values) if inner.unknown is True else self._read(inner) for inner in members]
        leaves = list(_leaves(spot))
        wired = wiring.spread(origins, leaves, self._subject(spot), self.place)
        return self._with(spot, {leaf.path: values for leaf, values in wired.items()})

    def _with(self, spot: Spot, wired: Mapping[tuple[str | int, ...], list[Value]]) -> Value:
        """The value of a spot with what was found for the unknown places below it."""
        if spot.path in wired and spot.unknown is True:
            return wired[spot.path][0]
        if spot.sensitive is True:
            return secrets.hidden(spot.value, self._subject(spot))
        if isinstance(spot.value, dict):
            names = dict.fromkeys((*spot.value, *mapping(spot.unknown)))
            inner = [(name, spot.into(name, None)) for name in names]
            return {name: self._with(one, wired) for name, one in inner if self._is_set(one, inside=True)}
        if isinstance(spot.value, list):
            values = iter(wired.get(spot.path, ()))
            inner_spots = [spot.into(at, None) for at in range(_length(spot))]
            return [next(values) if one.unknown is True else self._with(one, wired) for one in inner_spots]
        return spot.value

    def _block(self, spot: Spot, blocks: Sequence[Json], count: int) -> Value:
        """One nested block: the values are those of the only written block that fits."""
        if not wiring.waits(spot.unknown):
            return self._object(spot, None, False)
        fitting = [block for block in blocks if _fits(mapping(block), spot)]
        if len(blocks) != count or not fitting:
            return self._object(spot, None, dynamic=True)
        readings = [self._object(spot, block, dynamic=False) for block in fitting]
        if all(reading == readings[0] for reading in readings):
            return readings[0]
        return Unknown(Why.AFTER_APPLY, self._subject(spot), self.place, wiring.SEVERAL)

    def _wired(self, spot: Spot, dynamic: bool) -> Value:
        if not _is_expression(spot.expression):
            note = _DYNAMIC if dynamic else wiring.SEVERAL
            return Unknown(Why.AFTER_APPLY, self._subject(spot), self.place, note)
        return wiring.one(self._origins(spot), self._subject(spot), self.place)

    def _origins(self, spot: Spot) -> list[Origin]:
        return self.origins.of(spot.expression, Frame.of(self.planned))

    def _subject(self, spot: Spot) -> str:
        return ".".join([self.planned.address, *map(str, spot.path)])


def written_only(planned: Planned, origins: Origins, place: Location) -> dict[str, Value]:
    """The attributes of a block that the plan has no instance of, from its expressions alone."""
    expressions = mapping(planned.declared.get("expressions"))
    values: dict[str, Json] = {}
    unknown: dict[str, Json] = {}
    for name, expression in expressions.items():
        values[name], unknown[name] = _written(expression)
    found = Planned(
        address=planned.address,
        name=planned.name,
        type=planned.type,
        is_data=planned.is_data,
        key=None,
        module=planned.module,
        values=values,
        unknown=unknown,
        sensitive=None,
        declared=planned.declared,
    )
    return Reader(found, origins, place).attributes()


def _written(expression: Json) -> tuple[Json, Json]:
    if isinstance(expression, list):
        pairs = [_written_block(mapping(block)) for block in expression]
        return [value for value, _ in pairs], [unknown for _, unknown in pairs]
    said = mapping(expression)
    if "constant_value" in said:
        return said["constant_value"], False
    return (None, True) if _is_expression(expression) else _written_block(said)


def _written_block(block: Mapping[str, Json]) -> tuple[Json, Json]:
    pairs = {name: _written(expression) for name, expression in block.items()}
    return (
        {name: value for name, (value, _) in pairs.items()},
        {name: unknown for name, (_, unknown) in pairs.items()},
    )


def _is_expression(written: Json) -> bool:
    return isinstance(written, dict) and written.keys() <= {"constant_value", "references"}


def _length(spot: Spot) -> int:
    return max(len(array(spot.value)), len(array(spot.unknown)))


def _leaves(spot: Spot) -> Iterator[Leaf]:
    """The unknown places below a spot; unknown members of one list are one leaf."""
    if spot.unknown is True:
        yield Leaf(spot.path, 1)
        return
    if isinstance(spot.unknown, list):
        waiting = sum(unknown is True for unknown in spot.unknown)
        if waiting:
            yield Leaf(spot.path, waiting)
        for at, unknown in enumerate(spot.unknown):
            if unknown is not True:
                yield from _leaves(spot.into(at, None))
    else:
        for name in mapping(spot.unknown):
            yield from _leaves(spot.into(name, None))


def _fits(block: Mapping[str, Json], spot: Spot) -> bool:
    """Whether a written block can be the one that a planned block comes from: by its constants."""
    constants = {
        name: mapping(expression)["constant_value"]
        for name, expression in block.items()
        if "constant_value" in mapping(expression)
    }
    return all(_plain(value) == _plain(member(spot.value, name)) for name, value in constants.items())


def _plain(value: Json) -> Json:
    """A constant as the provider's type makes it: numbers and booleans may be texts."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"{value:g}" if isinstance(value, float) else str(value)
    if isinstance(value, list):
        return sorted((_plain(item) for item in value), key=str)
    return value
