"""What Terraform files are made of: blocks, attributes, and expressions not yet read.

The structure is that of the HCL native syntax specification
(https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tree_sitter import Node

from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location


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
class File:
    """What one file says. With problems, ``body`` holds what was readable without doubt."""

    path: Path
    body: Body
    problems: tuple[Problem, ...] = ()


def expression_of_json(value: object, path: Path, line: int) -> JsonExpression:
    """The expression that a value of a ``.tf.json`` file is."""
    return JsonExpression(value, Location(path.as_posix(), line))
