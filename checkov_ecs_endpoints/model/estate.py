"""An estate: all that one configuration deploys, as far as ECS networking goes."""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.model.workloads import Unjudged, Workload


@dataclass(frozen=True, slots=True)
class Estate:
    """The network and the workloads of one configuration."""

    network: Network
    workloads: tuple[Workload, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
