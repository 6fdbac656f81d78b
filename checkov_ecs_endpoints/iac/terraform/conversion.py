"""Conversion of values from type to type.

The rules are those of go-cty's ``convert`` package, which Terraform uses:
https://github.com/zclconf/go-cty/blob/main/docs/convert.md.
Functions here raise :class:`~checkov_ecs_endpoints.iac.terraform.faults.Fault`.
"""

from __future__ import annotations

from collections.abc import Sequence

from checkov_ecs_endpoints.iac.terraform.faults import Invalid
from checkov_ecs_endpoints.iac.terraform.kinds import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    Collection,
    Kind,
    ListOf,
    MapOf,
    ObjectType,
    Primitive,
    TupleType,
    Type,
    describe,
    is_open,
    type_of,
)
from checkov_ecs_endpoints.iac.terraform.members import listed, set_from
from checkov_ecs_endpoints.iac.terraform.numeric import format_number, parse_number
from checkov_ecs_endpoints.iac.terraform.scope import AnyOrder, Inner, Keyed, Set
from checkov_ecs_endpoints.iac.terraform.unification import check_nulls, unify
from checkov_ecs_endpoints.values import OpenDict, OpenList, Reference, Text, Unknown

_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


def convert_to(value: Inner, wanted: Type) -> Inner:
    """The value as a type has it; what is not known stays as it is."""
    if value is None or is_open(wanted) or isinstance(value, (Unknown, Reference)):
        return value
    if isinstance(wanted, Primitive):
        return _primitive(value, wanted)
    if isinstance(wanted, TupleType):
        return _tuple(value, wanted)
    if isinstance(wanted, ObjectType):
        return _object(value, wanted)
    if wanted.kind is Kind.MAP:
        return _map(value, wanted)
    return _sequence(value, wanted)


def to_string(value: Inner) -> Inner:
    """A string, a Text, a Reference or an Unknown; null stays null."""
    return convert_to(value, STRING)


def to_number(value: Inner) -> Inner:
    """A number, a Text, a Reference or an Unknown; null stays null."""
    return convert_to(value, NUMBER)


def to_bool(value: Inner) -> Inner:
    """A bool, a Text, a Reference or an Unknown; null stays null."""
    return convert_to(value, BOOL)


def _primitive(value: Inner, wanted: Primitive) -> Inner:
    found = type_of(value)
    if found is wanted or isinstance(value, Text):
        return value
    if wanted is STRING and isinstance(value, bool):
        return "true" if value else "false"
    if wanted is STRING and isinstance(value, (int, float)):
        return format_number(value)
    if wanted is NUMBER and isinstance(value, str):
        number = parse_number(value)
        if number is not None:
            return number
    if wanted is BOOL and isinstance(value, str) and value in _TRUTHS:
        return _TRUTHS[value]
    raise _mismatch(value, wanted)


def _tuple(value: Inner, wanted: TupleType) -> Inner:
    if isinstance(value, OpenList):
        return value
    if not isinstance(value, list) or isinstance(value, ListOf) or len(value) != len(wanted.items):
        raise _mismatch(value, wanted)
    return [convert_to(item, kind) for item, kind in zip(value, wanted.items, strict=True)]


def _object(value: Inner, wanted: ObjectType) -> Inner:
    if isinstance(value, OpenDict):
        known = {
            name: convert_to(item, wanted.attributes[name])
            for name, item in value.items.items()
            if name in wanted.attributes
        }
        missing = {name: value.rest for name in wanted.attributes if name not in known}
        return known | missing
    if not isinstance(value, dict):
        if isinstance(value, (list, Set, OpenList, str, int, float, Text)):
            raise _mismatch(value, wanted)
        return value
    result: dict[str, Inner] = {}
    for name, kind in wanted.attributes.items():
        if name in value:
            result[name] = convert_to(value[name], kind)
        elif name not in wanted.optional:
            raise Invalid(f'attribute "{name}" is required')
        if name in wanted.optional and result.get(name) is None:
            result[name] = wanted.optional[name]
    return result


def _map(value: Inner, wanted: Collection) -> Inner:
    if isinstance(value, Keyed):
        return value.mapped(lambda item: convert_to(item, wanted.element))
    if isinstance(value, OpenDict):
        items = {key: convert_to(item, wanted.element) for key, item in value.items.items()}
        return OpenDict(items, value.rest, value.others)
    if not isinstance(value, dict):
        if isinstance(value, (list, Set, OpenList, str, int, float, Text)):
            raise _mismatch(value, wanted)
        return value
    element = _element(wanted, list(value.values()), value)
    return MapOf({key: convert_to(item, element) for key, item in value.items()}, element)


def _sequence(value: Inner, wanted: Collection) -> Inner:
    rest = None
    if isinstance(value, OpenList):
        members: Sequence[Inner] = value.items
        rest = value.rest
    elif isinstance(value, Set):
        members, rest = value.items, value.rest
    elif isinstance(value, list):
        members = value
    else:
        raise _mismatch(value, wanted)
    element = _element(wanted, members, value)
    if wanted.kind is Kind.LIST and isinstance(value, ListOf) and value.element == element:
        return value
    converted = [convert_to(item, element) for item in members]
    if wanted.kind is Kind.SET:
        return set_from(converted, rest, element)
    if rest is not None:
        return OpenList(tuple(converted), rest)
    if isinstance(value, AnyOrder):
        return AnyOrder(tuple(converted), None, element, value.order)
    if isinstance(value, Set):
        return listed(Set(tuple(converted), None, element), element)
    return ListOf(converted, element)


def _element(wanted: Collection, members: Sequence[Inner], value: Inner) -> Type:
    if wanted.element is not ANY:
        return wanted.element
    if isinstance(value, (ListOf, MapOf)) or (isinstance(value, Set) and value.element is not None):
        return value.element
    if not members:
        return ANY
    types = [type_of(item) for item in members]
    if wanted.kind is not Kind.MAP:
        check_nulls(types)
    common = unify(types, loose=False)
    if common is None:
        raise Invalid(f"cannot convert {describe(type_of(value))} to {wanted.kind.value} of any single type")
    return common


def _mismatch(value: Inner, wanted: Type) -> Invalid:
    shown = f'"{value}"' if isinstance(value, str) and len(value) < 40 else describe(type_of(value))
    return Invalid(f"cannot convert {shown} to {describe(wanted)}")
