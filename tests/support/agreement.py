"""Terraform's own values of a configuration, compared with what the translators read of it here.

The plan is one whose computed texts name the instance that they belong to
(``aws_subnet.id#7``), so that it shows which instance every reference leads to. A reference
of ours is looked up in the plan: it is right if the plan has the same value there.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from support.known_plans import IN_PLAN_ONLY, KEYS, UNSET, Plan, Planned

from checkov_ecs_endpoints.discovery import boundary_of, plant
from checkov_ecs_endpoints.iac import terraform
from checkov_ecs_endpoints.iac.configuration import Configuration, Resource
from checkov_ecs_endpoints.json_text import Encoded
from checkov_ecs_endpoints.lowering import lower
from checkov_ecs_endpoints.settings import RootSetting, Settings
from checkov_ecs_endpoints.values import (
    OpenDict,
    OpenList,
    Reference,
    Text,
    Unknown,
    Value,
    text,
)

_MADE_UP = re.compile(r"\bmock-")
"""What a provider that asks nobody answers for a data source."""


@dataclass(slots=True)
class Agreement:
    """What a comparison found: how much was compared, what differs, and what is not known, by reason.

    ``unknowns`` are values that are not known here, ``ahead`` those that are known here and
    not in the plan, or made up in it.
    """

    instances: int = 0
    attributes: int = 0
    mismatches: list[str] = field(default_factory=list)
    unknowns: dict[str, list[str]] = field(default_factory=dict)
    ahead: list[str] = field(default_factory=list)

    def add(self, other: Agreement) -> None:
        """Count another comparison in."""
        self.instances += other.instances
        self.attributes += other.attributes
        self.mismatches += other.mismatches
        self.ahead += other.ahead
        for reason, subjects in other.unknowns.items():
            self.unknowns.setdefault(reason, []).extend(subjects)

    def unknown(self, why: object, subject: str) -> None:
        """Count a value that is not known here."""
        self.unknowns.setdefault(why if isinstance(why, str) else _reason(why), []).append(subject)


class Watched(Mapping[str, Value]):
    """Attributes that keep the names they are asked for."""

    def __init__(self, attributes: Mapping[str, Value], asked: set[str]) -> None:
        self._attributes = attributes
        self._asked = asked

    def __getitem__(self, name: str) -> Value:
        self._asked.add(name)
        return self._attributes[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._attributes)

    def __len__(self) -> int:
        return len(self._attributes)


def evaluated(root: Path, boundary: Path | None = None) -> Configuration:
    """What is read of a root: as in the workspace of a plan, with the files in its boundary."""
    root = root.resolve()
    boundary = boundary or boundary_of(root)
    (tree,) = plant([root], boundary)
    here = RootSetting(root.relative_to(boundary).as_posix(), workspace="default", name="planned")
    found, _ = terraform.read(tree, Settings(roots=(here,)))
    (configuration,) = [one for one in found if one.root == root.as_posix() and one.name == "planned"]
    return configuration


def compare(content: Mapping[str, Any], configuration: Configuration) -> Agreement:
    """Compare every attribute that the translators ask for, of every instance of its type."""
    asked: dict[str, set[str]] = {}
    watched = tuple(
        replace(one, attributes=Watched(one.attributes, asked.setdefault(_kind(one), set())))
        for one in configuration.resources
    )
    lower(replace(configuration, resources=watched), Settings())

    plan = Plan(content)
    agreement = Agreement()
    seen: set[str] = set()
    for resource in configuration.resources:
        address = plan.address(resource.address)
        planned = plan.instances.get(address)
        if planned is not None:
            seen.add(address)
            agreement.instances += 1
            for name in sorted(asked[_kind(resource)]):
                _attribute(plan, agreement, resource, name, planned)
        elif isinstance(resource.exists, Unknown):
            agreement.unknown(resource.exists, address)
        elif not resource.is_data:
            agreement.mismatches.append(f"{address}: not planned")
    for address in sorted(plan.managed - seen):
        why = _why_not_here(address, configuration)
        if why is None:
            agreement.mismatches.append(f"{address}: not evaluated")
        else:
            agreement.unknown(why, address)
    return agreement


def _kind(resource: Resource) -> str:
    return f"data.{resource.type}" if resource.is_data else resource.type


def _why_not_here(address: str, configuration: Configuration) -> Unknown | None:
    """Why an instance of the plan has none of ours, None where it should have one."""
    bare = KEYS.sub("", address)
    for module in configuration.absent:
        if bare.startswith(KEYS.sub("", module.address) + "."):
            return module.why
    for resource in configuration.resources:
        if isinstance(resource.exists, Unknown) and bare == re.sub(r"\[[^\]]*\]", "", resource.address):
            return resource.exists
    return None


def _attribute(plan: Plan, agreement: Agreement, resource: Resource, name: str, planned: Planned) -> None:
    agreement.attributes += 1
    ours = resource.attributes.get(name)
    subject = f"{resource.address}.{name}"
    if ours is None:
        if not planned.left_to_provider(name):
            agreement.mismatches.append(f"{subject}: not set, planned {planned.values[name]!r}")
        return
    if name not in planned.values and name not in planned.unknown:
        agreement.mismatches.append(f"{subject}: the provider has no such attribute")
        return
    if isinstance(ours, (dict, OpenDict)) and name not in planned.written and planned.values.get(name) == {}:
        # What the provider itself adds, as ``tags_all``; blocks are lists.
        agreement.ahead.append(subject)
        return
    theirs = IN_PLAN_ONLY if planned.unknown.get(name) is True else planned.values.get(name)
    agreement.add(_Comparison(plan).values(ours, theirs, subject).found)


@dataclass(slots=True)
class _Comparison:
    """A value of ours beside one of the plan."""

    plan: Plan
    found: Agreement = field(default_factory=Agreement)

    def values(self, ours: Value, theirs: Any, subject: str) -> _Comparison:
        """Compare two values."""
        if isinstance(ours, Reference):
            ours = self._looked_up(ours, subject)
        if isinstance(ours, Encoded) and theirs is not IN_PLAN_ONLY:
            self._encoded(ours, theirs, subject)
        elif isinstance(ours, Unknown) or theirs is IN_PLAN_ONLY:
            if ours is not IN_PLAN_ONLY:
                self._count(ours, subject)
        elif isinstance(ours, Text):
            self._texts(ours, theirs, subject)
        elif isinstance(ours, (dict, OpenDict)):
            self._mappings(ours, theirs, subject)
        elif isinstance(ours, (list, OpenList)):
            self._lists(ours, theirs, subject)
        elif _plain(ours) != _plain(theirs) and not _same_json(ours, theirs):
            self._differ(ours, theirs, subject)
        return self

    def _encoded(self, ours: Encoded, theirs: Any, subject: str) -> None:
        """What a text that is not wholly known was made of, beside what the text of the plan says."""
        try:
            if ours.format == "json":
                self.values(ours.value, json.loads(theirs), subject)
            elif ours.format == "base64":
                self.values(ours.value, base64.b64decode(theirs).decode(), subject)
            else:
                self.found.unknown(f"the text is {ours.format}", subject)
        except (TypeError, ValueError):
            self._differ(ours, theirs, subject)

    def _count(self, ours: Value, subject: str) -> None:
        if isinstance(ours, Unknown):
            self.found.unknown(ours, subject)
        elif _has_references(ours):
            self.found.unknown("known only after apply, as in the plan", subject)
        else:
            self.found.ahead.append(subject)

    def _differ(self, ours: object, theirs: object, subject: str) -> None:
        if isinstance(theirs, str) and _MADE_UP.search(theirs):
            self.found.ahead.append(subject)
            return
        self.found.mismatches.append(f"{subject}: {ours} is not {theirs!r}")

    def _looked_up(self, reference: Reference, subject: str) -> Value:
        try:
            found: Value = self.plan.at(reference)
        except (KeyError, IndexError, TypeError):
            self.found.mismatches.append(f"{subject}: the plan has no {reference}")
            return IN_PLAN_ONLY
        return found

    def _texts(self, ours: Text, theirs: Any, subject: str) -> None:
        parts = [
            self._looked_up(part, subject) if isinstance(part, Reference) else part for part in ours.parts
        ]
        joined = text(part if isinstance(part, (str, Unknown)) else str(_plain(part)) for part in parts)
        if not isinstance(joined, Text):
            self.values(joined, theirs, subject)
            return
        holes = [part for part in joined.parts if isinstance(part, Unknown)]
        for hole in holes:
            if hole is not IN_PLAN_ONLY:
                self.found.unknown(hole, subject)
        pattern = "".join(re.escape(part) if isinstance(part, str) else ".*" for part in joined.parts)
        if not isinstance(theirs, str) or not re.fullmatch(pattern, theirs, re.DOTALL):
            self._differ(joined, theirs, subject)

    def _mappings(self, ours: dict[str, Value] | OpenDict, theirs: Any, subject: str) -> None:
        if not isinstance(theirs, dict):
            self._differ(ours, theirs, subject)
            return
        items = ours.items if isinstance(ours, OpenDict) else ours
        if isinstance(ours, OpenDict):
            self.found.unknown(ours.rest, subject)
        for name in sorted({*items, *theirs}):
            inside = f"{subject}.{name}"
            if items.get(name) is not None:
                self.values(items[name], theirs.get(name), inside)
            elif theirs.get(name) not in UNSET and not (isinstance(ours, OpenDict) and ours.may_have(name)):
                self._differ("nothing", theirs[name], inside)

    def _lists(self, ours: list[Value] | OpenList, theirs: Any, subject: str) -> None:
        if isinstance(theirs, dict) and isinstance(ours, list) and len(ours) == 1:
            # A block that there is only one of, as ``timeouts``.
            self.values(ours[0], theirs, subject)
            return
        if not isinstance(theirs, list):
            self._differ(ours, theirs, subject)
            return
        items = list(ours.items) if isinstance(ours, OpenList) else ours
        is_open = isinstance(ours, OpenList)
        in_order = [
            _Comparison(self.plan).values(one, other, f"{subject}[{at}]")
            for at, (one, other) in enumerate(zip(items, theirs, strict=False))
        ]
        if len(items) != len(theirs) or any(pair.found.mismatches for pair in in_order):
            found = self._in_any_order(items, theirs, subject, is_open)
            in_order = [*in_order, self._lengths(items, theirs, subject)] if found is None else found
        if isinstance(ours, OpenList):
            self.found.unknown(ours.rest, subject)
        for pair in in_order:
            self.found.add(pair.found)

    def _lengths(self, items: Sequence[Value], theirs: Sequence[Any], subject: str) -> _Comparison:
        found = _Comparison(self.plan)
        if len(items) != len(theirs):
            found.found.mismatches.append(f"{subject}: {len(items)} members, planned {len(theirs)}")
        return found

    def _in_any_order(
        self, items: Sequence[Value], theirs: Sequence[Any], subject: str, is_open: bool
    ) -> list[_Comparison] | None:
        """A set has no order and no doubles: each member must have its like in the other."""
        chosen: list[_Comparison] = []
        matched: set[int] = set()
        for one in items:
            fitting = [
                (len(pair.found.unknowns), at, pair)
                for at, other in enumerate(theirs)
                if not (pair := _Comparison(self.plan).values(one, other, subject)).found.mismatches
            ]
            if not fitting:
                return None
            fitting.sort(key=lambda entry: (entry[0], entry[1] in matched, entry[1]))
            matched.add(fitting[0][1])
            chosen.append(fitting[0][2])
        return chosen if is_open or len(matched) == len(theirs) else None


def _has_references(value: Value) -> bool:
    if isinstance(value, (list, OpenList)):
        return any(map(_has_references, value.items if isinstance(value, OpenList) else value))
    if isinstance(value, (dict, OpenDict)):
        members = value.items if isinstance(value, OpenDict) else value
        return any(map(_has_references, members.values()))
    return isinstance(value, (Reference, Text))


def _plain(value: Any) -> Any:
    """A scalar as a text: which of the types it has is the provider's to say."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return f"{value:g}" if isinstance(value, float) and not value.is_integer() else str(int(value))
    return value


def _same_json(ours: Value, theirs: Any) -> bool:
    if not isinstance(ours, str) or not isinstance(theirs, str):
        return False
    try:
        return bool(json.loads(ours) == json.loads(theirs))
    except ValueError:
        return False


def _reason(unknown: object) -> str:
    """What an unknown has in common with others of its kind."""
    if not isinstance(unknown, Unknown):
        return ""
    kind = re.search(r"\bdata\.(\w+)", unknown.subject)
    what = f"data.{kind[1]}" if kind else re.sub(r"\[.*?\]", "", unknown.note or unknown.subject)
    return f"{unknown.why.value}: {what}"
