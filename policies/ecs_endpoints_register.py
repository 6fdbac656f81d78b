"""What Checkov imports from this directory: it makes the operators of the policies known.

Checkov passes over a graph check that it cannot run, without a word and with exit code 0. So
where the engine (the package checkov-ecs-endpoints) cannot be loaded, each of its operators is
registered as a stub that fails, and the records of the stubs name the command that mends it.
Nothing here raises, and nothing heavy is imported: Checkov runs this once per runner.
"""

from __future__ import annotations

import importlib
import json
import threading
from functools import wraps
from pathlib import Path
from typing import Any

FAULT_ID = "ECSNET_999"
FAULT_NAME = "ECS endpoint policies could be applied"
REMEDY = "pip install --upgrade checkov-ecs-endpoints"
RECORD_BUILDERS = (
    "checkov.terraform.base_runner",
    "checkov.cloudformation.runner",
    "checkov.terraform_json.runner",
)


def register() -> None:
    """Register the engine's operators, or stubs that fail in their place."""
    try:
        from checkov_ecs_endpoints.host.checkov.install import install

        install(Path(__file__).resolve().parent)
    except (Exception, SystemExit) as error:
        stand_in(f"{type(error).__name__}: {error}")


def stand_in(reason: str) -> None:
    """Register a stub for every operator of the policies, and show its records as ECSNET_999."""
    from checkov.common.checks_infra import checks_parser
    from checkov.common.checks_infra.solvers.attribute_solvers.base_attribute_solver import (
        BaseAttributeSolver,
    )
    from networkx import DiGraph  # type: ignore[import-untyped]

    class Stub(BaseAttributeSolver):
        """Fails the first resource that the policy is about, or else the first module call."""

        def run(self, graph_connector: Any) -> tuple[list[Any], list[Any], list[Any]]:
            """Checkov asks this of a condition that stands alone, before it builds any record."""
            shown.clear()
            is_networkx = isinstance(graph_connector, DiGraph)
            nodes = graph_connector.nodes(data=True) if is_networkx else graph_connector.nodes()
            vertices = [vertex for _, vertex in nodes]
            own = [vertex for vertex in vertices if self.resource_type_pred(vertex, self.resource_types)]
            calls = [vertex for vertex in vertices if is_module_call(vertex)]
            first = sorted(own or calls, key=printed)[:1]
            return [], [dict(vertex) for vertex in first], []

        def get_operation(self, vertex: Any) -> bool:
            """Checkov asks this inside ``and``, ``or`` and ``not``."""
            shown.clear()
            return False

        def _get_operation(self, *args: Any, **kwargs: Any) -> Any:
            return False

    shown: set[tuple[str, str]] = set()
    operators, checks = declared()
    # Runners may be threads, and each of them runs this file anew: the lock is kept elsewhere.
    with vars(checks_parser).setdefault("ecs_endpoints_lock", threading.Lock()):
        for operator in operators:
            checks_parser.operators_to_attributes_solver_classes.setdefault(operator, Stub)
        for name in RECORD_BUILDERS:
            module = importlib.import_module(name)
            if not hasattr(module.Record, "ecs_endpoints"):
                vars(module)["Record"] = failing(module.Record, checks, shown, reason)


def printed(vertex: Any) -> tuple[str, str]:
    """File and resource of a vertex, so that the first one is the same in every run."""
    return str(vertex.get("file_path_")), str(vertex.get("__address__") or vertex.get("id_"))


def is_module_call(vertex: Any) -> bool:
    """Whether a vertex is a module call of Terraform."""
    return (vertex.get("source_"), vertex.get("block_type_")) == ("Terraform", "module")


def declared() -> tuple[set[str], set[str]]:
    """The operators of ours that policies use, and the ids of these policies."""
    import yaml

    operators: set[str] = set()
    checks: set[str] = set()
    for directory in (Path(__file__).resolve().parent, *external_directories()):
        for path in directory.rglob("*"):
            if path.suffix in (".yaml", ".yml", ".json"):
                try:
                    document = yaml.safe_load(path.read_text(encoding="utf-8"))
                    found = set(used(document["definition"]))
                    if found:
                        operators |= found
                        checks.add(str(document["metadata"]["id"]))
                except Exception:
                    continue  # Checkov itself speaks of files that are no policies
    return operators, checks


def used(definition: object) -> list[str]:
    """The operators of ours in a definition, at any depth."""
    if isinstance(definition, dict):
        named = str(definition.get("operator", ""))
        inner = [name for part in definition.values() for name in used(part)]
        return [named, *inner] if named.startswith("ecs_") else inner
    if isinstance(definition, list):
        return [name for part in definition for name in used(part)]
    return []


def external_directories() -> list[Path]:
    """The directories of external checks that Checkov was given."""
    return [Path(path).expanduser() for path in option("external_checks_dir")]


def option(name: str) -> list[Any]:
    """An option of Checkov's command line; nothing where Checkov is used as a library."""
    from checkov.common.bridgecrew.integration_features.integration_feature_registry import (
        integration_feature_registry,
    )

    return list(getattr(integration_feature_registry.config, name, None) or [])


def failing(plain: Any, checks: set[str], shown: set[tuple[str, str]], reason: str) -> Any:
    """What builds records in place of ``plain``: ours fail as ECSNET_999, one for each resource."""
    from checkov.common.bridgecrew.severities import Severities
    from checkov.common.models.enums import CheckResult

    @wraps(plain)
    def build(*args: Any, **arguments: Any) -> Any:
        if arguments.get("check_id") in checks:
            place = str(arguments["file_abs_path"]), str(arguments["resource"])
            # Reports do not take up what is unknown.
            outcome = CheckResult.UNKNOWN if place in shown else CheckResult.FAILED
            shown.add(place)
            result = {**arguments["check_result"], "result": outcome}
            result.pop("suppress_comment", None)
            arguments |= {
                "check_id": FAULT_ID,
                "check_name": f"{FAULT_NAME} (to mend: {REMEDY})",
                "severity": Severities["CRITICAL"],
                "check_result": result,
            }
            line = f"not judged: checkov-ecs-endpoints cannot be loaded: {reason}"
            if "sarif" in option("output"):  # SARIF with details is not valid
                code = list(arguments.get("code_block") or [])
                first = code[0][0] if code else 1
                arguments["code_block"] = [(first, f"# ECSNET: {json.dumps(line)[1:-1]}\n"), *code]
            else:
                arguments["details"] = [line]
        return plain(*args, **arguments)

    build.ecs_endpoints = True  # type: ignore[attr-defined]
    return build


register()
