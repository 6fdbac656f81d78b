"""Terraform expressions written in a test, evaluated with names that the test gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkov_ecs_endpoints.iac.terraform.expressions import FunctionContext, evaluate
from checkov_ecs_endpoints.iac.terraform.kinds import ANY, Type
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.syntax import HclExpression, parse_expression
from checkov_ecs_endpoints.values import Location, Reference, Unknown, Why

PLACE = Location("/main.tf", 1)
VAR = Unknown(Why.NO_VALUE, "var.x", Location("/variables.tf", 3))
OTHER = Unknown(Why.DATA_SOURCE, "data.aws_vpc.y")
ID = Reference("aws_subnet.a", ("id",))
ID_B = Reference("aws_subnet.b", ("id",))
URL = Reference("aws_ecr_repository.app", ("repository_url",))


@dataclass(frozen=True)
class Thing:
    """A resource: ``id`` is known after apply, everything else is what ``attributes`` say."""

    address: str
    attributes: Mapping[str, Inner]

    def get(self, name: str, place: Location) -> Inner:
        """An attribute, or a reference to it."""
        return self.attributes.get(name, Reference(self.address, (name,)))

    def plain(self) -> Reference:
        """The whole resource."""
        return Reference(self.address)


@dataclass(frozen=True)
class Things:
    """Resources of which it is not known how many there are."""

    certain: Any

    def at(self, key: Inner, place: Location) -> Inner:
        """The resource of a key, which may exist."""
        return Thing(f"aws_subnet.some[{key}]", {})

    def opened(self) -> Inner:
        """Those that certainly exist."""
        return self.certain

    def plain(self) -> Inner:
        """The same, outside the front end."""
        return self.certain


class Names:
    """A scope of plain names, each of one word."""

    def __init__(self, names: Mapping[str, Inner]) -> None:
        self._names = names

    def resolve(self, names: Sequence[str], place: Location) -> tuple[Inner, int]:
        """The value of the first word."""
        if names[0] in self._names:
            return self._names[names[0]], 1
        return Unknown(Why.INVALID, names[0], place, "not declared"), len(names)

    def declared(self, variable: str) -> Type:
        """There are no input variables."""
        return ANY


def value(source: str, directory: Path = Path("/nowhere"), **names: Any) -> Inner:
    """What an expression is worth; ``x`` is a variable without value and ``id`` a subnet's id."""
    expression = parse_expression(source, PLACE)
    assert isinstance(expression, HclExpression), expression
    context = FunctionContext(directory, directory, directory)
    return evaluate(expression, Names({"x": VAR, "y": OTHER, "id": ID, "url": URL, **names}), context)
