"""Cloud assemblies: what ``cdk synth`` writes into ``cdk.out``.

An assembly has a ``manifest.json`` that lists its stacks, each with its template, its
environment and the values of its parameters, and nested assemblies, one for each stage
(CDK reference, ``cloud_assembly_schema``: AssemblyManifest, AwsCloudFormationStackProperties,
NestedCloudAssemblyProperties).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from checkov_ecs_endpoints.results import Problem

MANIFEST: Final = "manifest.json"
MAX_BYTES: Final = 50_000_000
"""A manifest holds a trace for every resource when the CDK is told to."""

_STACK: Final = "aws:cloudformation:stack"
_NESTED: Final = "cdk:cloud-assembly"
_TREE: Final = "cdk:tree"
_MARKS: Final = (_STACK.encode(), _NESTED.encode())


@dataclass(frozen=True, slots=True)
class SynthesizedStack:
    """A stack of an assembly.

    ``assembly`` is the directory of the outermost assembly, ``environment`` the account and
    the Region as ``aws://ACCOUNT/REGION``, ``region`` a name where that is known.
    """

    assembly: Path
    environment: str
    region: str | None
    parameters: Mapping[str, str]


class CloudAssemblies:
    """The assemblies among some files, and the stacks in them by their template."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.problems: list[Problem] = []
        self.trees: set[Path] = set()
        self._stacks: dict[Path, SynthesizedStack] = {}
        manifests = {
            path.parent: artifacts
            for path in files
            if path.name == MANIFEST and (artifacts := self._artifacts(path)) is not None
        }
        nested = {
            directory / found
            for directory, artifacts in manifests.items()
            for found in _named(artifacts, _NESTED, "directoryName")
        }
        for directory in manifests:
            if directory not in nested:
                self._add(directory, directory, manifests)

    def of(self, template: Path) -> SynthesizedStack | None:
        """The stack that a template was synthesized for."""
        return self._stacks.get(template)

    def together(self, template: Path, other: Path) -> bool:
        """Whether two templates are of one assembly, and deployed to one environment."""
        one, two = self.of(template), self.of(other)
        return (
            one is not None
            and two is not None
            and (one.assembly, one.environment) == (two.assembly, two.environment)
        )

    def _add(self, assembly: Path, directory: Path, manifests: dict[Path, list[dict[str, Any]]]) -> None:
        # Taken out, so that assemblies which nest each other come to an end.
        artifacts = manifests.get(directory, [])
        manifests[directory] = []
        for artifact in artifacts:
            properties = artifact.get("properties")
            if artifact.get("type") == _STACK and isinstance(properties, dict):
                name = properties.get("templateFile")
                if isinstance(name, str):
                    self._stacks[directory / name] = _stack(assembly, artifact, properties)
        self.trees |= {directory / found for found in _named(artifacts, _TREE, "file")}
        for found in _named(artifacts, _NESTED, "directoryName"):
            self._add(assembly, directory / found, manifests)

    def _artifacts(self, path: Path) -> list[dict[str, Any]] | None:
        """The artifacts of a manifest; None for a file of that name that is another thing."""
        try:
            if path.stat().st_size > MAX_BYTES:
                return None
            data = path.read_bytes()
            if not any(mark in data for mark in _MARKS):
                return None
            document = json.loads(data)
        except json.JSONDecodeError as error:
            self.problems.append(Problem(str(path), error.lineno, f"not valid JSON: {error.msg}"))
            return None
        except (OSError, UnicodeDecodeError, RecursionError):
            return None
        artifacts = document.get("artifacts") if isinstance(document, dict) else None
        if not isinstance(artifacts, dict):
            return None
        return [artifact for artifact in artifacts.values() if isinstance(artifact, dict)]


def _named(artifacts: list[dict[str, Any]], kind: str, key: str) -> Iterator[str]:
    """A property of all artifacts of a type."""
    for artifact in artifacts:
        properties = artifact.get("properties")
        if artifact.get("type") == kind and isinstance(properties, dict):
            value = properties.get(key)
            if isinstance(value, str):
                yield value


def _stack(assembly: Path, artifact: dict[str, Any], properties: dict[str, Any]) -> SynthesizedStack:
    environment = str(artifact.get("environment", ""))
    region = environment.rpartition("/")[2]
    parameters = properties.get("parameters")
    return SynthesizedStack(
        assembly,
        environment,
        region if region and region != "unknown-region" else None,
        {
            name: value
            for name, value in (parameters.items() if isinstance(parameters, dict) else ())
            if isinstance(value, str)
        },
    )
