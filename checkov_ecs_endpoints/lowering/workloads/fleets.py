"""Container instances: Auto Scaling groups and single instances, and the cluster they join.

An instance joins the cluster that ``ECS_CLUSTER`` names in ``/etc/ecs/ecs.config``,
which its user data writes:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_container_instance.html.
Windows calls ``Initialize-ECSAgent``:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bootstrap_windows_container_instance.html.
Bottlerocket reads ``settings.ecs.cluster``:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-bottlerocket.html.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.json_text import Encoded
from checkov_ecs_endpoints.lowering.pieces import HOLE, Pieces, pieces
from checkov_ecs_endpoints.lowering.workloads.clusters import Cluster
from checkov_ecs_endpoints.model.workloads import InstanceSet
from checkov_ecs_endpoints.values import Reference, Text, Truth, Unknown, Value, Why, first_unknown

_VARIABLE = "ECS_CLUSTER"
_NAME = rf"""['"]?(?P<name>(?:[\w-]|{HOLE})+)"""
_JOINS = (
    re.compile(rf"{_VARIABLE}['\"]?\s*[=:,]\s*{_NAME}"),
    re.compile(rf"Initialize-ECSAgent\b[^\n]*?-Cluster\s+{_NAME}", re.IGNORECASE),
    re.compile(rf"\[settings\.ecs\][^\[]*?\bcluster\s*=\s*{_NAME}"),
)
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]{16,}={0,2}\s*")


@dataclass(frozen=True, slots=True)
class Fleet:
    """Instances that may be container instances.

    ``start_up`` holds everything that runs when they start, user data and the metadata
    of ``cfn-init``, as far as it is known.
    """

    resource: Resource
    instances: InstanceSet
    start_up: tuple[Value, ...]


def joins(fleet: Fleet, cluster: Cluster) -> Truth:
    """Whether the instances of a fleet join a cluster.

    False where they name another one, or where their whole start-up is known and names
    none.
    """
    unclear: Unknown | None = None
    named = False
    for text in _texts(list(fleet.start_up)):
        found = pieces(_decoded(text))
        names = list(_names(found))
        if any(_is_name(name, cluster) for name in names):
            return fleet.resource.exists
        named = named or any(isinstance(name, str) for name in names)
        if not names and _VARIABLE in found.pattern:
            what = f"the cluster that {fleet.resource.address} joins"
            unclear = Unknown(Why.UNSUPPORTED, what, fleet.resource.location, "a script works it out")
    if named:
        return False
    for value in fleet.start_up:
        unclear = unclear or _gap(value, fleet.resource)
    return False if unclear is None else unclear


def written(start_up: tuple[Value, ...]) -> tuple[str, ...]:
    """The texts of a start-up as far as they are known, with a mark for what is not."""
    return tuple(pieces(_decoded(text)).pattern for text in _texts(list(start_up)))


def _is_name(name: Value, cluster: Cluster) -> bool:
    if isinstance(name, Reference):
        return name.resource == cluster.resource.id
    return name == cluster.name


def _gap(value: Value, resource: Resource) -> Unknown | None:
    """Why a value leaves open which cluster its instances join."""
    inner = first_unknown(value)
    if inner is None and isinstance(value, Reference):
        inner = Unknown(Why.AFTER_APPLY, str(value), value.origin)
    if inner is None:
        return None
    return Unknown(inner.why, inner.subject, inner.origin, f"{resource.address} may be in the cluster")


def _names(found: Pieces) -> Iterator[Value]:
    for pattern in _JOINS:
        for match in pattern.finditer(found.pattern):
            yield found.value(match["name"])


def _texts(value: Value) -> Iterator[str | Text]:
    """Every text inside a value, in reading order."""
    if isinstance(value, (str, Text)):
        yield value
    elif isinstance(value, Encoded) and value.format == "base64":
        yield from _texts(value.value)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)


def _decoded(value: str | Text) -> str | Text:
    """User data as written, or behind base64, which launch templates ask for."""
    if isinstance(value, str) and _VARIABLE not in value and _BASE64.fullmatch(value):
        try:
            return base64.b64decode(value, validate=False).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return value
    return value
