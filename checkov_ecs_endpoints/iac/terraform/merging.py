"""What is certain of a value that is one of two, and it is not known which."""

from __future__ import annotations

from checkov_ecs_endpoints.iac.terraform.kinds import ListOf, MapOf
from checkov_ecs_endpoints.iac.terraform.members import equal
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Set
from checkov_ecs_endpoints.values import OpenDict, OpenList, Unknown


def either(left: Inner, right: Inner, unknown: Unknown) -> Inner:
    """What holds for both values; ``unknown`` says why it is not known which it is."""
    if equal(left, right) is True:
        return left
    if isinstance(left, dict) and isinstance(right, dict):
        return _either_dict(left, right, unknown)
    if isinstance(left, OpenDict) and isinstance(right, (dict, OpenDict)):
        return OpenDict(_common(left.items, _items(right), unknown), left.rest)
    if isinstance(right, OpenDict) and isinstance(left, dict):
        return either(right, left, unknown)
    if isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        members = [either(one, other, unknown) for one, other in zip(left, right, strict=True)]
        return ListOf(members, left.element) if isinstance(left, ListOf) else members
    if _is_sequence(left) and _is_sequence(right):
        return OpenList(tuple(_shared(_members(left), _members(right))), unknown)
    return unknown


def _either_dict(left: dict[str, Inner], right: dict[str, Inner], unknown: Unknown) -> Inner:
    common = _common(left, right, unknown)
    if left.keys() == right.keys():
        return MapOf(common, left.element) if isinstance(left, MapOf) else common
    return OpenDict(common, unknown)


def _items(value: dict[str, Inner] | OpenDict) -> dict[str, Inner]:
    return value.items if isinstance(value, OpenDict) else value


def _common(left: dict[str, Inner], right: dict[str, Inner], unknown: Unknown) -> dict[str, Inner]:
    return {name: either(left[name], right[name], unknown) for name in left if name in right}


def _is_sequence(value: Inner) -> bool:
    return isinstance(value, (list, Set, OpenList))


def _members(value: list[Inner] | Set | OpenList) -> list[Inner]:
    return list(value) if isinstance(value, list) else list(value.items)


def _shared(left: list[Inner], right: list[Inner]) -> list[Inner]:
    """The members that certainly are in both."""
    found: list[Inner] = []
    remaining = list(right)
    for item in left:
        place = next((at for at, other in enumerate(remaining) if equal(item, other) is True), None)
        if place is not None:
            found.append(remaining.pop(place))
    return found
