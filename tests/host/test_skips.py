"""Inline skips, as Checkov reads them."""

from __future__ import annotations

import pytest
from support.checkov import Run

NO_REASON = "No comment provided"


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        ("aws_ecs_service.skipped_by_hash", "the proxy of the platform filters"),
        ("aws_ecs_service.skipped_by_slashes", "slashes"),
        ("aws_ecs_service.skipped_by_block_comment", "block */"),
        ("aws_ecs_service.skipped_in_nested_block", "nested"),
        ("aws_ecs_service.skipped_with_another", "two"),
        ("aws_ecs_service.skipped_without_reason", NO_REASON),
        ("module.skipped.aws_ecs_service.this", "all below"),
        ("AWS::ECS::Service.SkippedByComment", "in a comment"),
        ("AWS::ECS::Service.SkippedByMetadata", "in the metadata"),
    ],
)
def test_skipped(default_run: Run, resource: str, reason: str) -> None:
    record = default_run.one("ECSNET_401", resource)
    assert (record["result"], record["check_result"]["suppress_comment"]) == ("SKIPPED", reason)


@pytest.mark.parametrize("resource", ["failed_comment_above", "failed_other_id"])
def test_not_skipped(default_run: Run, resource: str) -> None:
    assert default_run.one("ECSNET_401", f"aws_ecs_service.{resource}")["result"] == "FAILED"
