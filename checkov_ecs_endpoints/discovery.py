"""Which files there are: the boundary of a scan and one walk of what lies inside it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

SUFFIXES = (".tf", ".tofu", ".tfvars", ".json", ".yaml", ".yml", ".template", ".hcl")
"""Endings of files that any front end may want to look at."""

PASSED_OVER = frozenset({".git", ".terraform", ".terragrunt-cache", "node_modules", ".venv", "__pycache__"})
"""Directories that hold no configuration of the repository's own."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The files of one boundary, and the paths in it that are asked about.

    All paths are absolute and resolved; ``files`` are sorted. Nothing outside
    ``boundary`` is ever read (design 3, boundary): ``leading_out`` are links that lead there.
    """

    boundary: Path
    targets: tuple[Path, ...]
    files: tuple[Path, ...]
    leading_out: tuple[Path, ...] = ()

    def holds(self, path: Path) -> bool:
        """Whether a path, links followed, lies inside the boundary."""
        return path.resolve().is_relative_to(self.boundary)

    def targeted(self, path: Path) -> bool:
        """Whether a path is one of the targets or lies below one."""
        return any(path == target or path.is_relative_to(target) for target in self.targets)


def boundary_of(path: Path) -> Path:
    """The nearest directory at or above ``path`` that has ``.git``, else the path's own directory."""
    start = path if path.is_dir() else path.parent
    for directory in (start, *start.parents):
        if (directory / ".git").exists():
            return directory
    return start


def plant(paths: list[Path], root: Path | None = None) -> list[Tree]:
    """One tree per boundary for the given paths, each walked once.

    Raises FileNotFoundError for a path that does not exist, and ValueError for one
    outside ``root`` when that is given.
    """
    grouped: dict[Path, list[Path]] = {}
    for path in paths:
        resolved = path.resolve(strict=True)
        boundary = root.resolve(strict=True) if root else boundary_of(resolved)
        if not resolved.is_relative_to(boundary):
            raise ValueError(f"{path} lies outside {root}")
        grouped.setdefault(boundary, []).append(resolved)
    return [_planted(boundary, targets) for boundary, targets in sorted(grouped.items())]


def _planted(boundary: Path, targets: list[Path]) -> Tree:
    found = _walk(boundary, targets)
    outside = tuple(
        path for path in found if path.is_symlink() and not path.resolve().is_relative_to(boundary)
    )
    files = tuple(path for path in found if path not in outside) if outside else tuple(found)
    return Tree(boundary, tuple(sorted(set(targets))), files, outside)


def _walk(boundary: Path, targets: list[Path]) -> list[Path]:
    """The files inside; what is passed over elsewhere is walked where it is asked about."""

    def entered(directory: str, name: str) -> bool:
        return name not in PASSED_OVER or any(
            target.is_relative_to(Path(directory, name)) for target in targets
        )

    found: list[Path] = []
    for directory, subdirectories, names in os.walk(boundary):
        subdirectories[:] = sorted(name for name in subdirectories if entered(directory, name))
        found.extend(Path(directory, name) for name in names if name.endswith(SUFFIXES))
    return sorted(found)
