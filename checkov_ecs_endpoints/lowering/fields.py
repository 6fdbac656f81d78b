"""Walks into the nested blocks of a resource, keeping the place of everything met.

Terraform nests blocks as lists of mappings, CloudFormation as plain mappings; both are
walked alike. Names are compared without regard to case, because AWS spells the same
property differently from type to type (``AwsvpcConfiguration`` of a service,
``AwsVpcConfiguration`` of a task set and of an event rule), and because Terraform's AWS
provider decodes container definitions so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checkov_ecs_endpoints.iac.configuration import AttributePath, Resource
from checkov_ecs_endpoints.lowering.reading import members, unclear
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.values import Location, OpenDict, Unknown, Value


@dataclass(frozen=True, slots=True)
class Field:
    """A value and the place where it is written, or would be."""

    value: Value
    place: Location


@dataclass(frozen=True, slots=True)
class Block:
    """A mapping inside a resource: what is set in it, by name.

    ``content`` is the mapping; None where the block is not there, an unknown where
    nothing can be said of it. ``path`` leads to it from the resource.
    """

    resource: Resource
    content: Mapping[str, Value] | OpenDict | Unknown | None
    path: AttributePath = ()

    @classmethod
    def of(cls, resource: Resource) -> Block:
        """All attributes of a resource."""
        return cls(resource, resource.attributes)

    @property
    def place(self) -> Location:
        """Where the block is written."""
        return self.resource.at(*self.path)

    @property
    def is_set(self) -> bool:
        """Whether the block is there, or may be."""
        return self.content is not None

    def field(self, name: str) -> Field:
        """What is set under a name; null where nothing is."""
        path, value = self._find(name)
        return Field(value, self.resource.at(*path))

    def block(self, name: str) -> Block:
        """The one block of a name; the first where a list has several."""
        path, value = self._find(name)
        return _first(self.resource, value, path)

    def blocks(self, name: str) -> Listing[Block]:
        """All blocks of a name."""
        path, value = self._find(name)
        place = self.resource.at(*path)
        listing = members(value, place)
        if isinstance(value, (dict, OpenDict)):
            return Listing((Block(self.resource, value, path),))
        found = tuple(
            _block(self.resource, item, (*path, position))
            for position, item in enumerate(listing)
            if item is not None
        )
        return Listing(found, listing.rest)

    def _find(self, name: str) -> tuple[AttributePath, Value]:
        if self.content is None:
            return (*self.path, name), None
        if isinstance(self.content, Unknown):
            return (*self.path, name), self.content
        items = self.content.items if isinstance(self.content, OpenDict) else self.content
        if name in items:
            return (*self.path, name), items[name]
        folded = name.lower()
        for key, value in items.items():
            if key.lower() == folded:
                return (*self.path, key), value
        return (*self.path, name), self._left_open(folded)

    def _left_open(self, folded: str) -> Unknown | None:
        """Why it is not known whether something is set under a name, None where nothing is."""
        if not isinstance(self.content, OpenDict):
            return None
        others = self.content.others
        if others is not None and folded not in {key.lower() for key in others}:
            return None
        return self.content.rest


def _first(resource: Resource, value: Value, path: AttributePath) -> Block:
    if not isinstance(value, (dict, OpenDict)):
        listing = members(value, resource.at(*path))
        if listing.items:
            return _block(resource, listing.items[0], (*path, 0))
        return Block(resource, listing.rest, path)
    return _block(resource, value, path)


def _block(resource: Resource, value: Value, path: AttributePath) -> Block:
    if value is None or isinstance(value, (dict, OpenDict)):
        return Block(resource, value, path)
    return Block(resource, unclear(value, "a block", resource.at(*path)), path)
