"""The catalog of services, read from ``services.toml`` when it is first asked for."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@dataclass(frozen=True, slots=True)
class Service:
    """What the catalog says of one service; the fields are explained in ``services.toml``."""

    name: str
    title: str
    error: str
    action: str
    resource: str
    source: str


@cache
def services() -> dict[str, Service]:
    """Every service of the catalog by the name of its endpoint."""
    text = files("checkov_ecs_endpoints.catalog").joinpath("services.toml").read_text(encoding="utf-8")
    return {name: Service(name, **fields) for name, fields in tomllib.loads(text).items()}
