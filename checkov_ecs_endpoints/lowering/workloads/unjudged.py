"""What starts tasks and is not judged yet (design 4.2, what a workload is)."""

from __future__ import annotations

import re

from checkov_ecs_endpoints.json_text import Encoded
from checkov_ecs_endpoints.lowering.index import Index, source
from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.network.language import Kind
from checkov_ecs_endpoints.lowering.pieces import pieces
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage, declarations
from checkov_ecs_endpoints.model.workloads import Unjudged
from checkov_ecs_endpoints.values import OpenDict, OpenList, Text, Value

SERVICE_IDENTITIES = ("ServiceArn", "Name", "name")
"""What names a service beside its id: its ARN and its name."""

_RUN_TASK = re.compile(r":states:::(?:aws-sdk:)?ecs:runTask\b")
"""The resource of a state that runs tasks: https://docs.aws.amazon.com/step-functions/latest/dg/connect-ecs.html."""


def unjudged(index: Index, language: WorkloadLanguage) -> tuple[Unjudged, ...]:
    """Everything that starts tasks and is seen but not judged."""
    found = [
        Unjudged(source=source(resource), what=what)
        for type_, what in language.unjudged.items()
        for resource in index.of_type(type_)
    ]
    found += [
        Unjudged(source=pipe.source(), what="a pipe of EventBridge that runs ECS tasks")
        for pipe in declarations(index, language.pipe)
        if pipe.nested("run", Kind()).is_set
    ]
    found += [
        Unjudged(source=machine.source(), what="a state machine of Step Functions that runs ECS tasks")
        for machine in declarations(index, language.state_machine)
        if any(_runs_tasks(machine.field(word).value) for word in ("text", "written"))
    ]
    of_task_sets = {
        task_set.link("service", language.service.types, SERVICE_IDENTITIES)
        for task_set in declarations(index, language.task_set)
    }
    found += [
        Unjudged(source=service.source(), what="a service whose task sets are not in this configuration")
        for service in declarations(index, language.service)
        if started_by_task_sets(service) and service.id not in of_task_sets
    ]
    return tuple(found)


def started_by_task_sets(service: Declared) -> bool:
    """Whether a service leaves starting tasks to task sets: deployment controller EXTERNAL.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html
    """
    return service.field("controller").value == "EXTERNAL"


def _runs_tasks(definition: Value) -> bool:
    """Whether what is known of the definition of a state machine has a state that runs tasks."""
    if isinstance(definition, (str, Text)):
        return _RUN_TASK.search(pieces(definition).pattern) is not None
    if isinstance(definition, Encoded):
        return _runs_tasks(definition.value)
    members = definition.items if isinstance(definition, (OpenDict, OpenList)) else definition
    if isinstance(members, dict):
        return any(map(_runs_tasks, members.values()))
    return isinstance(members, (list, tuple)) and any(map(_runs_tasks, members))
