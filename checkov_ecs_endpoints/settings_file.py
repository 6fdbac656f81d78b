"""Settings files (design 4.4): which one holds for a directory, and what is in it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.settings import (
    Assumption,
    Egress,
    Giver,
    HighBandwidth,
    Match,
    Nat,
    OnUnknown,
    RootSetting,
    RouteKind,
    RouteTo,
    Settings,
)
from checkov_ecs_endpoints.settings_nodes import Node, SettingsError, document
from checkov_ecs_endpoints.values import Location

FILE_NAME = ".ecs-endpoints.yaml"
ENVIRONMENT = "ECS_ENDPOINTS_CONFIG"

_NETWORK_GIVERS = tuple(giver.value for giver in Giver if giver not in (Giver.RESOURCE, Giver.ID))
_ENDPOINT = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")
_LIKE = 0.85
"""How like one that is known the name of an endpoint is that is mistyped: a sign of seven."""

__all__ = ["ENVIRONMENT", "FILE_NAME", "SettingsError", "SettingsFiles", "read"]


@dataclass(frozen=True, slots=True)
class SettingsFiles:
    """The settings that hold for each directory of a scan.

    ``config`` is the one file that holds everywhere (``--config``); without it the
    environment variable ``ECS_ENDPOINTS_CONFIG`` may name one, else the nearest file at or
    above a directory holds, up to the boundary. ``var_files``, ``parameter_files`` and
    ``plan_sources`` come from the command line.
    """

    config: Path | None = None
    var_files: tuple[Path, ...] = ()
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    _read: dict[Path, Settings] = field(default_factory=dict)
    parameter_files: tuple[Path, ...] = ()
    plan_sources: Path | None = None

    def of(self, directory: Path, boundary: Path) -> Settings:
        """The settings for a directory at or below ``boundary``; raises SettingsError."""
        path = self._path(directory, boundary)
        if path is None:
            return self._chosen(Settings())
        if path not in self._read:
            self._read[path] = self._chosen(read(path))
        return self._read[path]

    def _chosen(self, settings: Settings) -> Settings:
        return replace(
            settings,
            var_files=self.var_files,
            parameter_files=self.parameter_files,
            plan_sources=self.plan_sources,
        )

    def _path(self, directory: Path, boundary: Path) -> Path | None:
        given = self.config or (Path(named) if (named := self.environment.get(ENVIRONMENT)) else None)
        if given is not None:
            return given.resolve()
        for place in (directory, *directory.parents):
            path = place / FILE_NAME
            if path.is_file() and path.resolve().is_relative_to(boundary):
                return path
            if place == boundary:
                break
        return None


def read(path: Path) -> Settings:
    """Read and check one settings file; raises SettingsError."""
    root = document(path)
    if root is None:
        return Settings()
    keys = root.mapping("tiers", "nat", "roots", "assume", "regions", "unknown")
    return Settings(
        high_bandwidth=_high_bandwidth(keys.get("tiers")),
        nat=_nat(keys.get("nat")),
        roots=_roots(keys.get("roots"), path.parent),
        assumptions=tuple(_assumption(node) for node in keys["assume"].items()) if "assume" in keys else (),
        **_regions(keys.get("regions")),
        on_unknown=_on_unknown(keys.get("unknown")),
    )


def _high_bandwidth(tiers: Node | None) -> HighBandwidth:
    tier = tiers.mapping("high_bandwidth").get("high_bandwidth") if tiers else None
    if tier is None:
        return HighBandwidth()
    keys = tier.mapping("tags", "names", "clusters")
    tags = keys["tags"].mapping() if "tags" in keys else {}
    return HighBandwidth(
        tags={key: value.texts() for key, value in tags.items()},
        names=keys["names"].texts() if "names" in keys else (),
        clusters=keys["clusters"].texts() if "clusters" in keys else (),
    )


def _nat(nat: Node | None) -> Nat:
    keys = nat.mapping("ceiling_gbps", "fargate_vcpus") if nat else {}
    return Nat(**{key: value.positive_number() for key, value in keys.items()})


def _roots(roots: Node | None, base: Path) -> tuple[RootSetting, ...]:
    found: list[RootSetting] = []
    for node in roots.items() if roots else ():
        root = _root(node, base)
        if any((root.path, root.name) == (other.path, other.name) for other in found):
            raise node.error("is a root of the same path and name as one before it")
        found.append(root)
    return tuple(found)


def _root(node: Node, base: Path) -> RootSetting:
    keys = node.mapping("path", "var_files", "workspace", "parameter_files", "name")
    if "path" not in keys:
        raise node.error("has no path")
    path = (base / keys["path"].text()).resolve()
    if not path.exists():
        raise keys["path"].error(f"{keys['path'].text()} does not exist")
    is_template = path.is_file()
    for key in ("var_files", "workspace") if is_template else ("parameter_files",):
        if key in keys:
            kind = "a Terraform directory" if is_template else "a CloudFormation template"
            raise keys[key].error(f"is for {kind}, which {keys['path'].text()} is not")
    directory = path.parent if is_template else path
    return RootSetting(
        path=path.as_posix(),
        var_files=_files(keys.get("var_files"), directory, base),
        workspace=keys["workspace"].text() if "workspace" in keys else None,
        name=keys["name"].text() if "name" in keys else "",
        parameter_files=_files(keys.get("parameter_files"), directory, base),
    )


def _files(node: Node | None, root: Path, base: Path) -> tuple[str, ...]:
    """Files as ``terraform -var-file`` would find them from the root, else beside the settings."""
    found = []
    for item in node.items() if node else ():
        candidates = [place / item.text() for place in (root, base)]
        path = next((candidate for candidate in candidates if candidate.is_file()), None)
        if path is None:
            raise item.error(f"{item.text()} is found neither in {root.as_posix()} nor in {base.as_posix()}")
        found.append(path.resolve().as_posix())
    return tuple(found)


def _assumption(node: Node) -> Assumption:
    keys = node.mapping("match", "endpoints", "egress")
    if "match" not in keys:
        raise node.error("has no match")
    if keys.keys() == {"match"}:
        raise node.error("says neither endpoints nor egress")
    match = _match(keys["match"])
    egress = Egress(keys["egress"].choice(*(one.value for one in Egress))) if "egress" in keys else None
    by_peering = match.route_to is not None and match.route_to.kind is RouteKind.PEERING
    if by_peering and egress not in (None, Egress.ISOLATED):
        raise keys["egress"].error("must be isolated: no peering connection leads to the internet")
    return Assumption(
        key=node.key,
        location=Location(node.path.resolve().as_posix(), node.line),
        match=match,
        endpoints=_endpoints(keys["endpoints"]) if "endpoints" in keys else None,
        egress=egress,
    )


def _match(node: Node) -> Match:
    alternatives = [*_NETWORK_GIVERS, "route_to"]
    keys = node.mapping("root", *alternatives)
    named = [key for key in alternatives if key in keys]
    if not keys or len(named) > 1:
        raise node.error(f"must have root, or one of {', '.join(alternatives)}, or both")
    giver = next((key for key in named if key in _NETWORK_GIVERS), None)
    return Match(
        base=node.path.parent.resolve().as_posix(),
        root=keys["root"].text() if "root" in keys else "**",
        giver=Giver(giver) if giver else None,
        name=keys[giver].text() if giver else "",
        route_to=_route_to(keys["route_to"]) if "route_to" in keys else None,
    )


def _route_to(node: Node) -> RouteTo:
    givers = [giver.value for giver in Giver]
    keys = node.mapping("kind", *givers)
    named = [key for key in givers if key in keys]
    if not keys or len(named) > 1:
        raise node.error(f"must have kind, or one of {', '.join(givers)}, or both")
    return RouteTo(
        kind=RouteKind(keys["kind"].choice(*(one.value for one in RouteKind))) if "kind" in keys else None,
        giver=Giver(named[0]) if named else None,
        name=keys[named[0]].text() if named else "",
    )


def _endpoints(node: Node) -> tuple[str, ...]:
    for item in node.items():
        name = item.text()
        if not _ENDPOINT.fullmatch(name) or "amazonaws" in name:
            raise item.error(f"{name} is not what follows the region in the name of a service, as ecr.api")
        meant = () if name in services() else get_close_matches(name, services(), n=1, cutoff=_LIKE)
        if meant:
            raise item.error(f"{name} is no endpoint that policies know; {meant[0]} is")
    return tuple(dict.fromkeys(node.texts()))


def _regions(regions: Node | None) -> dict[str, Any]:
    keys = regions.mapping("default", "zones") if regions else {}
    found: dict[str, Any] = {}
    if "default" in keys:
        found["default_region"] = keys["default"].text()
    if "zones" in keys:
        found["zones"] = keys["zones"].whole_number()
    return found


def _on_unknown(node: Node | None) -> OnUnknown:
    if node is None:
        return OnUnknown.REPORT
    return OnUnknown(node.choice(*(choice.value for choice in OnUnknown)))
