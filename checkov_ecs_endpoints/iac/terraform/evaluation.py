"""A root evaluated into a configuration: its resources, and those of all modules it calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from checkov_ecs_endpoints.iac.configuration import Absent, Configuration, Framework, Handover, Resource
from checkov_ecs_endpoints.iac.terraform.calls import Unavailable
from checkov_ecs_endpoints.iac.terraform.declarations import JSON_SUFFIXES
from checkov_ecs_endpoints.iac.terraform.instances import Instance
from checkov_ecs_endpoints.iac.terraform.limits import MAX_RESOURCES
from checkov_ecs_endpoints.iac.terraform.lookups import Found, find
from checkov_ecs_endpoints.iac.terraform.manifest import installed
from checkov_ecs_endpoints.iac.terraform.module import Module
from checkov_ecs_endpoints.iac.terraform.roots import Root, is_library
from checkov_ecs_endpoints.iac.terraform.run import Run
from checkov_ecs_endpoints.iac.terraform.scope import plain
from checkov_ecs_endpoints.iac.terraform.searches import SEARCHES
from checkov_ecs_endpoints.iac.terraform.sources import Sources
from checkov_ecs_endpoints.iac.terraform.variable_values import VariableFiles
from checkov_ecs_endpoints.iac.terraform.variables import Given
from checkov_ecs_endpoints.redaction import Redaction
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Location, Reference, Value

_ROUNDS = 4
"""How often a root is evaluated until what its lookups give is what follows from what they give."""


class TooLarge(Exception):
    """A root with more resources than a scan follows."""


class _Collection:
    """The resources and handovers below one root module."""

    def __init__(self) -> None:
        self.resources: list[Resource] = []
        self.handovers: list[Handover] = []
        self.absent: list[Absent] = []
        self.files: set[str] = set()
        self.problems: dict[Problem, None] = {}

    def add(self, module: Module) -> None:
        """Add a module instance and everything below it."""
        declared = module.declarations
        self.files.update(path.as_posix() for path in declared.files)
        self.problems.update(dict.fromkeys(declared.problems))
        for kind, blocks in (("resource", declared.resources), ("data", declared.data)):
            for block in blocks.values():
                for instance in module.family(kind, block).objects.values():
                    if isinstance(instance, Instance):
                        self._add(instance)
        for block in declared.modules.values():
            for called in module.family("module", block).objects.values():
                if isinstance(called, Module):
                    self.add(called)
                elif isinstance(called, Unavailable):
                    self.handovers.extend(filter(None, [called.handover()]))
                    self.absent.append(called.absent())

    def _add(self, instance: Instance) -> None:
        if len(self.resources) >= MAX_RESOURCES:
            raise TooLarge
        self.resources.append(instance.resource())


def evaluate_root(
    sources: Sources,
    settings: Settings,
    root: Root,
    values: Mapping[str, Value] | None = None,
    zones: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
) -> tuple[Configuration, list[Problem]]:
    """Evaluate one root as Terraform would if it ran in its directory.

    ``values`` are those of variables, where they are known from elsewhere; they come before
    all others. ``zones`` are the lists of ``aws_availability_zones``, by the data source.
    """
    found: Mapping[str, Found] = {}
    for _ in range(_ROUNDS):
        collection, run, module = _evaluated(sources, settings, root, values or {}, zones or {}, found)
        known = found
        found = find(collection.resources, collection.handovers) if _has_lookups(collection) else {}
        if found == known:
            break
    else:
        # What lookups give depends on what they give: they are taken for unknown.
        collection, run, module = _evaluated(sources, settings, root, values or {}, zones or {}, {})
    files, declared, setting = run.variable_files, module.declarations, root.setting
    collection.handovers.extend(_unreadable(collection))
    only_json = all(path.name.endswith(JSON_SUFFIXES) for path in declared.files)
    configuration = Configuration(
        framework=Framework.TERRAFORM_JSON if only_json else Framework.TERRAFORM,
        root=root.directory.as_posix(),
        name=setting.name if setting else "",
        resources=tuple(collection.resources),
        handovers=tuple(collection.handovers),
        absent=tuple(collection.absent),
        library=is_library(sources, declared),
        files=frozenset(collection.files | {path.as_posix() for path in files.paths}),
        region=plain(module.region("aws")),
        secrets=frozenset(run.secrets),
        inputs=_inputs(module) if settings.assumptions else {},
    )
    met = [*collection.problems, *files.problems, *run.problems]
    return configuration, Redaction(configuration.secrets).problems(met)


def _inputs(module: Module) -> dict[str, Value]:
    """The values of the variables; settings may name what is given through them."""
    blocks = module.declarations.variables
    return {name: plain(module.variable(name, block.location)) for name, block in blocks.items()}


def _has_lookups(collection: _Collection) -> bool:
    return any(resource.is_data and resource.type in SEARCHES for resource in collection.resources)


def _evaluated(
    sources: Sources,
    settings: Settings,
    root: Root,
    values: Mapping[str, Value],
    zones: Mapping[str, Mapping[str, Sequence[str]]],
    found: Mapping[str, Found],
) -> tuple[_Collection, Run, Module]:
    """One evaluation of a root, with what its lookups are known to give."""
    setting = root.setting
    chosen = list(_chosen(sources, settings, root))
    files = VariableFiles(sources, root.directory, tuple(path for path in chosen if path.is_file()))
    run = Run(
        sources=sources,
        root=root.directory,
        variable_files=files,
        manifest=installed(sources, root.directory),
        workspace=setting.workspace if setting else None,
        default_region=settings.default_region,
        zones=settings.zones,
        zone_lists=zones,
        found=found,
    )
    for path in chosen:
        if not path.is_file():
            run.problem(Location(path.as_posix(), 0), "the var file does not exist")
    declared = sources.declarations(root.directory)
    place = Location(root.directory.as_posix(), 0)
    known = {name: Given(value, place) for name, value in values.items()}
    module = Module(run=run, declarations=declared, inputs=lambda name: known.get(name) or files.given(name))
    collection = _Collection()
    try:
        collection.add(module)
    except TooLarge:
        # Half of a network would be worse than none: what is missing would look absent.
        collection = _Collection()
        place = Location((root.directory / "main.tf").as_posix(), 0)
        place = Location(declared.files[0].as_posix(), 0) if declared.files else place
        run.problem(place, f"the root has more than the {MAX_RESOURCES} resources that a scan follows")
    return collection, run, module


def _unreadable(collection: _Collection) -> Iterator[Handover]:
    """What could not be read may use anything: everything is handed to it."""
    everything: list[Value] = [
        Reference(resource.id) for resource in collection.resources if not resource.is_data
    ]
    for problem in collection.problems:
        place = Location(problem.path, problem.line)
        yield Handover(f"the part of {Path(problem.path).name} that cannot be read", everything, place)


def _chosen(sources: Sources, settings: Settings, root: Root) -> Iterator[Path]:
    """The var files of the command line and of the settings, inside the boundary."""
    boundary = sources.tree.boundary
    for name in root.setting.var_files if root.setting else ():
        path = root.directory / name
        yield path.resolve() if path.is_file() else (boundary / name).resolve()
    yield from (path.resolve() for path in settings.var_files)
