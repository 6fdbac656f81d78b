"""Functions of regular expressions, which Terraform has in the RE2 syntax.

Terraform documentation: Functions, ``regex``; https://github.com/google/re2/wiki/Syntax.
Patterns that Python's engine might read differently, or take too long for, are not
evaluated.
"""

from __future__ import annotations

import re
import warnings
from functools import lru_cache

from checkov_ecs_endpoints.iac.terraform.faults import (
    Beyond,
    Invalid,
    Undecided,
    Unsupported,
    bounded,
    bounded_text,
)
from checkov_ecs_endpoints.iac.terraform.functions.reading import known_text
from checkov_ecs_endpoints.iac.terraform.functions.registry import function
from checkov_ecs_endpoints.iac.terraform.kinds import STRING, ListOf, ObjectType, TupleType, Type
from checkov_ecs_endpoints.iac.terraform.members import unclear
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.zone_names import shapes

_CLASSES = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": "\\x00-\\x7f",
    "blank": "\\t ",
    "cntrl": "\\x00-\\x1f\\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@\\[-`{-~",
    "space": "\\t\\n\\v\\f\\r ",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}
_TOKEN = re.compile(
    r"\\(?P<escape>.)|(?P<group>\(\?(?:P?<(?P<name>[A-Za-z_]\w*)>|(?P<flags>[imsU-]*)[:)]|.?))"
    r"|(?P<class>\[\^?\]?)|(?P<end>\$)|(?P<repeat>(?:[*+?]|\{\d+(?:,\d*)?\})\+)",
    re.DOTALL,
)
_PLAIN_ESCAPES = frozenset("dDwWbBntrfvsS0123456789xA.*+?()[]{}|^$\\/-_:,;#&~!@%=<>\"' `")
_STEPS = 20_000_000
_LONG = 20_000
"""Texts in which two repetitions of a pattern may already take too long together."""


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the RE2 syntax for Python's engine."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return re.compile(_translated(pattern), re.ASCII)
    except (re.error, RecursionError, OverflowError, Warning) as error:
        raise Unsupported(f"the pattern is not understood: {error}") from None


def _translated(pattern: str) -> str:
    made: list[str] = []
    at = 0
    while at < len(pattern):
        found = _TOKEN.search(pattern, at)
        if found is None:
            break
        made.append(pattern[at : found.start()])
        at = found.end()
        if found["escape"]:
            made.append(_escape(found["escape"]))
        elif found["class"]:
            text, at = _class(pattern, found.start())
            made.append(text)
        elif found["end"]:
            made.append("\\Z")
        elif found["repeat"]:
            raise Invalid("the pattern repeats a repetition")
        else:
            made.append(_group(found, at == len(found[0])))
    return "".join([*made, pattern[at:]])


def _escape(character: str) -> str:
    if character == "z":
        return "\\Z"
    if character == "s":
        return "[\\t\\n\\f\\r ]"
    if character == "S":
        return "[^\\t\\n\\f\\r ]"
    if character in "123456789":
        raise Invalid("patterns cannot refer back to groups")
    if character not in _PLAIN_ESCAPES:
        raise Unsupported(f"\\{character} in patterns is not understood")
    return "\\" + character


def _group(found: re.Match[str], first: bool) -> str:
    if found["name"]:
        return f"(?P<{found['name']}>"
    flags = found["flags"]
    if flags is None or not (found[0].endswith(":") or first):
        if flags is None:
            raise Invalid("patterns have no such group")
        raise Unsupported("flags in the middle of a pattern are not understood")
    if "U" in flags or "m" in flags or "-" in flags:
        raise Unsupported(f"the flags {flags} of a pattern are not understood")
    return found[0]


def _class(pattern: str, start: int) -> tuple[str, int]:
    """A bracket expression, its named classes written out."""
    at = start + 1
    made = ["["]
    if pattern[at : at + 1] == "^":
        made.append("^")
        at += 1
    first = at
    while at < len(pattern):
        character = pattern[at]
        if character == "]" and at > first:
            return "".join([*made, "]"]), at + 1
        if pattern.startswith("[:", at):
            end = pattern.find(":]", at)
            name = pattern[at + 2 : end]
            if end < 0 or name not in _CLASSES:
                raise Unsupported("a class of the pattern is not understood")
            made.append(_CLASSES[name])
            at = end + 2
        elif character == "\\":
            following = pattern[at + 1 : at + 2]
            if following in ("s", "S", "z", "A", "b", "B") or following not in _PLAIN_ESCAPES:
                if following != "s":
                    raise Unsupported(f"\\{following} in a class of a pattern is not understood")
                made.append("\\t\\n\\f\\r ")
            else:
                made.append("\\" + following)
            at += 2
        else:
            made.append("\\" + character if character in "[&~|" else character)
            at += 1
    raise Invalid("a class of the pattern is not closed")


_CHOICES = re.compile(r"\((?:\?:)?([^()]*\|[^()]*)\)[*+{]")
_FIRST = re.compile(r"\\.|\[\^?\]?[^\]]*\]|.", re.DOTALL)


def _ambiguous(choices: str) -> bool:
    """Whether two choices of a repeated group may begin with the same character."""
    seen: set[str] = set()
    for choice in choices.split("|"):
        first = _FIRST.match(choice)
        try:
            begins = {one for one in map(chr, range(128)) if first and re.match(first[0], one)}
        except re.error:
            return True
        if not begins or begins & seen:
            return True
        seen |= begins
    return False


def _affordable(pattern: str, value: str) -> None:
    """Refuse what a backtracking engine could take too long for."""
    loops = len(re.findall(r"[*+]|\{\d+,\d*\}", pattern))
    nested = re.search(r"(?<!\()[?*+}][^()]*\)[*+{]", pattern) is not None
    nested = nested or any(map(_ambiguous, _CHOICES.findall(pattern)))
    if (len(value) + 1) ** max(loops, 1) > _STEPS and (nested or loops > 2 or len(value) > _LONG):
        raise Beyond("the pattern may take too long")
    if nested and len(value) > 24:
        raise Beyond("the pattern may take too long")


def _answer(found: re.Match[str]) -> Inner:
    names = found.re.groupindex
    if names:
        if len(names) != found.re.groups:
            raise Invalid("a pattern has named groups, or unnamed ones, but not both")
        return {name: found[name] for name in names}
    return list(found.groups()) if found.re.groups else found[0]


@function("regex", STRING, STRING)
def regex(pattern: str, value: str) -> Inner:
    """The first match: its text, or its groups."""
    expression = compiled(pattern)
    _affordable(pattern, value)
    found = expression.search(value)
    if found is None:
        raise Invalid("the pattern matches nothing")
    return _answer(found)


@function("regexall", STRING, STRING, partial=True)
def regexall(pattern: Inner, value: Inner) -> Inner:
    """All matches; how many there are in the name of an Availability Zone, whichever it is."""
    expression = compiled(known_text(pattern))
    if not isinstance(value, str):
        return _alike(expression, value)
    _affordable(pattern, value)
    answers = [_answer(found) for found in expression.finditer(value)]
    bounded(len(answers))
    return ListOf(answers, _type(expression))


def _alike(expression: re.Pattern[str], value: Inner) -> Inner:
    numbers = {len(expression.findall(shape)) for shape in shapes(value)}
    if len(numbers) != 1:
        raise Undecided(unclear(value))
    return ListOf([unclear(value)] * numbers.pop(), _type(expression))


def _type(expression: re.Pattern[str]) -> Type:
    if expression.groupindex:
        return ObjectType(dict.fromkeys(expression.groupindex, STRING))
    return TupleType((STRING,) * expression.groups) if expression.groups else STRING


def substituted(value: str, pattern: str, instead: str) -> str:
    """Every match replaced; ``$1``, ``${1}`` and ``${name}`` stand for groups."""
    expression = compiled(pattern)
    _affordable(pattern, value)
    template = re.compile(r"\$(?:\$|\{(\w+)\}|(\w+))", re.ASCII)

    def filled(found: re.Match[str]) -> str:
        def group(mark: re.Match[str]) -> str:
            name = mark[1] or mark[2]
            if name is None:
                return "$"
            try:
                return found[int(name) if name.isdecimal() else name] or ""
            except IndexError:
                return ""

        return template.sub(group, instead)

    made = expression.sub(filled, value)
    bounded_text(len(made))
    return made
