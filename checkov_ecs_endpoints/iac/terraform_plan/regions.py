"""The region that each resource of a plan is in."""

from __future__ import annotations

from collections.abc import Mapping

from checkov_ecs_endpoints.iac.terraform_plan.json_shapes import Json, mapping, string
from checkov_ecs_endpoints.iac.terraform_plan.modules import Module, Planned
from checkov_ecs_endpoints.iac.terraform_plan.origins import Frame, From, Known, Origins
from checkov_ecs_endpoints.iac.terraform_plan.wiring import member
from checkov_ecs_endpoints.values import Unknown, Value, Why

_REGION_OF_ARN = 3
"""``arn:partition:service:region:account:resource`` (AWS General Reference, ARN format)."""


class Regions:
    """Regions by provider configuration; ``modules`` are all module instances by address."""

    def __init__(self, content: Mapping[str, Json], modules: Mapping[str, Module], origins: Origins) -> None:
        self._providers = mapping(mapping(content.get("configuration")).get("provider_config"))
        self._modules = modules
        self._origins = origins
        self._found: dict[str, Value] = {}

    def of(self, planned: Planned) -> Value:
        """The region of a resource: its own, that of its ARN, else that of its provider."""
        if not planned.type.startswith("aws_"):
            return None
        own = planned.values.get("region")
        if isinstance(own, str) and own:
            return own
        arn = string(planned.values.get("arn")).split(":")
        if len(arn) > _REGION_OF_ARN and arn[_REGION_OF_ARN] and not planned.is_data:
            return arn[_REGION_OF_ARN]
        return self.provider(string(planned.declared.get("provider_config_key")))

    def provider(self, key: str) -> Value:
        """The region of a provider configuration; None where it says none."""
        if key not in self._found:
            self._found[key] = self._region(key)
        return self._found[key]

    def _region(self, key: str) -> Value:
        named = self._providers.get(key, self._providers.get(key.rpartition(":")[2]))
        provider = mapping(named)
        expression = mapping(provider.get("expressions")).get("region")
        if expression is None:
            return None
        module = self._modules.get(string(provider.get("module_address")), self._modules[""])
        origins = self._origins.of(expression, Frame(module))
        values = [
            _said(origin.instances, origin.path)
            if isinstance(origin, From)
            else origin.value
            if isinstance(origin, Known)
            else None
            for origin in origins
        ]
        if len(values) == 1 and isinstance(values[0], str):
            return values[0]
        unknown = next((origin for origin in origins if isinstance(origin, Unknown)), None)
        note = "a plan does not hold what its expression gives"
        return unknown or Unknown(Why.UNSUPPORTED, f"the region of provider {key}", None, note)


def _said(instances: tuple[Planned, ...], path: tuple[str | int, ...]) -> Json:
    if len(instances) != 1 or not path:
        return None
    value: Json = dict(instances[0].values)
    for step in path:
        value = member(value, step)
    return value
