"""Compare many generated expressions with ``terraform console``.

    python tests/oracle/terraform/compare.py [COUNT] [SEED]

Prints every disagreement: wrong values, values we do not know that Terraform does, and
values we give where Terraform reports an error (it is stricter about the types of branches
that are not taken and of empty collections; such a configuration never gets so far).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[3])]

from oracle.terraform.console import ERROR, ask  # noqa: E402
from oracle.terraform.generator import generate  # noqa: E402
from oracle.terraform.scope import MODULE, Locals, answer  # noqa: E402

from checkov_ecs_endpoints.values import Unknown, Why  # noqa: E402


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


def differences(expressions: Sequence[str]) -> list[Difference]:
    """Where we and Terraform do not say the same."""
    scope = Locals(MODULE)
    found: list[Difference] = []
    for expression, theirs in zip(expressions, ask(expressions, MODULE), strict=True):
        ours = answer(expression, scope)
        said = ERROR if isinstance(ours, Unknown) and ours.why is Why.INVALID else str(ours)
        if said != theirs:
            kind = Kind.LENIENT if theirs == ERROR else Kind.WRONG
            kind = Kind.UNKNOWN if isinstance(ours, Unknown) and said != ERROR else kind
            found.append(Difference(kind, expression, theirs, f"{ours}"))
    return found


def main(count: int = 3000, seed: int = 1) -> int:
    """Print the differences of generated expressions; the number of wrong answers is the result."""
    found = differences(list(generate(count, seed)))
    for one in sorted(found, key=lambda one: one.kind.value):
        print(f"{one.kind.value}: {one.expression}")
        print(f"    terraform: {one.theirs[:300]}\n    here:      {one.ours[:300]}")
    counts = {kind: sum(one.kind is kind for one in found) for kind in Kind}
    print(f"{count} expressions: " + ", ".join(f"{number} {kind.value}" for kind, number in counts.items()))
    return counts[Kind.WRONG]


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
