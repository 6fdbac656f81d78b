"""``format`` and ``formatlist``.

Terraform documentation: Functions, ``format``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from checkov_ecs_endpoints.iac.terraform.conversion import to_bool, to_number, to_string
from checkov_ecs_endpoints.iac.terraform.faults import (
    Fault,
    Invalid,
    Undecided,
    Unsupported,
    bounded_text,
)
from checkov_ecs_endpoints.iac.terraform.functions.encoding import encode_json
from checkov_ecs_endpoints.iac.terraform.functions.reading import known_text, members
from checkov_ecs_endpoints.iac.terraform.functions.registry import function
from checkov_ecs_endpoints.iac.terraform.functions.texts import graphemes
from checkov_ecs_endpoints.iac.terraform.kinds import ANY, STRING, is_text, strings
from checkov_ecs_endpoints.iac.terraform.members import settled, unclear
from checkov_ecs_endpoints.iac.terraform.numeric import exact, is_negative, shortest
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Set
from checkov_ecs_endpoints.values import OpenList, Reference, Text, Unknown, text

_VERB = re.compile(
    r"%(?P<flags>[-+# 0]*)(?P<width>\d+)?(?:\.(?P<precision>\d+))?(?:\[(?P<index>\d+)\])?(?P<verb>.)?"
)
_BASES = {"d": ("d", ""), "b": ("b", "0b"), "o": ("o", "0"), "x": ("x", "0x"), "X": ("X", "0X")}
_WIDEST = 10_000


@function("format", STRING, variadic=ANY, partial=True, nullable=True)
def format_(pattern: Inner, *arguments: Inner) -> Inner:
    """A text with values put in by verbs."""
    if pattern is None:
        raise Invalid("the format is null")
    return _formatted(known_text(pattern), arguments)


@function("formatlist", STRING, variadic=ANY, partial=True, nullable=True)
def formatlist(pattern: Inner, *arguments: Inner) -> Inner:
    """A list of texts, for the members of lists side by side."""
    if pattern is None:
        raise Invalid("the format is null")
    wanted = known_text(pattern)
    columns: list[Sequence[Inner] | None] = []
    for argument in arguments:
        if isinstance(argument, (list, Set, OpenList)):
            found = members(argument)
            if found.rest is not None or (isinstance(argument, Set) and not settled(argument)):
                raise Undecided(unclear(argument))
            columns.append(found.items)
        elif isinstance(argument, Unknown) or (isinstance(argument, Reference) and not is_text(argument)):
            raise Undecided(unclear(argument))
        else:
            columns.append(None)
    lengths = {len(column) for column in columns if column is not None}
    if len(lengths) > 1:
        raise Invalid("the lists differ in length")
    return strings(
        _formatted(
            wanted,
            [
                argument if column is None else column[at]
                for column, argument in zip(columns, arguments, strict=True)
            ],
        )
        for at in range(next(iter(lengths), 1))
    )


def _formatted(pattern: str, arguments: Sequence[Inner]) -> Inner:
    made: list[str | Reference | Text | Unknown] = []
    at = 0
    following = 0
    used = 0
    length = 0
    while at < len(pattern):
        found = _VERB.match(pattern, at) if pattern[at] == "%" else None
        if found is None:
            end = pattern.find("%", at)
            end = len(pattern) if end < 0 else end
            made.append(pattern[at:end])
            length += end - at
            at = end
            continue
        at = found.end()
        if found[0] == "%%":
            made.append("%")
            continue
        if found["verb"] is None or found["verb"] not in "vtbdoxXeEfgGsq":
            raise Invalid(f'"{found[0]}" is no verb of format')
        place = int(found["index"]) - 1 if found["index"] else following
        if not 0 <= place < len(arguments):
            raise Invalid(f"format has no argument for {found[0]}")
        following = place + 1
        used = max(used, following)
        part = _part(found, arguments[place])
        length = bounded_text(length + (len(part) if isinstance(part, str) else 0))
        made.append(part)
    if used < len(arguments):
        raise Invalid(f"format uses only {used} of {len(arguments)} arguments")
    return text(made)


def _part(found: re.Match[str], value: Inner) -> str | Reference | Text | Unknown:
    if int(found["width"] or 0) > _WIDEST or int(found["precision"] or 0) > _WIDEST:
        raise Invalid("a width of format is too large")
    verb = found["verb"]
    if value is None:
        raise Unsupported("null in format is not worked out")
    bare = found[0] in (f"%{verb}", f"%[{found['index']}]{verb}")
    if not settled(value):
        if bare and verb in "sv" and isinstance(value, (Text, Unknown)):
            return value
        if bare and isinstance(value, Reference) and (verb == "s" or is_text(value)):
            return value
        return unclear(value)
    return _known(found, verb, value)


def _known(found: re.Match[str], verb: str, value: Inner) -> str:
    flags = found["flags"]
    if verb == "v":
        if "#" in flags or not isinstance(value, (str, bool, int, float)):
            return _padded(found, str(encode_json(value)))
        if isinstance(value, str):
            return _padded(found, value)
        if not isinstance(value, bool):
            return _signed(found, _general("g", None, value), is_negative(value))
        return _padded(found, "true" if value else "false")
    if verb == "t":
        return "true" if _converted(to_bool, value, found) else "false"
    if verb in "sq":
        written = _converted(to_string, value, found)
        if verb == "q":
            return _padded(found, str(encode_json(written)))
        if found["precision"]:
            written = "".join(graphemes(written)[: int(found["precision"])])
        return _padded(found, written)
    number = _converted(to_number, value, found)
    if verb in _BASES:
        return _whole(found, verb, number)
    return _signed(found, _decimal(verb, found["precision"], number), is_negative(number))


def _converted(convert: object, value: Inner, found: re.Match[str]) -> Inner:
    try:
        return convert(value)  # type: ignore[operator]
    except Fault:
        raise Invalid(f"an argument does not fit {found[0]}") from None


def _whole(found: re.Match[str], verb: str, number: int | float) -> str:
    if exact(number).denominator != 1:
        raise Invalid(f"{found[0]} takes a whole number")
    kind, mark = _BASES[verb]
    digits = format(abs(int(exact(number))), kind)
    if found["precision"]:
        digits = digits.rjust(int(found["precision"]), "0")
    return _signed(found, (mark if "#" in found["flags"] else "") + digits, number < 0)


def _decimal(verb: str, precision: str | None, number: int | float) -> str:
    """The digits of a number without sign, as Go writes them."""
    lower = verb.lower()
    magnitude = abs(exact(number))
    if lower == "g":
        return _general(verb, precision, number)
    places = 6 if precision is None else int(precision)
    if lower == "f":
        return _fixed(magnitude, places)
    if magnitude == 0:
        return _scientific(verb, "0" * (places + 1), 0)
    exponent = shortest(number)[1] - 1
    whole = round(magnitude * Fraction(10) ** (places - exponent))
    if len(str(whole)) > places + 1:
        exponent += 1
        whole = round(magnitude * Fraction(10) ** (places - exponent))
    return _scientific(verb, str(whole), exponent)


def _general(verb: str, precision: str | None, number: int | float) -> str:
    digits, place = shortest(number)
    limit = 6
    if precision is not None:
        wanted = max(int(precision), 1)
        if len(digits) > wanted:
            whole = round(abs(exact(number)) * Fraction(10) ** (wanted - place))
            place += len(str(whole)) - wanted
            digits = str(whole).rstrip("0") or "0"
        limit = len(digits) if wanted > len(digits) >= place else wanted
    exponent = place - 1 if exact(number) else 0
    if exponent < -4 or exponent >= limit:
        return _scientific("E" if verb == "G" else "e", digits, exponent)
    if place <= 0:
        return "0." + "0" * -place + digits
    digits = digits.ljust(place, "0")
    return digits if len(digits) == place else f"{digits[:place]}.{digits[place:]}"


def _fixed(magnitude: Fraction, places: int) -> str:
    digits = str(round(magnitude * 10**places)).rjust(places + 1, "0")
    return digits if places == 0 else f"{digits[:-places]}.{digits[-places:]}"


def _scientific(verb: str, digits: str, exponent: int) -> str:
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}{verb}{'-' if exponent < 0 else '+'}{abs(exponent):02d}"


def _signed(found: re.Match[str], digits: str, negative: bool) -> str:
    flags = found["flags"]
    sign = "-" if negative else "+" if "+" in flags else " " if " " in flags else ""
    width = int(found["width"] or 0)
    if "-" in flags:
        return (sign + digits).ljust(width)
    if "0" in flags:
        return sign + digits.rjust(width - len(sign), "0")
    return (sign + digits).rjust(width)


def _padded(found: re.Match[str], value: str) -> str:
    missing = int(found["width"] or 0) - len(graphemes(value)) if found["width"] else 0
    if missing <= 0:
        return value
    if "-" in found["flags"]:
        return value + " " * missing
    return ("0" if "0" in found["flags"] else " ") * missing + value
