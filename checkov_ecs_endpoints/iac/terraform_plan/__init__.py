"""Plans and states of Terraform, as ``terraform show -json`` prints them."""

from __future__ import annotations

from functools import partial
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
    from checkov_ecs_endpoints.iac.terraform.limits import with_deep_stack
    from checkov_ecs_endpoints.iac.terraform.sources import Sources
    from checkov_ecs_endpoints.iac.terraform_plan.beside import sources_of
    from checkov_ecs_endpoints.iac.terraform_plan.reader import configuration

    sources = Sources(tree)
    named = settings.plan_sources
    found: list[Configuration] = []
    for document in documents:
        directory = named or document.path.parent
        try:
            beside = sources_of(document, tree, settings, sources, directory)
            found.append(with_deep_stack(partial(configuration, document, beside)))
        except RecursionError:
            problems.append(Problem(document.path.as_posix(), 0, "what it holds is nested too deep"))
        except Exception as error:
            # A defect of ours must show, and must not take the other plans with it.
            fault = f"a fault of checkov-ecs-endpoints: {type(error).__name__}: {error}"
            problems.append(Problem(document.path.as_posix(), 0, fault, fault=True))
        else:
            if named and not beside:
                problems.append(Problem(document.path.as_posix(), 0, _why_none(tree, named)))
    return found, problems


def _why_none(tree: Tree, named: Path) -> str:
    if not tree.holds(named):
        return f"its sources, {named}, lie outside the repository; --root names what may be read"
    return f"its sources, {named}, have no Terraform files"
