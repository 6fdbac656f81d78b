"""Why an expression has no value, as exceptions on the way to the place that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checkov_ecs_endpoints.values import Unknown

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.terraform.kinds import Type

MEMBERS = 100_000
"""How many members a value may have, at all depths."""

ROUNDS = 20_000
"""How many rounds the loops of one expression may take."""

CHARACTERS = 8_000_000
"""How long a text may become."""


class Fault(Exception):
    """An expression has no known value."""


class Invalid(Fault):
    """Terraform would report an error; the message completes the story in plain words.

    ``kind`` is the type that the value would have had, None where it is not known: the
    branch of a conditional that is not taken decides the type with it all the same.
    """

    kind: Type | None = None


class Undecided(Fault):
    """The answer depends on something that is not known."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(str(unknown))
        self.unknown = unknown


class Beyond(Fault):
    """Terraform may have an answer, but finding it is past the limits of a scan."""


class Outside(Fault):
    """The answer is in a file outside the repository."""


class Unsupported(Fault):
    """Terraform has an answer that this version does not work out."""


def bounded(count: int) -> int:
    """``count``, unless a collection may not have so many members."""
    if count > MEMBERS:
        raise Beyond(f"more than {MEMBERS} members")
    return count


def bounded_text(length: int) -> int:
    """``length``, unless a text may not be that long."""
    if length > CHARACTERS:
        raise Beyond(f"a text of more than {CHARACTERS} characters")
    return length
