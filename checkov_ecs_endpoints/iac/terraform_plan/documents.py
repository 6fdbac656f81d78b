"""Which files hold a plan or a state as ``terraform show -json`` prints them.

Terraform documentation: JSON Output Format.
"""

from __future__ import annotations

import codecs
import json
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from checkov_ecs_endpoints.discovery import Tree
from checkov_ecs_endpoints.iac.terraform_plan.json_shapes import Json, mapping, string
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location

_BEGINNING = re.compile(r'\s*\{\s*"format_version"')
_ADDRESS = re.compile(r'"address"\s*:\s*("(?:[^"\\]|\\.)*")')
_MAJOR = "1."
"""Of the format; "we will increment the major version for a change that is not compatible"."""
_BEFORE = "0."
"""What Terraform before 1.1 wrote; the members read here were the same."""


@dataclass(frozen=True)
class Document:
    """A plan, or a state: ``content`` is what it says, ``text`` how it is written."""

    path: Path
    text: str
    content: Mapping[str, Json]

    @property
    def is_plan(self) -> bool:
        """Whether it is a plan; otherwise it is a state."""
        return "planned_values" in self.content

    def place(self, address: str) -> Location:
        """Where a resource is written: the line of its address, 1 in a file of a single line."""
        return Location(self.path.as_posix(), self._lines.get(address, 1))

    @cached_property
    def _lines(self) -> Mapping[str, int]:
        ends = [match.start() for match in re.finditer("\n", self.text)]
        if not ends:
            return {}
        start = max(self.text.find('"planned_values"'), 0)
        found: dict[str, int] = {}
        for match in (*_ADDRESS.finditer(self.text, start), *_ADDRESS.finditer(self.text, 0, start)):
            found.setdefault(json.loads(match[1]), bisect_right(ends, match.start()) + 1)
        return found


def find(tree: Tree) -> tuple[list[Document], list[Problem]]:
    """The plans and states at or below the targets, and files that begin as one and are none."""
    documents: list[Document] = []
    problems: list[Problem] = []
    for path in tree.files:
        if path.suffix == ".json" and tree.targeted(path):
            found = _document(path)
            if isinstance(found, Document):
                documents.append(found)
            elif found is not None:
                problems.append(found)
    return documents, problems


def _document(path: Path) -> Document | Problem | None:
    try:
        raw = path.read_bytes()
    except OSError:
        return None  # The readers of other languages want it too, and say so.
    text = _decoded(raw)
    if text is None:
        return None
    try:
        content: Json = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        return _unreadable(path, text, line, f"the plan cannot be read: {error}")
    except RecursionError:
        return _unreadable(path, text, 0, "the plan cannot be read: it is nested too deep")
    said = mapping(content)
    version = string(said.get("format_version"))
    values = said.get("planned_values", said.get("values"))
    if not version or not isinstance(values, dict):
        return None
    if not version.startswith((_MAJOR, _BEFORE)):
        return Problem(path.as_posix(), 0, f"version {version} of the format of plans is not known")
    if said.get("errored") is True:
        return Problem(path.as_posix(), 0, "the plan is of a run that failed: it holds only a part")
    return Document(path, text, said)


def _decoded(raw: bytes) -> str | None:
    """The text, where it may be a plan; PowerShell writes what a command prints as UTF-16."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = raw.decode("utf-16", errors="replace")
        may_be = '"format_version"' in text and ('"planned_values"' in text or '"values"' in text)
        return text if may_be else None
    if b'"format_version"' not in raw or not (b'"planned_values"' in raw or b'"values"' in raw):
        return None
    return raw.decode("utf-8-sig", errors="replace")


def _unreadable(path: Path, text: str, line: int, message: str) -> Problem | None:
    return Problem(path.as_posix(), line, message) if _BEGINNING.match(text) else None
