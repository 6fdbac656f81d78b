"""Names of endpoint services: which AWS service a VPC endpoint or a prefix list is for.

``com.amazonaws.<region>.<service>``, with other prefixes in some partitions; the part
after the region is the same everywhere:
https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkov_ecs_endpoints.lowering.pieces import HOLE, pieces
from checkov_ecs_endpoints.lowering.reading import unclear
from checkov_ecs_endpoints.values import Location, Unknown, Value, Why

_PREFIXES = (
    r"(?:cn\.)?com\.amazonaws|eu\.amazonaws|gov\.ic\.c2s|gov\.sgov\.sc2s|gov\.ic\.hci\.csp|uk\.adc-e\.cloud"
)
_REGION = r"[a-z]{2,}(?:-[a-z]+)+-\d+"
_WHOLE = re.compile(rf"(?:{_PREFIXES})\.(?:(?P<region>{_REGION})\.)?(?P<service>[\w.-]+)")
_IN_PART = re.compile(
    rf"(?:(?:{_PREFIXES}|{HOLE})\.)?(?:{_REGION}|(?:[a-z0-9-]|{HOLE})*{HOLE}(?:[a-z0-9-]|{HOLE})*)\.(?P<service>[a-z0-9.-]+)",
)
OF_CUSTOMERS = "vpce"
"""What stands for the services of customers, whose names end in ids of their own."""

_OF_CUSTOMERS = re.compile(rf"(?:{_PREFIXES})\.vpce\..*", re.DOTALL)
"""https://docs.aws.amazon.com/vpc/latest/privatelink/configure-endpoint-service.html"""

_FIPS = re.compile(r"-fips(?=\.|$)")
_LAST_LABELS = frozenset({"api", "data", "dkr", "env", "ops", "repositories", "runtime"})
"""Last labels of services with two (``ecr.api``): the unknown text before them may hold the first one."""


@dataclass(frozen=True, slots=True)
class ServiceName:
    """A service by its name without region and ``-fips`` mark; ``region`` where the name says one."""

    service: str
    region: str | None = None
    fips: bool = False


def service_name(value: Value, place: Location | None = None) -> ServiceName | Unknown:
    """The service that a name is of, as far as the name is known."""
    found = pieces(value)
    if _OF_CUSTOMERS.fullmatch(found.pattern):
        return ServiceName(OF_CUSTOMERS)
    if found.holes:
        match = _IN_PART.fullmatch(found.pattern)
        if match is not None and match["service"] not in _LAST_LABELS:
            return named(match["service"])
        return unclear(value, "the name of a service", place)
    match = _WHOLE.fullmatch(found.pattern)
    if match is not None:
        return named(match["service"], match["region"])
    if found.pattern.count(".") > 1:
        return ServiceName(found.pattern)  # of another naming scheme, so of none that ECS calls
    if found.pattern:
        return Unknown(Why.INVALID, f'the service name "{found.pattern}"', place)
    return unclear(value, "the name of a service", place)


def named(service: str, region: str | None = None) -> ServiceName:
    """The service of a short name; FIPS endpoints are services of their own (``ecr-fips.dkr``, ``kms-fips``).

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    """
    plain = _FIPS.sub("", service)
    return ServiceName(plain, region, plain != service)
