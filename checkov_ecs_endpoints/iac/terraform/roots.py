"""Which directories are Terraform roots, and which of them a scan is about (design 3, roots)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checkov_ecs_endpoints.discovery import Tree
from checkov_ecs_endpoints.iac.terraform.declarations import LOCK_FILE, Declarations, is_configuration
from checkov_ecs_endpoints.iac.terraform.sources import Sources
from checkov_ecs_endpoints.settings import RootSetting, Settings


@dataclass(frozen=True, slots=True)
class Root:
    """A directory to evaluate as Terraform would if it ran there."""

    directory: Path
    setting: RootSetting | None = None


def find(sources: Sources, settings: Settings) -> list[Root]:
    """The roots at or below a target, or that call a module at or below a target.

    A directory that the settings list counts as a root too, once for each of its entries.
    """
    tree = sources.tree
    directories = sources.directories
    present = set(directories)
    calls = {directory: sources.called(directory) & present for directory in directories}
    named: dict[Path, list[RootSetting]] = {}
    for setting in settings.roots:
        named.setdefault((tree.boundary / setting.path).resolve(), []).append(setting)
    aimed = {directory for directory in directories if _is_aimed_at(tree, directory)}
    found: list[Root] = []
    for directory in sorted({*_top(calls), *(named.keys() & present)}):
        if aimed & _reached(calls, directory):
            found.extend(Root(directory, setting) for setting in named.get(directory, [None]))
    return found


def is_library(sources: Sources, declarations: Declarations) -> bool:
    """Whether only a caller can give a root its values.

    That is: neither provider, backend, cloud block, tfvars nor lock file, and a variable
    without default.
    """
    if declarations.providers or declarations.has_state:
        return False
    names = [path.name for path in sources.beside(declarations.directory)]
    if LOCK_FILE in names or any(name.endswith((".tfvars", ".tfvars.json")) for name in names):
        return False
    return any("default" not in block.body.attributes for block in declarations.variables.values())


def _is_aimed_at(tree: Tree, directory: Path) -> bool:
    if tree.targeted(directory):
        return True
    return any(target.parent == directory and is_configuration(target.name) for target in tree.targets)


def _top(calls: Mapping[Path, set[Path]]) -> set[Path]:
    """The directories that none other calls; of a ring of callers, the first by name."""
    called = {other for directory, others in calls.items() for other in others if other != directory}
    top = {directory for directory in calls if directory not in called}
    seen: set[Path] = set()
    for directory in top:
        seen |= _reached(calls, directory)
    for directory in sorted(calls):
        if directory not in seen:
            top.add(directory)
            seen |= _reached(calls, directory)
    return top


def _reached(calls: Mapping[Path, set[Path]], start: Path) -> set[Path]:
    seen = {start}
    waiting = [start]
    while waiting:
        for other in calls[waiting.pop()]:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen
