"""Configurations: each template that no other nests, with what it nests and what it imports."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from checkov_ecs_endpoints.iac.cloudformation.assumptions import Assumptions
from checkov_ecs_endpoints.iac.cloudformation.following import Followed, Following
from checkov_ecs_endpoints.iac.cloudformation.given import Given
from checkov_ecs_endpoints.iac.cloudformation.handovers import WORKLOAD_TYPES, handovers_of, unimported
from checkov_ecs_endpoints.iac.cloudformation.listing import problems_of, resources_of
from checkov_ecs_endpoints.iac.cloudformation.renaming import renamed, without_prefix
from checkov_ecs_endpoints.iac.cloudformation.stack import Stack
from checkov_ecs_endpoints.iac.cloudformation.templates import Template
from checkov_ecs_endpoints.iac.cloudformation.world import World
from checkov_ecs_endpoints.iac.configuration import Configuration, Framework, Handover, Resource
from checkov_ecs_endpoints.results import Problem

Giver: TypeAlias = Callable[[Template], Given]
"""What a template is given from outside."""

NONE: Final = Given({})

_NETWORK_TYPES: Final = ("AWS::EC2::", "AWS::NetworkFirewall::", "AWS::Route53Resolver::")
"""Beginnings of the types by which one template changes the network of another."""

_OWN_TYPES: Final = frozenset(
    {
        "AWS::EC2::EIP",
        "AWS::EC2::Instance",
        "AWS::EC2::LaunchTemplate",
        "AWS::EC2::NetworkInterface",
        "AWS::EC2::SecurityGroup",
        "AWS::EC2::Volume",
    }
)
"""Those among them that change nothing for others; a template with no more stays apart."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A template with its nested stacks, evaluated."""

    stack: Stack
    resources: tuple[Resource, ...]
    handovers: tuple[Handover, ...]
    problems: tuple[Problem, ...]
    files: frozenset[str]


def evaluated(stack: Stack, world: World) -> Evaluated:
    """Everything in a stack and in those it nests."""
    stacks = list(stack.walk())
    included = world.includes.get(stack.template.path, set())
    resources = tuple(resource for inner in stacks for resource in resources_of(inner))
    return Evaluated(
        stack,
        resources,
        tuple(handover for inner in stacks for handover in handovers_of(inner)),
        tuple(problem for inner in stacks for problem in problems_of(inner)),
        frozenset(str(path) for path in {*(inner.template.path for inner in stacks), *included}),
    )


class Assembly:
    """Puts together the configurations of one tree from its top-level templates.

    ``name`` is that of the roots of the settings that they are configured as. ``changed``
    are the templates that the ``world`` does not know the links of yet, None for all.
    ``followed`` are the cases that assemblies of the same templates share.
    """

    def __init__(
        self,
        world: World,
        templates: Iterable[Template],
        name: str = "",
        given: Giver = lambda template: NONE,
        changed: Collection[Path] | None = None,
        followed: Followed | None = None,
    ) -> None:
        self._world = world
        self._name = name
        self._given = given
        self._followed: Followed = {} if followed is None else followed
        self._templates = {template.path: template for template in templates}
        self._own: dict[Path, Evaluated] = {}
        self._foreign: dict[Path, Evaluated] = {}
        # All at once, for that is what tells which of them import from which.
        for path in self._templates if changed is None else changed:
            self._evaluated(path)

    def problems(self, path: Path) -> tuple[Problem, ...]:
        """What is wrong in a template that parses, or in one that it nests."""
        return self._evaluated(path).problems

    def files(self, path: Path) -> frozenset[str]:
        """The files that a template is made of."""
        return self._evaluated(path).files

    def stacks(self, path: Path) -> Iterator[Stack]:
        """The stacks that a configuration is made of, nested ones and other templates' too."""
        yield from self._evaluated(path).stack.walk()
        for other in sorted(self._others(path)):
            yield from self._seen_by_others(other).stack.walk()

    def assuming(self, assumptions: Assumptions, path: Path) -> Assembly:
        """The same templates in one case of what the configuration of ``path`` does not tell."""
        changed = sorted({path, *self._others(path)})
        world = self._world.assuming(assumptions, [self._templates[one] for one in changed])
        return Assembly(world, self._templates.values(), self._name, self._given, changed, self._followed)

    @property
    def assumptions(self) -> Assumptions:
        """What is taken to be so."""
        return self._world.assumptions

    def configuration(self, path: Path) -> Configuration:
        """One template, with its nested stacks and the stacks that it shares a network with."""
        own = self._evaluated(path)
        handovers = [*own.handovers, *self._unimported(own)]
        given = self._given(own.stack.template)
        files = own.files | given.files
        prefix = self._world.foreign(own.stack.template).prefix
        exporters = self._exporters(path)
        # What comes back by way of others is its own.
        comes_back = any(path in links for links in self._world.links.values())
        resources = [renamed(one, prefix) if comes_back else one for one in own.resources]
        for other in sorted(self._others(path)):
            foreign = self._seen_by_others(other)
            resources.extend(
                renamed(resource, prefix) if comes_back else resource
                for resource in foreign.resources
                if resource.type not in WORKLOAD_TYPES
                and (other in exporters or resource.type.startswith(_NETWORK_TYPES))
            )
            handovers.extend(
                Handover(handover.to, without_prefix(handover.values, prefix), handover.location)
                for handover in (*foreign.handovers, *self._unimported(foreign))
            )
            files |= foreign.files | self._given(foreign.stack.template).files
        return Configuration(
            framework=Framework.CLOUDFORMATION,
            root=str(path),
            resources=tuple(resources),
            handovers=tuple(handovers),
            files=files,
            name=self._name,
            problems=given.problems,
            region=own.stack.region,
            cases=Following(self, path, self._followed),
            inputs=own.stack.parameters(),
        )

    def _evaluated(self, path: Path) -> Evaluated:
        if path not in self._own:
            self._own[path] = evaluated(self._world.stack(self._templates[path]), self._world)
        return self._own[path]

    def _seen_by_others(self, path: Path) -> Evaluated:
        if path not in self._foreign:
            self._foreign[path] = evaluated(self._world.foreign(self._templates[path]), self._world)
        return self._foreign[path]

    def _others(self, path: Path) -> set[Path]:
        """The templates whose stacks stand in the configuration of one."""
        exporters = self._exporters(path)
        return exporters | self._sharing(path, exporters)

    def _exporters(self, path: Path) -> set[Path]:
        """The templates that one imports from, and those that they import from."""
        found: set[Path] = set()
        waiting = [path]
        while waiting:
            for other in self._world.links.get(waiting.pop(), ()):
                if other not in found and other != path:
                    found.add(other)
                    waiting.append(other)
        return found

    def _sharing(self, path: Path, exporters: set[Path]) -> set[Path]:
        """Others that import from the same templates, or from this one, with what they import.

        An endpoint or a route of theirs may be in the very network that this one uses.
        """
        shared = exporters | {path}
        importers = {other for other, links in self._world.links.items() if not links.isdisjoint(shared)}
        found: set[Path] = set()
        for other in importers - shared:
            if any(_changes_networks(resource) for resource in self._evaluated(other).resources):
                found |= {other} | self._exporters(other)
        return found - shared

    def _unimported(self, of: Evaluated) -> tuple[Handover, ...]:
        exports = self._world.exports_of(of.stack.template)
        types = {resource.type for resource in of.resources}
        return tuple(unimported(of.stack, exports, self._world.imports, types))


def _changes_networks(resource: Resource) -> bool:
    return resource.type.startswith(_NETWORK_TYPES) and resource.type not in _OWN_TYPES
