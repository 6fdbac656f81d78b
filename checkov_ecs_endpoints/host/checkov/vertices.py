"""Reading Checkov's graph: its vertices, and which of our resources they stand for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, SupportsIndex, TypeAlias

from checkov.common.graph.graph_builder import CustomAttributes
from checkov.common.graph.graph_builder.consts import GraphSource
from checkov.common.util.consts import START_LINE
from networkx import DiGraph  # type: ignore[import-untyped]

from checkov_ecs_endpoints.host.checkov.request import resolved

if TYPE_CHECKING:
    from checkov.common.typing import LibraryGraph

Vertex: TypeAlias = dict[str, Any]
Block: TypeAlias = tuple[str, str]
"""File and name of a block, without indexes: what all instances of a resource share."""

_DEEP_ANALYSIS = ""
"""The source of vertices in the graph that ``--deep-analysis`` makes of a plan and its files."""

_LANGUAGES = (GraphSource.TERRAFORM.value, GraphSource.CLOUDFORMATION.value, _DEEP_ANALYSIS)
_HCL_START_LINE = "__start_line__"
_KEY = r"\[(?:\"(?:[^\"\\]|\\.)*\"|[^\]\"]*)\]"
_INDEX = re.compile(_KEY)
_PIECE = re.compile(rf"(?:{_KEY}|[^.])+")


def vertices_of(graph: LibraryGraph) -> list[Vertex]:
    """The vertices of a graph of Terraform or CloudFormation; none of any other graph.

    Checkov has rustworkx graphs, or networkx graphs if ``CHECKOV_GRAPH_FRAMEWORK`` says so.
    """
    nodes = graph.nodes(data=True) if isinstance(graph, DiGraph) else graph.nodes()
    return [vertex for _, vertex in nodes if vertex.get(CustomAttributes.SOURCE) in _LANGUAGES]


def is_terraform(vertex: Vertex) -> bool:
    """Whether a vertex is one of Terraform, of its files or of a plan."""
    return vertex.get(CustomAttributes.SOURCE) != GraphSource.CLOUDFORMATION.value


def is_plan(vertex: Vertex) -> bool:
    """Whether a vertex comes from a plan: to Checkov it is Terraform like any other."""
    file = str(vertex[CustomAttributes.FILE_PATH])
    return is_terraform(vertex) and file.endswith(".json") and not file.endswith(".tf.json")


def is_module_call(vertex: Vertex) -> bool:
    """Whether a vertex is a module call of Terraform."""
    return vertex.get(CustomAttributes.BLOCK_TYPE) == "module"


def file_of(vertex: Vertex) -> str:
    """The file of a vertex, as locations have it."""
    return resolved(vertex[CustomAttributes.FILE_PATH])


def line_of(vertex: Vertex) -> int:
    """The first line of a vertex, 0 where Checkov does not say."""
    return int(vertex.get(_HCL_START_LINE) or vertex.get(START_LINE) or 0)


def address_of(vertex: Vertex) -> str:
    """What Checkov prints as the resource of a record about a vertex."""
    return str(vertex.get(CustomAttributes.TF_RESOURCE_ADDRESS) or vertex[CustomAttributes.ID])


def block_of(vertex: Vertex) -> Block:
    """The block that a vertex is an instance of."""
    return file_of(vertex), unindexed(str(vertex[CustomAttributes.BLOCK_NAME]))


def block_at(file: str, address: str) -> Block:
    """The block of a resource by its address: ``module.a["x"].aws_ecs_service.b[0]`` is one of ``b``."""
    names = unindexed(address)
    return file, names if "::" in names else ".".join(names.split(".")[-2:])


@lru_cache(maxsize=8192)
def unindexed(address: str) -> str:
    """An address without the keys of ``count`` and ``for_each``."""
    return _INDEX.sub("", address)


def root_of(vertex: Vertex) -> str:
    """The root that a vertex was read from: directory of its outermost calling file, plan or template."""
    path = vertex[CustomAttributes.FILE_PATH]
    if is_plan(vertex):
        return resolved(path)
    module = vertex.get(CustomAttributes.SOURCE_MODULE_OBJECT)
    while module is not None:
        is_plain = isinstance(module, dict)
        path = module["path"] if is_plain else module.path
        module = module["nested_tf_module"] if is_plain else module.nested_tf_module
    file = resolved(path)
    return _parent(file) if is_terraform(vertex) else file


def directories_of(vertex: Vertex) -> set[str]:
    """Where the file of a vertex lies, and its root."""
    root = root_of(vertex)
    is_directory = is_terraform(vertex) and not is_plan(vertex)
    return {_parent(file_of(vertex)), root if is_directory else _parent(root)}


def _parent(path: str) -> str:
    return path.rpartition("/")[0]


class _BlockName(str):
    """The name of a block, which Checkov takes apart at its dots to find where it is written.

    Of ``aws_vpc_endpoint.this["ecr.api"]`` it finds nothing that way, and drops the record
    without a word: so dots inside a key are none.
    """

    __slots__ = ()

    def split(self, sep: str | None = None, maxsplit: SupportsIndex = -1) -> list[str]:
        return _PIECE.findall(self) if sep == "." else super().split(sep, maxsplit)


def copy_of(vertex: Vertex, address: str) -> Vertex:
    """A copy that Checkov prints under ``address``; vertices themselves are never changed."""
    copy = dict(vertex)
    if is_terraform(vertex):
        copy[CustomAttributes.BLOCK_NAME] = _BlockName(vertex[CustomAttributes.BLOCK_NAME])
    if address_of(vertex) != address:
        copy[CustomAttributes.TF_RESOURCE_ADDRESS] = address
        copy[CustomAttributes.ID] = address
    return copy
