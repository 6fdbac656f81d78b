"""Everything that a workload needs from its network.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checkov_ecs_endpoints.model.workloads import Capacity, Launch, NetworkMode, Workload
from checkov_ecs_endpoints.reasoning.launches import (
    Interface,
    application_interface,
    host_interface,
    launches_of,
    mode_of,
)
from checkov_ecs_endpoints.reasoning.needs import CONTROL_PLANE, INTERNET, Need
from checkov_ecs_endpoints.reasoning.needs_of_containers import needs_of_task_definition
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every


def needs_of(workload: Workload) -> list[Need]:
    """Every need of a workload, those included that it perhaps has."""
    if mode_of(workload) is NetworkMode.NONE:
        return []
    needs: list[Need] = []
    for launch in launches_of(workload):
        asked = [
            *_control_plane(launch),
            *_exec(workload, launch),
            *needs_of_task_definition(workload, launch),
        ]
        needs += [_of_launch(need, launch) for need in asked]
    return needs


def _of_launch(need: Need, launch: Launch) -> Need:
    """A need is as certain as its launch; for Managed Instances no endpoints are documented (facts A.2)."""
    need = replace(need, certain=every([need.certain, launch.exists]))
    if launch.capacity is not Capacity.MANAGED_INSTANCES or need.service == INTERNET:
        return need
    subject = "whether VPC endpoints are enough for ECS Managed Instances"
    return replace(need, doubt=Unknown(Why.UNDOCUMENTED, subject, launch.source.at()))


def _control_plane(launch: Launch) -> Iterator[Need]:
    if launch.capacity is Capacity.FARGATE:
        return
    asked = launch.source.step("container instances talk to the Amazon ECS control plane")
    for service in CONTROL_PLANE:
        yield Need(service, Interface.INSTANCE, launch, asked, of_task_definition=False)


def _exec(workload: Workload, launch: Launch) -> Iterator[Need]:
    if workload.exec_enabled is False:
        return
    asked = workload.source.step(
        "ECS Exec is on, which talks to Systems Manager (ssmmessages)", "exec_enabled"
    )
    interface = application_interface(workload, launch)
    mode: Truth = interface if isinstance(interface, Unknown) else True
    yield Need(
        "ssmmessages",
        host_interface(launch) if isinstance(interface, Unknown) else interface,
        launch,
        asked,
        certain=every([workload.exec_enabled, mode]),
        startup=False,
        of_task_definition=False,
    )
