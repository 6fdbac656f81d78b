"""Functions of strings.

Terraform documentation: Functions, "String Functions". Strings of which only pieces are
known are answered as far as the pieces decide.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from checkov_ecs_endpoints.iac.terraform.faults import Invalid, Undecided, Unsupported, bounded, bounded_text
from checkov_ecs_endpoints.iac.terraform.functions.reading import SPACE, known_text, members, whole
from checkov_ecs_endpoints.iac.terraform.functions.registry import function
from checkov_ecs_endpoints.iac.terraform.kinds import NUMBER, STRING, is_text, list_of, strings
from checkov_ecs_endpoints.iac.terraform.members import settled, unclear
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Set
from checkov_ecs_endpoints.values import Reference, Text, Unknown, text

_JOINED = frozenset({"Mn", "Me", "Mc"})
_HARD = ("Cf", "Co", "Cs", "Cn")
_BETWEEN_IDENTIFIERS = frozenset(",;| \n\t")
"""Characters that ids, ARNs and names of AWS resources do not have."""


def graphemes(value: str) -> list[str]:
    """The characters as people see them, which is how Terraform counts."""
    if value.isascii() and "\r\n" not in value:
        return list(value)
    found: list[str] = []
    for character in value:
        kind = unicodedata.category(character)
        if kind in _HARD or 0x1100 <= ord(character) <= 0x11FF or ord(character) >= 0x1F1E6:
            raise Unsupported("characters of several code points are not counted")
        if found and (kind in _JOINED or (character == "\n" and found[-1] == "\r")):
            found[-1] += character
        else:
            found.append(character)
    return found


def pieces(value: Inner) -> list[str | Reference | Unknown]:
    """A string as its known and unknown pieces."""
    return list(value.parts) if isinstance(value, Text) else [value]


def _each_piece(value: Inner, work: Callable[[str], str]) -> Inner:
    """What becomes of a string when every character is changed by itself."""
    if isinstance(value, str):
        return work(value)
    return text(work(piece) if isinstance(piece, str) else unclear(piece) for piece in pieces(value))


@function("lower", STRING, partial=True)
def lower(value: Inner) -> Inner:
    """All letters in lower case."""
    return _each_piece(value, lambda known: _by_character(known, str.lower))


@function("upper", STRING, partial=True)
def upper(value: Inner) -> Inner:
    """All letters in upper case."""
    return _each_piece(value, lambda known: _by_character(known, str.upper))


def _by_character(value: str, change: Callable[[str], str]) -> str:
    """Letters that would become several stay as they are, as in Go."""
    if value.isascii():
        return change(value)
    changed = (change(character) for character in value)
    return "".join(new if len(new) == 1 else old for old, new in zip(value, changed, strict=True))


@function("title", STRING)
def title(value: str) -> Inner:
    """The first letter of each word in upper case."""
    made: list[str] = []
    previous = " "
    for character in value:
        made.append(_by_character(character, str.upper) if _separates(previous) else character)
        previous = character
    return "".join(made)


def _separates(character: str) -> bool:
    if character.isascii():
        return not (character.isalnum() or character == "_")
    return character in SPACE


@function("chomp", STRING, partial=True)
def chomp(value: Inner) -> Inner:
    """The string without line ends at its end."""
    return _at_end(value, lambda known: known.rstrip("\r\n"))


@function("trimspace", STRING, partial=True)
def trimspace(value: Inner) -> Inner:
    """The string without white space at its ends."""
    return _at_start(_at_end(value, lambda known: known.rstrip(SPACE)), lambda known: known.lstrip(SPACE))


@function("trim", STRING, STRING, partial=True)
def trim(value: Inner, characters: Inner) -> Inner:
    """The string without any of some characters at its ends."""
    cut = known_text(characters)
    if not cut:
        return value
    return _at_start(_at_end(value, lambda known: known.rstrip(cut)), lambda known: known.lstrip(cut))


def _at_end(value: Inner, work: Callable[[str], str]) -> Inner:
    """A string with its end changed; what is unknown there leaves all undecided."""
    if isinstance(value, str):
        return work(value)
    *before, last = pieces(value)
    changed = work(last) if isinstance(last, str) else ""
    if not changed:
        raise Undecided(unclear(value))
    return text([*before, changed])


def _at_start(value: Inner, work: Callable[[str], str]) -> Inner:
    if isinstance(value, str):
        return work(value)
    first, *after = pieces(value)
    changed = work(first) if isinstance(first, str) else ""
    if not changed:
        raise Undecided(unclear(value))
    return text([changed, *after])


@function("trimprefix", STRING, STRING, partial=True)
def trimprefix(value: Inner, prefix: Inner) -> Inner:
    """The string without a prefix, if it has it."""
    wanted = known_text(prefix)
    if startswith(value, wanted) is not True:
        return value
    first, *after = pieces(value)
    return text([first[len(wanted) :] if isinstance(first, str) else first, *after])


@function("trimsuffix", STRING, STRING, partial=True)
def trimsuffix(value: Inner, suffix: Inner) -> Inner:
    """The string without a suffix, if it has it."""
    wanted = known_text(suffix)
    if endswith(value, wanted) is not True:
        return value
    *before, last = pieces(value)
    return text([*before, last.removesuffix(wanted) if isinstance(last, str) else last])


@function("startswith", STRING, STRING, partial=True)
def startswith(value: Inner, prefix: Inner) -> Inner:
    """Whether a string begins with another."""
    wanted = known_text(prefix)
    known = value if isinstance(value, str) else value.prefix if isinstance(value, Text) else ""
    if isinstance(value, str) or len(known) >= len(wanted) or not wanted.startswith(known):
        return known.startswith(wanted)
    raise Undecided(unclear(value))


@function("endswith", STRING, STRING, partial=True)
def endswith(value: Inner, suffix: Inner) -> Inner:
    """Whether a string ends with another."""
    wanted = known_text(suffix)
    known = value if isinstance(value, str) else value.suffix if isinstance(value, Text) else ""
    if isinstance(value, str) or len(known) >= len(wanted) or not wanted.endswith(known):
        return known.endswith(wanted)
    raise Undecided(unclear(value))


@function("strcontains", STRING, STRING, partial=True)
def strcontains(value: Inner, wanted: Inner) -> Inner:
    """Whether a string has another in it."""
    known = known_text(wanted)
    if any(known in piece for piece in pieces(value) if isinstance(piece, str)):
        return True
    if isinstance(value, str):
        return False
    raise Undecided(unclear(value))


@function("split", STRING, STRING, partial=True)
def split(separator: Inner, value: Inner) -> Inner:
    """The pieces of a string between separators."""
    sign = known_text(separator)
    if isinstance(value, str):
        found = _split(value, sign)
        bounded(len(found))
        return strings(found)
    parts = pieces(value)
    if sign in _BETWEEN_IDENTIFIERS and all(
        isinstance(part, str) or (isinstance(part, Reference) and is_text(part)) for part in parts
    ):
        return strings(_split_parts(parts, sign))
    raise Undecided(unclear(value))


def _split(value: str, sign: str) -> list[str]:
    if sign:
        return value.split(sign)
    return list(value)


def _split_parts(parts: list[str | Reference | Unknown], sign: str) -> list[Inner]:
    """Split where the separator is certain to be in the known pieces only."""
    found: list[list[str | Reference | Text | Unknown]] = [[]]
    for part in parts:
        if isinstance(part, str):
            first, *others = part.split(sign)
            found[-1].append(first)
            found.extend([other] for other in others)
        else:
            found[-1].append(part)
    return [text(group) for group in found]


@function("join", STRING, variadic=list_of(STRING), partial=True)
def join(separator: Inner, *lists: Inner) -> Inner:
    """The members of all lists with a separator between them."""
    if not lists:
        raise Invalid("join takes at least one list")
    items: list[Inner] = []
    for given in lists:
        found = members(given)
        if found.rest is not None:
            raise Undecided(found.rest)
        if isinstance(given, Set) and len(found.items) > 1 and not settled(given):
            raise Undecided(unclear(given))
        items.extend(found.items)
    if any(item is None for item in items):
        raise Invalid("null cannot be joined")
    between = 0 if len(items) < 2 else len(separator) if isinstance(separator, str) else 1
    bounded_text(sum(len(item) + between for item in items if isinstance(item, str)))
    joined: list[str | Reference | Text | Unknown] = []
    for at, item in enumerate(items):
        joined.extend((separator, item) if at else (item,))
    return text(joined)


@function("replace", STRING, STRING, STRING, partial=True)
def replace(value: Inner, old: Inner, new: Inner) -> Inner:
    """The string with every occurrence of another, or match of a ``/pattern/``, replaced."""
    wanted, instead = known_text(old), known_text(new)
    if len(wanted) > 1 and wanted[0] == wanted[-1] == "/":
        from checkov_ecs_endpoints.iac.terraform.functions.patterns import substituted

        return substituted(known_text(value), wanted[1:-1], instead)
    if isinstance(value, str):
        bounded_text(len(value) + (len(instead) - len(wanted)) * value.count(wanted))
        return value.replace(wanted, instead)
    if len(wanted) != 1:
        raise Undecided(unclear(value))
    return _each_piece(value, lambda known: known.replace(wanted, instead))


@function("substr", STRING, NUMBER, NUMBER, partial=True)
def substr(value: Inner, offset: Inner, length: Inner) -> Inner:
    """A part of a string, counted in characters; a negative offset counts from the end."""
    start, count = whole(offset, "the offset"), whole(length, "the length")
    if isinstance(value, Text) and start >= 0 and count >= 0 and start + count <= len(value.prefix):
        value = value.prefix if value.prefix.isascii() else value
    characters = graphemes(known_text(value))
    if start < 0:
        start = max(start + len(characters), 0)
    # With a negative offset, a length of 0 means the rest too.
    rest = count < 0 or (count == 0 and offset < 0)
    end = len(characters) if rest else start + count
    return "".join(characters[start:end])


@function("strrev", STRING)
def strrev(value: str) -> Inner:
    """The characters, last to first."""
    return "".join(reversed(graphemes(value)))


@function("indent", NUMBER, STRING, partial=True)
def indent(spaces: Inner, value: Inner) -> Inner:
    """The string with spaces at the beginning of every line but the first."""
    count = whole(spaces, "the number of spaces")
    if isinstance(value, str):
        bounded_text(len(value) + max(count, 0) * value.count("\n"))
        return value.replace("\n", "\n" + " " * count)
    return _each_piece(value, lambda known: known.replace("\n", "\n" + " " * count))
