"""Internet gateways and NAT gateways.

https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html,
https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
"""

from __future__ import annotations

from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.lowering.reading import string
from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.model.network import InternetGateway, NatGateway
from checkov_ecs_endpoints.values import Truth, Unknown, Why


def internet_gateways(reader: Reader) -> dict[str, InternetGateway]:
    """The internet gateways by id, with the VPC that they or an attachment name."""
    attached: dict[str, Link] = {}
    unclear: Unknown | None = None
    for attachment in reader.all(reader.language.gateway_attachment):
        if not attachment.has("gateway"):
            continue
        gateway = attachment.link("gateway", reader.language.internet_gateway.types)
        if isinstance(gateway, Unknown):
            unclear = unclear or gateway
        elif isinstance(attachment.exists, Unknown):
            attached.setdefault(gateway, attachment.exists)
        else:
            attached[gateway] = attachment.link("vpc", reader.language.vpcs)
    found = {}
    for declared in reader.all(reader.language.internet_gateway):
        vpc = declared.link("vpc", reader.language.vpcs) if declared.has("vpc") else attached.get(declared.id)
        elsewhere = Unknown(Why.OUTSIDE, f"the attachment of {declared.address}", declared.resource.location)
        found[declared.id] = InternetGateway(
            id=declared.id,
            source=declared.source(vpc="vpc"),
            exists=declared.exists,
            vpc=vpc or unclear or elsewhere,
        )
    return found


def nat_gateways(reader: Reader) -> dict[str, NatGateway]:
    """The NAT gateways by id: public and zonal unless they say otherwise (facts C6, C8).

    https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateways-regional.html
    """
    return {
        declared.id: _nat_gateway(declared, reader) for declared in reader.all(reader.language.nat_gateway)
    }


def _nat_gateway(declared: Declared, reader: Reader) -> NatGateway:
    regional = _is(declared, "availability", "regional")
    zonal = regional is False or declared.has("subnet")
    return NatGateway(
        id=declared.id,
        source=declared.source(subnet="subnet", vpc="vpc", public="connectivity", regional="availability"),
        exists=declared.exists,
        subnet=declared.link("subnet", reader.language.subnets) if zonal and regional is not True else None,
        vpc=declared.link("vpc", reader.language.vpcs) if declared.has("vpc") else None,
        public=_public(declared),
        regional=regional,
    )


def _public(declared: Declared) -> Truth:
    private = _is(declared, "connectivity", "private")
    return private if isinstance(private, Unknown) else not private


def _is(declared: Declared, word: str, value: str) -> Truth:
    found = declared.field(word)
    if found.value is None:
        return False
    text = string(found.value, found.place)
    return text if isinstance(text, Unknown) else text == value
