"""Functions that convert types.

Terraform documentation: Functions, "Type Conversion Functions".
"""

from __future__ import annotations

from checkov_ecs_endpoints.iac.terraform.conversion import convert_to
from checkov_ecs_endpoints.iac.terraform.faults import Undecided, Unsupported
from checkov_ecs_endpoints.iac.terraform.functions.context import FunctionContext
from checkov_ecs_endpoints.iac.terraform.functions.registry import function
from checkov_ecs_endpoints.iac.terraform.kinds import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    list_of,
    map_of,
    set_of,
)
from checkov_ecs_endpoints.iac.terraform.members import unclear
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Sensitive
from checkov_ecs_endpoints.iac.terraform.sensitive import marked, unmarked
from checkov_ecs_endpoints.values import Reference, Text, Unknown


@function("tostring", STRING, partial=True, nullable=True)
@function("tonumber", NUMBER, partial=True, nullable=True)
@function("tobool", BOOL, partial=True, nullable=True)
@function("ephemeralasnull", ANY, partial=True, nullable=True)
def converted(value: Inner) -> Inner:
    """The value, which the parameter's type has converted."""
    return value


@function("tolist", ANY, partial=True, nullable=True)
def tolist(value: Inner) -> Inner:
    """A list of the members, in one type."""
    return convert_to(value, list_of(ANY))


@function("toset", ANY, partial=True, nullable=True)
def toset(value: Inner) -> Inner:
    """A set of the members, in one type."""
    return convert_to(value, set_of(ANY))


@function("tomap", ANY, partial=True, nullable=True)
def tomap(value: Inner) -> Inner:
    """A map of the members, in one type."""
    return convert_to(value, map_of(ANY))


@function("sensitive", ANY, partial=True, nullable=True, local=True, marking=True)
def sensitive(context: FunctionContext, value: Inner) -> Inner:
    """The value, which is not to be shown."""
    return marked(value, context.secrets)


@function("nonsensitive", ANY, partial=True, nullable=True, local=True, marking=True)
def nonsensitive(context: FunctionContext, value: Inner) -> Inner:
    """The value, which may be shown."""
    return unmarked(value)


@function("issensitive", ANY, partial=True, nullable=True, local=True, marking=True)
def issensitive(context: FunctionContext, value: Inner) -> Inner:
    """Whether a value is sensitive; of values that are no texts only where nothing was marked."""
    if isinstance(value, (Unknown, Reference, Text)):
        raise Undecided(unclear(value))
    if isinstance(value, Sensitive) or not context.secrets:
        return isinstance(value, Sensitive)
    raise Unsupported("which values besides texts are sensitive is not followed")
