"""Whether an id may be that of a thing which the same configuration creates.

What adds to a thing that is not known may add to any thing of its kind. These are the
ids for which that is out of the question.
"""

from __future__ import annotations

from collections.abc import Collection

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.origins import origin
from checkov_ecs_endpoints.values import Value, Why, references, unknowns

_GIVEN = (Why.NO_VALUE, Why.SECRET)
"""Unknowns that are settled before anything is created."""


def may_be_created_here(value: Value, types: Collection[str], index: Index) -> bool:
    """Whether an id may be of something of the types that the configuration creates.

    Not one that is written out, and not what a data source of such a type finds without
    depending on anything created here: Terraform reads it before it creates anything, and
    fails if there is not exactly one.
    https://developer.hashicorp.com/terraform/language/data-sources#data-resource-behavior
    """
    resolved = index.resolved(value)
    if isinstance(resolved, str):
        return False
    source = origin(resolved, index)
    if source is None or not source.is_data or source.type not in types or source.resource is None:
        return True
    return _depends_on_creation(source.resource, index, set())


def _depends_on_creation(data: Resource, index: Index, passed: set[str]) -> bool:
    """Whether an argument of a data source is, or may be, only known once something is created.

    ``passed`` are the data sources that were looked at: each is looked at once.
    """
    if data.id in passed:
        return False
    passed.add(data.id)
    for value in data.attributes.values():
        for reference in references(value):
            source = index.get(reference.resource)
            if source is not None and not source.is_data:
                return True
            if source is not None and _depends_on_creation(source, index, passed):
                return True
        for unknown in unknowns(value):
            found = index.get(unknown.subject)
            if found is not None and found.is_data:
                if _depends_on_creation(found, index, passed):
                    return True
            elif unknown.why not in _GIVEN:
                return True
    return False
