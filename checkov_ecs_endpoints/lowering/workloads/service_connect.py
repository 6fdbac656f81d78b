"""Service Connect of a service: whether it is on, and where its proxy logs.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectConfiguration.html
"""

from __future__ import annotations

from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.reading import string
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage
from checkov_ecs_endpoints.lowering.workloads.logging import options, secrets
from checkov_ecs_endpoints.model.workloads import Logging, ServiceConnect


def service_connect(service: Declared, language: WorkloadLanguage, region: Region) -> ServiceConnect | None:
    """Service Connect of a service, None where it says nothing of it."""
    connect = service.nested("connect", language.service_connect)
    if not connect.is_set:
        return None
    log = connect.nested("log", language.connect_log)
    names = language.connect_log.names
    driver = log.field("driver")
    written = Logging(
        log.source(driver="driver"),
        "" if driver.value is None else string(driver.value, driver.place),
        options(log.block, names["options"], region),
    )
    return ServiceConnect(
        source=connect.source(enabled="enabled"),
        enabled=connect.truth("enabled", False),
        logging=written if log.is_set else None,
        secrets=secrets(log.block, names["secrets"], names["value_from"], region, connect.index),
    )
