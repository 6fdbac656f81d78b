"""How expressions see the names around them, and the kinds of value only Terraform has.

Inside the front end a value may also be a :class:`Object` (a resource instance, a module
or a data source, whose attributes are looked up one by one), a :class:`Set` or a
:class:`Sensitive`. None of them leaves the front end: ``plain`` makes
:data:`~checkov_ecs_endpoints.values.Value` of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeAlias

from checkov_ecs_endpoints.values import Location, OpenDict, OpenList, Reference, Text, Unknown

Inner: TypeAlias = Any
"""A value inside the front end: any Value, with Object and Set anywhere inside."""


class Object(Protocol):
    """Something with named attributes that are evaluated when they are asked for."""

    def get(self, name: str, place: Location) -> Inner:
        """The attribute ``name``; a Reference or Unknown where its value is not known."""

    def plain(self) -> Reference | Unknown | dict[str, Any]:
        """What stands for the whole object outside the front end."""


class Instances(Protocol):
    """The instances of a block with ``count`` or ``for_each``, some of which only may exist.

    ``Scope.resolve`` gives one where it is not known which instances there are. An index
    right after the name is answered by ``at``; everything else works on ``opened``.
    """

    def at(self, key: Inner, place: Location) -> Inner:
        """The instance of one key, whether or not it certainly exists; else an Unknown."""

    def opened(self) -> OpenList | OpenDict:
        """The instances that certainly exist, and why there may be more."""

    def plain(self) -> OpenList | OpenDict:
        """What stands for the instances outside the front end."""


class Sensitive(str):
    """A string that is not to be shown (see ``sensitive``); a plain one outside the front end."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Set:
    """A Terraform set: known members without doubles, in Terraform's order where all are known.

    ``element`` is the type of the members (see ``kinds``), None where it is that of the
    members at hand.
    """

    items: tuple[Inner, ...]
    rest: Unknown | None = None
    element: Any = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class AnyOrder(Set):
    """A list of which every member is known and none of their places, for the reason ``order``.

    Where the order does not matter it is read as the set that it resembles.
    """

    order: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Keyed(OpenDict):
    """A mapping of which every key is there, though not every key is a text that is known.

    ``pairs`` are all keys and values, in the order of the keys unless ``order`` says why
    that is not known. Whoever wants to know a key by its text sees the ``items`` alone.
    """

    pairs: tuple[tuple[Inner, Inner], ...] = ()
    order: Unknown | None = None

    __hash__ = None

    @property
    def values(self) -> list[Inner]:
        """The values of all keys."""
        return [value for _, value in self.pairs]

    def mapped(self, change: Callable[[Inner], Inner]) -> Keyed:
        """The same keys with their values changed."""
        pairs = tuple((key, change(value)) for key, value in self.pairs)
        return replace(self, items={key: change(value) for key, value in self.items.items()}, pairs=pairs)


class Scope(Protocol):
    """The names that an expression may use."""

    def resolve(self, names: Sequence[str], place: Location) -> tuple[Inner, int]:
        """The value behind a run of identifiers, and how many of them named it.

        ``names`` is the root and the plain attribute names after it, up to the first
        index or splat: ``("var", "subnets")``, ``("aws_subnet", "a")``,
        ``("data", "aws_vpc", "x", "id")``, ``("each", "value", "cidr")``. The number is
        how many of them are spent (2, 2, 3, 2 here); the evaluator applies the others as
        attributes. A name that does not exist is an Unknown with Why.INVALID. The value may
        be :class:`Instances`, and only here.
        """

    def declared(self, variable: str) -> Any:
        """The type (see ``kinds``) that an input variable is declared with; it is that of its null too."""


def plain(value: Inner) -> Any:
    """The same value without Object, Set and Sensitive, as it leaves the front end."""
    if isinstance(value, Sensitive):
        return str(value)
    if isinstance(value, Set):
        items = [plain(item) for item in value.items]
        return items if value.rest is None else OpenList(tuple(items), value.rest)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, OpenList):
        return OpenList(tuple(plain(item) for item in value.items), value.rest)
    if isinstance(value, OpenDict):  # a Keyed too: outside nobody asks for its keys
        return OpenDict({key: plain(item) for key, item in value.items.items()}, value.rest, value.others)
    if value is None or isinstance(value, (str, int, float, bool, Reference, Text, Unknown)):
        return value
    return value.plain()
