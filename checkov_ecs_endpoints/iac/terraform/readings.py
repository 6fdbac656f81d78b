"""Arguments that Terraform reads without evaluating them.

``ignore_changes``, ``provider``, ``providers``, ``depends_on`` and ``type`` are such. In
JSON syntax their strings hold the native expression.
"""

from __future__ import annotations

from tree_sitter import Node

from checkov_ecs_endpoints.iac.terraform.nodes import chain, named
from checkov_ecs_endpoints.iac.terraform.parsing import parse_expression
from checkov_ecs_endpoints.iac.terraform.shapes import Expression, HclExpression, JsonExpression
from checkov_ecs_endpoints.results import Problem


def _native(expression: Expression) -> HclExpression | None:
    """The expression itself, or the one that a JSON string holds."""
    if isinstance(expression, HclExpression):
        return expression
    if not isinstance(expression.value, str):
        return None
    parsed = parse_expression(expression.value, expression.location)
    return None if isinstance(parsed, Problem) else parsed


def _inner(expression: HclExpression, kind: str) -> Node | None:
    """The node of a kind that is the whole expression, parentheses and wrappers aside."""
    node = expression.node
    while True:
        children = named(node)
        if node.type == kind:
            return node
        if node.type not in ("expression", "collection_value", "literal_value") or len(children) != 1:
            return None
        node = children[0]


def traversal(expression: Expression) -> tuple[str | int, ...] | None:
    """``aws.west`` as ``("aws", "west")``, ``a.b[0]["c"]`` likewise; None for anything else."""
    native = _native(expression)
    if native is None:
        return None
    first, *rest = named(native.node) or [native.node]
    if first.type != "variable_expr":
        return None
    steps: list[str | int] = [native.text(first)]
    for node in rest:
        text = native.text(node)
        if node.type == "get_attr":
            steps.append(text[1:].strip())
        elif node.type == "index" and text.strip(".[] \t").isdecimal():
            steps.append(int(text.strip(".[] \t")))
        elif node.type == "index" and text[1:-1].strip()[:1] == '"' and "\\" not in text and "${" not in text:
            steps.append(text[1:-1].strip()[1:-1])
        else:
            return None
    return tuple(steps)


def items(expression: Expression) -> tuple[Expression, ...] | None:
    """The members of a list that is written out; None for anything else."""
    if isinstance(expression, JsonExpression):
        if not isinstance(expression.value, list):
            return None
        return tuple(JsonExpression(item, expression.location) for item in expression.value)
    node = _inner(expression, "tuple")
    if node is None:
        return None
    return tuple(expression.of(child) for child in named(node) if child.type == "expression")


def pairs(expression: Expression) -> tuple[tuple[Expression, Expression], ...] | None:
    """The keys and values of an object that is written out; None for anything else."""
    if isinstance(expression, JsonExpression):
        if not isinstance(expression.value, dict):
            return None
        place = expression.location
        return tuple(
            (JsonExpression(k, place), JsonExpression(v, place)) for k, v in expression.value.items()
        )
    node = _inner(expression, "object")
    if node is None:
        return None
    members = [named(child) for child in named(node) if child.type == "object_elem"]
    return tuple((expression.of(key), expression.of(value)) for key, value in members)


def conditional(expression: Expression) -> tuple[Expression, Expression, Expression] | None:
    """The condition and both branches of a conditional; None for anything else."""
    if isinstance(expression, JsonExpression):
        return None
    node = _inner(expression, "conditional")
    if node is None:
        return None
    links, last = chain(node)
    condition, positive = links[expression.passed]
    passed = expression.passed + 1
    if passed == len(links):
        return expression.of(condition), expression.of(positive), expression.of(last)
    rest = HclExpression(node, expression.source, expression.path, expression.first_line, passed)
    return expression.of(condition), expression.of(positive), rest


def call(expression: Expression) -> tuple[str, tuple[Expression, ...]] | None:
    """The name and arguments of a function call such as ``list(string)``; None for anything else."""
    native = _native(expression)
    node = None if native is None else _inner(native, "function_call")
    if native is None or node is None:
        return None
    name, *rest = named(node)
    arguments = [child for holder in rest for child in named(holder) if child.type == "expression"]
    return native.text(name), tuple(native.of(child) for child in arguments)
