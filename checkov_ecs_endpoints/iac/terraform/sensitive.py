"""Sensitive values: they are reasoned with like all others, and never shown.

A sensitive string carries a mark, as in Terraform, so that what functions and templates make
of it is sensitive too. Every text that was ever marked is collected, and reports leave out
what is collected. Terraform documentation: Input Variables, "sensitive"; Functions,
``sensitive``, ``nonsensitive``, ``issensitive``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from checkov_ecs_endpoints.iac.terraform.kinds import ListOf, MapOf
from checkov_ecs_endpoints.iac.terraform.numeric import format_number
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Keyed, Sensitive, Set
from checkov_ecs_endpoints.values import OpenDict, OpenList, Text


def marked(value: Inner, secrets: set[str]) -> Inner:
    """The value with all its strings marked, and collected with the digits of its numbers.

    The empty text is collected as well: it says that something was marked.
    """
    secrets.add("")

    def mark(item: Inner) -> Inner:
        if isinstance(item, str):
            secrets.add(str(item))
            return Sensitive(item)
        if isinstance(item, Text):
            secrets.update(part for part in item.parts if isinstance(part, str))
        elif isinstance(item, (int, float)) and not isinstance(item, bool):
            secrets.add(format_number(item))
        return item

    return _mapped(value, mark)


def unmarked(value: Inner) -> Inner:
    """The value without marks; what was collected of it stays hidden all the same."""
    return _mapped(value, lambda item: str(item) if isinstance(item, Sensitive) else item)


def carried(arguments: Iterable[Inner], result: Inner, secrets: set[str]) -> Inner:
    """What a function made of its arguments: new texts are sensitive where an argument is."""
    if not secrets:
        return result
    given = [text for argument in arguments for text in _texts(argument)]
    if not any(isinstance(text, Sensitive) for text in given):
        return result
    public = {str(text) for text in given if not isinstance(text, Sensitive)}

    def mark(item: Inner) -> Inner:
        return marked(item, secrets) if isinstance(item, str) and item not in public else item

    return _mapped(result, mark)


def _mapped(value: Inner, change: Callable[[Inner], Inner]) -> Inner:
    """The value with a change of everything in it that has no members."""
    if isinstance(value, ListOf):
        return ListOf([_mapped(item, change) for item in value], value.element)
    if isinstance(value, list):
        return [_mapped(item, change) for item in value]
    if isinstance(value, MapOf):
        return MapOf({key: _mapped(item, change) for key, item in value.items()}, value.element)
    if isinstance(value, dict):
        return {key: _mapped(item, change) for key, item in value.items()}
    if isinstance(value, Set):
        return replace(value, items=tuple(_mapped(item, change) for item in value.items))
    if isinstance(value, OpenList):
        return OpenList(tuple(_mapped(item, change) for item in value.items), value.rest)
    if isinstance(value, Keyed):
        return value.mapped(lambda item: _mapped(item, change))
    if isinstance(value, OpenDict):
        items = {key: _mapped(item, change) for key, item in value.items.items()}
        return OpenDict(items, value.rest, value.others)
    return change(value)


def _texts(value: Inner) -> Iterator[str]:
    """All strings in a value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, (list, Set, OpenList)):
        for item in value if isinstance(value, list) else value.items:
            yield from _texts(item)
    elif isinstance(value, OpenDict):
        yield from _texts(value.items)
        yield from _texts(value.values if isinstance(value, Keyed) else [])
