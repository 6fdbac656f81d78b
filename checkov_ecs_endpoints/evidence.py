"""Evidence: the steps that lead from a workload to a verdict, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checkov_ecs_endpoints.values import Location


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of evidence, about one resource, at one place.

    ``resource`` is the address of the resource the sentence is about, or "" where it is
    about an absence; ``location`` is None where there is no line to point at.
    """

    text: str
    resource: str = ""
    location: Location | None = None

    def __str__(self) -> str:
        return f"{self.text} ({self.location})" if self.location else self.text


@dataclass(frozen=True, slots=True)
class Source:
    """Where a thing of the model is written down.

    ``address`` is the resource that declares it, as people know it; ``location`` its
    block; ``lines`` the places of single fields, by the model's field name.
    """

    address: str
    location: Location
    lines: Mapping[str, Location] = field(default_factory=dict, compare=False)

    def at(self, name: str = "") -> Location:
        """The place of one field of the model, or of the whole thing."""
        return self.lines.get(name, self.location)

    def step(self, sentence: str, name: str = "") -> Step:
        """A step of evidence about this thing, pointing at the field ``name`` if given."""
        return Step(sentence, self.address, self.at(name))
