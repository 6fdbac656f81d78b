"""Which files a scan may read, and which it is asked about."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkov_ecs_endpoints.discovery import boundary_of, plant


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two roots, a module, and directories that are none of its own."""
    files = (
        ".git/config.json",
        "roots/a/main.tf",
        "roots/b/main.tf",
        "modules/m/main.tf",
        "roots/a/.terraform/modules/x/main.tf",
        "node_modules/p/package.json",
        "docs/readme.md",
        "template.yaml",
    )
    for name in files:
        path = tmp_path / "repository" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    return tmp_path / "repository"


def names(repository: Path, paths: tuple[Path, ...]) -> list[str]:
    return [path.relative_to(repository).as_posix() for path in paths]


def test_the_boundary_is_the_nearest_directory_with_git(repository: Path, tmp_path: Path) -> None:
    assert boundary_of(repository / "roots" / "a" / "main.tf") == repository
    assert boundary_of(repository) == repository
    assert boundary_of(tmp_path) == tmp_path


def test_a_git_file_of_a_worktree_is_a_boundary_too(repository: Path) -> None:
    (repository / "roots" / ".git").write_text("gitdir: elsewhere")
    assert boundary_of(repository / "roots" / "a") == repository / "roots"


def test_a_tree_holds_the_configuration_of_the_whole_boundary(repository: Path) -> None:
    (tree,) = plant([repository / "roots" / "a"])
    assert tree.boundary == repository
    assert names(repository, tree.targets) == ["roots/a"]
    assert names(repository, tree.files) == [
        "modules/m/main.tf",
        "roots/a/main.tf",
        "roots/b/main.tf",
        "template.yaml",
    ]


def test_paths_of_one_boundary_share_a_tree(repository: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    trees = plant([repository / "roots" / "b", other, repository / "roots" / "a"])
    assert [(tree.boundary.name, [path.name for path in tree.targets]) for tree in trees] == [
        ("other", ["other"]),
        ("repository", ["a", "b"]),
    ]


def test_root_moves_the_boundary(repository: Path) -> None:
    (tree,) = plant([repository / "roots" / "a"], repository / "roots")
    assert names(repository, tree.files) == ["roots/a/main.tf", "roots/b/main.tf"]
    with pytest.raises(ValueError, match="lies outside"):
        plant([repository / "modules"], repository / "roots")


def test_a_path_that_does_not_exist_is_an_error(repository: Path) -> None:
    with pytest.raises(FileNotFoundError):
        plant([repository / "nothing"])


def test_links_that_lead_out_of_the_boundary_are_not_followed(repository: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.tf"
    secret.write_text("")
    (repository / "leak.tf").symlink_to(secret)
    (repository / "inner.tf").symlink_to(repository / "modules" / "m" / "main.tf")
    (tree,) = plant([repository])
    assert "leak.tf" not in names(repository, tree.files)
    assert "inner.tf" in names(repository, tree.files)
    assert not tree.holds(repository / "leak.tf")
    assert names(repository, tree.leading_out) == ["leak.tf"]


def test_a_directory_that_is_asked_about_is_never_passed_over(repository: Path) -> None:
    asked = repository / "roots" / "a" / ".terraform" / "modules" / "x"
    (tree,) = plant([asked])
    assert "roots/a/.terraform/modules/x/main.tf" in names(repository, tree.files)
    assert "node_modules/p/package.json" not in names(repository, tree.files)


def test_targeted_is_a_target_or_below_one(repository: Path) -> None:
    (tree,) = plant([repository / "roots" / "a", repository / "template.yaml"])
    assert tree.targeted(repository / "roots" / "a" / "main.tf")
    assert tree.targeted(repository / "template.yaml")
    assert not tree.targeted(repository / "roots" / "b" / "main.tf")
    assert not tree.targeted(repository / "roots" / "ab")
