"""What container instances need for themselves: the control plane, agents, scripts (facts A17, A29, A30)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checkov_ecs_endpoints.catalog.companions import Companion, SeenIn, companions
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.workloads import Capacity, InstanceSet, Launch
from checkov_ecs_endpoints.reasoning.launches import Interface
from checkov_ecs_endpoints.reasoning.needs import CONTROL_PLANE, Asker, Need
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every

_NOT_TO_START = "ecs-telemetry"
"""Metrics, which the agent gathers beside its work and which can be off (``ECS_DISABLE_METRICS``).

https://github.com/aws/amazon-ecs-agent/blob/master/README.md
"""


def needs_of_instances(launch: Launch) -> Iterator[Need]:
    """What the container instances of a launch ask for; Fargate has none (facts A18)."""
    if launch.capacity is Capacity.FARGATE:
        return
    asked = launch.source.step("container instances talk to the Amazon ECS control plane")
    for service in CONTROL_PLANE:
        startup = service != _NOT_TO_START
        yield Need(service, Interface.INSTANCE, launch, asked, startup=startup, of_task_definition=False)
    for instances in launch.instances:
        alone = replace(launch, instances=Listing((instances,)))
        yield from _of_agents(instances, alone)
        yield from _of_scripts(instances, alone)


def _of_agents(instances: InstanceSet, launch: Launch) -> Iterator[Need]:
    role = instances.role
    if role is None or isinstance(role, Unknown):
        return
    for policy in role.managed:
        for one in companions(SeenIn.INSTANCE_POLICY, policy.name):
            asked = policy.source.step(f"{policy.name} of {instances.source.address} {one.what}")
            yield from _needs(one, launch, asked, policy.exists)


def _of_scripts(instances: InstanceSet, launch: Launch) -> Iterator[Need]:
    name = instances.source.address
    for script in instances.start_up:
        for one in companions(SeenIn.START_UP, script.text):
            asked = script.source.step(f"the start-up of {name} {one.what}")
            yield from _needs(one, launch, asked, True)


def _needs(companion: Companion, launch: Launch, asked: Step, exists: Truth) -> Iterator[Need]:
    for service in companion.services:
        open_ = Unknown(Why.OUTSIDE, f"whether {service} is called by it", asked.location)
        yield Need(
            service,
            Interface.INSTANCE,
            launch,
            asked,
            certain=every([exists, True if companion.certain else open_]),
            startup=False,
            of_task_definition=False,
            asker=Asker.INSTANCE,
        )
