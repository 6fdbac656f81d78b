"""What the parameters of templates are given from outside, for each root of the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from checkov_ecs_endpoints.discovery import Tree
from checkov_ecs_endpoints.iac.cloudformation.cloud_assemblies import CloudAssemblies
from checkov_ecs_endpoints.iac.cloudformation.conditions import same
from checkov_ecs_endpoints.iac.cloudformation.parameter_files import ParameterFile, read_parameters
from checkov_ecs_endpoints.iac.cloudformation.templates import Library, Template
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.settings import RootSetting, Settings
from checkov_ecs_endpoints.values import Unknown, Value, Why

_MARKS = (b"ParameterKey", b"Parameters", b"template-file-path")
_LISTED = 3
_LOOKED_INTO = 100_000
"""Bytes of a file that is looked into only because of what it may be."""


@dataclass(frozen=True, slots=True)
class Given:
    """The values given to one template; the files that gave them, and those that could not."""

    values: Mapping[str, Value]
    files: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()


class GivenParameters:
    """The parameter files of a scan, and what they give to each template.

    Those of the command line hold for every template and win over those of the settings;
    what a cloud assembly notes for a stack comes last.
    """

    def __init__(self, tree: Tree, library: Library, settings: Settings, assemblies: CloudAssemblies) -> None:
        self._tree = tree
        self._library = library
        self._assemblies = assemblies
        self._chosen = [path for path in settings.parameter_files if tree.holds(path)]
        self._roots: dict[Path, list[RootSetting]] = {}
        for root in settings.roots:
            path = Path(root.path)
            if path.is_file() and tree.holds(path):
                self._roots.setdefault(path, []).append(root)
        self._files: dict[Path, ParameterFile | Problem] = {}

    @property
    def listed(self) -> tuple[Path, ...]:
        """The templates that the settings list as roots."""
        return tuple(self._roots)

    def names(self) -> list[str]:
        """The names of the roots, "" for what has none first."""
        return ["", *sorted({root.name for roots in self._roots.values() for root in roots} - {""})]

    def has_root(self, path: Path, name: str) -> bool:
        """Whether a template is a root of that name."""
        names = [root.name for root in self._roots.get(path, ())]
        return name in names if names else not name

    def of(self, template: Template, name: str) -> Given:
        """What a template is given as the root ``name``, or as seen by roots of that name.

        A root imports from roots of its own name; where there is none and several others,
        only what all of those agree on is known.
        """
        roots = self._roots.get(template.path, [])
        fitting = [root for root in roots if root.name == name] or roots
        if not fitting:
            return self._given(template, ())
        every = [self._given(template, tuple(map(Path, root.parameter_files))) for root in fitting]
        return every[0] if len(every) == 1 else _agreed(every, [root.name for root in fitting])

    def advice(self, template: Template, parameter: str) -> str:
        """Names a file of the repository that would give a parameter its value, if there is one."""
        declared = template.section("Parameters").keys()
        # CloudFormation refuses values for parameters that a template does not declare.
        files = [
            self._library.relative(file.path)
            for file in self._unchosen
            if parameter in file.values and file.values.keys() <= declared
        ]
        if not files:
            return ""
        listed = ", ".join(files[:_LISTED]) + (", ..." if len(files) > _LISTED else "")
        return (
            f"{listed} would decide it, but nothing chooses that file "
            "(--parameter-file, or `roots` in the settings)"
        )

    def _given(self, template: Template, chosen: tuple[Path, ...]) -> Given:
        declared = template.section("Parameters").keys()
        synthesized = self._assemblies.of(template.path)
        values: dict[str, Value] = dict(synthesized.parameters) if synthesized else {}
        files: set[str] = set()
        problems: list[Problem] = []
        for path in (*chosen, *self._chosen):
            file = self._read(path)
            if isinstance(file, Problem):
                problems.append(file)
            elif declared & file.values.keys():
                values.update({name: file.values[name] for name in declared & file.values.keys()})
            elif path in chosen:
                called = self._library.relative(template.path)
                problems.append(Problem(str(path), 0, f"gives a value to no parameter of {called}"))
            else:
                continue
            files.add(str(path))
        return Given(values, frozenset(files), tuple(problems))

    def _read(self, path: Path) -> ParameterFile | Problem:
        if path not in self._files:
            data = self._library.data(path)
            if data is not None:
                self._files[path] = read_parameters(data, path)
            else:
                held = self._tree.holds(path)
                why = "cannot be read" if held else "lies outside the repository that is scanned"
                self._files[path] = Problem(str(path), 0, why)
        return self._files[path]

    @cached_property
    def _unchosen(self) -> list[ParameterFile]:
        """The files of the tree that are parameter files by their shape, or by shape and name."""
        return list(_parameter_files(self._tree.files, self._library))


def _parameter_files(paths: Iterable[Path], library: Library) -> Iterable[ParameterFile]:
    for path in paths:
        if path.suffix not in (".json", ".yaml", ".yml"):
            continue
        by_name = "param" in library.relative(path).lower()
        data = library.data(path)
        if data is None or len(data) > _LOOKED_INTO or b"AWSTemplateFormatVersion" in data:
            continue
        is_list = data.lstrip()[:1] in (b"[", b"-")
        if by_name or is_list or any(mark in data for mark in _MARKS):
            file = read_parameters(data, path)
            if isinstance(file, ParameterFile) and (by_name or not file.plain):
                yield file


def _agreed(every: list[Given], names: list[str]) -> Given:
    values: dict[str, Value] = {}
    for name in {name for given in every for name in given.values}:
        found = [given.values.get(name) for given in every]
        if all(same(found[0], value) for value in found):
            values[name] = found[0]
        else:
            values[name] = Unknown(
                Why.NO_VALUE, f"parameter {name}", None, f"the roots {' and '.join(names)} differ in it"
            )
    return Given(
        values,
        frozenset(file for given in every for file in given.files),
        tuple(dict.fromkeys(problem for given in every for problem in given.problems)),
    )
