"""The loader and what it installs: many times, from many threads, without weight, never raising."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from support.checkov import POLICIES
from support.command import environment

LOADER = POLICIES / "ecs_endpoints_register.py"

LOAD = """
import importlib.util, json, sys
from concurrent.futures import ThreadPoolExecutor
from checkov.common.checks_infra.checks_parser import operators_to_attributes_solver_classes as known
from checkov.common.checks_infra.solvers.attribute_solvers.base_attribute_solver import BaseAttributeSolver
import checkov.cloudformation.runner, checkov.terraform.base_runner, checkov.terraform_json.runner
before = set(sys.modules)
{prepare}

def load(_):
    spec = importlib.util.spec_from_file_location("ecs_endpoints_register", sys.argv[1])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

with ThreadPoolExecutor(8) as threads:
    list(threads.map(load, range(20)))
first = dict(known)
load(0)
builders = [
    checkov.cloudformation.runner.Record,
    checkov.terraform.base_runner.Record,
    checkov.terraform_json.runner.Record,
]
print(json.dumps({{
    "operators": sorted(name for name in known if name.startswith("ecs_")),
    "same": first == known,
    "solvers": all(
        isinstance(known[name](["aws_ecs_service"], "x", {{}}, False), BaseAttributeSolver)
        for name in known if name.startswith("ecs_")
    ),
    "wrapped once": [
        one.ecs_endpoints is True and not hasattr(one.__wrapped__, "ecs_endpoints")
        for one in builders
    ],
    "new": sorted(set(sys.modules) - before),
}}))
"""

OPERATORS = [
    "ecs_decided",
    "ecs_destinations_limited",
    "ecs_egress_limited",
    "ecs_endpoint_groups_admit",
    "ecs_endpoint_in_every_zone",
    "ecs_endpoint_policy_allows",
    "ecs_endpoint_policy_narrows",
    "ecs_endpoint_private_dns_on",
    "ecs_gateway_endpoint_on_tables",
    "ecs_nat_in_same_zone",
    "ecs_nat_not_shared",
    "ecs_not_public",
    "ecs_pack_works",
    "ecs_reaches_by_endpoint",
    "ecs_reaches_others_by_endpoint",
    "ecs_starts",
]
BREAKING_ENGINE = """
import types
for name in ("checkov_ecs_endpoints", "checkov_ecs_endpoints.host", "checkov_ecs_endpoints.host.checkov"):
    sys.modules[name] = types.ModuleType(name)
broken = types.ModuleType("checkov_ecs_endpoints.host.checkov.install")
broken.install = lambda directory: sys.exit("no")
sys.modules[broken.__name__] = broken
"""
HEAVY = (
    "tree_sitter",
    "checkov_ecs_endpoints.scan",
    "checkov_ecs_endpoints.rules",
    "checkov_ecs_endpoints.lowering",
)


@pytest.mark.parametrize(
    "prepare",
    ["", "sys.modules['checkov_ecs_endpoints'] = None", BREAKING_ENGINE],
    ids=["engine", "no engine", "engine that exits"],
)
def test_loading_twenty_times_from_threads(prepare: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOAD.format(prepare=prepare), str(LOADER)],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["operators"] == OPERATORS
    assert (told["same"], told["solvers"], told["wrapped once"]) == (True, True, [True, True, True])
    assert not [name for name in told["new"] if name.startswith(HEAVY)]
