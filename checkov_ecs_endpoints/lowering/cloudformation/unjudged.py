"""What starts tasks in CloudFormation and is not judged yet (design 4.2, what a workload is)."""

from __future__ import annotations

from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.fields import Block
from checkov_ecs_endpoints.lowering.index import Index, source
from checkov_ecs_endpoints.model.workloads import Unjudged

_ALWAYS = {
    "AWS::ECS::ExpressGatewayService": "an Amazon ECS Express service",
    "AWS::ECS::Daemon": "an Amazon ECS daemon",
    "AWS::Batch::ComputeEnvironment": "a compute environment of AWS Batch",
    "AWS::Batch::JobDefinition": "a job definition of AWS Batch",
}
SERVICE_IDENTITIES = ("", "ServiceArn", "Name")
"""What names a service: its ARN (``Ref``) and its name."""


def unjudged(index: Index) -> tuple[Unjudged, ...]:
    """Everything that starts tasks and is seen but not judged."""
    found = [
        Unjudged(source=source(resource), what=what)
        for type_, what in _ALWAYS.items()
        for resource in index.of_type(type_)
    ]
    found += [
        Unjudged(source=source(resource), what="a pipe of EventBridge that runs ECS tasks")
        for resource in index.of_type("AWS::Pipes::Pipe")
        if Block.of(resource).block("TargetParameters").block("EcsTaskParameters").is_set
    ]
    found += [
        Unjudged(source=source(resource), what="a service whose task sets are not in this configuration")
        for resource in index.of_type("AWS::ECS::Service")
        if started_by_task_sets(resource) and not _has_task_set(resource, index)
    ]
    return tuple(found)


def started_by_task_sets(service: Resource) -> bool:
    """Whether a service leaves starting tasks to task sets: deployment controller EXTERNAL.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-external.html
    """
    return Block.of(service).block("DeploymentController").field("Type").value == "EXTERNAL"


def _has_task_set(service: Resource, index: Index) -> bool:
    links = (
        index.link(resource.attributes.get("Service"), ("AWS::ECS::Service",), None, SERVICE_IDENTITIES)
        for resource in index.of_type("AWS::ECS::TaskSet")
    )
    return service.id in links
