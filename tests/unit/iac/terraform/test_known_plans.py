"""Values that the translators read are those that the real Terraform plans.

The plans were made of our own situations, by Terraform with a provider whose computed texts
name the instance that they belong to. ``tests/benchmarks/compare_values.py`` does the same
for any other.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.agreement import compare, evaluated
from support.plans import situation_of
from support.situations import FIXTURES

from checkov_ecs_endpoints.iac.configuration import Configuration

PLANS = Path(__file__).parent / "known_plans"
ALL = sorted(PLANS.glob("*.json"), key=lambda path: path.name)
Content = dict[str, Any]


def both(name: str) -> tuple[Content, Configuration]:
    """A plan and what we read of the files it was made of."""
    plan = PLANS / f"{name}.json"
    situation, root = situation_of(plan)
    place = FIXTURES / situation / "terraform"
    return json.loads(plan.read_text()), evaluated(place / root, place)


@pytest.mark.parametrize("name", [path.stem for path in ALL])
def test_values_are_those_of_terraform(name: str) -> None:
    agreement = compare(*both(name))
    assert (agreement.mismatches, agreement.unknowns, agreement.ahead) == ([], {}, [])
    assert agreement.attributes > 40


def resource(content: Content, address: str) -> Content:
    waiting = [content["planned_values"]["root_module"]]
    while waiting:
        module = waiting.pop()
        for one in module.get("resources", ()):
            if one["address"] == address:
                found: Content = one
                return found
        waiting.extend(module.get("child_modules", ()))
    raise KeyError(address)


def _another_instance(content: Content) -> None:
    found = resource(content, "module.network.aws_nat_gateway.main")["values"]
    found["subnet_id"] = resource(content, 'module.network.aws_subnet.private["a"]')["values"]["id"]


def _another_value(content: Content) -> None:
    resource(content, "module.network.aws_vpc.main")["values"]["cidr_block"] = "10.9.0.0/16"


def _another_address(content: Content) -> None:
    resource(content, "aws_security_group.api")["address"] = "aws_security_group.app"


def _not_set(content: Content) -> None:
    resource(content, "aws_ecs_service.api")["values"]["launch_type"] = None


def _set(content: Content) -> None:
    found = resource(content, "aws_ecs_service.api")["values"]
    found["capacity_provider_strategy"] = [{"capacity_provider": "FARGATE_SPOT", "weight": 1}]


def _fewer(content: Content) -> None:
    (block,) = resource(content, "aws_ecs_service.api")["values"]["network_configuration"]
    block["subnets"].pop()


def _inside_json(content: Content) -> None:
    found = resource(content, "aws_ecs_task_definition.api")["values"]
    found["container_definitions"] = found["container_definitions"].replace("api:1.4.2", "api:1.4.3")


@pytest.mark.parametrize(
    ("change", "differing"),
    [
        (_another_instance, "module.network.aws_nat_gateway.main.subnet_id"),
        (_another_value, "module.network.aws_vpc.main.cidr_block"),
        (_not_set, "aws_ecs_service.api.launch_type"),
        (_set, "aws_ecs_service.api.capacity_provider_strategy"),
        (_fewer, "aws_ecs_service.api.network_configuration[0].subnets"),
        (_inside_json, "aws_ecs_task_definition.api.container_definitions"),
    ],
)
def test_what_differs_is_found(change: Callable[[Content], None], differing: str) -> None:
    content, configuration = both("network_module")
    change(content)
    found = compare(content, configuration).mismatches
    assert found
    assert all(mismatch.startswith(differing) for mismatch in found)


def test_another_address_is_found() -> None:
    content, configuration = both("network_module")
    _another_address(content)
    found = compare(content, configuration).mismatches
    assert "aws_security_group.api: not planned" in found
    assert "aws_security_group.app: not evaluated" in found
    assert any("the plan has no aws_security_group.api.id" in mismatch for mismatch in found)


def test_what_is_not_known_here_is_counted_by_its_reason(tmp_path: Path) -> None:
    content, _ = both("network_module")
    situation = FIXTURES / "network_module" / "terraform"
    for path in situation.rglob("*.tf"):
        place = tmp_path / path.relative_to(situation)
        place.parent.mkdir(exist_ok=True)
        text = path.read_text().replace('cidr_block = "10.0.0.0/16"', "cidr_block = var.unknown")
        place.write_text(text + 'variable "unknown" {}\n' if path.name == "main.tf" else text)
    agreement = compare(content, evaluated(tmp_path))
    reason = "a variable or parameter without a value: var.unknown"
    assert agreement.mismatches == []
    assert set(agreement.unknowns) == {reason}
    assert "module.network.aws_vpc.main.cidr_block" in agreement.unknowns[reason]
