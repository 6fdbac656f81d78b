"""Looks at resources and their blocks by the translator's words, whatever the language."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.fields import Block, Field
from checkov_ecs_endpoints.lowering.index import IDENTITIES, Index
from checkov_ecs_endpoints.lowering.network.elsewhere import may_be_created_here
from checkov_ecs_endpoints.lowering.network.language import Kind, Language
from checkov_ecs_endpoints.lowering.reading import members, number, string, truth
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.values import Truth, Unknown


@dataclass(frozen=True, slots=True)
class Declared:
    """A resource, or a block in one, read by the words of its kind."""

    block: Block
    kind: Kind
    index: Index

    @property
    def resource(self) -> Resource:
        """The resource that it is, or is in."""
        return self.block.resource

    @property
    def id(self) -> str:
        """The id of its resource."""
        return self.block.resource.id

    @property
    def address(self) -> str:
        """The address of its resource."""
        return self.block.resource.address

    @property
    def is_set(self) -> bool:
        """Whether it is there, or may be."""
        return self.block.is_set

    @property
    def exists(self) -> Truth:
        """Whether its resource exists."""
        return self.block.resource.exists

    def field(self, word: str) -> Field:
        """What is set under a word; null where nothing is, or where the language has no such word."""
        name = self.kind.names.get(word)
        if name is None:
            return Field(None, self.block.place)
        block, last = self._around(name)
        found = block.field(last)
        # Terraform's attributes-as-blocks must write every attribute, the unset ones as "" or null:
        # https://developer.hashicorp.com/terraform/language/attr-as-blocks
        return Field(None, found.place) if found.value == "" else found

    def has(self, word: str) -> bool:
        """Whether something is set under a word, or may be."""
        return self.field(word).value is not None

    def link(self, word: str, types: Collection[str], also: Collection[str] = ()) -> Link:
        """The thing of one of the types that the value identifies; ``also`` by further attributes of it."""
        found = self.field(word)
        return self.index.link(found.value, types, found.place, {*IDENTITIES, *also})

    def links(self, word: str, types: Collection[str], elsewhere: bool = True) -> Listing[Link]:
        """The things that a list identifies; ``elsewhere`` counts those certainly not created here."""
        found = self.field(word)
        listing = members(found.value, found.place)
        links = (
            self.index.link(item, types, found.place)
            for item in listing
            if item not in (None, "") and (elsewhere or may_be_created_here(item, types, self.index))
        )
        return Listing(tuple(dict.fromkeys(links)), listing.rest)

    def truth(self, word: str, default: bool) -> Truth:
        """A boolean."""
        found = self.field(word)
        return truth(found.value, default, found.place)

    def text(self, word: str) -> str | Unknown | None:
        """A text, None where it is not set."""
        found = self.field(word)
        return None if found.value is None else string(self.index.resolved(found.value), found.place)

    def number(self, word: str) -> int | Unknown | None:
        """A whole number, None where it is not set."""
        found = self.field(word)
        return None if found.value is None else number(found.value, found.place)

    def blocks(self, word: str, kind: Kind) -> Listing[Declared]:
        """The blocks under a word."""
        name = self.kind.names.get(word)
        if name is None:
            return Listing()
        block, last = self._around(name)
        found = block.blocks(last)
        return Listing(tuple(Declared(one, kind, self.index) for one in found), found.rest)

    def nested(self, word: str, kind: Kind) -> Declared:
        """The one block under a word; it is empty where there is none."""
        name = self.kind.names.get(word)
        if name is None:
            return Declared(Block(self.resource, None, self.block.path), kind, self.index)
        block, last = self._around(name)
        return Declared(block.block(last), kind, self.index)

    def _around(self, name: str) -> tuple[Block, str]:
        """The block that a name with dots leads into, and the last part of the name."""
        *around, last = name.split(".")
        block = self.block
        for step in around:
            block = block.block(step)
        return block, last

    def source(self, **words: str) -> Source:
        """Where it is written, with the place of the model's fields by the words they come from."""
        lines = {name: self.field(word).place for name, word in words.items()}
        return Source(self.address, self.block.place, lines)


@dataclass(frozen=True, slots=True)
class Reader:
    """What every translator needs: the resources, and how the language spells them."""

    index: Index
    language: Language

    def all(self, *kinds: Kind) -> Iterator[Declared]:
        """Every managed resource of the kinds."""
        for kind in kinds:
            for resource in self.index.of_type(*kind.types):
                yield Declared(Block.of(resource), kind, self.index)

    def owned(self, kind: Kind, word: str, types: Collection[str]) -> Iterator[tuple[Link, Declared]]:
        """Every resource of a kind with the thing it adds something to, if that may be one created here."""
        for declared in self.all(kind):
            if may_be_created_here(declared.field(word).value, types, self.index):
                yield declared.link(word, types), declared

    def data(self, kind: Kind) -> Iterator[Declared]:
        """Every data source of a kind."""
        for resource in self.index.data_of_type(*kind.types):
            yield Declared(Block.of(resource), kind, self.index)
