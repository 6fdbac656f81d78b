"""User data that comes from the data source ``template_file``.

The provider is archived, yet many configurations of container instances use it:
https://registry.terraform.io/providers/hashicorp/template/latest/docs/data-sources/file
"""

from __future__ import annotations

import re

from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.origins import origin
from checkov_ecs_endpoints.values import Reference, Text, Unknown, Value, text

_VARIABLE = re.compile(r"\$\{\s*(\w+)\s*\}")


def rendered(value: Value, index: Index) -> Value:
    """The text that a ``template_file`` renders, where a value is one's; else the value itself."""
    found = origin(value, index)
    if found is None or found.type != "template_file" or found.resource is None:
        return value
    template = found.resource.attributes.get("template")
    variables = found.resource.attributes.get("vars")
    if not isinstance(template, str) or not isinstance(variables, (dict, type(None))):
        return value
    # Odd positions hold the names of variables.
    parts = [
        _variable(variables or {}, part, value) if position % 2 else part
        for position, part in enumerate(_VARIABLE.split(template))
    ]
    return text(parts)


def _variable(variables: dict[str, Value], name: str, whole: Value) -> str | Reference | Text | Unknown:
    given = variables.get(name)
    if isinstance(given, (str, Reference, Text, Unknown)):
        return given
    if isinstance(given, (int, float)):
        return str(given)
    return whole if isinstance(whole, (Reference, Unknown)) else ""
