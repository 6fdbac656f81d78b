"""Functions of numbers.

Terraform documentation: Functions, "Numeric Functions".
"""

from __future__ import annotations

import math
import re

from checkov_ecs_endpoints.iac.terraform.faults import Beyond, Invalid, Undecided, Unsupported
from checkov_ecs_endpoints.iac.terraform.functions.reading import whole
from checkov_ecs_endpoints.iac.terraform.functions.registry import function
from checkov_ecs_endpoints.iac.terraform.kinds import ANY, NUMBER
from checkov_ecs_endpoints.iac.terraform.members import unclear
from checkov_ecs_endpoints.iac.terraform.numeric import Whole, exact, from_double, number, precision
from checkov_ecs_endpoints.iac.terraform.scope import Inner

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@function("abs", NUMBER)
def abs_(value: int | float) -> Inner:
    """The distance from zero."""
    return number(abs(exact(value)), precision(value))


@function("ceil", NUMBER)
def ceil(value: int | float) -> Inner:
    """The smallest whole number that is not smaller."""
    return value if isinstance(value, int) else math.ceil(exact(value))


@function("floor", NUMBER)
def floor(value: int | float) -> Inner:
    """The largest whole number that is not larger."""
    return value if isinstance(value, int) else math.floor(exact(value))


@function("signum", NUMBER)
def signum(value: int | float) -> Inner:
    """-1, 0 or 1 by the sign."""
    whole(value, "the number")
    return Whole((value > 0) - (value < 0))


@function("max", variadic=NUMBER)
def max_(*values: int | float) -> Inner:
    """The largest number."""
    if not values:
        raise Invalid("max takes at least one number")
    return max(values, key=exact)


@function("min", variadic=NUMBER)
def min_(*values: int | float) -> Inner:
    """The smallest number."""
    if not values:
        raise Invalid("min takes at least one number")
    return min(values, key=exact)


@function("log", NUMBER, NUMBER)
def log(value: int | float, base: int | float) -> Inner:
    """The logarithm to a base, in double precision."""
    try:
        return from_double(math.log(value) / math.log(base))
    except (ValueError, ZeroDivisionError, OverflowError):
        raise Unsupported("numbers without end are not worked out") from None


@function("pow", NUMBER, NUMBER)
def pow_(value: int | float, power: int | float) -> Inner:
    """A power, in double precision."""
    try:
        return from_double(math.pow(value, power))
    except (ValueError, OverflowError):
        raise Unsupported("numbers without end are not worked out") from None


@function("parseint", ANY, NUMBER, partial=True)
def parseint(value: Inner, base: Inner) -> Inner:
    """The whole number that a string says in a base from 2 to 62."""
    radix = whole(base, "the base")
    if isinstance(value, (bool, int, float, list, dict)):
        raise Invalid("parseint takes a string")
    if not isinstance(value, str):
        raise Undecided(unclear(value))
    if not 2 <= radix <= 62:
        raise Invalid("the base must be between 2 and 62")
    if len(value) > 1000:
        raise Beyond("a number with too many digits")
    found = re.fullmatch(r"([+-]?)([0-9A-Za-z]+)", value)
    digits = "" if found is None else found[2] if radix > 36 else found[2].lower()
    places = [_DIGITS.index(digit) for digit in digits]
    if found is None or any(place >= radix for place in places):
        raise Invalid(f'"{value}" is no whole number in base {radix}')
    total = 0
    for place in places:
        total = total * radix + place
    return Whole(-total if found[1] == "-" else total)
