"""Trees of the native syntax, and what the grammar makes necessary to know about them."""

from __future__ import annotations

import re
from functools import cache

import tree_sitter_hcl
from tree_sitter import Language, Node, Parser, Tree

_EXPONENT = re.compile(rb"(?<![\w.])[0-9]+[eE][-+]?[0-9]+")


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
