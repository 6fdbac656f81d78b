"""How functions are declared: their parameters, as ``terraform metadata functions`` lists them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from checkov_ecs_endpoints.iac.terraform.conversion import convert_to
from checkov_ecs_endpoints.iac.terraform.faults import Invalid, Undecided
from checkov_ecs_endpoints.iac.terraform.functions.context import FunctionContext
from checkov_ecs_endpoints.iac.terraform.kinds import Type
from checkov_ecs_endpoints.iac.terraform.members import settled, unclear
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.sensitive import carried

Implementation = TypeVar("Implementation", bound=Callable[..., Inner])


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function with its parameters.

    ``variadic`` is the type of further arguments, None where there are none. A ``partial``
    function takes values that are not wholly known; all others are only called with
    settled ones. ``nullable`` functions take null. A ``local`` function also takes the
    FunctionContext, first. What others make of sensitive texts is sensitive; a ``marking``
    function says itself what is.
    """

    name: str
    parameters: tuple[Type, ...]
    variadic: Type | None
    partial: bool
    nullable: bool
    local: bool
    marking: bool
    implementation: Callable[..., Inner]

    def __call__(self, arguments: Sequence[Inner], context: FunctionContext) -> Inner:
        """The value for these arguments; raises Fault where there is none."""
        if len(arguments) < len(self.parameters):
            raise Invalid(f"{self.name} takes more than {len(arguments)} arguments")
        if len(arguments) > len(self.parameters) and self.variadic is None:
            raise Invalid(f"{self.name} takes no more than {len(self.parameters)} arguments")
        given = [self._argument(at, argument) for at, argument in enumerate(arguments)]
        if not self.partial:
            for argument in given:
                if not settled(argument):
                    raise Undecided(unclear(argument))
        result = self.implementation(context, *given) if self.local else self.implementation(*given)
        return result if self.marking else carried(arguments, result, context.secrets)

    def _argument(self, at: int, argument: Inner) -> Inner:
        wanted = self.parameters[at] if at < len(self.parameters) else self.variadic
        if argument is None:
            if not self.nullable:
                raise Invalid(f"an argument of {self.name} is null")
            return None
        return argument if wanted is None else convert_to(argument, wanted)


FUNCTIONS: dict[str, Function] = {}
"""All functions by name; filled by the modules of this package."""


def function(
    name: str,
    *parameters: Type,
    variadic: Type | None = None,
    partial: bool = False,
    nullable: bool = False,
    local: bool = False,
    marking: bool = False,
) -> Callable[[Implementation], Implementation]:
    """Declare a function."""

    def declare(implementation: Implementation) -> Implementation:
        FUNCTIONS[name] = Function(
            name=name,
            parameters=parameters,
            variadic=variadic,
            partial=partial,
            nullable=nullable,
            local=local,
            marking=marking,
            implementation=implementation,
        )
        return implementation

    return declare
