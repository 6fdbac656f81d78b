"""Container definitions, which both languages write with the names of the ECS API.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
(``logConfiguration`` in the JSON text that Terraform takes, ``LogConfiguration`` in a
template of CloudFormation; see :mod:`~checkov_ecs_endpoints.lowering.fields`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Resource
from checkov_ecs_endpoints.lowering.fields import Block, Field
from checkov_ecs_endpoints.lowering.reading import string
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.lowering.workloads.images import Images
from checkov_ecs_endpoints.lowering.workloads.secret_sources import secret
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.workloads import Container, Containers, Logging, Secret
from checkov_ecs_endpoints.values import Location, OpenDict, Unknown, Value

_DECISIVE_OPTIONS = ("awslogs-region", "Name", "region", "config-file-type")
"""Options of log drivers and FireLens that decide which services a container needs."""
_REGIONS = ("awslogs-region", "region")


@dataclass(frozen=True, slots=True)
class ContainerReader:
    """Reads the containers of one task definition; ``images`` carries its surroundings."""

    resource: Resource
    images: Images

    def read(self, attribute: str, value: Value) -> Containers:
        """The containers that ``value`` lists; ``attribute`` is where it is written."""
        place = self.resource.at(attribute)
        if isinstance(value, Unknown):
            return value.through(place)
        listing = Block(self.resource, {attribute: value}).blocks(attribute)
        rest = listing.rest
        found: list[Container] = []
        for block in listing:
            if isinstance(block.content, Unknown):
                rest = rest or block.content
            else:
                found.append(self._container(block))
        if rest is not None and not found:
            return rest
        return Listing(tuple(found), rest)

    def _container(self, block: Block) -> Container:
        image = block.field("image")
        name = string(block.field("name").value or "", block.place)
        credentials = block.block("repositoryCredentials")
        logging = block.block("logConfiguration")
        secrets = _joined(self._secrets(block, "secrets"), self._secrets(logging, "secretOptions"))
        if isinstance(credentials.content, Unknown):
            # Credentials are a secret, and whether there are any is not known.
            secrets = Listing(secrets.items, secrets.rest or credentials.content)
        return Container(
            name=f"${{{name.subject}}}" if isinstance(name, Unknown) else name,
            source=self._source(block.place, image=image, logging=block.field("logConfiguration")),
            image=self.images.read(image.value, image.place),
            logging=self._logging(logging),
            secrets=secrets,
            environment_files=self._environment_files(block),
            registry_credentials=(
                self._source(credentials.place)
                if credentials.is_set and not isinstance(credentials.content, Unknown)
                else None
            ),
            firelens_options=_options(block.block("firelensConfiguration"), self.images.region),
            environment=_environment(block),
        )

    def _logging(self, block: Block) -> Logging | None:
        if not block.is_set:
            return None
        driver = block.field("logDriver")
        return Logging(
            self._source(block.place, driver=driver),
            "" if driver.value is None else string(driver.value, driver.place),
            _options(block, self.images.region),
        )

    def _secrets(self, block: Block, name: str) -> Listing[Secret]:
        listing = block.blocks(name)
        rest = listing.rest
        found: list[Secret] = []
        for entry in listing:
            if isinstance(entry.content, Unknown):
                rest = rest or entry.content
                continue
            origin = entry.field("valueFrom")
            found.append(
                secret(origin.value, self._source(origin.place), self.images.region, self.images.index)
            )
        return Listing(tuple(found), rest)

    def _environment_files(self, block: Block) -> Listing[Source]:
        listing = block.blocks("environmentFiles")
        return Listing(tuple(self._source(entry.place) for entry in listing), listing.rest)

    def _source(self, place: Location, **fields: Field) -> Source:
        lines = {name: field.place for name, field in fields.items()}
        return Source(self.resource.address, place, lines)


def _options(block: Block, region: Region) -> Mapping[str, Value]:
    """The options of a log driver or of FireLens.

    Where they are not all known, those that decide something are listed with the reason.
    A region that is the task definition's own is null, like one that is not given.
    """
    content = block.block("options").content
    rest = content.rest if isinstance(content, OpenDict) else content
    items = content.items if isinstance(content, OpenDict) else content
    known = items if isinstance(items, Mapping) else {}
    options = {
        name: region.seen(value) if name in _REGIONS and value is not None else value
        for name, value in known.items()
    }
    if isinstance(rest, Unknown):
        for name in _DECISIVE_OPTIONS:
            if not isinstance(content, OpenDict) or content.may_have(name):
                options.setdefault(name, rest)
    return options


def _environment(block: Block) -> Mapping[str, Value] | Unknown:
    """The variables by name; all unknown where one may have any name."""
    listing = block.blocks("environment")
    variables: dict[str, Value] = {}
    for entry in listing:
        name = entry.field("name")
        known = string(name.value, name.place)
        if isinstance(known, Unknown):
            return known
        variables[known] = entry.field("value").value
    return variables if listing.rest is None else listing.rest


def _joined(first: Listing[Secret], second: Listing[Secret]) -> Listing[Secret]:
    return Listing((*first, *second), first.rest or second.rest)
