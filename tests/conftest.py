"""What has to be so before any test runs."""

from __future__ import annotations

import os
import sys

import pytest

JIT = "pyston"
"""Checkov brings it along on Python 3.10, where it crashes the interpreter under hypothesis."""


def pytest_configure(config: pytest.Config) -> None:
    """Start again without the JIT compiler: it is switched on before anything else and never off."""
    if JIT in sys.modules and "DISABLE_PYSTON" not in os.environ:
        os.environ["DISABLE_PYSTON"] = "1"
        capture = config.pluginmanager.getplugin("capturemanager")
        if capture is not None:
            capture.stop_global_capturing()
        os.execv(sys.executable, [sys.executable, "-m", "pytest", *config.invocation_params.args])
