"""The values of a block's arguments, with nested and ``dynamic`` blocks.

Terraform documentation: Configuration Language, ``dynamic`` Blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from checkov_ecs_endpoints.iac.configuration import AttributePath
from checkov_ecs_endpoints.iac.terraform.declarations import made_type
from checkov_ecs_endpoints.iac.terraform.expressions import FunctionContext, evaluate
from checkov_ecs_endpoints.iac.terraform.limits import MAX_BLOCKS
from checkov_ecs_endpoints.iac.terraform.names import Inside
from checkov_ecs_endpoints.iac.terraform.repetition import members_of
from checkov_ecs_endpoints.iac.terraform.run import Run
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Scope, plain
from checkov_ecs_endpoints.iac.terraform.syntax import Block, Body, traversal
from checkov_ecs_endpoints.values import Location, OpenList, Reference, Unknown, Value, Why

META_ARGUMENTS = frozenset({"count", "for_each", "provider", "depends_on"})
META_BLOCKS = frozenset({"lifecycle", "provisioner", "connection"})


@dataclass(slots=True, eq=False, repr=False)
class Arguments:
    """The arguments of one block of one instance, each evaluated when it is asked for.

    ``owner`` is the id of the resource instance, ``path`` where the block lies in it.
    It is an :class:`~checkov_ecs_endpoints.iac.terraform.scope.Object`, so that
    expressions can reach into nested blocks.
    """

    run: Run
    body: Body
    location: Location
    scope: Scope
    functions: FunctionContext
    owner: str
    path: AttributePath = ()
    _kept: dict[str, Inner] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The names that are set, possibly to null, in the order they are written."""
        meta = META_ARGUMENTS if not self.path else frozenset()
        attributes = [name for name in self.body.attributes if name not in meta]
        return list(dict.fromkeys([*attributes, *self._nested_types()]))

    def get(self, name: str, place: Location) -> Inner:
        """The value of an argument; a reference where it is not set, so that the provider fills it."""
        value = self.value(name)
        return Reference(self.owner, (*self.path, name), self.location) if value is None else value

    def value(self, name: str) -> Inner:
        """The value of an argument or of all nested blocks of a type; None where it is not set."""
        attribute = self.body.attributes.get(name)
        if attribute is not None and (self.path or name not in META_ARGUMENTS):
            subject = ".".join(map(str, (self.owner, *self.path, name)))
            return self.run.settle(
                self._kept,
                name,
                subject,
                attribute.location,
                lambda: evaluate(attribute.expression, self.scope, self.functions),
            )
        if name in self._nested_types():
            return self.run.settle(
                self._kept, name, f"{self.owner}.{name}", self.location, lambda: self._nested(name)
            )
        return None

    def plain(self) -> dict[str, Value]:
        """All arguments that are set, as they leave the front end: no null, and no blocks that are none.

        A ``dynamic`` block that makes nothing sets nothing, where ``ingress = []`` does
        (Terraform documentation: Attributes as Blocks).
        """
        values = ((name, plain(self.value(name))) for name in self.names)
        return {
            name: value
            for name, value in values
            if value is not None and (value != [] or name in self.body.attributes)
        }

    def lines(self) -> Iterator[tuple[AttributePath, Location]]:
        """The places of the arguments and nested blocks."""
        for name, attribute in self.body.attributes.items():
            yield (*self.path, name), attribute.location
        for name in self._nested_types():
            first = next(block for block in self.body.blocks if made_type(block) == name)
            yield (*self.path, name), first.location
            blocks = self.value(name)
            found = blocks.items if isinstance(blocks, OpenList) else blocks
            for inner in found if isinstance(found, (list, tuple)) else ():
                if isinstance(inner, Arguments):
                    yield inner.path, inner.location
                    yield from inner.lines()

    def _nested_types(self) -> list[str]:
        types = dict.fromkeys(made_type(block) for block in self.body.blocks)
        return [name for name in types if self.path or name not in META_BLOCKS]

    def _nested(self, name: str) -> list[Inner] | OpenList:
        found: list[Inner] = []
        rest: Unknown | None = None
        for block in self.body.blocks:
            if made_type(block) != name:
                continue
            if block.type != "dynamic":
                found.append(self._inside(block, self.scope, (*self.path, name, len(found))))
                continue
            further = self._expand(block, name, found)
            rest = rest or further
        return found if rest is None else OpenList(tuple(found), rest)

    def _expand(self, block: Block, name: str, found: list[Inner]) -> Unknown | None:
        """Add the blocks that a ``dynamic`` block makes; why there may be more, if so."""
        over = block.body.attributes.get("for_each")
        content = next((inner for inner in block.body.blocks if inner.type == "content"), None)
        if over is None or content is None:
            return Unknown(Why.INVALID, f"dynamic {name}", block.location, "it lacks for_each or content")
        if self.run.blocks > MAX_BLOCKS:
            return self._too_many(name, over.location)
        members, rest = members_of(evaluate(over.expression, self.scope, self.functions), over.location)
        iterator = block.body.attributes.get("iterator")
        path = traversal(iterator.expression) if iterator else None
        variable = str(path[0]) if path else name
        for key, value in members:
            self.run.blocks += 1
            if self.run.blocks > MAX_BLOCKS:
                return self._too_many(name, over.location)
            scope = Inside({variable: {"key": key, "value": value}}, self.scope)
            found.append(self._inside(content, scope, (*self.path, name, len(found))))
        return rest

    def _too_many(self, name: str, place: Location) -> Unknown:
        note = f"the root has more than the {MAX_BLOCKS} nested blocks that a scan follows"
        self.run.tell(place, f"dynamic {name}", note)
        return Unknown(Why.LIMIT, f"dynamic {name}", place, note)

    def _inside(self, block: Block, scope: Scope, path: AttributePath) -> Arguments:
        return Arguments(self.run, block.body, block.location, scope, self.functions, self.owner, path)
