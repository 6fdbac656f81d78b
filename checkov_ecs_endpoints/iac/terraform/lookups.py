"""Lookups: data sources that search AWS, where what they find is a resource of the same root.

What a data source finds is known without AWS where that cannot be anything else:

* One that gives a single thing fails where several match ("multiple ... matched"). So it
  gives the one that certainly matches, provided that it is there when it is searched: the
  data source depends on it, or searches a VPC of the root, in which there is no other.
* One that gives a list gives all that match in a VPC of the root, provided that of each
  thing in that VPC it is known whether it matches, and that the data source depends on all
  it gives. Terraform reads a data source as soon as its arguments are known
  (https://developer.hashicorp.com/terraform/language/data-sources, "Dependencies"), so that
  without it may be read before they are made.

Filters are those of the EC2 API (``DescribeSubnets`` and so on), in which ``*`` and ``?``
are wildcards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from checkov_ecs_endpoints.iac.configuration import Handover, Resource
from checkov_ecs_endpoints.iac.tags import with_defaults
from checkov_ecs_endpoints.iac.terraform.members import equal
from checkov_ecs_endpoints.iac.terraform.searches import (
    BY_OTHER_MEANS,
    MADE_BY_AWS,
    SEARCHES,
    UNSET,
    WITH_VPC,
    Search,
)
from checkov_ecs_endpoints.values import (
    Reference,
    Text,
    Truth,
    Unknown,
    Value,
    Why,
    every,
    references,
    some,
)

_WILD = frozenset("*?\\")
_STEPS = re.compile(r'\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]')


@dataclass(frozen=True, slots=True)
class Found:
    """What a data source gives: things of the root by their ids, or the reason why it cannot be told."""

    things: tuple[Reference, ...] = ()
    doubt: Unknown | None = None


@dataclass(slots=True)
class _Root:
    """The resources of a root, and which of them each waits for."""

    resources: Mapping[str, Resource]
    handovers: Sequence[Handover]
    by_type: dict[str, list[Resource]] = field(default_factory=dict)
    by_vpc: dict[tuple[str, str | None], list[Resource]] = field(default_factory=dict)
    of_block: dict[str, list[str]] = field(default_factory=dict)
    before: dict[str, list[Resource]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for resource in self.resources.values():
            if not resource.is_data:
                self.by_type.setdefault(resource.type, []).append(resource)
                home = self.vpc(resource.attributes.get("vpc_id"))
                self.by_vpc.setdefault((resource.type, None if home is None else home.id), []).append(
                    resource
                )

    def vpc(self, value: Value) -> Resource | None:
        """The VPC of the root whose id a value is; None for any other value."""
        if not isinstance(value, Reference) or value.attribute != ("id",):
            return None
        vpc = self.resources.get(value.resource)
        return vpc if vpc is not None and vpc.type == "aws_vpc" and not vpc.is_data else None

    def searched(self, types: Sequence[str], vpc: str | None) -> Iterator[Resource]:
        """The resources of some types, without those that certainly lie in another VPC."""
        for type_ in types:
            if vpc is None:
                yield from self.by_type.get(type_, ())
            else:
                yield from self.by_vpc.get((type_, vpc), ())
                yield from self.by_vpc.get((type_, None), ())

    def waits_for(self, data: Resource, wanted: Resource) -> bool:
        """Whether a data source is read only after a resource was made."""
        passed: set[str] = set()
        waiting = [data]
        while waiting:
            one = waiting.pop()
            if one.id in passed:
                continue
            passed.add(one.id)
            if one.id == wanted.id or any(_is_in(wanted.id, block) for block in one.after):
                return True
            waiting.extend(self._before(one))
        return False

    def _before(self, one: Resource) -> Sequence[Resource]:
        """The resources that one waits for directly."""
        if one.id not in self.before:
            names = {found.resource for value in one.attributes.values() for found in references(value)}
            for block in one.after:
                if block not in self.of_block:
                    self.of_block[block] = [name for name in self.resources if _is_in(name, block)]
                names.update(self.of_block[block])
            self.before[one.id] = [self.resources[name] for name in names if name in self.resources]
        return self.before[one.id]

    def is_shared(self, vpc: str) -> bool:
        """Whether a VPC is handed to something that was not evaluated and may add to it."""
        return any(
            found.resource == vpc for handover in self.handovers for found in references(handover.values)
        )


def without_keys(address: str) -> str:
    """An address without the keys of instances."""
    return _STEPS.sub("", address)


def _is_in(address: str, block: str) -> bool:
    """Whether an instance is one of a block, or of a module."""
    bare = without_keys(address)
    return bare == block or bare.startswith(f"{block}.")


def find(resources: Iterable[Resource], handovers: Sequence[Handover]) -> dict[str, Found]:
    """What the lookups of a root give, by the id of the data source."""
    root = _Root({resource.id: resource for resource in resources}, handovers)
    return {
        data.id: _search(root, data, SEARCHES[data.type])
        for data in root.resources.values()
        if data.is_data and data.type in SEARCHES and data.exists is True
    }


def _search(root: _Root, data: Resource, search: Search) -> Found:
    conditions = list(_conditions(data, search))
    doubt = next((condition for condition in conditions if isinstance(condition, Unknown)), None)
    if doubt is not None:
        return Found(doubt=doubt)
    asked = [condition for condition in conditions if not isinstance(condition, Unknown)]
    if not asked:
        return Found(doubt=_because(data, "it names nothing that is searched for"))
    vpc = _vpc(root, asked)
    if vpc is not None and not _sees(data, root.resources[vpc]):
        return Found(doubt=_because(data, f"it searches with another provider configuration than {vpc} has"))
    name, wanted, attribute = WITH_VPC.get(data.type, ("", "", ""))
    if vpc is not None and len(asked) == 2 and (name, (wanted,)) in asked:
        return Found((Reference(vpc, (attribute,)),))
    candidates = [
        (one, every(chain((_meets(one, name, values) for name, values in asked), (one.exists,))))
        for one in root.searched(search.types, vpc)
        if vpc is not None or _sees(data, one)
    ]
    if search.gives:
        return _all_of(root, data, candidates, vpc, [name for name, _ in asked])
    certain = [one for one, matches in candidates if matches is True]
    if len(certain) != 1:
        note = (
            "several resources of this configuration match" if certain else "nothing here certainly matches"
        )
        return Found(doubt=_because(data, note))
    if not root.waits_for(data, certain[0]) and (vpc is None or root.is_shared(vpc)):
        return Found(doubt=_because(data, _too_early(certain[0])))
    return Found((Reference(certain[0].id, ("id",)),))


def _sees(data: Resource, resource: Resource) -> bool:
    """Whether a data source searches in the account and region that a resource is in."""
    return (data.provider, data.region) == (resource.provider, resource.region)


def _all_of(
    root: _Root,
    data: Resource,
    candidates: Sequence[tuple[Resource, Truth]],
    vpc: str | None,
    asked: Sequence[str],
) -> Found:
    if vpc is None:
        return Found(doubt=_because(data, "it does not search in a VPC of this configuration alone"))
    if root.is_shared(vpc):
        return Found(doubt=_because(data, f"{vpc} is handed to a module that is not on disk"))
    if data.type in MADE_BY_AWS and not any(name.startswith(("tag", "name")) for name in asked):
        return Found(doubt=_because(data, "what AWS makes with the VPC counts too"))
    for _, matches in candidates:
        if isinstance(matches, Unknown):
            return Found(doubt=matches)
    certain = [one for one, matches in candidates if matches is True]
    for one in certain:
        if not root.waits_for(data, one):
            return Found(doubt=_because(data, _too_early(one)))
    if not certain:
        return Found(doubt=_because(data, "nothing here matches"))
    return Found(tuple(Reference(one.id, ("id",)) for one in certain))


def _too_early(resource: Resource) -> str:
    return f"it does not depend on {resource.address}, so that it may be read before that is made"


def _because(data: Resource, note: str) -> Unknown:
    return Unknown(Why.DATA_SOURCE, data.id, data.location, note)


def _conditions(data: Resource, search: Search) -> Iterator[tuple[str, tuple[Value, ...]] | Unknown]:
    """The attributes that are asked for and the values of which each must have one."""
    for name, value in data.attributes.items():
        if name in ("id", "route_table_id", "internet_gateway_id"):
            yield "id", (value,)
        elif name in search.arguments:
            yield search.arguments[name], (value,)
        elif name == "tags" and isinstance(value, dict):
            for key, wanted in value.items():
                yield f"tag:{key}", (wanted,)
        elif name == "filter" and isinstance(value, list):
            for block in value:
                yield _condition(data, search, block)
        elif name not in BY_OTHER_MEANS or name in ("tags", "filter"):
            yield _because(data, f"its {name} is not followed")


def _condition(data: Resource, search: Search, block: Value) -> tuple[str, tuple[Value, ...]] | Unknown:
    name = block.get("name") if isinstance(block, dict) else None
    values = block.get("values") if isinstance(block, dict) else None
    if not isinstance(name, str) or not isinstance(values, list):
        return _because(data, "its filter is not known")
    if name.startswith("tag:"):
        return name, tuple(values)
    if name in search.filters:
        return search.filters[name], tuple(values)
    return _because(data, f"its filter {name} is not followed")


def _meets(resource: Resource, name: str, wanted: Sequence[Value]) -> Truth:
    if name == "id":
        return some(equal(Reference(resource.id, ("id",)), value) for value in wanted)
    if name.startswith("tag:"):
        tags = with_defaults(resource.attributes.get("tags"), resource.default_tags) or {}
        if not isinstance(tags, dict):
            return tags if isinstance(tags, Unknown) else Unknown(Why.AFTER_APPLY, f"{resource.id}.tags")
        key = name.removeprefix("tag:")
        return key in tags and some(_fits(tags[key], value) for value in wanted)
    found = resource.attributes.get(name, UNSET.get(name))
    if found is None:
        found = Reference(resource.id, (name,))
    return some(_fits(found, value) for value in wanted)


def _fits(value: Value, wanted: Value) -> Truth:
    """Whether an attribute is what a filter asks for."""
    if isinstance(value, bool):
        value = str(value).lower()
    if isinstance(wanted, bool):
        wanted = str(wanted).lower()
    if isinstance(wanted, Text) or (isinstance(wanted, str) and not _WILD.isdisjoint(wanted)):
        # What is not known of either may be, or may fit, a wildcard.
        if not isinstance(value, str) or not isinstance(wanted, str) or "\\" in wanted:
            return Unknown(Why.UNSUPPORTED, f"the filter {wanted}", None, "of a text that is not known")
        pattern = re.escape(wanted).replace(r"\*", ".*").replace(r"\?", ".")
        return re.fullmatch(pattern, value, re.DOTALL) is not None
    if isinstance(value, str) and isinstance(wanted, str):
        return value == wanted
    return equal(value, wanted)


def _vpc(root: _Root, asked: Sequence[tuple[str, tuple[Value, ...]]]) -> str | None:
    """The VPC of the root that alone is searched."""
    for name, values in asked:
        vpc = root.vpc(values[0]) if name == "vpc_id" and len(values) == 1 else None
        if vpc is not None and vpc.exists is True:
            return vpc.id
    return None
