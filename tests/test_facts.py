"""Each row of the facts about AWS, and each trap, has a test or a situation that carries its number.

The rows are those of the tables of needs (A1 to A36) and of conditions on endpoints (B1 to B22). A
test carries them in front of its name or in its docstring ("Facts B3 and B4, trap 12."), a situation
in the comment that its files begin with. Sections ("facts A.4") are no rows.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
FIXTURES = TESTS.parent / "fixtures"
NUMBERS = [
    *(f"A{number}" for number in range(1, 37)),
    *(f"B{number}" for number in range(1, 23)),
    *(f"trap {number}" for number in range(1, 23)),
]

_ROW = r"[A-D]\d+"
_FACTS = re.compile(rf"\bfacts\b((?:[\s#,;]|and\b|(?:{_ROW}|[A-D]\.\d+)\b|traps?\s\d+)+)", re.IGNORECASE)
_TRAPS = re.compile(r"\btraps?\b((?:[\s#,;]|and\b|\d+\b)+)", re.IGNORECASE)


def in_prose(text: str) -> set[str]:
    """The numbers that a docstring or a comment carries."""
    rows = {row for found in _FACTS.findall(text) for row in re.findall(rf"\b{_ROW}\b", found)}
    traps = {f"trap {number}" for found in _TRAPS.findall(text) for number in re.findall(r"\d+", found)}
    return rows | traps


def in_name(name: str) -> set[str]:
    """The numbers in front of the name of a test."""
    found: set[str] = set()
    words = iter(name.removeprefix("test_").removeprefix("facts_").split("_"))
    for word in words:
        if word == "trap":
            found.add(f"trap {next(words)}")
        elif re.fullmatch(_ROW, word.upper()):
            found.add(word.upper())
        elif word != "and":
            break
    return found


def of_tests(source: str) -> Iterator[set[str]]:
    """What the tests of a module carry, and the classes that they are in."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield in_name(node.name) | in_prose(ast.get_docstring(node) or "")
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            yield in_prose(ast.get_docstring(node) or "")


def of_situation(source: str) -> set[str]:
    """What the comment carries that a file of a situation begins with."""
    beginning = re.match(r"(?:#.*\n)*", source)
    return in_prose(beginning[0] if beginning else "")


def carried() -> set[str]:
    """Every number that something carries."""
    found: set[str] = set()
    for path in TESTS.rglob("test_*.py"):
        found.update(*of_tests(path.read_text(encoding="utf-8")))
    for pattern in ("*/terraform/**/*.tf", "*/cloudformation/**/*.yaml"):
        for path in FIXTURES.glob(pattern):
            found |= of_situation(path.read_text(encoding="utf-8"))
    return found


def test_every_number_is_carried() -> None:
    found = carried()
    assert [number for number in NUMBERS if number not in found] == []


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Facts B9, trap 18.", {"B9", "trap 18"}),
        ("reached from both (trap 4, facts B8), but", {"B8", "trap 4"}),
        ("passing a role is no call (facts\n# A32, A33, A34; trap 10).", {"A32", "A33", "A34", "trap 10"}),
        ("Facts B19 and trap 20: VPC Block Public Access.", {"B19", "trap 20"}),
        ("it gets no traffic (facts A.4, B16)", {"B16"}),
        ("Facts A14: not A1.", {"A14"}),
        ("traps 5 and 6", {"trap 5", "trap 6"}),
        ("row by row of the facts (A1 to A36)", set()),
        ("the artifacts B2 and a trapdoor 3", set()),
    ],
)
def test_numbers_in_prose(text: str, numbers: set[str]) -> None:
    assert in_prose(text) == numbers


@pytest.mark.parametrize(
    ("name", "numbers"),
    [
        ("test_facts_a17_a18_trap_1_container_instances_talk", {"A17", "A18", "trap 1"}),
        ("test_c7_and_trap_7_a_regional_gateway", {"C7", "trap 7"}),
        ("test_b5_without_dns_nothing_is_reached", {"B5"}),
        ("test_section_a_4_layers_of_another_region", set()),
        ("test_a_route_to_b12", set()),
    ],
)
def test_numbers_in_names(name: str, numbers: set[str]) -> None:
    assert in_name(name) == numbers


def test_only_tests_and_the_beginning_of_situations_carry() -> None:
    module = '"""Facts A1."""\n\ndef helper():\n    """Facts A2."""\n\ndef test_it():\n    """Facts A3."""\n'
    assert set().union(*of_tests(module)) == {"A3"}
    assert of_situation("# Facts B1.\n\n# Facts B2.\n") == {"B1"}
