"""What a workload needs from its network, and which line asks for it.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.workloads import (
    Capacity,
    Container,
    Launch,
    Logging,
    NetworkMode,
    Registry,
    Secret,
    ServiceOf,
    TaskDefinition,
    Workload,
)
from checkov_ecs_endpoints.values import Truth, Unknown, Value, Why

INTERNET = ""
"""The service of a need that only the internet serves (a registry outside AWS)."""

CONTROL_PLANE = ("ecs", "ecs-agent", "ecs-telemetry")
"""What the agent of an EC2 container instance talks to (facts A17)."""

_FIRELENS_OUTPUTS = {"cloudwatch": "logs", "cloudwatch_logs": "logs", "s3": "s3"}
"""Fluent Bit's output plugins by the service they write to (facts A7)."""


class Interface(Enum):
    """Whose network interface carries the traffic (facts A.0)."""

    TASK = "the task's network interface"
    INSTANCE = "the container instance's network interface"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a workload needs to reach over HTTPS.

    ``service`` is the name of the VPC endpoint, or :data:`INTERNET`. ``region`` is None
    for the region of the network itself. ``launch`` is the launch it belongs to.
    ``certain`` is True, or the unknown that decides whether it is needed. ``layers`` marks
    the S3 traffic of image layers. ``startup`` says that tasks do not start without it.
    ``of_task_definition`` says that the task definition asks for it, which a pipeline may
    replace (design 4.2). ``first_pull_only`` is set for a pull-through cache (facts A5).
    ``doubt`` is set where AWS documents no endpoint for it, so that only a path over the
    internet is certain (facts A.2).
    """

    service: str
    interface: Interface
    launch: Launch
    asked: Step
    region: str | Unknown | None = None
    certain: Truth = True
    layers: bool = False
    startup: bool = True
    of_task_definition: bool = True
    first_pull_only: bool = False
    doubt: Unknown | None = None


def needs_of(workload: Workload) -> Listing[Need]:
    """Every need of a workload; ``rest`` is set where there may be others."""
    if isinstance(workload.task_definition, Unknown):
        mode: NetworkMode | Unknown = workload.task_definition
    else:
        mode = workload.task_definition.network_mode
    if mode is NetworkMode.NONE:
        return Listing()
    needs: list[Need] = []
    rest = workload.launches.rest
    for launch in _distinct(workload.launches):
        if launch.capacity is Capacity.EXTERNAL:
            continue
        if launch.capacity is not Capacity.FARGATE:
            needs += _control_plane(launch)
        if workload.exec_enabled is not False:
            needs.append(_exec(workload, launch, mode))
        if isinstance(workload.task_definition, Unknown):
            rest = rest or workload.task_definition
            continue
        found = _of_task_definition(workload, workload.task_definition, launch, mode)
        needs += found.items
        rest = rest or found.rest
    return Listing(tuple(_doubted(need) for need in needs), rest)


def _doubted(need: Need) -> Need:
    """On Managed Instances no endpoint is documented to be enough (facts A.2)."""
    if need.launch.capacity is not Capacity.MANAGED_INSTANCES:
        return need
    subject = "whether VPC endpoints are enough for ECS Managed Instances"
    return replace(need, doubt=Unknown(Why.UNDOCUMENTED, subject, need.launch.source.at()))


def _distinct(launches: Listing[Launch]) -> list[Launch]:
    """The launches, one of those that differ in nothing that matters (FARGATE and FARGATE_SPOT)."""
    found: list[Launch] = []
    for launch in launches:
        if not any(launch.capacity is f.capacity and launch.instances == f.instances for f in found):
            found.append(launch)
    return found


def _control_plane(launch: Launch) -> Iterator[Need]:
    asked = launch.source.step("container instances talk to the Amazon ECS control plane")
    for service in CONTROL_PLANE:
        yield Need(
            service, Interface.INSTANCE, launch, asked, certain=launch.exists, of_task_definition=False
        )


def _exec(workload: Workload, launch: Launch, mode: NetworkMode | Unknown) -> Need:
    asked = workload.source.step(
        "ECS Exec is on, which talks to Systems Manager (ssmmessages)", "exec_enabled"
    )
    certain = workload.exec_enabled
    return Need(
        "ssmmessages",
        _application(launch, mode),
        launch,
        asked,
        certain=certain,
        startup=False,
        of_task_definition=False,
    )


def _application(launch: Launch, mode: NetworkMode | Unknown) -> Interface:
    awsvpc = launch.capacity is Capacity.FARGATE or mode is NetworkMode.AWSVPC
    return Interface.TASK if awsvpc else Interface.INSTANCE


def _of_task_definition(
    workload: Workload, task: TaskDefinition, launch: Launch, mode: NetworkMode | Unknown
) -> Listing[Need]:
    if isinstance(task.containers, Unknown):
        return Listing((), task.containers)
    platform = launch.capacity is Capacity.FARGATE
    interface = Interface.TASK if platform else Interface.INSTANCE
    application = _application(launch, mode)
    old = platform and _is_before_1_4(workload.platform_version)
    rest = task.containers.rest
    needs: list[Need] = []
    for container in task.containers:
        needs += _of_image(container, launch, interface, old)
        needs += _of_logging(container, launch, interface, application)
        if old is not True:
            needs += _of_secrets(container, launch, interface, old)
            rest = rest or container.secrets.rest
        needs += _of_environment_files(container, launch, interface)
        rest = rest or container.environment_files.rest
    return Listing(tuple(needs), rest)


def _is_before_1_4(version: str | Unknown) -> Truth:
    """Whether a Fargate Linux platform version is older than 1.4.0 (facts A2, A.0)."""
    if isinstance(version, Unknown):
        return version
    numbers = version.split(".")
    if not all(number.isdigit() for number in numbers):
        return False
    return [int(number) for number in numbers] < [1, 4]


def _of_image(container: Container, launch: Launch, interface: Interface, old: Truth) -> Iterator[Need]:
    image = container.image
    place = container.source
    if isinstance(image.registry, Unknown):
        asked = place.step(
            f'container "{container.name}" pulls {image.name}, from a registry that is not known', "image"
        )
        yield Need(INTERNET, interface, launch, asked, certain=image.registry)
        for service in ("ecr.api", "ecr.dkr", "s3"):
            yield Need(service, interface, launch, asked, None, image.registry, layers=service == "s3")
        return
    asked = place.step(
        f'container "{container.name}" pulls {image.name} from {image.registry.value}', "image"
    )
    if image.registry is not Registry.PRIVATE_ECR:
        yield Need(INTERNET, interface, launch, asked)
        return
    cached = bool(image.cached_from)
    login: Truth = old if isinstance(old, Unknown) else not old
    if login is not False:
        yield Need("ecr.api", interface, launch, asked, image.region, login, first_pull_only=cached)
    yield Need("ecr.dkr", interface, launch, asked, image.region, first_pull_only=cached)
    yield Need("s3", interface, launch, asked, image.region, layers=True, first_pull_only=cached)


def _of_logging(
    container: Container, launch: Launch, interface: Interface, application: Interface
) -> Iterator[Need]:
    logging = container.logging
    if logging is None:
        return
    if isinstance(logging.driver, Unknown):
        asked = logging.source.step(
            f'container "{container.name}" has a log driver that is not known', "driver"
        )
        yield Need("logs", interface, launch, asked, certain=logging.driver)
    elif logging.driver == "awslogs":
        asked = logging.source.step(
            f'container "{container.name}" logs with awslogs to CloudWatch Logs', "driver"
        )
        yield Need("logs", interface, launch, asked, _region(logging, "awslogs-region"))
    elif logging.driver == "awsfirelens":
        output = logging.options.get("Name")
        asked = logging.source.step(
            f'container "{container.name}" logs through FireLens ({output})', "driver"
        )
        if isinstance(output, str) and output in _FIRELENS_OUTPUTS:
            region = _region(logging, "region")
            yield Need(_FIRELENS_OUTPUTS[output], application, launch, asked, region, startup=False)
        elif output is not None and not isinstance(output, str):
            unknown = Unknown(Why.AFTER_APPLY, "the output of FireLens", logging.source.at("driver"))
            yield Need("logs", application, launch, asked, certain=unknown, startup=False)


def _region(logging: Logging, option: str) -> str | Unknown | None:
    """The region an option names; a value that is not known may be the network's own."""
    value: Value = logging.options.get(option)
    if value is None or isinstance(value, str):
        return value
    return Unknown(Why.AFTER_APPLY, f"the region of {option}", logging.source.at("driver"))


def _of_secrets(container: Container, launch: Launch, interface: Interface, old: Truth) -> Iterator[Need]:
    certain: Truth = old if isinstance(old, Unknown) else True
    seen: set[tuple[ServiceOf | Unknown, str | Unknown | None]] = set()
    for secret in container.secrets:
        if (secret.store, secret.region) in seen:
            continue
        seen.add((secret.store, secret.region))
        yield from _of_secret(container, secret, launch, interface, certain)
    if container.registry_credentials is not None:
        asked = container.registry_credentials.step(
            f'container "{container.name}" reads its registry credentials from Secrets Manager'
        )
        yield Need("secretsmanager", interface, launch, asked, certain=certain)


def _of_secret(
    container: Container, secret: Secret, launch: Launch, interface: Interface, certain: Truth
) -> Iterator[Need]:
    if isinstance(secret.store, Unknown):
        asked = secret.source.step(
            f'container "{container.name}" reads a secret from a place that is not known'
        )
        for store in ServiceOf:
            yield Need(store.value, interface, launch, asked, certain=secret.store)
        return
    asked = secret.source.step(
        f'container "{container.name}" reads a secret from {_store_name(secret.store)}'
    )
    yield Need(secret.store.value, interface, launch, asked, secret.region, certain)


def _store_name(store: ServiceOf) -> str:
    return "Secrets Manager" if store is ServiceOf.SECRETS_MANAGER else "Systems Manager Parameter Store"


def _of_environment_files(container: Container, launch: Launch, interface: Interface) -> Iterator[Need]:
    for source in container.environment_files.items[:1]:
        asked = source.step(f'container "{container.name}" reads an environment file from S3')
        yield Need("s3", interface, launch, asked)
