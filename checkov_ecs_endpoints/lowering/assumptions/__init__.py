"""What the settings assume of networks outside the files and behind routes (design 3, closed world; 4.4)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from checkov_ecs_endpoints.iac.configuration import Configuration, Framework
from checkov_ecs_endpoints.lowering.assumptions.hubs import Hubs
from checkov_ecs_endpoints.lowering.assumptions.networks import with_assumed
from checkov_ecs_endpoints.lowering.assumptions.placing import Placing
from checkov_ecs_endpoints.lowering.assumptions.sources import Sources
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.settings import Settings


def assume(estate: Estate, configuration: Configuration, index: Index, settings: Settings) -> Estate:
    """The estate with the assumed networks in it, what lies in them placed there, and what routes lead to."""
    roots = tuple(_roots(configuration))
    held = tuple(one for one in settings.assumptions if any(map(one.match.holds_for, roots)))
    if not held:
        return estate
    sources = Sources(held, configuration, index, settings.default_region)
    placing = Placing(Hubs(estate.network, sources).with_hubs(), sources)
    workloads = tuple(map(placing.placed, estate.workloads))
    network = placing.with_vpcs()
    for assumed in placing.assumed.values():
        network = with_assumed(network, assumed)
    return Estate(network, workloads, estate.unjudged)


def _roots(configuration: Configuration) -> Iterator[str]:
    """What settings may call a configuration; a plan is also meant with the directory that it lies in."""
    yield configuration.root
    if configuration.framework is Framework.TERRAFORM_PLAN:
        yield posixpath.dirname(configuration.root)
