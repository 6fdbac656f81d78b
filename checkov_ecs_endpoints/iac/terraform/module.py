"""One instance of a module: the names its expressions see.

Terraform documentation: References to Named Values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from checkov_ecs_endpoints.iac.terraform import calls as module_calls
from checkov_ecs_endpoints.iac.terraform import providers, variables
from checkov_ecs_endpoints.iac.terraform.bodies import Arguments
from checkov_ecs_endpoints.iac.terraform.choices import Choices, choices
from checkov_ecs_endpoints.iac.terraform.declarations import Declarations
from checkov_ecs_endpoints.iac.terraform.expressions import FunctionContext, evaluate
from checkov_ecs_endpoints.iac.terraform.families import seen
from checkov_ecs_endpoints.iac.terraform.instances import Instance
from checkov_ecs_endpoints.iac.terraform.kinds import ListOf, Primitive, Type, strings
from checkov_ecs_endpoints.iac.terraform.limits import MAX_MODULES
from checkov_ecs_endpoints.iac.terraform.lookups import Found, without_keys
from checkov_ecs_endpoints.iac.terraform.names import Inside, undeclared
from checkov_ecs_endpoints.iac.terraform.repetition import (
    SINGLE,
    Key,
    Member,
    Repetition,
    counted,
    keyed,
    suffix,
)
from checkov_ecs_endpoints.iac.terraform.run import Run
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Object, plain
from checkov_ecs_endpoints.iac.terraform.sensitive import marked
from checkov_ecs_endpoints.iac.terraform.syntax import Attribute, Block, items, traversal
from checkov_ecs_endpoints.iac.terraform.variables import Given
from checkov_ecs_endpoints.iac.terraform.zone_names import Zones
from checkov_ecs_endpoints.values import Location, Truth, Unknown, Why, every

Inputs: TypeAlias = Callable[[str], Given | None]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Family:
    """The instances of one block."""

    repetition: Repetition
    objects: Mapping[Key, Object]
    value: Inner


@dataclass(slots=True, eq=False, repr=False, kw_only=True)
class Module:
    """One instance of a module (a ``Scope`` of expressions).

    ``names`` are the call names from the root down, ``address`` has the instance keys
    too. ``call`` is the block that calls it, ``after`` what its calls wait for, ``passed`` are
    the providers that the call passes explicitly.
    """

    run: Run
    declarations: Declarations
    inputs: Inputs
    address: str = ""
    names: tuple[str, ...] = ()
    calls: tuple[Location, ...] = ()
    exists: Truth = True
    parent: Module | None = None
    call: Block | None = None
    after: frozenset[str] = frozenset()
    passed: Mapping[str, str] = field(default_factory=dict)
    functions: FunctionContext = field(init=False)
    _kept: dict[tuple[str, ...], Inner] = field(default_factory=dict)
    _families: dict[tuple[str, ...], Family] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.functions = FunctionContext(
            self.run.sources.tree.boundary, self.declarations.directory, self.run.root, self.run.secrets
        )

    @property
    def default_region(self) -> str | None:
        """The region that the settings give where the configuration gives none."""
        return self.run.default_region

    def zones(self, data: str, name: str, place: Location) -> ListOf:
        """A list of Availability Zones of a data source: those that are known, or as many as are set."""
        known = self.run.zone_lists.get(data, {}).get(name)
        return strings(known) if known else Zones(data, name, self.run.zones, place)

    def within(self, name: str) -> str:
        """A name of this module as it reads from the root."""
        return f"{self.address}.{name}" if self.address else name

    # Names

    def resolve(self, names: Sequence[str], place: Location) -> tuple[Inner, int]:
        """The value behind a name of this module (see ``scope.Scope``)."""
        head = names[0]
        if head == "resource":
            value, spent = self.resolve(names[1:], place) if len(names) > 2 else (undeclared(head, place), 0)
            return value, spent + 1
        needed = 3 if head == "data" else 2
        if len(names) < needed:
            return undeclared(".".join(names), place), len(names)
        return self._named(head, names, place), needed

    def _named(self, head: str, names: Sequence[str], place: Location) -> Inner:
        name = names[1]
        if head == "var":
            return self.variable(name, place)
        if head == "local":
            return self.local(name, place)
        if head == "module":
            block = self.declarations.modules.get(name)
            return self.family("module", block).value if block else undeclared(f"module.{name}", place)
        if head == "data":
            block = self.declarations.data.get((name, names[2]))
            return self.family("data", block).value if block else undeclared(".".join(names[:3]), place)
        if head == "terraform":
            return self._terraform(name, place)
        if head in ("each", "count", "self", "ephemeral", "path"):
            note = "only known while Terraform runs" if head == "ephemeral" else "it has no meaning here"
            why = Why.AFTER_APPLY if head == "ephemeral" else Why.INVALID
            return Unknown(why, ".".join(names[:2]), place, note)
        block = self.declarations.resources.get((head, name))
        return self.family("resource", block).value if block else undeclared(f"{head}.{name}", place)

    def _terraform(self, name: str, place: Location) -> Inner:
        if name == "workspace" and self.run.workspace is not None:
            return self.run.workspace
        note = "the workspace is chosen when Terraform runs; `roots` in the settings can name it"
        return Unknown(Why.NO_VALUE, f"terraform.{name}", None, note)

    def variable(self, name: str, place: Location) -> Inner:
        """The value of an input variable."""
        block = self.declarations.variables.get(name)
        if block is None:
            # Often generated beside the committed files (Terragrunt), so rather without value than wrong.
            return Unknown(Why.NO_VALUE, f"var.{name}", place, "it is not declared in this module")
        return self.run.settle(
            self._kept,
            ("var", name),
            self.within(f"var.{name}"),
            block.location,
            lambda: variables.value(
                self.run,
                block,
                self.declarations.type_of(name),
                self.inputs(name),
                self.functions,
                self.calls,
            ),
        )

    def declared(self, variable: str) -> Type:
        """The type that an input variable is declared with."""
        declarations = self.declarations
        return declarations.type_of(variable) if variable in declarations.variables else Primitive.ANY

    def local(self, name: str, place: Location) -> Inner:
        """The value of a local."""
        attribute = self.declarations.locals.get(name)
        if attribute is None:
            return undeclared(f"local.{name}", place)
        return self._settled(("local", name), f"local.{name}", attribute)

    def output(self, name: str, place: Location) -> Inner:
        """The value of an output."""
        block = self.declarations.outputs.get(name)
        attribute = block.body.attributes.get("value") if block else None
        if attribute is None:
            return Unknown(Why.INVALID, self.within(name), place, "the module has no such output")
        found = self._settled(("output", name), f"output.{name}", attribute)
        return (
            marked(found, self.run.secrets)
            if block and variables.is_sensitive(block, self.functions)
            else found
        )

    def get(self, name: str, place: Location) -> Inner:
        """An output, for the module as an object of its caller's expressions."""
        return self.output(name, place)

    def plain(self) -> dict[str, Inner]:
        """All outputs, as they leave the front end."""
        return {
            name: plain(self.output(name, block.location))
            for name, block in self.declarations.outputs.items()
        }

    def _settled(self, key: tuple[str, ...], name: str, attribute: Attribute) -> Inner:
        def compute() -> Inner:
            value = evaluate(attribute.expression, self, self.functions)
            return value.through(attribute.location) if isinstance(value, Unknown) else value

        return self.run.settle(self._kept, key, self.within(name), attribute.location, compute)

    # Providers

    def region(self, provider: str) -> Inner:
        """The region of a provider configuration of this module, None where none is said."""
        found = self.provider(provider)
        attribute = found.block.body.attributes.get("region") if found else None
        if found is None or attribute is None:
            return None
        return found.module._settled(("provider", found.name), f"provider.{found.name}", attribute)

    def default_tags(self, provider: str) -> Inner:
        """The tags that a provider configuration gives to all its resources, None where it gives none.

        AWS provider documentation: ``default_tags`` Configuration Block.
        """
        found = self.provider(provider)
        blocks = found.block.body.blocks if found else ()
        block = next((block for block in blocks if block.type == "default_tags"), None)
        attribute = block.body.attributes.get("tags") if block else None
        if found is None or attribute is None:
            return None
        subject = f"provider.{found.name}.default_tags"
        return found.module._settled(("provider", found.name, "default_tags"), subject, attribute)

    def provider_id(self, provider: str) -> str:
        """A name of a provider configuration that is the same in all modules."""
        found = self.provider(provider)
        return f"{found.module.address}:{found.name}" if found else f":{provider}"

    def provider(self, name: str) -> providers.Provider | None:
        """The provider configuration that a name means in this module, None where there is none."""
        if self.parent is not None and name in self.passed:
            return self.parent.provider(self.passed[name])
        block = providers.configured(self.declarations.providers, name)
        if block is None or (self.parent is not None and providers.is_placeholder(block)):
            inherits = self.parent is not None and "." not in name
            return self.parent.provider(name) if self.parent is not None and inherits else None
        return providers.Provider(self, name, block)

    # Instances

    def found(self, data: str) -> Found | None:
        """What a lookup is known to give."""
        return self.run.found.get(data)

    def depended_on(self, block: Block) -> frozenset[str]:
        """What a block waits for because its ``depends_on`` says so, by addresses without keys."""
        attribute = block.body.attributes.get("depends_on")
        paths = (traversal(one) for one in items(attribute.expression) or ()) if attribute else ()
        named = (".".join(map(str, path[: 3 if path[0] == "data" else 2])) for path in paths if path)
        return frozenset(without_keys(self.within(name)) for name in named)

    def family(self, kind: str, block: Block) -> Family:
        """The instances of a ``resource``, ``data`` or ``module`` block."""
        key = (kind, *block.labels)
        found = self._families.get(key)
        if found is None:
            repetition = self._repetition(kind, block)
            name = self._address(kind, block)
            objects = {
                member.key: self._object(kind, block, repetition, member) for member in repetition.members
            }
            found = self._families.setdefault(
                key, Family(repetition, objects, seen(name, repetition, objects))
            )
        return found

    def _address(self, kind: str, block: Block) -> str:
        return self.within(".".join(block.labels if kind == "resource" else (kind, *block.labels)))

    def _object(self, kind: str, block: Block, repetition: Repetition, member: Member) -> Object:
        names = repetition.names(member)
        scope = Inside(names, self) if names else self
        address = self._address(kind, block) + suffix(member.key, repetition.kind)
        arguments = Arguments(self.run, block.body, block.location, scope, self.functions, address)
        exists = every((self.exists, member.exists))
        if kind == "module":
            return module_calls.called(self, block, arguments, address, exists)
        return Instance(address, block, arguments, self, exists, kind == "data")

    def _repetition(self, kind: str, block: Block) -> Repetition:
        attributes = block.body.attributes
        attribute = attributes.get("count") or attributes.get("for_each")
        if attribute is None:
            return SINGLE
        place = attribute.location
        subject = f"{self._address(kind, block)}.{attribute.name}"
        chosen = self.run.settle(
            self._kept,
            (kind, *block.labels, attribute.name),
            subject,
            place,
            lambda: choices(attribute.expression, self),
        )
        if isinstance(chosen, Unknown):
            chosen = Choices((chosen,), chosen)
        if kind == "module" and self.run.modules >= MAX_MODULES:
            # All further instances would be refused one by one.
            note = f"the root has more than the {MAX_MODULES} module instances that a scan follows"
            full = Unknown(Why.LIMIT, subject, place, note)
            chosen = Choices((full,), full)
        found = (counted if attribute.name == "count" else keyed)(chosen.values, chosen.doubt, place)
        if found.rest is not None and found.rest.why is Why.LIMIT and found.rest.origin == place:
            self.run.tell(place, subject, found.rest.note)
        return found
