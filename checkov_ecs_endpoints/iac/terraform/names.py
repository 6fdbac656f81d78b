"""Scopes for the names that only part of a configuration sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checkov_ecs_endpoints.iac.terraform.kinds import ANY, Type
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Scope
from checkov_ecs_endpoints.values import Location, Unknown, Why


@dataclass(frozen=True, slots=True)
class Inside:
    """A scope with further names: ``count``, ``each`` or the iterator of a ``dynamic`` block."""

    names: Mapping[str, Mapping[str, Inner]]
    outer: Scope

    def resolve(self, names: Sequence[str], place: Location) -> tuple[Inner, int]:
        """The value behind a name, the inner names first."""
        members = self.names.get(names[0])
        if members is None:
            return self.outer.resolve(names, place)
        if len(names) == 1:
            return dict(members), 1
        if names[1] in members:
            return members[names[1]], 2
        return undeclared(".".join(names[:2]), place), len(names)

    def declared(self, variable: str) -> Type:
        """The type that a variable is declared with."""
        kind: Type = self.outer.declared(variable)
        return kind


@dataclass(frozen=True, slots=True)
class NoNames:
    """The scope of variable values and defaults, which may use no name at all."""

    def resolve(self, names: Sequence[str], place: Location) -> tuple[Inner, int]:
        """Always an error."""
        subject = ".".join(names)
        return Unknown(Why.INVALID, subject, place, "names are not allowed here"), len(names)

    def declared(self, variable: str) -> Type:
        """There are no variables."""
        return ANY


def undeclared(subject: str, place: Location) -> Unknown:
    """The value of a name that is not declared."""
    return Unknown(Why.INVALID, subject, place, "it is not declared in this module")
