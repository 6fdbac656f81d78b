"""Reading the catalog's TOML files."""

from __future__ import annotations

import sys
from functools import cache
from importlib.resources import files
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@cache
def table(name: str) -> dict[str, Any]:
    """The content of one file of the catalog, read when it is first asked for."""
    text = files("checkov_ecs_endpoints.catalog").joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
