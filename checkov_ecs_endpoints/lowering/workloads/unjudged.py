"""What starts tasks and is not judged yet (design 4.2, what a workload is)."""

from __future__ import annotations

from checkov_ecs_endpoints.lowering.index import Index, source
from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.network.language import Kind
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage, declarations
from checkov_ecs_endpoints.model.workloads import Unjudged

SERVICE_IDENTITIES = ("ServiceArn", "Name", "name")
"""What names a service beside its id: its ARN and its name."""


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
