"""Tags, of which one decides what a tier is (design 4.2)."""

from __future__ import annotations

from collections.abc import Mapping

from checkov_ecs_endpoints.iac.tags import with_defaults
from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.reading import unclear
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage
from checkov_ecs_endpoints.values import OpenDict, Unknown, Value

TIER = ("ecs-endpoints:tier", "high-bandwidth")
"""The tag that makes a tier a high-bandwidth one (design 4.2)."""


def tags_of(declared: Declared, language: WorkloadLanguage) -> Mapping[str, Value] | Unknown:
    """The tags of a thing, with those that a provider gives it where the language has such."""
    found = declared.field("all_tags").value
    if found is None:
        found = with_defaults(declared.field("tags").value, declared.resource.default_tags)
    return tags(language.tags(found))


def tags(value: Value) -> Mapping[str, Value] | Unknown:
    """Tags as a mapping.

    Where others may be added, those that are known count only if the tag that makes a
    tier a high-bandwidth one is among them, because it decides alone.
    """
    if value is None:
        return {}
    if isinstance(value, OpenDict):
        name, tier = TIER
        return value.items if value.items.get(name) == tier else value.rest
    return value if isinstance(value, dict) else unclear(value, "tags")
