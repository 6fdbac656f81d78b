"""Prices beside findings (facts F)."""

from __future__ import annotations

import pytest

from checkov_ecs_endpoints.reasoning.costs import break_even_gigabytes, compared


def test_f_break_even_of_an_interface_endpoint_in_one_zone() -> None:
    assert break_even_gigabytes() == 209


@pytest.mark.parametrize("service", ["s3", "dynamodb", "ecr.api", "ecr.dkr"])
def test_every_sentence_says_region_and_date(service: str) -> None:
    assert "list prices of us-east-1, 2026-08" in compared(service)


def test_f_interface_endpoints() -> None:
    assert compared("ecr.dkr") == (
        "through a NAT gateway a GB costs $0.045, through an interface endpoint $0.01 and $0.01 an hour for "
        "each Availability Zone: it pays from 209 GB a month in each (list prices of us-east-1, 2026-08; "
        "other regions differ); image layers are bytes of Amazon S3"
    )


def test_nothing_is_said_of_services_of_which_few_bytes_come() -> None:
    assert compared("logs") == compared("secretsmanager") == ""
