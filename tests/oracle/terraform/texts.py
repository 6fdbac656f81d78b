"""Generated templates: quoted and heredocs, with interpolation, directives and strip markers."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

PIECES = (
    "",
    "x",
    " ",
    "\\n",
    "$${a}",
    "%%{b}",
    "\\u00e9",
    "\\\\",
    "$ ",
    "% ",
    '\\"',
    "\\t",
    "$$ ",
    "5% ",
    "{}",
)
LINES = ("", "a", "  b", "\tc", "    d e  ", "$${x}", "%%{y}", '"q" \\n', "é", " ", "$", "% {", "{}")


class Expressions(Protocol):
    """What makes the expressions inside a template."""

    chance: random.Random

    def make(self, kind: str, depth: int) -> str:
        """An expression of a kind."""

    def binding(self, names: Sequence[str], make: Callable[[], str]) -> str:
        """What is made inside a loop, where its names may be used."""


@dataclass
class Texts:
    """Makes templates around expressions."""

    expressions: Expressions

    def _pick(self, choices: Sequence[str]) -> str:
        return self.expressions.chance.choice(choices)

    def _strip(self) -> str:
        return self._pick(("", "", "~"))

    def _interpolation(self, depth: int) -> str:
        kind = self._pick(("number", "string", "bool", "string", "any"))
        space = self._pick(("", " "))
        made = self.expressions.make(kind, depth).replace("\n", " ")
        if "<<" in made:
            made = "1"
        return f"${{{self._strip()}{space}{made}{space}{self._strip()}}}"

    def _condition(self) -> str:
        made = self.expressions.make("bool", 1)
        return "true" if "<<" in made or "\n" in made else made

    def _over(self, depth: int) -> str:
        made = self.expressions.make(self._pick(("sequence", "sequence", "mapping", "set")), depth)
        return "[1, 2]" if "<<" in made or "\n" in made else made

    def quoted(self, depth: int) -> str:
        """A template in quotes."""
        return f'"{self._body(depth, PIECES, "", 2)}"'

    def heredoc(self, depth: int) -> str:
        """A template on lines of its own, with or without indentation."""
        mark = self._pick(("<<EOT", "<<-EOT", "<<-EOT"))
        end = self._pick(("", "  ", "\t")) if mark == "<<-EOT" else ""
        return f"{mark}\n{self._body(depth, LINES, chr(10), 3)}\n{end}EOT\n"

    def _body(self, depth: int, literals: Sequence[str], between: str, length: int) -> str:
        count = self.expressions.chance.randrange(1, length + 2)
        return between.join(self._part(depth, literals, between) for _ in range(count))

    def _part(self, depth: int, literals: Sequence[str], between: str) -> str:
        form = self.expressions.chance.randrange(7)
        around = self._pick(literals), self._pick(literals)
        indent = self._pick(("", "  ", "    ")) if between else ""
        if form < 2:
            return around[0]
        if form < 5 or depth <= 0:
            return f"{indent}{around[0]}{self._interpolation(depth - 1)}{around[1]}"

        def inside() -> str:
            return self._body(depth - 1, literals, between, 1)

        open_, close = (f"{indent}%{{{self._strip()} ", f" {self._strip()}}}")
        if form == 5:
            other = ""
            if self.expressions.chance.random() < 0.5:
                other = f"{between}%{{{self._strip()} else {self._strip()}}}{between}{inside()}"
            return (
                f"{open_}if {self._condition()}{close}{between}{inside()}{other}"
                f"{between}%{{{self._strip()} endif {self._strip()}}}"
            )
        names = self.expressions.chance.choice((("v",), ("k", "v")))
        over = self._over(depth - 1)
        body = self.expressions.binding(names, inside)
        return (
            f"{open_}for {', '.join(names)} in {over}{close}{between}{body}"
            f"{between}%{{{self._strip()} endfor {self._strip()}}}"
        )
