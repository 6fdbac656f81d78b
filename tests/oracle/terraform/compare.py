"""Compare many generated expressions with ``terraform console``.

    python tests/oracle/terraform/compare.py [COUNT] [SEED]...

Prints every disagreement: wrong values, values we do not know that Terraform does, and
expressions that Terraform reports an error for and we do not (it is stricter about the types of
branches that are not taken and of empty collections; such a configuration never gets so far).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[3])]

from oracle.terraform.console import ERROR, REFUSED, ask, rejected  # noqa: E402
from oracle.terraform.declarations import variables  # noqa: E402
from oracle.terraform.generator import generate  # noqa: E402
from oracle.terraform.scope import MODULE, ModuleNames, answer  # noqa: E402

from checkov_ecs_endpoints.values import Unknown, Why  # noqa: E402

_VARIABLES = 10
"""One variable for so many expressions."""


class Kind(Enum):
    """How an answer of ours differs from Terraform's."""

    WRONG = "wrong"
    UNKNOWN = "unknown"
    LENIENT = "lenient"


@dataclass(frozen=True)
class Difference:
    """An expression with Terraform's answer and ours."""

    kind: Kind
    expression: str
    theirs: str
    ours: str


@dataclass(frozen=True)
class Comparison:
    """How many expressions were compared, have a value and are not even read by Terraform; what differs."""

    expressions: int
    values: int
    refused: int
    differences: tuple[Difference, ...]

    def of(self, kind: Kind) -> list[Difference]:
        """The differences of a kind."""
        return [one for one in self.differences if one.kind is kind]


def compare(count: int, seed: int) -> Comparison:
    """Compare generated expressions, and generated variables with their types and defaults."""
    declared = list(variables(count // _VARIABLES, seed))
    wrong = rejected(declared, MODULE)
    accepted = [one for one in declared if one.name not in wrong]
    expressions = [f"var.{one.name}" for one in accepted] + list(generate(count, seed, accepted))
    answers = ask(expressions, MODULE, accepted)
    expressions += [f"var.{name}" for name in sorted(wrong)]
    answers += [ERROR] * len(wrong)
    scope = ModuleNames(MODULE, declared)
    pairs = zip(expressions, answers, strict=True)
    found = [difference(expression, theirs, scope) for expression, theirs in pairs]
    values = sum(theirs not in (ERROR, REFUSED) for theirs in answers)
    refused = answers.count(REFUSED)
    return Comparison(len(expressions), values, refused, tuple(one for one in found if one is not None))


def difference(expression: str, theirs: str, scope: ModuleNames) -> Difference | None:
    """How our answer differs from Terraform's, None where it does not."""
    ours = answer(expression, scope)
    said = ERROR if isinstance(ours, Unknown) and ours.why is Why.INVALID else str(ours)
    if said == theirs or (said == ERROR and theirs == REFUSED):
        return None
    kind = Kind.UNKNOWN if isinstance(ours, Unknown) and said != ERROR else Kind.WRONG
    kind = Kind.LENIENT if theirs in (ERROR, REFUSED) else kind
    return Difference(kind, expression, theirs, str(ours))


def main(count: int = 3000, *seeds: int) -> int:
    """Print the differences of generated expressions; how many must not be is the result.

    These are all wrong values, and what is unknown beyond one in a hundred.
    """
    failures = 0
    for seed in seeds or (1,):
        found = compare(count, seed)
        for one in sorted(found.differences, key=lambda one: one.kind.value):
            print(f"{one.kind.value}: {one.expression}")
            print(f"    terraform: {one.theirs[:300]}\n    here:      {one.ours[:300]}")
        counts = ", ".join(f"{len(found.of(kind))} {kind.value}" for kind in Kind)
        told = f"{found.values} with a value, {found.refused} refused"
        print(f"seed {seed}: {found.expressions} expressions, {told}: {counts}", flush=True)
        failures += len(found.of(Kind.WRONG)) + max(0, len(found.of(Kind.UNKNOWN)) - found.values // 100)
    return failures


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
