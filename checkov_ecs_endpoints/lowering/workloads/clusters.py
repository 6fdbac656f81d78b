"""Which cluster of the configuration a value means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.fields import Field
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.origins import origin
from checkov_ecs_endpoints.lowering.pieces import pieces
from checkov_ecs_endpoints.lowering.reading import string, unclear
from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.values import Reference, Text, Unknown, Value, Why

DEFAULT = "default"
"""The cluster that is meant where none is named.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
"""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster that the configuration creates. ``name`` is None where AWS makes one up."""

    resource: Resource
    name: Value


@dataclass(frozen=True, slots=True)
class Clusters:
    """The clusters of a configuration, to be found by reference, name or ARN."""

    index: Index
    clusters: tuple[Cluster, ...]

    def link(self, field: Field) -> Link:
        """The id of the cluster that a value means, or why that is not known."""
        value = self._of_data(field.value)
        if value is None:
            value = DEFAULT
        found = list(self._meant(value))
        if len(found) == 1:
            return found[0]
        if found:
            return Unknown(Why.UNSUPPORTED, str(value), field.place, "several clusters have this name")
        if isinstance(value, str):
            return Unknown(Why.OUTSIDE, f"the cluster {_name(value)}", field.place)
        return unclear(value, "a cluster", field.place)

    def name(self, field: Field) -> str | Unknown:
        """The name of the cluster that a value means; where AWS makes one up, what the files call it."""
        link = self.link(field)
        if isinstance(link, Unknown):
            value = self._of_data(field.value)
            return _name(value) if isinstance(value, str) else DEFAULT if value is None else link
        found = next(cluster for cluster in self.clusters if cluster.resource.id == link)
        if found.name is None:
            return found.resource.address.rpartition(".")[2]
        return string(found.name, found.resource.location)

    def _meant(self, value: Value) -> Iterable[str]:
        if isinstance(value, Reference):
            return (cluster.resource.id for cluster in self.clusters if cluster.resource.id == value.resource)
        if isinstance(value, Text):
            found = pieces(value)
            arn, _, name = found.pattern.rpartition(":cluster/")
            if arn and "/" not in name:
                return self._meant(found.value(name))
        if isinstance(value, str):
            return (cluster.resource.id for cluster in self.clusters if cluster.name == _name(value))
        return (cluster.resource.id for cluster in self.clusters if cluster.name == value)

    def _of_data(self, value: Value) -> Value:
        """The name that a data source ``aws_ecs_cluster`` looks up, where the value is one's."""
        found = origin(value, self.index)
        if found is None or found.type != "aws_ecs_cluster" or not found.is_data or found.resource is None:
            return value
        return found.resource.attributes.get("cluster_name", value)


def _name(value: str) -> str:
    return value.rpartition("/")[2] if value.startswith("arn:") else value
