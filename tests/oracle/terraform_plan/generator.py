"""Configurations made at random, which Terraform can plan: the same seed, the same files."""

from __future__ import annotations

import re
from random import Random


class Module:
    """One module, written line by line; every name it may use has a known kind of value."""

    def __init__(self, random: Random, name: str, depth: int) -> None:
        self.random = random
        self.name = name
        self.depth = depth
        self.lines: list[str] = []
        self.names: dict[str, list[str]] = {"number": [], "text": [], "list": [], "map": [], "bool": []}
        self.files: dict[str, str] = {}

    def write(self) -> dict[str, str]:
        kinds = ["number", "text", "list", "map", "bool"]
        for number, kind in enumerate(kinds):
            self.lines.append(
                f'variable "v{number}" {{\n  type = {TYPES[kind]}\n  default = {self.constant(kind)}\n}}'
            )
            self.names[kind].append(f"var.v{number}")
        for number in range(self.random.randint(4, 8)):
            kind = self.random.choice(kinds)
            self.lines.append(f"locals {{\n  l{number} = {self.value(kind, 3)}\n}}")
            self.names[kind].append(f"local.l{number}")
        if self.depth:
            self.call(kinds)
        for number in range(self.random.randint(2, 4)):
            self.resource(number)
        for number, kind in enumerate(kinds):
            self.lines.append(f'output "o{number}" {{\n  value = {self.value(kind, 2)}\n}}')
        self.files[f"{self.name}/main.tf"] = "\n".join(self.lines) + "\n"
        return self.files

    def call(self, kinds: list[str]) -> None:
        child = Module(self.random, f"{self.name}/child", self.depth - 1)
        self.files.update(child.write())
        repeat = self.random.choice(["", "  count = 2\n", '  for_each = { x = 1, y = "2" }\n'])
        given = self.random.sample(range(len(kinds)), 2)
        arguments = "".join(f"  v{number} = {self.value(kinds[number], 2)}\n" for number in given)
        self.lines.append(f'module "child" {{\n  source = "./child"\n{repeat}{arguments}}}')
        one = {"": "module.child", "  count = 2\n": "module.child[1]"}.get(repeat, 'module.child["y"]')
        for number, kind in enumerate(kinds):
            self.names[kind].append(f"{one}.o{number}")
        if repeat.startswith("  count"):
            self.names["list"].append("[for one in module.child : tostring(one.o0)]")
        elif repeat:
            self.names["map"].append("{ for key, one in module.child : key => tostring(one.o1) }")

    def resource(self, number: int) -> None:
        kind = self.random.choice(["single", "count", "set", "map"])
        name = f"terraform_data.r{number}"
        head, extra = "", "null"
        if kind == "count":
            head, extra = (
                f"  count = {self.random.choice(['2', 'length(' + self.value('list', 1) + ')'])}\n",
                "count.index",
            )
        elif kind == "set":
            head, extra = f"  for_each = toset({self.value('list', 2)})\n", "each.key"
        elif kind == "map":
            head, extra = f"  for_each = {self.value('map', 2)}\n", "[each.key, each.value]"
        shown = ", ".join(self.value(shape, 2) for shape in ("number", "text", "list", "map", "bool"))
        self.lines.append(f'resource "terraform_data" "r{number}" {{\n{head}  input = [{extra}, {shown}]\n}}')
        if kind == "single":
            self.names["text"].append(f"tostring({name}.input[2])")
        elif kind == "count":
            self.names["number"].append(f"length({name})")
        else:
            self.names["list"].append(f"keys({name})")

    def value(self, kind: str, depth: int) -> str:
        """An expression of a kind; ``depth`` bounds how much is nested in it."""
        known = self.names[kind]
        if known and (depth == 0 or self.random.random() < 0.3):
            return self.random.choice(known)
        if depth == 0:
            return self.literal(kind)
        form = self.random.choice(FORMS[kind])
        made = PLACE.sub(lambda place: self.value(place[0].lower(), depth - 1), form)
        return f"({made})" if " ? " in made or kind in ("number", "bool") else made

    def literal(self, kind: str) -> str:
        constant = self.constant(kind)
        return f"to{kind}({constant})" if kind in ("list", "map") else constant

    def constant(self, kind: str) -> str:
        word = self.random.choice(["a", "b", "web", "x-1", "", "Z"])
        number = self.random.choice(["0", "1", "2", "7", "2.5", "100"])
        return {
            "number": number,
            "text": f'"{word}"',
            "list": f'["{word}", "c"]',
            "map": f'{{ k = "{word}", m = "{number}" }}',
            "bool": self.random.choice(["true", "false"]),
        }[kind]


PLACE = re.compile("NUMBER|TEXT|LIST|MAP|BOOL")

TYPES = {"number": "number", "text": "string", "list": "list(string)", "map": "map(string)", "bool": "bool"}

FORMS = {
    "number": [
        "NUMBER + NUMBER",
        "(NUMBER * 2)",
        "length(LIST)",
        "BOOL ? NUMBER : NUMBER",
        "max(NUMBER, NUMBER)",
        "-NUMBER",
        "length(TEXT)",
        "ceil(NUMBER / 4)",
    ],
    "text": [
        '"${TEXT}-${NUMBER}"',
        "upper(TEXT)",
        "BOOL ? TEXT : TEXT",
        'join("-", LIST)',
        'lookup(MAP, "k", TEXT)',
        'format("%s:%v", TEXT, NUMBER)',
        'replace(TEXT, "a", "bb")',
        'try(MAP["nope"], TEXT)',
        "jsonencode(LIST)",
        "tostring(BOOL)",
    ],
    "list": [
        "concat(LIST, LIST)",
        "[for one in LIST : upper(one)]",
        "distinct(LIST)",
        '[for key, one in MAP : "${key}=${one}"]',
        "BOOL ? LIST : LIST",
        "sort(LIST)",
        "tolist([TEXT, TEXT])",
        "[for one in LIST : one if one != TEXT]",
        "keys(MAP)",
        "reverse(LIST)",
        "compact(LIST)",
        "tolist(toset(LIST))",
    ],
    "map": [
        "merge(MAP, MAP)",
        "BOOL ? MAP : MAP",
        '{ for key, one in MAP : "${key}.k" => one }',
        "tomap({ n = TEXT })",
        '{ for one in toset(LIST) : "k-${one}" => one }',
        'zipmap(["p"], [TEXT])',
    ],
    "bool": [
        "BOOL && BOOL",
        "BOOL || BOOL",
        "!BOOL",
        "TEXT == TEXT",
        "contains(LIST, TEXT)",
        "NUMBER > NUMBER",
        "length(LIST) == NUMBER",
        "BOOL ? BOOL : BOOL",
    ],
}
"""Forms of each kind of value; a word in capitals stands for a value of that kind."""


def generate(seed: int, cases: int) -> dict[str, str]:
    """The files of one root that calls ``cases`` generated modules, by path."""
    random = Random(seed)
    files: dict[str, str] = {}
    for number in range(cases):
        files |= Module(random, f"case{number}", depth=number % 3).write()
    files["main.tf"] = "".join(
        f'module "case{number}" {{\n  source = "./case{number}"\n}}\n' for number in range(cases)
    )
    return files
