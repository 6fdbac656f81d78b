"""Ids that are plain texts, led back to the resources that they are the ids of.

What exists already has its id in a plan or state (``subnet-0f3a...``), and other resources
hold it as a text. The same text in one file means the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checkov_ecs_endpoints.iac.terraform_plan.attributes import MADE_WITH, TAKES_AN_ARN
from checkov_ecs_endpoints.iac.terraform_plan.json_shapes import Json, array, mapping
from checkov_ecs_endpoints.iac.terraform_plan.modules import Planned
from checkov_ecs_endpoints.json_text import Encoded, decode
from checkov_ecs_endpoints.values import Reference, Unknown, Value, Why, text

_ID = re.compile(r"[a-z]+(-[a-z]+)?-[0-9a-f]{8,17}|arn:.+")
"""https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html"""

_NAMING = {
    "aws_ecs_task_definition": "container_definitions",
    "aws_iam_policy": "policy",
    "aws_iam_role_policy": "policy",
}
"""JSON texts that name resources of any region; the ARN of a bucket does not say which it is in."""

_OWN, _BESIDE, _MADE_WITH, _READ = range(4)
"""What a text may be, from the best: the id of a resource that has an ARN too, that of one
without (the policy of an endpoint has the endpoint's id), the id of what AWS makes together
with another resource, and what a data source reads."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    rank: int
    reference: Reference


class Identities:
    """The ids of all resources of one file."""

    def __init__(self, resources: Iterable[Planned]) -> None:
        self._candidates: dict[str, list[_Candidate]] = {}
        for planned in resources:
            for id_, candidate in _candidates(planned):
                self._candidates.setdefault(id_, []).append(candidate)

    def linked(self, attributes: Mapping[str, Value], owner: Planned) -> dict[str, Value]:
        """The attributes of a resource with references in the place of ids."""
        kept = ("id", "arn") if owner.is_data else ()
        found = {
            name: value if name in kept and not self._is_managed(value) else self._linked(value, owner)
            for name, value in attributes.items()
        }
        name = _NAMING.get(owner.type)
        if name in found:
            found[name] = self._in_text(found[name], f"{owner.address}.{name}", owner)
        return found

    def _in_text(self, written: Value, subject: str, owner: Planned) -> Value:
        """A JSON text with references in the place of ARNs."""
        if not isinstance(written, (str, Encoded)):
            return written
        value = decode(written, None)
        found = self._within(value, owner)
        return written if found == value else Encoded(Why.AFTER_APPLY, subject, value=found)

    def _within(self, value: Value, owner: Planned) -> Value:
        if isinstance(value, str) and value.startswith("arn:"):
            return self._begun(value, owner)
        if isinstance(value, list):
            return [self._within(item, owner) for item in value]
        if isinstance(value, dict):
            return {key: self._within(item, owner) for key, item in value.items()}
        return value

    def _begun(self, arn: str, owner: Planned) -> Value:
        """The ARN of a resource here, or of something in it (``bucket/key``, ``secret:key``)."""
        for end in (len(arn), *(match.start() for match in re.finditer("[:/]", arn))):
            if self._is_managed(arn[:end]):
                whole = self._link(arn[:end], owner)
                return text([whole, arn[end:]]) if isinstance(whole, (str, Reference, Unknown)) else arn
        return arn

    def _linked(self, value: Value, owner: Planned) -> Value:
        if isinstance(value, str):
            return self._link(value, owner)
        if isinstance(value, list):
            return [self._linked(item, owner) for item in value]
        if isinstance(value, dict):
            return {key: self._linked(item, owner) for key, item in value.items()}
        return value

    def _link(self, id_: str, owner: Planned) -> Value:
        others = [one for one in self._candidates.get(id_, ()) if one.reference.resource != owner.address]
        if not others:
            return id_
        best = min(one.rank for one in others)
        found = [one.reference for one in others if one.rank == best]
        names = sorted({reference.resource for reference in found})
        if len(names) > 1 and best in (_OWN, _BESIDE):
            return Unknown(Why.UNSUPPORTED, id_, None, f"several resources have this id: {', '.join(names)}")
        return found[0]

    def _is_managed(self, value: Value) -> bool:
        found = self._candidates.get(value, ()) if isinstance(value, str) else ()
        return any(one.rank != _READ for one in found)


def _candidates(planned: Planned) -> Iterator[tuple[str, _Candidate]]:
    values = planned.values
    if planned.is_data and planned.type == "terraform_remote_state":
        # https://developer.hashicorp.com/terraform/language/state/remote-state-data
        for path, value in _leaves(values.get("outputs"), ("outputs",)):
            yield from _candidate(value, _READ, planned, *path)
    own = _READ if planned.is_data else _OWN if values.get("arn") else _BESIDE
    for name in ("id", "arn"):
        if name == "arn" and planned.type in TAKES_AN_ARN:
            continue
        yield from _candidate(values.get(name), own, planned, name)
    for name in () if planned.is_data else MADE_WITH.get(planned.type, ()):
        yield from _candidate(values.get(name), _MADE_WITH, planned, name)
    if planned.type == "aws_networkfirewall_firewall":
        # Its endpoints, one for each Availability Zone ("Attribute Reference", firewall_status).
        for path, value in _leaves(values.get("firewall_status"), ("firewall_status",)):
            yield from _candidate(value, _MADE_WITH, planned, *path)
    if planned.type == "aws_ecs_task_definition" and not planned.is_data:
        # "family and revision (family:revision) or full ARN" (aws_ecs_service, task_definition).
        yield from _candidate(values.get("arn_without_revision"), own, planned, "arn")
        revision = f"{values.get('family')}:{values.get('revision')}"
        yield revision, _Candidate(own, Reference(planned.address, ("arn",)))


def _candidate(
    value: Json, rank: int, planned: Planned, *path: str | int
) -> Iterator[tuple[str, _Candidate]]:
    if isinstance(value, str) and _ID.fullmatch(value):
        yield value, _Candidate(rank, Reference(planned.address, path))


def _leaves(value: Json, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Json]]:
    if not isinstance(value, (list, dict)):
        yield path, value
    for at, item in enumerate(array(value)):
        yield from _leaves(item, (*path, at))
    for name, item in mapping(value).items():
        yield from _leaves(item, (*path, name))
