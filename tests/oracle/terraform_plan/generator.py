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
        self.names: dict[str, list[str]] = {kind: [] for kind in TYPES}
        self.files: dict[str, str] = {}
        self.keyed: list[str] = []

    def write(self) -> dict[str, str]:
        kinds = list(TYPES)
        for number, kind in enumerate(kinds):
            extra = self.random.choice(["", "", "  nullable = false\n", "  sensitive = false\n"])
            arguments = f"  type = {TYPES[kind]}\n  default = {self.constant(kind)}\n{extra}"
            self.lines.append(f'variable "v{number}" {{\n{arguments}}}')
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
        self.lines.append(self.random.choice(ASIDE))
        self.files[f"{self.name}/main.tf"] = "\n".join(self.lines) + "\n"
        return self.files

    def call(self, kinds: list[str]) -> None:
        child = Module(self.random, f"{self.name}/child", self.depth - 1)
        self.files.update(child.write())
        repeat, one = self.random.choice(
            [
                ("", "module.child"),
                ("count = 2", "module.child[1]"),
                (f"count = {self.value('bool', 1)} ? 2 : 1", "module.child[0]"),
                ('for_each = { x = 1, y = "2" }', 'module.child["y"]'),
                (f"for_each = {self.value('objects', 1)}", ""),
                (f"count = {self.value('bool', 1)} ? 1 : 0", ""),
            ]
        )
        given = self.random.sample(range(len(kinds)), 2)
        arguments = "".join(f"  v{number} = {self.value(kinds[number], 2)}\n" for number in given)
        if repeat.startswith("for_each") and not one:
            number, kind = self.random.choice([(0, "size"), (1, "name"), (2, "tags")])
            if number not in given:
                arguments += f"  v{number} = each.value.{kind}\n"
        head = f"  {repeat}\n" if repeat else ""
        self.lines.append(f'module "child" {{\n  source = "./child"\n{head}{arguments}}}')
        if one:
            for number, kind in enumerate(kinds):
                self.names[kind].append(f"{one}.o{number}")
        if repeat.startswith("count"):
            self.names["list"].append("[for one in module.child : tostring(one.o0)]")
            self.names["list"].append("module.child[*].o1")
            self.names["text"].append('try(module.child[0].o1, "none")')
            self.names["text"].append(
                'coalesce(one(slice(module.child[*].o1, 0, min(1, length(module.child)))), "z")'
            )
        elif repeat:
            self.names["map"].append("{ for key, one in module.child : key => tostring(one.o1) }")
            self.names["number"].append("length(module.child)")
            self.names["list"].append("values(module.child)[*].o1")

    def resource(self, number: int) -> None:
        kind = self.random.choice(["single", "count", "maybe", "set", "map", "objects", "chained"])
        name = f"terraform_data.r{number}"
        head, extra = "", "null"
        if kind == "chained" and not self.keyed:
            kind = "single"
        if kind == "count":
            times = self.random.choice(["2", f"length({self.value('list', 1)})"])
            head, extra = f"  count = {times}\n", "count.index"
        elif kind == "maybe":
            head = f"  count = {self.value('bool', 2)} ? 1 : 0\n"
        elif kind == "set":
            head, extra = f"  for_each = toset({self.value('list', 2)})\n", "each.key"
        elif kind == "map":
            head, extra = f"  for_each = {self.value('map', 2)}\n", "[each.key, each.value]"
        elif kind == "objects":
            head = f"  for_each = {self.value('objects', 2)}\n"
            extra = '[each.key, each.value, "${each.value.name}-${each.value.size}", each.value.tags[*]]'
        elif kind == "chained":
            earlier = self.random.choice(self.keyed)
            head, extra = f"  for_each = {earlier}\n", f"[each.key, {earlier}[each.key].input[1]]"
        shown = ", ".join(self.value(shape, 2) for shape in TYPES)
        self.lines.append(f'resource "terraform_data" "r{number}" {{\n{head}  input = [{extra}, {shown}]\n}}')
        if kind == "single":
            self.names["text"].append(f"tostring({name}.input[2])")
        elif kind in ("count", "maybe"):
            self.names["number"].append(f"length({name})")
            self.names["list"].append(f"[for one in {name}[*].input : tostring(one[2])]")
            self.names["text"].append(f'try({name}[0].input[2], "none")')
        else:
            self.keyed.append(name)
            self.names["list"].append(f"keys({name})")
            self.names["map"].append(f"{{ for key, one in {name} : key => one.input[2] }}")

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
        return (
            f"to{kind}({constant})"
            if kind in ("list", "map")
            else OBJECT_LITERAL
            if kind == "objects"
            else constant
        )

    def constant(self, kind: str) -> str:
        word = self.random.choice(["a", "b", "web", "x-1", "", "Z"])
        number = self.random.choice(["0", "1", "2", "7", "2.5", "100"])
        return {
            "number": number,
            "text": f'"{word}"',
            "list": f'["{word}", "c"]',
            "map": f'{{ k = "{word}", m = "{number}" }}',
            "objects": (
                f'{{ p = {{ name = "{word}" }}, q = {{ name = "c", size = "{number}", tags = ["{word}"] }} }}'
            ),
            "bool": self.random.choice(["true", "false"]),
        }[kind]


PLACE = re.compile("NUMBER|TEXT|LIST|MAP|BOOL|OBJECTS")

TYPES = {
    "number": "number",
    "text": "string",
    "list": "list(string)",
    "map": "map(string)",
    "bool": "bool",
    "objects": (
        "map(object({ name = string, size = optional(number, 3), tags = optional(list(string), []) }))"
    ),
}

OBJECT_LITERAL = '{ z = { name = "lit", size = 1, tags = ["t"] } }'

ASIDE = [
    "",
    "moved {\n  from = terraform_data.before\n  to   = terraform_data.r0\n}",
    "removed {\n  from = terraform_data.gone\n  lifecycle {\n    destroy = false\n  }\n}",
    'check "size" {\n  assert {\n    condition     = length(var.v2) > 0\n    error_message = "empty"\n  }\n}',
    'terraform {\n  required_version = ">= 1.0"\n}',
]
"""Blocks that make no resources."""

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
        '"%{ for one in LIST ~}${one},%{ endfor ~}"',
        '"%{ if BOOL }${TEXT}%{ else }${NUMBER}%{ endif }"',
        'try(OBJECTS["p"].name, TEXT)',
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
        "flatten([for one in OBJECTS : one.tags])",
        "[for key in keys(OBJECTS) : OBJECTS[key].name if false]",
        'split(",", TEXT)',
    ],
    "map": [
        "merge(MAP, MAP)",
        "BOOL ? MAP : MAP",
        '{ for key, one in MAP : "${key}.k" => one }',
        "tomap({ n = TEXT })",
        '{ for one in toset(LIST) : "k-${one}" => one }',
        'zipmap(["p"], [TEXT])',
        "{ for key, one in OBJECTS : key => one.name }",
        "{ for pair in flatten([for key, one in OBJECTS :"
        ' [for tag in distinct(one.tags) : "${key}.${tag}"]]) : pair => TEXT }',
    ],
    "objects": [
        "{ for key, one in OBJECTS : key => one if one.name != TEXT }",
        '{ for key in toset(LIST) : "o-${key}" => { name = key, size = NUMBER, tags = [TEXT] } }',
        "BOOL ? OBJECTS : OBJECTS",
        "merge(OBJECTS, { r = { name = TEXT, size = NUMBER, tags = LIST } })",
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
