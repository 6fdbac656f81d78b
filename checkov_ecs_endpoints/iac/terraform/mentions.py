"""What an argument speaks of by name, where its value does not tell what it holds.

``vpc_id = var.create ? aws_vpc.main.id : ""`` is unknown, and may still be that VPC.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from checkov_ecs_endpoints.iac.terraform.instances import Instance
from checkov_ecs_endpoints.iac.terraform.scope import Object
from checkov_ecs_endpoints.iac.terraform.shapes import Block, Body, Expression, JsonExpression
from checkov_ecs_endpoints.values import Reference

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.terraform.module import Module

Path: TypeAlias = tuple[str, ...]

_PATH = re.compile(r"[A-Za-z_][\w-]*(?:\[[^\[\]]*\]|\.[A-Za-z_][\w-]*|\.\*|\.\d+)*")
_INDEX = re.compile(r"\[([^\[\]]*)\]")


def mentioned(caller: Module, block: Block, name: str) -> tuple[Reference, ...]:
    """The resources that an argument of a module call names, itself or by what it names.

    Locals, variables, outputs of modules and arguments of data sources are followed.
    """
    found: dict[Reference, None] = {}
    passed: set[tuple[str, Path]] = set()
    waiting = [(caller, block, block.body.attributes[name].expression)]
    while waiting:
        module, place, expression = waiting.pop()
        for path in _paths(_source(expression)):
            if (module.address, path) not in passed:
                passed.add((module.address, path))
                found.update(dict.fromkeys(_named(module, path)))
                waiting.extend(_behind(module, place, path))
    return tuple(found)


def _source(expression: Expression) -> str:
    if isinstance(expression, JsonExpression):
        return json.dumps(expression.value)
    return expression.text(expression.node)


def _paths(source: str) -> Iterator[Path]:
    """All that may be a name followed by attributes; a word in a text is harmless."""
    for match in _PATH.finditer(source):
        steps = _INDEX.sub("", match[0]).split(".")
        yield tuple(step for step in steps if step != "*" and not step.isdigit())
        for index in _INDEX.findall(match[0]):
            yield from _paths(index)


def _named(module: Module, path: Path) -> Iterator[Reference]:
    """The instances of the resource that a path names."""
    block = module.declarations.resources.get((path[0], path[1])) if len(path) > 1 else None
    if block is not None:
        for instance in module.family("resource", block).objects.values():
            if isinstance(instance, Instance):
                yield Reference(instance.id, path[2:3])


def _behind(module: Module, block: Block, path: Path) -> Iterator[tuple[Module, Block, Expression]]:
    """The expressions that a name stands for, each with its module and the call it stands in."""
    declared = module.declarations
    name = path[1] if len(path) > 1 else ""
    if path[0] == "each":
        yield from ((module, block, one) for one in _given(block, "for_each"))
    elif path[0] == "local" and name in declared.locals:
        yield module, block, declared.locals[name].expression
    elif path[0] == "var" and module.parent is not None and module.call is not None:
        parent, call = module.parent, module.call
        yield from ((parent, call, one) for one in _given(call, name))
    elif path[0] == "data" and (data := declared.data.get((name, "".join(path[2:3])))):
        yield from ((module, data, one) for one in _all(data.body))
    elif path[0] == "module" and name in declared.modules:
        for child in module.family("module", declared.modules[name]).objects.values():
            yield from _outputs(child, path[2:3])


def _outputs(child: Object, wanted: Path) -> Iterator[tuple[Module, Block, Expression]]:
    """The values of one output, or of all; a module that is not available is handed things on its own."""
    from checkov_ecs_endpoints.iac.terraform.module import Module

    if isinstance(child, Module):
        for name, output in child.declarations.outputs.items():
            if not wanted or name in wanted:
                yield from ((child, output, one) for one in _given(output, "value"))


def _given(block: Block, name: str) -> Iterator[Expression]:
    attribute = block.body.attributes.get(name)
    if attribute is not None:
        yield attribute.expression


def _all(body: Body) -> Iterator[Expression]:
    for attribute in body.attributes.values():
        yield attribute.expression
    for block in body.blocks:
        yield from _all(block.body)
