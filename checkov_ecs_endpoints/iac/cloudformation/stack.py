"""A stack: one template with the parameters it is given, its nested stacks below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from checkov_ecs_endpoints.iac.cloudformation.assumptions import Comparison
from checkov_ecs_endpoints.iac.cloudformation.evaluator import Evaluator
from checkov_ecs_endpoints.iac.cloudformation.memo import Memo
from checkov_ecs_endpoints.iac.cloudformation.nodes import Entry, Node, Scalar, members_of, spelled, text_of
from checkov_ecs_endpoints.iac.cloudformation.nodes import Mapping as MappingNode
from checkov_ecs_endpoints.iac.cloudformation.parameters import given_to, parameter_value, typed
from checkov_ecs_endpoints.iac.cloudformation.scope import (
    OWN_PSEUDO_PARAMETERS,
    SHARED_PSEUDO_PARAMETERS,
    Absent,
    Members,
    Resolved,
)
from checkov_ecs_endpoints.iac.cloudformation.surroundings import World
from checkov_ecs_endpoints.iac.cloudformation.templates import Template
from checkov_ecs_endpoints.values import Location, Reference, Truth, Unknown, Value, Why, every

STACK_TYPES: Final = {"AWS::CloudFormation::Stack": "TemplateURL", "AWS::Serverless::Application": "Location"}
"""Types that nest a template, with the property that says which."""

MAX_LEVELS: Final = 20


class Stack:
    """One template evaluated with given parameters; the scope of its functions.

    ``prefix`` stands before every id (the file of an imported stack, ``net.yaml#``);
    ``path`` are the logical ids of the nested stacks that lead here.
    """

    def __init__(
        self,
        template: Template,
        world: World,
        *,
        prefix: str = "",
        path: tuple[str, ...] = (),
        parent: Stack | None = None,
        exists: Truth = True,
        given: Callable[[], Value] | None = None,
    ) -> None:
        self.template = template
        self.path = path
        self.parent = parent
        self.exists = exists
        self.prefix = prefix
        self.evaluator = Evaluator(self)
        self._world = world
        self._given = given
        self._memo = Memo()
        self._sections: dict[str, Members] = {}
        self._opening: set[str] = set()

    @property
    def resources(self) -> Members:
        """The ``Resources`` section."""
        return self._section("Resources")

    @property
    def conditions(self) -> Members:
        """The ``Conditions`` section."""
        return self._section("Conditions")

    @property
    def outputs(self) -> Members:
        """The ``Outputs`` section."""
        return self._section("Outputs")

    def type_of(self, logical_id: str) -> str | None:
        """The type of a resource, or None where there is no such resource."""
        entry = self.resources.entries.get(logical_id)
        return text_of(members_of(entry.value)["Type"].value) if entry and _has(entry, "Type") else None

    def id_of(self, logical_id: str) -> str:
        """The id of a resource in its configuration."""
        return self._below_here(f"{self.type_of(logical_id)}.{logical_id}")

    def existence(self, entry: Entry) -> Truth:
        """Whether a resource or output exists, by its condition and those of the stacks above."""
        condition = members_of(entry.value).get("Condition")
        if condition is None or (isinstance(condition.value, Scalar) and condition.value.value is None):
            return self.exists
        name = text_of(condition.value)
        if name is None:
            subject = f"the condition of {entry.key}"
            wrong = Unknown(Why.INVALID, subject, condition.place, "it is no name of a condition")
            return every([self.exists, wrong])
        return every([self.exists, self.condition(name, entry.place)])

    def property_of(self, logical_id: str, name: str) -> Value:
        """One property of a resource; null where it is not set."""
        node = self._property_node(logical_id, name)
        return (
            None
            if node is None
            else self._memo.once(
                "property", f"{logical_id}.{name}", node.place, lambda: self.evaluator.value(node)
            )
        )

    def root(self) -> Stack:
        """The stack that nests this one and is nested by none."""
        return self if self.parent is None else self.parent.root()

    def at(self, path: tuple[str, ...]) -> Stack:
        """The nested stack at a path of logical ids below this one."""
        if not path:
            return self
        child = self.children()[path[0]]
        assert isinstance(child, Stack), "paths come from stacks that were walked"
        return child.at(path[1:])

    def walk(self) -> Iterator[Stack]:
        """Itself and all nested stacks whose template is at hand, parents first."""
        yield self
        for child in self.children().values():
            if isinstance(child, Stack):
                yield from child.walk()

    def children(self) -> dict[str, Stack | Unknown]:
        """The nested stacks that (may) exist, by logical id."""
        found: dict[str, Stack | Unknown] = {}
        for logical_id, entry in self.resources.entries.items():
            if self.type_of(logical_id) in STACK_TYPES and self.existence(entry) is not False:
                found[logical_id] = self._child(logical_id, entry)
        return found

    def output(self, name: str, place: Location) -> Value:
        """The value of an output."""
        entry = self.outputs.entries.get(name)
        if entry is None:
            return self.outputs.rest or self._missing(f"output {name}", place)
        if self.existence(entry) is False:
            return Unknown(Why.INVALID, f"output {name}", entry.place, "its condition is false")
        node = members_of(entry.value).get("Value")
        if node is None:
            return Unknown(Why.INVALID, f"output {name}", entry.place, "it has no Value")
        value = self._memo.once("output", name, entry.place, lambda: self.evaluator.value(node.value))
        if isinstance(value, dict):
            return Unknown(Why.INVALID, f"output {name}", entry.place, "a mapping where a text is expected")
        return value

    # The scope of the functions.

    @property
    def region(self) -> str | Reference:
        """The Region, or the pseudo parameter that stands for it."""
        region = self._world.region_of(self)
        return self._world.assumptions.value(region) or region

    def ref(self, name: str, place: Location) -> Resolved:
        """``Ref``."""
        if name == Absent.NO_VALUE.value:
            return Absent.NO_VALUE
        if name == "AWS::Region":
            return self.region
        if name in SHARED_PSEUDO_PARAMETERS or name in OWN_PSEUDO_PARAMETERS:
            symbol = Reference(name if name in SHARED_PSEUDO_PARAMETERS else self._below_here(name), ())
            return self._world.assumptions.value(symbol) or symbol
        parameter = self.template.section("Parameters").get(name)
        if parameter is not None:
            return self._memo.once(
                "parameter", name, parameter.place, lambda: self._parameter(name, parameter)
            )
        return self._reference(name, ("Ref",), place)

    def parameters(self) -> dict[str, Value]:
        """The values of the parameters by name."""
        found = {name: self.ref(name, one.place) for name, one in self.template.section("Parameters").items()}
        return {name: value for name, value in found.items() if not isinstance(value, Absent)}

    def attribute(self, resource: str, attribute: str, place: Location) -> Value:
        """``Fn::GetAtt``; ``Outputs.X`` of a nested stack is the value of its output."""
        found = self._reference(resource, tuple(attribute.split(".")), place)
        if not attribute.startswith("Outputs.") or isinstance(found, Unknown):
            return found
        if self.type_of(resource) not in STACK_TYPES:
            return found
        child = self._child(resource, self.resources.entries[resource])
        return (
            child if isinstance(child, Unknown) else child.output(attribute.removeprefix("Outputs."), place)
        )

    def repeated(self, reference: Reference) -> Value:
        """The value behind ``GetAtt X.CidrBlock``, which is the property of that name."""
        for logical_id in self.resources.entries:
            if reference.attribute == ("CidrBlock",) and self.id_of(logical_id) == reference.resource:
                return self.property_of(logical_id, "CidrBlock") or reference
        return reference

    def condition(self, name: str, place: Location) -> Truth:
        """A condition; one that is not known names what it depends on."""
        entry = self.conditions.entries.get(name)
        if entry is None:
            return self.conditions.rest or self._missing(f"condition {name}", place)
        return self._memo.once("condition", name, entry.place, lambda: self._decided(entry))

    def assumed(self, values: tuple[Value, Value], nodes: tuple[Node, Node]) -> bool | None:
        """Whether the values of two nodes are taken to be equal."""
        return self._world.assumptions.equality(self.comparison(values, nodes))

    def comparison(self, values: tuple[Value, Value], nodes: tuple[Node, Node]) -> Comparison:
        """Two values compared in this stack, the same in whatever configuration it stands."""
        stack = (self.root().template.path.as_posix(), *self.path)
        return Comparison(values, ((*stack, spelled(nodes[0])), (*stack, spelled(nodes[1]))))

    def mapping(self, name: str) -> Node | Unknown | None:
        """A mapping."""
        mappings = self._section("Mappings")
        return mappings.entries[name].value if name in mappings.entries else mappings.rest

    def imported(self, name: Value, place: Location) -> Value:
        """``Fn::ImportValue``."""
        return self._world.imported(self, name, place)

    def included(self, location: Value, place: Location) -> MappingNode | Unknown:
        """The file of an ``AWS::Include``."""
        return self._world.included(self, location, place)

    # How it is done.

    def _section(self, name: str) -> Members:
        if name not in self._sections:
            if name in self._opening:
                # A loop's list that asks for the very section it stands in.
                return Members(dict(self.template.section(name)))
            self._opening.add(name)
            node = self.template.body.get(name)
            self._sections[name] = self.evaluator.members(node) if node is not None else Members({})
            self._opening.discard(name)
        return self._sections[name]

    def _decided(self, entry: Entry) -> Truth:
        truth = self.evaluator.truth(entry.value)
        if isinstance(truth, bool):
            return truth
        # A condition made of conditions tells what the innermost one depends on.
        cause = truth.note if truth.why is Why.CONDITION else str(truth)
        return Unknown(Why.CONDITION, f"condition {entry.key}", entry.place, cause)

    def _parameter(self, name: str, entry: Entry) -> Value:
        given = given_to(name, self._given() if self._given else None)
        value = parameter_value(entry, given, lambda: self._world.advice(self, name))
        assumed = self._world.assumptions.value(value)
        return value if assumed is None else typed(entry, assumed)

    def _reference(self, name: str, attribute: tuple[str, ...], place: Location) -> Reference | Unknown:
        entry = self.resources.entries.get(name)
        if entry is None or self.type_of(name) is None:
            return self.resources.rest or self._missing(name, place)
        if self.existence(entry) is False and self.exists is not False:
            return Unknown(Why.INVALID, name, entry.place, "its condition is false")
        return Reference(self.id_of(name), attribute, place)

    def _missing(self, name: str, place: Location) -> Unknown:
        transforms = self.template.transforms
        if transforms:
            note = f"not in the template; the transform {', '.join(transforms)} may add it"
            return Unknown(Why.UNSUPPORTED, name, place, note)
        return Unknown(Why.INVALID, name, place, "it does not exist in the template")

    def _below_here(self, name: str) -> str:
        return self.prefix + "/".join([*self.path, name])

    def _property_node(self, logical_id: str, name: str) -> Node | None:
        entry = self.resources.entries.get(logical_id)
        if entry is None or not _has(entry, "Properties"):
            return None
        found = self.evaluator.members(members_of(entry.value)["Properties"].value).entries.get(name)
        return found.value if found else None

    def _child(self, logical_id: str, entry: Entry) -> Stack | Unknown:
        return self._memo.once(
            "nested stack", logical_id, entry.place, lambda: self._nested(logical_id, entry)
        )

    def _nested(self, logical_id: str, entry: Entry) -> Stack | Unknown:
        subject = f"nested stack {logical_id}"
        url = self.property_of(logical_id, STACK_TYPES[self.type_of(logical_id) or ""])
        template = self._world.nested(self, entry, url)
        if isinstance(template, Unknown):
            return template
        if template.path in self.ancestry():
            return Unknown(Why.INVALID, subject, entry.place, "a template that nests itself")
        if len(self.path) >= MAX_LEVELS or not self._world.admits(self, template):
            return Unknown(Why.LIMIT, subject, entry.place, "too many nested stacks")
        return Stack(
            template,
            self._world,
            prefix=self.prefix,
            path=(*self.path, logical_id),
            parent=self,
            exists=self.existence(entry),
            given=lambda: self.property_of(logical_id, "Parameters") or {},
        )

    def ancestry(self) -> set[Path]:
        """The templates of this stack and those above it."""
        above = self.parent.ancestry() if self.parent is not None else set()
        return above | {self.template.path}


def _has(entry: Entry, key: str) -> bool:
    return key in members_of(entry.value)
