"""The region of each provider configuration, through the modules it is passed to.

Terraform documentation: Configuration Language, Provider Configuration; Providers Within
Modules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from checkov_ecs_endpoints.iac.terraform.literals import literal
from checkov_ecs_endpoints.iac.terraform.syntax import Block, Body, Expression, pairs, traversal

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.terraform.module import Module


@dataclass(frozen=True, slots=True, eq=False)
class Provider:
    """A provider configuration: the module that holds it, its name there, its block."""

    module: Module
    name: str
    block: Block


def reference(expression: Expression) -> str | None:
    """``aws.west`` or ``aws`` as it is written, also in quotes as before Terraform 0.12."""
    path = traversal(expression)
    return literal(expression) if path is None else ".".join(map(str, path))


def default_reference(resource_type: str) -> str:
    """The provider that a resource type belongs to by its name."""
    return resource_type.split("_", 1)[0]


def passed(body: Body) -> Mapping[str, str]:
    """The ``providers`` of a module call: the child's name of each, and the caller's."""
    attribute = body.attributes.get("providers")
    found: dict[str, str] = {}
    for key, value in (pairs(attribute.expression) if attribute else None) or ():
        child = reference(key)
        caller = reference(value)
        if child and caller:
            found[child] = caller
    return found


def configured(providers: tuple[Block, ...], wanted: str) -> Block | None:
    """The provider block of a module that a reference means."""
    for block in providers:
        alias = block.body.attributes.get("alias")
        name = literal(alias.expression) if alias else None
        if wanted == ".".join([*block.labels, name] if name else block.labels):
            return block
    return None


def is_placeholder(block: Block) -> bool:
    """Whether a provider block only says that a caller passes one (the form before Terraform 0.15)."""
    return not block.body.blocks and set(block.body.attributes) <= {"alias", "version"}
