"""Calls of functions, and the functions that need the evaluator itself.

Terraform documentation: Configuration Language, Function Calls; Functions ``try``,
``can``, ``templatefile``, ``templatestring``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tree_sitter import Node

from checkov_ecs_endpoints.iac.terraform.conversion import to_string
from checkov_ecs_endpoints.iac.terraform.faults import (
    Beyond,
    Invalid,
    Outside,
    Undecided,
    Unsupported,
)
from checkov_ecs_endpoints.iac.terraform.functions.files import file_text, found
from checkov_ecs_endpoints.iac.terraform.functions.library import FUNCTIONS
from checkov_ecs_endpoints.iac.terraform.kinds import ANY, Type
from checkov_ecs_endpoints.iac.terraform.members import unclear
from checkov_ecs_endpoints.iac.terraform.nodes import named
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Set
from checkov_ecs_endpoints.iac.terraform.shapes import HclExpression
from checkov_ecs_endpoints.iac.terraform.stories import shown, told
from checkov_ecs_endpoints.iac.terraform.templates import text_template
from checkov_ecs_endpoints.iac.terraform.weights import bounded_value
from checkov_ecs_endpoints.values import Location, OpenDict, OpenList, Unknown, Why

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.terraform.evaluator import Evaluator

_MAX_TEMPLATE_DEPTH = 16
_TEMPLATE_ROUNDS = 20
"""How many rounds of a loop a template is worth: it is read again each time."""
_CHANGING = frozenset({"timestamp", "plantimestamp", "uuid", "bcrypt"})


def call(evaluator: Evaluator, code: HclExpression, node: Node) -> Inner:
    """The value of a function call."""
    children = named(node)
    name = code.text(children[0]).replace(" ", "").removeprefix("core::")
    holder = children[1] if len(children) > 1 else None
    arguments = [] if holder is None else [c for c in named(holder) if c.type == "expression"]
    expanded = holder is not None and any(c.type == "ellipsis" for c in holder.children)
    return _guarded(evaluator, code, node, name, lambda: _called(evaluator, code, name, arguments, expanded))


def _guarded(
    evaluator: Evaluator, code: HclExpression, node: Node, name: str, work: Callable[[], Inner]
) -> Inner:
    """What a call gives; its own gaps are unknowns that name the function, mistakes go on."""
    place = code.at(node)
    try:
        value = bounded_value(work())
    except (Undecided, Beyond, Unsupported, Outside) as fault:
        return told(fault, f"{name}()", place)
    return value.through(place) if isinstance(value, Unknown) else value


def _called(
    evaluator: Evaluator, code: HclExpression, name: str, nodes: Sequence[Node], expanded: bool
) -> Inner:
    lazy = _LAZY.get(name)
    if lazy is not None and not expanded:
        return lazy(evaluator, code, nodes)
    arguments = [evaluator.node(code, node) for node in nodes]
    if expanded:
        arguments = [*arguments[:-1], *_spread(name, arguments[-1])]
    return invoke(evaluator, name, arguments)


def invoke(evaluator: Evaluator, name: str, arguments: Sequence[Inner]) -> Inner:
    """The value of a function for values."""
    if name in _CHANGING:
        raise Unsupported("it differs from run to run")
    if name == "rsadecrypt":
        raise Undecided(Unknown(Why.SECRET, "rsadecrypt()", note="it takes a private key"))
    if name.startswith("provider::"):
        raise Unsupported("functions of providers are not evaluated")
    if name in _RENDERING:
        return _RENDERING[name](evaluator, arguments)
    function = FUNCTIONS.get(name)
    if function is None:
        raise Invalid(f"there is no function {name}")
    return function(arguments, evaluator.functions)


def _spread(name: str, value: Inner) -> list[Inner]:
    """The arguments that ``value...`` stands for."""
    if value is None:
        raise Invalid("null cannot be expanded into arguments")
    if isinstance(value, Set) and value.rest is None:
        return list(value.items)
    if isinstance(value, list):
        return value
    if isinstance(value, OpenList) and name == "concat":
        return [*value.items, value.rest]
    if isinstance(value, (dict, str, bool, int, float, OpenDict)):
        raise Invalid("only lists can be expanded into arguments")
    raise Undecided(unclear(value))


def _try(evaluator: Evaluator, code: HclExpression, nodes: Sequence[Node]) -> Inner:
    """The first alternative without error. One whose value is unknown may turn out to be an error."""
    if not nodes:
        raise Invalid("try takes at least one argument")
    for node in nodes:
        try:
            value = evaluator.node(code, node)
        except (Undecided, Beyond, Unsupported, Outside) as fault:
            value = told(fault, shown(code.text(node)), code.at(node))
        except Invalid:
            continue
        if not isinstance(value, Unknown) or value.why is not Why.INVALID:
            return value
    raise Invalid("every alternative of try is an error")


def _can(evaluator: Evaluator, code: HclExpression, nodes: Sequence[Node]) -> Inner:
    """Whether an expression has no error."""
    if len(nodes) != 1:
        raise Invalid("can takes one argument")
    try:
        value = evaluator.node(code, nodes[0])
    except Invalid:
        return False
    if not isinstance(value, Unknown):
        return True
    return False if value.why is Why.INVALID else unclear(value)


@dataclass(frozen=True, slots=True)
class TemplateNames:
    """The scope of a template: names that are not among its variables."""

    rest: Unknown | None

    def resolve(self, names: Sequence[str], place: Location) -> tuple[Inner, int]:
        """Why the variable is not known, or an error where it is certainly not given."""
        if self.rest is None:
            raise Invalid(f'the template uses "{names[0]}", which it is not given')
        return self.rest, len(names)

    def declared(self, variable: str) -> Type:
        """There are no input variables in a template."""
        return ANY


def _rendered(evaluator: Evaluator, source: str, variables: Inner, place: Location) -> Inner:
    """A template with its variables and no other name."""
    if evaluator.template_depth >= _MAX_TEMPLATE_DEPTH:
        raise Beyond("templates nested too deeply")
    evaluator.budget.spend(_TEMPLATE_ROUNDS)
    rest: Unknown | None = None
    if isinstance(variables, OpenDict):
        variables, rest = variables.items, variables.rest
    if not isinstance(variables, dict):
        if variables is None or isinstance(variables, (list, str, bool, int, float)):
            raise Invalid("the variables of a template must be a map")
        raise Undecided(unclear(variables))
    return text_template(evaluator.rendering(TemplateNames(rest), variables), source, place)


def _templatefile(evaluator: Evaluator, arguments: Sequence[Inner]) -> Inner:
    if len(arguments) != 2:
        raise Invalid("templatefile takes two arguments")
    path = found(evaluator.functions, arguments[0])
    return _rendered(evaluator, file_text(path), arguments[1], Location(path.as_posix(), 1))


def _templatestring(evaluator: Evaluator, arguments: Sequence[Inner]) -> Inner:
    if len(arguments) != 2:
        raise Invalid("templatestring takes two arguments")
    source = to_string(arguments[0])
    if not isinstance(source, str):
        raise Undecided(unclear(source))
    return _rendered(evaluator, source, arguments[1], Location("templatestring", 1))


_LAZY: Mapping[str, Callable[[Evaluator, HclExpression, Sequence[Node]], Inner]] = {"try": _try, "can": _can}
_RENDERING: Mapping[str, Callable[[Evaluator, Sequence[Inner]], Inner]] = {
    "templatefile": _templatefile,
    "templatestring": _templatestring,
}
