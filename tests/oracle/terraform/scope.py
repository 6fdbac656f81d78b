"""The names that the expressions are evaluated with, as a scope of ours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from oracle.terraform.declarations import Variable

from checkov_ecs_endpoints.iac.terraform.expressions import FunctionContext, evaluate
from checkov_ecs_endpoints.iac.terraform.functions import encode_json
from checkov_ecs_endpoints.iac.terraform.kinds import ANY, Type
from checkov_ecs_endpoints.iac.terraform.names import NoNames
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.syntax import HclExpression, parse, parse_expression
from checkov_ecs_endpoints.iac.terraform.type_constraints import constraint, convert
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location, Unknown, Why

MODULE = Path(__file__).parent / "module"
_PLACE = Location("/expression", 1)


class ModuleNames:
    """``local.*`` of one file, and ``var.*``."""

    def __init__(self, directory: Path, variables: Sequence[Variable] = ()) -> None:
        self.functions = FunctionContext(directory, directory, directory)
        path = directory / "main.tf"
        (block,) = parse(path, path.read_bytes()).body.blocks
        self._attributes = block.body.attributes
        self.variables = {one.name: self._typed(one) for one in variables}
        self._types = {one.name: constraint(parsed(one.type)) for one in variables}

    def _typed(self, variable: Variable) -> Inner:
        wanted = constraint(parsed(variable.type))
        if isinstance(wanted, Problem):
            return Unknown(Why.INVALID, variable.name, _PLACE, wanted.message)
        return convert(evaluate(parsed(variable.default), NoNames(), self.functions), wanted, _PLACE)

    def resolve(self, names: Sequence[str], place: Location) -> tuple[Inner, int]:
        """The value of a local or variable; no other names exist."""
        if names[0] == "local" and len(names) > 1 and names[1] in self._attributes:
            return evaluate(self._attributes[names[1]].expression, self, self.functions), 2
        if names[0] == "var" and len(names) > 1 and names[1] in self.variables:
            return self.variables[names[1]], 2
        return Unknown(Why.INVALID, ".".join(names), place, "not declared"), len(names)

    def declared(self, variable: str) -> Type:
        """The type that a variable is declared with."""
        found = self._types.get(variable, ANY)
        return ANY if isinstance(found, Problem) else found


def parsed(source: str) -> HclExpression:
    """An expression that must be valid syntax."""
    expression = parse_expression(source, _PLACE)
    assert isinstance(expression, HclExpression), f"{source}: {expression}"
    return expression


def answer(source: str, scope: ModuleNames) -> str | Unknown:
    """What we make of an expression, as JSON text; an Unknown where there is no value."""
    expression = parse_expression(source, _PLACE)
    if isinstance(expression, Problem):
        return Unknown(Why.INVALID, source, _PLACE, expression.message)
    scope.functions.secrets.clear()
    value = evaluate(expression, scope, scope.functions)
    if isinstance(value, Unknown):
        return value
    encoded = encode_json(value)
    assert not isinstance(encoded, Unknown) or encoded.why is not Why.INVALID, source
    return encoded
