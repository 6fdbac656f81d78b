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
from checkov_ecs_endpoints.lowering.workloads.buckets import bucket_of
from checkov_ecs_endpoints.lowering.workloads.images import Images
from checkov_ecs_endpoints.lowering.workloads.logging import options, secrets
from checkov_ecs_endpoints.lowering.workloads.secret_sources import registry_credentials
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.workloads import (
    SDK_REGIONS,
    Container,
    Containers,
    EnvironmentFile,
    Logging,
    Secret,
)
from checkov_ecs_endpoints.values import Location, Unknown, Value, Why


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
                self._credentials(credentials)
                if credentials.is_set and not isinstance(credentials.content, Unknown)
                else None
            ),
            firelens_options=options(block.block("firelensConfiguration"), "options", self.images.region),
            environment=_environment(block, self.images.region),
        )

    def _logging(self, block: Block) -> Logging | None:
        if not block.is_set:
            return None
        driver = block.field("logDriver")
        return Logging(
            self._source(block.place, driver=driver),
            "" if driver.value is None else string(driver.value, driver.place),
            options(block, "options", self.images.region),
        )

    def _secrets(self, block: Block, name: str) -> Listing[Secret]:
        return secrets(block, name, "valueFrom", self.images.region, self.images.index)

    def _credentials(self, block: Block) -> Secret:
        named = block.field("credentialsParameter")
        return registry_credentials(
            named.value, self._source(block.place), self.images.region, self.images.index
        )

    def _environment_files(self, block: Block) -> Listing[EnvironmentFile]:
        listing = block.blocks("environmentFiles")
        return Listing(tuple(map(self._environment_file, listing)), listing.rest)

    def _environment_file(self, entry: Block) -> EnvironmentFile:
        """A file; the ARN of a bucket names no region, so it is another one only where that is seen."""
        bucket = bucket_of(entry.field("value").value, self.images.index)
        region = None if bucket is None else self.images.region.holding(bucket)
        return EnvironmentFile(self._source(entry.place), region)

    def _source(self, place: Location, **fields: Field) -> Source:
        lines = {name: field.place for name, field in fields.items()}
        return Source(self.resource.address, place, lines)


def _environment(block: Block, region: Region) -> Mapping[str, Value] | Unknown:
    """The variables by name; all unknown where one may have any name.

    Those of secrets too, as far as these are listed: the others are the rest of ``secrets``.
    """
    variables: dict[str, Value] = {}
    for attribute in ("secrets", "environment"):
        for entry in block.blocks(attribute):
            name = entry.field("name")
            known = string(name.value, name.place)
            if isinstance(known, Unknown):
                return known
            secret = Unknown(Why.SECRET, f"the variable {known}", name.place)
            value = entry.field("value").value
            if known in SDK_REGIONS and value is not None:
                value = region.seen(value)
            variables[known] = secret if attribute == "secrets" else value
    return block.blocks("environment").rest or variables


def _joined(first: Listing[Secret], second: Listing[Secret]) -> Listing[Secret]:
    return Listing((*first, *second), first.rest or second.rest)
