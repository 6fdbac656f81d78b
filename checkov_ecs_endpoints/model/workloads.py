"""The workloads: what makes ECS start tasks with a network, and what the tasks are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.model.base import Item, Link, Listing
from checkov_ecs_endpoints.values import Truth, Unknown, Value


class WorkloadKind(Enum):
    """What starts the tasks."""

    SERVICE = "service"
    TASK_SET = "task set"
    EVENT_RULE = "EventBridge rule"
    SCHEDULE = "schedule"


class Capacity(Enum):
    """Where the tasks run."""

    FARGATE = "Fargate"
    EC2 = "EC2"
    MANAGED_INSTANCES = "Managed Instances"
    EXTERNAL = "External"


class NetworkMode(Enum):
    """The network mode of a task definition."""

    AWSVPC = "awsvpc"
    BRIDGE = "bridge"
    HOST = "host"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Network interfaces: the subnets they may be in, their groups, public addresses.

    ``groups`` is empty when none is given: then the default group of the subnet's VPC
    applies. ``public_ip`` is None where the subnet decides (``public_ip_on_launch``).
    ``source`` has lines ``subnets``, ``groups`` and ``public_ip``.
    """

    source: Source
    subnets: Listing[Link]
    groups: Listing[Link]
    public_ip: Truth | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceSet:
    """The container instances of EC2 or Managed Instances capacity: one group of them.

    ``instance_types`` and ``max_size`` are None where the configuration leaves them out.
    """

    source: Source
    placement: Placement | Unknown
    instance_types: Listing[str] = Listing()
    max_size: int | Unknown | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """One way in which the tasks of a workload are launched.

    ``instances`` are the groups of container instances (EC2, Managed Instances).
    """

    capacity: Capacity
    source: Source
    instances: Listing[InstanceSet] = Listing()
    exists: Truth = True


class Registry(Enum):
    """Where an image is pulled from."""

    PRIVATE_ECR = "private Amazon ECR"
    PUBLIC_ECR = "Amazon ECR Public"
    OTHER = "a registry outside AWS"


@dataclass(frozen=True, slots=True)
class Image:
    """An image of a container. ``name`` is its text as far as known, for people.

    ``region`` is that of a private ECR registry: a name; None for the region of the
    configuration itself; or unknown. ``cached_from`` is set when the path lies under the
    prefix of a pull-through cache rule (facts A5).
    """

    name: str
    registry: Registry | Unknown
    region: str | Unknown | None = None
    cached_from: str = ""


class ServiceOf(Enum):
    """What a secret or parameter is read from."""

    SECRETS_MANAGER = "secretsmanager"
    PARAMETER_STORE = "ssm"


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret that ECS reads for a container. ``region`` as for :class:`Image`."""

    source: Source
    store: ServiceOf | Unknown
    region: str | Unknown | None = None


@dataclass(frozen=True, slots=True)
class Logging:
    """The log configuration of a container; ``driver`` "" means the default of Docker.

    ``options`` hold values as the configuration has them (``awslogs-region`` ...).
    """

    source: Source
    driver: str | Unknown
    options: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Container:
    """A container of a task definition.

    ``environment`` may hold secrets: its values are looked at, and never printed.
    """

    name: str
    source: Source
    image: Image
    logging: Logging | None = None
    secrets: Listing[Secret] = Listing()
    environment_files: Listing[Source] = Listing()
    registry_credentials: Source | None = None
    firelens_options: Mapping[str, Value] = field(default_factory=dict)
    environment: Mapping[str, Value] | Unknown = field(default_factory=dict, repr=False)


Containers: TypeAlias = Listing[Container] | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDefinition(Item):
    """A task definition. ``cpu`` is in CPU units (1024 for one vCPU), None if not set.

    ``containers_ignored`` says that a pipeline deploys other containers than the file
    has (``lifecycle.ignore_changes``, design 4.2).
    """

    containers: Containers
    network_mode: NetworkMode | Unknown
    cpu: int | Unknown | None = None
    tags: Mapping[str, Value] | Unknown = field(default_factory=dict)
    containers_ignored: bool = False
    task_role: Link | None = None
    execution_role: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload(Item):
    """What makes ECS start tasks with a network.

    ``tasks`` is the placement of the tasks' own interfaces in network mode awsvpc, None
    where the configuration gives none. ``launches`` are all the ways the tasks may be
    launched, the default strategy of the cluster resolved. ``platform_version`` is a
    Fargate version, ``LATEST`` when not set. ``task_count`` is the largest number of
    tasks (autoscaling maximum, else desired count), None if not set.
    ``task_definition_ignored`` as ``containers_ignored`` of the task definition. ``cluster`` is
    the name of the cluster.
    """

    kind: WorkloadKind
    name: str
    cluster: str | Unknown = ""
    launches: Listing[Launch]
    tasks: Placement | None
    task_definition: TaskDefinition | Unknown
    platform_version: str | Unknown = "LATEST"
    exec_enabled: Truth = False
    task_count: int | Unknown | None = None
    tags: Mapping[str, Value] | Unknown = field(default_factory=dict)
    task_definition_ignored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """Something that starts tasks and is seen but not judged.

    ``why`` is the reason, None where it is that this version does not follow ``what``.
    """

    source: Source
    what: str
    why: Unknown | None = None
