"""Where an id that is not known comes from, and which assumption of the settings is about that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from checkov_ecs_endpoints.catalog.modules import changes_no_network
from checkov_ecs_endpoints.iac.configuration import Configuration, Framework
from checkov_ecs_endpoints.lowering.index import Index
from checkov_ecs_endpoints.lowering.network.elsewhere import may_be_created_here
from checkov_ecs_endpoints.lowering.origins import origin
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.settings import Assumption, Giver
from checkov_ecs_endpoints.values import OpenDict, OpenList, Unknown, Why, unknowns

_GIVEN = re.compile(r"(?:module\.[^.]+\.)*(?P<giver>var\.|data\.|parameter )(?P<name>.+)")
_GIVERS = {Giver.VARIABLE: "var.", Giver.DATA: "data.", Giver.PARAMETER: "parameter "}
_WRITTEN = ("subnet-", "vpc-")
"""What the ids of subnets and VPCs begin with, where they are written out."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The assumptions that hold for a configuration, and the values of it that they are about."""

    assumptions: tuple[Assumption, ...]
    configuration: Configuration
    index: Index
    default_region: str | None

    def behind(self, unknown: Unknown) -> Assumption | None:
        """The first assumption that names what gives an id, or what the id is looked up by."""
        chain = list(self._chain(unknown, set()))
        return next((one for one in self.assumptions if any(self.names(one, link) for link in chain)), None)

    def of_any(self) -> Assumption | None:
        """The first assumption that is about any network from elsewhere."""
        matches = ((one, one.match) for one in self.assumptions)
        return next((one for one, match in matches if match.giver is None and match.route_to is None), None)

    def in_use(self) -> list[Assumption]:
        """The assumptions that name what gives the configuration something."""
        values = [
            value for resource in self.configuration.resources for value in resource.attributes.values()
        ]
        given = dict.fromkeys(unknown for value in values for unknown in unknowns(value))
        written = {text for value in values for text in _texts(value) if text.startswith(_WRITTEN)}
        given |= dict.fromkeys(Unknown(Why.OUTSIDE, text) for text in written)
        return [one for one in self.assumptions if any(self.names(one, unknown) for unknown in given)]

    def names(self, assumption: Assumption, unknown: Unknown) -> bool:
        """Whether an assumption names what gives an id of a network."""
        match = assumption.match
        return match.giver is not None and self.gives(match.giver, match.name, unknown)

    def gives(self, giver: Giver, wanted: str, unknown: Unknown) -> bool:
        """Whether an id is given by something whose name is ``wanted``, a glob.

        A variable or parameter that has a value gives the ids that are written out in it.
        """
        if giver is Giver.IMPORT:
            return unknown.why is Why.IMPORT and fnmatchcase(unknown.subject, wanted)
        if unknown.why is Why.OUTSIDE and giver is self._input:
            inputs = self.configuration.inputs
            fitting = (value for name, value in inputs.items() if fnmatchcase(name, wanted))
            return any(unknown.subject in _texts(value) for value in fitting)
        given = _GIVEN.fullmatch(unknown.subject)
        if given is None or given["giver"] != _GIVERS.get(giver):
            return False
        return any(fnmatchcase(given["name"], pattern) for pattern in (wanted, f"{wanted}[[.]*"))

    @property
    def _input(self) -> Giver:
        of_template = self.configuration.framework is Framework.CLOUDFORMATION
        return Giver.PARAMETER if of_template else Giver.VARIABLE

    def from_elsewhere(self, unknown: Unknown) -> bool:
        """Whether an id is given to the configuration, or found without anything that it creates."""
        if unknown.why is Why.OUTSIDE:
            return unknown.subject.startswith(_WRITTEN)
        source = origin(unknown, self.index)
        if source is not None and source.is_data:
            return not may_be_created_here(unknown, (source.type,), self.index)
        return unknown.why is Why.IMPORT or _GIVEN.fullmatch(unknown.subject) is not None

    def creates_unseen(self) -> bool:
        """Whether a module or stack that was not read may create networks."""
        return not all(changes_no_network(module.source) for module in self.configuration.absent)

    def region(self, id_: str) -> str | Unknown:
        """The region that a resource of the configuration is in, and so the network that it lies in."""
        resource = self.index.get(id_)
        stated = None if resource is None else Region.of(resource, self.configuration, self.index).value
        if isinstance(stated, (str, Unknown)):
            return stated
        return self.default_region or Unknown(Why.NO_VALUE, "the region of a network from elsewhere")

    def _chain(self, unknown: Unknown, passed: set[str]) -> Iterator[Unknown]:
        """An unknown, and those by which the data source that it is read by looks it up.

        ``passed`` are the resources that were looked at: each is looked at once.
        """
        yield unknown
        source = origin(unknown, self.index)
        if source is not None and source.resource is not None and source.resource.id not in passed:
            passed.add(source.resource.id)
            for value in source.resource.attributes.values():
                for one in unknowns(value):
                    yield from self._chain(one, passed)


def _texts(value: object) -> Iterator[str]:
    """The texts that a value is made of."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (OpenList, OpenDict)):
        yield from _texts(value.items)
    elif isinstance(value, (list, tuple, dict)):
        for member in value.values() if isinstance(value, dict) else value:
            yield from _texts(member)
