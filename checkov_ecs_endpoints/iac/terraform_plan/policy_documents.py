"""Policy documents that are read only on apply, because something in them is not known before.

A plan holds the arguments of such an ``aws_iam_policy_document`` and not its text, so that
what refers to the text is given the document that they make.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checkov_ecs_endpoints.iac.terraform.policy_documents import policy
from checkov_ecs_endpoints.json_text import Encoded
from checkov_ecs_endpoints.values import Location, OpenList, Reference, Unknown, Value, Why

TYPE = "aws_iam_policy_document"

_TEXTS = ("json", "minified_json")
_PERHAPS_MORE = "a plan does not say whether anything is added to the policy document that it refers to"


@dataclass(frozen=True, slots=True)
class Documents:
    """The data sources of a plan by address: their attributes, and where they are written."""

    written: Mapping[str, tuple[Mapping[str, Value], Location]]
    _kept: dict[str, Value] = field(default_factory=dict)

    def filled(self, attributes: Mapping[str, Value]) -> dict[str, Value]:
        """The attributes of a resource, with the documents that they refer to."""
        return {name: self._filled(value) for name, value in attributes.items()}

    def _filled(self, value: Value) -> Value:
        if isinstance(value, Reference) and value.resource in self.written and value.attribute:
            return self._document(value) if value.attribute[0] in _TEXTS else value
        if isinstance(value, list):
            return [self._filled(item) for item in value]
        if isinstance(value, dict):
            return {name: self._filled(item) for name, item in value.items()}
        return value

    def _document(self, reference: Reference) -> Value:
        name = reference.resource
        if name not in self._kept:
            self._kept[name] = reference  # what a document leads back to through itself
            attributes, place = self.written[name]
            made = policy(self.filled(attributes), place)
            if isinstance(made["Statement"], list):
                more = Unknown(Why.AFTER_APPLY, str(reference), place, _PERHAPS_MORE)
                made["Statement"] = OpenList(tuple(made["Statement"]), more)
            self._kept[name] = Encoded(Why.AFTER_APPLY, str(reference), place, value=made)
        return self._kept[name]
