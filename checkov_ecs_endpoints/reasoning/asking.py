"""Who asks for something in one launch, and whose interfaces its traffic leaves by (facts A.0)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.workloads import Capacity, Launch, TaskDefinition, Workload
from checkov_ecs_endpoints.reasoning.launches import Interface, application_side, host_interface
from checkov_ecs_endpoints.reasoning.needs import Need
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every

Region: TypeAlias = str | Unknown | None
"""A region: None for that of the network itself."""


@dataclass(frozen=True, slots=True)
class Asking:
    """A container, or something like one, in one launch.

    ``applies`` says whether the application's traffic leaves by ``application``.
    """

    who: str
    launch: Launch
    host: Interface
    application: Interface
    applies: Truth
    before_1_4: Truth

    @classmethod
    def of(cls, workload: Workload, launch: Launch, who: str) -> Asking:
        """What ``who`` asks for, it does from these interfaces."""
        interface, applies = application_side(workload, launch)
        old = launch.capacity is Capacity.FARGATE and is_before_1_4(workload)
        return cls(who, launch, host_interface(launch), interface, applies, old)

    def by_application(self, service: str, asked: Step, certain: Truth, region: Region = None) -> Need:
        """A need of the application's own traffic, which is not there before the tasks run."""
        certain = every([certain, self.applies])
        return Need(service, self.application, self.launch, asked, region, certain, startup=False)

    def named(self, who: str) -> Asking:
        """Somebody else beside it."""
        return replace(self, who=who)


def is_before_1_4(workload: Workload) -> Truth:
    """Whether a Fargate Linux platform version is older than 1.4.0 (facts A2, A.0)."""
    version = workload.platform_version
    if isinstance(version, Unknown):
        return version
    if version == "1.0.0":
        # The first one of Windows; Linux had one too, long retired: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/platform-windows-fargate.html
        task = workload.task_definition
        if isinstance(task, TaskDefinition) and task.windows is True:
            return False
        subject = f"whether platform version {version} is that of Windows"
        return Unknown(Why.NOT_MODELLED, subject, workload.source.at("platform_version"))
    numbers = version.split(".")
    if not all(number.isdigit() for number in numbers):
        return False
    return [int(number) for number in numbers] < [1, 4]
