"""The hook, with the real pre-commit on a real git repository."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from support.command import FIXTURES, REPOSITORY, environment

MANIFEST = REPOSITORY / ".pre-commit-hooks.yaml"
EXAMPLE = FIXTURES / "nat_without_endpoints" / "terraform"


def pre_commit(*arguments: str, directory: Path) -> subprocess.CompletedProcess[str]:
    home = str(directory / ".git" / "pre-commit-home")
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *arguments],
        cwd=directory,
        env=environment(PRE_COMMIT_HOME=home, PRE_COMMIT_COLOR="never"),
        capture_output=True,
        text=True,
        check=False,
    )


def git(*arguments: str, directory: Path) -> None:
    identity = ["-c", "user.name=Test", "-c", "user.email=test@example.test"]
    subprocess.run(
        ["git", *identity, *arguments], cwd=directory, env=environment(), check=True, capture_output=True
    )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the hook as the manifest has it, run from this environment.

    The environment that pre-commit would build for it needs the network; ``.ci/run`` tries that.
    """
    (hook,) = yaml.safe_load(MANIFEST.read_text())
    assert hook["entry"] == "checkov-ecs-endpoints scan"
    hook |= {"language": "system", "entry": f"{sys.executable} -m checkov_ecs_endpoints scan"}
    git("init", "-q", directory=tmp_path)
    (tmp_path / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump({"repos": [{"repo": "local", "hooks": [hook]}]})
    )
    git("add", ".", directory=tmp_path)
    git("commit", "-q", "--no-verify", "-m", "Hook", directory=tmp_path)
    return tmp_path


def test_the_manifest_is_valid(tmp_path: Path) -> None:
    git("init", "-q", directory=tmp_path)
    done = pre_commit("validate-manifest", str(MANIFEST), directory=tmp_path)
    assert done.returncode == 0, done.stdout


def test_a_commit_without_configuration_does_not_run_it(repository: Path) -> None:
    (repository / "README.md").write_text("Nothing yet.\n")
    git("add", ".", directory=repository)
    done = pre_commit("run", directory=repository)
    assert done.returncode == 0
    assert "(no files to check)Skipped" in done.stdout


def test_a_commit_with_findings_is_stopped(repository: Path) -> None:
    shutil.copytree(EXAMPLE, repository / "infra")
    git("add", ".", directory=repository)
    assert pre_commit("install", directory=repository).returncode == 0
    done = pre_commit("run", directory=repository)
    assert done.returncode == 1
    assert "Failed" in done.stdout
    assert "ECSNET_103" in done.stdout
    with pytest.raises(subprocess.CalledProcessError):
        git("commit", "-q", "-m", "Infrastructure", directory=repository)


def test_the_whole_repository_is_scanned_once_whatever_is_committed(repository: Path) -> None:
    shutil.copytree(EXAMPLE, repository / "infra")
    git("add", ".", directory=repository)
    git("commit", "-q", "--no-verify", "-m", "Infrastructure", directory=repository)
    (repository / "other.yaml").write_text("a: 1\n")
    git("add", ".", directory=repository)
    done = pre_commit("run", directory=repository)
    assert done.returncode == 1
    assert done.stdout.count("(1 ECS workload, 1 root") == 1
