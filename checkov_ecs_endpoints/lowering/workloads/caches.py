"""Pull-through cache rules of Amazon ECR, and which images are pulled through one.

The first pull of an image through a cache rule needs a path to the internet:
https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-vpc-endpoint-considerations.
The prefix ``ROOT`` applies to every repository that no other rule matches:
https://docs.aws.amazon.com/AmazonECR/latest/userguide/pull-through-cache-creating-rule.html.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.origins import origin
from checkov_ecs_endpoints.lowering.pieces import HOLE, Pieces
from checkov_ecs_endpoints.values import Value, unknowns

ROOT = "ROOT"
_REPOSITORIES = ("aws_ecr_repository", "AWS::ECR::Repository")
_NAMES = ("name", "id", "repository_url", "RepositoryUri", "")


@dataclass(frozen=True, slots=True)
class Cache:
    """A pull-through cache rule: the prefix of its repositories and the registry behind it."""

    prefix: Value
    upstream: Value


def cached_from(found: Pieces, path: str, caches: tuple[Cache, ...], index: Index) -> str:
    """The upstream registry that an image in private ECR is pulled from at first, or "".

    ``path`` is the part of the image after the host. A rule whose prefix is not known
    counts for images whose repository the configuration does not declare.
    """
    repository = re.split("[:@]", path, maxsplit=1)[0]
    declared = _is_declared(found, repository, index)
    for cache in caches:
        if _is_plain(cache) and _under(repository, str(cache.prefix), declared):
            return _shown(cache)
    rest = (cache for cache in caches if not _is_plain(cache) and not declared)
    return next(map(_shown, rest), "")


def _is_plain(cache: Cache) -> bool:
    return isinstance(cache.prefix, str) and cache.prefix != ROOT


def _under(repository: str, prefix: str, declared: bool) -> bool:
    known = re.split(HOLE, repository, maxsplit=1)[0]
    if f"{known}/".startswith(f"{prefix}/") and (known == repository or known.startswith(f"{prefix}/")):
        return True
    # What a hole stands for may complete the prefix, unless it is a repository of our own.
    return known != repository and not declared and f"{prefix}/".startswith(known)


def _is_declared(found: Pieces, repository: str, index: Index) -> bool:
    if re.search(HOLE, repository):
        sources = (origin(hole, index) for hole in found.holes if _stands_in(hole, found, repository))
        return any(
            source is not None and source.type in _REPOSITORIES and source.attribute in _NAMES
            for source in sources
        )
    return any(
        repository in (resource.attributes.get("name"), resource.attributes.get("RepositoryName"))
        for kind in _REPOSITORIES
        for resource in index.of_type(kind)
    )


def _stands_in(hole: object, found: Pieces, repository: str) -> bool:
    return any(found.hole(character) == hole for character in repository)


def _shown(cache: Cache) -> str:
    for value in (cache.upstream, cache.prefix):
        if isinstance(value, str):
            return value
    inner = next(unknowns(cache.prefix), None)
    return f"${{{inner.subject}}}" if inner else str(cache.prefix)
