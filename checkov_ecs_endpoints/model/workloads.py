"""The workloads: what makes ECS start tasks with a network, and what the tasks are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.model.base import Item, Link, Listing
from checkov_ecs_endpoints.model.permissions import Role
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
    ``source`` has lines ``subnets``, ``groups`` and ``public_ip``. ``template`` is the
    address of the launch template or configuration that describes the instances.
    """

    source: Source
    subnets: Listing[Link]
    groups: Listing[Link]
    public_ip: Truth | None
    template: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """What runs when an instance starts, as far as it is known. It may hold secrets: never print it."""

    source: Source
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class InstanceSet:
    """The container instances of EC2 or Managed Instances capacity: one group of them.

    ``max_size`` is None where the configuration leaves it out. ``start_up`` are user data
    and the metadata of ``cfn-init``, ``role`` that of their instance profile.
    """

    source: Source
    placement: Placement | Unknown
    instance_types: Listing[str] = Listing()
    max_size: int | Unknown | None = None
    start_up: tuple[Script, ...] = field(default=(), compare=False)
    role: Role | Unknown | None = None


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
    prefix of a pull-through cache rule (facts A5). ``fips`` and ``dual_stack`` mark other
    host names of private registries than the usual ones (facts A.3, A.6).
    """

    name: str
    registry: Registry | Unknown
    region: str | Unknown | None = None
    cached_from: str = ""
    fips: bool = False
    dual_stack: bool = False


SDK_REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
"""The variables that tell the AWS SDK which region to call."""


class ServiceOf(Enum):
    """What a secret or parameter is read from."""

    SECRETS_MANAGER = "secretsmanager"
    PARAMETER_STORE = "ssm"


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret that ECS reads for a container. ``region`` as for :class:`Image`.

    ``own_key`` says that a key of the customer encrypts it, as far as that is seen.
    """

    source: Source
    store: ServiceOf | Unknown
    region: str | Unknown | None = None
    own_key: bool = False


@dataclass(frozen=True, slots=True)
class EnvironmentFile:
    """A file in Amazon S3 with environment variables. ``region`` as for :class:`Image`."""

    source: Source
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

    ``environment`` may hold secrets: its values are looked at, and never printed. Of
    :data:`SDK_REGIONS` it holds None for the region of the configuration itself.
    """

    name: str
    source: Source
    image: Image
    logging: Logging | None = None
    secrets: Listing[Secret] = Listing()
    environment_files: Listing[EnvironmentFile] = Listing()
    registry_credentials: Secret | None = None
    firelens_options: Mapping[str, Value] = field(default_factory=dict)
    environment: Mapping[str, Value] | Unknown = field(default_factory=dict, repr=False)


Containers: TypeAlias = Listing[Container] | Unknown


@dataclass(frozen=True, slots=True)
class FsxVolume:
    """A volume of Amazon FSx for Windows File Server, and the secret that it is mounted with."""

    source: Source
    credentials: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDefinition(Item):
    """A task definition. ``cpu`` is in CPU units (1024 for one vCPU), None if not set.

    ``containers_ignored`` says that a pipeline deploys other containers than the file
    has (``lifecycle.ignore_changes``, design 4.2). ``meshed`` says that the proxy of AWS
    App Mesh runs in the task.
    """

    containers: Containers
    network_mode: NetworkMode | Unknown
    cpu: int | Unknown | None = None
    tags: Mapping[str, Value] | Unknown = field(default_factory=dict)
    containers_ignored: bool = False
    task_role: Role | Unknown | None = None
    execution_role: Link | None = None
    windows: Truth = False
    meshed: Truth = False
    fsx_volumes: Listing[FsxVolume] = Listing()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecSettings:
    """What a cluster does with ECS Exec.

    ``own_key``: sessions are encrypted with a key of the customer. The output goes where
    awslogs of the containers goes (``to_task_logs``), to a log group, to a bucket.
    """

    source: Source
    own_key: Truth = False
    to_task_logs: Truth = True
    to_log_group: Truth = False
    to_bucket: Truth = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceConnect:
    """Service Connect of a service: its proxy runs in every task, and may log like a container."""

    source: Source
    enabled: Truth
    logging: Logging | None = None
    secrets: Listing[Secret] = Listing()


@dataclass(frozen=True, slots=True)
class GuardDuty:
    """Runtime Monitoring that puts an agent of Amazon GuardDuty into Fargate tasks."""

    source: Source
    enabled: Truth = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload(Item):
    """What makes ECS start tasks with a network.

    ``tasks`` is the placement of the tasks' own interfaces in network mode awsvpc, None
    where the configuration gives none. ``launches`` are all the ways the tasks may be
    launched, the default strategy of the cluster resolved. ``platform_version`` is a
    Fargate version, ``LATEST`` when not set. ``task_count`` is the largest number of
    tasks (autoscaling maximum, else desired count), None if not set.
    ``task_definition_ignored`` as ``containers_ignored`` of the task definition. ``cluster`` is
    the name of the cluster, ``exec_settings`` are those of its cluster.
    """

    kind: WorkloadKind
    name: str | Unknown
    cluster: str | Unknown = ""
    launches: Listing[Launch]
    tasks: Placement | None
    task_definition: TaskDefinition | Unknown
    platform_version: str | Unknown = "LATEST"
    exec_enabled: Truth = False
    task_count: int | Unknown | None = None
    tags: Mapping[str, Value] | Unknown = field(default_factory=dict)
    task_definition_ignored: bool = False
    exec_settings: ExecSettings | Unknown | None = None
    service_connect: ServiceConnect | None = None
    guard_duty: GuardDuty | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unjudged:
    """Something that starts tasks and is seen but not judged.

    ``why`` is the reason, None where it is that this version does not follow ``what``.
    """

    source: Source
    what: str
    why: Unknown | None = None
