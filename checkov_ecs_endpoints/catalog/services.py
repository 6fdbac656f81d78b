"""The catalog of services, read from ``services.toml`` when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from checkov_ecs_endpoints.catalog.tables import table


@dataclass(frozen=True, slots=True)
class Service:
    """What the catalog says of one service; the fields are explained in ``services.toml``."""

    name: str
    title: str
    error: str
    actions: tuple[str, ...]
    resource: str
    source: str
    takes_policy: bool = True


@cache
def services() -> dict[str, Service]:
    """Every service of the catalog by the name of its endpoint."""
    return {
        name: Service(name, **{**fields, "actions": tuple(fields["actions"])})
        for name, fields in table("services").items()
    }
