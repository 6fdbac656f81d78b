"""The value of an input variable: what it is given, else its default, made to its type.

Terraform documentation: Input Variables.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.iac.terraform.expressions import FunctionContext, evaluate
from checkov_ecs_endpoints.iac.terraform.names import NoNames
from checkov_ecs_endpoints.iac.terraform.run import Run
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.sensitive import marked
from checkov_ecs_endpoints.iac.terraform.syntax import Block
from checkov_ecs_endpoints.iac.terraform.type_constraints import Type, convert
from checkov_ecs_endpoints.values import Location, Unknown, Why


@dataclass(frozen=True, slots=True)
class Given:
    """A value that a file or a module call gives to a variable."""

    value: Inner
    location: Location


def value(
    run: Run,
    block: Block,
    wanted: Type,
    given: Given | None,
    functions: FunctionContext,
    calls: tuple[Location, ...],
) -> Inner:
    """The value of the variable that ``block`` declares."""
    attributes = block.body.attributes
    if given is not None and given.value is None and not _nullable(block, functions):
        given = None
    if given is not None:
        found, place = given.value, given.location
    elif "default" in attributes:
        place = attributes["default"].location
        found = evaluate(attributes["default"].expression, NoNames(), functions)
    else:
        name = block.labels[0]
        return Unknown(Why.NO_VALUE, f"var.{name}", block.location, _advice(run, name, calls))
    if isinstance(found, Unknown):
        return found.through(place)
    if not is_sensitive(block, functions):
        return convert(found, wanted, place)
    # Before the conversion too: a message of what cannot be converted shows it.
    return marked(convert(marked(found, functions.secrets), wanted, place), functions.secrets)


def is_sensitive(block: Block, functions: FunctionContext) -> bool:
    """Whether the value of a variable or output is not to be shown; an ``ephemeral`` one is kept nowhere."""
    return any(_flag(block, name, functions) in (True, "true") for name in ("sensitive", "ephemeral"))


def _nullable(block: Block, functions: FunctionContext) -> bool:
    return _flag(block, "nullable", functions) not in (False, "false")


def _flag(block: Block, name: str, functions: FunctionContext) -> Inner:
    attribute = block.body.attributes.get(name)
    return None if attribute is None else evaluate(attribute.expression, NoNames(), functions)


def _advice(run: Run, name: str, calls: tuple[Location, ...]) -> str:
    """The file that would decide a variable of the root, if one below it does."""
    if calls:
        return "the module call does not give it"
    files = [path.relative_to(run.root).as_posix() for path in run.variable_files.deciding(name)]
    if not files:
        return ""
    listed = ", ".join(files[:3]) + (", ..." if len(files) > 3 else "")
    return f"{listed} would decide it, but nothing chooses that file (--var-file, or `roots` in the settings)"
