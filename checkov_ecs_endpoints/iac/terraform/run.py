"""What all modules of one root share while it is evaluated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from checkov_ecs_endpoints.iac.terraform.limits import MAX_DEPTH
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.sources import Sources
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location, Unknown, Why

if TYPE_CHECKING:
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
    secrets: set[str] = field(default_factory=set)
    problems: dict[Problem, None] = field(default_factory=dict)
    modules: int = 0
    depth: int = 0

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
            kept[key] = compute()
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

    def _refuse(self, subject: str, place: Location, why: Why, note: str) -> Unknown:
        self.problem(place, f"{subject}: {note}")
        return Unknown(why, subject, place, note)
