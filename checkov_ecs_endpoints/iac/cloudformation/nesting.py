"""Which file of the scan a nested stack or an include means.

User guide, "AWS::CloudFormation::Stack": ``TemplateURL`` is an S3 URL; a path is what
``aws cloudformation package`` and the CDK turn into one. A URL is taken for the file of
the scan that its key ends in, if exactly one fits best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from checkov_ecs_endpoints.iac.cloudformation.nodes import Entry, members_of, text_of
from checkov_ecs_endpoints.values import Location, Text, Unknown, Value, Why, first_unknown

_URL_SCHEMES: Final = ("https://", "http://", "s3://")
_ASSET_PATH: Final = "aws:asset:path"


class Candidates:
    """The files that a nested stack may be made of, by their name."""

    def __init__(self, paths: Iterable[Path], called: Callable[[Path], str]) -> None:
        self._called = called
        self._by_name: dict[str, list[Path]] = {}
        for path in paths:
            self._by_name.setdefault(path.name, []).append(path)

    def find(self, parent: Path, resource: Entry, url: Value) -> Path | Unknown:
        """The file behind the URL or path of a nested stack in ``parent``."""
        subject, place = f"nested stack {resource.key}", resource.place
        asset = _cdk_asset(resource)
        if asset is not None:
            return local_path(parent, asset)
        key = _key(url)
        if key is None:
            unknown = first_unknown(url)
            return unknown or Unknown(Why.MODULE, subject, place, "its template is named by no path or URL")
        if isinstance(url, str) and not url.startswith(_URL_SCHEMES):
            return local_path(parent, url)
        found = self._best(parent, key)
        if len(found) == 1:
            return found[0]
        if found:
            names = " or ".join(map(self._called, found))
            return Unknown(Why.AMBIGUOUS, subject, place, f"{url} may be {names}")
        alike = " and ".join(map(self._called, self._named(parent, key)))
        elsewhere = f", and that {alike} has its name is not enough" if alike else ""
        return Unknown(Why.MODULE, subject, place, f"no file of the scan is {url}{elsewhere}")

    def _named(self, parent: Path, key: tuple[str, ...]) -> list[Path]:
        return [path for path in self._by_name.get(key[-1], []) if path != parent]

    def _best(self, parent: Path, key: tuple[str, ...]) -> list[Path]:
        """The files that the key ends in the longest part of.

        A file name alone says something only of the parent's own directory and what lies
        below it, and a path (``templates/vpc.yaml``) only below a directory that the parent
        lies in too: elsewhere in a repository the same names may be another project's.
        """
        named = self._named(parent, key)
        near = [path for path in named if path.is_relative_to(parent.parent)]
        fitting = [path for path in named if path in near or _reaches(parent, path, key)]
        longest = max((_common(path, key) for path in fitting), default=0)
        best = [path for path in fitting if _common(path, key) == longest]
        nearest = [path for path in best if path in near]
        return nearest if len(nearest) == 1 else best


def local_path(parent: Path, written: str) -> Path:
    """A path as written in a template, from the directory of the template."""
    return Path(parent.parent, written.removeprefix("file://")).resolve()


def include_path(parent: Path, location: Value, place: Location) -> Path | Unknown:
    """The local file of an ``AWS::Include``."""
    if isinstance(location, str) and not location.startswith(_URL_SCHEMES):
        return local_path(parent, location)
    unknown = first_unknown(location)
    return unknown or Unknown(Why.OUTSIDE, "AWS::Include", place, f"{location} is no file of the scan")


def _cdk_asset(resource: Entry) -> str | None:
    """The template that the CDK notes for a nested stack beside its asset URL."""
    metadata = members_of(resource.value).get("Metadata")
    asset = members_of(metadata.value).get(_ASSET_PATH) if metadata else None
    path = text_of(asset.value) if asset else None
    return path if path is not None and path.endswith(".json") else None


def _key(url: Value) -> tuple[str, ...] | None:
    """The known last segments of a path or URL, at least the whole file name."""
    if isinstance(url, str):
        path = unquote(urlsplit(url).path) if url.startswith(_URL_SCHEMES) else url
        segments = [segment for segment in path.split("/") if segment not in ("", ".")]
    elif isinstance(url, Text):
        # The first segment of the known end may be the rest of a longer name.
        segments = [segment for segment in url.suffix.split("/")[1:] if segment]
    else:
        return None
    return tuple(segments) or None


def _reaches(parent: Path, path: Path, key: tuple[str, ...]) -> bool:
    """Whether a key names a file by its path below a directory that the parent lies in too."""
    common = _common(path, key)
    return common > 1 and parent.is_relative_to(Path(*path.parts[:-common]))


def _common(path: Path, key: tuple[str, ...]) -> int:
    count = 0
    for own, other in zip(reversed(path.parts), reversed(key), strict=False):
        if own != other:
            break
        count += 1
    return count
