"""What traffic through a NAT gateway costs, and from when on an endpoint is cheaper (facts F).

The figures are public list prices of one region, which every sentence says.
"""

from __future__ import annotations

from checkov_ecs_endpoints.catalog.tables import table

_GATEWAY = ("s3", "dynamodb")
_LAYERS = ("ecr.api", "ecr.dkr")
"""Services of which few bytes come: image layers are read from Amazon S3 (facts A.4)."""


def compared(service: str) -> str:
    """What the bytes of a service cost through NAT and through its endpoint; "" where we do not say."""
    if service in _GATEWAY:
        return f"{_through_nat()}, a gateway endpoint costs nothing: it pays from the first byte ({_where()})"
    if service in _LAYERS:
        return f"{_through_nat()}, {_interface()} ({_where()}); image layers are bytes of Amazon S3"
    return ""


def break_even_gigabytes() -> int:
    """The GB a month from which an interface endpoint in one zone is cheaper than NAT that stays."""
    prices = table("prices")
    nat, endpoint = prices["nat_gateway"], prices["interface_endpoint"]
    months: float = endpoint["hour"] * prices["hours_a_month"] / (nat["gigabyte"] - endpoint["gigabyte"])
    return round(months)


def _through_nat() -> str:
    return f"through a NAT gateway a GB costs ${table('prices')['nat_gateway']['gigabyte']:g}"


def _interface() -> str:
    price = table("prices")["interface_endpoint"]
    return (
        f"through an interface endpoint ${price['gigabyte']:g} and ${price['hour']:g} an hour for each "
        f"Availability Zone: it pays from {break_even_gigabytes()} GB a month in each"
    )


def _where() -> str:
    prices = table("prices")
    return f"list prices of {prices['region']}, {prices['date']}; other regions differ"
