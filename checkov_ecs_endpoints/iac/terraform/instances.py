"""One instance of a resource or data source, as expressions see it and as it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.iac.terraform import data_sources
from checkov_ecs_endpoints.iac.terraform.bodies import Arguments
from checkov_ecs_endpoints.iac.terraform.literals import literal
from checkov_ecs_endpoints.iac.terraform.providers import default_reference, reference
from checkov_ecs_endpoints.iac.terraform.scope import Inner, plain
from checkov_ecs_endpoints.iac.terraform.syntax import Block, items, traversal
from checkov_ecs_endpoints.values import Location, Reference, Truth, Unknown, Value, Why


class Surroundings(Protocol):
    """What an instance asks of the module it stands in."""

    @property
    def calls(self) -> tuple[Location, ...]:
        """The module calls that lead here, outermost first."""

    @property
    def default_region(self) -> str | None:
        """The region that the settings give where the configuration gives none."""

    def region(self, provider: str) -> Inner:
        """The region of a provider configuration, None where none is said."""

    def provider(self, named: str) -> str:
        """The address of the provider configuration that a reference of the module means."""


@dataclass(slots=True, eq=False, repr=False)
class Instance:
    """One instance of a ``resource`` or ``data`` block (an ``Object`` of expressions)."""

    id: str
    block: Block
    arguments: Arguments
    module: Surroundings
    exists: Truth
    is_data: bool

    @property
    def type(self) -> str:
        """The resource type."""
        return self.block.labels[0]

    def get(self, name: str, place: Location) -> Inner:
        """An attribute: what the configuration sets, else what is known without AWS, else a reference."""
        value = self.arguments.value(name)
        if value is not None:
            return value
        if self.is_data:
            return data_sources.attribute(self, name)
        if self.type == "terraform_data" and name == "output":
            return self.arguments.value("input")
        return Reference(self.id, (name,), self.block.location)

    def plain(self) -> Reference | Unknown:
        """What stands for the whole instance outside the front end."""
        if self.is_data:
            return Unknown(Why.DATA_SOURCE, self.id, self.block.location)
        return Reference(self.id, (), self.block.location)

    @property
    def region(self) -> Inner:
        """The region of the instance: its own ``region`` (AWS provider 6), else its provider's."""
        return self.arguments.value("region") or self.provider_region

    @property
    def provider_region(self) -> Inner:
        """The region of the provider configuration that the instance uses."""
        return self.module.region(self._provider)

    @property
    def _provider(self) -> str:
        """The provider configuration of the instance, as its module names it."""
        attribute = self.block.body.attributes.get("provider")
        named = reference(attribute.expression) if attribute else None
        return named or default_reference(self.type)

    @property
    def symbolic_region(self) -> Inner:
        """The region for texts that AWS makes of it; None where nothing says which."""
        region = self.region
        return self.module.default_region if region is None else region

    def resource(self) -> Resource:
        """The instance with all its values and places."""
        region: Value = plain(self.region) if self.type.startswith("aws_") else None
        return Resource(
            id=self.id,
            type=self.type,
            address=self.id,
            attributes=self.arguments.plain(),
            location=self.block.location,
            exists=self.exists,
            is_data=self.is_data,
            lines=dict(self.arguments.lines()),
            calls=self.module.calls,
            ignored=ignored_changes(self.block),
            region=region,
            provider=self.module.provider(self._provider),
        )


def ignored_changes(block: Block) -> frozenset[str]:
    """The top-level attributes of ``lifecycle.ignore_changes``, "all" for all.

    Terraform documentation: The lifecycle Meta-Argument, ``ignore_changes``.
    """
    found: set[str] = set()
    for inner in block.body.blocks:
        attribute = inner.body.attributes.get("ignore_changes") if inner.type == "lifecycle" else None
        if attribute is None:
            continue
        for expression in items(attribute.expression) or (attribute.expression,):
            path = traversal(expression)
            # In quotes: the form before Terraform 0.12.
            written = str(path[0]) if path else (literal(expression) or "").partition(".")[0]
            if written:
                found.add("all" if written == "*" else written)
    return frozenset(found)
