"""Every function by name, except those that only the evaluator can answer."""

from checkov_ecs_endpoints.iac.terraform.functions import (  # noqa: F401
    arithmetic,
    conversions,
    dates,
    digests,
    encoding,
    files,
    formats,
    lists,
    maps,
    networks,
    patterns,
    sequences,
    sets,
    texts,
)
from checkov_ecs_endpoints.iac.terraform.functions.registry import FUNCTIONS

__all__ = ["FUNCTIONS"]
