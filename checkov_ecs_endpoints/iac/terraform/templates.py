"""Strings with interpolation and directives: quoted, heredocs, and whole template files.

The tree gives structure and places only; text is taken from the source between them, for
white space at the edges of a piece is in no node. Terraform documentation: Configuration
Language, Strings and Templates; HCL Native Syntax Specification, "Templates".
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from tree_sitter import Node

from checkov_ecs_endpoints.iac.terraform.conversion import to_string
from checkov_ecs_endpoints.iac.terraform.faults import Fault, Invalid, bounded_text
from checkov_ecs_endpoints.iac.terraform.loops import intro
from checkov_ecs_endpoints.iac.terraform.merging import either
from checkov_ecs_endpoints.iac.terraform.nodes import named, tree_of
from checkov_ecs_endpoints.iac.terraform.operators import truth
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.sensitive import carried
from checkov_ecs_endpoints.iac.terraform.shapes import HclExpression
from checkov_ecs_endpoints.iac.terraform.template_pieces import (
    Kind,
    Literal,
    Piece,
    pieces_of,
    strip,
    unindent,
)
from checkov_ecs_endpoints.iac.terraform.weights import bounded_value
from checkov_ecs_endpoints.values import Location, Reference, Text, Unknown, text

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.terraform.evaluator import Evaluator

_MARK = "END_OF_TEMPLATE"


@dataclass(frozen=True, slots=True)
class Choice:
    """``%{ if }``."""

    condition: Node
    met: tuple[Item, ...]
    unmet: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """``%{ for }``; ``start`` is the node of its opening directive."""

    start: Node
    body: tuple[Item, ...]


Item: TypeAlias = Literal | Node | Choice | Repeat


def expression(evaluator: Evaluator, code: HclExpression, node: Node) -> Inner:
    """The value of a quoted template or heredoc."""
    template = named(node)[0]
    if template.type == "quoted_template":
        return quoted(evaluator, code, template)
    return _heredoc(evaluator, code, template)


def quoted(evaluator: Evaluator, code: HclExpression, node: Node) -> Inner:
    """The value of a quoted string."""
    start, end = node.children[0].end_byte, node.children[-1].start_byte
    return _value(evaluator, code, node, (start, end), Kind.QUOTED)


def _heredoc(evaluator: Evaluator, code: HclExpression, node: Node) -> Inner:
    marks = [child for child in node.children if child.type == "heredoc_identifier"]
    start = code.source.index(b"\n", marks[0].end_byte) + 1
    end = max(start, code.source.rindex(b"\n", 0, marks[-1].start_byte) + 1)
    kind = Kind.INDENTED if code.text(node).startswith("<<-") else Kind.HEREDOC
    return _value(evaluator, code, node, (start, end), kind)


def text_template(evaluator: Evaluator, source: str, place: Location) -> Inner:
    """The value of a text that is a template as a whole: a file, or a string of the JSON syntax."""
    if "${" not in source and "%{" not in source:
        return unicodedata.normalize("NFC", source)
    mark = _MARK
    while mark in source:
        mark += "_"
    opening = f"_ = <<{mark}\n".encode()
    content = source.encode()
    whole = opening + content + f"\n{mark}\n".encode()
    root = tree_of(whole).root_node
    node: Node | None = root
    for kind in ("body", "attribute", "expression", "template_expr", "heredoc_template"):
        node = None if node is None else next((child for child in node.children if child.type == kind), None)
    if root.has_error or node is None:
        raise Invalid("the template is not valid")
    code = HclExpression(node, whole, place.path, place.line - 2)
    span = (len(opening), len(opening) + len(content))
    return _value(evaluator, code, node, span, Kind.HEREDOC)


def _value(evaluator: Evaluator, code: HclExpression, node: Node, span: tuple[int, int], kind: Kind) -> Inner:
    pieces = pieces_of(code, node, span, kind)
    strip(code, pieces)
    if kind is Kind.INDENTED:
        unindent(pieces)
    items, spent = _nest(pieces, 0)
    if spent < len(pieces):
        raise Invalid("the directives of the template do not match")
    if len(items) == 1 and isinstance(items[0], Node):
        return evaluator.node(code, _inside(items[0]))
    return _rendered(evaluator, code, items)


def _nest(pieces: Sequence[Piece], at: int) -> tuple[tuple[Item, ...], int]:
    """The items up to the end of a directive or of the pieces, and where they stop."""
    found: list[Item] = []
    while at < len(pieces):
        piece = pieces[at]
        if isinstance(piece, Literal) or piece.type == "template_interpolation":
            found.append(piece)
        elif piece.type == "template_if_intro":
            met, at = _nest(pieces, at + 1)
            unmet: tuple[Item, ...] = ()
            if _type(pieces, at) == "template_else_intro":
                unmet, at = _nest(pieces, at + 1)
            found.append(Choice(_inside(piece), met, unmet))
        elif piece.type == "template_for_start":
            body, at = _nest(pieces, at + 1)
            found.append(Repeat(piece, body))
        else:
            break
        at += 1
    return tuple(found), at


def _type(pieces: Sequence[Piece], at: int) -> str:
    piece = pieces[at] if at < len(pieces) else None
    return piece.type if isinstance(piece, Node) else ""


def _inside(node: Node) -> Node:
    return next(child for child in named(node) if child.type == "expression")


def _rendered(evaluator: Evaluator, code: HclExpression, items: Sequence[Item]) -> Inner:
    return _joined(evaluator, (_part(evaluator, code, item) for item in items))


def _joined(evaluator: Evaluator, made: Iterable[str | Reference | Text | Unknown]) -> Inner:
    parts: list[str | Reference | Text | Unknown] = []
    length = 0
    for part in made:
        length = bounded_text(length + (len(part) if isinstance(part, str) else 0))
        parts.append(part)
    return carried(parts, bounded_value(text(parts)), evaluator.functions.secrets)


def _part(evaluator: Evaluator, code: HclExpression, item: Item) -> str | Reference | Text | Unknown:
    if isinstance(item, Literal):
        return item.text
    if isinstance(item, Choice):
        value = _chosen(evaluator, code, item)
    elif isinstance(item, Repeat):
        value = _repeated(evaluator, code, item)
    else:
        value = evaluator.node(code, _inside(item))
    if value is None:
        raise Invalid("null cannot be put into a text")
    written = to_string(value)
    if isinstance(written, (str, Reference, Text, Unknown)):
        return written
    raise Invalid("only texts, numbers and booleans can be put into a text")


def _chosen(evaluator: Evaluator, code: HclExpression, item: Choice) -> Inner:
    decided = truth(evaluator.node(code, item.condition))
    if not isinstance(decided, Unknown):
        return _rendered(evaluator, code, item.met if decided else item.unmet)
    branches = [_attempted(evaluator, code, items, decided) for items in (item.met, item.unmet)]
    return either(branches[0], branches[1], decided.through(code.at(item.condition)))


def _attempted(evaluator: Evaluator, code: HclExpression, items: Sequence[Item], otherwise: Unknown) -> Inner:
    """A branch that may not be taken, whose faults do not count."""
    try:
        return _rendered(evaluator, code, items)
    except Fault:
        return otherwise


def _repeated(evaluator: Evaluator, code: HclExpression, item: Repeat) -> Inner:
    names, over = intro(evaluator, code, item.start)
    if over.rest is not None:
        return over.rest.through(code.at(item.start))

    def parts() -> Iterator[str | Reference | Text | Unknown]:
        for key, value in over.members:
            evaluator.budget.spend()
            bound = {names[0]: value} if len(names) == 1 else {names[0]: key, names[1]: value}
            yield _rendered(evaluator.binding(bound), code, item.body)

    return _joined(evaluator, parts())
