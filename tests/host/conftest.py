"""A small repository, and runs of the real Checkov over it that several tests look at."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support.checkov import Run, checkov

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository of the host tests, with a module that ``terraform init`` has fetched."""
    root = tmp_path_factory.mktemp("host") / "repository"
    shutil.copytree(DATA / "repository", root)
    (root / ".git").mkdir()
    modules = root / "registry" / ".terraform" / "modules"
    shutil.copytree(root / "modules" / "service", modules / "far")
    manifest = [
        {"Key": "", "Source": "", "Dir": "."},
        {
            "Key": "far",
            "Source": "registry.terraform.io/example/service/aws",
            "Version": "1.0.0",
            "Dir": ".terraform/modules/far",
        },
    ]
    (modules / "modules.json").write_text(json.dumps({"Modules": manifest}), encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def default_run(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Every framework, every policy, runners as processes: what people run."""
    return checkov(
        repository,
        tmp_path_factory.mktemp("default"),
        *("--output", "csv", "--external-checks-dir", str(DATA / "policies")),
    )
