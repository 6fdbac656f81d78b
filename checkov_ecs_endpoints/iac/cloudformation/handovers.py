"""What a stack hands to something that was not evaluated (design 3, open edges)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from checkov_ecs_endpoints.iac.cloudformation.exports import Export, ExportKey
from checkov_ecs_endpoints.iac.cloudformation.nodes import members_of
from checkov_ecs_endpoints.iac.cloudformation.stack import STACK_TYPES, Stack
from checkov_ecs_endpoints.iac.configuration import Handover
from checkov_ecs_endpoints.values import Location, Reference, Unknown, Value, references

HARMLESS_TRANSFORMS: Final = (
    "AWS::CodeDeployBlueGreen",
    "AWS::LanguageExtensions",
    "AWS::SecretsManager-",
    "AWS::Serverless-2016-10-31",
)
"""Beginnings of macros of AWS that add nothing to a network (user guide, "Transform reference").

``AWS::Include`` for a whole template is not among them: it adds sections of another file.
"""

WORKLOAD_TYPES: Final = frozenset(
    {"AWS::ECS::Service", "AWS::ECS::TaskSet", "AWS::Events::Rule", "AWS::Scheduler::Schedule"}
)
"""Types that (may) make ECS start tasks."""

_IDENTITY: Final = re.compile(r"(?:^|[/#])AWS::EC2::(?:VPC|RouteTable|SecurityGroup)\.")
_ID_ATTRIBUTES: Final = frozenset({"Ref", "VpcId", "RouteTableId", "GroupId", "DefaultSecurityGroup"})


def handovers_of(stack: Stack) -> Iterator[Handover]:
    """Those of nested stacks outside the scan, stack sets, macros and what has no type, in one stack."""
    yield from _to_macros(stack)
    children = stack.children()
    for logical_id, entry in stack.resources.entries.items():
        kind = stack.type_of(logical_id)
        if kind in STACK_TYPES and isinstance(child := children.get(logical_id), Unknown):
            parameters = stack.property_of(logical_id, "Parameters")
            note = child.note or str(child)
            yield Handover(f"nested stack {logical_id} ({note})", parameters, entry.place)
        elif kind == "AWS::CloudFormation::StackSet" and stack.existence(entry) is not False:
            parameters = stack.property_of(logical_id, "Parameters")
            yield Handover(f"stack set {logical_id}", parameters, entry.place)
        elif kind is None and "Properties" in members_of(entry.value):
            given = stack.evaluator.value(members_of(entry.value)["Properties"].value)
            yield Handover(f"what resource {logical_id} becomes", given, entry.place)


def _to_macros(stack: Stack) -> Iterator[Handover]:
    """A macro sees, and may change, everything in its template."""
    everything: list[Value] = [
        Reference(stack.id_of(logical_id), ("Ref",), entry.place)
        for logical_id, entry in stack.resources.entries.items()
        if stack.type_of(logical_id) is not None
    ]
    entry = stack.template.body.entries.get("Transform")
    for name in stack.template.transforms:
        if entry is not None and not name.startswith(HARMLESS_TRANSFORMS):
            yield Handover(f"macro {name}", everything, entry.place)
    rest = stack.resources.rest
    if rest is not None:
        place = rest.origin or Location(str(stack.template.path), 1)
        yield Handover(str(rest), everything, place)


def unimported(
    stack: Stack, exports: Iterable[Export], used: Collection[ExportKey], types: Collection[str]
) -> Iterator[Handover]:
    """Exports of network identities that nothing in the scan imports.

    They count only where the template, all of whose resource ``types`` are given, declares
    no workload: then it is there for others.
    """
    if not WORKLOAD_TYPES.isdisjoint(types):
        return
    stacks = {inner.path: inner for inner in stack.walk()}
    for export in exports:
        value = stacks[export.stack].output(export.output, export.place)
        if export.key not in used and any(_is_identity(found) for found in references(value)):
            yield Handover(f"what imports export {export.name}", value, export.place)


def _is_identity(reference: Reference) -> bool:
    attribute = reference.attribute[-1] if reference.attribute else ""
    return attribute in _ID_ATTRIBUTES and _IDENTITY.search(reference.resource) is not None
