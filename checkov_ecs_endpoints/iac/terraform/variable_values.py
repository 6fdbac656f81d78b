"""The values that the variables of a root are given by files.

Terraform documentation: Input Variables, "Variable Definition Precedence". Environment
variables (``TF_VAR_``) are not read: they are not part of the configuration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path

from checkov_ecs_endpoints.iac.terraform.expressions import FunctionContext, evaluate
from checkov_ecs_endpoints.iac.terraform.json_files import parse_json
from checkov_ecs_endpoints.iac.terraform.names import NoNames
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.sources import Sources
from checkov_ecs_endpoints.iac.terraform.syntax import Attribute, File, JsonExpression
from checkov_ecs_endpoints.iac.terraform.variables import Given
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location, Unknown, Why

SUFFIXES = (".tfvars", ".tfvars.json")
AUTOMATIC = (".auto.tfvars", ".auto.tfvars.json")


def automatic_files(sources: Sources, root: Path) -> list[Path]:
    """The files that Terraform reads without being told, in order; later ones win."""
    beside = {path.name: path for path in sources.beside(root)}
    first = [beside[name] for name in ("terraform.tfvars", "terraform.tfvars.json") if name in beside]
    return first + [beside[name] for name in sorted(beside) if name.endswith(AUTOMATIC)]


class VariableFiles:
    """The var files of one root, and those below it that nothing chooses."""

    def __init__(self, sources: Sources, root: Path, chosen: tuple[Path, ...]) -> None:
        self._sources = sources
        self._root = root
        self.paths = [*automatic_files(sources, root), *chosen]
        self.problems: list[Problem] = []
        self._given: dict[str, Given] = {}
        self._otherwise: Given | None = None
        context = FunctionContext(sources.tree.boundary, root, root)
        for path in self.paths:
            file = self._read(path)
            if file.problems:
                self._distrust(path, file.problems)
            for name, attribute in file.body.attributes.items():
                self._given[name] = Given(_value(attribute, context), attribute.location)

    def _distrust(self, path: Path, problems: Sequence[Problem]) -> None:
        """What a file says that cannot be read may be the value of any variable, whatever came before it."""
        self.problems.extend(problems)
        why = Why.OUTSIDE if self._sources.leads_out(path) else Why.INVALID
        place = Location(path.as_posix(), problems[0].line)
        self._given.clear()
        self._otherwise = Given(Unknown(why, path.name, place, problems[0].message), place)

    def given(self, name: str) -> Given | None:
        """The value that the files give to a variable; an unknown one where a file cannot be read."""
        return self._given.get(name, self._otherwise)

    def deciding(self, name: str) -> tuple[Path, ...]:
        """The files below the root that would give a variable its value, if one were chosen."""
        return self._elsewhere.get(name, ())

    @cached_property
    def _elsewhere(self) -> Mapping[str, tuple[Path, ...]]:
        found: dict[str, tuple[Path, ...]] = {}
        for path in self._sources.below(self._root, SUFFIXES):
            if path not in self.paths:
                for name in self._read(path).body.attributes:
                    found[name] = (*found.get(name, ()), path)
        return found

    def _read(self, path: Path) -> File:
        if not path.name.endswith(".json"):
            return self._sources.file(path)
        return self._sources.parsed(path, partial(parse_json, labels={}))


def _value(attribute: Attribute, context: FunctionContext) -> Inner:
    if isinstance(attribute.expression, JsonExpression):
        # Variable files in JSON hold plain values: their strings are not templates.
        return attribute.expression.value
    return evaluate(attribute.expression, NoNames(), context)
