"""Images of containers: which registry they are pulled from, as far as their text says.

Hosts of private registries:
https://docs.aws.amazon.com/general/latest/gr/ecr.html and
https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html.
Hosts of the public registry:
https://docs.aws.amazon.com/AmazonECR/latest/public/public-registries.html.
An image without a registry host is pulled from Docker Hub, and the first part of a name
is a host if it has a dot or a colon or is ``localhost``; names are in lower case:
https://pkg.go.dev/github.com/distribution/reference. What can be no name
(``IMAGE_PLACEHOLDER``, ``<IMAGE1_NAME>``) is replaced before it is deployed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.origins import origin
from checkov_ecs_endpoints.lowering.pieces import HOLE, Pieces, pieces
from checkov_ecs_endpoints.lowering.reading import unclear
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.lowering.workloads.caches import Cache, cached_from
from checkov_ecs_endpoints.model.workloads import Image, Registry
from checkov_ecs_endpoints.values import Location, Reference, Text, Unknown, Value, Why

_DOMAINS = (
    r"amazonaws\.com(?:\.cn)?|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|csp\.hci\.ic\.gov|cloud\.adc-e\.uk"
)
_PRIVATE_HOST = re.compile(
    rf"""(?:[0-9]|{HOLE})+\.
        (?:dkr\.ecr(?P<fips>-fips)?\.(?P<region>(?:[a-z0-9-]|{HOLE})+)\.(?:{_DOMAINS}|[a-z.]*{HOLE}[a-z.]*)
        |dkr-ecr(?P<dual_fips>-fips)?\.(?P<dual>(?:[a-z0-9-]|{HOLE})+)\.on\.aws
        )(?:/(?P<path>.*))?""",
    re.VERBOSE | re.DOTALL,
)
_PRIVATE_START = re.compile(rf"(?:[0-9]|{HOLE})+\.(?:dkr\.ecr|dkr-ecr)(?:-fips)?\.")
_PUBLIC_HOSTS = ("public.ecr.aws", "ecr-public.aws.com")
_NAME = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_REFERENCE = re.compile(
    rf"{_NAME}(?:/{_NAME})*(?::\w[\w.-]{{0,127}})?(?:@[A-Za-z][\w.+-]*:[0-9a-fA-F]{{32,}})?", re.ASCII
)
_MAY_BECOME_PRIVATE = re.compile(r"[0-9]+(?:\.[a-z0-9.-]*)?")
_REPOSITORIES = {
    "aws_ecr_repository": Registry.PRIVATE_ECR,
    "aws_ecr_image": Registry.PRIVATE_ECR,
    "AWS::ECR::Repository": Registry.PRIVATE_ECR,
    "aws_ecrpublic_repository": Registry.PUBLIC_ECR,
    "AWS::ECR::PublicRepository": Registry.PUBLIC_ECR,
}
_ADDRESSES = ("repository_url", "repository_uri", "image_uri", "RepositoryUri")


@dataclass(frozen=True, slots=True)
class Images:
    """Reads images as seen from one task definition.

    ``region`` is that of the task definition, ``caches`` the pull-through cache rules of
    the configuration.
    """

    index: Index
    region: Region
    caches: tuple[Cache, ...] = ()

    def read(self, value: Value, place: Location | None = None) -> Image:
        """The image that a value names; its registry is unknown where the text leaves it open."""
        if not isinstance(value, (str, Reference, Text, Unknown)):
            reason = unclear(value, "an image", place)
            if value is None:
                reason = Unknown(Why.NO_VALUE, "the image of a container", place)
            return Image(f"${{{reason.subject}}}", reason)
        name = _shown(value)
        found = pieces(value)
        of_repository = self._of_repository(name, found)
        if of_repository is not None:
            return of_repository
        host = _PRIVATE_HOST.fullmatch(found.pattern)
        if host is not None:
            region = self.region.seen(found.value(host["region"] or host["dual"]))
            cache = cached_from(found, host["path"] or "", self.caches, self.index)
            fips = bool(host["fips"] or host["dual_fips"])
            return Image(name, Registry.PRIVATE_ECR, region, cache, fips, host["dual"] is not None)
        if _PRIVATE_START.match(found.pattern):
            return Image(name, Registry.PRIVATE_ECR, unclear(value, "the region of an image", place))
        return Image(name, _by_known_start(found, value, place))

    def _of_repository(self, name: str, found: Pieces) -> Image | None:
        """An image whose text begins with the address of a repository of the configuration."""
        first = found.hole(found.pattern[:1])
        source = origin(first, self.index)
        if source is None or source.type not in _REPOSITORIES or source.attribute not in _ADDRESSES:
            return None
        registry = _REPOSITORIES[source.type]
        if registry is Registry.PUBLIC_ECR:
            return Image(name, registry)
        region = None if source.resource is None else self.region.holding(source.resource)
        path = found.pattern[:1]
        if source.resource is not None:
            repository = source.resource.attributes.get(
                "name", source.resource.attributes.get("RepositoryName")
            )
            path = repository if isinstance(repository, str) else path
        return Image(name, registry, region, cached_from(found, path, self.caches, self.index))


def _by_known_start(found: Pieces, value: Value, place: Location | None) -> Registry | Unknown:
    known = re.split(HOLE, found.pattern, maxsplit=1)[0]
    whole = known == found.pattern
    first, slash, _ = known.partition("/")
    if slash or whole:
        is_host = bool(slash) and (first == "localhost" or "." in first or ":" in first)
        if whole and not _REFERENCE.fullmatch(known[len(first) + 1 :] if is_host else known):
            note = "no image can be called so"
            return Unknown(Why.OUTSIDE, f'the image that takes the place of "{known}"', place, note)
        return Registry.PUBLIC_ECR if is_host and first in _PUBLIC_HOSTS else Registry.OTHER
    open_end = _MAY_BECOME_PRIVATE.fullmatch(known) or any(host.startswith(known) for host in _PUBLIC_HOSTS)
    # Nothing that follows such a start can make an AWS registry of it: "nginx:${var.tag}".
    return unclear(value, "an image", place) if open_end else Registry.OTHER


def _shown(value: str | Reference | Text | Unknown) -> str:
    if isinstance(value, Unknown):
        return f"${{{value.subject}}}"
    return f"${{{value}}}" if isinstance(value, Reference) else str(value)
