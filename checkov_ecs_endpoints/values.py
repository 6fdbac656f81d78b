"""What a configuration says: values that are known, referenced, partly known or unknown.

Every front end evaluates a configuration into these kinds, and every later stage
decides with them, so that a thing which cannot be known is never mistaken for a
thing that is not there.

* A **known** value is a plain ``str``, ``int``, ``float``, ``bool``, ``None`` (null),
  ``list`` or ``dict`` whose keys are ``str``. Lists and dicts may hold other kinds.
* A :class:`Reference` is an attribute of a resource that is only known after apply.
* A :class:`Text` is a string of which some pieces are known.
* An :class:`OpenList` or :class:`OpenDict` has members that are known and may have more.
* An :class:`Unknown` says why nothing is known, and where that comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias, Union


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A range of lines in a file.

    ``path`` is absolute, with ``/``; ``line`` and ``end`` are 1-based and inclusive.
    """

    path: str
    line: int
    end: int = 0

    def __post_init__(self) -> None:
        if self.end < self.line:
            object.__setattr__(self, "end", self.line)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


class Why(Enum):
    """The kind of gap that an unknown value comes from; the value completes 'X is ...'."""

    NO_VALUE = "a variable or parameter without a value"
    NOT_SET = "not set in this configuration"
    DATA_SOURCE = "read from AWS when it is applied"
    MODULE = "an output of a module that is not available here"
    AFTER_APPLY = "known only after apply"
    UNSUPPORTED = "not evaluated by this version"
    OUTSIDE = "outside the repository that is scanned"
    INVALID = "not valid in this configuration"
    LIMIT = "beyond the limits of the scan"
    IMPORT = "imported from another stack"
    CONDITION = "dependent on a condition that is not known"
    SECRET = "a secret that is not read"
    NOT_MODELLED = "a part of AWS that this version does not follow"
    AMBIGUOUS = "ambiguous in this scan"
    UNDOCUMENTED = "behaviour that AWS does not document"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value of which nothing is known.

    ``subject`` names what a person could look up or change (``var.subnet_ids``,
    ``data.aws_vpc.main``), in the language of the configuration. ``origin`` is where
    that is declared. ``note`` completes the story in plain words (the module's source
    and version, the function that is not supported, the file that would decide it).
    ``via`` lists the places that the value came through, nearest first.
    Two unknowns with the same reason and subject are equal wherever they were met.
    """

    why: Why
    subject: str
    origin: Location | None = None
    note: str = ""
    via: tuple[Location, ...] = field(default=(), compare=False)

    def through(self, place: Location) -> Unknown:
        """The same unknown, having come through one more ``place``."""
        if place in self.via or place == self.origin:
            return self
        return Unknown(self.why, self.subject, self.origin, self.note, (*self.via, place))

    def __str__(self) -> str:
        story = f"{self.subject} is {self.why.value}"
        return f"{story}: {self.note}" if self.note else story


@dataclass(frozen=True, slots=True)
class Reference:
    """An attribute of a resource whose text is only known after apply.

    ``resource`` is the id of the resource in its configuration, ``attribute`` the path
    of the attribute inside it (``("id",)``, ``("GetAtt", "Arn")`` ...). The identity is
    the value: two references to the same attribute are equal.
    """

    resource: str
    attribute: tuple[str | int, ...] = ()
    origin: Location | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return ".".join([self.resource, *map(str, self.attribute)])


@dataclass(frozen=True, slots=True)
class Text:
    """A string of known pieces around references and unknowns.

    Built with :func:`text`, which keeps it normal: no two strings side by side, no empty
    string, at least one part that is not a string.
    """

    parts: tuple[str | Reference | Unknown, ...]

    @property
    def prefix(self) -> str:
        """The known characters that the text certainly begins with."""
        first = self.parts[0]
        return first if isinstance(first, str) else ""

    @property
    def suffix(self) -> str:
        """The known characters that the text certainly ends with."""
        last = self.parts[-1]
        return last if isinstance(last, str) else ""

    def __str__(self) -> str:
        return "".join(
            part if isinstance(part, str) else f"${{{part.subject if isinstance(part, Unknown) else part}}}"
            for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class OpenList:
    """A list that has at least ``items``, at unknown places, and may have more.

    ``rest`` says why the other members are not known.
    """

    items: tuple[Value, ...]
    rest: Unknown


@dataclass(frozen=True, slots=True)
class OpenDict:
    """A mapping that has the ``items`` with their values, and may have more keys.

    ``rest`` says why the other keys are not known. ``others`` are the keys that there may
    be besides, None where it is not known which.
    """

    items: dict[str, Value]
    rest: Unknown
    others: frozenset[str] | None = None

    __hash__ = None  # type: ignore[assignment]

    def may_have(self, key: str) -> bool:
        """Whether there is, or may be, such a key."""
        return key in self.items or self.others is None or key in self.others


Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = Union[
    Scalar, "list[Value]", "dict[str, Value]", Reference, Text, OpenList, OpenDict, Unknown
]

Truth: TypeAlias = bool | Unknown
"""Three-valued: true, false, or unknown for a reason."""


def text(parts: Iterable[str | Reference | Text | Unknown]) -> str | Reference | Text | Unknown:
    """Join pieces of a string into the plainest value that says the same.

    A lone reference or unknown stays what it is, strings alone become a string.
    """
    flat: list[str | Reference | Unknown] = []
    for part in _flatten(parts):
        if isinstance(part, str) and flat and isinstance(flat[-1], str):
            flat[-1] += part
        elif part != "":
            flat.append(part)
    if not flat:
        return ""
    if len(flat) == 1:
        return flat[0]
    return Text(tuple(flat))


def _flatten(parts: Iterable[str | Reference | Text | Unknown]) -> Iterator[str | Reference | Unknown]:
    for part in parts:
        if isinstance(part, Text):
            yield from part.parts
        else:
            yield part


def is_known(value: Value) -> bool:
    """Whether the value holds no unknown, open or partly known member anywhere.

    A reference counts as known: its identity is what it says.
    """
    return first_unknown(value) is None


def first_unknown(value: Value) -> Unknown | None:
    """The first unknown inside a value, in reading order, or None."""
    return next(unknowns(value), None)


def unknowns(value: Value) -> Iterator[Unknown]:
    """Every unknown inside a value, in reading order."""
    if isinstance(value, Unknown):
        yield value
    elif isinstance(value, Text):
        yield from (part for part in value.parts if isinstance(part, Unknown))
    elif isinstance(value, list):
        for item in value:
            yield from unknowns(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from unknowns(item)
    elif isinstance(value, OpenList):
        for item in value.items:
            yield from unknowns(item)
        yield value.rest
    elif isinstance(value, OpenDict):
        for item in value.items.values():
            yield from unknowns(item)
        yield value.rest


def references(value: Value) -> Iterator[Reference]:
    """Every reference inside a value, in reading order."""
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, Text):
        yield from (part for part in value.parts if isinstance(part, Reference))
    elif isinstance(value, list):
        for item in value:
            yield from references(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from references(item)
    elif isinstance(value, OpenList):
        for item in value.items:
            yield from references(item)
    elif isinstance(value, OpenDict):
        for item in value.items.values():
            yield from references(item)


def every(truths: Iterable[Truth]) -> Truth:
    """Three-valued *and*: false if any is false, else the first unknown, else true."""
    unknown: Unknown | None = None
    for truth in truths:
        if truth is False:
            return False
        if unknown is None and isinstance(truth, Unknown):
            unknown = truth
    return True if unknown is None else unknown


def some(truths: Iterable[Truth]) -> Truth:
    """Three-valued *or*: true if any is true, else the first unknown, else false."""
    unknown: Unknown | None = None
    for truth in truths:
        if truth is True:
            return True
        if unknown is None and isinstance(truth, Unknown):
            unknown = truth
    return False if unknown is None else unknown


def negate(truth: Truth) -> Truth:
    """Three-valued *not*."""
    return truth if isinstance(truth, Unknown) else not truth
