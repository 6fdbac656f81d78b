"""What ECS Exec needs: the message gateway, and what the settings of the cluster add (facts A14 to A16).

The SSM agent runs in the containers, so its traffic leaves like that of the application.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.workloads import ExecSettings, Launch, TaskDefinition, Workload
from checkov_ecs_endpoints.reasoning.asking import Asking
from checkov_ecs_endpoints.reasoning.needs import Need
from checkov_ecs_endpoints.reasoning.needs_of_logging import needs_of_logging
from checkov_ecs_endpoints.values import Truth, Unknown, every


def needs_of_exec(workload: Workload, launch: Launch) -> Iterator[Need]:
    """What ECS Exec asks for, where it is on or may be."""
    enabled = workload.exec_enabled
    if enabled is False:
        return
    asking = Asking.of(workload, launch, "ECS Exec")
    state = "is on" if enabled is True else "is perhaps on"
    sentence = f"ECS Exec {state}, which talks to Systems Manager (ssmmessages)"
    asked = workload.source.step(sentence, "exec_enabled")
    yield _need(asking, "ssmmessages", asked, enabled)
    settings = workload.exec_settings
    if isinstance(settings, ExecSettings):
        yield from _of_settings(settings, asking, enabled)
    to_logs = settings.to_task_logs if isinstance(settings, ExecSettings) else settings or True
    yield from _to_logs_of_containers(workload, asking, every([enabled, to_logs]))


def _of_settings(settings: ExecSettings, asking: Asking, enabled: Truth) -> Iterator[Need]:
    cluster = settings.source.address
    wanted = (
        ("kms", settings.own_key, "own_key", f"{cluster} encrypts ECS Exec with a key of its own", ()),
        ("logs", settings.to_log_group, "to_log_group", f"{cluster} logs ECS Exec to CloudWatch Logs", ()),
        ("s3", settings.to_bucket, "to_bucket", f"{cluster} logs ECS Exec to Amazon S3", ("s3:PutObject",)),
    )
    for service, truth, field, sentence, actions in wanted:
        if truth is not False:
            need = _need(asking, service, settings.source.step(sentence, field), every([enabled, truth]))
            yield replace(need, actions=actions)


def _to_logs_of_containers(workload: Workload, asking: Asking, certain: Truth) -> Iterator[Need]:
    """The output of sessions, which goes to the log groups that awslogs of the containers writes to."""
    if certain is False:
        return
    task = workload.task_definition
    containers = task.containers if isinstance(task, TaskDefinition) else task
    unseen = containers if isinstance(containers, Unknown) else containers.rest
    if unseen is not None:
        asked = workload.source.step(
            "ECS Exec logs like its containers, which are not all known", "task_definition"
        )
        yield asking.by_application("logs", asked, every([certain, unseen]), unseen)
    for container in () if isinstance(containers, Unknown) else containers:
        logging = container.logging
        if logging is not None and logging.driver == "awslogs":
            asked = logging.source.step(f'ECS Exec logs like container "{container.name}"', "driver")
            for need in needs_of_logging(logging, asking):
                yield asking.by_application(need.service, asked, every([certain, need.certain]), need.region)


def _need(asking: Asking, service: str, asked: Step, certain: Truth) -> Need:
    return replace(asking.by_application(service, asked, certain), of_task_definition=False)
