"""What the functions of a template may ask for, and the marker of a property that is taken away."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Final, Literal, Protocol, TypeAlias, TypeGuard

from checkov_ecs_endpoints.iac.cloudformation.nodes import Entry, Mapping, Node
from checkov_ecs_endpoints.values import Location, Reference, Truth, Unknown, Value

SHARED_PSEUDO_PARAMETERS: Final = frozenset(
    {"AWS::AccountId", "AWS::Partition", "AWS::Region", "AWS::URLSuffix"}
)
"""The same in every stack of a deployment (user guide, "Pseudo parameters")."""

OWN_PSEUDO_PARAMETERS: Final = frozenset({"AWS::NotificationARNs", "AWS::StackId", "AWS::StackName"})
"""Different in every stack."""


class Absent(Enum):
    """``AWS::NoValue``: the property, or the member of the list, is not there."""

    NO_VALUE = "AWS::NoValue"


Resolved: TypeAlias = Value | Literal[Absent.NO_VALUE]
"""What a node comes to; NoValue never leaves the front end."""


def is_present(value: Resolved) -> TypeGuard[Value]:
    """Whether there is a value at all."""
    return value is not Absent.NO_VALUE


@dataclass(frozen=True, slots=True)
class Members:
    """The entries of a mapping after its loops and includes; ``rest`` if there may be more."""

    entries: dict[str, Entry] = field(hash=False)
    rest: Unknown | None = None


class Scope(Protocol):
    """The names that a template's functions may use: its stack."""

    @property
    def region(self) -> str | Reference:
        """The Region, or the pseudo parameter that stands for it."""

    def ref(self, name: str, place: Location) -> Resolved:
        """``Ref``: a parameter, a pseudo parameter or a resource."""

    def attribute(self, resource: str, attribute: str, place: Location) -> Value:
        """``Fn::GetAtt``."""

    def repeated(self, reference: Reference) -> Value:
        """The value of the property that an attribute repeats, or the reference itself."""

    def condition(self, name: str, place: Location) -> Truth:
        """A condition of the ``Conditions`` section."""

    def assumed(self, values: tuple[Value, Value], nodes: tuple[Node, Node]) -> bool | None:
        """Whether the values of two nodes are taken to be equal; None if nothing is assumed."""

    def mapping(self, name: str) -> Node | Unknown | None:
        """A mapping of the ``Mappings`` section."""

    def imported(self, name: Value, place: Location) -> Value:
        """``Fn::ImportValue``."""

    def included(self, location: Value, place: Location) -> Mapping | Unknown:
        """What ``AWS::Include`` puts in its place."""


class Evaluating(Protocol):
    """The evaluator, as the functions see it."""

    scope: Scope

    def value(self, node: Node) -> Value:
        """The value of an argument; an argument that is ``AWS::NoValue`` is null."""

    def members(self, node: Node) -> Members:
        """The entries of a mapping, loops and includes written out."""
