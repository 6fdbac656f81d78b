"""Address ranges that routes and rules name: CIDRs and prefix lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from checkov_ecs_endpoints.lowering.fields import Block
from checkov_ecs_endpoints.lowering.network.dealing import deal, if_certain, joined
from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.lowering.network.service_names import ServiceName, service_name
from checkov_ecs_endpoints.lowering.origins import Origin, origin
from checkov_ecs_endpoints.lowering.reading import members, string
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import Cidr, CustomerPrefixList, Endpoint, PrefixListOf, Range
from checkov_ecs_endpoints.values import Location, Unknown, Value

_OF_ENDPOINT = ("prefix_list_id", "cidr_blocks")
_FILTER = "prefix-list-name"


@dataclass(frozen=True, slots=True)
class Ranges:
    """Reads ranges; knows the prefix lists of the configuration and those of AWS's services."""

    reader: Reader
    endpoints: Mapping[str, Endpoint]
    lists: Mapping[str, CustomerPrefixList]

    @classmethod
    def of(cls, reader: Reader, endpoints: Mapping[str, Endpoint]) -> Ranges:
        """The ranges of a configuration whose endpoints are known."""
        return cls(reader, endpoints, _customer_lists(reader))

    def cidrs(self, declared: Declared, word: str) -> list[Range]:
        """The CIDRs under a word, one or a list of them; what is not known is one unknown range."""
        found = declared.field(word)
        value = self.reader.index.resolved(found.value)
        whole = self._of_service(value)
        if whole is not None:
            return [whole]
        listing = members(value, found.place)
        ranges = [self._cidr(item, found.place) for item in listing if item not in (None, "")]
        return ranges if listing.rest is None else [*ranges, listing.rest]

    def prefix_lists(self, declared: Declared, word: str) -> list[Range]:
        """The prefix lists under a word."""
        found = declared.field(word)
        listing = members(found.value, found.place)
        ranges = [self._prefix_list(item, found.place) for item in listing if item not in (None, "")]
        return ranges if listing.rest is None else [*ranges, listing.rest]

    def _cidr(self, value: Value, place: Location) -> Range:
        resolved = self.reader.index.resolved(value)
        of_service = self._of_service(resolved)
        if of_service is not None:
            return of_service
        text = string(resolved, place)
        return text if isinstance(text, Unknown) else Cidr(text)

    def _prefix_list(self, value: Value, place: Location) -> Range:
        of_service = self._of_service(value)
        if of_service is not None:
            return of_service
        link = self.reader.index.link(value, self.reader.language.prefix_list.types, place)
        return link if isinstance(link, Unknown) else self.lists[link]

    def _of_service(self, value: Value) -> PrefixListOf | None:
        """The AWS-managed list that a data source or a gateway endpoint stands for.

        https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
        """
        source = origin(value, self.reader.index)
        if source is None or source.resource is None:
            return None
        if source.resource.id in self.endpoints and source.attribute.split(".")[0] in _OF_ENDPOINT:
            service = self.endpoints[source.resource.id].service
            return PrefixListOf(service) if isinstance(service, str) else None
        return self._of_data_source(source)

    def _of_data_source(self, source: Origin) -> PrefixListOf | None:
        kind = self.reader.language.managed_prefix_list
        if not source.is_data or source.resource is None or source.type not in kind.types:
            return None
        data = Declared(Block.of(source.resource), kind, self.reader.index)
        for word in ("list", "id"):
            of_endpoint = self._of_service(data.field(word).value)
            if of_endpoint is not None:
                return of_endpoint
        name: Value = data.field("name").value
        if name is None:
            name = _filtered(data)
        service = service_name(name)
        return PrefixListOf(service.service) if isinstance(service, ServiceName) else None


def _filtered(data: Declared) -> Value:
    for filter_ in data.block.blocks("filter"):
        values = members(filter_.field("values").value)
        if filter_.field("name").value == _FILTER and len(values.items) == 1 and values.rest is None:
            return values.items[0]
    return None


def _customer_lists(reader: Reader) -> dict[str, CustomerPrefixList]:
    """https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html."""
    kind = reader.language.prefix_list
    declared = list(reader.all(kind))
    further = deal(_further_entries(reader), [list_.id for list_ in declared])
    return {
        list_.id: CustomerPrefixList(
            list_.id, joined(_entries(list_.blocks("entries", kind)), further[list_.id])
        )
        for list_ in declared
    }


def _further_entries(reader: Reader) -> Iterator[tuple[Link, Listing[Cidr]]]:
    language = reader.language
    for list_, entry in reader.owned(language.prefix_list_entry, "list", language.prefix_list.types):
        yield list_, if_certain(_entries(Listing((entry,))), entry.exists)


def _entries(entries: Listing[Declared]) -> Listing[Cidr]:
    texts = [entry.text("entry_cidr") for entry in entries]
    unclear = next((text for text in texts if isinstance(text, Unknown)), entries.rest)
    return Listing(tuple(Cidr(text) for text in texts if isinstance(text, str)), unclear)
