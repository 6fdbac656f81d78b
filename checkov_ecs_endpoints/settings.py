"""Settings of a scan (design 4.4), read from ``.ecs-endpoints.yaml``."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from checkov_ecs_endpoints.values import Location


class OnUnknown(Enum):
    """What becomes of an UNKNOWN verdict."""

    REPORT = "report"
    FAIL = "fail"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class HighBandwidth:
    """Which workloads are high-bandwidth tiers: by tags (any value listed), or globs of names.

    ``names`` are of workloads, ``clusters`` of the clusters they run in.
    """

    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nat:
    """Figures for ECSNET_301.

    ``ceiling_gbps``: bandwidth of one NAT gateway in Gbit/s; 45 is the figure of the
    Amazon ECS guide "Connecting to AWS services from inside your VPC".
    ``fargate_vcpus``: peak vCPUs behind one gateway that make a Fargate tier
    high-bandwidth.
    """

    ceiling_gbps: float = 45
    fargate_vcpus: float = 128


@dataclass(frozen=True, slots=True)
class RootSetting:
    """A root and its name: a Terraform directory with its var files and workspace, or a template.

    ``path`` is a directory or the file of a template, ``parameter_files`` are the latter's.
    """

    path: str
    var_files: tuple[str, ...] = ()
    workspace: str | None = None
    name: str = ""
    parameter_files: tuple[str, ...] = ()


class Giver(Enum):
    """What gives a configuration the id of something.

    ``RESOURCE`` is one of its own by address, ``ID`` is an id that is written out. They are for
    what routes lead to alone.
    """

    VARIABLE = "variable"
    PARAMETER = "parameter"
    DATA = "data"
    IMPORT = "import"
    RESOURCE = "resource"
    ID = "id"


class RouteKind(Enum):
    """What routes lead out of the files by."""

    TRANSIT_GATEWAY = "transit-gateway"
    CLOUD_WAN = "cloud-wan"
    PEERING = "peering"
    FIREWALL = "firewall"
    VIRTUAL_PRIVATE_GATEWAY = "virtual-private-gateway"
    NETWORK_INTERFACE = "network-interface"


class Egress(Enum):
    """How the internet is reached from the private subnets of a network from elsewhere, or behind a route."""

    NAT = "nat"
    ISOLATED = "isolated"
    FIREWALL = "firewall"
    TRANSIT_GATEWAY = "transit-gateway"


@dataclass(frozen=True, slots=True)
class RouteTo:
    """Which of the configuration's own routes are meant: by kind, by what gives the target, or both.

    ``name`` is the name, or a glob of names, of what gives the id that the routes lead to.
    """

    kind: RouteKind | None = None
    giver: Giver | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """Which networks from elsewhere an assumption is about.

    ``root`` is a glob of roots, relative to the directory ``base``: ``*`` is any part of one
    name, ``**`` any number of directories. ``name`` is the name, or a glob of names, of what
    gives the ids; without ``giver`` any network from elsewhere is meant. With ``route_to`` it is
    what lies behind routes of the configuration's own instead.
    """

    base: str
    root: str = "**"
    giver: Giver | None = None
    name: str = ""
    route_to: RouteTo | None = None

    def holds_for(self, root: str) -> bool:
        """Whether the configuration of a root (an absolute path) is meant."""
        relative = posixpath.relpath(root, self.base)
        return self.root == "**" or re.fullmatch(_expression(self.root), relative) is not None


def _expression(glob: str) -> str:
    signs = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", posixpath.normpath(glob))
    return "".join(signs.get(part, re.escape(part)) for part in parts)


@dataclass(frozen=True, slots=True)
class Assumption:
    """What the settings say of a network that lies outside the files, or behind routes to one.

    ``key`` and ``location`` are where they say it. ``endpoints`` are all that it has, by the
    names of their services; None where nothing is said of them, as with ``egress``.
    """

    key: str
    location: Location
    match: Match
    endpoints: tuple[str, ...] | None = None
    egress: Egress | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings; the defaults are those of a scan without a settings file.

    ``zones`` is how many Availability Zones a region is taken to have, where a count depends
    on it. ``var_files`` and ``parameter_files`` come from the command line (``--var-file``,
    ``--parameter-file``). ``plan_sources`` is the directory of the Terraform files that
    plans were made of, where they do not lie beside them (``--plan-sources``).
    """

    high_bandwidth: HighBandwidth = HighBandwidth()
    nat: Nat = Nat()
    roots: tuple[RootSetting, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    default_region: str | None = None
    zones: int = 3
    on_unknown: OnUnknown = OnUnknown.REPORT
    var_files: tuple[Path, ...] = ()
    parameter_files: tuple[Path, ...] = ()
    plan_sources: Path | None = None
