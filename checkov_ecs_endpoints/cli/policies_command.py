"""``checkov-ecs-endpoints policies``."""

from __future__ import annotations

from checkov_ecs_endpoints.cli import output
from checkov_ecs_endpoints.cli.exit_codes import OK
from checkov_ecs_endpoints.policy_files import load_policies, policies_directory


def run(path: bool) -> int:
    """Print the policies, or the directory that they are in."""
    if path:
        output.write(f"{policies_directory()}\n")
        return OK
    policies = load_policies()
    width = max(len(policy.id) for policy in policies)
    lines = [f"{policy.id:{width}}  {policy.severity:8}  {policy.name}\n" for policy in policies]
    output.write("".join(lines))
    return OK
