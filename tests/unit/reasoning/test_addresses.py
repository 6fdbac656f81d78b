"""Ranges of addresses."""

from __future__ import annotations

import pytest

from checkov_ecs_endpoints.reasoning.addresses import block, everywhere, is_public, overlap, within


@pytest.mark.parametrize(
    ("blocks", "versions"),
    [
        ([], set()),
        (["0.0.0.0/0"], {4}),
        (["::/0"], {6}),
        (["0.0.0.0/1", "128.0.0.0/1"], {4}),
        (["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/2"], {4}),
        (["0.0.0.0/1", "128.0.0.0/2"], set()),
        (["0.0.0.0/0", "::/1", "8000::/1"], {4, 6}),
    ],
)
def test_everywhere(blocks: list[str], versions: set[int]) -> None:
    assert everywhere(found for text in blocks if (found := block(text))) == versions


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("0.0.0.0/0", True),
        ("0.0.0.0/1", True),
        ("52.0.0.0/8", True),
        ("10.0.0.0/8", False),
        ("172.16.0.0/12", False),
        ("192.168.1.0/24", False),
        ("100.64.0.0/10", False),
        ("127.0.0.1/32", False),
        ("255.255.255.255/32", False),
    ],
)
def test_public(text: str, public: bool) -> None:
    found = block(text)
    assert found is not None
    assert is_public(found) is public


def test_host_bits_are_ignored_and_nonsense_is_none() -> None:
    assert str(block("10.0.0.5/16")) == "10.0.0.0/16"
    assert block("ten") is None


def test_versions_never_meet() -> None:
    four, six = block("0.0.0.0/0"), block("::/0")
    assert four is not None
    assert six is not None
    assert not within(four, six)
    assert not overlap(four, six)
