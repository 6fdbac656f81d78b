"""Checkov and the command say the same of the same files."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from pathlib import Path
from typing import TypeAlias

from support.checkov import checkov
from support.command import FIXTURES, run

from checkov_ecs_endpoints.policy_files import load_policies

SITUATIONS = (
    "assumed_hub_with_firewall",
    "assumed_network_behind_nat",
    "centralized_egress",
    "egress_none",
    "endpoint_by_either_condition",
    "handed_over_vpc",
    "isolated_with_endpoints",
    "isolated_without_endpoints",
    "nat_by_condition",
    "nat_without_endpoints",
    "network_module",
    "one_service_module_two_roots",
    "public_image_isolated",
    "public_service",
    "s3_gateway_on_wrong_table",
    "schedule_task",
    "services_by_count",
    "services_by_key",
    "subnet_by_condition",
    "subnets_unknown",
)
WORST_FIRST = ("FAILED", "SKIPPED", "UNKNOWN", "PASSED")
QUESTIONS = {policy.id for policy in load_policies()} - {"ECSNET_900", "ECSNET_999"}

Place: TypeAlias = tuple[str, str, str]


def test_they_agree_on_every_policy_and_resource(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in SITUATIONS:
        shutil.copytree(FIXTURES / name, tmp_path / name)
    theirs = checkov(
        tmp_path, tmp_path / "results", "--check", "ECSNET_*", "--framework", "terraform", "cloudformation"
    )
    told: dict[Place, set[str]] = defaultdict(set)
    for check_id in QUESTIONS:
        for _, file, resource, result in theirs.told(check_id):
            told[check_id, file, resource].add(result)
    said: dict[Place, set[str]] = defaultdict(set)
    for one in json.loads(run("scan", ".", "--format", "json", directory=tmp_path).stdout)["results"]:
        said[one["check_id"], f"/{one['file_path']}", one["resource"]].add(one["result"])
    worst = {place: min(results, key=WORST_FIRST.index) for place, results in said.items()}
    undecided = {file for (_, file, _), result in worst.items() if result == "UNKNOWN"}
    assert told == {place: {result} for place, result in worst.items() if result != "UNKNOWN"}
    assert set(WORST_FIRST) - {"SKIPPED"} == set(worst.values())
    assert {file for _, file, _, result in theirs.told("ECSNET_900") if result == "SKIPPED"} == undecided
