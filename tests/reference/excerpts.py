"""The lines of a configuration that evidence speaks of, cut out of their files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checkov_ecs_endpoints.evidence import Step

WHOLE = 12
"""An endpoint, or a block that the evidence is about as a whole, of no more lines is shown whole."""

SHORT = 8
"""A block of no more lines than this is shown whole in any case."""

NARROW = 5
"""What no more lines than this are directly in is shown with all of them."""

_TERRAFORM_BLOCK = re.compile(r"(resource|data|module) ")
_LOGICAL_ID = re.compile(r"  \w+:\s*$")
_TYPE = re.compile(r"    Type: ")
_ENDPOINT = re.compile(r'"aws_vpc_endpoint"|AWS::EC2::VPCEndpoint$')
_PROPERTIES = re.compile(r"    Properties:")
_COMMENT = re.compile(r"\s*(#.*)?$")
_QUOTED = re.compile(r'"([^"]{5,})"')
_ASIDE = re.compile(r" is associated with route table ")
"""Steps without which the rest is understood."""


@dataclass(frozen=True)
class Block:
    """A block of a file, from line ``first`` to ``last``, counted from 0, with what is said of it.

    ``rank`` is the higher the less it tells: endpoints first, then what the evidence comes to in the
    end, its beginning last.
    """

    path: str
    first: int
    last: int
    rank: tuple[bool, int]
    shown: tuple[str, ...]


def excerpt(evidence: Sequence[Step], budget: int | None = None) -> list[str]:
    """The blocks that the evidence is about, each cut down to that, in the order of the files.

    Where that is more than ``budget`` lines, the blocks that the evidence begins with are left out.
    """
    blocks = sorted(_blocks(evidence), key=lambda block: block.rank)
    taken: list[Block] = []
    for block in blocks:
        lines = sum(len(one.shown) + 1 for one in (*taken, block)) - 1
        if not taken or budget is None or lines <= budget:
            taken.append(block)
    shown: list[str] = []
    for block in sorted(taken, key=lambda block: (block.path, block.first)):
        shown += ["", *block.shown] if shown else block.shown
    return shown


def _blocks(evidence: Sequence[Step]) -> Iterator[Block]:
    ranked = [(rank, step) for rank, step in enumerate(reversed(evidence)) if not _ASIDE.search(step.text)]
    paths = {step.location.path for _, step in ranked if step.location is not None}
    for path in sorted(paths):
        lines = Path(path).read_text(encoding="utf-8").splitlines()
        here = [(rank, step) for rank, step in ranked if step.location and step.location.path == path]
        for first, last in _ranges(Path(path), lines):
            within = [(rank, step) for rank, step in here if first <= _line(step) <= last]
            if within:
                shown = tuple(_cut(lines, first, last, [step for _, step in within]))
                is_endpoint = _is_endpoint(shown)
                yield Block(path, first, last, (not is_endpoint, min(rank for rank, _ in within)), shown)


def _line(step: Step) -> int:
    assert step.location is not None
    return step.location.line - 1


def _ranges(path: Path, lines: list[str]) -> Iterator[tuple[int, int]]:
    """First and last line of the blocks at the margin of Terraform, or of the resources of a template."""
    if path.suffix == ".tf":
        for first, line in enumerate(lines):
            if _TERRAFORM_BLOCK.match(line):
                ends = (number for number in range(first, len(lines)) if lines[number].startswith("}"))
                yield first, first if line.endswith("}") else next(ends)
    elif "Resources:" in lines:
        for first in range(lines.index("Resources:") + 1, len(lines)):
            if lines[first].strip() and _indent(lines[first]) == 0:
                return
            if _LOGICAL_ID.match(lines[first]):
                yield first, _end(lines, first, len(lines) - 1)


def _cut(lines: list[str], first: int, last: int, steps: list[Step]) -> list[str]:
    numbers = [number for number in range(first, last + 1) if not _COMMENT.match(lines[number])]
    is_endpoint = _is_endpoint(lines[first : last + 1])
    of_all = is_endpoint or any(_line(step) == first for step in steps)
    if len(numbers) <= (WHOLE if of_all else SHORT):
        kept = set(numbers)
    else:
        kept = {first} | {number for number in numbers if _TYPE.match(lines[number])}
        kept |= {number for step in steps for number in _with_surroundings(lines, first, last, step)}
        if is_endpoint and not any(_line(step) > first for step in steps):
            kept |= set(_outline(lines, first, last, numbers))
        if lines[last].startswith("}"):
            kept.add(last)
    shown: list[str] = []
    left_out = False
    for number in numbers:
        if number in kept:
            shown.append(lines[number])
        elif not left_out:
            shown.append(f"{' ' * _indent(lines[number])}# ...")
        left_out = number not in kept
    margin = min(map(_indent, shown))
    return [line[margin:] for line in shown]


def _is_endpoint(lines: Iterable[str]) -> bool:
    return any(_ENDPOINT.search(line) for line in lines)


def _outline(lines: list[str], first: int, last: int, numbers: list[int]) -> Iterator[int]:
    """The attributes of a block that take one line each."""
    properties = next((number for number in numbers if _PROPERTIES.match(lines[number])), None)
    outer = first if properties is None else properties
    depth = _indent(lines[outer]) + 2
    yield outer
    for number in numbers:
        closes = lines[number].strip()[:1] in ("}", "]", ")")
        is_one_line = _end(lines, number, last) == number and not closes
        if number > outer and _indent(lines[number]) == depth and is_one_line:
            yield number


def _with_surroundings(lines: list[str], first: int, last: int, step: Step) -> set[int]:
    """The line of a step, what it quotes of what that line opens, and what opens and closes around them."""
    number = _line(step)
    if number == first:
        return set()
    end = _end(lines, number, last)
    told = {inner for inner in range(number, end + 1) if _is_quoted(lines[inner], step.text)} | {number}
    if end - number <= (WHOLE if told == {number} else 3):
        told |= set(range(number, end + 1))
    opening = _opening(lines, first, number)
    if opening > first and _end(lines, opening, last) - opening <= NARROW:
        told |= set(range(opening, _end(lines, opening, last) + 1))
    return told.union(*(_around(lines, first, last, one) for one in told))


def _opening(lines: list[str], first: int, number: int) -> int:
    """The line that opens what a line is directly in."""
    above = (one for one in range(number - 1, first, -1) if lines[one].strip())
    return next((one for one in above if _indent(lines[one]) < _indent(lines[number])), first)


def _is_quoted(line: str, text: str) -> bool:
    return any(quoted in text for quoted in _QUOTED.findall(line))


def _around(lines: list[str], first: int, last: int, number: int) -> set[int]:
    """The lines that open and close what a line is in, and what it opens itself."""
    kept = {_closing(lines, number, last)}
    indent = _indent(lines[number])
    for above in range(number - 1, first - 1, -1):
        if lines[above].strip() and _indent(lines[above]) < indent:
            indent = _indent(lines[above])
            kept |= {above, _closing(lines, above, last)}
    return kept


def _closing(lines: list[str], number: int, last: int) -> int:
    """The line that closes what a line opens; the line itself where none does."""
    after = min(_end(lines, number, last) + 1, last)
    return after if lines[after].strip()[:1] in ("}", "]", ")") else number


def _end(lines: list[str], number: int, last: int) -> int:
    """The last line that is indented deeper than a line, before one that is not."""
    indent = _indent(lines[number])
    end = number
    while end + 1 <= last and (not lines[end + 1].strip() or _indent(lines[end + 1]) > indent):
        end += 1
    while not lines[end].strip():
        end -= 1
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
