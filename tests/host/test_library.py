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

chosen = RunnerFilter(checks=["ECSNET_401"])
told = []
for runner, directory in ((Terraform, "instances"), (Terraform, "undecided"), (CloudFormation, "templates")):
    report = runner().run(root_folder=directory, external_checks_dir=[sys.argv[1]], runner_filter=chosen)
    told.append(sorted([one.resource, one.check_result["result"].value, len(one.details) > 0] for one in
        report.failed_checks + report.passed_checks + report.skipped_checks))
print(json.dumps(told))
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
    instances, undecided, templates = json.loads(done.stdout)
    assert instances == [
        ["aws_ecs_service.closed", "PASSED", True],
        ["aws_ecs_service.counted[0]", "FAILED", True],
        ["aws_ecs_service.counted[1]", "FAILED", True],
        ['aws_ecs_service.keyed["a"]', "FAILED", True],
        ['aws_ecs_service.keyed["b"]', "PASSED", True],
    ]
    assert undecided == []
    assert [one[:2] for one in templates] == [
        ["AWS::ECS::Service.Failed", "FAILED"],
        ["AWS::ECS::Service.SkippedByComment", "SKIPPED"],
        ["AWS::ECS::Service.SkippedByMetadata", "SKIPPED"],
    ]
