"""What holds the code together: the direction of imports, quick start-up, and docstrings."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import checkov_ecs_endpoints

REPOSITORY = Path(__file__).parents[1]
PACKAGE = Path(checkov_ecs_endpoints.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = ("checkov", "hcl2", "networkx", "rustworkx", "tree_sitter", "yaml", "importlib.metadata")


def imported_by(*arguments: str) -> set[str]:
    """The heavy modules that a run of the command imports."""
    program = (
        "import sys\n"
        "from checkov_ecs_endpoints.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        f"print(*[name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def test_imports_run_one_way() -> None:
    command = [
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())",
    ]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["scan", "--help"], ["policies", "--path"]])
def test_what_reads_nothing_imports_nothing_heavy(arguments: list[str]) -> None:
    assert imported_by(*arguments) == set()


def test_a_scan_imports_what_it_reads_with_and_never_checkov(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_ecs_service" "app" {}\n')
    assert imported_by("scan", str(tmp_path)) == {"tree_sitter", "yaml"}


def test_a_scan_of_templates_needs_no_terraform(tmp_path: Path) -> None:
    (tmp_path / "template.yaml").write_text("Resources: {}\n")
    assert imported_by("scan", str(tmp_path)) == {"yaml"}


def undocumented(path: Path) -> Iterator[str]:
    """The public definitions of a module without a docstring, and the module itself."""
    tree = ast.parse(path.read_text())
    waiting: list[tuple[str, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef]] = [
        (path.relative_to(PACKAGE).as_posix(), tree)
    ]
    while waiting:
        name, node = waiting.pop()
        if ast.get_docstring(node) is None:
            yield name
        if isinstance(node, (ast.Module, ast.ClassDef)):
            waiting += [
                (f"{name}:{inner.name}", inner)
                for inner in node.body
                if isinstance(inner, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
                and not inner.name.startswith("_")
            ]


def test_everything_public_has_a_docstring() -> None:
    assert [name for path in MODULES for name in undocumented(path)] == []


def test_no_policy_data_lies_where_checkov_would_read_it() -> None:
    found = [path for path in PACKAGE.rglob("*") if path.suffix in (".yaml", ".yml", ".json")]
    assert [path for path in found if path.parent.name != "policies"] == []
