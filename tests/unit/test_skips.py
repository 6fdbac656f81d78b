"""Inline skips, case by case, compared with the real Checkov on the same files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from checkov_ecs_endpoints.iac.configuration import Framework, Resource
from checkov_ecs_endpoints.skips import Skips
from checkov_ecs_endpoints.values import Location

CASES = Path(__file__).parent / "skip_cases"

POLICY = """\
metadata: {id: CUSTOM_1, name: x, category: NETWORKING, severity: LOW}
definition:
  cond_type: attribute
  resource_types: [aws_ecs_service, "AWS::ECS::Service"]
  attribute: nothing_has_this
  operator: exists
"""

Answers = dict[tuple[str, str], str | None]
"""By file and resource: why the policy is skipped there, None where it is not."""


@pytest.fixture(scope="module")
def by_checkov(tmp_path_factory: pytest.TempPathFactory) -> Answers:
    """What Checkov says of a policy that every service fails."""
    policies = tmp_path_factory.mktemp("policies")
    (policies / "policy.yaml").write_text(POLICY)
    command = [sys.executable, "-m", "checkov.main", "-d", str(CASES), "--external-checks-dir", str(policies)]
    options = ["--check", "CUSTOM_1", "-o", "json", "--skip-download", "--framework"]
    frameworks = ["terraform", "terraform_json", "cloudformation"]
    done = subprocess.run([*command, *options, *frameworks], capture_output=True, text=True, check=False)
    return {
        (record["file_path"].lstrip("/"), record["resource"]): record["check_result"].get("suppress_comment")
        for report in json.loads(done.stdout)
        for results in ("failed_checks", "skipped_checks")
        for record in report["results"][results]
    }


def by_us() -> Answers:
    skips = Skips()
    return {
        (Path(resource.location.path).relative_to(CASES).as_posix(), resource.address): skips.reason(
            resource, framework, "CUSTOM_1"
        )
        for framework, resource in (*terraform(), *terraform_json(), *cloudformation())
    }


def terraform() -> Iterator[tuple[Framework, Resource]]:
    """The services of the Terraform cases, with the calls that lead to them."""
    calls = {
        "": (CASES / "main.tf", ()),
        "module.skipped": (CASES / "module/main.tf", ("skipped",)),
        "module.judged": (CASES / "module/main.tf", ("judged",)),
        "module.outer": (CASES / "outer/main.tf", ("outer",)),
        "module.outer.module.inner": (CASES / "module/main.tf", ("outer", "inner")),
    }
    modules = {**blocks(CASES / "main.tf", "module"), **blocks(CASES / "outer/main.tf", "module")}
    for prefix, (path, names) in calls.items():
        for name, location in blocks(path, "resource").items():
            address = ".".join(filter(None, [prefix, "aws_ecs_service", name]))
            yield Framework.TERRAFORM, service(address, location, tuple(modules[name] for name in names))


def blocks(path: Path, kind: str) -> dict[str, Location]:
    """The blocks of a file by name; each ends at the first line that begins with a brace."""
    found: dict[str, Location] = {}
    start: tuple[str, int] | None = None
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if opening := re.match(rf'{kind} .*"(\w+)" {{', line):
            start = (opening[1], number)
        elif line.startswith("}") and start:
            found[start[0]] = Location(path.as_posix(), start[1], number)
            start = None
    return found


def terraform_json() -> Iterator[tuple[Framework, Resource]]:
    location = Location((CASES / "json.tf.json").as_posix(), 4, 7)
    yield Framework.TERRAFORM_JSON, service("aws_ecs_service.json", location)


def cloudformation() -> Iterator[tuple[Framework, Resource]]:
    for name in ("template.yaml", "no_newline.yaml", "template.json"):
        path = CASES / name
        for logical_id, resource in yaml.safe_load(path.read_text())["Resources"].items():
            yield (
                Framework.CLOUDFORMATION,
                Resource(
                    id=logical_id,
                    type=resource["Type"],
                    address=f"{resource['Type']}.{logical_id}",
                    attributes={},
                    location=Location(path.as_posix(), 1),
                    metadata=resource.get("Metadata", {}),
                ),
            )


def service(address: str, location: Location, calls: tuple[Location, ...] = ()) -> Resource:
    return Resource(
        id=address, type="aws_ecs_service", address=address, attributes={}, location=location, calls=calls
    )


def test_every_case_is_skipped_as_checkov_skips_it(by_checkov: Answers) -> None:
    assert len(by_checkov) > 50
    assert by_us() == by_checkov


def test_no_id_at_all_skips_nothing_in_terraform(tmp_path: Path) -> None:
    """Checkov itself ends with an AttributeError here, so there is nothing to compare with."""
    path = tmp_path / "main.tf"
    path.write_text('resource "aws_ecs_service" "a" {\n  # checkov:skip=\n}\n')
    resource = service("aws_ecs_service.a", Location(path.as_posix(), 1, 3))
    assert Skips().reason(resource, Framework.TERRAFORM, "CUSTOM_1") is None


def test_custom_policies_of_the_platform_are_the_same_by_number(tmp_path: Path) -> None:
    number = "6f1ce8a6-93f7-4f1b-9d0d-8d1e9a3b5c7d"
    path = tmp_path / "main.tf"
    path.write_text(f'resource "aws_ecs_service" "a" {{\n  # checkov:skip=ACME_CUSTOM_{number}:ours\n}}\n')
    resource = service("aws_ecs_service.a", Location(path.as_posix(), 1, 3))
    assert Skips().reason(resource, Framework.TERRAFORM, f"CKV_CUSTOM_{number}") == "ours"
    assert Skips().reason(resource, Framework.TERRAFORM, f"CKV_CUSTOM_{number[:-1]}e") is None


def test_plans_know_no_inline_skips(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_text('{\n  "x": "checkov:skip=CUSTOM_1:no"\n}\n')
    resource = service("aws_ecs_service.a", Location(path.as_posix(), 1, 3))
    assert Skips().reason(resource, Framework.TERRAFORM_PLAN, "CUSTOM_1") is None
