"""Networks lowered from configurations that are built by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from support.configurations import PLACE, template, terraform

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Handover, Resource
from checkov_ecs_endpoints.lowering.cloudformation.network import CLOUDFORMATION
from checkov_ecs_endpoints.lowering.network import network
from checkov_ecs_endpoints.lowering.terraform.network import TERRAFORM
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Value


def of_terraform(
    *resources: Resource,
    region: Value = None,
    handovers: Iterable[Handover] = (),
    settings: Settings | None = None,
) -> Network:
    """The network of a Terraform root."""
    configuration = replace(terraform(*resources, region=region), handovers=tuple(handovers))
    return network(configuration, settings or Settings(), TERRAFORM)[0]


def of_template(*resources: Resource, region: Value = None, handovers: Iterable[Handover] = ()) -> Network:
    """The network of a CloudFormation template."""
    configuration = replace(template(*resources, region=region), handovers=tuple(handovers))
    return network(configuration, Settings(), CLOUDFORMATION)[0]


def at(address: str) -> Source:
    """The source of a resource that is built by hand."""
    return Source(address, PLACE)
