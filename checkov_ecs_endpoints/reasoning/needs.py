"""What a need is: one thing that a workload reaches over its network, and the line that asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.workloads import Launch
from checkov_ecs_endpoints.reasoning.launches import Interface
from checkov_ecs_endpoints.values import Truth, Unknown

INTERNET = ""
"""The service of a need that only the internet serves (a registry outside AWS)."""

CONTROL_PLANE = ("ecs", "ecs-agent", "ecs-telemetry")
"""What the agent of an EC2 container instance talks to (facts A17)."""

_OF_ECS_ALONE = frozenset({"ecr.api", "ecr.dkr", "ssmmessages", *CONTROL_PLANE})
"""Services whose policies are about what ECS does with them."""

_PARAMETERS = ("ssm:getparameter", "ssm:getparameters", "ssm:getparametersbypath", "ssm:putparameter")
"""The actions of Parameter Store, which is a part of Systems Manager."""


class Asker(Enum):
    """Who asks for a service."""

    ECS = "what ECS does for the tasks"
    CODE = "the code of the tasks"
    INSTANCE = "what else runs on the container instance"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing a workload needs to reach over HTTPS.

    ``service`` is the name of the VPC endpoint, or :data:`INTERNET`. ``region`` is None
    for the region of the network itself. ``launch`` is the launch it belongs to.
    ``certain`` is True, or the unknown that decides whether it is needed. ``layers`` marks
    the S3 traffic of image layers. ``startup`` says that tasks do not start without it.
    ``of_task_definition`` says that the task definition asks for it, which a pipeline may
    replace (design 4.2). ``first_pull_only`` is set for a pull-through cache (facts A5).
    ``doubt`` is set where only a path over the internet is certain to be the right one:
    AWS documents no endpoint for it (facts A.2), or the registry may be a private one.
    ``proxied`` says that it is because a proxy gets the traffic, whatever way there is (facts B20).
    ``fips`` says that its host names are those for FIPS (facts A.3). ``actions`` are what
    the ``asker`` calls or, if it is code, may call, where that is not what ECS always calls.
    ``notes`` say what it is not.
    """

    service: str
    interface: Interface
    launch: Launch
    asked: Step
    region: str | Unknown | None = None
    certain: Truth = True
    layers: bool = False
    startup: bool = True
    of_task_definition: bool = True
    first_pull_only: bool = False
    doubt: Unknown | None = None
    proxied: bool = False
    fips: bool = False
    asker: Asker = Asker.ECS
    actions: tuple[str, ...] = ()
    notes: tuple[Step, ...] = ()

    @property
    def is_apart(self) -> bool:
        """Whether it is a use of its service that the policy about the service does not mean.

        Code that lists repositories pulls no image, and the SSM agent of a container
        instance is no ECS Exec.
        """
        if self.asker is not Asker.CODE:
            return self.asker is Asker.INSTANCE
        if self.service == "ssm" and self.actions:
            return not any(_may_be(action, *_PARAMETERS) for action in self.actions)
        return self.service in _OF_ECS_ALONE


def _may_be(action: str, *others: str) -> bool:
    """Whether a pattern of actions covers one of others, or is covered by one."""
    wanted = action.lower()
    return any(fnmatchcase(wanted, other) or fnmatchcase(other, wanted) for other in others)


def perhaps(
    services: Iterable[str], interface: Interface, launch: Launch, asked: Step, why: Unknown
) -> Iterator[Need]:
    """Needs of which only it is known that there may be some, in whatever region."""
    for service in services:
        region = None if service == INTERNET else why
        yield Need(service, interface, launch, asked, region, why, layers=service == "s3")
