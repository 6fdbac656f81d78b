"""Terraform files as blocks and attributes, whose expressions stay tree-sitter nodes.

The structure is that of the HCL native syntax specification
(https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

import tree_sitter_hcl
from tree_sitter import Language, Node, Parser, Tree

from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SHOWN = 40
_EXPONENT = re.compile(rb"(?<![\w.])[0-9]+[eE][-+]?[0-9]+")


@dataclass(frozen=True, slots=True)
class HclExpression:
    """An expression of the native syntax: a node of the parsed file, read when asked for.

    ``first_line`` is the number of lines of the file before ``source``, for expressions
    that were parsed out of a larger text. ``passed`` counts the conditions of a chain of
    conditionals that are behind: the grammar nests ``a ? b : c ? d : e`` to the left, so that
    no node stands for ``c ? d : e``.
    """

    node: Node
    source: bytes
    path: str
    first_line: int = 0
    passed: int = 0

    @property
    def location(self) -> Location:
        """The lines of the expression."""
        return self.at(self.node)

    def at(self, node: Node) -> Location:
        """The lines of any node of the same tree."""
        before = self.first_line + 1
        return Location(self.path, node.start_point[0] + before, node.end_point[0] + before)

    def of(self, node: Node) -> HclExpression:
        """The expression that another node of the same tree is."""
        return HclExpression(node, self.source, self.path, self.first_line)

    def text(self, node: Node) -> str:
        """The source text of a node."""
        return self.source[node.start_byte : node.end_byte].decode()


@dataclass(frozen=True, slots=True)
class JsonExpression:
    """An expression of the JSON syntax: strings in it are templates.

    Terraform documentation: Configuration Language, JSON Configuration Syntax,
    "Expression Mapping".
    """

    value: object
    location: Location


Expression: TypeAlias = HclExpression | JsonExpression


@dataclass(frozen=True, slots=True)
class Attribute:
    """``name = expression``."""

    name: str
    expression: Expression
    location: Location


@dataclass(frozen=True, slots=True)
class Body:
    """The attributes and nested blocks of a file or block, in the order they are written."""

    attributes: dict[str, Attribute]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """``type "label" ... { body }``."""

    type: str
    labels: tuple[str, ...]
    body: Body
    location: Location


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment with its markers; ``start`` and ``end`` are its first and last line."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class File:
    """What one file says. With problems, ``body`` holds what was readable without doubt."""

    path: Path
    body: Body
    problems: tuple[Problem, ...] = ()
    comments: tuple[Comment, ...] = ()


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_hcl.language()))


def tree_of(source: bytes) -> Tree:
    """The tree of a text in the native syntax.

    The grammar does not know numbers such as ``1e6``; it is shown as many digits instead, and
    the text of a node is always taken from the source itself.
    """
    return _parser().parse(_EXPONENT.sub(lambda found: b"1" * len(found[0]), source))


def named(node: Node) -> list[Node]:
    """The named children of a node that are not comments."""
    return [child for child in node.named_children if child.type != "comment"]


def parse(path: Path, source: bytes) -> File:
    """Read a file of the native syntax."""
    name = path.as_posix()
    source = source.removeprefix(BYTE_ORDER_MARK)
    try:
        source.decode()
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        return File(path, Body({}, ()), (Problem(name, line, "not valid UTF-8"),))
    root = tree_of(source).root_node
    reader = _Reader(HclExpression(root, source, name))
    body = reader.body(next((child for child in root.children if child.type == "body"), root))
    return File(path, body, tuple(sorted(reader.problems)), tuple(_comments(root, source)))


def _comments(root: Node, source: bytes) -> Iterator[Comment]:
    if b"#" not in source and b"//" not in source and b"/*" not in source:
        return
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.type == "comment":
            text = source[node.start_byte : node.end_byte].decode()
            yield Comment(node.start_point[0] + 1, node.end_point[0] + 1, text)
        waiting.extend(reversed(node.children))


class _Reader:
    """Makes bodies of nodes, and collects what is wrong with them.

    What is broken is left out. After the first mistake of a file the parser may take a
    nested block for a top-level one; only blocks that start a line are believed then.
    """

    def __init__(self, whole: HclExpression) -> None:
        self.problems: list[Problem] = []
        self._whole = whole
        self._broken = False
        if whole.node.has_error:
            self._report(whole.node)

    def _report(self, node: Node) -> None:
        for child in node.children:
            if child.is_missing:
                self._problem(child, f'"{_EXPECTED.get(child.type, child.type)}" is missing')
            elif child.is_error:
                words = self._whole.text(child).split()
                self._problem(child, f'"{" ".join(words)[:_SHOWN]}" does not belong here')
            elif child.has_error:
                self._report(child)

    def _problem(self, node: Node, message: str) -> None:
        place = self._whole.at(node)
        self.problems.append(Problem(place.path, place.line, f"not valid Terraform syntax: {message}"))

    def body(self, node: Node, nested: bool = False) -> Body:
        attributes: dict[str, Attribute] = {}
        blocks: list[Block] = []
        last: Node | None = None
        for child in named(node):
            if last is not None and child.start_point[0] == last.end_point[0] and not child.is_error:
                self._problem(child, "a new line must come before the next argument or block")
            last = child
            if child.has_error or child.is_error:
                self._broken = True
            elif self._broken and not nested and child.start_point[1] > 0:
                continue
            elif child.type == "attribute":
                self._attribute(child, attributes)
            elif child.type == "block":
                blocks.append(self._block(child))
        return Body(attributes, tuple(blocks))

    def _attribute(self, node: Node, attributes: dict[str, Attribute]) -> None:
        key, expression = named(node)
        name = self._whole.text(key)
        if name in attributes:
            self._problem(node, f'"{name}" is set twice in the same block')
            return
        attributes[name] = Attribute(name, self._whole.of(expression), self._whole.at(node))

    def _block(self, node: Node) -> Block:
        kind, *rest = named(node)
        labels = tuple(self._label(child) for child in rest if child.type in ("string_lit", "identifier"))
        body = next((child for child in rest if child.type == "body"), None)
        inside = Body({}, ()) if body is None else self.body(body, nested=True)
        return Block(self._whole.text(kind), labels, inside, self._whole.at(node))

    def _label(self, node: Node) -> str:
        text = self._whole.text(node)
        return text[1:-1] if node.type == "string_lit" else text


_EXPECTED = {
    "quoted_template_end": '\\"',
    "template_interpolation_end": "}",
    "template_directive_end": "}",
    "heredoc_identifier": "the end of the heredoc",
}


def expression_of_json(value: object, path: Path, line: int) -> JsonExpression:
    """The expression that a value of a ``.tf.json`` file is."""
    return JsonExpression(value, Location(path.as_posix(), line))


def parse_expression(source: str, location: Location) -> HclExpression | Problem:
    """Read a lone expression, such as a type constraint or traversal in a JSON string."""
    prefix = "_ = "
    text = (prefix + source + "\n").encode()
    root = tree_of(text).root_node
    body = next((child for child in root.children if child.type == "body"), None)
    children = [] if body is None else body.named_children
    if root.has_error or len(children) != 1 or children[0].type != "attribute":
        shown = " ".join(source.split())[:_SHOWN]
        return Problem(location.path, location.line, f'not valid Terraform syntax: "{shown}"')
    return HclExpression(named(children[0])[1], text, location.path, location.line - 1)


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


# Static readings, for arguments that Terraform does not evaluate (``ignore_changes``,
# ``provider``, ``providers``, ``depends_on``, ``type``). In JSON syntax the strings of such
# arguments hold the native expression.


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


def chain(node: Node) -> tuple[list[tuple[Node, Node]], Node]:
    """Conditions with their values, first to last, and the value where none is met.

    Conditionals associate to the right: ``a ? b : c ? d : e`` is ``a ? b : (c ? d : e)``.
    """
    links: list[tuple[Node, Node]] = []
    condition, positive, last = named(node)
    while True:
        inside = named(condition)
        if len(inside) == 1 and inside[0].type == "conditional" and condition.child_count == 1:
            earlier, earlier_positive, negative = named(inside[0])
            links.append((negative, positive))
            condition, positive = earlier, earlier_positive
        else:
            links.append((condition, positive))
            return links[::-1], last


def call(expression: Expression) -> tuple[str, tuple[Expression, ...]] | None:
    """The name and arguments of a function call such as ``list(string)``; None for anything else."""
    native = _native(expression)
    node = None if native is None else _inner(native, "function_call")
    if native is None or node is None:
        return None
    name, *rest = named(node)
    arguments = [child for holder in rest for child in named(holder) if child.type == "expression"]
    return native.text(name), tuple(native.of(child) for child in arguments)
