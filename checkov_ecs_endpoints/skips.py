"""Inline skips, by Checkov's own rules, odd as they are (design 4.1).

Terraform: any line strictly between the first and the last line of the block that holds
``checkov:skip=ID,ID:reason``; one on a module call counts for everything below the call.
CloudFormation: a line of the resource with ``checkov:skip=ID:reason`` (one id; without
any it skips every policy), or ``Metadata.checkov.skip``. JSON syntax of Terraform knows no
inline skips; a plan has those of the Terraform files it was made of, where they are found.
Source: Checkov 3.3.30, ``terraform/context_parsers/base_parser.py`` and
``cloudformation/cfn_utils.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from checkov_ecs_endpoints.iac.configuration import Framework, Resource
from checkov_ecs_endpoints.values import Location, Value

if TYPE_CHECKING:
    import yaml

_COMMENT = re.compile(r"(?:checkov|bridgecrew|cortex):skip= *([\w-]+(?:,[\w-]+)*)?(:[^\n]*)?", re.ASCII)
_CUSTOM_ID = re.compile(r"[a-z]+_CUSTOM_([a-f0-9-]{36})", re.IGNORECASE)
_NO_REASON = "No comment provided"


@dataclass(frozen=True, slots=True)
class _Skip:
    """One skip: where it stands, the id it names (None: none at all), and why."""

    line: int
    check_id: str | None
    reason: str

    def named(self, check_id: str) -> bool:
        """Whether the id is the same, custom policies of the platform by their number alone."""
        if self.check_id is None or self.check_id == check_id:
            return self.check_id is not None
        mine, other = _CUSTOM_ID.fullmatch(self.check_id), _CUSTOM_ID.fullmatch(check_id)
        return bool(mine and other and mine[1] == other[1])


@dataclass(frozen=True, slots=True)
class _Template:
    """A template's skips, and the lines that Checkov takes for those of each resource."""

    skips: tuple[_Skip, ...]
    lines: Mapping[str, range]


@dataclass(frozen=True, slots=True)
class Skips:
    """The inline skips of the files of a scan; a file is read when it is first asked about."""

    _comments: dict[str, tuple[_Skip, ...]] = field(default_factory=dict)
    _templates: dict[str, _Template] = field(default_factory=dict)

    def reason(self, resource: Resource, framework: Framework, check_id: str) -> str | None:
        """Why the owner of a resource skips a policy there, or None if nobody does."""
        if framework in (Framework.TERRAFORM, Framework.TERRAFORM_PLAN):
            return next(
                (skip.reason for skip in self._in_terraform(resource) if skip.named(check_id)),
                None,
            )
        if framework is Framework.CLOUDFORMATION:
            return next(
                (
                    skip.reason
                    for skip in self._in_cloudformation(resource)
                    if skip.check_id is None or skip.check_id == check_id
                ),
                None,
            )
        return None

    def _in_terraform(self, resource: Resource) -> Iterator[_Skip]:
        for block in (resource.location, *resource.calls):
            if not block.path.endswith(".json"):
                yield from (skip for skip in self._file(block) if block.line < skip.line < block.end)

    def _file(self, block: Location) -> tuple[_Skip, ...]:
        if block.path not in self._comments:
            # Terraform counts lines by \n alone, and Checkov reads with universal newlines.
            self._comments[block.path] = tuple(
                _Skip(skip.line, check_id, skip.reason)
                for skip in _skips(_read(block.path).split("\n"))
                for check_id in (skip.check_id or "").split(",")
                if check_id
            )
        return self._comments[block.path]

    def _in_cloudformation(self, resource: Resource) -> Iterator[_Skip]:
        path = resource.location.path
        if path not in self._templates:
            self._templates[path] = _template(_read(path))
        template = self._templates[path]
        lines = template.lines.get(re.split(r"[./]", resource.address)[-1], range(0))
        yield from (skip for skip in template.skips if skip.line in lines)
        yield from _in_metadata(resource.metadata)


def _read(path: str) -> str:
    return Path(path).read_text(encoding="utf-8", errors="replace")


def _skips(lines: Sequence[str]) -> Iterator[_Skip]:
    for number, line in enumerate(lines, 1):
        match = _COMMENT.search(line)
        if match:
            yield _Skip(number, match[1], match[2][1:] if match[2] else _NO_REASON)


def _template(text: str) -> _Template:
    lines = text.splitlines()
    skips = tuple(_skips(lines))
    return _Template(skips, _resource_lines(text, lines) if skips else {})


def _resource_lines(text: str, lines: list[str]) -> dict[str, range]:
    # Imported here: a scan of Terraform alone has no use for it.
    import yaml

    try:
        document = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError:
        return {}
    is_json = text.lstrip().startswith("{")
    return {
        name.value: _checkov_lines(node, lines, is_json)
        for name, node in _members(_member(document, "Resources"))
        if _members(node)
    }


def _members(node: object) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    import yaml

    if not isinstance(node, yaml.MappingNode):
        return []
    return [(key, value) for key, value in node.value if isinstance(key, yaml.ScalarNode)]


def _member(node: object, name: str) -> object:
    return next((value for key, value in _members(node) if key.value == name), None)


def _checkov_lines(node: yaml.Node, lines: list[str], is_json: bool) -> range:
    """The lines of a resource as Checkov sees them, 1-based.

    In YAML it starts from the marks of the value, without adding the one that would make
    them 1-based, and takes comments before it in and comments after it away.
    """
    first, last = node.start_mark.line, node.end_mark.line
    if is_json:
        return range(first + 1, last + 2)
    while first > 1 and _is_no_content(lines[first - 1]):
        first -= 1
    while last > first and _is_no_content(lines[last - 1]):
        last -= 1
    return range(first, last + 1)


def _is_no_content(line: str) -> bool:
    return not line.strip() or line.strip().startswith("#")


def _in_metadata(metadata: Mapping[str, Value]) -> Iterator[_Skip]:
    for owner in ("checkov", "bridgecrew"):
        section = metadata.get(owner)
        entries = section.get("skip") if isinstance(section, dict) else None
        for entry in entries if isinstance(entries, list) else ():
            if isinstance(entry, dict) and isinstance(entry.get("id"), str):
                yield _Skip(0, str(entry["id"]), str(entry.get("comment", _NO_REASON)))
