"""CloudFormation templates for tests: written inline, evaluated without or with a directory."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

from checkov_ecs_endpoints.discovery import Tree, plant
from checkov_ecs_endpoints.iac.cloudformation import read
from checkov_ecs_endpoints.iac.cloudformation.assumptions import NOTHING, Assumptions
from checkov_ecs_endpoints.iac.cloudformation.listing import resources_of
from checkov_ecs_endpoints.iac.cloudformation.stack import Stack
from checkov_ecs_endpoints.iac.cloudformation.templates import Library, Template, read_template
from checkov_ecs_endpoints.iac.cloudformation.world import World
from checkov_ecs_endpoints.iac.configuration import Configuration, Resource
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Location, Value

PATH = Path("/repository/template.yaml")
ABSENT = "(the property is not there)"


def template(text: str) -> Template:
    """A template from its text."""
    found = read_template(dedent(text).encode(), PATH)
    assert isinstance(found, Template), found
    return found


def stack(text: str, region: str | None = None, assumptions: Assumptions = NOTHING) -> Stack:
    """A stack of a template that stands alone."""
    world = World(Library(Tree(PATH.parent, (PATH.parent,), ())), region, assumptions=assumptions)
    return world.stack(template(text))


def resources(text: str, region: str | None = None) -> dict[str, Resource]:
    """The resources of a template that stands alone, by logical id."""
    return {found.address.rpartition(".")[2]: found for found in resources_of(stack(text, region))}


def resolved(expression: str, sections: str = "", region: str | None = None) -> Value:
    """What an expression on one line comes to, in a template with some resources.

    It stands on line 6.
    """
    text = (
        "Resources:\n"
        "  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
        "  Subnet: {Type: AWS::EC2::Subnet}\n"
        "  Thing:\n"
        "    Type: AWS::S3::Bucket\n"
        f"    Properties: {{Value: {expression}}}\n"
    )
    return resources(text + dedent(sections).lstrip("\n"), region)["Thing"].attributes.get("Value", ABSENT)


def line(number: int, end: int = 0) -> Location:
    """A place in the template that stands alone."""
    return Location(PATH.as_posix(), number, end)


def repository(directory: Path, files: Mapping[str, str]) -> Path:
    """Files of a repository; an indented text is moved to the left."""
    (directory / ".git").mkdir(exist_ok=True)
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return directory


def scanned(
    directory: Path, *targets: str, settings: Settings | None = None
) -> tuple[dict[str, Configuration], list[Problem]]:
    """What the front end makes of a repository: configurations by their file, and problems."""
    paths = [directory / target for target in targets] or [directory]
    (tree,) = plant(paths)
    configurations, problems = read(tree, settings or Settings())
    return {Path(found.root).relative_to(directory).as_posix(): found for found in configurations}, problems


def found(configuration: Configuration, resource_id: str) -> Resource:
    """The resource with an id."""
    (resource,) = (one for one in configuration.resources if one.id == resource_id)
    return resource
