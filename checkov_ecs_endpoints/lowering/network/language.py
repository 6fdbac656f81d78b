"""How a language spells the network: the types of its resources and their attributes.

Terraform and CloudFormation describe the same API of Amazon EC2. What differs is put
into a :class:`Language`, so that every translator exists once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from checkov_ecs_endpoints.model.network import TargetKind
from checkov_ecs_endpoints.values import Why


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing: the resource types that declare it, and its attributes by the translator's words.

    An attribute inside a nested block is written with a dot. A kind that a language does
    not have has no types.
    """

    types: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The network as one language writes it.

    ``default_*`` adopt what AWS makes for every VPC. ``default_names`` are the attributes
    of a VPC that identify those things: its main route table, its default security group
    and its default network ACL. ``targets`` are the types that routes may lead to.
    ``keeps_default_egress`` says that a security group without any egress rule lets
    everything out, ``marks_unknowns`` that whatever is made of a value that is not known
    came through (``via``) the place where it is made. ``gap`` is why things outside the
    configuration are not known.
    """

    vpc: Kind
    vpc_cidr: Kind
    dhcp_options: Kind
    dhcp_options_association: Kind
    subnet: Kind
    route_table: Kind
    route: Kind
    inline_route: Kind = Kind()
    propagation: Kind
    association: Kind
    internet_gateway: Kind
    gateway_attachment: Kind
    nat_gateway: Kind
    endpoint: Kind
    security_group: Kind
    inline_ingress: Kind
    inline_egress: Kind
    ingress_rules: tuple[Kind, ...]
    egress_rules: tuple[Kind, ...]
    either_rule: Kind = Kind()
    prefix_list: Kind
    prefix_list_entry: Kind = Kind()
    acl: Kind
    inline_acl_entry: Kind = Kind()
    acl_entry: Kind
    acl_association: Kind
    hosted_zone: Kind
    hosted_zone_vpc: Kind
    zone_association: Kind = Kind()
    dns_namespace: Kind
    profile_association: Kind
    resolver_rule: Kind
    resolver_rule_association: Kind
    dns_firewall: Kind
    dns_rule_group: Kind
    dns_rule: Kind
    instance: Kind
    instance_interface: Kind
    network_interface: Kind
    address: Kind
    address_association: Kind
    subnet_cidr: Kind = Kind()
    firewall: Kind
    firewall_subnet: Kind
    firewall_nat: Kind = Kind()
    firewall_endpoint: Kind
    firewall_policy: Kind
    transit_gateway: Kind
    transit_attachment: Kind
    transit_table: Kind
    transit_association: Kind
    transit_propagation: Kind
    transit_route: Kind
    transit_prefix_list: Kind = Kind()
    transit_default_association: Kind = Kind()
    transit_default_propagation: Kind = Kind()
    access_block: Kind
    access_exclusion: Kind
    exclusive_rules: Kind = Kind()

    default_vpc: Kind = Kind()
    default_subnet: Kind = Kind()
    default_table: Kind = Kind()
    default_group: Kind = Kind()
    default_acl: Kind = Kind()
    main_association: Kind = Kind()
    endpoint_subnet: Kind = Kind()
    endpoint_table: Kind = Kind()
    endpoint_group: Kind = Kind()
    endpoint_policy: Kind = Kind()
    endpoint_private_dns: Kind = Kind()
    endpoint_service: Kind = Kind()
    managed_prefix_list: Kind = Kind()

    default_names: Mapping[str, tuple[str, ...]]
    targets: Mapping[str, TargetKind]
    keeps_default_egress: bool
    marks_unknowns: bool
    gap: Why

    @property
    def vpcs(self) -> tuple[str, ...]:
        """The types that are VPCs."""
        return self.vpc.types + self.default_vpc.types

    @property
    def subnets(self) -> tuple[str, ...]:
        """The types that are subnets."""
        return self.subnet.types + self.default_subnet.types

    @property
    def tables(self) -> tuple[str, ...]:
        """The types that are route tables."""
        return self.route_table.types + self.default_table.types

    @property
    def groups(self) -> tuple[str, ...]:
        """The types that are security groups."""
        return self.security_group.types + self.default_group.types

    @property
    def acls(self) -> tuple[str, ...]:
        """The types that are network ACLs."""
        return self.acl.types + self.default_acl.types
