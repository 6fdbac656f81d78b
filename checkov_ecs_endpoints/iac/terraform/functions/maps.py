"""Functions of maps and objects.

Terraform documentation: Functions, "Collection Functions".
"""

from __future__ import annotations

from collections.abc import Sequence

from checkov_ecs_endpoints.iac.terraform.conversion import convert_to
from checkov_ecs_endpoints.iac.terraform.faults import Invalid, Undecided
from checkov_ecs_endpoints.iac.terraform.functions.reading import (
    Members,
    closed,
    entries,
    known_text,
)
from checkov_ecs_endpoints.iac.terraform.functions.registry import function
from checkov_ecs_endpoints.iac.terraform.kinds import (
    ANY,
    STRING,
    ListOf,
    MapOf,
    Type,
    list_of,
    map_of,
    strings,
)
from checkov_ecs_endpoints.iac.terraform.members import unclear
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Keyed
from checkov_ecs_endpoints.iac.terraform.unification import unify
from checkov_ecs_endpoints.values import OpenDict, OpenList, Unknown


@function("merge", variadic=ANY, partial=True, nullable=True)
def merge(*maps: Inner) -> Inner:
    """The entries of all maps; later ones replace earlier ones."""
    parts = [entries(value) for value in maps if value is not None]
    merged: dict[str, Inner] = {}
    rest: Unknown | None = None
    for part in parts:
        if part.rest is not None:
            # What is not known of a later map may replace any entry of the earlier ones.
            rest = rest or part.rest
            merged = dict.fromkeys(merged, part.rest)
        merged.update(part.items)
    if rest is not None:
        return OpenDict(merged, rest)
    elements = [part.element for part in parts if part.element is not None]
    if parts and len(elements) == len(parts):
        common = unify(elements)
        if common is not None and all(element == elements[0] for element in elements):
            return MapOf(merged, common)
    return merged


def _in_order_of(mapping: Keyed, items: Sequence[Inner], element: Type | None) -> Inner:
    return Members(tuple(items), None, element, mapping.order).like(items)


@function("keys", ANY, partial=True)
def keys(value: Inner) -> Inner:
    """The keys in their order."""
    if isinstance(value, Keyed):
        return _in_order_of(value, [key for key, _ in value.pairs], STRING)
    found = entries(value)
    names = sorted(found.items)
    if found.rest is not None:
        return OpenList(tuple(names), found.rest)
    return names if found.element is None else strings(names)


@function("values", ANY, partial=True)
def values(value: Inner) -> Inner:
    """The values in the order of their keys."""
    if isinstance(value, Keyed):
        return _in_order_of(value, value.values, None)
    found = entries(value)
    items = [found.items[name] for name in sorted(found.items)]
    if found.rest is not None:
        return OpenList(tuple(items), found.rest)
    return items if found.element is None else ListOf(items, found.element)


@function("lookup", ANY, STRING, variadic=ANY, partial=True, nullable=True)
def lookup(value: Inner, key: Inner, *default: Inner) -> Inner:
    """The value of a key, or the default."""
    if len(default) > 1:
        raise Invalid("lookup takes at most three arguments")
    if value is None or key is None:
        raise Invalid("only the default of lookup may be null")
    found = entries(value)
    fallback = [convert_to(item, found.element or ANY) for item in default]
    if fallback and not found.items and found.rest is None:
        # Whatever the key is: an empty map does not have it.
        return fallback[0]
    name = known_text(key)
    if name in found.items:
        return found.items[name]
    if found.rest is not None:
        raise Undecided(found.rest)
    if not fallback:
        raise Invalid(f'there is no "{name}" in the map, and no default')
    return fallback[0]


@function("zipmap", list_of(STRING), ANY, partial=True)
def zipmap(names: Inner, items: Inner) -> Inner:
    """A map of keys and values that stand in two lists."""
    ours, theirs = closed(names, sets=False), closed(items, sets=False)
    if len(ours.items) != len(theirs.items):
        raise Invalid("the lists of keys and values differ in length")
    made: dict[str, Inner] = {}
    for name, item in zip(ours.items, theirs.items, strict=True):
        if name is None:
            raise Invalid("null is no key")
        if not isinstance(name, str):
            return OpenDict({}, unclear(name))
        made[name] = item
    return made if theirs.element is None else MapOf(made, theirs.element)


@function("transpose", map_of(list_of(STRING)))
def transpose(value: Inner) -> Inner:
    """A map from each member of the lists to the keys whose lists have it."""
    made: dict[str, list[Inner]] = {}
    for name in sorted(value):
        if value[name] is None:
            raise Invalid("null is no list")
        for item in value[name]:
            if item is None:
                raise Invalid("null is no key")
            made.setdefault(item, []).append(name)
    return MapOf({name: strings(sorted(found)) for name, found in made.items()}, list_of(STRING))
