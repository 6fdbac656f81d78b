"""Placing what we know of resources on the vertices that Checkov has of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checkov_ecs_endpoints.host.checkov.opinions import Opinion
from checkov_ecs_endpoints.host.checkov.vertices import (
    Block,
    Vertex,
    address_of,
    block_at,
    block_of,
    file_of,
    line_of,
    root_of,
    unindexed,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """An opinion, and the vertex that its record is made of."""

    opinion: Opinion
    vertex: Vertex

    @property
    def printed(self) -> tuple[str, str]:
        """File and resource, as Checkov prints them: all that tells two records apart."""
        return file_of(self.vertex), self.opinion.resource.address


class Atlas:
    """The vertices of a graph, to be found by where their block is written."""

    def __init__(self, resources: Iterable[Vertex], calls: Iterable[Vertex]) -> None:
        self._resources: dict[Block, list[Vertex]] = defaultdict(list)
        for vertex in resources:
            self._resources[block_of(vertex)].append(vertex)
        self._calls: dict[tuple[str, int], list[Vertex]] = defaultdict(list)
        for vertex in calls:
            self._calls[file_of(vertex), line_of(vertex)].append(vertex)

    def place(self, opinions: Iterable[Opinion]) -> list[Placed]:
        """Every opinion on the vertex of its resource, else on its innermost module call with one."""
        found = [(opinion, self._vertex(opinion)) for opinion in opinions]
        return [Placed(opinion, vertex) for opinion, vertex in found if vertex is not None]

    def _vertex(self, opinion: Opinion) -> Vertex | None:
        resource = opinion.resource
        vertices = self._resources.get(block_at(opinion.file, resource.address))
        if vertices:
            return nearest(opinion, vertices)
        for call in reversed(resource.calls):
            vertices = self._calls.get((call.path, call.line))
            if vertices:
                return nearest(opinion, vertices)
        return None


def nearest(opinion: Opinion, vertices: Sequence[Vertex]) -> Vertex:
    """The vertex of a block that fits best: by root, then by address, then by address without indexes.

    Checkov's own instances are names only: what it bound to their keys is not looked at.
    """
    return min(vertices, key=lambda vertex: (_distance(opinion, vertex), address_of(vertex)))


def about(vertex: Vertex, opinions: Sequence[Opinion]) -> list[Opinion]:
    """The opinions about the instances that one vertex stands for, and those that print alike."""
    block = block_of(vertex)
    same = [opinion for opinion in opinions if block_at(opinion.file, opinion.resource.address) == block]
    least = min((_distance(opinion, vertex) for opinion in same), default=None)
    own = {opinion.resource.address for opinion in same if _distance(opinion, vertex) == least}
    return [opinion for opinion in same if opinion.resource.address in own]


def _distance(opinion: Opinion, vertex: Vertex) -> tuple[bool, bool, bool]:
    ours, theirs = opinion.resource.address, address_of(vertex)
    return (
        root_of(vertex) != opinion.root,
        ours != theirs,
        unindexed(ours) != unindexed(theirs),
    )
