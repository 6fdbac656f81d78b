"""Assessments as reports get them, made by hand."""

from __future__ import annotations

from dataclasses import replace

from support.stages import policy

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.findings import Assessment, Library, Unread
from checkov_ecs_endpoints.results import Finding, Outcome, Problem
from checkov_ecs_endpoints.values import Location, Unknown, Why

BASE = "/repository/infra"

POLICIES = {
    one.id: one
    for one in (
        policy("ECSNET_100", "CRITICAL"),
        policy("ECSNET_101"),
        policy("ECSNET_103", "HIGH"),
        policy("ECSNET_104"),
        policy("ECSNET_401"),
    )
}


def finding(
    check_id: str = "ECSNET_103",
    name: str = "app",
    line: int = 10,
    outcome: Outcome = Outcome.FAILED,
    cause: str = "aws_vpc.main: no endpoint for s3",
    reason: Unknown | None = None,
    root: str = ".",
) -> Finding:
    """A finding on a service of ``services.tf``."""
    known = POLICIES[check_id]
    return Finding(
        check_id=check_id,
        check_name=known.name,
        severity=known.severity,
        guideline=known.guideline,
        outcome=outcome,
        address=f"aws_ecs_service.{name}",
        location=Location(f"{BASE}/services.tf", line, line + 8),
        framework="terraform",
        root=root,
        cause=cause,
        evidence=(
            Step(
                "the tasks run in aws_subnet.private",
                f"aws_ecs_service.{name}",
                place("services.tf", line + 3),
            ),
            Step(
                "its route table has no route to the internet", "aws_route_table.private", place("vpc.tf", 20)
            ),
            Step("no endpoint for s3 among 0 endpoints of aws_vpc.main"),
        ),
        reason=reason,
        base=BASE,
        fails=outcome is Outcome.FAILED,
    )


def place(name: str, line: int) -> Location:
    return Location(f"{BASE}/{name}", line)


def undecided(check_id: str, name: str, line: int, subject: str = "var.subnet_ids") -> Finding:
    """A finding that waits for the value of a variable."""
    reason = Unknown(Why.NO_VALUE, subject, place("variables.tf", 3))
    return finding(check_id, name, line, Outcome.UNKNOWN, f"{subject} has no value", reason)


def assessment(*findings: Finding, **options: object) -> Assessment:
    """An assessment of one root."""
    return Assessment(
        findings=findings,
        **{  # type: ignore[arg-type]
            "bases": (BASE,),
            "problems": (),
            "libraries": (),
            "unread": (),
            "needs_checkov": (),
            "workloads": 2,
            "resources": 31,
            "roots": 1,
            **options,
        },
    )


def everything() -> Assessment:
    """Something of all that reports show."""
    return assessment(
        replace(finding("ECSNET_100"), details=("ECS will report CannotPullContainerError.",)),
        finding("ECSNET_103"),
        finding("ECSNET_103", "worker", 30),
        finding("ECSNET_401", "app", 10, cause="aws_security_group.app: everything is allowed"),
        finding(
            "ECSNET_401", "etl", 90, cause="aws_security_group.etl: everything is allowed", root="jobs#prod"
        ),
        finding("ECSNET_101", outcome=Outcome.PASSED, cause="aws_vpc_endpoint.ecr_api reaches it"),
        undecided("ECSNET_101", "batch", 50),
        undecided("ECSNET_103", "batch", 50),
        undecided("ECSNET_103", "cron", 70),
        replace(
            finding("ECSNET_103", "legacy", 110, Outcome.SKIPPED),
            suppress_comment="moves to the new VPC in May",
        ),
        problems=(
            Problem(f"{BASE}/broken.tf", 7, "the block is not closed"),
            Problem(f"{BASE}/latin1.tf", 0, "not UTF-8"),
        ),
        libraries=(Library("modules/service", 4),),
        unread=(
            Unread(
                "module.jobs",
                Unknown(
                    Why.MODULE, "module.jobs", place("main.tf", 12), "source ./jobs has no Terraform files"
                ),
                place("main.tf", 12),
            ),
        ),
        needs_checkov=("CUSTOM_1",),
    )
