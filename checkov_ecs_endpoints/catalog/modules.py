"""The catalog of public Terraform modules that change no network, from ``modules.toml``."""

from __future__ import annotations

import re
import sys
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_GITHUB = re.compile(
    r"^(?:git::)?(?:https://|ssh://|git@)*(?:git@)?github\.com[/:]([\w-]+)/terraform-([a-z0-9]+)-([\w-]+?)"
    r"(?:\.git)?(//[^?]*)?(?:\?.*)?$"
)


@cache
def _patterns() -> tuple[str, ...]:
    text = files("checkov_ecs_endpoints.catalog").joinpath("modules.toml").read_text(encoding="utf-8")
    return tuple(source for group in tomllib.loads(text).values() for source in group["sources"])


def registry_address(source: str) -> str:
    """A module source as the public registry names it, also where it is fetched from GitHub.

    Registry documentation, Publishing Modules: repositories are named
    ``terraform-<PROVIDER>-<NAME>``.
    """
    match = _GITHUB.match(source)
    if match is None:
        return source.removeprefix("registry.terraform.io/")
    owner, provider, name, submodule = match.groups()
    return f"{owner}/{name}/{provider}{submodule or ''}"


def changes_no_network(source: str) -> bool:
    """Whether a module is known to leave every network that is handed to it as it is."""
    address = registry_address(source)
    return any(fnmatchcase(address, pattern) for pattern in _patterns())
