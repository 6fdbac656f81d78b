"""What a front end makes of a configuration: resources with values and places.

Nothing here knows of networks; Terraform and CloudFormation share only these shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.values import Location, Truth, Unknown, Value

AttributePath: TypeAlias = tuple[str | int, ...]


class Framework(Enum):
    """The language of a configuration, by Checkov's names."""

    TERRAFORM = "terraform"
    TERRAFORM_JSON = "terraform_json"
    TERRAFORM_PLAN = "terraform_plan"
    CLOUDFORMATION = "cloudformation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """One instance of a resource (or data source) of a configuration.

    ``id`` is unique inside the configuration and is what references carry; ``address`` is
    what people read (they differ only inside nested CloudFormation stacks).
    ``attributes`` hold what the configuration sets, never a default of the provider: a
    key that is not set is absent. Nested blocks are lists of dicts, as in plan JSON.
    ``exists`` is True or the unknown that decides it; what certainly does not exist is
    not listed. ``lines`` maps attribute paths to their places.
    ``calls`` are the module calls that lead here, outermost first. ``ignored`` are the
    top-level attributes of Terraform's ``lifecycle.ignore_changes`` ("all" for all).
    ``metadata`` is CloudFormation's ``Metadata``. ``stack`` is the path of logical ids of
    the nested stacks above it, "" at the top. ``region`` is the provider's region if the
    configuration says one, ``default_tags`` the tags that the provider adds to all its
    resources; a plan has them in ``tags_all``. ``provider`` names the provider configuration
    that manages it, "" where that is not told: resources with the same one are in the same account.
    ``after`` are the blocks and modules that Terraform waits for because ``depends_on`` says
    so, by their addresses without keys.
    """

    id: str
    type: str
    address: str
    attributes: Mapping[str, Value]
    location: Location
    exists: Truth = True
    is_data: bool = False
    lines: Mapping[AttributePath, Location] = field(default_factory=dict)
    calls: tuple[Location, ...] = ()
    ignored: frozenset[str] = frozenset()
    metadata: Mapping[str, Value] = field(default_factory=dict)
    stack: str = ""
    region: Value = None
    default_tags: Value = None
    provider: str = ""
    after: frozenset[str] = frozenset()

    def at(self, *path: str | int) -> Location:
        """The place of an attribute, or of the nearest thing around it."""
        for end in range(len(path), 0, -1):
            found = self.lines.get(path[:end])
            if found is not None:
                return found
        return self.location


@dataclass(frozen=True, slots=True)
class Handover:
    """Values that were handed to something that was not evaluated (design 3, open edges).

    ``to`` says to what, in plain words (``module "dns" (terraform-aws-modules/x/aws)``);
    ``location`` is the call or export.
    """

    to: str
    values: Value
    location: Location


@dataclass(frozen=True, slots=True)
class Absent:
    """A module that is called and was not evaluated: whatever it holds is not in ``resources``.

    ``address`` is that of the call, ``source`` what it names, ``why`` the reason.
    """

    address: str
    source: str
    why: Unknown
    location: Location


@dataclass(frozen=True, slots=True)
class Case:
    """One way in which things that the files do not tell may be, and what the configuration is then.

    ``choices`` say which, each in a sentence (``parameter Env is 'prod'``).
    """

    choices: tuple[str, ...]
    configuration: Configuration


Cases: TypeAlias = Callable[[Unknown], tuple[Case, ...]]
"""All cases of the first thing to ask, so that an unknown condition is decided; none if there is nothing.

In each of them the condition is decided, or there is more to ask.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """One root: a Terraform root directory, a plan, or a template with its nested stacks.

    ``root`` is an absolute path: the directory, plan file or template. ``name`` is that of
    a root named in the settings. ``library`` marks a Terraform directory that only a
    caller gives its values (design 3, roots). ``files`` are all files that were read.
    ``cases`` leads on where a condition is not known.
    ``secrets`` are the texts of sensitive values, which no report shows. ``inputs`` are the
    values of the root's variables, or of the template's parameters, by name.
    """

    framework: Framework
    root: str
    resources: tuple[Resource, ...]
    name: str = ""
    problems: tuple[Problem, ...] = ()
    handovers: tuple[Handover, ...] = ()
    absent: tuple[Absent, ...] = ()
    library: bool = False
    files: frozenset[str] = frozenset()
    region: Value = None
    cases: Cases | None = field(default=None, compare=False, repr=False)
    secrets: frozenset[str] = frozenset()
    inputs: Mapping[str, Value] = field(default_factory=dict, compare=False, repr=False)
