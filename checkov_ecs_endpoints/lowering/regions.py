"""Which region a value names, as seen from a resource: its own, another, or one not known."""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.iac.configuration import Configuration, Resource
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.origins import origin, pseudo_parameter
from checkov_ecs_endpoints.values import Reference, Text, Unknown, Value, Why

UNSAID = "no file names it; `regions.default` in the settings can"
"""What decides a region that neither a provider nor a resource names."""


@dataclass(frozen=True, slots=True)
class Region:
    """The region that a resource is in, to compare others with.

    ``value`` is what the configuration says of it, None if it says nothing.
    """

    value: Value
    index: Index
    default: Value

    @classmethod
    def of(cls, resource: Resource, configuration: Configuration, index: Index) -> Region:
        """The region of a resource: its own argument, its provider's, or the configuration's.

        The ``region`` argument of single resources came with version 6 of Terraform's
        AWS provider:
        https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/enhanced-region-support
        """
        return cls(_stated(resource, configuration.region), index, configuration.region)

    def seen(self, value: Value) -> str | Unknown | None:
        """A region's name as a model has it: None for the own region, else name or unknown."""
        if isinstance(value, str):
            return value
        if value is not None and value == self.value:
            return None
        if isinstance(value, (Reference, Unknown)) and self._is_own(value):
            return None
        if isinstance(value, Unknown):
            return value
        if isinstance(value, (Reference, Text)):
            return Unknown(Why.AFTER_APPLY, str(value))
        return Unknown(Why.INVALID, "a region", note=f"{type(value).__name__} where a name is expected")

    def holding(self, resource: Resource) -> str | Unknown | None:
        """The region that another resource is in, as seen from here."""
        other = _stated(resource, self.default)
        if other == self.value:
            return None
        if other is None:
            return Unknown(Why.NO_VALUE, f"the region of {resource.address}", note=UNSAID)
        return self.seen(other)

    def _is_own(self, value: Reference | Unknown) -> bool:
        if pseudo_parameter(value) == "AWS::Region":
            return True
        found = origin(value, self.index)
        if found is None or found.type != "aws_region" or not found.is_data:
            return False
        if found.resource is None:
            return True
        named = found.resource.attributes
        asked = named.get("name", named.get("endpoint"))
        return asked is None and self.holding(found.resource) is None


def _stated(resource: Resource, default: Value) -> Value:
    argument = resource.attributes.get("region")
    if argument is not None:
        return argument
    return default if resource.region is None else resource.region
