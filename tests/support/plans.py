"""Plans and states kept as test data, and what comparing them with their fixtures needs."""

from __future__ import annotations

import dataclasses
import json
from enum import Enum
from pathlib import Path
from typing import Any

from support.situations import FIXTURES, POLICIES, Expected

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.findings import assess
from checkov_ecs_endpoints.iac.configuration import Configuration, Resource
from checkov_ecs_endpoints.lowering import lower
from checkov_ecs_endpoints.policy_files import load_policies
from checkov_ecs_endpoints.scan import Scan, scan
from checkov_ecs_endpoints.selection import Selection, selectors
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.settings_file import SettingsFiles
from checkov_ecs_endpoints.values import Unknown


def situation_of(plan: Path) -> tuple[str, str]:
    """The fixture that a plan was made of and its root there: ``name[@root].json``."""
    name, _, root = plan.name.partition(".")[0].partition("@")
    return name, root.replace("+", "/") or "."


def scanned(plan: Path, boundary: Path | None = None, settings: Settings | None = None) -> Scan:
    """A plan or state, scanned with what lies beside it, or in the boundary that is given."""
    return scan([plan], settings or SettingsFiles(), boundary or plan.parent)


def findings(plan: Path, boundary: Path | None = None) -> frozenset[Expected]:
    """What the policies of the situations say of a plan, as if its root were that of the fixture."""
    return said(scanned(plan, boundary), situation_of(plan)[1])


def said(found: Scan, root: str) -> frozenset[Expected]:
    """What the policies of the situations say in a scan, as if its root were that of a fixture."""
    assessment = assess(found, load_policies(), Selection(selectors([]), selectors([])))
    assert assessment.problems == ()
    return frozenset(
        Expected(one.check_id, one.outcome.name, one.address, root)
        for one in assessment.findings
        if one.check_id in POLICIES
    )


def models(plan: Path) -> tuple[Any, Any]:
    """The model of the fixture's Terraform files, and that of the plan, without what tells them apart."""
    name, root = situation_of(plan)
    directory = FIXTURES / name / "terraform"
    return modelled(scan([directory / root], Settings(), directory)), modelled(scanned(plan))


def modelled(found: Scan) -> Any:
    """The model of the only configuration of a scan, as it can be compared."""
    return bare(lower(only(found), Settings()))


def only(found: Scan) -> Configuration:
    """The one configuration of a scan."""
    (configuration,) = found.configurations
    return configuration


def bare(value: Any) -> Any:
    """A value of the model without places, the stories of unknowns, and the order of files."""
    if isinstance(value, Source):
        return value.address
    if isinstance(value, Unknown):
        return "unknown"
    if isinstance(value, Enum):
        return value
    if dataclasses.is_dataclass(value):
        return {field.name: bare(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: bare(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, (list, tuple, set, frozenset)):
        return sorted(map(bare, value), key=repr)
    return value


def read(directory: Path, content: dict[str, Any], settings: Settings | None = None) -> dict[str, Resource]:
    """The resources of a plan that is written to a directory."""
    path = directory / "plan.json"
    path.write_text(json.dumps(content))
    found = scanned(path, settings=settings)
    assert found.problems == ()
    return {resource.id: resource for one in found.configurations for resource in one.resources}


def resource(
    address: str,
    values: dict[str, Any] | None = None,
    unknown: dict[str, Any] | None = None,
    **expressions: Any,
) -> dict[str, Any]:
    """One planned instance, with the expressions of its block."""
    return {
        "address": address,
        "values": values or {},
        "unknown": unknown or {},
        "expressions": expressions,
    }


def refers(*references: str) -> dict[str, Any]:
    """An expression with references."""
    return {"references": list(references)}


def plan(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A plan with these resources in its root module.

    ``more`` are further members of the plan; ``blocks`` adds to the configuration of a
    resource block, by its name.
    """
    blocks = more.pop("blocks", {})
    module = more.pop("module", {})
    configured: dict[str, dict[str, Any]] = {}
    planned: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    for one in resources:
        block, _, key = one["address"].partition("[")
        type_, name = block.split(".")
        base = {"address": one["address"], "mode": "managed", "type": type_, "name": name}
        if key:
            base["index"] = json.loads(key[:-1])
        sensitive = one.get("sensitive", {})
        planned.append({**base, "values": one["values"], "sensitive_values": sensitive})
        change = {"actions": ["create"], "after_unknown": one["unknown"]}
        changes.append({**base, "change": change})
        configured[block] = {
            "address": block,
            "mode": "managed",
            "type": type_,
            "name": name,
            "provider_config_key": "aws",
            "expressions": one["expressions"],
            **blocks.get(block, {}),
        }
    return {
        "format_version": "1.2",
        "planned_values": {"root_module": {"resources": planned}},
        "resource_changes": changes,
        "configuration": {
            "provider_config": {"aws": {"name": "aws", "expressions": {}}},
            "root_module": {"resources": [*configured.values(), *module.pop("resources", [])], **module},
        },
        **more,
    }
