"""The full comparison with the real ``terraform``: expressions over many seeds, and configurations.

    python tests/oracle/compare_terraform.py [SEEDS]

For each seed 3,000 generated expressions, and 200 generated configurations altogether. Prints
every difference; exit code 1 where there is a wrong value, or where more than one in a hundred
of the values that Terraform knows is not known here.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from oracle.terraform import compare as expressions  # noqa: E402
from oracle.terraform_plan import compare as plans  # noqa: E402


def main(seeds: int = 3) -> int:
    """Compare everything."""
    wrong = expressions.main(3000, *range(1, seeds + 1))
    return wrong + plans.main(200, 1)


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:])) else 0)
