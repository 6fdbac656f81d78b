"""What Checkov was asked to do, as far as it tells: paths, var files, outputs, selected policies."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from checkov.common.bridgecrew.integration_features.integration_feature_registry import (
    integration_feature_registry,
)
from checkov.common.graph.checks_infra.base_check import BaseGraphCheck
from checkov.runner_filter import RunnerFilter

from checkov_ecs_endpoints.values import Location


@dataclass(frozen=True, slots=True)
class Request:
    """What to scan: directories and files, the var files that hold for them, and the sources of plans.

    The last is what ``--repo-root-for-plan-enrichment`` names.
    """

    paths: tuple[Path, ...]
    var_files: tuple[Path, ...] = ()
    plan_sources: Path | None = None

    def relative(self, path: str) -> str:
        """A path as people know it: from the scanned directory that holds it, with ``/``."""
        homes = [home if home.is_dir() else home.parent for home in self.paths]
        holding = [home for home in homes if Path(path).is_relative_to(home)]
        home = max(holding or homes[:1], key=lambda found: len(found.parts), default=None)
        if home is None:
            return path
        try:
            return Path(os.path.relpath(path, home)).as_posix()
        except ValueError:  # another drive
            return path

    def place(self, location: Location) -> str:
        """File and line of a location."""
        return f"{self.relative(location.path)}:{location.line}"


def request(directories: Callable[[], Iterable[str]]) -> Request:
    """The request of this run; without a command line the ``directories`` of the graph tell it."""
    config = _config()
    given = [*_listed(config, "directory"), *_listed(config, "file")]
    if not given:
        given = _homes(sorted(directories()))
    paths = dict.fromkeys(Path(resolved(path)) for path in given if Path(path).exists())
    sources = [Path(path).resolve() for path in _listed(config, "repo_root_for_plan_enrichment")]
    return Request(
        paths=tuple(paths),
        var_files=tuple(Path(path).resolve() for path in _listed(config, "var_file")),
        plan_sources=next((path for path in sources if path.is_dir()), None),
    )


def _homes(directories: list[str]) -> list[str]:
    """The directory that holds all of them, unless that is the whole file system."""
    try:
        common = os.path.commonpath(directories)
    except ValueError:  # none, or several drives
        return directories
    return directories if Path(common) == Path(Path(common).anchor) else [common]


@lru_cache(maxsize=4096)
def resolved(path: str) -> str:
    """An absolute path with links followed and ``/``, as locations have it."""
    return Path(os.path.realpath(path)).as_posix()


def external_directories() -> list[Path]:
    """The directories of external checks, in the order in which Checkov loads them."""
    return [Path(path).expanduser() for path in _listed(_config(), "external_checks_dir")]


def writes_sarif() -> bool:
    """Whether SARIF is among the outputs, where ``details`` would make the file invalid."""
    return "sarif" in _listed(_config(), "output")


def leaves_out(path: str) -> bool:
    """Whether ``--skip-path`` names a file, by the rules of Checkov's ``filter_ignored_paths``."""
    for pattern in _listed(_config(), "skip_path"):
        try:
            matcher = re.compile(re.escape(pattern) if re.match(r"^\.[^.]", pattern) else pattern)
        except re.error:
            continue
        if matcher.search(path) or pattern in path:
            return True
    return False


def selected(checks: Iterable[BaseGraphCheck]) -> list[BaseGraphCheck]:
    """The checks that ``--check`` and ``--skip-check`` leave to run."""
    config = _config()
    chosen = RunnerFilter(
        checks=_listed(config, "check"),
        skip_checks=_listed(config, "skip_check"),
        all_external=bool(getattr(config, "run_all_external_checks", False)),
    )
    return [check for check in checks if chosen.should_run_check(check)]


def _config() -> Namespace | None:
    return integration_feature_registry.config


def _listed(config: Namespace | None, name: str) -> list[str]:
    return [str(item) for item in getattr(config, name, None) or []]
