"""What a stack asks of the world around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from checkov_ecs_endpoints.iac.cloudformation.assumptions import Assumptions
from checkov_ecs_endpoints.iac.cloudformation.nodes import Entry, Mapping
from checkov_ecs_endpoints.iac.cloudformation.templates import Template
from checkov_ecs_endpoints.values import Location, Reference, Unknown, Value

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.cloudformation.stack import Stack


class World(Protocol):
    """What lies around a stack: files, the Region, and other stacks."""

    @property
    def assumptions(self) -> Assumptions:
        """What is taken to be so of what is not known."""

    def region_of(self, stack: Stack) -> str | Reference:
        """The Region that a stack is deployed to as far as it is known, or the pseudo parameter."""

    def advice(self, stack: Stack, parameter: str) -> str:
        """What would give a value to a parameter that has none; "" where nothing is known."""

    def nested(self, stack: Stack, resource: Entry, url: Value) -> Template | Unknown:
        """The template that a nested stack is made of."""

    def included(self, stack: Stack, location: Value, place: Location) -> Mapping | Unknown:
        """The file of an ``AWS::Include``."""

    def imported(self, stack: Stack, name: Value, place: Location) -> Value:
        """The value that another stack exports."""

    def admits(self, stack: Stack, template: Template) -> bool:
        """Whether a template may be nested in a stack within the limits of a scan."""
