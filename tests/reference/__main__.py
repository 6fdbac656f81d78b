"""``PYTHONPATH=tests python -m reference`` writes ``policies/README.md`` and the table in the README."""

from __future__ import annotations

from reference.page import PAGE, README, page, readme

from checkov_ecs_endpoints.policy_files import load_policies

POLICIES = load_policies()
PAGE.write_text(page(POLICIES), encoding="utf-8")
README.write_text(readme(README.read_text(encoding="utf-8"), POLICIES), encoding="utf-8")
