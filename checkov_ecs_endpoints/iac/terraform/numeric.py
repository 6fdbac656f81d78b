"""Numbers as Terraform has them: binary floating point with a mantissa of 512 bits.

Whole numbers are plain ``int``, or :class:`Whole` where they are kept in fewer bits; others are
:class:`Number`, which is a ``float`` for everyone outside the front end. Terraform
documentation: Types and Values ("number");
https://github.com/zclconf/go-cty/blob/main/docs/types.md ("Number").
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from checkov_ecs_endpoints.iac.terraform.faults import Beyond, Unsupported

PRECISION = 512
DOUBLE = 53
MACHINE = 64
_BITS = 4096
_EXPONENT = 1000
_LITERAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE]([+-]?[0-9]+))?", re.ASCII)


class Number(float):
    """A number that is not whole. ``exact`` is its value, ``precision`` the bits it is kept in."""

    __slots__ = ("exact", "precision")
    exact: Fraction
    precision: int

    def __new__(cls, exact: Fraction, precision: int = PRECISION) -> Number:
        """The number whose value is ``exact``."""
        number = super().__new__(cls, float(exact) or -0.0)
        number.exact = exact
        number.precision = precision
        return number

    def __reduce__(self) -> tuple[type[float], tuple[float]]:
        """Outside this process a number is a plain float."""
        return float, (float(self),)


class Whole(int):
    """A whole number that is kept in fewer bits than others, which its quotients show."""

    precision: int

    def __new__(cls, value: int, precision: int = MACHINE) -> Whole:
        """The number; one that a machine has counted is kept in the 64 bits of its integers."""
        whole = super().__new__(cls, value)
        whole.precision = precision
        return whole

    def __reduce__(self) -> tuple[type[int], tuple[int]]:
        """Outside this process a number is a plain integer."""
        return int, (int(self),)


NEGATIVE_ZERO = Number(Fraction(0))
"""What ``-0`` is, which is written so."""


def is_negative(number: int | float) -> bool:
    """Whether a number is written with a minus sign."""
    return number < 0 or number is NEGATIVE_ZERO


def exact(number: int | float) -> Fraction:
    """The value of a number without loss."""
    if isinstance(number, Number):
        return number.exact
    if isinstance(number, int):
        return Fraction(number)
    if number != number or number in (float("inf"), float("-inf")):
        raise Unsupported("numbers without end are not worked out")
    return _rounded(Fraction(Decimal(repr(number))), PRECISION)


def precision(number: int | float) -> int:
    """The bits that a number is kept in."""
    return number.precision if isinstance(number, (Number, Whole)) else PRECISION


def number(value: Fraction, bits: int = PRECISION) -> int | float:
    """A value as Terraform keeps it."""
    if value.denominator == 1 and value.numerator.bit_length() <= bits:
        return value.numerator if bits == PRECISION else Whole(value.numerator, bits)
    if abs(value.numerator.bit_length() - value.denominator.bit_length()) > _BITS:
        raise Beyond("a number with too many digits")
    kept = _rounded(value, bits)
    return kept.numerator if kept.denominator == 1 else Number(kept, bits)


def from_double(value: float) -> int | float:
    """A result of double precision arithmetic."""
    if value != value or value in (float("inf"), float("-inf")):
        raise Unsupported("numbers without end are not worked out")
    kept = Fraction(value)
    whole = abs(value) < 2**DOUBLE and kept.denominator == 1
    return Whole(kept.numerator, DOUBLE) if whole else Number(kept, DOUBLE)


def parse_number(text: str) -> int | float | None:
    """The number that a text says, None where it says none."""
    found = _LITERAL.fullmatch(text)
    if found is None:
        return None
    if abs(int(found[1] or 0)) > _EXPONENT or len(text) > _BITS:
        raise Beyond("a number with too many digits")
    return number(Fraction(text))


def format_number(value: int | float) -> str:
    """A number as Terraform writes it: the fewest digits that say it exactly, never an exponent."""
    if isinstance(value, int) and value.bit_length() <= PRECISION:
        return str(value)
    if value == 0:
        return "-0"
    digits, exponent = shortest(value)
    sign = "-" if exact(value) < 0 else ""
    if exponent >= len(digits):
        return sign + digits + "0" * (exponent - len(digits))
    if exponent <= 0:
        return f"{sign}0.{'0' * -exponent}{digits}"
    return f"{sign}{digits[:exponent]}.{digits[exponent:]}"


def shortest(value: int | float) -> tuple[str, int]:
    """The fewest decimal digits that tell a number from its neighbours, and the place of the point.

    The number is ``0.digits`` times ten to the power of the place, as in Go's
    ``big.Float.Text('f', -1)``.
    """
    bits = precision(value)
    magnitude = abs(exact(value))
    if magnitude == 0:
        return "0", 1
    step, low_step = _steps(magnitude, bits)
    lower, upper = magnitude - low_step / 2, magnitude + step / 2
    inclusive = (magnitude / step).numerator % 2 == 0
    place = _decimal_place(magnitude)
    for count in range(1, bits):
        scale = Fraction(10) ** (count - place)
        floor = magnitude * scale // 1
        down, up = Fraction(floor) / scale, Fraction(floor + 1) / scale
        down_fits = down > lower or (inclusive and down == lower)
        up_fits = up < upper or (inclusive and up == upper)
        if down == magnitude or (down_fits and not (up_fits and up - magnitude < magnitude - down)):
            return _digits(floor, count, place)
        if up_fits:
            return _digits(floor + 1, count, place)
    raise Beyond("a number with too many digits")


def _digits(whole: int, count: int, place: int) -> tuple[str, int]:
    text = str(whole)
    place += len(text) - count
    return text.rstrip("0") or "0", place


def _decimal_place(magnitude: Fraction) -> int:
    """The smallest power of ten that is larger than the number."""
    place = len(str(magnitude.numerator)) - len(str(magnitude.denominator))
    while magnitude >= Fraction(10) ** place:
        place += 1
    while magnitude < Fraction(10) ** (place - 1):
        place -= 1
    return place


def _steps(magnitude: Fraction, bits: int) -> tuple[Fraction, Fraction]:
    """The distances to the next number above and below that the same bits can say."""
    step = Fraction(2) ** (_binary_place(magnitude) - bits)
    at_power = magnitude == Fraction(2) ** (_binary_place(magnitude) - 1)
    return step, step / 2 if at_power else step


def _binary_place(magnitude: Fraction) -> int:
    """The smallest power of two that is larger than the number."""
    place = magnitude.numerator.bit_length() - magnitude.denominator.bit_length()
    if magnitude >= Fraction(2) ** place:
        place += 1
    return place


def _rounded(value: Fraction, bits: int) -> Fraction:
    if value == 0:
        return value
    step = Fraction(2) ** (_binary_place(abs(value)) - bits)
    return round(value / step) * step
