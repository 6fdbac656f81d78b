"""How the tasks of a workload may be launched, and whose interface carries what (facts A.0)."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.workloads import Capacity, Launch, NetworkMode, Workload
from checkov_ecs_endpoints.values import Truth, Unknown, some


class Interface(Enum):
    """Whose network interface carries the traffic (facts A.0)."""

    TASK = "the task's network interface"
    INSTANCE = "the container instance's network interface"


def launches_of(workload: Workload) -> list[Launch]:
    """Every launch in the VPC that is possible, those alike as one (FARGATE and FARGATE_SPOT).

    Launches that are not known are Fargate or EC2, perhaps. Where there is one launch
    alone, whatever runs is launched by it.
    """
    found: list[Launch] = []
    rest = workload.launches.rest
    for launch in (*workload.launches, *(() if rest is None else _unknown(workload, rest))):
        for number, known in enumerate(found):
            if (known.capacity, known.instances) == (launch.capacity, launch.instances):
                found[number] = replace(known, exists=some([known.exists, launch.exists]))
                break
        else:
            found.append(launch)
    if len(found) == 1:
        found = [replace(found[0], exists=True)]
    return [launch for launch in found if launch.capacity is not Capacity.EXTERNAL]


def _unknown(workload: Workload, rest: Unknown) -> tuple[Launch, ...]:
    """The launches that there may be: no Fargate where the tasks have no network configuration.

    Fargate takes tasks in network mode awsvpc alone (API reference, RegisterTaskDefinition,
    networkMode), and those need one (CreateService, networkConfiguration).
    """
    source = workload.source
    ec2 = Launch(capacity=Capacity.EC2, source=source, instances=Listing((), rest), exists=rest)
    if workload.tasks is None:
        return (ec2,)
    return (Launch(capacity=Capacity.FARGATE, source=source, exists=rest), ec2)


def mode_of(workload: Workload) -> NetworkMode | Unknown:
    """The network mode of the tasks."""
    task = workload.task_definition
    return task if isinstance(task, Unknown) else task.network_mode


def host_interface(launch: Launch) -> Interface:
    """The interface that images, secrets and logs come through."""
    return Interface.TASK if launch.capacity is Capacity.FARGATE else Interface.INSTANCE


def application_interface(workload: Workload, launch: Launch) -> Interface | Unknown:
    """The interface that the traffic of the application, FireLens and ECS Exec leaves by."""
    mode = mode_of(workload)
    if launch.capacity is Capacity.FARGATE or mode is NetworkMode.AWSVPC:
        return Interface.TASK
    if isinstance(mode, Unknown):
        # A network configuration is only allowed, and then required, in network mode awsvpc:
        # https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
        return mode if workload.tasks is None else Interface.TASK
    return Interface.INSTANCE


def application_side(workload: Workload, launch: Launch) -> tuple[Interface, Truth]:
    """An interface that the application's traffic may leave by, and whether it does."""
    interface = application_interface(workload, launch)
    if isinstance(interface, Unknown):
        return host_interface(launch), interface
    return interface, True
