"""Tags of CloudFormation, which are lists of ``Key`` and ``Value``.

https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html
"""

from __future__ import annotations

from checkov_ecs_endpoints.lowering.reading import blocks
from checkov_ecs_endpoints.values import OpenDict, Unknown, Value, Why


def tag_mapping(value: Value) -> Value:
    """The mapping that a list of tags stands for; open where not all tags are known."""
    listing = blocks(value)
    rest = listing.rest
    found: dict[str, Value] = {}
    for tag in listing:
        key = tag.get("Key")
        if isinstance(key, str):
            found[key] = tag.get("Value")
        else:
            rest = rest or (key if isinstance(key, Unknown) else Unknown(Why.AFTER_APPLY, "the key of a tag"))
    return found if rest is None else OpenDict(found, rest)
