"""The Terraform files that a plan was made of, where they lie beside it.

They say where each resource is written, which skips its owner made, and how it uses what
is known only after apply: of that a plan holds only a part.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from checkov_ecs_endpoints.discovery import Tree
from checkov_ecs_endpoints.iac.configuration import Configuration, Resource
from checkov_ecs_endpoints.iac.terraform_plan import secrets
from checkov_ecs_endpoints.iac.terraform_plan.addresses import without_indexes
from checkov_ecs_endpoints.iac.terraform_plan.documents import Document
from checkov_ecs_endpoints.iac.terraform_plan.json_shapes import Json, array, mapping, string
from checkov_ecs_endpoints.iac.terraform_plan.modules import Planned
from checkov_ecs_endpoints.iac.terraform_plan.wiring import member
from checkov_ecs_endpoints.json_text import Encoded
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import (
    OpenDict,
    OpenList,
    Reference,
    Text,
    Unknown,
    Value,
    Why,
    first_unknown,
)

ZONE_LISTS = ("names", "zone_ids")

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.terraform.sources import Sources


class Beside:
    """The sources of one plan, evaluated with the values that it was made with."""

    def __init__(self, configuration: Configuration) -> None:
        self._instances = {resource.id: resource for resource in configuration.resources}
        self._blocks: dict[str, Resource] = {}
        for resource in configuration.resources:
            self._blocks.setdefault(without_indexes(resource.id), resource)
        self.files = configuration.files

    def written(self, address: str) -> Resource | None:
        """Where a resource is written: its instance, else any of the same block."""
        return self._instances.get(address) or self._blocks.get(without_indexes(address))

    def improved(self, planned: Planned, attributes: Mapping[str, Value]) -> dict[str, Value]:
        """The attributes of a plan, with what the files say where the plan does not know.

        Nothing is taken of a resource that the files and the plan describe differently: the
        files may have changed since.
        """
        written = self._instances.get(planned.address)
        found = dict(attributes)
        if written is None or written.type != planned.type:
            return found
        for name, value in written.attributes.items():
            if not _agree(value, planned.values.get(name), planned.unknown.get(name)):
                return found
        for name, value in written.attributes.items():
            if name not in found or not _says_more(value, found[name], planned.unknown.get(name)):
                continue
            if member(planned.sensitive, name) is True:
                value = secrets.structure(value, f"{planned.address}.{name}")
            found[name] = _better(found[name], value)
        return found


def sources_of(
    document: Document, tree: Tree, settings: Settings, sources: Sources, directory: Path
) -> Beside | None:
    """The Terraform files in a directory, as those of a plan or state; None where there are none."""
    from checkov_ecs_endpoints.iac.terraform.evaluation import evaluate_root
    from checkov_ecs_endpoints.iac.terraform.limits import with_deep_stack
    from checkov_ecs_endpoints.iac.terraform.roots import Root

    if not tree.holds(directory) or not sources.holds_configuration(directory):
        return None
    values = given(document)
    zones = _zones(mapping(mapping(document.content.get("prior_state")).get("values")).get("root_module"))
    configuration, _ = with_deep_stack(
        lambda: evaluate_root(sources, settings, Root(directory), values, dict(zones))
    )
    return Beside(configuration)


def _zones(module: Json) -> Iterator[tuple[str, Mapping[str, Sequence[str]]]]:
    """The Availability Zones that each data source of a plan gave: instances are keyed by them."""
    for one in map(mapping, array(mapping(module).get("resources"))):
        if one.get("type") == "aws_availability_zones":
            values = mapping(one.get("values"))
            lists = {name: [string(zone) for zone in array(values.get(name))] for name in ZONE_LISTS}
            yield string(one.get("address")), lists
    for child in array(mapping(module).get("child_modules")):
        yield from _zones(child)


def given(document: Document) -> dict[str, Value]:
    """The values of the root's variables, but for those that nobody may see."""
    root = mapping(mapping(document.content.get("configuration")).get("root_module"))
    declared = mapping(root.get("variables"))
    found: dict[str, Value] = {}
    for name, said in mapping(document.content.get("variables")).items():
        if mapping(declared.get(name)).get("sensitive") is True:
            found[name] = Unknown(Why.SECRET, f"var.{name}")
        elif "value" in mapping(said):
            found[name] = _value(mapping(said)["value"])
    return found


def _value(value: Json) -> Value:
    if isinstance(value, list):
        return [_value(item) for item in value]
    if isinstance(value, dict):
        return {key: _value(item) for key, item in value.items()}
    return value


def _says_more(written: Value, planned: Value, unknown: Json) -> bool:
    """Whether the files say what the plan does not.

    Of a text that is not known yet a plan may tell the one thing that it is made with, as if
    that were all of it.
    """
    if first_unknown(planned) is not None:
        return True
    return isinstance(planned, Reference) and unknown is True and isinstance(written, (Text, Encoded))


def _better(planned: Value, written: Value) -> Value:
    """What the files say, unless they know no more than the plan."""
    if isinstance(written, Unknown) and type(written) is Unknown:
        return planned
    return written


def _agree(written: Value, planned: Json, unknown: Json) -> bool:
    """Whether a value of the files can be the one of the plan."""
    if unknown is True or isinstance(written, (Unknown, Reference, Text, OpenList, OpenDict)):
        return True
    if written is None or written in ("", [], {}):
        return planned in (None, "", [], {}, False, 0)
    if isinstance(written, dict):
        if isinstance(planned, list) and len(planned) == 1:
            planned, unknown = planned[0], member(unknown, 0)
        return isinstance(planned, dict) and all(
            _agree(value, planned.get(key), member(unknown, key)) for key, value in written.items()
        )
    if isinstance(written, list):
        if not isinstance(planned, list) or len(planned) != len(written):
            return False
        return all(
            any(_agree(value, other, member(unknown, at)) for at, other in enumerate(planned))
            for value in written
        )
    return _as_text(written) == _as_text(planned) or (_is_json(written) and _is_json(planned))


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def _is_json(value: object) -> bool:
    """A JSON text, which the provider writes in its own order."""
    if not isinstance(value, str) or value[:1] not in ("[", "{"):
        return False
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        return False
    return True
