"""A configuration that would never end costs a second and little memory; the rest is reported."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from support.command import COMMAND, FIXTURES, environment

EXAMPLE = FIXTURES / "nat_without_endpoints" / "terraform"
MEGABYTE = 1024 * 1024 if sys.platform == "darwin" else 1024
"""In the unit of ``ru_maxrss``, which is bytes on macOS and kilobytes on Linux."""


def doubled(first: str, link: str) -> str:
    links = "".join(f"  a{n + 1} = {link.format(a=f'local.a{n}')}\n" for n in range(60))
    return f'locals {{\n  a0 = {first}\n{links}}}\nresource "aws_eip" "x" {{\n  domain = local.a60\n}}\n'


BOMBS = {
    "itself": 'module "again" {\n  source = "../itself"\n}\n',
    "count": 'resource "aws_eip" "x" {\n  count = 1000000\n}\n',
    "cycle": 'locals {\n  a = local.b\n  b = local.a\n}\nresource "aws_eip" "x" {\n  domain = local.a\n}\n',
    "texts": doubled('"0123456789"', '"${{{a}}}${{{a}}}"'),
    "tuples": doubled("[1]", "[{a}, {a}]"),
    "keys": (
        'resource "aws_eip" "x" {\n'
        "  for_each = toset([for a in range(1000) : [for b in range(1000) : b]])\n}\n"
    ),
    "deep": "locals {\n  a = "
    + "[" * 3000
    + "]" * 3000
    + '\n}\nresource "aws_eip" "x" {\n  tags = local.a\n}\n',
    "map": 'resource "aws_eip" "x" {\n  for_each = {\n'
    + "".join(f"    k{n} = 1\n" for n in range(9000))
    + "  }\n}\n",
}
SAID = {
    "itself": "the module calls itself",
    "count": "1000000 instances, more than the 2000 that a scan follows",
    "cycle": "it depends on itself",
    "texts": "a text of more than 8000000 characters",
    "tuples": "a value of more than 100000 members",
    "keys": "more than 20000 rounds of loops",
    "map": "9000 instances, more than the 2000 that a scan follows",
}


def test_everything_at_once(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLE, tmp_path / "root")
    for name, source in BOMBS.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(source, encoding="utf-8")
    calls = "".join(f'module "{name}" {{\n  source = "../{name}"\n}}\n' for name in BOMBS)
    (tmp_path / "root" / "bombs.tf").write_text(calls, encoding="utf-8")
    command = [*COMMAND, "scan", str(tmp_path), "--root", str(tmp_path), "--format", "json"]
    with (tmp_path / "out.json").open("wb") as out:
        process = subprocess.Popen(command, env=environment(), stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 2
    document = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    said = {Path(error["file_path"]).parts[-2]: error for error in document["errors"]}
    assert said.keys() == SAID.keys()
    for name, error in said.items():
        assert SAID[name] in error["message"]
        assert error["line"] > 0
    failed = {one["check_id"] for one in document["results"] if one["result"] == "FAILED"}
    assert {"ECSNET_101", "ECSNET_301"} <= failed
    assert usage.ru_maxrss < 500 * MEGABYTE
    assert usage.ru_utime < len(BOMBS)
