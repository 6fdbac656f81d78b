"""The operators of the policies: the names that the YAML uses, and what answers them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.settings import Settings

Operator: TypeAlias = Callable[[Estate, str, Mapping[str, object], Settings], Iterable[Verdict]]
"""(estate, what is judged, the policy's parameters, settings) -> verdicts.

Raises ValueError for an attribute or parameter that the operator does not have.
"""

OPERATORS: Mapping[str, Operator] = {}
