"""The locals of the module that the expressions are evaluated in, as a scope."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checkov_ecs_endpoints.iac.terraform.expressions import FunctionContext, evaluate
from checkov_ecs_endpoints.iac.terraform.functions import encode_json
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.syntax import HclExpression, parse, parse_expression
from checkov_ecs_endpoints.values import Location, Unknown, Why

MODULE = Path(__file__).parent / "module"


class Locals:
    """``local.*`` of one file."""

    def __init__(self, directory: Path) -> None:
        self.functions = FunctionContext(directory, directory, directory)
        path = directory / "main.tf"
        (block,) = parse(path, path.read_bytes()).body.blocks
        self._attributes = block.body.attributes

    def resolve(self, names: Sequence[str], place: Location) -> tuple[Inner, int]:
        """The value of a local; no other names exist."""
        if names[0] == "local" and len(names) > 1 and names[1] in self._attributes:
            return evaluate(self._attributes[names[1]].expression, self, self.functions), 2
        return Unknown(Why.INVALID, ".".join(names), place, "not declared"), len(names)


def answer(source: str, scope: Locals) -> str | Unknown:
    """What we make of an expression, as JSON text; an Unknown where there is no value."""
    expression = parse_expression(source, Location("/expression", 1))
    assert isinstance(expression, HclExpression), f"{source}: {expression}"
    value = evaluate(expression, scope, scope.functions)
    if isinstance(value, Unknown):
        return value
    encoded = encode_json(value)
    assert not isinstance(encoded, Unknown) or encoded.why is not Why.INVALID, source
    return encoded
