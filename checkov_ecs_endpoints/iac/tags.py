"""Tags that a resource has itself and those that its provider gives it."""

from __future__ import annotations

from checkov_ecs_endpoints.values import OpenDict, Unknown, Value, Why


def with_defaults(tags: Value, defaults: Value) -> Value:
    """The tags of a resource with those of its provider, which it may override.

    AWS provider documentation: Guides, Resource Tagging, "Default Tags".
    """
    if defaults is None or isinstance(tags, Unknown):
        return tags
    if tags is None:
        return defaults
    if isinstance(tags, dict) and isinstance(defaults, dict):
        return {**defaults, **tags}
    if isinstance(tags, dict) and isinstance(defaults, OpenDict):
        return OpenDict({**defaults.items, **tags}, defaults.rest)
    if isinstance(tags, dict):
        rest = defaults if isinstance(defaults, Unknown) else Unknown(Why.INVALID, "default_tags")
        return OpenDict(tags, rest)
    return tags
