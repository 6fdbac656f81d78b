"""Where logs go: log drivers and the outputs of FireLens (facts A6 to A8).

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
"""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.catalog.companions import SeenIn, companions
from checkov_ecs_endpoints.model.workloads import Logging
from checkov_ecs_endpoints.reasoning.asking import Asking
from checkov_ecs_endpoints.reasoning.needs import Need
from checkov_ecs_endpoints.values import Text, Unknown, Value, Why, first_unknown


def needs_of_logging(logging: Logging, asking: Asking) -> Iterator[Need]:
    """What a log configuration asks for."""
    if isinstance(logging.driver, Unknown):
        asked = logging.source.step(f"{asking.who} has a log driver that is not known", "driver")
        region = _region(logging, "awslogs-region")
        yield Need("logs", asking.host, asking.launch, asked, region, logging.driver)
    elif logging.driver == "awslogs":
        asked = logging.source.step(f"{asking.who} logs with awslogs to CloudWatch Logs", "driver")
        yield Need("logs", asking.host, asking.launch, asked, _region(logging, "awslogs-region"))
    elif logging.driver == "awsfirelens":
        yield from _of_firelens(logging, asking)


def _of_firelens(logging: Logging, asking: Asking) -> Iterator[Need]:
    output = logging.options.get("Name")
    if output is None:
        return
    asked = logging.source.step(f"{asking.who} logs through FireLens ({output})", "driver")
    region = _region(logging, "region")
    if not isinstance(output, str):
        why = _why(output, "the output of FireLens", logging)
        yield asking.by_application("logs", asked, why, region)
        return
    for plugin in companions(SeenIn.OUTPUT, output):
        for service in plugin.services:
            yield asking.by_application(service, asked, True, region)


def _region(logging: Logging, option: str) -> str | Unknown | None:
    """The region an option names; a value that is not known may be the network's own."""
    value: Value = logging.options.get(option)
    if value is None or isinstance(value, str):
        return value
    return _why(value, f"the region of {option}", logging)


def _why(value: Value, subject: str, logging: Logging) -> Unknown:
    """Why the text of an option is not known."""
    unknown = first_unknown(value) if isinstance(value, (Unknown, Text)) else None
    return unknown or Unknown(Why.AFTER_APPLY, subject, logging.source.at("driver"))
