"""Where logs go: log drivers and the outputs of FireLens (facts A6 to A8).

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
"""

from __future__ import annotations

from collections.abc import Iterator

from checkov_ecs_endpoints.catalog.companions import SeenIn, companions, services_of
from checkov_ecs_endpoints.model.workloads import Logging
from checkov_ecs_endpoints.reasoning.asking import Asking
from checkov_ecs_endpoints.reasoning.needs import Need
from checkov_ecs_endpoints.values import Text, Unknown, Value, Why, first_unknown

_OUTPUT = ("name", "@type")
"""The option that names the output plugin: of Fluent Bit, in any case, and of Fluentd.

https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/format-schema
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
"""


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
    output = next((value for key, value in logging.options.items() if key.lower() in _OUTPUT), None)
    region = _region(logging, "region")
    if isinstance(output, str):
        asked = logging.source.step(f"{asking.who} logs through FireLens ({output})", "driver")
        for plugin in companions(SeenIn.OUTPUT, output):
            for service in plugin.services:
                yield asking.by_application(service, asked, True, region)
        return
    why = _why(output, "the output of FireLens", logging)
    if output is None:
        why = Unknown(Why.OUTSIDE, why.subject, logging.source.at("driver"), "its configuration file decides")
    asked = logging.source.step(
        f"{asking.who} logs through FireLens, to an output that is not known", "driver"
    )
    for service in services_of(SeenIn.OUTPUT):
        yield asking.by_application(service, asked, why, region)


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
