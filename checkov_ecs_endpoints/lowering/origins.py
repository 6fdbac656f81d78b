"""Which resource or data source a symbolic value comes from, in either language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.index import Index, attribute_of
from checkov_ecs_endpoints.values import Reference, Unknown, Value

_ADDRESS = re.compile(
    r"""(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*   # the modules it is in
        (?P<data>data\.)?
        (?P<type>[a-z][a-z0-9]*_\w+)\.[\w-]+(?:\[[^\]]*\])?
        (?:\.(?P<attribute>.+))?""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a symbolic value comes from.

    ``attribute`` is "" for a CloudFormation ``Ref``. ``resource`` is None where the
    configuration does not list it.
    """

    type: str
    attribute: str
    is_data: bool
    resource: Resource | None


def origin(value: Value, index: Index) -> Origin | None:
    """The resource behind a reference, or the data source behind an unknown."""
    if isinstance(value, Reference):
        attribute = attribute_of(value)
        resource = index.get(value.resource)
        if resource is not None:
            return Origin(resource.type, attribute, resource.is_data, resource)
        match = _ADDRESS.fullmatch(value.resource)
        return Origin(match["type"], attribute, bool(match["data"]), None) if match else None
    if isinstance(value, Unknown):
        match = _ADDRESS.fullmatch(value.subject)
        if match is None:
            return None
        attribute = match["attribute"] or ""
        address = value.subject.removesuffix(f".{attribute}") if attribute else value.subject
        return Origin(match["type"], attribute, bool(match["data"]), index.get(address))
    return None


def pseudo_parameter(value: Value) -> str:
    """The name of the CloudFormation pseudo parameter that a value stands for, or ""."""
    if isinstance(value, Unknown):
        name = value.subject
    elif isinstance(value, Reference):
        name = value.resource
    else:
        return ""
    return name if name.startswith("AWS::") and name.count("::") == 1 else ""
