"""Where the source of a module call lies on disk, if it does.

Terraform documentation: Module Sources; ``.terraform/modules/modules.json`` is what
``terraform init`` leaves behind.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checkov_ecs_endpoints.iac.terraform.sources import Sources, is_local
from checkov_ecs_endpoints.values import Location, Unknown, Why

PATH = Path(".terraform", "modules", "modules.json")


@dataclass(frozen=True, slots=True)
class Installed:
    """One module that ``terraform init`` has brought."""

    source: str
    directory: Path


def installed(sources: Sources, root: Path) -> Mapping[str, Installed]:
    """The modules that ``terraform init`` left below a root, by the path of their calls."""
    path = root / PATH
    if not path.is_file() or not sources.tree.holds(path):
        return {}
    try:
        listed = json.loads(path.read_bytes())["Modules"]
        return {
            str(entry["Key"]): Installed(str(entry["Source"]), (root / str(entry["Dir"])).resolve())
            for entry in listed
            if entry["Key"]
        }
    except (OSError, ValueError, KeyError, TypeError):
        # Not ours to judge: without it the modules count as not being on disk.
        return {}


@dataclass(frozen=True, slots=True)
class Call:
    """A module call, as far as finding its source goes.

    ``names`` are the call names from the root down, without instance keys.
    """

    names: tuple[str, ...]
    source: str
    version: str
    caller: Path
    location: Location

    @property
    def subject(self) -> str:
        """The name of the call where it stands."""
        return f"module.{self.names[-1]}"


def locate(sources: Sources, modules: Mapping[str, Installed], call: Call) -> Path | Unknown:
    """The directory of the called module, or why it is not available."""
    found = modules.get(".".join(call.names))
    if is_local(call.source) and not (Path(call.source).is_absolute() and found):
        directory = (call.caller / call.source).resolve()
        if not sources.tree.holds(directory):
            note = f"source {call.source} leads out of it"
            return Unknown(Why.OUTSIDE, call.subject, call.location, note)
        if sources.holds_configuration(directory):
            return directory
        name = directory.relative_to(sources.tree.boundary).as_posix()
        return Unknown(Why.MODULE, call.subject, call.location, f"directory {name} has no Terraform files")
    if (
        found is not None
        and _is_same(call.source, found.source)
        and sources.tree.holds(found.directory)
        and sources.holds_configuration(found.directory)
    ):
        return found.directory
    version = f" version {call.version}" if call.version else ""
    note = f"source {call.source}{version} is not on disk; `terraform init` would bring it"
    return Unknown(Why.MODULE, call.subject, call.location, note)


def _is_same(source: str, known: str) -> bool:
    """Whether a call still names what was installed; only registry addresses are kept as written."""
    registry = known.startswith("registry.")
    return not registry or known.endswith(source.removeprefix("registry.terraform.io/"))
