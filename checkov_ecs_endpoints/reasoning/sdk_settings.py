"""What the environment of containers tells the AWS SDK: to call other host names, or in another region.

Code may still decide otherwise, so it is never certain. Sources:
https://docs.aws.amazon.com/sdkref/latest/guide/feature-region.html,
https://docs.aws.amazon.com/sdkref/latest/guide/feature-endpoints.html,
https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.model.workloads import SDK_REGIONS, Container, TaskDefinition, Workload
from checkov_ecs_endpoints.reasoning.needs import INTERNET, Asker, Need
from checkov_ecs_endpoints.values import Reference, Text, Unknown, Value, Why, every

_OTHER_HOSTS = ("AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT")
_URL = "AWS_ENDPOINT_URL"


def as_sdk_is_told(workload: Workload, needs: Iterable[Need]) -> Iterator[Need]:
    """The needs, those of code as doubtful as the environment makes them, and perhaps elsewhere besides."""
    told = [*_variables(workload)]
    for need in needs:
        if need.asker is not Asker.CODE or need.service == INTERNET:
            yield need
            continue
        doubts = (doubt for one in told if (doubt := _other_host(need.service, *one)) is not None)
        need = replace(need, doubt=next(doubts, need.doubt))
        yield need
        if need.region is None:
            yield from _in_other_regions(need, told)


def _in_other_regions(need: Need, told: Iterable[tuple[Container, str, Value]]) -> Iterator[Need]:
    for container, name, value in told:
        if name in SDK_REGIONS and value not in (None, ""):
            region = value if isinstance(value, (str, Unknown)) else _unsaid(container, name)
            perhaps = _decides(f"whether {need.service} is called in the region that {name}", container)
            yield replace(need, region=region, certain=every([need.certain, perhaps]))


def _other_host(service: str, container: Container, name: str, value: Value) -> Unknown | None:
    """Why the usual name of a service may not be what the code calls."""
    if name in _OTHER_HOSTS:
        is_told = str(value).lower() == "true" or isinstance(value, (Reference, Text, Unknown))
    else:
        is_told = value not in (None, "") and _is_for(name, service)
    if not is_told:
        return None
    return _decides(f"whether {service} is called by the host name that {name}", container)


def _is_for(name: str, service: str) -> bool:
    """Whether a variable sets the URL of a service: of all, or of the one whose SDK id it ends in."""
    if not name.startswith(_URL):
        return False
    id_ = _plain(name.removeprefix(_URL))
    named = {one.name for one in services().values() if id_ in (_plain(one.name), _plain(one.host))}
    return not named or service in named


def _plain(name: str) -> str:
    return "".join(character for character in name.lower() if character.isalnum())


def _decides(subject: str, container: Container) -> Unknown:
    place = container.source.at("environment")
    return Unknown(Why.OUTSIDE, f'{subject} of container "{container.name}" sets', place, "its code decides")


def _unsaid(container: Container, name: str) -> Unknown:
    return Unknown(Why.AFTER_APPLY, f'{name} of container "{container.name}"', container.source.at())


def _variables(workload: Workload) -> Iterator[tuple[Container, str, Value]]:
    task = workload.task_definition
    containers = task.containers if isinstance(task, TaskDefinition) else task
    for container in () if isinstance(containers, Unknown) else containers:
        if not isinstance(container.environment, Unknown):
            for name, value in container.environment.items():
                yield container, name, value
