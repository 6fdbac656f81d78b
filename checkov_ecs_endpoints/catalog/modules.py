"""The catalog of public Terraform modules, from ``modules.toml``."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from checkov_ecs_endpoints.catalog.tables import table

_GITHUB = re.compile(
    r"^(?:git::)?(?:https://|ssh://|git@)*(?:git@)?github\.com[/:]([\w-]+)/terraform-([a-z0-9]+)-([\w-]+?)"
    r"(?:\.git)?(//[^?]*)?(?:\?.*)?$"
)


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
    return any(_is_among(source, group["sources"]) for group in table("modules").values())


def starts_tasks(source: str) -> bool:
    """Whether a module is known to make ECS services, which are not seen where it is not on disk."""
    return any(_is_among(source, group.get("start_tasks", [])) for group in table("modules").values())


def _is_among(source: str, patterns: list[str]) -> bool:
    address = registry_address(source)
    return any(fnmatchcase(address, pattern) for pattern in patterns)
