"""Checkov as a library: there is no command line to ask, and two scans share a process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from support.checkov import POLICIES
from support.command import environment

SCRIPT = """
import json, sys
from checkov.cloudformation.runner import Runner as CloudFormation
from checkov.runner_filter import RunnerFilter
from checkov.terraform.runner import Runner as Terraform

def types(value):
    yield type(value).__module__.split(".")[0]
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list):
        for part in value:
            yield from types(part)

chosen = RunnerFilter(checks=["ECSNET_401"])
told = []
modules = set()
for runner, directory in ((Terraform, "instances"), (Terraform, "undecided"), (CloudFormation, "templates")):
    report = runner().run(root_folder=directory, external_checks_dir=[sys.argv[1]], runner_filter=chosen)
    records = report.failed_checks + report.passed_checks + report.skipped_checks
    told.append(
        sorted([one.resource, one.check_result["result"].value, bool(one.details)] for one in records)
    )
    modules.update(found for one in records for found in types(vars(one)))
print(json.dumps([*told, sorted(modules)]))
"""


def test_runners_in_one_process(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(POLICIES)],
        cwd=repository,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    instances, undecided, templates, modules = json.loads(done.stdout)
    assert instances == [
        ["aws_ecs_service.closed", "PASSED", True],
        ["aws_ecs_service.counted[0]", "FAILED", True],
        ["aws_ecs_service.counted[1]", "FAILED", True],
        ['aws_ecs_service.keyed["a"]', "FAILED", True],
        ['aws_ecs_service.keyed["b"]', "PASSED", True],
    ]
    assert undecided == []
    # Records travel from process to process: nothing of ours is inside them.
    assert modules == ["builtins", "checkov"]
    assert [one[:2] for one in templates] == [
        ["AWS::ECS::Service.Failed", "FAILED"],
        ["AWS::ECS::Service.SkippedByComment", "SKIPPED"],
        ["AWS::ECS::Service.SkippedByMetadata", "SKIPPED"],
    ]
