"""Finding the resources of a configuration, and following values to them.

The network is wired by ids that are only known after apply. A value that is such an id
names the resource it comes from; :meth:`Index.link` turns it into the id of that thing in
the estate, or into the reason why it cannot be told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import AttributePath, Configuration, Resource
from checkov_ecs_endpoints.lowering.reading import unclear
from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.values import Location, Reference, Unknown, Value, Why

IDENTITIES = frozenset({
    "", "id", "arn", "Id", "Arn",
    "VpcId", "SubnetId", "RouteTableId", "GroupId", "InternetGatewayId", "NatGatewayId", "PrefixListId",
})  # fmt: skip
"""Attributes that identify the resource itself; "" is CloudFormation's ``Ref``.

"Return values" of each type in the CloudFormation template reference, for example
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-subnet.html
"""

_FUNCTIONS = ("Ref", "GetAtt")


def attribute_of(reference: Reference) -> str:
    """The attribute that a reference names, with dots; "" for CloudFormation's ``Ref``."""
    return ".".join(str(step) for step in reference.attribute if step not in _FUNCTIONS)


def source(resource: Resource, fields: Mapping[str, str | AttributePath] | None = None) -> Source:
    """Where a thing of the model is written; ``fields`` gives the attribute of each of its fields."""
    paths = {name: (path,) if isinstance(path, str) else path for name, path in (fields or {}).items()}
    return Source(
        resource.address, resource.location, {name: resource.at(*path) for name, path in paths.items()}
    )


@dataclass(frozen=True, slots=True)
class Alias:
    """A thing of the estate that a resource of another type identifies, as if it were of ``type``."""

    type: str
    link: Link


@dataclass(frozen=True, slots=True)
class Index:
    """The resources of a configuration, by id and by type.

    ``aliases`` are attributes of one resource that identify another thing
    (``("aws_vpc.main", "default_security_group_id")``).
    """

    by_id: Mapping[str, Resource]
    by_type: Mapping[str, tuple[Resource, ...]]
    aliases: Mapping[tuple[str, str], Alias] = field(default_factory=dict)

    @classmethod
    def of(cls, configuration: Configuration) -> Index:
        """The index of all resources and data sources of a configuration."""
        by_type: dict[str, list[Resource]] = {}
        for resource in configuration.resources:
            by_type.setdefault(_key(resource.type, resource.is_data), []).append(resource)
        return cls(
            {resource.id: resource for resource in configuration.resources},
            {key: tuple(found) for key, found in by_type.items()},
        )

    def get(self, id_: str) -> Resource | None:
        """The resource or data source of an id."""
        return self.by_id.get(id_)

    def of_type(self, *types: str) -> Iterator[Resource]:
        """The managed resources of the given types."""
        for type_ in types:
            yield from self.by_type.get(type_, ())

    def data_of_type(self, *types: str) -> Iterator[Resource]:
        """The data sources of the given types."""
        for type_ in types:
            yield from self.by_type.get(_key(type_, True), ())

    def resolved(self, value: Value) -> Value:
        """What an attribute is set to, where a reference names one that the configuration sets.

        So ``!GetAtt Vpc.CidrBlock``, or the ``id`` that a data source is asked for.
        """
        passed: set[Reference] = set()
        while isinstance(value, Reference) and value not in passed:
            passed.add(value)
            resource = self.by_id.get(value.resource)
            given = resource.attributes.get(attribute_of(value)) if resource is not None else None
            if given is None:
                break
            value = given
        return value

    def link(
        self,
        value: Value,
        types: Collection[str],
        place: Location | None = None,
        identities: Collection[str] = IDENTITIES,
    ) -> Link:
        """The id of the resource that a value identifies, if it is of one of the types.

        ``identities`` are the attributes that count as naming the resource itself.
        """
        if isinstance(value, str):
            return Unknown(Why.OUTSIDE, value or "an empty text", place)
        if not isinstance(value, Reference):
            return unclear(value, "the id of a resource", place)
        attribute = attribute_of(value)
        alias = self.aliases.get((value.resource, attribute))
        if alias is not None and alias.type in types:
            return alias.link
        given = self.resolved(value)
        if given != value:
            return self.link(given, types, place, identities)
        resource = self.by_id.get(value.resource)
        if resource is None:
            return unclear(value, "the id of a resource", place)
        if resource.is_data:
            asked = self.resolved(resource.attributes.get("id"))
            read = self.by_id.get(asked.resource) if isinstance(asked, Reference) else None
            if read is not None and not read.is_data:
                # What a data source reads of a thing by its id, the thing has itself.
                return self.link(Reference(read.id, value.attribute), types, place, identities)
            return Unknown(Why.DATA_SOURCE, str(value), resource.location)
        if resource.type in types and attribute in identities:
            return resource.id
        return unclear(value, "the id of a resource", place)


def _key(type_: str, is_data: bool) -> str:
    return f"data.{type_}" if is_data else type_
