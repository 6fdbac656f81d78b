"""Parameter files: the values that people give to a template when they deploy it.

In the shapes that there are, each in JSON or YAML:

* the list of ``aws cloudformation create-stack --parameters file://``:
  ``[{"ParameterKey": ..., "ParameterValue": ...}]``;
* the list of ``aws cloudformation deploy --parameter-overrides file://``: ``["Key=Value"]``;
* CodePipeline's template configuration: ``{"Parameters": {...}}`` (user guide, "CloudFormation
  artifacts");
* the stack deployment file of Git sync: ``template-file-path`` and ``parameters`` (user
  guide, "How Git sync works with CloudFormation");
* a plain mapping of names and values.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from checkov_ecs_endpoints.iac.cloudformation.nodes import (
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    members_of,
    text_of,
)
from checkov_ecs_endpoints.iac.cloudformation.syntax import SyntaxProblem, parse
from checkov_ecs_endpoints.iac.cloudformation.texts import written
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Unknown, Value, Why

MAX_BYTES: Final = 1_000_000
"""Many times what CloudFormation takes: 200 parameters of 4096 characters (user guide, "Quotas")."""

_TEMPLATE_KEYS: Final = frozenset({"AWSTemplateFormatVersion", "Resources"})
_CONFIGURATION_KEYS: Final = frozenset({"Parameters", "StackPolicy", "Tags"})
_DEPLOYMENT_KEY: Final = "template-file-path"


@dataclass(frozen=True, slots=True)
class ParameterFile:
    """The values of a parameter file by name; ``plain`` if nothing but its use tells what it is."""

    path: Path
    values: dict[str, Value] = field(hash=False)
    plain: bool = False


def read_parameters(data: bytes, path: Path) -> ParameterFile | Problem:
    """What a parameter file says, or what is wrong with it."""
    if len(data) > MAX_BYTES:
        return Problem(path.as_posix(), 0, f"larger than {MAX_BYTES} bytes, which no parameter file is")
    try:
        node = parse(data, path.as_posix(), unique_keys=True)
        if node is None:
            raise SyntaxProblem(0, "empty, where a parameter file is expected")
        return _read(node, path)
    except SyntaxProblem as problem:
        return Problem(path.as_posix(), problem.line, problem.message)


def _read(node: Node, path: Path) -> ParameterFile:
    if isinstance(node, Sequence):
        return ParameterFile(path, _listed(node))
    if not isinstance(node, Mapping):
        raise SyntaxProblem(node.line, "a parameter file is a list or a mapping")
    if not _TEMPLATE_KEYS.isdisjoint(node.entries):
        raise SyntaxProblem(node.line, "a template, where a parameter file is expected")
    if _DEPLOYMENT_KEY in node.entries:
        return ParameterFile(path, _mapped(node.get("parameters")))
    parameters = node.get("Parameters")
    if isinstance(parameters, Mapping) and node.entries.keys() <= _CONFIGURATION_KEYS:
        return ParameterFile(path, _mapped(parameters))
    return ParameterFile(path, _mapped(node), plain=True)


def _listed(node: Sequence) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for item in node.items:
        for name, value in _member(item):
            if name in found:
                raise SyntaxProblem(item.line, f"parameter {name} is given twice")
            found[name] = value
    return found


def _member(item: Node) -> Iterator[tuple[str, Value]]:
    text = text_of(item)
    if text is not None and "=" in text:
        name, _, value = text.partition("=")
        yield name, value
        return
    members = members_of(item)
    named = text_of(members["ParameterKey"].value) if "ParameterKey" in members else None
    if named is None:
        raise SyntaxProblem(item.line, "no ParameterKey, which every member of the list has")
    if "ParameterValue" in members:
        yield named, _value(named, members["ParameterValue"])
    elif "UsePreviousValue" in members:
        place = members["UsePreviousValue"].place
        yield named, Unknown(Why.NO_VALUE, f"parameter {named}", place, "it keeps the value it has in AWS")
    else:
        raise SyntaxProblem(item.line, f"parameter {named} has no ParameterValue")


def _mapped(node: Node | None) -> dict[str, Value]:
    return {name: _value(name, entry) for name, entry in members_of(node).items()}


def _value(name: str, entry: Entry) -> Value:
    node = entry.value
    if isinstance(node, Mapping):
        note = "a function that the pipeline applies"
        return Unknown(Why.UNSUPPORTED, f"parameter {name}", entry.place, note)
    if isinstance(node, Sequence):
        return [_text(name, item) for item in node.items]
    return _text(name, node)


def _text(name: str, node: Node) -> str:
    if not isinstance(node, Scalar) or node.value is None:
        raise SyntaxProblem(node.line, f"parameter {name} is no text")
    return written(node.value) or node.text
