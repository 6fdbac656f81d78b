"""Functions that convert types.

Terraform documentation: Functions, "Type Conversion Functions".
"""

from __future__ import annotations

from checkov_ecs_endpoints.iac.terraform.conversion import convert_to
from checkov_ecs_endpoints.iac.terraform.faults import Unsupported
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
from checkov_ecs_endpoints.iac.terraform.scope import Inner


@function("tostring", STRING, partial=True, nullable=True)
@function("tonumber", NUMBER, partial=True, nullable=True)
@function("tobool", BOOL, partial=True, nullable=True)
@function("sensitive", ANY, partial=True, nullable=True)
@function("nonsensitive", ANY, partial=True, nullable=True)
@function("ephemeralasnull", ANY, partial=True, nullable=True)
def converted(value: Inner) -> Inner:
    """The value, which the parameter's type has converted; being sensitive does not change it."""
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


@function("issensitive", ANY, partial=True, nullable=True)
def issensitive(value: Inner) -> Inner:
    """Whether a value is sensitive, which is not followed."""
    raise Unsupported("which values are sensitive is not followed")
