"""Which services the code of the tasks calls, as far as the task role says so (facts A31 to A34).

A role shows what its owner expects the code to call. Permissions for everything show nothing,
and some actions are allowed without being called (see the catalog). Nothing of this is needed
before the tasks run.

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase

from checkov_ecs_endpoints.catalog.services import Service, called_by, of_managed_policy, services
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.permissions import Permission, Role
from checkov_ecs_endpoints.model.workloads import Launch, TaskDefinition, Workload
from checkov_ecs_endpoints.reasoning.asking import Asking
from checkov_ecs_endpoints.reasoning.needs import INTERNET, Asker, Need
from checkov_ecs_endpoints.values import Unknown, Why, some

_EVERYTHING = frozenset({"*", "*:*"})
"""Both allow every action of every service."""


def needs_of_task_role(workload: Workload, launch: Launch) -> Iterator[Need]:
    """What the code calls, by the actions that the task role allows; one need for each service and region."""
    asking = Asking.of(workload, launch, "the task role")
    named: set[str] = set()
    task = workload.task_definition
    role = task.task_role if isinstance(task, TaskDefinition) else None
    if isinstance(role, Role):
        for need in _of_role(role, asking):
            named.add(need.service)
            yield need
    yield from _by_condition(workload, asking, named)


def _of_role(role: Role, asking: Asking) -> Iterator[Need]:
    calls: dict[tuple[str, str | Unknown | None], Need] = {}
    for service, region, action, permission in _called(role):
        asked = permission.source.step(f"the task role {role.source.address} allows {action}")
        need = asking.by_application(service.name, asked, permission.exists, region)
        known = calls.get((service.name, region), need)
        certain = some([known.certain, need.certain])
        actions = tuple(dict.fromkeys([*known.actions, action]))
        calls[service.name, region] = replace(known, certain=certain, asker=Asker.CODE, actions=actions)
    yield from calls.values()
    yield from _of_managed(role, asking)


def needs_of_unnamed_calls(workload: Workload, launch: Launch, asked: Collection[Need]) -> Iterator[Need]:
    """What code may call beside what its role names, of the services that are ``asked`` for anyhow.

    So a service counts as reached only where such calls reach it too. Services that nothing else
    asks for are left to ECSNET_110, which says so itself.
    """
    found = _left_open(workload)
    if found is None:
        return
    why, step = found
    asking = Asking.of(workload, launch, "the task role")
    said = (need.service for need in asked if need.asker is Asker.CODE and need.certain == why)
    told = {INTERNET, *said}
    for service in dict.fromkeys(need.service for need in asked if need.service not in told):
        may_call = replace(
            asking.by_application(service, step, why), asker=Asker.CODE, actions=services()[service].calls
        )
        if not may_call.is_apart:
            yield may_call


def _by_condition(workload: Workload, asking: Asking, named: Collection[str]) -> Iterator[Need]:
    """Perhaps any service, where a condition decides what the role is or allows.

    So the condition is in the way of every policy, and its cases are followed, in which it is known.
    """
    found = _left_open(workload)
    if found is None:
        return
    reason, step = found
    if reason.why is not Why.CONDITION:
        return
    for service in services().values():
        if service.calls and service.name not in named:
            yield replace(asking.by_application(service.name, step, reason), asker=Asker.CODE)


def _left_open(workload: Workload) -> tuple[Unknown, Step] | None:
    """Why code may call services that are not named: the role, or the task definition, is not known."""
    task = workload.task_definition
    if isinstance(task, Unknown):
        return task, workload.source.step("the task definition is not known", "task_definition")
    return what_is_open(workload)


def what_is_open(workload: Workload) -> tuple[Unknown, Step] | None:
    """Why code may call services that its role does not name, and where that is written.

    A role bounds what is called: without one, or with one that names its services, there are no others.
    """
    task = workload.task_definition
    role = task.task_role if isinstance(task, TaskDefinition) else None
    if isinstance(role, Unknown) and isinstance(task, TaskDefinition):
        return role, task.source.step("the task role, and so what its code calls, is not known", "task_role")
    if not isinstance(role, Role):
        return None
    if role.rest is not None:
        return role.rest, role.source.step(f"the policies of {role.source.address} are not all known")
    wide = next(_wide(role), None)
    if wide is None:
        return None
    subject = f"what the code calls with the task role {role.source.address}"
    return Unknown(Why.OUTSIDE, subject, wide.location, "the role allows more than it names"), wide


def _wide(role: Role) -> Iterator[Step]:
    name = role.source.address
    for permission in role.permissions:
        if permission.allow and (permission.all_but or not _EVERYTHING.isdisjoint(permission.actions)):
            yield permission.source.step(f"{name} allows every action: what its code calls is not known")
    for policy in role.managed:
        if of_managed_policy(policy.name) is None:
            yield policy.source.step(f"{name} has {policy.name}: what its code calls is not known")


def _of_managed(role: Role, asking: Asking) -> Iterator[Need]:
    for policy in role.managed:
        asked = policy.source.step(f"the task role {role.source.address} has {policy.name}")
        for service in of_managed_policy(policy.name) or ():
            yield replace(asking.by_application(service, asked, policy.exists), asker=Asker.CODE)


def _called(role: Role) -> Iterator[tuple[Service, str | Unknown | None, str, Permission]]:
    for permission in role.permissions:
        if not permission.allow or permission.all_but:
            continue
        for action in permission.actions:
            service = called_by(action)
            if service is None or _is_without_object(service, permission):
                continue
            if not _is_denied(action, role):
                for region in _regions(permission, action):
                    yield service, region, action, permission


def _is_without_object(service: Service, permission: Permission) -> bool:
    """Whether a statement allows to read streams on tables alone, of which there is nothing to read.

    As CDK's ``grantReadData`` does. The actions take a stream:
    https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
    """
    concerned = permission.concerned
    return service.name == "dynamodb-streams" and bool(concerned) and all(one.is_table for one in concerned)


def _regions(permission: Permission, action: str) -> list[str | Unknown | None]:
    """The regions of what a statement allows an action on; the own one where it names none."""
    prefix = action.partition(":")[0].lower()
    named = [one.region for one in permission.concerned if one.service in ("", prefix)]
    return list(dict.fromkeys(named)) or [None]


def _is_denied(action: str, role: Role) -> bool:
    """Whether a statement denies an action whatever it is about.

    "An explicit deny in any policy overrides any allows":
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    """
    denials = (one for one in role.permissions if not one.allow and not one.limited and one.exists is True)
    return any(_covers(denial, action.lower()) for denial in denials)


def _covers(denial: Permission, action: str) -> bool:
    patterns = [pattern.lower() for pattern in denial.actions]
    if denial.all_but:
        return not any(fnmatchcase(action, pattern) or fnmatchcase(pattern, action) for pattern in patterns)
    return any(fnmatchcase(action, pattern) for pattern in patterns)
