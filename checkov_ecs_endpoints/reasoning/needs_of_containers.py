"""What the containers of a task definition need: images, logs, secrets and files.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html
"""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.catalog.companions import Companion, SeenIn, companions
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.workloads import Capacity, Container, Launch, TaskDefinition, Workload
from checkov_ecs_endpoints.reasoning.asking import Asking
from checkov_ecs_endpoints.reasoning.launches import host_interface
from checkov_ecs_endpoints.reasoning.needs import INTERNET, Need, perhaps
from checkov_ecs_endpoints.reasoning.needs_of_images import needs_of_image
from checkov_ecs_endpoints.reasoning.needs_of_logging import needs_of_logging
from checkov_ecs_endpoints.reasoning.needs_of_secrets import needs_of_credentials, needs_of_secrets
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every

_ANY_CONTAINER = (INTERNET, "ecr.api", "ecr.dkr", "s3", "logs", "secretsmanager", "ssm")
"""The services that a container may ask for before it runs."""


def needs_of_task_definition(workload: Workload, launch: Launch) -> Iterator[Need]:
    """What the task definition of a workload asks for in one launch."""
    task = workload.task_definition
    containers = task if isinstance(task, Unknown) else task.containers
    unseen = containers if isinstance(containers, Unknown) else containers.rest
    if not isinstance(containers, Unknown):
        for container in containers:
            asking = Asking.of(workload, launch, f'container "{container.name}"')
            yield from _of_container(container, asking)
            yield from _of_windows(task, container, asking)
    if unseen is not None:
        asked = workload.source.step("what its containers need is not all known", "task_definition")
        yield from perhaps(_ANY_CONTAINER, host_interface(launch), launch, asked, unseen)
    if isinstance(task, TaskDefinition):
        yield from _of_volumes(task, Asking.of(workload, launch, task.source.address))
        yield from _of_mesh(task, Asking.of(workload, launch, task.source.address))


def _of_container(container: Container, asking: Asking) -> Iterator[Need]:
    yield from needs_of_image(container, asking)
    if container.logging is not None:
        yield from needs_of_logging(container.logging, asking)
    yield from needs_of_secrets(container.secrets, container.source, asking)
    if container.registry_credentials is not None:
        yield from needs_of_credentials(container.registry_credentials, asking)
    yield from _of_files(container, asking)
    yield from _of_companions(container, asking)


def _of_files(container: Container, asking: Asking) -> Iterator[Need]:
    host, launch = asking.host, asking.launch
    regions = {file.region: file for file in reversed(container.environment_files.items)}
    for region, file in sorted(regions.items(), key=lambda item: str(item[0])):
        asked = file.source.step(f"{asking.who} reads an environment file from S3")
        yield Need("s3", host, launch, asked, region)
    if container.environment_files.rest is not None:
        asked = container.source.step(f"{asking.who} has environment files that are not all known")
        yield Need("s3", host, launch, asked, certain=container.environment_files.rest)
    if container.firelens_options.get("config-file-type") == "s3":
        asked = container.source.step(f"{asking.who} reads its FireLens configuration from S3")
        yield Need("s3", host, launch, asked)


def _of_windows(task: TaskDefinition | Unknown, container: Container, asking: Asking) -> Iterator[Need]:
    """The base layers of an image for Windows, which may be on the internet whatever its registry (facts A4).

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-vpc-endpoint-considerations
    """
    if isinstance(task, Unknown) or task.windows is False:
        return
    subject = f"whether the image of {asking.who} has foreign layers"
    foreign = Unknown(Why.OUTSIDE, subject, container.source.at("image"), "Windows images may")
    asked = container.source.step(
        f"{asking.who} runs on Windows: its base layers may come from Microsoft over the internet", "image"
    )
    certain = every([task.windows, foreign])
    yield Need(INTERNET, asking.host, asking.launch, asked, certain=certain)


def _of_companions(container: Container, asking: Asking) -> Iterator[Need]:
    """What side-cars and settings ask for, known by image and variable (facts A22, A23, A33)."""
    seen = companions(SeenIn.IMAGE, container.image.name)
    for one in seen:
        yield from _of_companion(one, container.source.step(f"{asking.who} {one.what}", "image"), asking)
    if not isinstance(container.environment, Unknown):
        for name in container.environment:
            for one in companions(SeenIn.ENVIRONMENT, name):
                asked = container.source.step(f"{asking.who} {one.what} ({name})", "environment")
                yield from _of_companion(one, asked, asking)


def _of_companion(companion: Companion, asked: Step, asking: Asking) -> Iterator[Need]:
    for service in companion.services:
        # Without the name of the container: what many have in common is one reason.
        subject = f"whether a container calls {service} that {companion.what}"
        open_ = Unknown(Why.OUTSIDE, subject, asked.location, "its settings decide")
        certain: Truth = True if companion.certain else open_
        yield asking.by_application(service, asked, certain)


def _of_volumes(task: TaskDefinition, asking: Asking) -> Iterator[Need]:
    """FSx for Windows File Server, which the agent asks for the file system and a secret (facts A26)."""
    if asking.launch.capacity is Capacity.FARGATE:
        return  # "only supported for Amazon ECS tasks on EC2", wfsx-volumes.html
    for volume in task.fsx_volumes:
        asked = volume.source.step(f"{asking.who} mounts a file system of Amazon FSx")
        yield Need("fsx", asking.host, asking.launch, asked)
        who = asking.named("the mount of an FSx file system")
        yield from needs_of_secrets(Listing((volume.credentials,)), volume.source, who)
    if task.fsx_volumes.rest is not None and task.windows is not False:
        asked = task.source.step("its volumes are not all known")
        certain = every([task.windows, task.fsx_volumes.rest])
        yield Need("fsx", asking.host, asking.launch, asked, certain=certain)


def _of_mesh(task: TaskDefinition, asking: Asking) -> Iterator[Need]:
    if task.meshed is not False:
        asked = task.source.step("the Envoy proxy of AWS App Mesh reads its settings", "meshed")
        yield asking.by_application("appmesh-envoy-management", asked, task.meshed)
