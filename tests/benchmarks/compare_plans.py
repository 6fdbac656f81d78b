"""Plans and states of all situations, compared with what is expected of their Terraform files.

    PYTHONPATH=tests python tests/benchmarks/compare_plans.py DIRECTORY

DIRECTORY holds what ``terraform show -json`` prints for the situations under ``fixtures/``,
as ``SITUATION.json`` or ``SITUATION@ROOT.json``. Each is read alone, and with its files
beside it; what it says otherwise than expected is printed, and so are the parts in which its
model differs from that of the files. Exit code 1: with the files beside it one said otherwise.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from support.plans import findings, models, situation_of
from support.situations import FIXTURES, Expected, Situation, situations


def main(directory: Path) -> int:
    """Compare every plan of a directory."""
    known = {one.name: one for one in situations() if one.language == "terraform"}
    plans = [plan for plan in sorted(directory.glob("*.json")) if situation_of(plan)[0] in known]
    differing = {"alone": 0, "with files": 0, "model": 0}
    for plan in plans:
        expected = _expected(known, plan)
        with tempfile.TemporaryDirectory() as place:
            alone = Path(shutil.copy(plan, place))
            differing["alone"] += _told(f"{plan.stem}, alone", findings(alone), expected)
            of_files, of_plan = models(alone)
            differing["model"] += of_files != of_plan
        with tempfile.TemporaryDirectory() as place:
            name, root = situation_of(plan)
            shutil.copytree(FIXTURES / name / "terraform", place, dirs_exist_ok=True)
            beside = Path(shutil.copy(plan, Path(place) / root))
            found = findings(beside, Path(place))
            differing["with files"] += _told(f"{plan.stem}, with its files", found, expected)
    print(f"{len(plans)} read; differing: {', '.join(f'{name} {n}' for name, n in differing.items())}")
    return 1 if differing["with files"] else 0


def _expected(known: dict[str, Situation], plan: Path) -> frozenset[Expected]:
    name, root = situation_of(plan)
    return frozenset(finding for finding in known[name].findings if finding.root == root)


def _told(name: str, found: Iterable[Expected], expected: Iterable[Expected]) -> bool:
    said, wanted = set(found), set(expected)
    for mark, differing in (("-", wanted - said), ("+", said - wanted)):
        for one in sorted(differing):
            print(f"{name}: {mark} {one.check_id} {one.result} {one.resource}")
    return said != wanted


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
