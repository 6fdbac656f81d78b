"""Ids of an imported stack, as the configuration that they lead back to knows them."""

from __future__ import annotations

from dataclasses import replace

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.values import OpenDict, OpenList, Reference, Text, Value, text


def renamed(resource: Resource, prefix: str) -> Resource:
    """A resource whose references lose a prefix of ids, so that they mean the configuration's own."""
    attributes = {name: without_prefix(value, prefix) for name, value in resource.attributes.items()}
    return replace(resource, attributes=attributes)


def without_prefix(value: Value, prefix: str) -> Value:
    """A value whose references lose a prefix of ids."""
    if isinstance(value, Reference):
        return _reference(value, prefix)
    if isinstance(value, Text):
        return text(_reference(part, prefix) if isinstance(part, Reference) else part for part in value.parts)
    if isinstance(value, list):
        return [without_prefix(item, prefix) for item in value]
    if isinstance(value, dict):
        return {key: without_prefix(item, prefix) for key, item in value.items()}
    if isinstance(value, OpenList):
        return OpenList(tuple(without_prefix(item, prefix) for item in value.items), value.rest)
    if isinstance(value, OpenDict):
        return OpenDict({key: without_prefix(item, prefix) for key, item in value.items.items()}, value.rest)
    return value


def _reference(reference: Reference, prefix: str) -> Reference:
    return Reference(reference.resource.removeprefix(prefix), reference.attribute, reference.origin)
