"""What functions need to know about where they are called."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FunctionContext:
    """The directories that ``path.*`` and the file functions go by; all resolved.

    Nothing outside ``boundary`` is read. ``module`` is the directory of the module that
    the expression stands in, ``root`` that of its root module, where Terraform runs:
    relative file names start there. ``secrets`` are the texts that must not be shown.
    """

    boundary: Path
    module: Path
    root: Path
    secrets: set[str] = field(default_factory=set)
