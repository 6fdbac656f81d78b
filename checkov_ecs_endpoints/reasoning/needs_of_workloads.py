"""Everything that a workload needs from its network.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.workloads import Capacity, Launch, NetworkMode, TaskDefinition, Workload
from checkov_ecs_endpoints.reasoning.asking import Asking
from checkov_ecs_endpoints.reasoning.launches import Interface, host_interface, launches_of, mode_of
from checkov_ecs_endpoints.reasoning.needs import INTERNET, Asker, Need
from checkov_ecs_endpoints.reasoning.needs_of_containers import needs_of_task_definition
from checkov_ecs_endpoints.reasoning.needs_of_exec import needs_of_exec
from checkov_ecs_endpoints.reasoning.needs_of_instances import needs_of_instances
from checkov_ecs_endpoints.reasoning.needs_of_logging import needs_of_logging
from checkov_ecs_endpoints.reasoning.needs_of_roles import needs_of_task_role, needs_of_unnamed_calls
from checkov_ecs_endpoints.reasoning.needs_of_secrets import needs_of_secrets
from checkov_ecs_endpoints.reasoning.proxies import proxy_of_instances
from checkov_ecs_endpoints.reasoning.sdk_settings import as_sdk_is_told
from checkov_ecs_endpoints.values import Unknown, Why, every


def needs_of(workload: Workload) -> list[Need]:
    """Every need of a workload, those included that it perhaps has."""
    if mode_of(workload) is NetworkMode.NONE:
        return []
    needs: list[Need] = []
    for launch in launches_of(workload):
        asked = [
            *needs_of_instances(launch),
            *needs_of_exec(workload, launch),
            *needs_of_task_definition(workload, launch),
            *_of_service_connect(workload, launch),
            *_of_guard_duty(workload, launch),
            *needs_of_task_role(workload, launch),
        ]
        asked += needs_of_unnamed_calls(workload, launch, [*asked])
        proxy = proxy_of_instances(launch)
        needs += [_behind(proxy, _of_launch(need, launch)) for need in as_sdk_is_told(workload, asked)]
    return needs


def remarks_on(workload: Workload) -> tuple[Step, ...]:
    """What is not demanded of a workload though AWS's pages may be read so (facts A19)."""
    connect = workload.service_connect
    on_fargate = any(launch.capacity is Capacity.FARGATE for launch in launches_of(workload))
    if connect is None or connect.enabled is False or not on_fargate:
        return ()
    sentence = (
        "Service Connect may use an endpoint for ecs-agent on Fargate: "
        "AWS's pages disagree, so it is not asked for"
    )
    return (connect.source.step(sentence, "enabled"),)


def _of_launch(need: Need, launch: Launch) -> Need:
    """A need is as certain as its launch; for Managed Instances no endpoints are documented (facts A.2)."""
    need = replace(need, certain=every([need.certain, launch.exists]))
    documented = launch.capacity is not Capacity.MANAGED_INSTANCES or need.asker is Asker.CODE
    if documented or need.service == INTERNET:
        return need
    subject = "whether VPC endpoints are enough for ECS Managed Instances"
    return replace(need, doubt=Unknown(Why.UNDOCUMENTED, subject, launch.source.at()))


def _behind(proxy: tuple[Unknown, Step] | None, need: Need) -> Need:
    """A need whose traffic goes to the proxy of the container instances, where there is one.

    That is what they do themselves, not what the code of tasks in network mode host or bridge does.
    """
    if proxy is None or need.interface is not Interface.INSTANCE or need.asker is Asker.CODE:
        return need
    why, step = proxy
    return replace(need, doubt=why, proxied=True, notes=(*need.notes, step))


def _of_service_connect(workload: Workload, launch: Launch) -> Iterator[Need]:
    """The logs of the proxy of Service Connect, which logs like a container."""
    connect = workload.service_connect
    if connect is None or connect.enabled is False or connect.logging is None:
        return
    asking = Asking.of(workload, launch, "the proxy of Service Connect")
    for need in (
        *needs_of_logging(connect.logging, asking),
        *needs_of_secrets(connect.secrets, connect.source, asking),
    ):
        yield replace(need, certain=every([need.certain, connect.enabled]), of_task_definition=False)


def _of_guard_duty(workload: Workload, launch: Launch) -> Iterator[Need]:
    """The image of GuardDuty's agent, whose own endpoint GuardDuty creates itself (facts A28).

    A task whose agent cannot be pulled runs without it:
    https://docs.aws.amazon.com/guardduty/latest/ug/how-runtime-monitoring-works-ecs-fargate.html
    """
    guard, task = workload.guard_duty, workload.task_definition
    if guard is None or launch.capacity is not Capacity.FARGATE:
        return
    if isinstance(task, TaskDefinition) and task.execution_role is None:
        return
    certain = every([guard.enabled, True if isinstance(task, TaskDefinition) else task])
    asked = guard.source.step(f"{guard.source.address} puts an agent of GuardDuty into the tasks")
    for service in ("ecr.api", "ecr.dkr", "s3"):
        yield Need(
            service,
            host_interface(launch),
            launch,
            asked,
            certain=certain,
            layers=service == "s3",
            startup=False,
            of_task_definition=False,
        )
