"""Module calls: the module they make, or what stands for one that is not available."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checkov_ecs_endpoints.catalog.modules import changes_no_network
from checkov_ecs_endpoints.iac.configuration import Absent, Handover
from checkov_ecs_endpoints.iac.terraform.bodies import Arguments
from checkov_ecs_endpoints.iac.terraform.limits import MAX_MODULE_DEPTH, MAX_MODULES
from checkov_ecs_endpoints.iac.terraform.literals import literal
from checkov_ecs_endpoints.iac.terraform.manifest import Call, locate
from checkov_ecs_endpoints.iac.terraform.mentions import mentioned
from checkov_ecs_endpoints.iac.terraform.providers import passed
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.iac.terraform.syntax import Block
from checkov_ecs_endpoints.iac.terraform.variables import Given
from checkov_ecs_endpoints.values import Location, Truth, Unknown, Value, Why, first_unknown

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.terraform.module import Module

META_ARGUMENTS = frozenset({"source", "version", "providers", "count", "for_each", "depends_on"})


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Unavailable:
    """A module that was not evaluated: each output is the unknown that says why."""

    address: str
    unknown: Unknown
    caller: Module
    block: Block
    source: str
    arguments: Arguments

    def get(self, name: str, place: Location) -> Inner:
        """Any output."""
        return self.unknown

    def plain(self) -> Unknown:
        """What stands for the module outside the front end."""
        return self.unknown

    def absent(self) -> Absent:
        """That the call was not followed, and why."""
        return Absent(self.address, self.source, self.unknown, self.block.location)

    def handover(self) -> Handover | None:
        """What the call hands over; None where the module is known to change no network."""
        if changes_no_network(self.source):
            return None
        values = {
            name: self._handed(name, value)
            for name, value in self.arguments.plain().items()
            if name not in META_ARGUMENTS
        }
        to = f'module "{self.block.labels[0]}" ({self.source or "no source"})'
        return Handover(to, values, self.block.location)

    def _handed(self, name: str, value: Value) -> Value:
        """An argument, with all that it may hold where that is not known."""
        if first_unknown(value) is None or name not in self.block.body.attributes:
            return value
        known = self.caller.run.mentions
        key = (self.caller.address, self.block.labels[0], name)
        if key not in known:
            known[key] = mentioned(self.caller, self.block, name)
        return [value, *known[key]]


def called(
    caller: Module, block: Block, arguments: Arguments, address: str, exists: Truth
) -> Module | Unavailable:
    """The module instance that one instance of a call makes."""
    from checkov_ecs_endpoints.iac.terraform.module import Module

    written = {
        name: literal(attribute.expression)
        for name, attribute in block.body.attributes.items()
        if name in ("source", "version")
    }
    source = written.get("source") or ""
    call = Call(
        names=(*caller.names, block.labels[0]),
        source=source,
        version=written.get("version") or "",
        caller=caller.declarations.directory,
        location=block.location,
    )
    run = caller.run
    directory = locate(run.sources, run.manifest, call)
    if isinstance(directory, Path):
        directory = _bounded(caller, call, directory)
    if isinstance(directory, Unknown):
        return Unavailable(address, directory, caller, block, source, arguments)

    def inputs(name: str) -> Given | None:
        attribute = block.body.attributes.get(name)
        if attribute is None or name in META_ARGUMENTS:
            return None
        return Given(arguments.value(name), attribute.location)

    run.modules += 1
    return Module(
        run=run,
        declarations=run.sources.declarations(directory),
        inputs=inputs,
        address=address,
        names=call.names,
        calls=(*caller.calls, block.location),
        exists=exists,
        parent=caller,
        call=block,
        after=caller.after | caller.depended_on(block),
        passed=passed(block.body),
    )


def _bounded(caller: Module, call: Call, directory: Path) -> Path | Unknown:
    above: Module | None = caller
    while above is not None:
        if above.declarations.directory == directory:
            return _refused(caller, call, Why.INVALID, "the module calls itself")
        above = above.parent
    if len(call.names) > MAX_MODULE_DEPTH:
        note = f"more than {MAX_MODULE_DEPTH} module calls inside one another"
        return _refused(caller, call, Why.LIMIT, note)
    if caller.run.modules >= MAX_MODULES:
        note = f"the root has more than the {MAX_MODULES} module instances that a scan follows"
        return _refused(caller, call, Why.LIMIT, note)
    return directory


def _refused(caller: Module, call: Call, why: Why, note: str) -> Unknown:
    caller.run.problem(call.location, f"{call.subject}: {note}")
    return Unknown(why, call.subject, call.location, note)
