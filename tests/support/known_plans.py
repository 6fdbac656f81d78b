"""A plan of the real Terraform, in which computed texts name the instance that they belong to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checkov_ecs_endpoints.values import Reference, Unknown, Why

KEYS = re.compile(r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]')
"""The keys of instances in an address."""

_TEXT_KEYS = re.compile(r'\["((?:[^"\\]|\\.)*)"\]')
UNSET: tuple[Any, ...] = (None, "", [], {})

IN_PLAN_ONLY = Unknown(Why.AFTER_APPLY, "the plan")
"""Stands for what the plan itself does not know."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One instance as a plan has it: its values, what is not known of them, and what is written."""

    values: Mapping[str, Any]
    unknown: Mapping[str, Any]
    written: frozenset[str]

    def left_to_provider(self, name: str) -> bool:
        """Whether an attribute says only what the provider makes of one that is not set."""
        value = self.values.get(name)
        if value in UNSET or self.unknown.get(name) is True:
            return True
        if isinstance(value, str) and re.fullmatch(rf"\w+\.{name}#\d+", value):
            return True
        return not isinstance(value, (list, dict)) and (name not in self.written or value in (1, False))


class Plan:
    """The instances of a plan, managed and data, by address."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        changes = {one["address"]: one["change"] for one in content.get("resource_changes", ())}
        written = dict(_written(content["configuration"]["root_module"], ""))
        prior = content.get("prior_state", {}).get("values", {}).get("root_module", {})
        self.instances: dict[str, Planned] = {}
        self.managed: set[str] = set()
        for one in (*_resources(prior), *_resources(content["planned_values"]["root_module"])):
            address = one["address"]
            unknown = changes.get(address, {}).get("after_unknown") or {}
            names = written.get(KEYS.sub("", address), frozenset())
            self.instances[address] = Planned(one["values"], unknown, names)
            if one["mode"] == "managed":
                self.managed.add(address)

    def at(self, reference: Reference) -> Any:
        """What the plan says where a reference of ours leads; KeyError where it has nothing."""
        planned = self.instances[self.address(reference.resource)]
        value: Any = planned.values
        unknown: Any = planned.unknown
        for step in reference.attribute:
            unknown = _into(unknown, step)
            if unknown is True:
                return IN_PLAN_ONLY
            value = value[step]
        return value

    def address(self, ours: str) -> str:
        """An address of ours with the keys that are references written out."""

        def written(match: re.Match[str]) -> str:
            key = json.loads(f'"{match[1]}"')
            return f"[{json.dumps(self._key(key))}]"

        return _TEXT_KEYS.sub(written, ours)

    def _key(self, key: str) -> str:
        """A key of ours as the plan has it: references in it looked up."""
        found = self._looked_up(key)
        if found is not None:
            return found
        return re.sub(r"\$\{([^}]*)\}", lambda match: self._looked_up(match[1]) or match[0], key)

    def _looked_up(self, name: str) -> str | None:
        steps = name.split(".")
        for end in range(len(steps) - 1, 1, -1):
            planned = self.instances.get(".".join(steps[:end]))
            if planned is not None:
                value: Any = planned.values
                for step in steps[end:]:
                    value = value[int(step) if isinstance(value, list) else step]
                return str(value)
        return None


def _resources(module: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from module.get("resources", ())
    for child in module.get("child_modules", ()):
        yield from _resources(child)


def _written(module: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, frozenset[str]]]:
    for one in module.get("resources", ()):
        yield prefix + one["address"], frozenset(one.get("expressions", ()))
    for name, call in module.get("module_calls", {}).items():
        yield from _written(call.get("module", {}), f"{prefix}module.{name}.")


def _into(value: Any, step: str | int) -> Any:
    if isinstance(value, list):
        return value[step] if isinstance(step, int) and step < len(value) else None
    return value.get(step) if isinstance(value, dict) else None
