"""How many tasks a service may have: Application Auto Scaling, else its desired count.

``resource_id`` of a service is ``service/<cluster>/<service>``:
https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
"""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.lowering.fields import Field
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.pieces import pieces
from checkov_ecs_endpoints.lowering.reading import unclear
from checkov_ecs_endpoints.lowering.workloads.clusters import Clusters
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage, declarations
from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.values import Reference, Unknown, Value, Why


@dataclass(frozen=True, slots=True)
class Scaling:
    """The scalable targets of a configuration."""

    targets: tuple[Declared, ...]
    clusters: Clusters

    @classmethod
    def of(cls, index: Index, language: WorkloadLanguage, clusters: Clusters) -> Scaling:
        """The scaling of everything in a configuration."""
        return cls(tuple(declarations(index, language.scalable_target)), clusters)

    def largest(self, service: Declared, otherwise: int | Unknown | None) -> int | Unknown | None:
        """The largest number of tasks of a service, ``otherwise`` where nothing scales it.

        A target that may be for any service makes the number unknown.
        """
        open_target: Unknown | None = None
        for target in self.targets:
            namespace = target.field("namespace").value
            if isinstance(namespace, str) and namespace != "ecs":
                continue
            named = target.field("resource_id")
            segments = _segments(named.value)
            if segments is None:
                open_target = open_target or unclear(named.value, "a scalable target", named.place)
            elif self._is_for(segments, service):
                if isinstance(target.exists, Unknown):
                    return target.exists
                return target.number("max")
        return otherwise if open_target is None else open_target

    def _is_for(self, segments: tuple[Value, Value], service: Declared) -> bool:
        of_cluster, of_service = segments
        cluster = service.field("cluster")
        if isinstance(of_service, Reference):
            return of_service.resource == service.id
        if of_service != service.field("name").value:
            return False
        mine = self.clusters.link(cluster)
        theirs = self.clusters.link(Field(of_cluster, cluster.place))
        # A cluster that is not known may be any other; then the name of the service decides.
        return mine == theirs or not (_is_told(mine) and _is_told(theirs))


def _is_told(link: Link) -> bool:
    """Whether a cluster can be told from others: one of the configuration, or one with a name."""
    return isinstance(link, str) or link.why is Why.OUTSIDE


def _segments(value: Value) -> tuple[Value, Value] | None:
    """Cluster and service of a ``resource_id``; None where they cannot be told apart."""
    found = pieces(value)
    parts = found.pattern.split("/")
    if len(parts) != 3 or parts[0] != "service":
        return None
    return found.value(parts[1]), found.value(parts[2])
