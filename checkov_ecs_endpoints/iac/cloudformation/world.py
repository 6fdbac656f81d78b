"""What lies around the stacks of one tree: its files, the settings, and each other."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as MappingType
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Final

from checkov_ecs_endpoints.iac.cloudformation.assumptions import NOTHING, Assumptions
from checkov_ecs_endpoints.iac.cloudformation.cloud_assemblies import CloudAssemblies
from checkov_ecs_endpoints.iac.cloudformation.exports import Export, ExportKey, exports_of, match, words_of
from checkov_ecs_endpoints.iac.cloudformation.nesting import Candidates, include_path
from checkov_ecs_endpoints.iac.cloudformation.nodes import Entry, Mapping, named
from checkov_ecs_endpoints.iac.cloudformation.renaming import without_prefix
from checkov_ecs_endpoints.iac.cloudformation.stack import Stack
from checkov_ecs_endpoints.iac.cloudformation.templates import Library, Template
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location, Reference, Text, Unknown, Value, Why

MAX_NESTED: Final = 500
"""Nested stacks below one template."""

MAX_NESTED_BYTES: Final = 20_000_000
"""Size of the templates of all nested stacks below one template."""


class World:
    """Answers what stacks ask of what lies outside their template.

    Values that a template imports come from the exporting template evaluated a second
    time, with ids that begin with its path in the repository and ``#``: the resources of
    both can then stand in one configuration.
    """

    def __init__(
        self,
        library: Library,
        region: str | None,
        assemblies: CloudAssemblies | None = None,
        parameters: Callable[[Template], MappingType[str, Value]] = lambda template: {},
        advise: Callable[[Template, str], str] = lambda template, parameter: "",
        assumptions: Assumptions = NOTHING,
    ) -> None:
        self.assumptions = assumptions
        self._region: str | Reference = region or Reference("AWS::Region", ())
        self._assemblies = assemblies or CloudAssemblies(())
        self._parameters = parameters
        self._advise = advise
        self.includes: dict[Path, set[Path]] = {}
        self.links: dict[Path, set[Path]]
        self.imports: set[ExportKey] = set()
        self.problems: set[Problem] = set()
        self._library = library
        self._candidates = Candidates(library.paths, library.relative)
        self._exports: dict[Path, list[Export]] = {}
        self._foreign: dict[Path, Stack]
        self._nested: dict[tuple[Path, str], list[int]]
        self._matches: dict[tuple[Path, tuple[str, ...], str | Text], Export | Unknown]
        self._imported: dict[tuple[Path, tuple[str, ...]], list[Value]]
        self._importing: set[ExportKey]
        self._begin()

    def assuming(self, assumptions: Assumptions, templates: list[Template]) -> World:
        """The same surroundings in one case of what is not known, which concerns these templates."""
        paths = {template.path for template in templates}
        other = copy(self)
        other.assumptions = assumptions
        other.includes = {}
        other.problems = set()
        other.imports = set(self.imports)
        other.know_exports(templates)
        other.links = {path: set(links) for path, links in self.links.items() if path not in paths}
        return other

    def stack(self, template: Template) -> Stack:
        """A template with the parameters it is given, as a stack of its own."""
        return Stack(template, self, given=lambda: dict(self._parameters(template)))

    def foreign(self, template: Template) -> Stack:
        """The stack of a template as others see it that import from it."""
        if template.path not in self._foreign:
            prefix = f"{self._library.relative(template.path)}#"
            self._foreign[template.path] = Stack(
                template, self, prefix=prefix, given=lambda: dict(self._parameters(template))
            )
        return self._foreign[template.path]

    def region_of(self, stack: Stack) -> str | Reference:
        """The Region of a stack: what its cloud assembly says, else what the settings say."""
        synthesized = self._assemblies.of(stack.root().template.path)
        return (synthesized.region if synthesized else None) or self._region

    def advice(self, stack: Stack, parameter: str) -> str:
        """What would give a value to a parameter that has none."""
        if stack.parent is not None:
            return f"nested stack {stack.path[-1]} does not give it"
        return self._advise(stack.template, parameter)

    def know_exports(self, templates: list[Template]) -> None:
        """Look up what these templates, nested by no other, export."""
        # Evaluated apart: a name asked for before all exports are known must not be kept.
        known, self._exports = self._exports, {}
        self._begin()
        found = {template.path: exports_of(self.stack(template)) for template in templates}
        self._exports = {**known, **found}
        self._begin()

    def _begin(self) -> None:
        self.links = {}
        self._matches = {}
        self._imported = {}
        self._foreign = {}
        self._nested = {}
        self._importing = set()

    def exports_of(self, template: Template) -> list[Export]:
        """What a template and its nested stacks export."""
        return self._exports.get(template.path, [])

    def nested(self, stack: Stack, resource: Entry, url: Value) -> Template | Unknown:
        """The template that a nested stack is made of."""
        found = self._candidates.find(stack.template.path, resource, url)
        if isinstance(found, Unknown):
            return found
        template = self._library.template(found)
        if template is not None:
            return template
        subject = f"nested stack {resource.key}"
        return Unknown(
            Why.MODULE,
            subject,
            resource.place,
            f"{self._library.relative(found)} is no template that can be read here",
        )

    def included(self, stack: Stack, location: Value, place: Location) -> Mapping | Unknown:
        """The file of an ``AWS::Include``."""
        path = include_path(stack.template.path, location, place)
        if isinstance(path, Unknown):
            return path
        fragment = self._library.fragment(path)
        if isinstance(fragment, Problem):
            self.problems.add(fragment)
        if not isinstance(fragment, Mapping):
            return Unknown(
                Why.OUTSIDE, "AWS::Include", place, f"{location} is no mapping that can be read here"
            )
        self.includes.setdefault(stack.root().template.path, set()).add(path)
        return fragment

    def imported(self, stack: Stack, name: Value, place: Location) -> Value:
        """The value that another stack exports."""
        root = stack.root()
        # As the index of exports has it, where stacks are evaluated as their own.
        export = self._match(without_prefix(name, stack.prefix), stack)
        if isinstance(export, Unknown):
            return replace(export, origin=place)
        if export.key in self._importing:
            return Unknown(Why.INVALID, str(name), place, "it depends on itself")
        self.imports.add(export.key)
        exporter = root
        if export.template != root.template.path:
            template = self._library.template(export.template)
            assert template is not None, "exports come from templates of the library"
            exporter = self.foreign(template)
            self.links.setdefault(root.template.path, set()).add(export.template)
        self._importing.add(export.key)
        try:
            return exporter.at(export.stack).output(export.output, place)
        finally:
            self._importing.discard(export.key)

    def _match(self, name: Value, stack: Stack) -> Export | Unknown:
        here, called = stack.root().template.path, self._library.relative
        everywhere = (export for found in self._exports.values() for export in found)
        if not isinstance(name, (str, Text)):
            return match(name, everywhere, here, called)
        key = (here, stack.path, name)
        if key not in self._matches:
            exports = list(everywhere)
            # What one cloud assembly deploys to one environment belongs together.
            near = [one for one in exports if self._assemblies.together(here, one.template)]
            found = match(name, near, here, called)
            if isinstance(found, Unknown):
                found = match(name, exports, here, called, lambda: self._imported_by(stack))
            self._matches[key] = self._unless_unread(name, found)
        return self._matches[key]

    def _imported_by(self, stack: Stack) -> list[Value]:
        """All names that a stack imports, nested ones apart."""
        key = (stack.root().template.path, stack.path)
        if key not in self._imported:
            self._imported[key] = []  # for a name that is itself imported
            names = (stack.evaluator.value(node) for node in named(stack.template.body, "Fn::ImportValue"))
            self._imported[key] = [without_prefix(name, stack.prefix) for name in names]
        return self._imported[key]

    def _unless_unread(self, name: str | Text, found: Export | Unknown) -> Export | Unknown:
        """A match by structure alone holds if nothing that cannot be read may export the name too."""
        if isinstance(found, Unknown) or name == found.name:
            return found
        unread = self._library.unread(words_of(name))
        if not unread:
            return found
        files = self._library.relative(found.template), *map(self._library.relative, unread)
        note = f"the export of {files[0]} fits it, but {' and '.join(files[1:])} cannot be read"
        return Unknown(Why.IMPORT, str(name), None, note)

    def admits(self, stack: Stack, template: Template) -> bool:
        """Whether a template may be nested in a stack within the limits of a scan."""
        sizes = self._nested.setdefault((stack.root().template.path, stack.prefix), [])
        sizes.append(template.size)
        return len(sizes) <= MAX_NESTED and sum(sizes) <= MAX_NESTED_BYTES
