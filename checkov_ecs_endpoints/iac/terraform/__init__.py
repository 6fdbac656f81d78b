"""Terraform, evaluated as Terraform evaluates it, as far as the files tell."""

from __future__ import annotations

from checkov_ecs_endpoints.discovery import Tree
from checkov_ecs_endpoints.iac.configuration import Configuration
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.settings import Settings

__all__ = ["read"]


def read(tree: Tree, settings: Settings) -> tuple[list[Configuration], list[Problem]]:
    """Evaluate the Terraform roots that a scan is about.

    These are the roots at or below a target, and those that call a module at or below a
    target. A file that cannot be read is a problem, and the rest is evaluated without it.
    """
    # The parser is heavy, and most trees that Checkov's runners look at need no second one.
    from checkov_ecs_endpoints.iac.terraform.evaluation import evaluate_root
    from checkov_ecs_endpoints.iac.terraform.limits import with_deep_stack
    from checkov_ecs_endpoints.iac.terraform.roots import find
    from checkov_ecs_endpoints.iac.terraform.sources import Sources

    sources = Sources(tree)
    if not sources.directories:
        return [], []

    def work() -> tuple[list[Configuration], list[Problem]]:
        configurations: list[Configuration] = []
        problems: dict[Problem, None] = {}
        for root in find(sources, settings):
            configuration, met = evaluate_root(sources, settings, root)
            configurations.append(configuration)
            problems.update(dict.fromkeys(met))
        return configurations, sorted(problems)

    return with_deep_stack(work)
