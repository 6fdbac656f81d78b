"""What an IAM role lets whoever has it do, as far as it says which services are called."""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.values import Truth, Unknown


@dataclass(frozen=True, slots=True)
class Concerned:
    """Something a statement is about: the service in its ARN, "" for any, and its region.

    ``region`` is None for the region of whoever has the role, else a name or unknown.
    ``is_table`` says that it is certainly a table of DynamoDB or an index, and so no stream of one.
    """

    service: str = ""
    region: str | Unknown | None = None
    is_table: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """A statement of a policy, with ``*`` in ``actions`` for what is not known of them.

    ``all_but`` says that it is about every action but those. ``limited`` says that it holds
    for some resources alone, or under conditions.
    """

    source: Source
    allow: bool
    actions: tuple[str, ...]
    all_but: bool = False
    limited: bool = False
    concerned: tuple[Concerned, ...] = ()
    exists: Truth = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagedPolicy:
    """A policy that AWS manages, by its name."""

    source: Source
    name: str
    exists: Truth = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """An IAM role with the policies that are known of it; ``rest`` says why there may be others."""

    source: Source
    permissions: tuple[Permission, ...] = ()
    managed: tuple[ManagedPolicy, ...] = ()
    rest: Unknown | None = None
