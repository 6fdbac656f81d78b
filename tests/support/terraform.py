"""Terraform written in a test, read as the pipeline reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from checkov_ecs_endpoints.discovery import plant
from checkov_ecs_endpoints.iac import terraform
from checkov_ecs_endpoints.iac.configuration import Configuration, Resource
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Location, Value


@dataclass(frozen=True)
class Reading:
    """What was read of the files below a directory."""

    directory: Path
    configurations: list[Configuration]
    problems: list[Problem]

    @property
    def configuration(self) -> Configuration:
        """The only configuration."""
        (only,) = self.configurations
        return only

    @property
    def resources(self) -> dict[str, Resource]:
        """The resources of the only configuration by id."""
        return {resource.id: resource for resource in self.configuration.resources}

    @property
    def roots(self) -> list[str]:
        """The roots, relative to the directory."""
        return [Path(one.root).relative_to(self.directory).as_posix() for one in self.configurations]

    def value(self, resource: str, attribute: str = "input") -> Value:
        """An attribute of a resource, None where it is not set."""
        return self.resources[resource].attributes.get(attribute)

    def complaints(self) -> list[tuple[str, int, str]]:
        """The problems, with paths relative to the directory."""
        return [
            (Path(one.path).relative_to(self.directory).as_posix(), one.line, one.message)
            for one in self.problems
        ]

    def at(self, path: str, line: int, end: int = 0) -> Location:
        """A place in one of the files."""
        return Location((self.directory / path).as_posix(), line, end)


def read(
    directory: Path,
    files: Mapping[str, str],
    settings: Settings | None = None,
    targets: tuple[str, ...] = ("",),
) -> Reading:
    """Write the files below a directory and read it, as a boundary of its own."""
    directory = directory.resolve()
    for name, source in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(source).lstrip("\n"), encoding="utf-8")
    (tree,) = plant([directory / target for target in targets], directory)
    configurations, problems = terraform.read(tree, settings or Settings())
    return Reading(directory, configurations, problems)
