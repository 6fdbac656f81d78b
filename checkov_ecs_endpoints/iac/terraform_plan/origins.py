"""Where the value of an expression of a plan comes from.

A plan does not hold expressions, only what each of them refers to. That is followed here
through variables, outputs and ``each`` to the instances of resources; where a plan does not
say enough, the origin is an unknown with the reason, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from checkov_ecs_endpoints.iac.terraform_plan.addresses import Index, Key, Step, heads
from checkov_ecs_endpoints.iac.terraform_plan.json_shapes import Json, array, mapping, string
from checkov_ecs_endpoints.iac.terraform_plan.modules import Module, Planned
from checkov_ecs_endpoints.values import Unknown, Why

_PER_INSTANCE = {("count", "index"), ("each", "key")}
_SAYS_NOTHING = {"path", "terraform", "self"}


@dataclass(frozen=True, slots=True)
class From:
    """Instances of one block, and the attribute taken of each.

    ``path`` is empty where the plan does not say which (``aws_subnet.a[*].id`` is listed
    as ``aws_subnet.a``).
    """

    instances: tuple[Planned, ...]
    path: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A value that the plan says."""

    value: Json


@dataclass(frozen=True, slots=True)
class Called:
    """A whole module, of which an output is taken further on."""

    module: Module


Origin: TypeAlias = From | Known | Called | Unknown


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Where an expression stands: its module, and the block whose ``count`` or ``each`` it sees."""

    module: Module
    key: Key = None
    keys: frozenset[Key] = frozenset()
    repetition: Mapping[str, Json] = field(default_factory=dict)

    @classmethod
    def of(cls, planned: Planned) -> Frame:
        """The frame of the arguments of a resource instance."""
        return cls(planned.module, planned.key, frozenset(planned.family), planned.declared)

    @classmethod
    def of_call(cls, module: Module) -> Frame | None:
        """The frame of the arguments of a module's call; None for the root."""
        if module.parent is None:
            return None
        keys = frozenset(module.parent.children[module.name])
        return cls(module.parent, module.key, keys, module.call)


class Origins:
    """Follows the references of one plan. ``variables`` are those of its root module."""

    def __init__(self, variables: Mapping[str, Json]) -> None:
        self._variables = variables
        self._kept: dict[tuple[int, str], list[Origin]] = {}

    def of(self, expression: Json, frame: Frame) -> list[Origin]:
        """All origins of an expression; none where it is made of constants alone."""
        said = mapping(expression)
        if "constant_value" in said:
            return [Known(said["constant_value"])]
        found = self._all(heads([string(one) for one in array(said.get("references"))]), frame)
        return list(dict.fromkeys(found))

    def _all(self, found: Sequence[tuple[Step, ...]], frame: Frame) -> list[Origin]:
        own = [head for head in found if head[:2] in _PER_INSTANCE]
        others = [head for head in found if head not in own]
        origins = [origin for head in others for origin in self._head(head, frame)]
        if own and len(others) == 1:
            return [_at_own_key(origin, own[0][0] == "each", frame) for origin in origins]
        return origins

    def _head(self, head: tuple[Step, ...], frame: Frame) -> list[Origin]:
        first = head[0]
        if first in _SAYS_NOTHING or len(head) < 2:
            return []
        if first == "local":
            note = "a plan does not hold the values of locals; the Terraform files beside it would tell"
            return [Unknown(Why.AFTER_APPLY, f"local.{head[1]}", None, note)]
        if first == "var":
            name, module = str(head[1]), frame.module
            found = self._settled(module, f"var.{name}", lambda: self._variable(name, module))
            return self._extended(found, head[2:])
        if first == "each":
            return self._extended(self._each(frame), head[2:])
        if first == "module":
            return self._module(head, frame)
        if first == "data" and len(head) < 3:
            return []
        width = 3 if first == "data" else 2
        return self._resource(".".join(map(str, head[:width])), head[width:], frame)

    def _variable(self, name: str, module: Module) -> list[Origin]:
        declared = mapping(mapping(module.declared.get("variables")).get(name))
        frame = Frame.of_call(module)
        subject = f"{module.address}.var.{name}".lstrip(".")
        if declared.get("sensitive") is True:
            return [Unknown(Why.SECRET, subject)]
        if frame is None:
            given = mapping(self._variables.get(name))
            if "value" in given:
                return [Known(given["value"])]
        else:
            arguments = mapping(module.call.get("expressions"))
            if name in arguments:
                return self.of(arguments[name], frame)
        if "default" in declared:
            return [Known(declared["default"])]
        return [Unknown(Why.NO_VALUE, subject)]

    def _output(self, module: Module, name: str) -> list[Origin]:
        output = mapping(mapping(module.declared.get("outputs")).get(name))
        frame = Frame(module)
        return self._settled(module, f"output.{name}", lambda: self.of(output.get("expression"), frame))

    def _settled(self, module: Module, name: str, compute: Callable[[], list[Origin]]) -> list[Origin]:
        """The origins of a variable or output, found once; nothing can wait for itself."""
        key = (id(module), name)
        if key not in self._kept:
            subject = f"{module.address}.{name}".lstrip(".")
            self._kept[key] = [Unknown(Why.INVALID, subject, None, "it depends on itself")]
            self._kept[key] = compute()
        return self._kept[key]

    def _each(self, frame: Frame) -> list[Origin]:
        """``each.value``: what ``for_each`` is made of, at the own key."""
        expression = frame.repetition.get("for_each_expression")
        origins = self.of(expression, Frame(frame.module))
        if len(origins) == 1:
            return [_at_own_key(origins[0], True, frame)]
        return [Unknown(Why.AFTER_APPLY, "each.value", None, "a plan does not hold the members of for_each")]

    def _module(self, head: tuple[Step, ...], frame: Frame) -> list[Origin]:
        called = frame.module.children.get(str(head[1]), {})
        rest = head[2:]
        key: Key = None
        if rest and isinstance(rest[0], Index):
            key, rest = rest[0].key, rest[1:]
        elif None not in called and len(called) == 1:
            key = next(iter(called))
        if key in called:
            return self._extended([Called(called[key])], rest)
        if not called and f"{head[1]}" in mapping(frame.module.declared.get("module_calls")):
            return self._outside_planned(str(head[1]), rest, frame)
        subject = f"module.{head[1]}"
        return [
            Unknown(Why.AFTER_APPLY, subject, None, "a plan does not say which of its instances is meant")
        ]

    def _outside_planned(self, name: str, rest: tuple[Step, ...], frame: Frame) -> list[Origin]:
        """A module without any instance (``count = 0``), or without a resource of its own.

        Terraform lists no module that has no resources; its outputs are evaluated all the same.
        """
        call = mapping(mapping(frame.module.declared.get("module_calls")).get(name))
        if "count_expression" in call or "for_each_expression" in call:
            note = "a plan does not say which instances a module without resources has"
            return [Unknown(Why.AFTER_APPLY, f"module.{name}", None, note)]
        return self._extended([Called(frame.module.child(name, None))], rest)

    def _resource(self, name: str, rest: tuple[Step, ...], frame: Frame) -> list[Origin]:
        family = frame.module.resources.get(name, {})
        if rest and isinstance(rest[0], Index):
            planned = family.get(rest[0].key)
            return [] if planned is None else self._extended([From((planned,))], rest[1:])
        if not family:
            return []
        # Terraform sorts the instances of for_each by key, those of count by number.
        ordered = sorted(family.items(), key=lambda item: (isinstance(item[0], str), item[0] or 0))
        return self._extended([From(tuple(planned for _, planned in ordered))], rest)

    def _extended(self, origins: Sequence[Origin], path: tuple[Step, ...]) -> list[Origin]:
        return [found for origin in origins for found in self._into(origin, path)]

    def _into(self, origin: Origin, path: tuple[Step, ...]) -> list[Origin]:
        if not path or isinstance(origin, Unknown):
            return [origin]
        if isinstance(origin, Known):
            return [_member(origin, path)]
        if isinstance(origin, Called):
            return self._extended(self._output(origin.module, str(path[0])), path[1:])
        if origin.path:
            # A wrapping object or list was made of it; which member is meant does not matter.
            return [origin]
        name = path[0]
        if isinstance(name, Index):
            return [_indexed(origin)]
        if all(planned.has(name) for planned in origin.instances):
            return [replace(origin, path=tuple(_plain(step) for step in path))]
        return [origin]


def _plain(step: Step) -> str | int:
    return step.key if isinstance(step, Index) else step


def _indexed(origin: From) -> Origin:
    """One of several instances, whose order a plan does not show."""
    if len(origin.instances) == 1:
        return origin
    name = origin.instances[0].name
    return Unknown(Why.AFTER_APPLY, name, None, "a plan does not say which of its instances is meant")


def _at_own_key(origin: Origin, by_key: bool, frame: Frame) -> Origin:
    """The member of the own key, where the keys of both are the same."""
    if isinstance(origin, Known) and by_key and isinstance(frame.key, str):
        return _member(origin, (Index(frame.key),))
    if not isinstance(origin, From) or len(origin.instances) == 1:
        return origin
    own = {planned.key: planned for planned in origin.instances}
    if own.keys() == frame.keys and frame.key in own:
        return replace(origin, instances=(own[frame.key],))
    return _indexed(origin)


def _member(origin: Known, path: tuple[Step, ...]) -> Origin:
    value = origin.value
    for step in path:
        key = _plain(step)
        if isinstance(value, dict) and str(key) in value:
            value = value[str(key)]
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return Known(None)
    return Known(value)
