"""The Terraform files of a boundary, each read and parsed once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from checkov_ecs_endpoints.discovery import Tree
from checkov_ecs_endpoints.iac.terraform.declarations import (
    Declarations,
    declare,
    is_configuration,
    loaded,
)
from checkov_ecs_endpoints.iac.terraform.json_files import parse_json
from checkov_ecs_endpoints.iac.terraform.literals import literal
from checkov_ecs_endpoints.iac.terraform.syntax import Body, File, parse
from checkov_ecs_endpoints.results import Problem

_MODULE = re.compile(rb"\bmodule\b")


def is_local(source: str) -> bool:
    """Whether a module source is a path (Terraform documentation: Module Sources, Local Paths).

    Terraform copies what an absolute path names when it initializes, which changes nothing in it.
    """
    return source.startswith(("./", "../")) or source in (".", "..") or Path(source).is_absolute()


class Sources:
    """Directories with Terraform files, and what they declare."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self._names: dict[Path, list[Path]] = defaultdict(list)
        for path in sorted((*tree.files, *tree.leading_out)):
            self._names[path.parent].append(path)
        self._files: dict[Path, File] = {}
        self._declared: dict[Path, Declarations] = {}

    @property
    def directories(self) -> list[Path]:
        """The directories that hold Terraform configuration, sorted."""
        return sorted(filter(self.holds_configuration, self._names))

    def beside(self, directory: Path) -> list[Path]:
        """The files directly in a directory, of any kind, also links that lead out of the boundary."""
        known = self._names.get(directory)
        if known is None:
            # Not part of the walk, for example a module below `.terraform`.
            readable = directory.is_dir() and self.tree.holds(directory)
            known = sorted(filter(Path.is_file, directory.iterdir())) if readable else []
            self._names[directory] = known
        return known

    def holds_configuration(self, directory: Path) -> bool:
        """Whether a directory has Terraform files."""
        return any(is_configuration(path.name) for path in self.beside(directory))

    def below(self, directory: Path, suffixes: tuple[str, ...]) -> list[Path]:
        """The files with one of the suffixes in a directory and its sub-folders, sorted."""
        return [
            path for path in self.tree.files if path.name.endswith(suffixes) and directory in path.parents
        ]

    def file(self, path: Path) -> File:
        """One parsed file; a file that cannot be read has one problem and no blocks."""
        found = self._files.get(path)
        if found is None:
            found = self.parsed(path, parse_json if path.name.endswith(".json") else parse)
            self._files[path] = found
        return found

    def parsed(self, path: Path, parser: Callable[[Path, bytes], File]) -> File:
        """A file as a parser has it; one that cannot be read has one problem and no blocks."""
        if self.leads_out(path):
            return _unread(path, "a link that leads out of the repository is not read")
        try:
            source = path.read_bytes()
        except OSError as error:
            return _unread(path, f"cannot be read: {error.strerror}")
        return parser(path, source)

    def leads_out(self, path: Path) -> bool:
        """Whether a file is a link out of the boundary."""
        return path.is_symlink() and not self.tree.holds(path)

    def declarations(self, directory: Path) -> Declarations:
        """What the files of a directory declare together."""
        found = self._declared.get(directory)
        if found is None:
            found = declare(directory, map(self.file, loaded(self.beside(directory))))
            self._declared[directory] = found
        return found

    def called(self, directory: Path) -> set[Path]:
        """The directories that the module calls of a directory name, inside the boundary."""
        found: set[Path] = set()
        for path in loaded(self.beside(directory)):
            for source in self._module_sources(path):
                called = (directory / source).resolve()
                if called.is_relative_to(self.tree.boundary):
                    found.add(called)
        return found

    def _module_sources(self, path: Path) -> list[str]:
        try:
            # Most files call no module, and need not be parsed to say so.
            if path not in self._files and (self.leads_out(path) or not _MODULE.search(path.read_bytes())):
                return []
        except OSError:
            return []
        sources = [
            literal(block.body.attributes["source"].expression)
            for block in self.file(path).body.blocks
            if block.type == "module" and "source" in block.body.attributes
        ]
        return [source for source in sources if source is not None and is_local(source)]


def _unread(path: Path, message: str) -> File:
    return File(path, Body({}, ()), (Problem(path.as_posix(), 0, message),))
