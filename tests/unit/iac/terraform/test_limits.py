"""Configurations that would never end, or fill the memory, are problems with a place."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from support.terraform import read

from checkov_ecs_endpoints.iac.terraform import limits


def test_locals_that_depend_on_each_other(tmp_path: Path) -> None:
    files = {
        "main.tf": """
            locals {
              a = local.b
              b = "x${local.c}"
              c = local.a
            }
            resource "aws_eip" "a" {
              domain = local.a
            }
            resource "aws_eip" "counted" {
              count = length(aws_eip.counted) + 1
            }
            resource "aws_eip" "fine" {
              domain = "vpc"
            }
        """
    }
    found = read(tmp_path, files)
    assert found.complaints() == [
        ("main.tf", 2, "local.a: it depends on itself"),
        ("main.tf", 10, "aws_eip.counted.count: it depends on itself"),
    ]
    assert found.resources["aws_eip.fine"].attributes == {"domain": "vpc"}


def test_a_million_instances(tmp_path: Path) -> None:
    started = time.perf_counter()
    files = {
        "main.tf": 'resource "aws_eip" "a" {\n  count = 1000000\n}\nresource "aws_eip" "b" {}\n',
        "module.tf": 'module "m" {\n  source = "./m"\n  count = 1000000\n}\n',
        "m/main.tf": 'resource "aws_eip" "m" {}',
    }
    found = read(tmp_path, files)
    said = "1000000 instances, more than the 2000 that a scan follows"
    assert found.complaints() == [
        ("main.tf", 2, f"aws_eip.a.count: {said}"),
        ("module.tf", 3, f"module.m.count: {said}"),
    ]
    assert set(found.resources) == {"aws_eip.a[?]", "aws_eip.b", "module.m[?].aws_eip.m"}
    assert time.perf_counter() - started < 1


def test_modules_that_multiply(tmp_path: Path) -> None:
    started = time.perf_counter()
    files = {f"m{n}/main.tf": call_twice(f"../m{n + 1}") for n in range(1, 30)}
    files |= {"main.tf": call_twice("./m1"), "m30/main.tf": 'resource "aws_eip" "x" {}'}
    found = read(tmp_path, files)
    assert {message for _, _, message in found.complaints()} == {
        f"module.b: the root has more than the {limits.MAX_MODULES} module instances that a scan follows"
    }
    assert time.perf_counter() - started < 5


def call_twice(source: str) -> str:
    return "".join(f'module "{name}" {{\n source = "{source}"\n}}\n' for name in "ab")


def test_modules_nested_too_deeply(tmp_path: Path) -> None:
    files = {f"m{n}/main.tf": f'module "m" {{\n source = "../m{n + 1}"\n}}' for n in range(1, 60)}
    files |= {"main.tf": 'module "m" {\n source = "./m1"\n}', "m60/main.tf": ""}
    found = read(tmp_path, files)
    assert found.complaints() == [
        ("m40/main.tf", 1, "module.m: more than 40 module calls inside one another")
    ]


def test_long_chains_of_locals(tmp_path: Path) -> None:
    def chain(length: int) -> str:
        links = "".join(f"  l{n} = [local.l{n + 1}][0]\n" for n in range(length))
        return (
            f'locals {{\n{links}  l{length} = "end"\n}}\nresource "aws_eip" "a" {{\n  domain = local.l0\n}}\n'
        )

    assert read(tmp_path / "long", {"main.tf": chain(250)}).value("aws_eip.a", "domain") == "end"
    found = read(tmp_path / "too_long", {"main.tf": chain(2000)})
    assert [message.split(": ")[1] for _, _, message in found.complaints()] == [
        "more than 300 values depend on one another"
    ]


def test_deep_nesting_of_one_expression(tmp_path: Path) -> None:
    started = time.perf_counter()
    source = (
        'resource "aws_eip" "a" {\n  domain = ' + "[" * 3000 + "]" * 3000 + '\n}\nresource "aws_eip" "b" {}\n'
    )
    found = read(tmp_path, {"main.tf": source})
    assert "aws_eip.b" in found.resources
    assert time.perf_counter() - started < 5


def test_a_root_with_too_many_resources_has_none(tmp_path: Path) -> None:
    source = "".join(f'resource "aws_eip" "a{n}" {{\n  count = 2000\n}}\n' for n in range(11))
    found = read(tmp_path, {"main.tf": source})
    assert found.configuration.resources == ()
    assert found.complaints() == [
        ("main.tf", 0, "the root has more than the 20000 resources that a scan follows")
    ]


def doubled(first: str, link: str, last: str) -> str:
    """Locals each of which holds the one before it twice, sixty times over."""
    links = "".join(f"  a{n + 1} = {link.format(a=f'local.a{n}')}\n" for n in range(60))
    return f"locals {{\n  a0 = {first}\n{links}  v = {last}\n}}\n"


BOMBS = {
    "text": (doubled('"0123456789"', '"${{{a}}}${{{a}}}"', "local.a60"), "more than 8000000 characters"),
    "unknown text": (doubled("var.x", '"${{{a}}}${{{a}}}"', "upper(local.a60)"), None),
    "concat": (doubled("[1]", "concat({a}, {a})", "local.a60"), "more than 100000 members"),
    "tuple": (doubled("[1]", "[{a}, {a}]", "jsonencode(local.a60)"), "more than 100000 members"),
    "object": (doubled("{}", "{{p = {a}, q = {a}}}", "local.a60"), "more than 100000 members"),
    "unknown object": (doubled("var.x", "{{p = {a}, q = {a}}}", "local.a60"), "more than 100000 members"),
    "equality": (doubled("[1]", "[{a}, {a}]", "local.a60 == local.a59"), "more than 100000 members"),
    "set": (doubled("[1]", "[{a}, {a}]", "toset(local.a60)"), "more than 100000 members"),
    "condition": (doubled("[1]", "[{a}, {a}]", "true ? local.a60 : []"), "more than 100000 members"),
    "encoded": (doubled('"\\""', "jsonencode({a})", "local.a60"), "more than 100000 members"),
    "loop": (doubled("[[1]]", "[for one in {a} : [one, one]]", "local.a60"), "more than 100000 members"),
    "rounds": (
        'locals {\n  v = [for a in range(1000) : [for b in range(1000) : "${a}-${b}"]]\n}\n',
        "20000 rounds",
    ),
    "lists": ("locals {\n  v = [for a in range(1000) : range(1000)]\n}\n", "more than 100000 members"),
    "map": (
        "locals {\n  v = {\n" + "".join(f"    k{n} = 1\n" for n in range(30_000)) + "  }\n}\n",
        "more than 20000 members written out",
    ),
    "pattern": ('locals {\n  v = regexall("(a|aa)+$", "' + "a" * 60 + 'b")\n}\n', "may take too long"),
    "files": ('locals {\n  v = fileset(".", "' + "**/*a" * 20 + '")\n}\n', "may take too long"),
    "yaml": ('locals {\n  v = yamldecode("' + "[" * 5000 + '")\n}\n', "the YAML text is too large"),
    "aliases": (
        'locals {\n  v = yamldecode("a0: &a0 [x,x,x,x,x,x,x,x,x]\\n'
        + "".join(f"a{n + 1}: &a{n + 1} [{','.join([f'*a{n}'] * 9)}]\\n" for n in range(9))
        + '")\n}\n',
        "the YAML text is too large",
    ),
    "unknown set": (
        'locals {\n  v = toset([for a in range(1000) : "${var.x}-${a}"])\n}\n',
        "too many members that are not known to compare",
    ),
    "template": ('locals {\n  v = templatefile("self.tpl", {})\n}\n', "templates nested too deeply"),
    "mistake in many tuples": ("locals {\n  v = " + "[" * 60 + "upper(null)" + "]" * 60 + "\n}\n", None),
}


@pytest.mark.parametrize(("source", "said"), BOMBS.values(), ids=BOMBS)
def test_what_grows_without_end_is_named_and_the_rest_is_read(
    tmp_path: Path, source: str, said: str | None
) -> None:
    started = time.process_time()
    rest = """
        variable "x" {}
        resource "aws_eip" "a" {
          domain = local.v
        }
        resource "aws_eip" "fine" {
          domain = "vpc"
        }
    """
    tpl = '${templatefile("self.tpl", {})}' * 2
    found = read(tmp_path, {"main.tf": source, "rest.tf": rest, "self.tpl": tpl})
    assert found.value("aws_eip.fine", "domain") == "vpc"
    complaints = found.complaints()
    if said is None:
        assert complaints == []
    else:
        path, line, message = complaints[0]
        assert path in ("main.tf", "self.tpl")
        assert line > 0
        assert said in message
        assert "aws_eip.a" in found.resources
    assert time.process_time() - started < 5


def test_dynamic_blocks_that_multiply(tmp_path: Path) -> None:
    started = time.process_time()
    source = """
        resource "aws_security_group" "a" {
          dynamic "egress" {
            for_each = range(1000)
            content {
              dynamic "deep" {
                for_each = range(1000)
                content {
                  number = deep.value
                }
              }
            }
          }
        }
    """
    found = read(tmp_path, {"main.tf": source})
    message = (
        f"dynamic deep: the root has more than the {limits.MAX_BLOCKS} nested blocks that a scan follows"
    )
    assert found.complaints() == [("main.tf", 6, message)]
    assert time.process_time() - started < 5


def test_modules_counted_in_modules(tmp_path: Path) -> None:
    started = time.process_time()
    files = {
        "main.tf": 'module "a" {\n  source = "./a"\n  count = 2000\n}\n',
        "a/main.tf": 'module "b" {\n  source = "../b"\n  count = 2000\n}\n',
        "b/main.tf": 'resource "aws_eip" "x" {}\n',
    }
    found = read(tmp_path, files)
    assert {message.split(": ")[1] for _, _, message in found.complaints()} == {
        f"the root has more than the {limits.MAX_MODULES} module instances that a scan follows"
    }
    assert time.process_time() - started < 5


def test_large_values_of_many_instances(tmp_path: Path) -> None:
    source = """
        locals {
          many = [for a in range(100) : range(100)]
        }
        resource "aws_eip" "a" {
          count = 500
          tags  = [local.many, count.index]
        }
    """
    found = read(tmp_path, {"main.tf": source})
    note = f"the values of the root have more than {limits.MAX_HELD} members"
    assert {message.split(": ")[1] for _, _, message in found.complaints()} == {note}
    assert len(found.resources) == 500


def test_a_deep_stack_leaves_the_limit_of_other_threads_as_it_was() -> None:
    before = sys.getrecursionlimit()
    assert limits.with_deep_stack(sys.getrecursionlimit) >= before
    assert sys.getrecursionlimit() == before
    with pytest.raises(ZeroDivisionError):
        limits.with_deep_stack(lambda: 1 // 0)
    assert sys.getrecursionlimit() == before


def test_three_hundred_lookups_of_as_many_resources(tmp_path: Path) -> None:
    lookup = """
        resource "aws_subnet" "a%d" {
          vpc_id = aws_vpc.a.id
          tags   = { Tier = "private" }
        }
        data "aws_subnets" "a%d" {
          depends_on = [module.other]
          filter {
            name   = "vpc-id"
            values = [aws_vpc.a.id]
          }
          tags = { Tier = "private" }
        }
    """
    files = {
        "main.tf": 'resource "aws_vpc" "a" {}\nmodule "other" {\n  source = "./other"\n}\n'
        + "".join(lookup % (number, number) for number in range(300)),
        "other/main.tf": 'resource "aws_eip" "a" {\n  count = 300\n}\n',
    }
    started = time.process_time()
    found = read(tmp_path, files)
    assert time.process_time() - started < 10
    assert found.problems == []
    assert len(found.resources) == 901
