"""What holds of all that settings can say of a network from elsewhere, or of what lies behind a route."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

LISTS = ("[]", "[s3]", "[ecr.api, s3]", "[ecr.api, ecr.dkr, s3]", "[ecr.api, ecr.dkr, s3, logs]")
EGRESS = ("isolated", "nat", "firewall", "transit-gateway")
RANK = ("FAILED", "UNKNOWN", "PASSED")

Said = Callable[[str], dict[str, str]]
"""The outcomes by policy when settings say something, as YAML: ``endpoints: [s3], egress: nat``."""


def more_endpoints_only_help(said: Said, egress: str) -> None:
    """With more endpoints no outcome is worse."""
    told = [said(f"endpoints: {listed}, egress: {egress}") for listed in LISTS]
    for fewer, more in pairwise(told):
        assert fewer.keys() == more.keys()
        assert [id_ for id_ in more if RANK.index(more[id_]) < RANK.index(fewer[id_])] == []


def saying_less_only_makes_unsure(said: Said) -> None:
    """Without endpoints, or without egress, an outcome is the same or UNKNOWN."""
    without_egress = {listed: said(f"endpoints: {listed}") for listed in LISTS}
    without_endpoints = {egress: said(f"egress: {egress}") for egress in EGRESS}
    for listed in LISTS:
        for egress in EGRESS:
            told = said(f"endpoints: {listed}, egress: {egress}")
            for less in (without_egress[listed], without_endpoints[egress]):
                differing = {id_ for id_ in told.keys() & less.keys() if told[id_] != less[id_]}
                assert {less[id_] for id_ in differing} <= {"UNKNOWN"}
