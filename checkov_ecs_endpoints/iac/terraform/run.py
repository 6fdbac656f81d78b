"""What all modules of one root share while it is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from checkov_ecs_endpoints.iac.terraform.faults import MEMBERS
from checkov_ecs_endpoints.iac.terraform.limits import LARGER, MAX_DEPTH, MAX_HELD
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.sources import Sources
from checkov_ecs_endpoints.iac.terraform.weights import weight
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location, Reference, Unknown, Why

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.terraform.lookups import Found
    from checkov_ecs_endpoints.iac.terraform.manifest import Installed
    from checkov_ecs_endpoints.iac.terraform.variable_values import VariableFiles

K = TypeVar("K")


class _State(Enum):
    RUNNING = "running"


@dataclass(slots=True, eq=False, repr=False)
class Run:
    """The evaluation of one root: its surroundings, and what it meets on the way."""

    sources: Sources
    root: Path
    variable_files: VariableFiles
    manifest: Mapping[str, Installed]
    workspace: str | None = None
    default_region: str | None = None
    zones: int = 3
    zone_lists: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    found: Mapping[str, Found] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)
    problems: dict[Problem, None] = field(default_factory=dict)
    mentions: dict[tuple[str, str, str], tuple[Reference, ...]] = field(default_factory=dict)
    modules: int = 0
    blocks: int = 0
    held: int = 0
    depth: int = 0
    _told: set[tuple[Location, str]] = field(default_factory=set)

    def problem(self, place: Location, message: str) -> None:
        """Keep a problem, once however often it is met."""
        self.problems[Problem(place.path, place.line, message)] = None

    def settle(
        self, kept: dict[K, Inner], key: K, subject: str, place: Location, compute: Callable[[], Inner]
    ) -> Inner:
        """The value of ``key``, computed once and kept; one that waits for itself is a problem."""
        if key in kept:
            found = kept[key]
            return (
                self._refuse(subject, place, Why.INVALID, "it depends on itself")
                if found is _State.RUNNING
                else found
            )
        if self.depth >= MAX_DEPTH:
            return self._refuse(
                subject, place, Why.LIMIT, f"more than {MAX_DEPTH} values depend on one another"
            )
        kept[key] = _State.RUNNING
        self.depth += 1
        try:
            kept[key] = self._held(compute(), subject, place)
        except RecursionError:
            kept[key] = self._refuse(subject, place, Why.LIMIT, "nested too deeply")
        except Exception as error:
            # A defect of ours must show, and must not take the rest of the scan with it.
            note = f"{type(error).__name__}: {error}"
            self.problems[Problem(place.path, place.line, f"{subject}: {note}", fault=True)] = None
            kept[key] = Unknown(Why.UNSUPPORTED, subject, place, note)
        finally:
            self.depth -= 1
        return kept[key]

    def _held(self, value: Inner, subject: str, place: Location) -> Inner:
        """A value that is to be kept, unless that takes too much memory."""
        if isinstance(value, Unknown):
            if value.why is Why.LIMIT and value.origin is not None:
                self.tell(value.origin, value.subject, value.note)
            return value
        full = self.held > MAX_HELD
        size = weight(value, LARGER if full else MEMBERS)
        if size > MEMBERS:
            return self._refuse(subject, place, Why.LIMIT, f"a value of more than {MEMBERS} members")
        self.held += size if size > LARGER else 0
        if self.held > MAX_HELD and size > LARGER:
            return self._refuse(
                subject, place, Why.LIMIT, f"the values of the root have more than {MAX_HELD} members"
            )
        return value

    def tell(self, place: Location, subject: str, note: str) -> None:
        """Keep what is wrong at a place as a problem, whatever depends on it."""
        if (place, note) not in self._told:
            self._told.add((place, note))
            self.problem(place, f"{subject}: {note}")

    def _refuse(self, subject: str, place: Location, why: Why, note: str) -> Unknown:
        self.tell(place, subject, note)
        return Unknown(why, subject, place, note)
