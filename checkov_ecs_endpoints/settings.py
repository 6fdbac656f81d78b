"""Settings of a scan (design 4.4), read from ``.ecs-endpoints.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path


class OnUnknown(Enum):
    """What becomes of an UNKNOWN verdict."""

    REPORT = "report"
    FAIL = "fail"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class HighBandwidth:
    """Which workloads are high-bandwidth tiers: by tags (any value listed) or name globs."""

    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: tuple[str, ...] = ()


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
    default_region: str | None = None
    zones: int = 3
    on_unknown: OnUnknown = OnUnknown.REPORT
    var_files: tuple[Path, ...] = ()
    parameter_files: tuple[Path, ...] = ()
    plan_sources: Path | None = None
