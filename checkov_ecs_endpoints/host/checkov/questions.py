"""Which checks of Checkov's registries are ours, and what they ask."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from checkov.common.checks_infra.registry import get_graph_checks_registry
from checkov.common.graph.checks_infra.base_check import BaseGraphCheck

from checkov_ecs_endpoints.policy_files import OPERATOR_PREFIX

DECIDED = "ecs_decided"
PACK_WORKS = "ecs_pack_works"
"""The two operators that the host itself answers, about all the others."""

_FRAMEWORKS = ("terraform", "cloudformation", "terraform_plan")


@dataclass(frozen=True, slots=True)
class Question:
    """What a condition of a policy asks; ``value`` is JSON, so that questions can be compared."""

    operator: str
    attribute: str
    value: str = "{}"

    @classmethod
    def of(cls, operator: str, attribute: object, value: object) -> Question:
        """The question of an operator with the attribute and value that the YAML gives."""
        return cls(operator, str(attribute or ""), json.dumps(value or {}, sort_keys=True, default=str))

    @property
    def parameters(self) -> Mapping[str, object]:
        """The parameters of the policy."""
        found = json.loads(self.value)
        if not isinstance(found, dict):
            raise ValueError(f"value of {self.operator} is not a mapping of parameters")
        return found


def own_checks() -> Mapping[str, BaseGraphCheck]:
    """The checks loaded so far, by id, that ask at least one question of ours."""
    loaded = [get_graph_checks_registry(framework).checks for framework in _FRAMEWORKS]
    return _own_checks(tuple(map(len, loaded)))


@lru_cache(maxsize=1)
def _own_checks(_: tuple[int, ...]) -> Mapping[str, BaseGraphCheck]:
    # Checkov only ever adds checks; it builds thousands of records, and each asks for this.
    return {
        check.id: check
        for framework in _FRAMEWORKS
        for check in list(get_graph_checks_registry(framework).checks)
        if next(questions(check), None)
    }


def questions(check: BaseGraphCheck) -> Iterator[Question]:
    """The questions of ours that a check asks, also inside and, or, not."""
    if (check.operator or "").startswith(OPERATOR_PREFIX):
        yield Question.of(check.operator, check.attribute, check.attribute_value)
    for part in check.sub_checks:
        yield from questions(part)
