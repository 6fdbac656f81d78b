"""How a language spells workloads: the types of its resources and their attributes.

Terraform and CloudFormation describe the same APIs of Amazon ECS, EC2 Auto Scaling and
EventBridge. What differs is put into a :class:`WorkloadLanguage`, so that declarations
translator exists once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from checkov_ecs_endpoints.lowering.fields import Block
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.network.language import Kind
from checkov_ecs_endpoints.values import Location, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkloadLanguage:
    """Workloads as one language writes them.

    ``event_rule`` is what has several ``event_target`` inside, where a language nests them. ``unjudged``
    says what a resource type is that starts tasks and is not judged. ``containers`` and
    ``tags`` make a list and a mapping of what is written for them. ``unset_count`` is the
    number of tasks of a service that names none. ``role_policies`` hold a document for roles,
    ``attachments`` give roles a ``policy``. ``other_fleet`` starts instances whose network is not read.
    """

    service: Kind
    task_set: Kind
    event_rule: Kind
    event_target: Kind
    event_run: Kind
    schedule: Kind
    schedule_run: Kind
    interfaces: Kind
    strategy_item: Kind

    service_connect: Kind
    connect_log: Kind

    task_definition: Kind
    fsx_volume: Kind
    cache_rule: Kind

    role: Kind
    inline_policy: Kind
    role_policies: tuple[Kind, ...]
    policy: Kind
    attachments: tuple[Kind, ...]
    instance_profile: Kind

    guard_duty: tuple[Kind, ...]
    guard_duty_feature: Kind
    guard_duty_additional: Kind

    cluster: Kind
    cluster_capacity: Kind
    capacity_provider: Kind
    managed_instances: Kind
    scalable_target: Kind

    group: Kind
    override: Kind
    launch_template: Kind
    launch_configuration: Kind
    instance: Kind
    other_fleet: Kind

    pipe: Kind
    state_machine: Kind
    unjudged: Mapping[str, str]
    containers: Callable[[Value, Location | None], Value]
    tags: Callable[[Value], Value]
    unset_count: int


def declarations(index: Index, kind: Kind) -> Iterator[Declared]:
    """Every managed resource of a kind."""
    for resource in index.of_type(*kind.types):
        yield Declared(Block.of(resource), kind, index)
