"""VPC endpoints, with everything that other resources add to them.

The defaults are the same in Terraform and CloudFormation: type Gateway, private DNS off,
full access (facts B2, B3, B14). Sources:
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint,
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-vpcendpoint.html.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from checkov_ecs_endpoints import json_text
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.fields import Block
from checkov_ecs_endpoints.lowering.network.dealing import deal, distinct, if_certain, joined
from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.lowering.network.language import Kind
from checkov_ecs_endpoints.lowering.network.service_names import (
    OF_CUSTOMERS,
    ServiceName,
    named,
    service_name,
)
from checkov_ecs_endpoints.lowering.origins import origin
from checkov_ecs_endpoints.lowering.own import with_own
from checkov_ecs_endpoints.lowering.reading import string, unclear
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import Endpoint, EndpointType, Vpc
from checkov_ecs_endpoints.values import OpenDict, Text, Truth, Unknown, Value, Why, negate, some

_INBOUND_ONLY = {"OnlyInboundResolver": True, "AllResolvers": False}
_UNSPECIFIED = "NotSpecified"


def endpoints(
    reader: Reader, vpcs: Mapping[str, Vpc], region_of: Callable[[Resource], Region]
) -> dict[str, Endpoint]:
    """The endpoints by id."""
    language = reader.language
    declared = list(reader.all(language.endpoint))
    ids = [endpoint.id for endpoint in declared]
    subnets = deal(_satellites(reader, language.endpoint_subnet, "subnet", language.subnets), ids)
    tables = deal(_satellites(reader, language.endpoint_table, "table", language.tables), ids)
    groups = deal(_satellites(reader, language.endpoint_group, "group", language.groups), ids)
    replaced = deal(_overrides(reader, language.endpoint_group, "replace"), ids)
    policies = deal(_overrides(reader, language.endpoint_policy, "policy"), ids)
    dns = deal(_overrides(reader, language.endpoint_private_dns, "private_dns"), ids)
    found = {}
    for endpoint in declared:
        id_ = endpoint.id
        vpc = endpoint.link("vpc", language.vpcs)
        service = _service(endpoint, reader)
        policy = _policy(endpoint, policies[id_])
        own = _groups(endpoint, reader, vpc, vpcs, bool(groups[id_]), replaced[id_])
        found[id_] = Endpoint(
            id=id_,
            source=endpoint.source(
                vpc="vpc", service="service", type="type", private_dns="private_dns", subnets="subnets",
                groups="groups", tables="tables", policy="policy", region="service_region",
                over_ipv4="addresses",
            ),
            exists=endpoint.exists,
            vpc=vpc,
            service=service.service if isinstance(service, ServiceName) else service,
            type=_type(endpoint),
            private_dns=_private_dns(endpoint, dns[id_]),
            subnets=distinct(joined(_subnets(endpoint, reader), subnets[id_])),
            groups=distinct(joined(own, groups[id_])),
            tables=distinct(joined(endpoint.links("tables", language.tables), tables[id_])),
            policy=with_own(policy, endpoint.resource, region_of(endpoint.resource)),
            region=_region(endpoint, service),
            fips=isinstance(service, ServiceName) and service.fips,
            private_dns_only_inbound=_only_inbound(endpoint, service),
            over_ipv4=negate(some(_is_for_ipv6(endpoint, word) for word in ("addresses", "dns_records"))),
        )  # fmt: skip
    return found


def _satellites(
    reader: Reader, kind: Kind, word: str, types: tuple[str, ...]
) -> Iterator[tuple[Link, Listing[Link]]]:
    """The links that association resources add, each with the endpoint it is added to."""
    for endpoint, declared in reader.owned(kind, "endpoint", reader.language.endpoint.types):
        listing: Listing[Link] = Listing((declared.link(word, types),))
        yield endpoint, if_certain(listing, declared.exists)


def _overrides(reader: Reader, kind: Kind, word: str) -> Iterator[tuple[Link, Listing[Declared]]]:
    for endpoint, declared in reader.owned(kind, "endpoint", reader.language.endpoint.types):
        if declared.has(word):
            yield endpoint, if_certain(Listing((declared,)), declared.exists)


def _subnets(endpoint: Declared, reader: Reader) -> Listing[Link]:
    subnets = reader.language.subnets
    configured = endpoint.blocks("subnet_configuration", reader.language.endpoint)
    links = tuple(block.link("configured_subnet", subnets) for block in configured)
    return joined(endpoint.links("subnets", subnets), Listing(links, configured.rest))


def _groups(
    endpoint: Declared,
    reader: Reader,
    vpc: Link,
    vpcs: Mapping[str, Vpc],
    has_further: bool,
    replaced: Listing[Declared],
) -> Listing[Link]:
    """The groups of its own; where others are added to none, the default group stays among them.

    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/vpc_endpoint_security_group_association
    """
    own = endpoint.links("groups", reader.language.groups)
    if own or not has_further:
        return own
    default: Link = vpcs[vpc].default_group if isinstance(vpc, str) else vpc
    truths = [association.truth("replace", False) for association in replaced]
    if True in truths:
        return Listing()
    unclear_ = next((truth for truth in truths if isinstance(truth, Unknown)), replaced.rest)
    return Listing((), unclear_) if unclear_ is not None else Listing((default,))


def _service(endpoint: Declared, reader: Reader) -> ServiceName | Unknown:
    found = endpoint.field("service")
    value = reader.index.resolved(found.value)
    if value is None:
        return _unserviced(endpoint)
    source = origin(value, reader.index)
    kind = reader.language.endpoint_service
    if source is not None and source.type in kind.types and not source.is_data:
        return ServiceName(OF_CUSTOMERS)
    if source is not None and source.resource is not None and source.type in kind.types:
        data = Declared(Block.of(source.resource), kind, reader.index)
        if data.has("name"):
            return service_name(data.field("name").value, found.place)
        short = data.text("service")
        if short is not None:
            return short if isinstance(short, Unknown) else named(short)
    return service_name(value, found.place)


def _unserviced(endpoint: Declared) -> ServiceName | Unknown:
    """Endpoints of resources and service networks have no service name, and serve no AWS service.

    https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-resources.html
    """
    for word in ("resource_configuration", "service_network"):
        if endpoint.has(word):
            return ServiceName("")
    return Unknown(
        Why.INVALID, f"the service of {endpoint.address}", endpoint.resource.location, "it is not set"
    )


def _region(endpoint: Declared, service: ServiceName | Unknown) -> str | Unknown | None:
    """The region the service is in: the VPC's own, unless ``service_region`` says another (facts A.5).

    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpcEndpoint.html
    """
    stated = endpoint.text("service_region")
    if stated is not None:
        return stated
    return service.region if isinstance(service, ServiceName) else None


def _type(endpoint: Declared) -> EndpointType | Unknown:
    found = endpoint.field("type")
    if found.value is None:
        return EndpointType.GATEWAY
    text = string(found.value, found.place)
    if isinstance(text, Unknown):
        return text
    return {"gateway": EndpointType.GATEWAY, "interface": EndpointType.INTERFACE}.get(
        text.lower(), EndpointType.OTHER
    )


def _private_dns(endpoint: Declared, overrides: Listing[Declared]) -> Truth:
    if overrides.rest is not None:
        return overrides.rest
    for override in overrides:
        return override.truth("private_dns", False)
    return endpoint.truth("private_dns", False)


def _policy(endpoint: Declared, overrides: Listing[Declared]) -> Value:
    if overrides.rest is not None:
        return overrides.rest
    found = next(iter(overrides), endpoint).field("policy")
    if isinstance(found.value, (str, Text, json_text.Encoded)):
        return json_text.decode(found.value, found.place)
    if found.value is None or isinstance(found.value, (dict, OpenDict)):
        return found.value
    return unclear(found.value, "a policy document", found.place)


def _only_inbound(endpoint: Declared, service: ServiceName | Unknown) -> Truth:
    """Whether the private name is for on-premises networks only, which S3 endpoints default to (facts A.4).

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/privatelink-interface-endpoints.html#private-dns-s3
    """
    found = endpoint.field("only_inbound")
    default = isinstance(service, ServiceName) and service.service == "s3"
    if isinstance(found.value, str) and found.value in _INBOUND_ONLY:
        return _INBOUND_ONLY[found.value]
    return default if found.value == _UNSPECIFIED else endpoint.truth("only_inbound", default)


def _is_for_ipv6(endpoint: Declared, word: str) -> Truth:
    """Whether an endpoint has interfaces, or DNS records, for IPv6 alone.

    https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-access-aws-services.html#aws-service-ip-address-type
    """
    text = endpoint.text(word)
    return text if isinstance(text, Unknown) else text == "ipv6"
