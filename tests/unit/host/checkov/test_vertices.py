"""Copies of Checkov's vertices: what it makes of their names."""

from __future__ import annotations

import pickle

import pytest
from checkov.common.graph.graph_builder import CustomAttributes

from checkov_ecs_endpoints.host.checkov.vertices import copy_of


@pytest.mark.parametrize(
    ("name", "pieces"),
    [
        ("aws_vpc_endpoint.s3", ["aws_vpc_endpoint", "s3"]),
        ("aws_vpc_endpoint.this[0]", ["aws_vpc_endpoint", "this[0]"]),
        ('aws_vpc_endpoint.this["ecr.api"]', ["aws_vpc_endpoint", 'this["ecr.api"]']),
        ('aws_vpc_endpoint.this["a].b"]', ["aws_vpc_endpoint", 'this["a].b"]']),
        (r'aws_vpc_endpoint.this["a\".b"]', ["aws_vpc_endpoint", r'this["a\".b"]']),
    ],
)
def test_dots_in_a_key_are_no_end_of_a_name(name: str, pieces: list[str]) -> None:
    """Else Checkov finds no place for the record and drops it."""
    vertex = {CustomAttributes.BLOCK_NAME: name, CustomAttributes.ID: name}
    copied = pickle.loads(pickle.dumps(copy_of(vertex, name)))
    assert copied == vertex
    assert copied[CustomAttributes.BLOCK_NAME].split(".") == pieces
    assert copied[CustomAttributes.BLOCK_NAME].split("_") == name.split("_")
