"""Compare many generated expressions with ``terraform console``.

    python tests/oracle/terraform/compare.py [COUNT] [SEED]

Prints every disagreement, and how many values we do not know that Terraform does.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[3])]

from oracle.terraform.console import ERROR, ask
from oracle.terraform.generator import generate
from oracle.terraform.scope import MODULE, Locals, answer

from checkov_ecs_endpoints.values import Unknown, Why


@dataclass(frozen=True)
class Difference:
    """An expression with Terraform's answer and ours; ``unknown`` where we say that we do not know."""

    expression: str
    theirs: str
    ours: str
    unknown: bool


def differences(expressions: Sequence[str]) -> list[Difference]:
    """Where we and Terraform do not say the same."""
    scope = Locals(MODULE)
    found: list[Difference] = []
    for expression, theirs in zip(expressions, ask(expressions, MODULE), strict=True):
        ours = answer(expression, scope)
        unknown = isinstance(ours, Unknown) and ours.why is not Why.INVALID
        said = ERROR if isinstance(ours, Unknown) and not unknown else str(ours)
        if said != theirs:
            found.append(Difference(expression, theirs, f"{ours}", unknown))
    return found


def main(count: int = 3000, seed: int = 1) -> int:
    """Print the differences of generated expressions; the number of wrong answers is the result."""
    found = differences(list(generate(count, seed)))
    wrong = [one for one in found if not one.unknown]
    for one in found:
        print(f"{'unknown' if one.unknown else 'WRONG'}: {one.expression}")
        print(f"    terraform: {one.theirs[:300]}\n    here:      {one.ours[:300]}")
    print(f"{count} expressions, {len(wrong)} wrong, {len(found) - len(wrong)} unknown here only")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
