"""Variables with generated types and defaults, for the expressions to use."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

ATTRIBUTES = ("name", "size", "tags", "on", "at")
PRIMITIVES = {
    "string": ('"a"', '"10"', '"true"', "5", "1.5", "true", '""'),
    "number": ("1", "2.5", '"3"', "-7", '"0.50"'),
    "bool": ("true", "false", '"true"', '"false"'),
    "any": ('"a"', '"b"', '"10"'),
}


@dataclass(frozen=True)
class Variable:
    """A variable with what Terraform reads as its type and default."""

    name: str
    type: str
    default: str

    def __str__(self) -> str:
        return f'variable "{self.name}" {{\n  type    = {self.type}\n  default = {self.default}\n}}\n'


@dataclass(frozen=True)
class Shape:
    """A type, and a way to make values that Terraform converts to it."""

    type: str
    value: Callable[[], str]


@dataclass
class Shapes:
    """Makes types of all constructors, no deeper than asked."""

    chance: random.Random

    def make(self, depth: int) -> Shape:
        """A type with its values."""
        makers = (self._primitive, self._collection, self._map, self._tuple, self._object, self._object)
        return (self.chance.choice(makers) if depth > 0 else self._primitive)(depth)

    def _or_null(self, shape: Shape) -> str:
        """A value, or null where its type is primitive: null has no type here, in Terraform it has."""
        null = "(" not in shape.type and self.chance.random() < 0.06
        return "null" if null else shape.value()

    def _primitive(self, depth: int) -> Shape:
        name = self.chance.choice(list(PRIMITIVES))
        return Shape(name, lambda: self.chance.choice(PRIMITIVES[name]))

    def _collection(self, depth: int) -> Shape:
        inner, kind = self.make(depth - 1), self.chance.choice(("list", "set"))

        def value() -> str:
            return f"[{', '.join(self._or_null(inner) for _ in range(self.chance.randrange(4)))}]"

        return Shape(f"{kind}({inner.type})", value)

    def _map(self, depth: int) -> Shape:
        inner = self.make(depth - 1)

        def value() -> str:
            keys = self.chance.sample(ATTRIBUTES, self.chance.randrange(4))
            return f"{{{', '.join(f'{key} = {self._or_null(inner)}' for key in keys)}}}"

        return Shape(f"map({inner.type})", value)

    def _tuple(self, depth: int) -> Shape:
        members = [self.make(depth - 1) for _ in range(self.chance.randrange(1, 4))]
        return Shape(
            f"tuple([{', '.join(one.type for one in members)}])",
            lambda: f"[{', '.join(map(self._or_null, members))}]",
        )

    def _object(self, depth: int) -> Shape:
        members = {name: self.make(depth - 1) for name in self.chance.sample(ATTRIBUTES, 3)}
        types = {name: one.type for name, one in members.items()}
        optional = [name for name in members if self.chance.random() < 0.6]
        for name in optional:
            default = self.chance.choice(("", f", {members[name].value()}"))
            types[name] = f"optional({types[name]}{default})"

        def value() -> str:
            made = {
                name: self._or_null(one)
                for name, one in members.items()
                if name not in optional or self.chance.random() < 0.5
            }
            if self.chance.random() < 0.2:
                made["extra"] = "1"
            return f"{{{', '.join(f'{name} = {one}' for name, one in made.items())}}}"

        return Shape(f"object({{{', '.join(f'{name} = {one}' for name, one in types.items())}}})", value)


def variables(count: int, seed: int) -> Iterator[Variable]:
    """Variables of generated types, always the same for a seed."""
    shapes = Shapes(random.Random(seed))
    for number in range(count):
        shape = shapes.make(shapes.chance.choice((1, 2, 2, 3)))
        yield Variable(f"v{number}", shape.type, shape.value())
