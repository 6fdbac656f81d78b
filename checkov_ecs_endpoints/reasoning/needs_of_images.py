"""What it takes to pull the image of a container (facts A1 to A5).

Source: https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
"""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.model.workloads import Container, Registry
from checkov_ecs_endpoints.reasoning.asking import Asking
from checkov_ecs_endpoints.reasoning.needs import INTERNET, Need, perhaps
from checkov_ecs_endpoints.values import Truth, Unknown, Why

_IMAGES = (INTERNET, "ecr.api", "ecr.dkr", "s3")

_PUBLIC_REGISTRIES = frozenset(
    {
        "docker.io",
        "index.docker.io",
        "registry-1.docker.io",
        "ghcr.io",
        "quay.io",
        "gcr.io",
        "k8s.gcr.io",
        "registry.k8s.io",
        "mcr.microsoft.com",
        "nvcr.io",
    }
)
"""Hosts of registries that are on the internet and nowhere else (facts A4)."""


def needs_of_image(container: Container, asking: Asking) -> Iterator[Need]:
    """What pulling the image asks for."""
    image, launch, host = container.image, asking.launch, asking.host
    pulls = f"{asking.who} pulls {image.name}"
    place = container.source
    if isinstance(image.registry, Unknown):
        asked = place.step(f"{pulls}, from a registry that is not known", "image")
        yield from perhaps(_IMAGES, host, launch, asked, image.registry)
        return
    asked = place.step(f"{pulls} from {image.registry.value}", "image")
    if image.registry is not Registry.PRIVATE_ECR:
        yield Need(INTERNET, host, launch, asked, doubt=_perhaps_private(container))
        return
    cached = bool(image.cached_from)
    old = asking.before_1_4
    if old is not True:
        login: Truth = old if isinstance(old, Unknown) else True
        yield Need("ecr.api", host, launch, asked, image.region, login, first_pull_only=cached)
    yield Need(
        "ecr.dkr",
        host,
        launch,
        asked,
        image.region,
        first_pull_only=cached,
        doubt=_over_dual_stack(container),
        fips=image.fips,
    )
    yield Need("s3", host, launch, asked, image.region, layers=True, first_pull_only=cached)


def _over_dual_stack(container: Container) -> Unknown | None:
    """Why an endpoint may not serve the image: pages of AWS contradict each other on it (facts A.6).

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-requests.html
    """
    if not container.image.dual_stack:
        return None
    subject = "whether VPC endpoints serve the dual-stack host names of Amazon ECR"
    return Unknown(Why.UNDOCUMENTED, subject, container.source.at("image"))


def _perhaps_private(container: Container) -> Unknown | None:
    """Why an image may come from inside the network: its host is not one of the public registries.

    A name without a host is pulled from Docker Hub: https://pkg.go.dev/github.com/distribution/reference.
    """
    image = container.image
    host, slash, _ = image.name.partition("/")
    is_host = slash and ("." in host or ":" in host or host == "localhost")
    if image.registry is Registry.PUBLIC_ECR or not is_host or host in _PUBLIC_REGISTRIES:
        return None
    subject = f"whether the registry {host} is in the network"
    return Unknown(Why.NOT_MODELLED, subject, container.source.at("image"))
