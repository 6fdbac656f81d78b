"""Values that the translators read, compared with those of Terraform's own plans.

    PYTHONPATH=tests python tests/benchmarks/compare_values.py PLAN ROOT [PLAN ROOT ...]

Each PLAN is what ``terraform show -json`` prints of a plan of the directory ROOT, made with
a provider whose computed texts name their instance (``aws_subnet.id#7``). Variables without
default have their values in a var file that Terraform reads by itself. Every attribute that
a translator asks for is compared, of every instance of its type: the same address, the same
value or the same referenced instance. Exit code 1: something differs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from support.agreement import Agreement, compare, evaluated


def main(arguments: list[str]) -> int:
    """Compare every plan with its root."""
    if not arguments or len(arguments) % 2:
        print(__doc__)
        return 2
    total = Agreement()
    pairs = list(zip(arguments[::2], arguments[1::2], strict=True))
    for plan, root in pairs:
        found = compare(json.loads(Path(plan).read_text()), evaluated(Path(root)))
        unknown = sum(map(len, found.unknowns.values()))
        counts = f"{found.instances} instances, {found.attributes} attributes"
        print(f"{root}: {counts}, {len(found.mismatches)} mismatches, {unknown} unknown")
        for mismatch in found.mismatches:
            print(f"    {mismatch}")
        total.add(found)
    print(f"\n{len(pairs)} roots, {total.instances} instances, {total.attributes} attributes compared")
    print(f"{len(total.mismatches)} mismatches; {len(total.ahead)} known here alone; unknown here:")
    for reason, subjects in sorted(total.unknowns.items(), key=lambda item: -len(item[1])):
        print(f"{len(subjects):6}  {reason} ({subjects[0]})")
    return 1 if total.mismatches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
