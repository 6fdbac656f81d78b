"""Making Checkov know the operators: called by the loader beside the policies, many times over."""

from __future__ import annotations

import importlib
import threading
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, cast

import yaml
from checkov.common.checks_infra.checks_parser import operators_to_attributes_solver_classes

from checkov_ecs_endpoints.host.checkov.records import recording
from checkov_ecs_endpoints.host.checkov.request import external_directories
from checkov_ecs_endpoints.host.checkov.solver import EcsSolver, outdated
from checkov_ecs_endpoints.policy_files import operators, policy_paths

_RECORD_BUILDERS = (
    "checkov.terraform.base_runner",
    "checkov.cloudformation.runner",
    "checkov.terraform_json.runner",
)

_lock = threading.Lock()
_seen: set[Path] = set()


def install(directory: Path) -> None:
    """Register the operators that policies use, those of ``directory`` and of all external checks.

    Idempotent and safe across threads: Checkov imports the loader once per runner.
    """
    with _lock:
        for place in (directory, *external_directories()):
            if place not in _seen:
                _seen.add(place)
                _register(place)
        for name in _RECORD_BUILDERS:
            _replace_record(name)


def _register(directory: Path) -> None:
    engine = _engine_version()
    known = cast("dict[str, Any]", operators_to_attributes_solver_classes)
    for path in policy_paths(directory):
        try:
            document = yaml.load(path.read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            metadata, definition = document["metadata"], document["definition"]
            since = str(metadata.get("since", ""))
        except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError):
            continue  # Checkov itself speaks of files that are no policies
        for operator in operators(definition):
            known.setdefault(operator, partial(EcsSolver, operator))
            if engine and _numbers(since) > max(engine, _numbers(outdated.get(operator, ""))):
                outdated[operator] = since


def _replace_record(module_name: str) -> None:
    module = importlib.import_module(module_name)
    if not hasattr(module.Record, "ecs_endpoints"):
        vars(module)["Record"] = recording(module.Record)


def _engine_version() -> tuple[int, ...]:
    """The version of the installed package; none in a checkout, whose policies are of the same state."""
    try:
        return _numbers(version("checkov-ecs-endpoints"))
    except PackageNotFoundError:
        return ()


def _numbers(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split(".")[:3] if part.isdigit())
