"""Expressions made by a grammar: seeded, distinct, over all operators and functions."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

STRINGS = (
    '""', '"a"', '"b"', '"ab,c"', '"Hello World"', '"10"', '"1.5"', '"true"', '"x-y_z"', '"é"', '" pad "',
    '"a\\nb\\n"', '"$${x}"', '"%%{y}"', '"a/b/c.txt"', '"{\\"k\\": [1, null]}"', '"YWJj"', '"\\u00e9\\t"',
)  # fmt: skip
NUMBERS = ("0", "1", "2", "3", "7", "10", "255", "1.5", "0.1", "2.25", "1e3", "100000000000000000000")
PREFIXES = ('"10.0.0.0/8"', '"10.1.2.3/16"', '"192.168.0.0/24"', '"fd00::/48"')
TIMES = ('"2020-01-02T03:04:05Z"', '"2024-02-29T23:59:59+02:00"')
PATTERNS = ('"[a-z]+"', '"(\\\\w)(\\\\d)?"', '"(?P<first>.)(?P<rest>.*)"', '"^a"', '"b$"', '"[[:alpha:]]"')
FORMATS = ('"%s"', '"%v"', '"%5s|"', '"%-6v|"', '"%#v"', '"%q"')
NUMBER_FORMATS = ('"%d"', '"%05d"', '"%x"', '"%.2f"', '"%e"', '"%g"', '"%+d"', '"%v"')
LOCALS = {
    "sequence": ("local.words", "local.numbers", "local.object.tags"),
    "strings": ("local.words", "local.object.tags", "local.words"),
    "mapping": ("local.object", "local.map"),
    "string": ("local.object.name", "local.map.a", "local.words[0]"),
    "number": ("local.object.size", "local.numbers[1]", "local.nested[0].id"),
}

SIGNATURES: dict[str, tuple[tuple[str, str], ...]] = {
    "number": (
        ("abs", "number"), ("ceil", "number"), ("floor", "number"), ("signum", "count"),
        ("max", "number number"), ("min", "number number number"), ("pow", "count count"),
        ("parseint", "string base"), ("length", "any"), ("index", "sequence any"), ("sum", "numbers"),
        ("tonumber", "string"), ("tonumber", "number"), ("timecmp", "time time"),
        ("log", "positive positive"),
    ),
    "string": (
        ("upper", "string"), ("lower", "string"), ("title", "string"), ("trimspace", "string"),
        ("chomp", "string"), ("strrev", "string"), ("join", "string strings"), ("join", "string set"),
        ("replace", "string string string"), ("substr", "string offset count"), ("indent", "count string"),
        ("trim", "string string"), ("trimprefix", "string string"), ("trimsuffix", "string string"),
        ("format", "format any"), ("format", "numberformat number"), ("jsonencode", "any"),
        ("yamlencode", "any"), ("base64encode", "string"), ("base64decode", "string"),
        ("urlencode", "string"),
        ("md5", "string"), ("sha1", "string"), ("sha256", "string"), ("sha512", "string"),
        ("base64sha256", "string"), ("base64sha512", "string"), ("cidrhost", "prefix count"),
        ("cidrnetmask", "prefix"), ("cidrsubnet", "prefix count count"), ("formatdate", "dateformat time"),
        ("timeadd", "time duration"), ("basename", "string"), ("dirname", "string"), ("tostring", "scalar"),
        ("uuidv5", "namespace string"), ("textencodebase64", "string codec"), ("coalesce", "string string"),
        ("element", "strings count"), ("lookup", "mapping string string"), ("nonsensitive", "string"),
        ("textdecodebase64", "string codec"), ("try", "any string"), ("regex", "pattern string"),
    ),
    "bool": (
        ("startswith", "string string"), ("endswith", "string string"), ("strcontains", "string string"),
        ("contains", "sequence any"), ("contains", "set string"), ("alltrue", "bools"), ("anytrue", "bools"),
        ("tobool", "string"), ("can", "any"), ("fileexists", "string"),
    ),
    "sequence": (
        ("concat", "sequence sequence"), ("reverse", "sequence"), ("flatten", "nested"),
        ("distinct", "sequence"),
        ("compact", "strings"), ("sort", "strings"), ("slice", "sequence count count"),
        ("chunklist", "sequence count"),
        ("split", "string string"), ("keys", "mapping"), ("values", "mapping"), ("range", "count"),
        ("range", "count count"), ("tolist", "sequence"), ("tolist", "set"),
        ("setproduct", "sequence sequence"),
        ("matchkeys", "strings strings strings"), ("coalescelist", "sequence sequence"),
        ("regexall", "pattern string"),
        ("formatlist", "format strings"), ("cidrsubnets", "prefix count count"), ("csvdecode", "string"),
    ),
    "mapping": (
        ("merge", "mapping mapping"), ("zipmap", "strings sequence"), ("tomap", "mapping"),
        ("transpose", "mapping"), ("jsondecode", "string"), ("yamldecode", "string"), ("merge", "mapping"),
    ),
    "set": (
        ("toset", "sequence"), ("setunion", "set set"), ("setintersection", "set strings"),
        ("setsubtract", "set set"), ("toset", "strings"),
    ),
}  # fmt: skip

CONSTANTS: dict[str, tuple[str, ...]] = {
    "count": ("0", "1", "2", "3", "4", "8"),
    "positive": ("2", "10", "8", "0.5"),
    "offset": ("0", "1", "-1", "-2"),
    "base": ("2", "10", "16", "36", "62"),
    "prefix": PREFIXES,
    "time": TIMES,
    "pattern": PATTERNS,
    "format": FORMATS,
    "numberformat": NUMBER_FORMATS,
    "dateformat": ('"YYYY-MM-DD"', '"EEE, DD MMM YY hh:mm:ss ZZZ"', "\"h:m:s aa'x'\""),
    "duration": ('"1h"', '"-90m"', '"1.5s"', '"24h30m"'),
    "namespace": ('"dns"', '"url"', '"oid"'),
    "codec": ('"UTF-8"', '"UTF-16LE"', '"ISO-8859-1"'),
}


@dataclass
class Generator:
    """Makes expressions of a kind, no deeper than asked."""

    chance: random.Random

    def make(self, kind: str, depth: int) -> str:
        """An expression that usually, but not always, is of a kind."""
        if self.chance.random() < 0.04:
            kind = self.chance.choice(("number", "string", "bool", "sequence", "mapping", "set", "null"))
        if kind in CONSTANTS:
            return self.chance.choice(CONSTANTS[kind])
        return self._kinds()[kind](depth)

    def _kinds(self) -> dict[str, Callable[[int], str]]:
        return {
            "any": self._any, "scalar": self._scalar, "number": self._number, "string": self._string,
            "bool": self._bool, "sequence": self._sequence, "strings": self._strings,
            "numbers": self._numbers,
            "bools": self._bools, "nested": self._nested, "mapping": self._mapping, "set": self._set,
            "null": lambda _: "null",
        }  # fmt: skip

    def _any(self, depth: int) -> str:
        kinds = ("number", "string", "bool", "sequence", "mapping", "set", "null", "string", "sequence")
        return self.make(self.chance.choice(kinds), depth)

    def _scalar(self, depth: int) -> str:
        return self.make(self.chance.choice(("number", "string", "bool")), depth)

    def _call(self, kind: str, depth: int) -> str:
        name, kinds = self.chance.choice(SIGNATURES[kind])
        arguments = ", ".join(self.make(one, depth - 1) for one in kinds.split())
        return f"{name}({arguments})"

    def _shared(self, kind: str, depth: int) -> str:
        """What every kind can be: a conditional, a member, a call, something in parentheses."""
        form = self.chance.randrange(7)
        if form == 0:
            chain = f"{self.make('bool', 1)} ? {self.make(kind, depth - 1)} : {self.make(kind, depth - 1)}"
            return chain if self.chance.random() < 0.4 else f"({chain})"
        if form == 1:
            return f"[{self.make(kind, depth - 1)}, {self.make(kind, depth - 1)}][{self.chance.choice('01')}]"
        if form == 2:
            return f"{{a = {self.make(kind, depth - 1)}}}.a"
        if form == 3:
            return f"try({self._any(depth - 1)}[0], {self.make(kind, depth - 1)})"
        return self._call(kind, depth)

    def _number(self, depth: int) -> str:
        if depth <= 0:
            return self.chance.choice(NUMBERS + LOCALS["number"])
        form = self.chance.randrange(4)
        if form < 2:
            count = self.chance.choice((1, 1, 2, 3))
            operands = [self._operand("number", depth - 1) for _ in range(count + 1)]
            signs = [self.chance.choice(("+", "-", "*", "/", "%")) for _ in range(count)]
            return operands[0] + "".join(
                f" {sign} {one}" for sign, one in zip(signs, operands[1:], strict=True)
            )
        if form == 2:
            return f"-{self._operand('number', depth - 1)}"
        return self._shared("number", depth)

    def _operand(self, kind: str, depth: int) -> str:
        return f"({self.make(kind, depth)})" if depth > 0 else self.make(kind, 0)

    def _bool(self, depth: int) -> str:
        if depth <= 0:
            return self.chance.choice(("true", "false", '"true"', "(1 < 2)"))
        form = self.chance.randrange(6)
        if form == 0:
            sign = self.chance.choice(("<", "<=", ">", ">="))
            return f"{self._operand('number', depth - 1)} {sign} {self._operand('number', depth - 1)}"
        if form == 1:
            kind = self.chance.choice(("any", "sequence", "mapping", "string", "set"))
            sign = self.chance.choice(("==", "!="))
            return f"{self._operand(kind, depth - 1)} {sign} {self._operand(kind, depth - 1)}"
        if form == 2:
            count = self.chance.choice((1, 2))
            operands = [self._operand("bool", depth - 1) for _ in range(count + 1)]
            signs = [self.chance.choice(("&&", "||", "==")) for _ in range(count)]
            return operands[0] + "".join(
                f" {sign} {one}" for sign, one in zip(signs, operands[1:], strict=True)
            )
        if form == 3:
            return f"!{self._operand('bool', depth - 1)}"
        return self._shared("bool", depth)

    def _string(self, depth: int) -> str:
        if depth <= 0:
            return self.chance.choice(STRINGS + LOCALS["string"])
        form = self.chance.randrange(6)
        if form == 0:
            return f'"{self._piece()}${{{self._scalar(depth - 1)}}}{self._piece()}"'
        if form == 1:
            strip, end = self.chance.choice(("", "~")), self.chance.choice(("", "~"))
            return f'"a {self._piece()} ${{{strip} {self._scalar(depth - 1)} {end}}} {self._piece()} b"'
        if form == 2:
            strip = self.chance.choice(("", "~"))
            return (
                f'"%{{ if {self._bool(1)} {strip}}} {self._piece()}%{{ else }}${{{self._scalar(1)}}}'
                f' %{{{strip} endif }}"'
            )
        if form == 3:
            strip = self.chance.choice(("", "~"))
            return f'"%{{ for k, v in {self._sequence(depth - 1)} {strip}}} ${{k}};%{{ endfor }}"'
        return self._shared("string", depth)

    def _piece(self) -> str:
        return self.chance.choice(
            ("", "x", " ", "\\n", "$${a}", "%%{b}", "\\u00e9", "\\\\", "$ ", "% ", '\\"')
        )

    def _members(self, kind: str, depth: int) -> str:
        count = self.chance.randrange(4)
        return f"[{', '.join(self.make(kind, depth - 1) for _ in range(count))}]"

    def _sequence(self, depth: int) -> str:
        if depth <= 0:
            return self.chance.choice(("[]", '["a", "b"]', "[1, 2, 3]", '[1, "a"]') + LOCALS["sequence"])
        form = self.chance.randrange(7)
        if form == 0:
            return self._members("any", depth)
        if form == 1:
            return self._for(depth)
        if form == 2:
            return f"{self.make('sequence', depth - 1)}[*]"
        if form == 3:
            return self.chance.choice(
                ("local.nested[*].id", "local.nested.*.at.0", "local.nested[*].at[0]", "local.object[*].name")
            )
        if form == 4:
            return self._members(self.chance.choice(("string", "number", "bool")), depth)
        return self._shared("sequence", depth)

    def _for(self, depth: int) -> str:
        over = self.make(self.chance.choice(("sequence", "mapping", "set")), depth - 1)
        body = self.chance.choice(("v", "k", "[k, v]", '"${k}!"', "{key = k, value = v}", "try(v + 1, v)"))
        condition = self.chance.choice(("", "", " if k != 1", ' if v != "a"', " if true"))
        return f"[for k, v in {over} : {body}{condition}]"

    def _strings(self, depth: int) -> str:
        if depth <= 0:
            return self.chance.choice(("[]", '["b", "a", "b"]', '["x"]') + LOCALS["strings"])
        return self._members("string", depth)

    def _numbers(self, depth: int) -> str:
        return self._members("number", depth)

    def _bools(self, depth: int) -> str:
        return self._members("bool", depth)

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
            return "{" + ", ".join(f"{key} = {self.make('any', depth - 1)}" for key in keys) + "}"
        if form == 1:
            over = self.make(self.chance.choice(("sequence", "mapping", "set")), depth - 1)
            grouping = self.chance.choice(("", "..."))
            key = self.chance.choice(('"${k}"', "k", '"x"', "upper(k)"))
            return f"{{for k, v in {over} : {key} => v{grouping}}}"
        return self._shared("mapping", depth)


def generate(count: int, seed: int) -> Iterator[str]:
    """Distinct expressions, always the same for a seed."""
    generator = Generator(random.Random(seed))
    seen: set[str] = set()
    while len(seen) < count:
        made = generator.make("any", generator.chance.choice((1, 2, 2, 3, 3)))
        if made not in seen and len(made) < 400:
            seen.add(made)
            yield made
