"""Built-in functions called from outside an expression."""

from __future__ import annotations

from collections.abc import Sequence

from checkov_ecs_endpoints.iac.terraform.evaluator import Evaluator
from checkov_ecs_endpoints.iac.terraform.expressions import FunctionContext
from checkov_ecs_endpoints.iac.terraform.faults import Fault
from checkov_ecs_endpoints.iac.terraform.invocation import invoke
from checkov_ecs_endpoints.iac.terraform.names import NoNames
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.stories import told
from checkov_ecs_endpoints.values import Location


def call(
    name: str, arguments: Sequence[Inner], context: FunctionContext, place: Location, asker: str = ""
) -> Inner:
    """The value of a function for values; an error is an Unknown at ``place``, of what asks for it."""
    try:
        return invoke(Evaluator(NoNames(), context), name, arguments)
    except Fault as fault:
        return told(fault, asker or f"{name}()", place)
