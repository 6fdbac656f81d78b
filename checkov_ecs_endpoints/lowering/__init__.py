"""Lowering: from the resources of either language to the model."""

from __future__ import annotations

from checkov_ecs_endpoints.iac.configuration import Configuration, Framework
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.settings import Settings


def lower(configuration: Configuration, settings: Settings) -> Estate:
    """The estate that one configuration deploys."""
    # Imported here, so that a scan loads the translators of the languages it meets.
    from checkov_ecs_endpoints.lowering.network import network

    if configuration.framework is Framework.CLOUDFORMATION:
        from checkov_ecs_endpoints.lowering.cloudformation.network import CLOUDFORMATION as language
        from checkov_ecs_endpoints.lowering.cloudformation.workloads import workloads
    else:
        from checkov_ecs_endpoints.lowering.terraform.network import TERRAFORM as language
        from checkov_ecs_endpoints.lowering.terraform.workloads import workloads
    network_, index = network(configuration, settings, language)
    found, unjudged = workloads(configuration, index, network_, settings)
    return Estate(network_, found, unjudged)
