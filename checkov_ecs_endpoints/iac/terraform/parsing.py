"""Reading files of the native syntax; what is broken is left out and told."""

from __future__ import annotations

from pathlib import Path

from tree_sitter import Node

from checkov_ecs_endpoints.iac.terraform.nodes import named, tree_of
from checkov_ecs_endpoints.iac.terraform.shapes import Attribute, Block, Body, File, HclExpression
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SHOWN = 40


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
    return File(path, body, tuple(sorted(reader.problems)))


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
        start = next(child for child in rest if child.type == "block_start")
        if start.start_point[0] != kind.start_point[0]:
            self._problem(start, 'a block\'s "{" must stand on the line of its type')
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
