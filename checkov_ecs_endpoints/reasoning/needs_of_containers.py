"""What the containers of a task definition need: images, logs, secrets and files.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.model.workloads import (
    Capacity,
    Container,
    Launch,
    Logging,
    Registry,
    Secret,
    ServiceOf,
    Workload,
)
from checkov_ecs_endpoints.reasoning.launches import Interface, application_interface, host_interface
from checkov_ecs_endpoints.reasoning.needs import CONTROL_PLANE, INTERNET, Need, perhaps
from checkov_ecs_endpoints.values import Text, Truth, Unknown, Value, Why, every, first_unknown

_IMAGES = (INTERNET, "ecr.api", "ecr.dkr", "s3")
_FIRELENS_OUTPUTS = {"cloudwatch": "logs", "cloudwatch_logs": "logs", "s3": "s3"}
"""Fluent Bit's output plugins by the service they write to (facts A7)."""

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


@dataclass(frozen=True, slots=True)
class _Asking:
    """A container in one launch: whose interfaces its traffic leaves by."""

    container: Container
    launch: Launch
    host: Interface
    application: Interface | Unknown
    before_1_4: Truth

    @property
    def name(self) -> str:
        return f'container "{self.container.name}"'


def needs_of_task_definition(workload: Workload, launch: Launch) -> Iterator[Need]:
    """What the task definition of a workload asks for in one launch."""
    host = host_interface(launch)
    task = workload.task_definition
    containers = task if isinstance(task, Unknown) else task.containers
    unseen = containers if isinstance(containers, Unknown) else containers.rest
    if not isinstance(containers, Unknown):
        application = application_interface(workload, launch)
        old = launch.capacity is Capacity.FARGATE and _is_before_1_4(workload)
        for container in containers:
            yield from _of_container(_Asking(container, launch, host, application, old))
    if unseen is not None:
        asked = workload.source.step("what its containers need is not all known", "task_definition")
        yield from perhaps(_of_any_container(), host, launch, asked, unseen)


def _of_any_container() -> list[str]:
    """The services that a container may ask for before it runs."""
    return [
        INTERNET,
        *(name for name in services() if name not in (*CONTROL_PLANE, "ssmmessages", "dynamodb")),
    ]


def _is_before_1_4(workload: Workload) -> Truth:
    """Whether a Fargate Linux platform version is older than 1.4.0 (facts A2, A.0)."""
    version = workload.platform_version
    if isinstance(version, Unknown):
        return version
    if version == "1.0.0":
        # Linux had one too, long retired: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-windows-fargate.html
        subject = f"whether platform version {version} is that of Windows"
        return Unknown(Why.NOT_MODELLED, subject, workload.source.at("platform_version"))
    numbers = version.split(".")
    if not all(number.isdigit() for number in numbers):
        return False
    return [int(number) for number in numbers] < [1, 4]


def _of_container(asking: _Asking) -> Iterator[Need]:
    yield from _of_image(asking)
    yield from _of_logging(asking)
    if asking.before_1_4 is not True:
        yield from _of_secrets(asking)
    yield from _of_files(asking)


def _of_image(asking: _Asking) -> Iterator[Need]:
    image, launch, host = asking.container.image, asking.launch, asking.host
    pulls = f"{asking.name} pulls {image.name}"
    place = asking.container.source
    if isinstance(image.registry, Unknown):
        asked = place.step(f"{pulls}, from a registry that is not known", "image")
        yield from perhaps(_IMAGES, host, launch, asked, image.registry)
        return
    asked = place.step(f"{pulls} from {image.registry.value}", "image")
    if image.registry is not Registry.PRIVATE_ECR:
        yield Need(INTERNET, host, launch, asked, doubt=_perhaps_private(asking))
        return
    cached = bool(image.cached_from)
    old = asking.before_1_4
    if old is not True:
        login: Truth = old if isinstance(old, Unknown) else True
        yield Need("ecr.api", host, launch, asked, image.region, login, first_pull_only=cached)
    yield Need("ecr.dkr", host, launch, asked, image.region, first_pull_only=cached)
    yield Need("s3", host, launch, asked, image.region, layers=True, first_pull_only=cached)


def _perhaps_private(asking: _Asking) -> Unknown | None:
    """Why an image may come from inside the network: its host is not one of the public registries.

    A name without a host is pulled from Docker Hub: https://pkg.go.dev/github.com/distribution/reference.
    """
    image = asking.container.image
    host, slash, _ = image.name.partition("/")
    is_host = slash and ("." in host or ":" in host or host == "localhost")
    if image.registry is Registry.PUBLIC_ECR or not is_host or host in _PUBLIC_REGISTRIES:
        return None
    return Unknown(
        Why.NOT_MODELLED,
        f"whether the registry {host} is in the network",
        asking.container.source.at("image"),
    )


def _of_logging(asking: _Asking) -> Iterator[Need]:
    logging = asking.container.logging
    if logging is None:
        return
    if isinstance(logging.driver, Unknown):
        asked = logging.source.step(f"{asking.name} has a log driver that is not known", "driver")
        region = _region(logging, "awslogs-region")
        yield Need("logs", asking.host, asking.launch, asked, region, logging.driver)
    elif logging.driver == "awslogs":
        asked = logging.source.step(f"{asking.name} logs with awslogs to CloudWatch Logs", "driver")
        yield Need("logs", asking.host, asking.launch, asked, _region(logging, "awslogs-region"))
    elif logging.driver == "awsfirelens":
        yield from _of_firelens(asking, logging)


def _of_firelens(asking: _Asking, logging: Logging) -> Iterator[Need]:
    output = logging.options.get("Name")
    if output is None:
        return
    unclear = None if isinstance(output, str) else _why(output, "the output of FireLens", logging)
    service = _FIRELENS_OUTPUTS.get(output) if isinstance(output, str) else "logs"
    if service is None:
        return
    mode: Truth = asking.application if isinstance(asking.application, Unknown) else True
    yield Need(
        service,
        asking.host if isinstance(asking.application, Unknown) else asking.application,
        asking.launch,
        logging.source.step(f"{asking.name} logs through FireLens ({output})", "driver"),
        _region(logging, "region"),
        every([unclear or True, mode]),
        startup=False,
    )


def _region(logging: Logging, option: str) -> str | Unknown | None:
    """The region an option names; a value that is not known may be the network's own."""
    value: Value = logging.options.get(option)
    if value is None or isinstance(value, str):
        return value
    return _why(value, f"the region of {option}", logging)


def _why(value: Value, subject: str, logging: Logging) -> Unknown:
    """Why the text of an option is not known."""
    unknown = first_unknown(value) if isinstance(value, (Unknown, Text)) else None
    return unknown or Unknown(Why.AFTER_APPLY, subject, logging.source.at("driver"))


def _of_secrets(asking: _Asking) -> Iterator[Need]:
    container, launch, host = asking.container, asking.launch, asking.host
    old = asking.before_1_4
    certain: Truth = old if isinstance(old, Unknown) else True
    seen: set[tuple[ServiceOf | Unknown, str | Unknown | None]] = set()
    for secret in container.secrets:
        if (secret.store, secret.region) not in seen:
            seen.add((secret.store, secret.region))
            yield from _of_secret(asking, secret, certain)
    if container.registry_credentials is not None:
        asked = container.registry_credentials.step(
            f"{asking.name} reads its registry credentials from Secrets Manager"
        )
        yield Need("secretsmanager", host, launch, asked, certain=certain)
    if container.secrets.rest is not None:
        asked = container.source.step(f"{asking.name} has secrets that are not all known", "secrets")
        yield from perhaps((store.value for store in ServiceOf), host, launch, asked, container.secrets.rest)


def _of_secret(asking: _Asking, secret: Secret, certain: Truth) -> Iterator[Need]:
    if isinstance(secret.store, Unknown):
        asked = secret.source.step(f"{asking.name} reads a secret from a place that is not known")
        stores = (store.value for store in ServiceOf)
        yield from perhaps(stores, asking.host, asking.launch, asked, secret.store)
        return
    manager = secret.store is ServiceOf.SECRETS_MANAGER
    store = "Secrets Manager" if manager else "Systems Manager Parameter Store"
    asked = secret.source.step(f"{asking.name} reads a secret from {store}")
    yield Need(secret.store.value, asking.host, asking.launch, asked, secret.region, certain)


def _of_files(asking: _Asking) -> Iterator[Need]:
    container = asking.container
    for source in container.environment_files.items[:1]:
        asked = source.step(f"{asking.name} reads an environment file from S3")
        yield Need("s3", asking.host, asking.launch, asked)
    if container.environment_files.rest is not None:
        asked = container.source.step(f"{asking.name} has environment files that are not all known")
        yield Need("s3", asking.host, asking.launch, asked, certain=container.environment_files.rest)
    if container.firelens_options.get("config-file-type") == "s3":
        asked = container.source.step(f"{asking.name} reads its FireLens configuration from S3")
        yield Need("s3", asking.host, asking.launch, asked)
