"""How long the command takes to start and to scan; prints a table.

    python tests/benchmarks/measure.py [DIRECTORY ...]

Each figure is the best of several runs, so that other work on the machine counts little.
Without a directory it scans ``fixtures/`` and a generated repository of 200 services.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "checkov_ecs_endpoints"]
RUNS = 5
SERVICES = 200

SERVICE = """\
module "service_{number}" {{
  source  = "../service"
  name    = "service-{number}"
  subnets = aws_subnet.private[*].id
}}
"""
NETWORK = """\
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "private" {
  count      = 3
  vpc_id     = aws_vpc.main.id
  cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
}
"""
MODULE = """\
variable "name" { type = string }
variable "subnets" { type = list(string) }
resource "aws_ecs_task_definition" "this" {
  family                   = var.name
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  container_definitions = jsonencode([{
    name  = var.name
    image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/${var.name}:1"
  }])
}
resource "aws_ecs_service" "this" {
  name            = var.name
  launch_type     = "FARGATE"
  task_definition = aws_ecs_task_definition.this.arn
  network_configuration { subnets = var.subnets }
}
"""


def best(*arguments: str) -> float:
    """The shortest of several runs, in seconds."""

    def once() -> float:
        started = time.perf_counter()
        subprocess.run([*COMMAND, *arguments], cwd=REPOSITORY, capture_output=True, check=False)
        return time.perf_counter() - started

    return min(once() for _ in range(RUNS))


def generate(directory: Path) -> None:
    """A root with many services of one module."""
    (directory / "root").mkdir()
    (directory / "service").mkdir()
    calls = "\n".join(SERVICE.format(number=number) for number in range(SERVICES))
    (directory / "root" / "main.tf").write_text(NETWORK + calls)
    (directory / "service" / "main.tf").write_text(MODULE)


def measure(directory: Path) -> None:
    """Print one line on the scan of a directory."""
    arguments = ["scan", str(directory), "--root", str(directory), "--format", "json"]
    done = subprocess.run([*COMMAND, *arguments], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    summary = json.loads(done.stdout)["summary"]
    seconds = best(*arguments)
    found = f"{summary['workloads']} workloads, {summary['resources']} resources"
    print(f"{directory.name:40} {seconds:8.3f} s  {found}")


def main() -> None:
    """Measure and print."""
    for arguments in (["--help"], ["policies", "--path"], ["policies"]):
        print(f"{' '.join(arguments):40} {best(*arguments):8.3f} s")
    given = [Path(argument).resolve() for argument in sys.argv[1:]]
    for directory in given or [REPOSITORY / "fixtures"]:
        measure(directory)
    if not given:
        with tempfile.TemporaryDirectory() as temporary:
            generate(Path(temporary))
            measure(Path(temporary))


if __name__ == "__main__":
    main()
