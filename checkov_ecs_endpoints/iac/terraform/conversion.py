"""Conversion of values from type to type, and the type that several types have in common.

The rules are those of go-cty's ``convert`` package, which Terraform uses:
https://github.com/zclconf/go-cty/blob/main/docs/convert.md.
Functions here raise :class:`~checkov_ecs_endpoints.iac.terraform.faults.Fault`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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
    type_of,
)
from checkov_ecs_endpoints.iac.terraform.members import listed, set_from
from checkov_ecs_endpoints.iac.terraform.numeric import format_number, parse_number
from checkov_ecs_endpoints.iac.terraform.scope import AnyOrder, Inner, Keyed, Set
from checkov_ecs_endpoints.values import OpenDict, OpenList, Reference, Text, Unknown

_TRUTHS = {"true": True, "1": True, "false": False, "0": False}


def convert_to(value: Inner, wanted: Type) -> Inner:
    """The value as a type has it; what is not known stays as it is."""
    if value is None or wanted is ANY or isinstance(value, (Unknown, Reference)):
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
    common = unify([type_of(item) for item in members], loose=False)
    if common is None:
        raise Invalid(f"cannot convert {describe(type_of(value))} to {wanted.kind.value} of any single type")
    return common


def _mismatch(value: Inner, wanted: Type) -> Invalid:
    shown = f'"{value}"' if isinstance(value, str) and len(value) < 40 else describe(type_of(value))
    return Invalid(f"cannot convert {shown} to {describe(wanted)}")


def unify(types: Sequence[Type], loose: bool = True) -> Type | None:
    """The type that all of the types can be converted to, None where there is none.

    With ``loose``, types that do not go together stay as they are beside a null, as in the
    branches of a conditional.
    """
    known = [kind for kind in types if kind is not ANY]
    if not known:
        return ANY
    structures = {_structure(kind) for kind in known}
    if len(known) < len(types) and len(structures) == 1 and "primitive" not in structures:
        # Beside a type that is open, only a primitive type decides.
        return ANY
    if structures >= {"object", "tuple"}:
        return None
    common = _unified(known, structures, loose)
    return ANY if loose and common is None and len(known) < len(types) else common


def _unified(known: Sequence[Type], kinds: set[str], loose: bool) -> Type | None:
    if all(kind == known[0] for kind in known):
        return known[0]
    if kinds <= {"map", "object"} and "map" in kinds:
        found = _as_collection(known, Kind.MAP, loose)
        if found is not None or kinds == {"map"}:
            return found
    elif kinds <= {"list", "tuple"} and "list" in kinds:
        found = _as_collection(known, Kind.LIST, loose)
        if found is not None or kinds == {"list"}:
            return found
    elif kinds == {"set"}:
        return _as_collection(known, Kind.SET, loose)
    elif kinds == {"object"}:
        return _objects([kind for kind in known if isinstance(kind, ObjectType)], loose)
    elif kinds == {"tuple"}:
        return _tuples([kind for kind in known if isinstance(kind, TupleType)], loose)
    return _preferred(known)


def _structure(kind: Type) -> str:
    if isinstance(kind, Collection):
        return kind.kind.value
    if isinstance(kind, TupleType):
        return "tuple"
    return "object" if isinstance(kind, ObjectType) else "primitive"


def _inside(kind: Type) -> list[Type]:
    if isinstance(kind, Collection):
        return [kind.element]
    if isinstance(kind, TupleType):
        return list(kind.items)
    return list(kind.attributes.values()) if isinstance(kind, ObjectType) else []


def _as_collection(types: Sequence[Type], kind: Kind, loose: bool) -> Type | None:
    element = unify([inner for one in types for inner in _inside(one)], loose)
    if element is None or not all(_has_members_alike(one, element) for one in types):
        return None
    return Collection(kind, element)


def _has_members_alike(kind: Type, element: Type) -> bool:
    """Whether values of a type become a collection: where its type is open, of members alike."""
    return element is not ANY or isinstance(kind, Collection) or unify(_inside(kind)) is not None


def _objects(types: Sequence[ObjectType], loose: bool) -> Type | None:
    names = types[0].attributes.keys()
    if any(one.attributes.keys() != names for one in types):
        return _as_collection(types, Kind.MAP, loose)
    attributes = {name: unify([one.attributes[name] for one in types], loose) for name in names}
    found = {name: kind for name, kind in attributes.items() if kind is not None}
    return ObjectType(found) if len(found) == len(names) else None


def _tuples(types: Sequence[TupleType], loose: bool) -> Type | None:
    length = len(types[0].items)
    if any(len(one.items) != length for one in types):
        return _as_collection(types, Kind.LIST, loose)
    items = [unify([one.items[place] for one in types], loose) for place in range(length)]
    found = tuple(kind for kind in items if kind is not None)
    return TupleType(found) if len(found) == length else None


def _preferred(types: Sequence[Type]) -> Type | None:
    """The first type, in Terraform's order of preference, that all others convert to."""
    order = sorted(types, key=lambda kind: _PREFERENCE.get(_name(kind), 9))
    return next((one for one in order if all(convertible(other, one) for other in types)), None)


_PREFERENCE: Mapping[str, int] = {"string": 0, "number": 1, "bool": 1, "list": 2, "set": 3, "map": 4}


def _name(kind: Type) -> str:
    return kind.value if isinstance(kind, Primitive) else _structure(kind)


def convertible(source: Type, target: Type) -> bool:
    """Whether values of one type may be converted to another, if their content allows it."""
    if source == target or source is ANY or target is ANY:
        return True
    if isinstance(source, Primitive) or isinstance(target, Primitive):
        return isinstance(source, Primitive) and isinstance(target, Primitive) and STRING in (source, target)
    return _CONVERTIBLE.get((_structure(source), _structure(target)), _never)(source, target)


def _never(source: Type, target: Type) -> bool:
    return False


def _members_convert(source: Type, target: Type) -> bool:
    element = _inside(target)[0]
    return _has_members_alike(source, element) and all(
        convertible(inner, element) for inner in _inside(source)
    )


def _tuples_convert(source: Type, target: Type) -> bool:
    ours, theirs = _inside(source), _inside(target)
    return len(ours) == len(theirs) and all(map(convertible, ours, theirs))


def _objects_convert(source: Type, target: Type) -> bool:
    if not isinstance(source, ObjectType) or not isinstance(target, ObjectType):
        return False
    return all(
        convertible(source.attributes[name], kind) if name in source.attributes else name in target.optional
        for name, kind in target.attributes.items()
    )


_CONVERTIBLE: Mapping[tuple[str, str], Callable[[Type, Type], bool]] = {
    **{
        (source, target): _members_convert
        for source in ("list", "set", "tuple")
        for target in ("list", "set")
    },
    ("map", "map"): _members_convert,
    ("object", "map"): _members_convert,
    ("tuple", "tuple"): _tuples_convert,
    ("object", "object"): _objects_convert,
    ("map", "object"): lambda source, target: all(
        convertible(_inside(source)[0], kind) for kind in _inside(target)
    ),
}
