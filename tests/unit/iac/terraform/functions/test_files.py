"""Functions that read files, and the boundary they stay inside."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.expressions import Names

from checkov_ecs_endpoints.iac.terraform.expressions import FunctionContext, evaluate
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Set
from checkov_ecs_endpoints.iac.terraform.syntax import HclExpression, parse_expression
from checkov_ecs_endpoints.values import Location, Text, Unknown, Why

VAR = Unknown(Why.NO_VALUE, "var.x")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a root and a module, and a secret outside of it."""
    inside = tmp_path / "repository"
    for name, content in {
        "root/tasks/app.json": '[{"name": "${name}", "image": "${image}"}]',
        "root/list.tpl": "%{ for p in ports ~}\n- ${p}\n%{ endfor ~}\n",
        "root/nested.tpl": '<${templatefile("list.tpl", {ports = [1]})}>',
        "root/wrong.tpl": "${",
        "modules/a/a.txt": "héllo\n",
        "root/a.bin": "",
    }.items():
        path = inside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (inside / "root/a.bin").write_bytes(b"\xff\xfe")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (inside / "root/link.txt").symlink_to(tmp_path / "secret.txt")
    return inside


def read(repository: Path, source: str) -> Inner:
    expression = parse_expression(source, Location("/main.tf", 1))
    assert isinstance(expression, HclExpression)
    context = FunctionContext(repository, repository / "modules" / "a", repository / "root")
    return evaluate(expression, Names({"x": VAR}), context)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('file("${path.module}/a.txt")', "héllo\n"),
        ('file("../modules/a/a.txt")', "héllo\n"),
        ('fileexists("list.tpl")', True),
        ('fileexists("none.tpl")', False),
        ('filebase64("a.bin")', "//4="),
        ('fileset(path.root, "*.tpl")', Set(("list.tpl", "nested.tpl", "wrong.tpl"))),
        ('fileset(path.root, "**/*.json")', Set(("tasks/app.json",))),
        ('fileset(path.root, "*.none")', Set(())),
        ("path.module", "../modules/a"),
        ('templatefile("list.tpl", {ports = [80, 443]})', "- 80\n- 443\n"),
        ('templatefile("nested.tpl", {})', "<- 1\n>"),
        (
            'templatefile("tasks/app.json", {name = "app", image = "nginx:${x}"})',
            Text(('[{"name": "app", "image": "nginx:', VAR, '"}]')),
        ),
        (
            'jsondecode(templatefile("tasks/app.json", {name = x, image = "nginx"}))',
            [{"name": VAR, "image": "nginx"}],
        ),
        ('templatestring("${x}", {})'.replace('"${x}"', '"$${a}"').replace("{}", "{a = 1}"), 1),
    ],
)
def test_files_inside(repository: Path, source: str, expected: object) -> None:
    assert read(repository, source) == expected


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ('file("../../secret.txt")', Why.OUTSIDE),
        ('file("link.txt")', Why.OUTSIDE),
        ('file("/etc/hostname")', Why.OUTSIDE),
        ('file("~/.ssh/id_rsa")', Why.OUTSIDE),
        ('fileexists("../../secret.txt")', Why.OUTSIDE),
        ('fileset("../..", "*.txt")', Why.OUTSIDE),
        ('fileset(path.root, "*.txt")', Why.OUTSIDE),
        ('templatefile("../../secret.txt", {})', Why.OUTSIDE),
        ('pathexpand("~/a")', Why.OUTSIDE),
        ('filesha256("link.txt")', Why.OUTSIDE),
        ('try(file("../../secret.txt"), "a")', Why.OUTSIDE),
        ('file("none.txt")', Why.INVALID),
        ('file("a.bin")', Why.INVALID),
        ('templatefile("list.tpl", {})', Why.INVALID),
        ('templatefile("wrong.tpl", {})', Why.INVALID),
        ("file(x)", Why.NO_VALUE),
        ('templatefile("tasks/app.json", x)', Why.NO_VALUE),
    ],
)
def test_what_is_not_read(repository: Path, source: str, why: Why) -> None:
    found = read(repository, source)
    assert isinstance(found, Unknown)
    assert found.why is why


def test_a_template_that_holds_itself_ends(repository: Path) -> None:
    (repository / "root" / "self.tpl").write_text('${templatefile("self.tpl", {})}', encoding="utf-8")
    found = read(repository, 'templatefile("self.tpl", {})')
    assert isinstance(found, Unknown)
    assert found.why is Why.LIMIT
