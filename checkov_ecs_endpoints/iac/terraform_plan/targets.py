"""What a plan that was made for some targets leaves out, and what may be there all the same.

Terraform documentation: Command: plan, "Resource Targeting".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checkov_ecs_endpoints.iac.terraform_plan.json_shapes import Json, mapping, string
from checkov_ecs_endpoints.iac.terraform_plan.modules import Module, Planned

LEFT_OUT = "it is in the configuration, but not in this plan, which was made for some targets"

_REPEATS = ("count_expression", "for_each_expression")


def left_out(root: Module, deleted: frozenset[str]) -> list[Planned]:
    """The managed blocks without an instance, where a plan leaves any out.

    One without ``count`` and ``for_each`` always has an instance in a whole plan. Where such
    a one is missing, what may be repeated no times may be left out as well.
    """
    missing = [
        (planned, is_certain)
        for planned, is_certain in _missing(root, is_certain=True)
        if planned.address not in deleted
    ]
    return [planned for planned, _ in missing] if any(is_certain for _, is_certain in missing) else []


def _missing(module: Module, is_certain: bool) -> Iterator[tuple[Planned, bool]]:
    for block in module.blocks:
        name = string(block.get("address"))
        if block.get("mode") == "managed" and not module.resources.get(name):
            yield _unplanned(module, name, block), is_certain and not _is_repeated(block)
    for name, call in mapping(module.declared.get("module_calls")).items():
        repeated = _is_repeated(mapping(call))
        instances = list(module.children.get(name, {}).values())
        for child in instances or [module.child(name, None)]:
            yield from _missing(child, is_certain and (bool(instances) or not repeated))


def _is_repeated(block: Mapping[str, Json]) -> bool:
    return any(repeats in block for repeats in _REPEATS)


def _unplanned(module: Module, name: str, block: Mapping[str, Json]) -> Planned:
    return Planned(
        address=f"{module.address}.{name}".lstrip("."),
        name=name,
        type=string(block.get("type")),
        is_data=False,
        key=None,
        module=module,
        values={},
        unknown={},
        sensitive=None,
        declared=block,
    )
