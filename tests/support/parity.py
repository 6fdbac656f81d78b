"""Estates compared across languages: the same things, linked in the same way.

Ids, names, sources and the words of reasons are each language's own. So every thing is
described by its fields, and what it links to by the other's description, some steps deep.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.model.base import Item
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Network, SecurityGroup, Target, Zone
from checkov_ecs_endpoints.values import OpenDict, OpenList, Reference, Text, Unknown

STEPS = 6
"""Links that a description follows; from a workload to the peer of a rule are fewer."""

REGION = "eu-west-1"
"""What the providers of the situations say, and a template cannot."""

OWN = {
    "Image": {"name"},
    "Placement": {"template"},
    "Script": {"text"},
    "Container": {"name"},
    "Workload": {"name", "cluster"},
    "SecurityGroup": {"egress_from"},
    "Unjudged": {"what"},
    "TransitAttachment": {"gateway"},
}
"""Fields that are text for people, or name things that the model does not hold."""


def described(estate: Estate) -> dict[str, Counter[str]]:
    """How often each description occurs in each part of an estate."""
    return _Description(estate).parts()


def differing(one: Estate, other: Estate) -> set[str]:
    """The parts in which two estates differ."""
    ours, theirs = described(one), described(other)
    return {part for part in ours if ours[part] != theirs[part]}


class _Description:
    def __init__(self, estate: Estate) -> None:
        self.estate = estate
        items = [item for _, item in self._all() if isinstance(item, Item)]
        self.known = dict.fromkeys((item.id for item in items), "")
        for _ in range(STEPS):
            found: dict[str, list[str]] = {}
            for item in items:
                found.setdefault(item.id, []).append(self.text(item))
            self.known = {
                key: hashlib.sha1("|".join(sorted(texts)).encode()).hexdigest()[:8]
                for key, texts in found.items()
            }

    def parts(self) -> dict[str, Counter[str]]:
        """The descriptions of every part."""
        found: dict[str, Counter[str]] = {field.name: Counter() for field in fields(Network)}
        found |= {"workloads": Counter(), "unjudged": Counter()}
        for part, item in self._all():
            found[part][self.text(item)] += 1
        return found

    def _all(self) -> Iterator[tuple[str, Any]]:
        for field in fields(Network):
            things = getattr(self.estate.network, field.name)
            for thing in things.values() if isinstance(things, Mapping) else things:
                yield field.name, thing
        yield from (("workloads", workload) for workload in self.estate.workloads)
        yield from (("unjudged", unjudged) for unjudged in self.estate.unjudged)

    def text(self, thing: Any) -> str:
        """What a part of the model says, in words that both languages share."""
        if isinstance(thing, Unknown):
            return "?"
        if isinstance(thing, Source):
            return ""
        if isinstance(thing, Reference):
            return f"->{self.known.get(thing.resource, '')}"
        if isinstance(thing, Text):
            return "".join("?" if not isinstance(part, str) else part for part in thing.parts)
        if isinstance(thing, Zone):
            # Terraform's twins name zones, those of CloudFormation count them.
            return f"zone {ord(thing.name[-1]) - ord('a') if thing.name else thing.index}"
        if isinstance(thing, str):
            return f"->{self.known[thing]}" if thing in self.known else repr(thing)
        if isinstance(thing, Enum):
            return thing.name
        if isinstance(thing, Mapping):
            return f"{{{', '.join(sorted(f'{key}: {self.text(value)}' for key, value in thing.items()))}}}"
        if isinstance(thing, OpenDict):
            return f"{self.text(thing.items)} and {self.text(thing.rest)}"
        if isinstance(thing, OpenList):
            return f"{self.text(thing.items)} and {self.text(thing.rest)}"
        if isinstance(thing, (list, tuple)):
            return f"[{', '.join(sorted(map(self.text, thing)))}]"
        if is_dataclass(thing) and not isinstance(thing, type):
            return self._fields(thing)
        return repr(thing)

    def _fields(self, thing: Any) -> str:
        name = type(thing).__name__
        left_out = {"id", "source"} | OWN.get(name, set()) if name != "Target" else {"source"}
        if isinstance(thing, SecurityGroup) and thing.egress_from:
            # Nothing is written: Terraform takes AWS's default away, CloudFormation leaves it.
            left_out |= {"egress"}
        if isinstance(thing, Target) and thing.id not in self.known:
            # A thing that the model does not hold, by the name that its language gives it.
            left_out |= {"id"}
        told = [
            f"{field.name}={self._told(field.name, getattr(thing, field.name))}"
            for field in fields(thing)
            if field.name not in left_out
        ]
        return f"{name}({', '.join(told)})"

    def _told(self, name: str, value: Any) -> str:
        # None is the region of the configuration.
        return self.text(REGION if name == "region" and value is None else value)
