"""Many workloads and endpoints behind one gap are read once."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from support.command import FIXTURES, run

SERVICE = """
resource "aws_ecs_service" "worker_{0}" {{
  name            = "worker-{0}"
  cluster         = aws_ecs_cluster.main.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"

  network_configuration {{
    subnets         = [aws_subnet.private.id]
    security_groups = [aws_security_group.api.id]
  }}
}}
"""


def ten_services(directory: Path) -> str:
    """The report on ten services whose endpoints share a security group that blocks them."""
    shutil.copytree(FIXTURES / "endpoint_group_wrong_port" / "terraform", directory)
    workers = "".join(SERVICE.format(number) for number in range(1, 10))
    (directory / "workers.tf").write_text(workers, encoding="utf-8")
    return run("scan", ".", "--root", ".", directory=directory).stdout


def test_ten_services_behind_the_same_gap_are_one_section(tmp_path: Path) -> None:
    sections = ten_services(tmp_path / "infra").split("\n\n")
    blocked, open_policies, summary = sections
    assert blocked.count("  cause     ") == 1
    assert "cause     aws_security_group.endpoints: no TCP 443 in from the workload\n" in blocked
    for check_id in ("ECSNET_100", "ECSNET_101", "ECSNET_102", "ECSNET_104", "ECSNET_202"):
        assert check_id in blocked
    assert "and 10 more: aws_ecs_service.api, aws_ecs_service.worker_1," in blocked
    assert blocked.count('container "api" pulls') == 1
    assert "cause     no endpoint policy: the default of AWS allows full access\n" in open_policies
    assert "so do 9 more workloads\n" in open_policies
    assert summary.startswith("47 failed, 0 undecided, ")


def test_the_report_does_not_grow_with_the_services(tmp_path: Path) -> None:
    alone = run("scan", ".", "--root", ".", directory=FIXTURES / "endpoint_group_wrong_port" / "terraform")
    many = ten_services(tmp_path / "infra")
    assert len(many.splitlines()) < len(alone.stdout.splitlines()) + 10


GROUP = """
resource "aws_security_group" "worker_{0}" {{
  vpc_id = aws_vpc.main.id

  egress {{
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }}
}}
"""


def test_services_with_groups_of_their_own_behind_the_same_gap_are_one_section(tmp_path: Path) -> None:
    directory = tmp_path / "infra"
    shutil.copytree(FIXTURES / "endpoint_group_wrong_port" / "terraform", directory)
    workers = "".join((SERVICE + GROUP).format(number) for number in range(1, 10))
    own = re.sub(
        r"(worker_\d)(.*?)aws_security_group\.api", r"\1\2aws_security_group.\1", workers, flags=re.S
    )
    (directory / "workers.tf").write_text(own, encoding="utf-8")
    sections = run("scan", ".", "--root", ".", directory=directory).stdout.split("\n\n")
    (blocked,) = (section for section in sections if "ECSNET_101" in section)
    assert "cause     aws_security_group.endpoints: no TCP 443 in from the workload\n" in blocked
    assert "aws_security_group.worker_" not in blocked
