"""Where logs go: log drivers and the outputs of FireLens (facts A6 to A8).

Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_firelens.html
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checkov_ecs_endpoints.catalog.companions import SeenIn, companions, every_companion
from checkov_ecs_endpoints.model.workloads import Logging
from checkov_ecs_endpoints.reasoning.asking import Asking
from checkov_ecs_endpoints.reasoning.needs import Need
from checkov_ecs_endpoints.values import Text, Truth, Unknown, Value, Why, first_unknown

_OUTPUT = ("name", "@type")
"""The option that names the output plugin: of Fluent Bit, in any case, and of Fluentd.

https://docs.fluentbit.io/manual/administration/configuring-fluent-bit/classic-mode/format-schema
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/firelens-taskdef.html
"""


_HOST = {"awslogs": "awslogs-endpoint", "awsfirelens": "endpoint"}
"""The option that names another host than the one of the service in its region.

https://docs.docker.com/engine/logging/drivers/awslogs/#awslogs-endpoint
https://docs.fluentbit.io/manual/pipeline/outputs/s3
"""


def needs_of_logging(logging: Logging, asking: Asking) -> Iterator[Need]:
    """What a log configuration asks for."""
    if isinstance(logging.driver, Unknown):
        asked = logging.source.step(f"{asking.who} has a log driver that is not known", "driver")
        region = _region(logging, "awslogs-region")
        yield Need("logs", asking.host, asking.launch, asked, region, logging.driver)
        return
    host = logging.options.get(_HOST.get(logging.driver, ""))
    doubt = None if host in (None, "") else _another_host(host, logging, asking)
    if logging.driver == "awslogs":
        asked = logging.source.step(f"{asking.who} logs with awslogs to CloudWatch Logs", "driver")
        region = _region(logging, "awslogs-region")
        yield Need("logs", asking.host, asking.launch, asked, region, doubt=doubt)
    elif logging.driver == "awsfirelens":
        yield from (replace(need, doubt=doubt) for need in _of_firelens(logging, asking))


def _another_host(host: Value, logging: Logging, asking: Asking) -> Unknown:
    """Why endpoints with the usual name of the service may not be what serves the logs."""
    if isinstance(host, (Unknown, Text)) and (unknown := first_unknown(host)) is not None:
        return unknown
    subject = f"where the endpoint leads that the logs of {asking.who} are sent to"
    return Unknown(Why.NOT_MODELLED, subject, logging.source.at("driver"))


def _of_firelens(logging: Logging, asking: Asking) -> Iterator[Need]:
    output = next((value for key, value in logging.options.items() if key.lower() in _OUTPUT), None)
    region = _region(logging, "region")
    certain: Truth = True
    if isinstance(output, str):
        asked = logging.source.step(f"{asking.who} logs through FireLens ({output})", "driver")
        plugins = companions(SeenIn.OUTPUT, output)
    else:
        asked = logging.source.step(
            f"{asking.who} logs through FireLens, to an output that is not known", "driver"
        )
        plugins = every_companion(SeenIn.OUTPUT)
        certain = _why(output, "the output of FireLens", logging)
        if output is None:
            note = "its configuration file decides"
            certain = Unknown(Why.OUTSIDE, certain.subject, logging.source.at("driver"), note)
    for plugin in plugins:
        for service in plugin.services:
            need = asking.by_application(service, asked, certain, region)
            yield replace(need, actions=plugin.actions)


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
