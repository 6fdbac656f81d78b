"""The values of expressions.

Terraform documentation: Configuration Language, Expressions; HCL Native Syntax
Specification, "Expressions".
"""

from __future__ import annotations

from checkov_ecs_endpoints.iac.terraform.evaluator import Evaluator
from checkov_ecs_endpoints.iac.terraform.functions.context import FunctionContext
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Scope
from checkov_ecs_endpoints.iac.terraform.syntax import Expression

__all__ = ["FunctionContext", "evaluate"]


def evaluate(expression: Expression, scope: Scope, functions: FunctionContext) -> Inner:
    """The value of an expression.

    An error that Terraform would report is an Unknown with Why.INVALID whose note says
    what is wrong. ``path.module``, ``path.root`` and ``path.cwd`` are answered here, all
    other names by ``scope``.
    """
    return Evaluator(scope, functions).outcome(expression)
