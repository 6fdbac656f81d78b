"""The resources of a stack, as the rest of the project knows resources."""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.iac.cloudformation.nodes import Entry, members_of
from checkov_ecs_endpoints.iac.cloudformation.stack import Stack
from checkov_ecs_endpoints.iac.configuration import AttributePath, Resource
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import (
    Location,
    OpenDict,
    Unknown,
    Value,
    every,
)


def resources_of(stack: Stack) -> Iterator[Resource]:
    """The resources of one stack that (may) exist, without those of its nested stacks."""
    for logical_id, entry in stack.resources.entries.items():
        kind = stack.type_of(logical_id)
        exists = stack.existence(entry)
        if kind is None or exists is False:
            continue
        lines: dict[AttributePath, Location] = {}
        properties, rest = _mapping(stack, entry, "Properties", lines)
        metadata, _ = _mapping(stack, entry, "Metadata", {})
        yield Resource(
            id=stack.id_of(logical_id),
            type=kind,
            address=f"{kind}.{logical_id}",
            attributes=properties,
            location=entry.place,
            # Properties that cannot be listed may be any: nothing about it is certain then.
            exists=exists if rest is None else every([exists, rest]),
            lines=lines,
            metadata=metadata,
            stack="/".join(stack.path),
        )


def problems_of(stack: Stack) -> Iterator[Problem]:
    """Members of ``Resources`` that are no resources."""
    for logical_id, entry in stack.resources.entries.items():
        if stack.type_of(logical_id) is None:
            yield Problem(entry.value.path, entry.line, f"resource {logical_id} has {_instead(entry)}")


def _instead(entry: Entry) -> str:
    found = members_of(entry.value).get("Type")
    if found is None:
        return "no Type"
    made_by = next(iter(members_of(found.value)), "").removeprefix("Fn::")
    hint = (
        f": !{made_by} is none of CloudFormation's functions, scan what it is packaged to" if made_by else ""
    )
    return f"a Type that is no text{hint}"


def _mapping(
    stack: Stack, entry: Entry, key: str, lines: dict[AttributePath, Location]
) -> tuple[dict[str, Value], Unknown | None]:
    found = members_of(entry.value).get(key)
    value = stack.evaluator.resolve(found.value, (), lines) if found is not None else None
    if isinstance(value, OpenDict):
        return value.items, value.rest
    if isinstance(value, Unknown):
        return {}, value
    return (value if isinstance(value, dict) else {}), None
