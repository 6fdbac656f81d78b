"""Following a configuration in all its cases, for tests: every condition that is not known in turn."""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.iac.configuration import Case, Configuration
from checkov_ecs_endpoints.values import Unknown, Why, unknowns


def open_conditions(configuration: Configuration) -> list[Unknown]:
    """The conditions that are not known, wherever a resource depends on them."""
    values = (value for one in configuration.resources for value in (one.exists, *one.attributes.values()))
    found = {unknown for value in values for unknown in unknowns(value) if unknown.why is Why.CONDITION}
    return sorted(found, key=str)


def all_cases(configuration: Configuration, choices: tuple[str, ...] = ()) -> Iterator[Case]:
    """The cases in which no condition is open, or none that anything can be asked about."""
    follow = configuration.cases
    assert follow is not None, "a configuration of CloudFormation"
    for condition in open_conditions(configuration):
        split = follow(condition)
        if split:
            for case in split:
                yield from all_cases(case.configuration, case.choices)
            return
    yield Case(choices, configuration)
