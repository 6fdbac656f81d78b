"""YAML with places: typed looks at the settings file, with errors that name key and line."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import yaml


class SettingsError(ValueError):
    """Settings that cannot be used: the file, the line (0: the whole file), and why."""

    def __init__(self, path: Path, line: int, message: str) -> None:
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
        self.path, self.line, self.message = path, line, message


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the file, with the key that leads to it."""

    path: Path
    key: str
    node: yaml.Node
    line: int

    def error(self, message: str) -> SettingsError:
        """An error about this value; ``message`` goes on where the key ends."""
        return SettingsError(self.path, self.line, f"{self.key} {message}".lstrip())

    def mapping(self, *allowed: str) -> dict[str, Node]:
        """The members of a mapping, of no other keys than these (none given: of any)."""
        import yaml

        if not isinstance(self.node, yaml.MappingNode):
            raise self.error("must be a mapping")
        found: dict[str, Node] = {}
        for key, value in self.node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else "?"
            member = Node(self.path, f"{self.key}.{name}".lstrip("."), value, key.start_mark.line + 1)
            if allowed and name not in allowed:
                raise member.error(f"is not a setting; there is {', '.join(allowed)}")
            if name in found:
                raise member.error("is given twice")
            found[name] = member
        return found

    def items(self) -> list[Node]:
        """The members of a list."""
        import yaml

        if not isinstance(self.node, yaml.SequenceNode):
            raise self.error("must be a list")
        return [
            Node(self.path, f"{self.key}[{index}]", value, value.start_mark.line + 1)
            for index, value in enumerate(self.node.value)
        ]

    def text(self) -> str:
        """A text that is not empty."""
        if self.node.tag != "tag:yaml.org,2002:str" or not self.node.value:
            raise self.error("must be a text (in quotes if it reads like something else)")
        return str(self.node.value)

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item.text() for item in self.items())

    def choice(self, *choices: str) -> str:
        """One of several texts."""
        if self.text() not in choices:
            raise self.error(f"must be one of {', '.join(choices)}")
        return self.text()

    def positive_number(self) -> float:
        """A number above zero."""
        try:
            number = float(self.node.value)
        except (TypeError, ValueError):
            number = math.nan
        if self.node.tag.rpartition(":")[2] not in ("int", "float") or not 0 < number < math.inf:
            raise self.error("must be a number above 0")
        return number

    def whole_number(self) -> int:
        """A whole number above zero."""
        number = self.positive_number()
        if not number.is_integer():
            raise self.error("must be a whole number above 0")
        return int(number)


def document(path: Path) -> Node | None:
    """The outermost value of a file, None if it is empty; raises SettingsError."""
    # Imported here: most scans have no settings file.
    import yaml

    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise SettingsError(path, line, f"not valid YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(path, 0, f"not valid YAML: {error}") from error
    except OSError as error:
        raise SettingsError(path, 0, f"cannot be read: {error.strerror}") from error
    if node is None or node.tag == "tag:yaml.org,2002:null":
        return None
    return Node(path, "", node, node.start_mark.line + 1)
