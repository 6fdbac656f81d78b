"""The evaluator: a value for each kind of expression.

Faults travel as exceptions to the nearest place that can say what is known all the same:
an operation, a function call, or the whole expression.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from os.path import relpath

from tree_sitter import Node

from checkov_ecs_endpoints.iac.terraform import conditionals, invocation, loops, operators, splats, templates
from checkov_ecs_endpoints.iac.terraform.faults import (
    ROUNDS,
    Beyond,
    Fault,
    Invalid,
    Undecided,
    Unsupported,
)
from checkov_ecs_endpoints.iac.terraform.functions.context import FunctionContext
from checkov_ecs_endpoints.iac.terraform.kinds import (
    ObjectType,
    TupleType,
)
from checkov_ecs_endpoints.iac.terraform.mistakes import kind_in_spite, together
from checkov_ecs_endpoints.iac.terraform.nodes import chain, named
from checkov_ecs_endpoints.iac.terraform.numeric import parse_number
from checkov_ecs_endpoints.iac.terraform.objects import assembled
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Scope
from checkov_ecs_endpoints.iac.terraform.shapes import Expression, HclExpression, JsonExpression
from checkov_ecs_endpoints.iac.terraform.stories import shown, source_of, told
from checkov_ecs_endpoints.values import Location, Unknown, Why


@dataclass(slots=True)
class Budget:
    """How many rounds the loops of one expression may still take."""

    rounds: int = ROUNDS

    def spend(self, rounds: int = 1) -> None:
        """One more round, or what costs as much as several."""
        self.rounds -= rounds
        if self.rounds < 0:
            raise Beyond(f"more than {ROUNDS} rounds of loops")


@dataclass(slots=True)
class Evaluator:
    """Evaluates expressions of one module; ``bound`` holds the names of loops and templates."""

    scope: Scope
    functions: FunctionContext
    bound: Mapping[str, Inner] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    template_depth: int = 0

    def binding(self, names: Mapping[str, Inner]) -> Evaluator:
        """An evaluator that knows further names."""
        return Evaluator(
            self.scope, self.functions, {**self.bound, **names}, self.budget, self.template_depth
        )

    def rendering(self, scope: Scope, names: Mapping[str, Inner]) -> Evaluator:
        """An evaluator for a template, which sees its own variables only."""
        return Evaluator(scope, self.functions, names, self.budget, self.template_depth + 1)

    def outcome(self, expression: Expression) -> Inner:
        """The value of a whole expression; every fault becomes an Unknown."""
        try:
            return self.value(expression)
        except Fault as fault:
            return told(fault, source_of(expression), expression.location)
        except RecursionError:
            return Unknown(Why.LIMIT, source_of(expression), expression.location, "nested too deeply")

    def value(self, expression: Expression) -> Inner:
        """The value of an expression; raises Fault where it has none."""
        if isinstance(expression, JsonExpression):
            return self._json(expression.value, expression.location)
        if expression.passed:
            links, last = chain(expression.node)
            return conditionals.chosen(self, expression, links[expression.passed :], last)
        return self.node(expression, expression.node)

    def node(self, code: HclExpression, node: Node) -> Inner:
        """The value of a node of a tree."""
        handler = _HANDLERS.get(node.type)
        if handler is None:
            raise Unsupported(f"{node.type.replace('_', ' ')} is not understood")
        try:
            return handler(self, code, node)
        except Invalid as fault:
            fault.kind = kind_in_spite(node, fault)
            raise

    def part(self, code: HclExpression, node: Node) -> Inner:
        """The value of a node that says nothing of the type of what it is a part of."""
        try:
            return self.node(code, node)
        except Invalid as fault:
            fault.kind = None
            raise

    def guarded(self, code: HclExpression, node: Node, work: Callable[[], Inner]) -> Inner:
        """A value that is unknown, and no more than that, where work cannot be done."""
        try:
            value = work()
        except (Undecided, Beyond, Unsupported) as fault:
            return told(fault, shown(code.text(node)), code.at(node))
        return value.through(code.at(node)) if isinstance(value, Unknown) else value

    def _term(self, code: HclExpression, node: Node) -> Inner:
        return self.term(code, named(node))

    def term(self, code: HclExpression, nodes: Sequence[Node]) -> Inner:
        """A value with the attributes, indexes and splats after it."""
        first, *suffixes = nodes
        if first.type == "variable_expr":
            return splats.name(self, code, first, suffixes)
        if not suffixes:
            return self.node(code, first)
        return splats.apply(self, code, self.part(code, first), splats.flatten(suffixes))

    def _literal(self, code: HclExpression, node: Node) -> Inner:
        child = node.children[0]
        if child.type == "string_lit":
            return templates.quoted(self, code, child)
        text = code.text(child)
        if child.type == "numeric_lit":
            return parse_number(text)
        return {"true": True, "false": False, "null": None}[text]

    def _of(self, code: HclExpression) -> Callable[[Node], Inner]:
        """How the nodes of an expression are evaluated.

        No ``partial``, which is C: since Python 3.12 calls of C inside one another have a limit of their
        own. https://docs.python.org/3.12/whatsnew/3.12.html#sys
        """
        return lambda node: self.node(code, node)

    def _tuple(self, code: HclExpression, node: Node) -> Inner:
        nodes = [child for child in named(node) if child.type == "expression"]
        return together(self._of(code), _written(nodes))

    def _object(self, code: HclExpression, node: Node) -> Inner:
        written = _written([child for child in named(node) if child.type == "object_elem"])
        members = [named(child) for child in written]
        keys = [self._key(code, key) for key, _ in members]
        try:
            values = together(self._of(code), [value for _, value in members])
        except Invalid as fault:
            if not isinstance(fault.kind, TupleType) or not all(isinstance(key, str) for key in keys):
                fault.kind = None
            else:
                fault.kind = ObjectType(dict(zip(keys, fault.kind.items, strict=True)))
            raise
        return assembled(zip(keys, values, strict=True))

    def _key(self, code: HclExpression, node: Node) -> Inner:
        """A key: a bare word stands for itself."""
        children = named(node)
        if len(children) == 1 and node.child_count == 1:
            inner = children[0]
            if inner.type == "variable_expr":
                return code.text(inner)
            if inner.type == "literal_value" and inner.children[0].type in ("bool_lit", "null_lit"):
                return code.text(inner)
        elif children and children[0].type == "variable_expr":
            raise Invalid("an object key with an attribute needs parentheses")
        return self.node(code, node)

    def _unary(self, code: HclExpression, node: Node) -> Inner:
        operator = node.children[0].type
        value = self.term(code, named(node))
        return self.guarded(code, node, lambda: operators.unary(operator, value))

    def _binary(self, code: HclExpression, node: Node) -> Inner:
        operands: list[list[Node]] = []
        signs: list[str] = []
        _flatten(node, operands, signs)
        values = [self.term(code, nodes) for nodes in operands]

        def combine(sign: str, left: Inner, right: Inner) -> Inner:
            return self.guarded(code, node, lambda: operators.binary(sign, left, right))

        return operators.associate(values, signs, combine)

    def _json(self, value: object, place: Location) -> Inner:
        if isinstance(value, str):
            return templates.text_template(self, value, place)
        if isinstance(value, list):
            return [self._json(item, place) for item in value]
        if isinstance(value, dict):
            return assembled((self._json(key, place), self._json(item, place)) for key, item in value.items())
        if isinstance(value, float):
            return parse_number(repr(value))
        return value

    def resolve(self, names: Sequence[str], place: Location) -> tuple[Inner, int]:
        """The value behind a run of names, and how many of them are spent."""
        if names[0] in self.bound:
            return self.bound[names[0]], 1
        if names[0] == "path" and len(names) > 1:
            return self._path(names[1]), 2
        return self.scope.resolve(names, place)

    def _path(self, name: str) -> str:
        """``path.module`` and its like, as Terraform says them when it runs in the root module."""
        if name == "module":
            return relpath(self.functions.module, self.functions.root).replace("\\", "/")
        if name == "root":
            return "."
        if name == "cwd":
            return self.functions.root.as_posix()
        raise Invalid(f"there is no path.{name}")


def _written(members: list[Node]) -> list[Node]:
    """The members of a list or object that is written out, unless it would take too long."""
    if len(members) > ROUNDS:
        raise Beyond(f"more than {ROUNDS} members written out")
    return members


def _flatten(node: Node, operands: list[list[Node]], signs: list[str]) -> None:
    """The operands and operators of a chain, whatever precedence the grammar gave them."""
    sides: list[list[Node]] = [[]]
    for child in node.children:
        if child.type in operators.PRECEDENCE and not child.is_named:
            sides.append([])
            sign = child.type
        elif child.is_named and child.type != "comment":
            sides[-1].append(child)
    left, right = sides
    _flatten_side(left, operands, signs)
    signs.append(sign)
    _flatten_side(right, operands, signs)


def _flatten_side(nodes: list[Node], operands: list[list[Node]], signs: list[str]) -> None:
    if len(nodes) == 1 and nodes[0].type == "operation":
        inner = named(nodes[0])[0]
        if inner.type == "binary_operation":
            _flatten(inner, operands, signs)
            return
    operands.append(nodes)


_HANDLERS: Mapping[str, Callable[[Evaluator, HclExpression, Node], Inner]] = {
    "expression": Evaluator._term,
    "operation": Evaluator._term,
    "collection_value": Evaluator._term,
    "literal_value": Evaluator._literal,
    "template_expr": templates.expression,
    "variable_expr": Evaluator._term,
    "function_call": invocation.call,
    "tuple": Evaluator._tuple,
    "object": Evaluator._object,
    "for_expr": Evaluator._term,
    "for_tuple_expr": loops.tuple_of,
    "for_object_expr": loops.object_of,
    "unary_operation": Evaluator._unary,
    "binary_operation": Evaluator._binary,
    "conditional": conditionals.conditional,
}
