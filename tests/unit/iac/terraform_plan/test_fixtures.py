"""Plans and states that were made of our own situations say what the Terraform files say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from support.plans import findings, models, scanned, situation_of
from support.situations import FIXTURES, Expected, situations

from checkov_ecs_endpoints.iac.configuration import Framework
from checkov_ecs_endpoints.values import Location

PLANS = Path(__file__).parent / "plans"

KNOWS_LESS = {
    # The routes come from a dynamic block: what its content refers to is nowhere in a plan.
    "igw_route_by_halves",
    # `element(aws_subnet.private[*].id, count.index)`: a plan lists all of them and no more.
    "nat_wired_by_element",
    # `[aws_subnet.private.id, aws_subnet.isolated.id][count.index]`: a plan lists both and no more.
    "services_by_count",
}
"""Situations whose plan says less than the files it was made of."""

PERHAPS_MORE = {
    # A plan does not say whether a role has the whole policy document that it refers to, and no more.
    "dynamodb_behind_nat",
}
"""Situations of which the model leaves open what the files close, while the verdicts are the same."""

ALL = sorted(PLANS.glob("*.json"), key=lambda path: path.name)
EXACT = [path for path in ALL if situation_of(path)[0] not in KNOWS_LESS]


def _expected(plan: Path) -> frozenset[Expected]:
    name, root = situation_of(plan)
    (found,) = [one for one in situations() if (one.name, one.language) == (name, "terraform")]
    return frozenset(finding for finding in found.findings if finding.root == root)


def _alone(plan: Path, directory: Path) -> Path:
    return Path(shutil.copy(plan, directory))


@pytest.mark.parametrize("plan", EXACT, ids=lambda path: path.stem)
def test_findings_are_those_of_the_files(plan: Path, tmp_path: Path) -> None:
    assert findings(_alone(plan, tmp_path)) == _expected(plan)


@pytest.mark.parametrize(
    "plan",
    [path for path in EXACT if ".state" not in path.name and path.stem not in PERHAPS_MORE],
    ids=lambda path: path.stem,
)
def test_models_are_those_of_the_files(plan: Path, tmp_path: Path) -> None:
    of_files, of_plan = models(_alone(plan, tmp_path))
    assert of_plan == of_files


@pytest.mark.parametrize("name", sorted(KNOWS_LESS))
def test_where_a_plan_says_less_nothing_is_guessed(name: str, tmp_path: Path) -> None:
    plan = PLANS / f"{name}.json"
    found = findings(_alone(plan, tmp_path))
    decided = {finding for finding in found if finding.result != "UNKNOWN"}
    assert decided < _expected(plan)


@pytest.mark.parametrize("plan", ALL, ids=lambda path: path.stem)
def test_with_the_files_beside_it_a_plan_says_the_same(plan: Path, tmp_path: Path) -> None:
    name, root = situation_of(plan)
    shutil.copytree(FIXTURES / name / "terraform", tmp_path, dirs_exist_ok=True)
    beside = _alone(plan, tmp_path / root)

    assert findings(beside, tmp_path) == _expected(plan)


def test_a_plan_is_a_root_of_its_own(tmp_path: Path) -> None:
    plan = _alone(PLANS / "network_module.json", tmp_path)
    (found,) = scanned(plan).configurations
    assert (found.framework, found.root) == (Framework.TERRAFORM_PLAN, plan.as_posix())
    assert found.region == "eu-west-1"
    assert {resource.location for resource in found.resources} == {Location(plan.as_posix(), 1)}


def test_a_state_of_several_lines_is_pointed_into(tmp_path: Path) -> None:
    state = _alone(PLANS / "default_route_table.state.json", tmp_path)
    lines = state.read_text().splitlines()
    for resource in scanned(state).configurations[0].resources:
        assert f'"address": "{resource.address}"' in lines[resource.location.line - 1]
