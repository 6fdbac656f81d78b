"""The front end as the pipeline calls it: a tree of files into configurations."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from pathlib import Path

from checkov_ecs_endpoints.discovery import Tree
from checkov_ecs_endpoints.iac.cloudformation.assembly import Assembly, Giver
from checkov_ecs_endpoints.iac.cloudformation.cloud_assemblies import CloudAssemblies
from checkov_ecs_endpoints.iac.cloudformation.given import GivenParameters
from checkov_ecs_endpoints.iac.cloudformation.stack import Stack
from checkov_ecs_endpoints.iac.cloudformation.templates import Library, Template
from checkov_ecs_endpoints.iac.cloudformation.world import World
from checkov_ecs_endpoints.iac.configuration import Configuration
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Value


def read(tree: Tree, settings: Settings) -> tuple[list[Configuration], list[Problem]]:
    """The configurations of a tree that concern its targets, and what could not be read.

    There is one for each template that no other template of the tree nests; a nested one
    is part of those that nest it.
    """
    assemblies = CloudAssemblies(tree.files)
    library = Library(tree, assemblies.trees)
    targeted = [path for path in library.paths if tree.targeted(path)]
    problems = {problem for path in targeted if (problem := library.problem(path)) is not None}
    problems.update(assemblies.problems)
    if not any(library.template(path) for path in targeted):
        return [], sorted(problems)
    # Files that are not asked about matter if they nest or export what is.
    templates = [
        template
        for path in library.paths
        if (tree.targeted(path) or library.links_stacks(path)) and (template := library.template(path))
    ]
    given = GivenParameters(tree, library, settings, assemblies)
    problems.update(_no_templates(given, library))
    configurations: list[Configuration] = []
    for name in given.names():
        giver = partial(given.of, name=name)
        world = World(library, settings.default_region, assemblies, partial(_values, giver), given.advice)
        tops = _tops(templates, world, given.listed)
        world.know_exports(tops)
        assembly = Assembly(world, tops, name, giver)
        wanted = [
            top.path
            for top in tops
            if given.has_root(top.path, name)
            and any(tree.targeted(Path(file)) for file in assembly.files(top.path))
        ]
        configurations.extend(map(assembly.configuration, wanted))
        problems.update(problem for path in wanted for problem in assembly.problems(path))
        problems |= world.problems
    return configurations, sorted(problems)


def _values(giver: Giver, template: Template) -> Mapping[str, Value]:
    return giver(template).values


def _no_templates(given: GivenParameters, library: Library) -> Iterator[Problem]:
    for path in given.listed:
        if library.template(path) is None and library.problem(path) is None:
            yield Problem(str(path), 0, "no CloudFormation template, though the settings list it as a root")


def _tops(templates: list[Template], world: World, listed: Collection[Path]) -> list[Template]:
    """The templates that no other nests, and those that the settings list as roots.

    Of templates that nest each other in a circle, the first.
    """
    nested = {template.path: _nested(world.stack(template)) for template in templates}
    below = {path for above, paths in nested.items() for path in paths if path != above}
    tops = [template for template in templates if template.path not in below or template.path in listed]
    reached: set[Path] = set()
    for template in (*tops, *templates):
        if template.path not in reached:
            if template not in tops:
                tops.append(template)
            _reach(template.path, nested, reached)
    return tops


def _nested(stack: Stack) -> set[Path]:
    return {child.template.path for child in stack.children().values() if isinstance(child, Stack)}


def _reach(start: Path, nested: dict[Path, set[Path]], reached: set[Path]) -> None:
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting.extend(nested.get(path, ()))
