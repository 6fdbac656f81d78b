"""What starts tasks in Terraform and is not judged yet (design 4.2, what a workload is)."""

from __future__ import annotations

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.fields import Block
from checkov_ecs_endpoints.lowering.index import Index, source
from checkov_ecs_endpoints.model.workloads import Unjudged

_ALWAYS = {
    "aws_ecs_express_gateway_service": "an Amazon ECS Express service",
    "aws_ecs_daemon": "an Amazon ECS daemon",
    "aws_batch_compute_environment": "a compute environment of AWS Batch",
    "aws_batch_job_definition": "a job definition of AWS Batch",
}


def unjudged(index: Index) -> tuple[Unjudged, ...]:
    """Everything that starts tasks and is seen but not judged."""
    found = [
        Unjudged(source=source(resource), what=what)
        for type_, what in _ALWAYS.items()
        for resource in index.of_type(type_)
    ]
    found += [
        Unjudged(source=source(resource), what="a pipe of EventBridge that runs ECS tasks")
        for resource in index.of_type("aws_pipes_pipe")
        if Block.of(resource).block("target_parameters").block("ecs_task_parameters").is_set
    ]
    found += [
        Unjudged(source=source(resource), what="a service whose task sets are not in this configuration")
        for resource in index.of_type("aws_ecs_service")
        if started_by_task_sets(resource) and not _has_task_set(resource, index)
    ]
    return tuple(found)


def started_by_task_sets(service: Resource) -> bool:
    """Whether a service leaves starting tasks to task sets: deployment controller EXTERNAL.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html
    """
    return Block.of(service).block("deployment_controller").field("type").value == "EXTERNAL"


def _has_task_set(service: Resource, index: Index) -> bool:
    links = (
        index.link(resource.attributes.get("service"), ("aws_ecs_service",))
        for resource in index.of_type("aws_ecs_task_set")
    )
    return service.id in links
