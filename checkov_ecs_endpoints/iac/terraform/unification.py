"""The type that several types have in common, and which types convert to which.

The rules are those of go-cty's ``convert`` package, which Terraform uses:
https://github.com/zclconf/go-cty/blob/main/docs/convert.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from checkov_ecs_endpoints.iac.terraform.faults import Undecided
from checkov_ecs_endpoints.iac.terraform.kinds import (
    ANY,
    NULL,
    STRING,
    Collection,
    Kind,
    ObjectType,
    Primitive,
    TupleType,
    Type,
    is_open,
)
from checkov_ecs_endpoints.values import Unknown, Why

_TYPE_OF_NULL = Unknown(
    Why.UNSUPPORTED, "null", note="which type it has beside lists, maps and objects is not followed"
)


def unify(types: Sequence[Type], loose: bool = True) -> Type | None:
    """The type that all of the types can be converted to, None where there is none.

    With ``loose``, types that do not go together stay as they are beside a null, as in the
    branches of a conditional.
    """
    known = [kind for kind in types if not is_open(kind)]
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


def check_nulls(types: Sequence[Type]) -> None:
    """Raise Undecided where the type of a null among members decides whether they make a list or set.

    One that has no type keeps lists, maps and objects beside it from it.
    """
    if NULL in types and any(_structure(kind) != "primitive" for kind in types):
        raise Undecided(_TYPE_OF_NULL)


def _as_collection(types: Sequence[Type], kind: Kind, loose: bool) -> Type | None:
    element = unify([inner for one in types for inner in _inside(one)], loose)
    if element is None or not all(_has_members_alike(one, element) for one in types):
        return None
    return Collection(kind, element)


def _has_members_alike(kind: Type, element: Type) -> bool:
    """Whether values of a type become a collection: where its type is open, of members alike."""
    if element is ANY and isinstance(kind, TupleType):
        check_nulls(kind.items)
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
    if source == target or is_open(source) or is_open(target):
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
