"""Which files are templates, and the sections of a template.

A file counts as a template when it says so: ``AWSTemplateFormatVersion``, or ``Resources``
with ``AWS::`` types, even if it does not parse. Everything else passes silently.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from checkov_ecs_endpoints.discovery import Tree
from checkov_ecs_endpoints.iac.cloudformation.nodes import (
    Entry,
    Mapping,
    Node,
    Sequence,
    members_of,
    text_of,
)
from checkov_ecs_endpoints.iac.cloudformation.syntax import SyntaxProblem, parse
from checkov_ecs_endpoints.results import Problem

SUFFIXES: Final = (".yaml", ".yml", ".json", ".template")

MAX_BYTES: Final = 4_000_000
"""Beyond CloudFormation's own limit of 1 MB for a template in S3 (user guide, "Quotas")."""

_VERSION: Final = b"AWSTemplateFormatVersion"
_YAML_KEYS: Final = (
    re.compile(rb"""^["']?AWSTemplateFormatVersion["']?[ \t]*:""", re.MULTILINE),
    # Not a list: the resources of CodeDeploy's AppSpec files are one, of the same types.
    re.compile(rb"""^["']?Resources["']?[ \t]*:(?!\s*(?:#[^\n]*\n\s*)*-[ \t])""", re.MULTILINE),
    re.compile(rb"""^[ \t]+["']?Type["']?[ \t]*:[ \t]*["']?AWS::""", re.MULTILINE),
)
_JSON_KEYS: Final = (
    re.compile(rb'[{,]\s*"AWSTemplateFormatVersion"\s*:'),
    re.compile(rb'[{,]\s*"Resources"\s*:\s*\{'),
    re.compile(rb'[{,]\s*"Type"\s*:\s*"AWS::'),
)
_LINK_MARKS: Final = (
    b"AWS::CloudFormation::Stack",
    b"AWS::Serverless::Application",
    b"Export",
    b"ImportValue",
)
_GENERATOR_MARKS: Final = re.compile(rb"\{%|\{\{(?!resolve:)|<%")


@dataclass(frozen=True, slots=True)
class Template:
    """A template as written, section by section (user guide, "Template sections")."""

    path: Path
    body: Mapping
    size: int

    def section(self, name: str) -> MappingType[str, Entry]:
        """The members of a section, as far as it is a mapping."""
        return members_of(self.body.get(name))

    @property
    def transforms(self) -> tuple[str, ...]:
        """The names of the macros of the ``Transform`` section, in order."""
        found = self.body.get("Transform")
        nodes = found.items if isinstance(found, Sequence) else (found,)
        names = (
            text_of(members_of(node)["Name"].value) if "Name" in members_of(node) else text_of(node)
            for node in nodes
        )
        return tuple(name for name in names if name is not None)


class Library:
    """The templates of one tree, each read once, when it is asked for."""

    def __init__(self, tree: Tree, passed_over: Collection[Path] = ()) -> None:
        self._tree = tree
        self._read: dict[Path, Template | Problem | None] = {}
        self.paths = tuple(
            path for path in tree.files if path.name.endswith(SUFFIXES) and path not in passed_over
        )

    def template(self, path: Path) -> Template | None:
        """The template in a file inside the boundary, or None."""
        found = self._load(path)
        return found if isinstance(found, Template) else None

    def problem(self, path: Path) -> Problem | None:
        """What is wrong with a file that claims to be a template."""
        found = self._load(path)
        return found if isinstance(found, Problem) else None

    def fragment(self, path: Path) -> Node | Problem | None:
        """Any YAML or JSON file inside the boundary (``AWS::Include``), or None."""
        data = self.data(path)
        if data is None or len(data) > MAX_BYTES:
            return None
        try:
            return parse(data, str(path))
        except SyntaxProblem as problem:
            return Problem(str(path), problem.line, problem.message)

    def data(self, path: Path) -> bytes | None:
        """The bytes of a file inside the boundary, or None."""
        if not self._tree.holds(path) or not path.is_file():
            return None
        try:
            return path.read_bytes()
        except OSError:
            return None

    def links_stacks(self, path: Path) -> bool:
        """Whether a file may be about other stacks: nest them, export to them or import."""
        data = self.data(path)
        return data is not None and any(mark in data for mark in _LINK_MARKS)

    def unread(self, words: Iterable[str]) -> list[Path]:
        """The files that claim to be templates, cannot be read, and export with one of the words."""
        sought = [word.encode() for word in words]
        return [path for path, data in self._unread_exporters if any(word in data for word in sought)]

    @cached_property
    def _unread_exporters(self) -> list[tuple[Path, bytes]]:
        exporters = ((path, self.data(path) or b"") for path in self.paths)
        return [(path, data) for path, data in exporters if b"Export" in data and self.problem(path)]

    def relative(self, path: Path) -> str:
        """A path from the boundary, with ``/``; whole if it lies outside."""
        inside = path.is_relative_to(self._tree.boundary)
        return (path.relative_to(self._tree.boundary) if inside else path).as_posix()

    def _load(self, path: Path) -> Template | Problem | None:
        if path not in self._read:
            data = self.data(path)
            self._read[path] = None if data is None else read_template(data, path)
        return self._read[path]


def read_template(data: bytes, path: Path) -> Template | Problem | None:
    """The template that ``data`` is; a Problem if it only claims to be one; None if it does not."""
    if _VERSION not in data and not (b"AWS::" in data and b"Resources" in data):
        return None
    if len(data) > MAX_BYTES:
        message = f"larger than {MAX_BYTES} bytes; CloudFormation takes templates of at most 1 MB"
        return Problem(str(path), 0, message) if _claims(data) else None
    try:
        body = parse(data, str(path))
    except SyntaxProblem as problem:
        if not _claims(data):
            return None
        hint = (
            "; it has marks of a generator, scan what it generates" if _GENERATOR_MARKS.search(data) else ""
        )
        return Problem(str(path), problem.line, f"{problem.message}{hint}")
    if not isinstance(body, Mapping) or not _is_template(body):
        return None
    resources = body.get("Resources")
    if resources is not None and not isinstance(resources, Mapping):
        return Problem(str(path), resources.line, "Resources is not a mapping")
    return Template(path, body, len(data))


def _is_template(body: Mapping) -> bool:
    if "AWSTemplateFormatVersion" in body.entries:
        return True
    resources = members_of(body.get("Resources"))
    types = (members_of(entry.value).get("Type") for entry in resources.values())
    # Loops and includes among the resources are CloudFormation's alone.
    return any(key.startswith("Fn::") for key in resources) or any(
        (text_of(kind.value) or "").startswith("AWS::") for kind in types if kind is not None
    )


def _claims(data: bytes) -> bool:
    """Whether a text that cannot be parsed calls itself a template."""
    is_json = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    version, resources, typed = _JSON_KEYS if is_json else _YAML_KEYS
    if version.search(data):
        return True
    # One search after the other: a single pattern over both would be quadratic.
    section = resources.search(data)
    return section is not None and typed.search(data, section.end()) is not None
