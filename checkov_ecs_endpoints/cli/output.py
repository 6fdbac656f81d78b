"""Writing to stdout, whose reader may be gone."""

from __future__ import annotations

import os
import sys


def write(text: str) -> None:
    """Write to stdout; a closed pipe (``scan | head``) is no error and changes no exit code."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        # Without this Python complains again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
