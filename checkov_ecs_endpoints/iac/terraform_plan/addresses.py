"""Addresses of Terraform as plans write them: ``module.a["x"].aws_subnet.b[0].id``.

Terraform documentation: Resource Addressing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

Key: TypeAlias = "str | int | None"
"""The key of an instance: of ``for_each``, of ``count``, or None where there is neither."""

_STEP = re.compile(r'\.?([^.\[\]"]+)|\[(?:([0-9]+)|("(?:[^"\\]|\\.)*"))\]')
_INDEX = re.compile(r'\[(?:[0-9]+|"(?:[^"\\]|\\.)*")\]')


@dataclass(frozen=True, slots=True)
class Index:
    """A step into a list or mapping: ``[0]``, ``["x"]``."""

    key: str | int


Step: TypeAlias = "str | Index"


def steps(address: str) -> tuple[Step, ...]:
    """The names and indexes of an address, in order."""
    found: list[Step] = []
    for name, number, quoted in _STEP.findall(address):
        if name:
            found.append(name)
        elif number:
            found.append(Index(int(number)))
        else:
            found.append(Index(_unquoted(quoted)))
    return tuple(found)


def without_indexes(address: str) -> str:
    """The address of the block that an instance comes from."""
    return _INDEX.sub("", address)


def heads(references: Sequence[str]) -> list[tuple[Step, ...]]:
    """What an expression refers to, each once as far as it goes.

    Plans list a reference and after it everything that it leads through
    (``aws_vpc.a[0].id``, ``aws_vpc.a[0]``, ``aws_vpc.a``): Terraform's source,
    ``internal/command/jsonconfig/expression.go``.
    """
    found: list[tuple[Step, ...]] = []
    for reference in references:
        parsed = steps(reference)
        if not found or found[-1][: len(parsed)] != parsed:
            found.append(parsed)
    return list(dict.fromkeys(found))


def _unquoted(quoted: str) -> str:
    try:
        text: str = json.loads(quoted)
    except ValueError:
        text = quoted[1:-1]
    return text.replace("$${", "${").replace("%%{", "%{")
