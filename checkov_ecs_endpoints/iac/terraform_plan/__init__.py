"""Plans and states of Terraform, as ``terraform show -json`` prints them."""

from __future__ import annotations

from pathlib import Path

from checkov_ecs_endpoints.discovery import Tree
from checkov_ecs_endpoints.iac.configuration import Configuration
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.settings import Settings

__all__ = ["read"]


def read(tree: Tree, settings: Settings) -> tuple[list[Configuration], list[Problem]]:
    """The plans and states at or below the targets of a scan, each a root of its own."""
    from checkov_ecs_endpoints.iac.terraform_plan.documents import find

    documents, problems = find(tree)
    if not documents:
        return [], problems
    from checkov_ecs_endpoints.iac.terraform.sources import Sources
    from checkov_ecs_endpoints.iac.terraform_plan.beside import sources_of
    from checkov_ecs_endpoints.iac.terraform_plan.reader import configuration

    sources = Sources(tree)
    named = settings.plan_sources
    found: list[Configuration] = []
    for document in documents:
        directory = named or document.path.parent
        beside = sources_of(document, tree, settings, sources, directory)
        found.append(configuration(document, beside))
        if named and not beside:
            problems.append(Problem(document.path.as_posix(), 0, _why_none(tree, named)))
    return found, problems


def _why_none(tree: Tree, named: Path) -> str:
    if not tree.holds(named):
        return (
            f"its sources, {named}, lie outside the repository that is scanned; --root names what may be read"
        )
    return f"its sources, {named}, have no Terraform files"
