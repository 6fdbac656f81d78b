"""The module instances and resource instances of a plan, with the configuration of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from checkov_ecs_endpoints.iac.terraform_plan.addresses import Index, Key, steps
from checkov_ecs_endpoints.iac.terraform_plan.json_shapes import Json, array, mapping, string


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """One instance of a resource or data source as it will be.

    ``unknown`` and ``sensitive`` have the shape of ``values``, with true where a value is
    known only after apply, or not to be shown. ``declared`` is its block in the
    configuration of the plan, empty where there is none; ``name`` is what expressions of
    its module call it (``data.aws_vpc.main``).
    """

    address: str
    name: str
    type: str
    is_data: bool
    key: Key
    module: Module
    values: Mapping[str, Json]
    unknown: Mapping[str, Json]
    sensitive: Json
    declared: Mapping[str, Json]

    @property
    def family(self) -> Mapping[Key, Planned]:
        """All instances of the same block, by key."""
        return self.module.resources.get(self.name, {self.key: self})

    def has(self, attribute: str) -> bool:
        """Whether its type has an attribute of this name, as far as the plan shows."""
        return attribute in self.values or attribute in self.unknown


@dataclass(slots=True, eq=False)
class Module:
    """One instance of a module; the root has no parent. ``call`` is its call in the parent."""

    address: str
    declared: Mapping[str, Json]
    parent: Module | None = None
    call: Mapping[str, Json] = field(default_factory=dict)
    name: str = ""
    key: Key = None
    children: dict[str, dict[Key, Module]] = field(default_factory=dict)
    resources: dict[str, dict[Key, Planned]] = field(default_factory=dict)

    @property
    def blocks(self) -> Iterator[Mapping[str, Json]]:
        """The resource blocks of the module's configuration."""
        yield from map(mapping, array(self.declared.get("resources")))

    def child(self, name: str, key: Key) -> Module:
        """The instance of a module that is called here."""
        siblings = self.children.setdefault(name, {})
        if key not in siblings:
            call = mapping(mapping(self.declared.get("module_calls")).get(name))
            suffix = "" if key is None else f"[{key}]" if isinstance(key, int) else f'["{key}"]'
            address = f"{self.address}.module.{name}{suffix}".lstrip(".")
            siblings[key] = Module(address, mapping(call.get("module")), self, call, name, key)
        return siblings[key]


def modules(content: Mapping[str, Json]) -> Module:
    """The root module of a plan or state, with everything below it."""
    root = Module("", mapping(mapping(content.get("configuration")).get("root_module")))
    changes = {
        string(change.get("address")): mapping(change.get("change"))
        for change in map(mapping, array(content.get("resource_changes")))
        if "deposed" not in change
    }
    planned = mapping(content.get("planned_values", content.get("values")))
    _fill(root, mapping(planned.get("root_module")), changes, only_data=False)
    prior = mapping(mapping(content.get("prior_state")).get("values"))
    _fill(root, mapping(prior.get("root_module")), {}, only_data=True)
    return root


def everything(module: Module) -> Iterator[Module]:
    """A module instance and all below it, in the order of the plan."""
    yield module
    for siblings in module.children.values():
        for child in siblings.values():
            yield from everything(child)


def _fill(
    module: Module, values: Mapping[str, Json], changes: Mapping[str, Mapping[str, Json]], only_data: bool
) -> None:
    blocks = {_name(block): block for block in module.blocks}
    for found in map(mapping, array(values.get("resources"))):
        is_data = found.get("mode") == "data"
        if only_data and not is_data:
            continue
        address = string(found.get("address"))
        change = changes.get(address, {})
        name = f"{'data.' if is_data else ''}{string(found.get('type'))}.{string(found.get('name'))}"
        index = found.get("index")
        key = index if isinstance(index, (str, int)) else None
        instances = module.resources.setdefault(name, {})
        if key not in instances:
            instances[key] = Planned(
                address=address,
                name=name,
                type=string(found.get("type")),
                is_data=is_data,
                key=key,
                module=module,
                values=mapping(found.get("values")),
                unknown=mapping(change.get("after_unknown")),
                sensitive=found.get("sensitive_values", change.get("after_sensitive")),
                declared=blocks.get(name, {}),
            )
    for child in map(mapping, array(values.get("child_modules"))):
        called = list(_calls(string(child.get("address"))))
        if called:
            _fill(module.child(*called[-1]), child, changes, only_data)


def _calls(address: str) -> Iterator[tuple[str, Key]]:
    path = steps(address)
    for at, step in enumerate(path):
        if step == "module" and at + 1 < len(path):
            key = path[at + 2] if at + 2 < len(path) else None
            yield str(path[at + 1]), key.key if isinstance(key, Index) else None


def _name(block: Mapping[str, Json]) -> str:
    """``aws_vpc.main``, ``data.aws_vpc.main``: how expressions of its module name a block."""
    return ".".join(str(step) for step in steps(string(block.get("address"))) if isinstance(step, str))
