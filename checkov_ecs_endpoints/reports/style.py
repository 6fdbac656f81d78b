"""How text looks: colour, width, and where a path is relative to. All of it is injected."""

from __future__ import annotations

import os
import textwrap
from dataclasses import dataclass
from pathlib import Path

from checkov_ecs_endpoints.results import Finding
from checkov_ecs_endpoints.values import Location

_CODES = {"bold": "1", "dim": "2", "red": "31;1", "yellow": "33;1", "blue": "34;1", "green": "32;1"}
LABEL_WIDTH = 9


@dataclass(frozen=True, slots=True)
class Style:
    """``directory`` is where the reader stands: paths are shown relative to it."""

    directory: str
    width: int = 100
    colour: bool = False

    def paint(self, text: str, name: str) -> str:
        """The text in a colour, or as it is where there are none."""
        return f"\033[{_CODES[name]}m{text}\033[0m" if self.colour and text else text

    def path(self, path: str) -> str:
        """A path as it can be opened from where the reader stands."""
        return Path(os.path.relpath(path, self.directory)).as_posix() if Path(path).is_absolute() else path

    def place(self, location: Location) -> str:
        """A place as ``file:line``."""
        return f"{self.path(location.path)}:{location.line}"

    def resource(self, finding: Finding) -> str:
        """A resource with its place, and its root where the place does not show it."""
        file = Path(os.path.relpath(finding.location.path, finding.base)).as_posix()
        plain = finding.root == "." or file == finding.root or file.startswith(f"{finding.root}/")
        return f"{finding.address} {self.place(finding.location)}{'' if plain else f' in {finding.root}'}"

    def wrapped(self, text: str, indent: int, hanging: int = 0) -> list[str]:
        """Lines of at most the width; ``hanging`` is how much deeper all but the first are."""
        lines = textwrap.wrap(
            " ".join(text.split()),
            max(self.width - indent, 40),
            subsequent_indent=" " * hanging,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return [" " * indent + line for line in lines]

    def field(self, label: str, paragraphs: list[str], hanging: int = 0) -> list[str]:
        """A label with paragraphs beside it."""
        indent = LABEL_WIDTH + 3
        lines = [line for text in paragraphs for line in self.wrapped(text, indent, hanging)]
        if lines:
            lines[0] = f"  {self.paint(label.ljust(LABEL_WIDTH), 'dim')} {lines[0].lstrip()}"
        return lines
