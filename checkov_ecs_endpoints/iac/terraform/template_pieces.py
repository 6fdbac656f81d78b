"""The pieces of a template: text between sequences, as Terraform's scanner has it.

HCL Native Syntax Specification, "Templates".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from tree_sitter import Node

from checkov_ecs_endpoints.iac.terraform.faults import Unsupported
from checkov_ecs_endpoints.iac.terraform.shapes import HclExpression

_SEQUENCES = frozenset(
    {
        "template_interpolation",
        "template_if_intro",
        "template_else_intro",
        "template_if_end",
        "template_for_start",
        "template_for_end",
    }
)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_QUOTED_ESCAPE = re.compile(r'\\(?:([nrt"\\])|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))|([$%])\4\{')
_BARE_ESCAPE = re.compile(r"([$%])\1\{")


class Kind(Enum):
    """How the literal pieces of a template are written."""

    QUOTED = "quoted"
    HEREDOC = "heredoc"
    INDENTED = "indented heredoc"


@dataclass(slots=True)
class Literal:
    """A piece of text between sequences; outside quotes, each line is a piece of its own."""

    text: str


Piece: TypeAlias = Literal | Node
"""Text, or the node of an interpolation or of a part of a directive."""


def _sequences(node: Node) -> Iterator[Node]:
    for child in node.children:
        if child.type in _SEQUENCES:
            yield child
        elif child.type in ("template_directive", "template_if", "template_for"):
            yield from _sequences(child)


def pieces_of(code: HclExpression, node: Node, span: tuple[int, int], kind: Kind) -> list[Piece]:
    """Literals and sequences in order. ``$$${`` is an escape for Terraform, whatever the tree says."""
    found: list[Piece] = []
    at, end = span
    for sequence in _sequences(node):
        start = sequence.start_byte
        sign = code.source[start : start + 1]
        if start > at and code.source[start - 1 : start] == sign:
            if sequence.type != "template_interpolation":
                raise Unsupported("an escape before a directive is not read")
            continue
        found.extend(_literals(code.source[at:start], kind))
        found.append(sequence)
        at = sequence.end_byte
    found.extend(_literals(code.source[at:end], kind))
    return found


def _literals(raw: bytes, kind: Kind) -> list[Literal]:
    source = raw.decode()
    if not source:
        return []
    if kind is Kind.QUOTED:
        return [Literal(_normal(_QUOTED_ESCAPE.sub(_unescaped, source)))]
    lines = re.findall(r"[^\n]*\n|[^\n]+", source)
    return [Literal(_normal(_BARE_ESCAPE.sub(r"\1{", line))) for line in lines]


def _normal(source: str) -> str:
    """Terraform keeps text in Unicode's normal form C."""
    return source if source.isascii() else unicodedata.normalize("NFC", source)


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        return _ESCAPES[found[1]]
    if found[4]:
        return found[4] + "{"
    return chr(int(found[2] or found[3], 16))


def strip(code: HclExpression, pieces: list[Piece]) -> None:
    """Apply ``~``: it takes white space from the neighbouring piece, no further than one line."""
    for at, piece in enumerate(pieces):
        if isinstance(piece, Literal):
            continue
        source = code.source[piece.start_byte : piece.end_byte]
        before = pieces[at - 1] if at else None
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        if source[2:3] == b"~" and isinstance(before, Literal):
            before.text = before.text.rstrip()
        if source[-2:-1] == b"~" and isinstance(after, Literal):
            after.text = after.text.lstrip()


def unindent(pieces: Sequence[Piece]) -> None:
    """Take away the white space that all lines of an indented heredoc begin with."""
    least: int | None = None
    beginnings: list[Literal] = []
    new_line = True
    for piece in pieces:
        if new_line:
            new_line = False
            spaces: int | None = 0
            if isinstance(piece, Literal):
                trimmed = piece.text.lstrip()
                if not trimmed and piece.text.endswith("\n"):
                    spaces = None
                else:
                    spaces = len(piece.text) - len(trimmed)
                    beginnings.append(piece)
            if spaces is not None and (least is None or spaces < least):
                least = spaces
        if isinstance(piece, Literal) and piece.text.endswith("\n"):
            new_line = True
    for literal in beginnings:
        literal.text = literal.text[least or 0 :]
