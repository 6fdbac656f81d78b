"""The catalog of EC2 instance types."""

from __future__ import annotations

from checkov_ecs_endpoints.catalog.tables import table


def baseline_mbps(instance_type: str) -> int | None:
    """The baseline network bandwidth of an instance type in Mbit/s, None if it is not listed."""
    family, _, size = instance_type.partition(".")
    figure: int | None = table("instance_bandwidth").get(family, {}).get(size)
    return figure
