"""Whether the containers of a workload, or its container instances, are told to go through a proxy.

Programs follow ``HTTPS_PROXY`` and its like by convention, AWS SDKs among them:
https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html. The proxy of the ECS
container agent (``HTTP_PROXY`` in ``/etc/ecs/ecs.config``) and that of Docker, which user data
sets, are for what the instance does and no container's:
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/http_proxy_config.html.
"""

from __future__ import annotations

import re

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.workloads import Container, Launch, Workload
from checkov_ecs_endpoints.reasoning.answers import Answer, all_of
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every, negate, some

_FOR_ALL = ("https_proxy", "all_proxy")
_FOR_HTTP = "http_proxy"
"""Names the proxy of plain HTTP; few programs take it for HTTPS as well."""

_NO_PROXY = "no_proxy"
"""Lists where to go directly: ``*`` is everywhere."""


_OF_INSTANCE = re.compile(r"""\b(?:https?|all)_proxy\b['"]?[ \t]*[=:,][ \t]*['"]?[^\s'"]""", re.IGNORECASE)
"""A script that sets a proxy, in a file of settings or a command, to something."""


def proxy_of_instances(launch: Launch) -> tuple[Unknown, Step] | None:
    """Why it is not known where the traffic of container instances goes (facts B20).

    The agent sends all of it to the proxy but what ``NO_PROXY`` lists.
    """
    for instances in launch.instances:
        for script in instances.start_up:
            if _OF_INSTANCE.search(script.text):
                name = instances.source.address
                step = script.source.step(f"the start-up of {name} sets a proxy for what the instance calls")
                return Unknown(Why.OUTSIDE, f"what lies behind the proxy of {name}", step.location), step
    return None


def proxied(workload: Workload) -> Answer:
    """Whether every container has a proxy setting; the step names the variable, never its value."""
    task = workload.task_definition
    containers = task if isinstance(task, Unknown) else task.containers
    if isinstance(containers, Unknown):
        step = workload.source.step(
            "its containers are not known, nor whether they use a proxy", "task_definition"
        )
        return Answer(containers, "", (step,))
    answers = [_of_container(container) for container in containers]
    if containers.rest is not None:
        answers.append(Answer(containers.rest))
    return all_of(answers) if answers else Answer(False)


def _of_container(container: Container) -> Answer:
    truth, variable = _proxy(container)
    what = f"container {container.name}"
    if truth is True:
        return Answer(True, "", (container.source.step(f"{what} has a proxy setting ({variable})"),))
    word = "may have a" if isinstance(truth, Unknown) else "has no"
    return Answer(truth, "", (container.source.step(f"{what} {word} proxy setting"),))


def _proxy(container: Container) -> tuple[Truth, str]:
    if isinstance(container.environment, Unknown):
        return container.environment, ""
    variables = {name.lower(): (name, value) for name, value in container.environment.items()}
    named = [variables[name] for name in _FOR_ALL if name in variables]
    truths: list[Truth] = [
        value if isinstance(value, Unknown) else value not in ("", None) for _, value in named
    ]
    if container.secrets.rest is not None:
        truths.append(container.secrets.rest)
    if container.environment_files:
        subject = f"what the environment files of container {container.name} set"
        truths.append(Unknown(Why.OUTSIDE, subject, container.source.at()))
    if variables.get(_FOR_HTTP, ("", ""))[1] not in ("", None):
        subject = f"whether the programs of container {container.name} take HTTP_PROXY for HTTPS as well"
        truths.append(Unknown(Why.UNDOCUMENTED, subject, container.source.at()))
    _, excepted = variables.get(_NO_PROXY, ("", ""))
    direct: Truth = excepted if isinstance(excepted, Unknown) else excepted == "*"
    return every([some(truths), negate(direct)]), next((name for name, _ in named), "")
