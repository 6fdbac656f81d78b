"""Operators, with three-valued logic where an operand is not known.

Terraform documentation: Configuration Language, Arithmetic and Logical Operators.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import trunc
from operator import add, ge, gt, le, lt, mul, sub
from typing import TypeVar

from checkov_ecs_endpoints.iac.terraform.conversion import to_bool, to_number
from checkov_ecs_endpoints.iac.terraform.faults import Invalid, Undecided, Unsupported
from checkov_ecs_endpoints.iac.terraform.members import equal, unclear
from checkov_ecs_endpoints.iac.terraform.numeric import NEGATIVE_ZERO, exact, is_negative, number, precision
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.values import Truth, every, negate, some

Operand = TypeVar("Operand")

PRECEDENCE: Mapping[str, int] = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    ">": 4,
    ">=": 4,
    "<": 4,
    "<=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}
"""How tightly operators bind; those that bind alike go from left to right."""


def truth(value: Inner) -> Truth:
    """The operand of a logical operator, or a condition."""
    if value is None:
        raise Invalid("null where true or false is needed")
    converted = to_bool(value)
    return converted if isinstance(converted, bool) else unclear(converted)


def _known_number(value: Inner) -> int | float:
    if value is None:
        raise Invalid("null where a number is needed")
    converted = to_number(value)
    if isinstance(converted, (int, float)):
        return converted
    raise Undecided(unclear(converted))


def _numbers(left: Inner, right: Inner) -> tuple[int | float, int | float]:
    """Both operands; a mistake in either comes before what is not known of the other."""
    try:
        first: int | float | Undecided = _known_number(left)
    except Undecided as undecided:
        first = undecided
    second = _known_number(right)
    if isinstance(first, Undecided):
        raise first
    return first, second


def _arithmetic(work: Callable[[Fraction, Fraction], Fraction]) -> Callable[[Inner, Inner], Inner]:
    def apply(left: Inner, right: Inner) -> Inner:
        first, second = _numbers(left, right)
        bits = max(precision(first), precision(second))
        result = number(work(exact(first), exact(second)), bits)
        return NEGATIVE_ZERO if result == 0 and _is_negative_zero(work, first, second) else result

    return apply


def _is_negative_zero(
    work: Callable[[Fraction, Fraction], Fraction], left: int | float, right: int | float
) -> bool:
    """The sign of a result that is zero."""
    if work in (mul, _quotient):
        return is_negative(left) != is_negative(right)
    if work is sub:
        return left is NEGATIVE_ZERO and right is not NEGATIVE_ZERO
    return work is add and left is NEGATIVE_ZERO and right is NEGATIVE_ZERO


def _comparison(work: Callable[[Fraction, Fraction], bool]) -> Callable[[Inner, Inner], Inner]:
    def apply(left: Inner, right: Inner) -> Inner:
        first, second = _numbers(left, right)
        return work(exact(first), exact(second))

    return apply


def _quotient(left: Fraction, right: Fraction) -> Fraction:
    if right == 0:
        if left == 0:
            raise Invalid("zero divided by zero")
        raise Unsupported("numbers without end are not worked out")
    return left / right


def _remainder(left: Inner, right: Inner) -> Inner:
    """What a division towards zero leaves, in the precision of the dividend.

    The quotient and the product are rounded first, as Terraform does. For a division by zero
    Terraform gives the dividend.
    """
    first, second = _numbers(left, right)
    if second == 0:
        return first
    bits = precision(first)
    quotient = number(exact(first) / exact(second), max(bits, precision(second)))
    product = number(exact(second) * trunc(exact(quotient)), bits)
    result = number(exact(first) - exact(product), bits)
    return NEGATIVE_ZERO if first is NEGATIVE_ZERO and not is_negative(second) else result


def _or(left: Inner, right: Inner) -> Inner:
    return some([truth(left), truth(right)])


def _and(left: Inner, right: Inner) -> Inner:
    return every([truth(left), truth(right)])


def _not_equal(left: Inner, right: Inner) -> Inner:
    return negate(equal(left, right))


_BINARY: Mapping[str, Callable[[Inner, Inner], Inner]] = {
    "||": _or,
    "&&": _and,
    "==": equal,
    "!=": _not_equal,
    ">": _comparison(gt),
    ">=": _comparison(ge),
    "<": _comparison(lt),
    "<=": _comparison(le),
    "+": _arithmetic(add),
    "-": _arithmetic(sub),
    "*": _arithmetic(mul),
    "/": _arithmetic(_quotient),
    "%": _remainder,
}


def binary(operator: str, left: Inner, right: Inner) -> Inner:
    """``left operator right``."""
    return _BINARY[operator](left, right)


def unary(operator: str, value: Inner) -> Inner:
    """``!value`` or ``-value``."""
    if operator == "!":
        return negate(truth(value))
    known = _known_number(value)
    if known == 0:
        return 0 if known is NEGATIVE_ZERO else NEGATIVE_ZERO
    return number(-exact(known), precision(known))


def associate(
    operands: list[Operand], operators: list[str], combine: Callable[[str, Operand, Operand], Operand]
) -> Operand:
    """Combine a flat chain of operands in the order that precedence says."""
    waiting: list[str] = []
    done: list[Operand] = [operands[0]]

    def reduce() -> None:
        right = done.pop()
        done.append(combine(waiting.pop(), done.pop(), right))

    for operator, operand in zip(operators, operands[1:], strict=True):
        while waiting and PRECEDENCE[waiting[-1]] >= PRECEDENCE[operator]:
            reduce()
        waiting.append(operator)
        done.append(operand)
    while waiting:
        reduce()
    return done[0]
