"""The catalog of instance types."""

from __future__ import annotations

import pytest

from checkov_ecs_endpoints.catalog.instances import baseline_mbps
from checkov_ecs_endpoints.catalog.tables import table


@pytest.mark.parametrize(
    ("instance_type", "mbps"),
    [
        # Facts C.16 name these.
        ("t3.micro", 64),
        ("t4g.nano", 32),
        ("m5.large", 750),
        ("m6i.large", 781),
        ("m6i.xlarge", 1562),
        ("m5.4xlarge", 5000),
        ("m5.12xlarge", 12000),
        ("m6i.8xlarge", 12500),
        ("m5.24xlarge", 25000),
        ("c5n.9xlarge", 50000),
        ("c5n.18xlarge", 100000),
        ("c6gn.16xlarge", 100000),
        ("c7gn.16xlarge", 200000),
        ("m6in.32xlarge", 200000),
        ("u-6tb1.56xlarge", 100000),
        ("t2.large", None),
        ("m5.*", None),
        ("m5", None),
    ],
)
def test_baselines(instance_type: str, mbps: int | None) -> None:
    assert baseline_mbps(instance_type) == mbps


def test_every_figure_is_a_whole_number_of_megabits() -> None:
    sizes = [figure for family in table("instance_bandwidth").values() for figure in family.values()]
    assert len(sizes) == 1350
    assert all(isinstance(figure, int) and figure > 0 for figure in sizes)
