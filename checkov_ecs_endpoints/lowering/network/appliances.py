"""Instances and network interfaces that routes may lead to: NAT instances (facts C11).

"You must disable source/destination checks on the NAT instance":
https://docs.aws.amazon.com/vpc/latest/userguide/VPC_NAT_Instance.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.model.network import Forwarder
from checkov_ecs_endpoints.values import Truth, Unknown, negate, some


def forwarders(reader: Reader) -> dict[str, Forwarder]:
    """The network interfaces and instances by id, with the Elastic IP addresses they are given."""
    language = reader.language
    interfaces = {one.id: _interface(one, reader) for one in reader.all(language.network_interface)}
    found = dict(interfaces)
    same: dict[str, str] = {}
    for instance in reader.all(language.instance):
        attached = _attached(instance, reader)
        found[instance.id] = _instance(instance, attached, interfaces, reader)
        if isinstance(attached, str):
            same |= {instance.id: attached, attached: instance.id}
    for link, exists in _addresses(reader):
        for id_ in found if isinstance(link, Unknown) else (link, same.get(link, link)):
            truth = link if isinstance(link, Unknown) else exists
            found[id_] = replace(found[id_], public_ip=some([found[id_].public_ip or False, truth]))
    return found


def _interface(declared: Declared, reader: Reader) -> Forwarder:
    """A network interface of its own, which has a public address by an Elastic IP address alone.

    https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html
    """
    return Forwarder(
        id=declared.id,
        source=declared.source(subnet="subnet", forwards="check"),
        exists=declared.exists,
        subnet=declared.link("subnet", reader.language.subnets),
        forwards=negate(declared.truth("check", True)),
        public_ip=False,
        groups=declared.links("groups", reader.language.groups),
    )


def _instance(
    declared: Declared, attached: Link | None, interfaces: Mapping[str, Forwarder], reader: Reader
) -> Forwarder:
    source = declared.source(subnet="subnet", forwards="check")
    instance_type = declared.text("type")
    if isinstance(attached, str):
        interface = replace(interfaces[attached], id=declared.id, source=source)
        return replace(interface, exists=declared.exists, instance_type=instance_type)
    own = _first_interface(declared, reader) or declared
    return Forwarder(
        id=declared.id,
        source=source,
        exists=declared.exists,
        subnet=attached or (own if own.has("subnet") else declared).link("subnet", reader.language.subnets),
        forwards=attached or negate(declared.truth("check", True)),
        public_ip=attached or (own.truth("public_ip", False) if own.has("public_ip") else None),
        groups=(own if own.has("groups") else declared).links("groups", reader.language.groups),
        instance_type=instance_type,
    )


def _attached(instance: Declared, reader: Reader) -> Link | None:
    """The network interface that an instance takes as its first one, None where it has one made for it."""
    types = reader.language.network_interface.types
    if instance.has("primary_interface"):
        return instance.link("primary_interface", types)
    first = _first_interface(instance, reader)
    return first.link("interface", types) if first is not None and first.has("interface") else None


def _first_interface(instance: Declared, reader: Reader) -> Declared | None:
    blocks = instance.blocks("interfaces", reader.language.instance_interface)
    return next(iter(blocks), None)


def _addresses(reader: Reader) -> Iterator[tuple[Link, Truth]]:
    """What Elastic IP addresses are given to, and whether they certainly are."""
    language = reader.language
    for kind in (language.address, language.address_association):
        for word, types in (
            ("instance", language.instance.types),
            ("interface", language.network_interface.types),
        ):
            for link, declared in reader.owned(kind, word, types):
                if declared.has(word):
                    yield link, declared.exists
