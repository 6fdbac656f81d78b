"""What a route leads to, by the attribute that is set and by what its value is.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateRoute.html
"""

from __future__ import annotations

from checkov_ecs_endpoints.lowering.fields import Field
from checkov_ecs_endpoints.lowering.index import IDENTITIES
from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.lowering.origins import origin
from checkov_ecs_endpoints.lowering.reading import unclear
from checkov_ecs_endpoints.model.network import Target, TargetKind
from checkov_ecs_endpoints.values import Text, Unknown, Value, Why

_BY_WORD = {
    "nat": TargetKind.NAT_GATEWAY,
    # An internet gateway, a virtual private gateway or "local"; a NAT gateway is accepted too.
    "gateway": None,
    "egress_only": TargetKind.EGRESS_ONLY_GATEWAY,
    "transit": TargetKind.TRANSIT_GATEWAY,
    "endpoint": TargetKind.VPC_ENDPOINT,
    "peering": TargetKind.PEERING,
    "interface": TargetKind.NETWORK_INTERFACE,
    "instance": TargetKind.NETWORK_INTERFACE,
    "core": TargetKind.CLOUD_WAN,
    "local_gateway": TargetKind.OUTPOST,
    "carrier": TargetKind.OUTPOST,
}
_BY_PREFIX = {
    "igw-": TargetKind.INTERNET_GATEWAY,
    "eigw-": TargetKind.EGRESS_ONLY_GATEWAY,
    "nat-": TargetKind.NAT_GATEWAY,
    "tgw-": TargetKind.TRANSIT_GATEWAY,
    "vgw-": TargetKind.VIRTUAL_PRIVATE_GATEWAY,
    "vpce-": TargetKind.VPC_ENDPOINT,
    "pcx-": TargetKind.PEERING,
    "eni-": TargetKind.NETWORK_INTERFACE,
    "i-": TargetKind.NETWORK_INTERFACE,
    "lgw-": TargetKind.OUTPOST,
    "cagw-": TargetKind.OUTPOST,
}
LOCAL = "local"
_INTERFACES = {*IDENTITIES, "primary_network_interface_id"}
"""Attributes that name an interface, or an instance by its first one."""


def target(route: Declared, reader: Reader) -> Target | Unknown:
    """The target of a route."""
    given = {word: route.field(word) for word in _BY_WORD if route.has(word)}
    if not given:
        return Unknown(Why.INVALID, f"a route of {route.address}", route.block.place, "it has no target")
    if len(given) > 1:
        # One of them may be null: a choice between two targets that is not decided.
        unknown = next((f.value for f in given.values() if isinstance(f.value, Unknown)), None)
        several = f"it has {len(given)} targets"
        return unknown or Unknown(Why.INVALID, f"a route of {route.address}", route.block.place, several)
    ((word, found),) = given.items()
    return _target(word, found, reader)


def _target(word: str, found: Field, reader: Reader) -> Target | Unknown:
    value = reader.index.resolved(found.value)
    if value == LOCAL:
        return Target(TargetKind.LOCAL, LOCAL)
    kind = _kind(word, value, reader)
    if kind is None:
        return (
            unclear(value, "the target of a route", found.place)
            if not isinstance(value, str)
            else Unknown(Why.OUTSIDE, value, found.place)
        )
    types = [type_ for type_, leads_to in reader.language.targets.items() if leads_to is kind]
    source = origin(value, reader.index)
    if kind is TargetKind.VPC_ENDPOINT and source is not None and source.resource is not None:
        # The endpoints of a firewall are attributes deep inside it.
        return Target(kind, source.resource.id)
    firewall = _cut_out_of(value, reader)
    if firewall is not None:
        return Target(TargetKind.VPC_ENDPOINT, firewall)
    identities = _INTERFACES if kind is TargetKind.NETWORK_INTERFACE else IDENTITIES
    return Target(kind, reader.index.link(value, types, found.place, identities))


def _cut_out_of(value: Value, reader: Reader) -> str | None:
    """The firewall whose ``EndpointIds`` a template takes an endpoint from, with Fn::Select and Fn::Split.

    They are a list of ``zone:endpoint``:
    https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-networkfirewall-firewall.html#aws-resource-networkfirewall-firewall-return-values
    """
    if not isinstance(value, Unknown) or value.why is not Why.AFTER_APPLY:
        return None
    ids = (firewall.id for firewall in reader.all(reader.language.firewall))
    return next((id_ for id_ in ids if value.subject.startswith(f"{id_}.EndpointIds")), None)


def _kind(word: str, value: Value, reader: Reader) -> TargetKind | None:
    source = origin(value, reader.index)
    if source is not None and source.type in reader.language.targets:
        return reader.language.targets[source.type]
    text = value.prefix if isinstance(value, Text) else value
    if isinstance(text, str):
        for prefix, kind in _BY_PREFIX.items():
            if text.startswith(prefix):
                return kind
    return _BY_WORD[word]
