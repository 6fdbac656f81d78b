"""The reference of the policies says what the policies and the situations say."""

from __future__ import annotations

import pytest
from reference.page import COMMAND, PAGE, README, page, readme

from checkov_ecs_endpoints.policy_files import load_policies

STALE = f"out of date: {COMMAND}"


def test_the_page_is_up_to_date() -> None:
    assert page(load_policies()) == PAGE.read_text(encoding="utf-8"), f"policies/README.md is {STALE}"


def test_the_table_of_the_readme_is_up_to_date() -> None:
    text = README.read_text(encoding="utf-8")
    assert readme(text, load_policies()) == text, f"README.md is {STALE}"


def test_a_readme_without_a_place_for_the_table_is_an_error() -> None:
    with pytest.raises(ValueError, match="no place for the policies"):
        readme("# Title\n", load_policies())
