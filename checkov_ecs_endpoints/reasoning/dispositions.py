"""What becomes of the traffic of one need from one subnet: each outcome and its exact condition."""

from __future__ import annotations

from enum import Enum


class Disposition(Enum):
    """The outcome of a need from a subnet. Exactly one holds; the value completes "its traffic is ..."."""

    THROUGH_ENDPOINT = "sent through a VPC endpoint"
    """A VPC endpoint certainly captures the traffic and admits it."""

    THROUGH_NAT = "sent through NAT"
    """No endpoint serves it; the default route leads to NAT that has a way out, here or behind a hub."""

    THROUGH_HUB = "sent over the internet, behind a hub"
    """No endpoint serves it; the default route leads to a hub, behind which the internet is said to be."""

    THROUGH_INTERNET_GATEWAY = "sent through an internet gateway"
    """No endpoint serves it; the default route leads to an internet gateway, and it has a public address."""

    EITHER_WAY = "sent through a VPC endpoint or over the internet"
    """The internet serves it unless an endpoint does, and which of the two is not known."""

    NAME_NOT_RESOLVED = "lost: the name of the service does not resolve"
    """DNS support of the VPC is off, and its DHCP options name no other resolver."""

    NO_ROUTE = "lost: no route leads to the service"
    """No endpoint captures it, and no route leads to the internet, at the subnet or at its NAT gateway."""

    NO_PUBLIC_ADDRESS = "lost: it has no public address at the internet gateway"
    """No endpoint captures it, and the default route leads to an internet gateway, which drops it."""

    DENIED_BY_SECURITY_GROUP = "denied by a security group"
    """The groups of the workload let no TCP 443 out, or those of the endpoint that captures it none in."""

    DENIED_BY_NETWORK_ACL = "denied by a network ACL"
    """A network ACL on the way lets HTTPS or the replies not pass."""

    DENIED_BY_ENDPOINT_POLICY = "denied by the policy of a VPC endpoint"
    """An endpoint captures it, and its policy does not allow what ECS calls."""

    NOT_BY_ENDPOINT = "not served by a VPC endpoint, and whether the internet serves it is not known"
    """No endpoint serves it for certain; a route, gateway, group or ACL of the way out is not known."""

    CANNOT_TELL = "not known to arrive"
    """Whether an endpoint serves it is not known, and the internet does not, or not for certain."""
