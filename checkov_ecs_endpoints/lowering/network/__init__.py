"""The network of a configuration, in either language."""

from __future__ import annotations

from checkov_ecs_endpoints.iac.configuration import Configuration
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.network.acls import network_acls
from checkov_ecs_endpoints.lowering.network.appliances import forwarders
from checkov_ecs_endpoints.lowering.network.declared import Reader
from checkov_ecs_endpoints.lowering.network.defaults import adopt
from checkov_ecs_endpoints.lowering.network.dns import dns_influences
from checkov_ecs_endpoints.lowering.network.endpoints import endpoints
from checkov_ecs_endpoints.lowering.network.firewalls import firewalls
from checkov_ecs_endpoints.lowering.network.gateways import internet_gateways, nat_gateways
from checkov_ecs_endpoints.lowering.network.handed import handed_over
from checkov_ecs_endpoints.lowering.network.language import Language
from checkov_ecs_endpoints.lowering.network.public_access import access_blocks, access_exclusions
from checkov_ecs_endpoints.lowering.network.ranges import Ranges
from checkov_ecs_endpoints.lowering.network.routes import associations, route_tables
from checkov_ecs_endpoints.lowering.network.security_groups import security_groups
from checkov_ecs_endpoints.lowering.network.subnets import subnets
from checkov_ecs_endpoints.lowering.network.transit import attachments, tables
from checkov_ecs_endpoints.lowering.network.vpcs import vpcs
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.settings import Settings


def network(configuration: Configuration, settings: Settings, language: Language) -> tuple[Network, Index]:
    """The network, and the index that also follows values to the default things of its VPCs."""
    defaults, index = adopt(Index.of(configuration), language)
    reader = Reader(index, language)
    handed = handed_over(index, language, configuration.handovers)
    regions, regions_of_blocks = (
        {one.id: Region.of(one.resource, configuration, index).value for one in reader.all(*kinds)}
        for kinds in ((language.vpc, language.default_vpc), (language.access_block,))
    )
    vpcs_ = vpcs(reader, defaults, regions, settings.default_region, handed)
    endpoints_ = endpoints(reader, vpcs_, lambda resource: Region.of(resource, configuration, index))
    ranges = Ranges.of(reader, endpoints_)
    return Network(
        vpcs=vpcs_,
        subnets=subnets(reader),
        tables=route_tables(reader, defaults, vpcs_, ranges, handed),
        associations=associations(reader),
        internet_gateways=internet_gateways(reader),
        nat_gateways=nat_gateways(reader),
        forwarders=forwarders(reader),
        endpoints=endpoints_,
        groups=security_groups(reader, defaults, vpcs_, ranges, handed),
        acls=network_acls(reader, defaults, vpcs_, ranges),
        dns=dns_influences(reader),
        firewalls=firewalls(reader),
        transit_attachments=attachments(reader),
        transit_tables=tables(reader, ranges),
        access_blocks=access_blocks(reader, regions, regions_of_blocks),
        access_exclusions=access_exclusions(reader),
    ), index
