"""Expressions made by a grammar: seeded, distinct, over all operators, forms and functions."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from oracle.terraform.declarations import Variable
from oracle.terraform.signatures import CONSTANTS, SIGNATURES
from oracle.terraform.texts import Texts

STRINGS = (
    '""', '"a"', '"b"', '"ab,c"', '"Hello World"', '"10"', '"1.5"', '"true"', '"x-y_z"', '"é"', '" pad "',
    '"a\\nb\\n"', '"$${x}"', '"%%{y}"', '"a/b/c.txt"', '"{\\"k\\": [1, null]}"', '"YWJj"', '"\\u00e9\\t"',
)  # fmt: skip
NUMBERS = ("0", "1", "2", "3", "7", "10", "255", "1.5", "0.1", "2.25", "1e3", "100000000000000000000")
LOCALS: Mapping[str, tuple[str, ...]] = {
    "sequence": ("local.words", "local.numbers", "local.object.tags", "local.nested"),
    "mapping": ("local.object", "local.map", 'local.nested["0"]'),
    "string": ("local.object.name", "local.map.a", "local.words[0]", 'local.map["b"]', "local.words.1"),
    "number": ("local.object.size", "local.numbers[1]", "local.nested[0].id", "local.nested.1.at.0"),
    "bool": ('(local.object["name"] == "x")', "local.nothing == null"),
    "set": ("local.set",),
}
SPLATS = (
    "local.nested[*].id", "local.nested.*.at.0", "local.nested[*].at[0]", "local.object[*].name",
    "local.nothing[*]", "local.nothing[*].id", "local.set[*]", "local.nested[*].at[*]", "local.map.*.a",
    "local.nested.*.id", "local.words[*]", "local.object.none[*]", '"a"[*]',
)  # fmt: skip
MEMBERS = (".a", "[*].a", ".*.a", "[*].a.b", "[*][0]", "[*].a[0]", ".0", "[0].a")
PREFIXES = {
    "list": "sequence",
    "tuple": "sequence",
    "set": "set",
    "map": "mapping",
    "object": "mapping",
    "any": "string",
}
KINDS = ("number", "string", "bool", "sequence", "mapping", "set", "null", "string", "sequence")


@dataclass
class Generator:
    """Makes expressions of a kind, no deeper than asked.

    ``bound`` are the names of the loops around, ``variables`` those of the module by their kind.
    """

    chance: random.Random
    variables: Mapping[str, Sequence[str]]
    bound: list[str] = field(default_factory=list)

    def make(self, kind: str, depth: int) -> str:
        """An expression that usually, but not always, is of a kind."""
        if self.chance.random() < 0.03:
            kind = self.chance.choice(("number", "string", "bool", "sequence", "mapping", "set", "null"))
        if kind in CONSTANTS:
            return self.chance.choice(CONSTANTS[kind])
        if kind in KINDS and self.bound and self.chance.random() < 0.35:
            return self.chance.choice(self.bound)
        if kind in self.variables and self.chance.random() < 0.08:
            return self.chance.choice(self.variables[kind])
        return self._makers()[kind](depth)

    def operand(self, kind: str, depth: int) -> str:
        """An expression that stands beside an operator."""
        return f"({self.make(kind, depth)})" if depth > 0 else self.make(kind, 0)

    def binding(self, names: Sequence[str], make: Callable[[], str]) -> str:
        """What is made inside a loop, where its names may be used."""
        self.bound.extend(names)
        made = make()
        del self.bound[len(self.bound) - len(names) :]
        return made

    def _makers(self) -> Mapping[str, Callable[[int], str]]:
        texts = Texts(self)
        return {
            "any": self._any, "scalar": self._scalar, "number": self._number, "string": self._string,
            "bool": self._bool, "sequence": self._sequence, "strings": self._strings,
            "numbers": lambda depth: self._members("number", depth),
            "bools": lambda depth: self._members("bool", depth),
            "nested": self._nested, "mapping": self._mapping, "set": self._set, "null": lambda _: "null",
            "many": self._many, "single": lambda depth: f"[{self.make('number', depth - 1)}]",
            "singleword": self._singleword, "sensitive": self._sensitive, "heredoc": texts.heredoc,
            "mappings": self._mappings,
            "variables": lambda depth: f"{{v = {self._any(depth - 1)}}}",
        }  # fmt: skip

    def _any(self, depth: int) -> str:
        return self.make(self.chance.choice(KINDS), depth)

    def _many(self, depth: int) -> str:
        return self.make(self.chance.choice(("sequence", "mapping", "set")), depth)

    def _mappings(self, depth: int) -> str:
        return f"[{self.make('mapping', depth - 1)}, {self.make('mapping', depth - 1)}]"

    def _scalar(self, depth: int) -> str:
        return self.make(self.chance.choice(("number", "string", "bool")), depth)

    def _sensitive(self, depth: int) -> str:
        return f"sensitive({self.make('string', depth - 1)})"

    def _singleword(self, depth: int) -> str:
        return self.chance.choice(("[]", f"[{self.make('string', depth - 1)}]", "toset([])", 'toset(["a"])'))

    def _call(self, kind: str, depth: int) -> str:
        name, kinds = self.chance.choice(SIGNATURES[kind])
        arguments: list[str] = []
        for one in kinds.split():
            if one.endswith("*"):
                count = self.chance.randrange(3)
                arguments.extend(self.make(one[:-1], depth - 1) for _ in range(count))
            elif one.endswith("..."):
                arguments.append(f"{self.make(one[:-3], depth - 1)}...")
            else:
                arguments.append(self.make(one, depth - 1))
        return f"{name}({', '.join(arguments)})"

    def _shared(self, kind: str, depth: int) -> str:
        """What every kind can be: a conditional, a member, a call, something in parentheses."""
        form = self.chance.randrange(10)
        if form == 0:
            chain = f"{self.make('bool', 1)} ? {self.make(kind, depth - 1)} : {self.make(kind, depth - 1)}"
            return chain if self.chance.random() < 0.4 else f"({chain})"
        if form == 1:
            index = self.chance.choice(("0", "1", '"1"', "length([1])", "true ? 0 : 1"))
            return f"[{self.make(kind, depth - 1)}, {self.make(kind, depth - 1)}][{index}]"
        if form == 2:
            index = self.chance.choice((".a", '["a"]', '["${"a"}"]', '[lower("A")]'))
            return f"{{a = {self.make(kind, depth - 1)}}}{index}"
        if form == 3:
            return f"try({self._any(depth - 1)}[0], {self.make(kind, depth - 1)})"
        return self._call(kind, depth)

    def _number(self, depth: int) -> str:
        if depth <= 0:
            return self.chance.choice(NUMBERS + LOCALS["number"])
        form = self.chance.randrange(4)
        if form < 2:
            return self._chain("number", ("+", "-", "*", "/", "%"), self.chance.choice((1, 1, 2, 3)), depth)
        if form == 2:
            return f"-{self.operand('number', depth - 1)}"
        return self._shared("number", depth)

    def _chain(self, kind: str, signs: Sequence[str], count: int, depth: int) -> str:
        """Operands in a row; precedence says what belongs together."""
        rest = "".join(f" {self.chance.choice(signs)} {self.operand(kind, depth - 1)}" for _ in range(count))
        return self.operand(kind, depth - 1) + rest

    def _bool(self, depth: int) -> str:
        if depth <= 0:
            return self.chance.choice(("true", "false", '"true"', "(1 < 2)", *LOCALS["bool"]))
        form = self.chance.randrange(7)
        if form == 0:
            return self._chain("number", ("<", "<=", ">", ">="), 1, depth)
        if form == 1:
            kind = self.chance.choice(("any", "sequence", "mapping", "string", "set"))
            return self._chain(kind, ("==", "!="), 1, depth)
        if form == 2:
            return self._chain("bool", ("&&", "||", "=="), self.chance.choice((1, 2)), depth)
        if form == 3:
            return f"!{self.operand('bool', depth - 1)}"
        if form == 4:
            # Everything at once, without parentheses.
            left, right = (self._chain("number", ("+", "-", "*"), 2, 1) for _ in range(2))
            sign, equality = self.chance.choice(("<", ">=")), self.chance.choice(("==", "!="))
            join, also = self.chance.choice(("&&", "||")), self.chance.choice(("&&", "||"))
            return (
                f"{left} {sign} {right} {equality} {self.make('bool', 0)}"
                f" {join} !{self.make('bool', 0)} {also} {self.make('bool', 0)}"
            )
        return self._shared("bool", depth)

    def _string(self, depth: int) -> str:
        if depth <= 0:
            return self.chance.choice(STRINGS + LOCALS["string"])
        form = self.chance.randrange(7)
        if form < 3:
            return Texts(self).quoted(depth)
        if form == 3:
            return Texts(self).heredoc(depth)
        return self._shared("string", depth)

    def _members(self, kind: str, depth: int) -> str:
        count = self.chance.randrange(4)
        comma = self.chance.choice(("", "", ",")) if count else ""
        return f"[{', '.join(self.make(kind, depth - 1) for _ in range(count))}{comma}]"

    def _sequence(self, depth: int) -> str:
        if depth <= 0:
            return self.chance.choice(("[]", '["a", "b"]', "[1, 2, 3]", '[1, "a"]') + LOCALS["sequence"])
        form = self.chance.randrange(8)
        if form == 0:
            return self._members("any", depth)
        if form == 1:
            return self._for(depth)
        if form == 2:
            return f"{self.make(self.chance.choice(('sequence', 'set', 'mapping')), depth - 1)}[*]"
        if form == 3:
            return self.chance.choice(SPLATS)
        if form == 4:
            member = self.chance.choice(
                (".a", "[*].a", ".*.a", "[*].a.b", "[*][0]", "[*].a[0]", ".0", "[0].a")
            )
            objects = ", ".join(f"{{a = {self._any(depth - 2)}}}" for _ in range(self.chance.randrange(3)))
            return f"[{objects}]{member}"
        if form == 5:
            return self._members(self.chance.choice(("string", "number", "bool")), depth)
        return self._shared("sequence", depth)

    def _loop(self, depth: int) -> tuple[Sequence[str], str]:
        """The names of a loop and what it goes through."""
        names = self.chance.choice((("v",), ("k", "v"), ("k", "v"), ("each_key", "each-value")))
        return names, self.make(self.chance.choice(("sequence", "mapping", "set")), depth - 1)

    def _filter(self, names: Sequence[str], depth: int) -> str:
        if self.chance.random() < 0.6:
            return ""
        name = self.chance.choice(names)
        common = (f"{name} != 1", f'{name} != "a"', "true", f"can({name} + 1)")
        return f" if {self.chance.choice((*common, self.binding(names, lambda: self.make('bool', 1))))}"

    def _for(self, depth: int) -> str:
        names, over = self._loop(depth)
        last = names[-1]
        plain = (
            last,
            f"[{', '.join(names)}]",
            f'"${{{names[0]}}}!"',
            f"{{value = {last}}}",
            f"try({last} + 1, {last})",
        )
        body = self.binding(names, lambda: self.make("any", depth - 1))
        body = self.chance.choice((*plain, body, body, body))
        return f"[for {', '.join(names)} in {over} : {body}{self._filter(names, depth)}]"

    def _strings(self, depth: int) -> str:
        if depth <= 0:
            return self.chance.choice(("[]", '["b", "a", "b"]', '["x"]', "local.words"))
        return self._members("string", depth)

    def _nested(self, depth: int) -> str:
        return f"[{self._sequence(depth - 1)}, {self._any(depth - 1)}, [{self._sequence(depth - 1)}]]"

    def _set(self, depth: int) -> str:
        if depth <= 0:
            return self.chance.choice(('toset(["b", "a"])', "toset([2, 1])", "local.set", "toset([])"))
        return self._shared("set", depth)

    def _mapping(self, depth: int) -> str:
        if depth <= 0:
            return self.chance.choice(("{}", '{a = 1, b = "x"}', "{a = [1]}") + LOCALS["mapping"])
        form = self.chance.randrange(4)
        if form == 0:
            keys = self.chance.sample(("a", "b", '"c d"', "(1 + 1)", '"${1}x"', "true", "name"), 2)
            sign, between = self.chance.choice((("=", ", "), (":", ", "), ("=", "\n")))
            members = [f"{key} {sign} {self.make('any', depth - 1)}" for key in keys]
            if "<<" in members[0]:
                between = ""  # The end of a heredoc is the end of the member.
            return f"{{{between.join(members)}}}"
        if form == 1:
            names, over = self._loop(depth)
            grouping = self.chance.choice(("", "..."))
            first, last = names[0], names[-1]
            forms = (f'"${{{first}}}"', first, '"x"', f"upper({first})", f"length(tostring({last}))")
            key = self.chance.choice(forms)
            body = self.binding(names, lambda: self.make("any", depth - 1))
            value = self.chance.choice((last, body)) + grouping + self._filter(names, depth)
            return f"{{for {', '.join(names)} in {over} : {key} => {value}}}"
        return self._shared("mapping", depth)


def generate(count: int, seed: int, variables: Sequence[Variable] = ()) -> Iterator[str]:
    """Distinct expressions, always the same for a seed and variables."""
    kinds: dict[str, list[str]] = {}
    for one in variables:
        head = one.type.partition("(")[0]
        kinds.setdefault(PREFIXES.get(head, "string" if head == "any" else head), []).append(
            f"var.{one.name}"
        )
    generator = Generator(random.Random(seed), kinds)
    seen: set[str] = set()
    while len(seen) < count:
        made = generator.make("any", generator.chance.choice((1, 2, 2, 3, 3)))
        if made not in seen and len(made) < 400:
            seen.add(made)
            yield made
