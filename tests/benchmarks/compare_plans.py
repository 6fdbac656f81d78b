"""Plans and states of all situations, compared with what is expected of their Terraform files.

    PYTHONPATH=tests python tests/benchmarks/compare_plans.py DIRECTORY

DIRECTORY holds what ``terraform show -json`` prints for the situations under ``fixtures/``,
as ``SITUATION.json`` or ``SITUATION@ROOT.json``. Each is read alone, and with its files
beside it, and compared with ``expected.toml``; where the plan was made with values for
variables, with what the files say when they are given the same.

Every difference is printed: a plan *knows less* where it says UNKNOWN and the files decide,
*knows more* where it is the other way round (it holds what data sources read), and *says
otherwise* in every other case. So are the parts of the model that differ. Exit code 1: one
says otherwise, or knows less with its files beside it.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from support.plans import findings, modelled, said, scanned, situation_of
from support.situations import FIXTURES, Expected, situations

from checkov_ecs_endpoints.scan import scan
from checkov_ecs_endpoints.settings_file import FILE_NAME, SettingsFiles

LESS, MORE, OTHERWISE, MODEL = "knows less", "knows more", "says otherwise", "has another model"
GIVEN = "given.auto.tfvars.json"


def main(directory: Path) -> int:
    """Compare every plan of a directory."""
    expected = {one.name: one.findings for one in situations() if one.language == "terraform"}
    plans = [plan for plan in sorted(directory.glob("*.json")) if situation_of(plan)[0] in expected]
    alone: Counter[str] = Counter()
    beside: Counter[str] = Counter()
    for plan in plans:
        name, root = situation_of(plan)
        with tempfile.TemporaryDirectory() as place:
            top = Path(place)
            shutil.copytree(FIXTURES / name / "terraform", top, dirs_exist_ok=True)
            given = _given(plan, top / root / GIVEN)
            files = scan([top / root], SettingsFiles(), top)
            wanted = said(files, root) if given else _of_root(expected[name], root)
            of_files = modelled(files)
            copy = Path(shutil.copy(plan, top / root))
            beside += _compared(f"{plan.stem}, with its files", copy, top, wanted, of_files)
        with tempfile.TemporaryDirectory() as place:
            copy = Path(shutil.copy(plan, place))
            for settings in (FIXTURES / name / "terraform").glob(FILE_NAME):
                shutil.copy(settings, place)
            alone += _compared(f"{plan.stem}, alone", copy, copy.parent, wanted, of_files)
    print(f"{len(plans)} read; with their files: {_counted(beside)}; alone: {_counted(alone)}")
    return 1 if beside[OTHERWISE] or beside[LESS] or alone[OTHERWISE] else 0


def _given(plan: Path, to: Path) -> bool:
    """Write the values of the variables that a plan was made with; whether there are any."""
    variables: Mapping[str, Any] = json.loads(plan.read_text()).get("variables", {})
    if variables:
        to.write_text(json.dumps({name: said["value"] for name, said in variables.items()}))
    return bool(variables)


def _of_root(expected: Iterable[Expected], root: str) -> frozenset[Expected]:
    return frozenset(finding for finding in expected if finding.root == root)


def _compared(
    name: str, plan: Path, boundary: Path, wanted: Iterable[Expected], of_files: Any
) -> Counter[str]:
    """How many findings differ in which way, and whether the model does."""
    counted = _told(name, findings(plan, boundary), wanted)
    counted[MODEL] += _models_differ(name, modelled(scanned(plan, boundary)), of_files)
    return counted


def _told(name: str, found: Iterable[Expected], expected: Iterable[Expected]) -> Counter[str]:
    """How many findings differ in which way; each is printed."""
    ours, theirs = ({(one.check_id, one.resource): one.result for one in some} for some in (found, expected))
    counted: Counter[str] = Counter()
    for key in sorted(ours.keys() | theirs.keys()):
        plan, files = ours.get(key, "nothing"), theirs.get(key, "nothing")
        if plan != files:
            how = LESS if plan == "UNKNOWN" else MORE if files == "UNKNOWN" else OTHERWISE
            counted[how] += 1
            print(f"{name} {how}: {key[0]} {key[1]}: {plan}, the files {files}")
    return counted


def _models_differ(name: str, plan: Any, files: Any) -> bool:
    for line in _differences(plan, files, ""):
        print(f"{name}, model: {line}")
    return bool(plan != files)


def _differences(plan: Any, files: Any, path: str) -> Iterator[str]:
    if isinstance(plan, dict) and isinstance(files, dict):
        for key in sorted(plan.keys() | files.keys(), key=str):
            yield from _differences(plan.get(key), files.get(key), f"{path}.{key}")
    elif isinstance(plan, list) and isinstance(files, list) and len(plan) == len(files):
        for at, (ours, theirs) in enumerate(zip(plan, files, strict=True)):
            yield from _differences(ours, theirs, f"{path}[{at}]")
    elif plan != files:
        yield f"{path}: {_short(plan)}, the files {_short(files)}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 200 else f"{text[:200]}..."


def _counted(found: Counter[str]) -> str:
    return ", ".join(f"{found[how]} {how}" for how in (OTHERWISE, LESS, MORE, MODEL))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
