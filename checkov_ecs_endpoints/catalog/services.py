"""The catalog of services, read from its files when it is first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from checkov_ecs_endpoints.catalog.tables import table

_PREFIX = "com.amazonaws"
_ENDPOINTS = "https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What the catalog says of one service; the fields are explained in ``services.toml``."""

    name: str
    title: str
    error: str = ""
    actions: tuple[str, ...] = ()
    resource: str
    host: str
    calls: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    gateway: bool = False
    fips: bool = False
    cross_region: bool = False
    is_global: bool = False
    source: str
    takes_policy: bool = True

    def endpoint_name(self, region: str, fips: bool = False) -> str:
        """The name of its endpoint service in a region: that of the gateway where there is one.

        ``fips`` asks for the one that answers for host names for FIPS (``ecr-fips.dkr``, ``kms-fips``).
        """
        if self.is_global:
            return f"{_PREFIX}.{self.name}"
        prefix = _PREFIX if self.gateway else _prefix(self.name, region)
        return f"{prefix}.{region}.{self._fips_name if fips and self.fips else self.name}"

    @property
    def _fips_name(self) -> str:
        first, dot, last = self.name.partition(".")
        return f"{first}-fips{dot}{last}" if first == "ecr" else f"{self.name}-fips"


@cache
def services() -> dict[str, Service]:
    """Every service of the catalog by the name of its endpoint."""
    return {
        name: _service(name, fields)
        for file in ("services", "called_services")
        for name, fields in table(file).items()
    }


def _service(name: str, fields: dict[str, Any]) -> Service:
    read: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()
    }
    prefixes = {pattern.partition(":")[0] for pattern in read.get("calls", ())}
    read.setdefault("resource", f"arn:aws:{min(prefixes)}:*" if len(prefixes) == 1 else "*")
    read.setdefault("source", _ENDPOINTS)
    read.setdefault("host", name)
    return Service(name=name, is_global=read.pop("global", False), **read)


@cache
def called_by(action: str) -> Service | None:
    """The service that whoever is allowed an IAM action calls, if the catalog says so.

    ``action`` may have ``*``. None as well where the action is allowed without being called.
    """
    wanted = action.lower()
    matching = [(pattern, service) for pattern, service in _patterns() if fnmatchcase(wanted, pattern)]
    if not matching:
        return None
    _, service = max(matching, key=lambda found: len(found[0]))
    silent = any(fnmatchcase(wanted, pattern.lower()) for pattern in service.silent)
    return None if silent else service


@cache
def _patterns() -> tuple[tuple[str, Service], ...]:
    return tuple((pattern.lower(), service) for service in services().values() for pattern in service.calls)


def of_managed_policy(name: str) -> tuple[str, ...] | None:
    """The services that a task with a policy of AWS in its role calls; None where it does not say."""
    listed: list[str] | None = table("managed_policies").get(name)
    return None if listed is None else tuple(listed)


def _prefix(service: str, region: str) -> str:
    return next(
        (
            partition["prefix"]
            for partition in table("partitions").values()
            if fnmatchcase(region, partition["regions"]) and service in partition["services"]
        ),
        _PREFIX,
    )
