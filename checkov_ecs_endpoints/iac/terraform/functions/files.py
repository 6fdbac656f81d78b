"""Functions of files and paths. Nothing outside the boundary is read.

Terraform documentation: Functions, "Filesystem Functions".
"""

from __future__ import annotations

import base64
import posixpath
import re
import unicodedata
from pathlib import Path

from checkov_ecs_endpoints.iac.terraform.faults import (
    Beyond,
    Invalid,
    Outside,
    Undecided,
    Unsupported,
    bounded,
)
from checkov_ecs_endpoints.iac.terraform.functions.context import FunctionContext
from checkov_ecs_endpoints.iac.terraform.functions.registry import function
from checkov_ecs_endpoints.iac.terraform.kinds import STRING
from checkov_ecs_endpoints.iac.terraform.members import set_from, unclear
from checkov_ecs_endpoints.iac.terraform.scope import Inner

_LARGEST = 8_000_000
_MOST_STARS = 8
_DIRECTORIES = "(?:[^/]*/)*"


def within(context: FunctionContext, path: Inner) -> Path:
    """The place of a path, links followed, that must lie inside the boundary."""
    if not isinstance(path, str):
        raise Undecided(unclear(path))
    if path.startswith("~"):
        raise Outside(f'"{path}" is in a home directory')
    try:
        resolved = (context.root / path).resolve()
    except (OSError, ValueError, RuntimeError):
        raise Invalid(f'"{path}" is no path') from None
    if not resolved.is_relative_to(context.boundary):
        raise Outside(f'"{path}" is not inside {context.boundary.name or context.boundary}')
    return resolved


def found(context: FunctionContext, path: Inner) -> Path:
    """The place of a file that must be there."""
    resolved = within(context, path)
    if not resolved.is_file():
        raise Invalid(f'there is no file "{path}"')
    return resolved


def file_bytes(path: Path) -> bytes:
    """The content of a file."""
    try:
        if path.stat().st_size > _LARGEST:
            raise Beyond(f"{path.name} is larger than {_LARGEST} bytes")
        return path.read_bytes()
    except OSError as error:
        raise Invalid(f"{path.name} cannot be read: {error.strerror}") from None


def file_text(path: Path) -> str:
    """The content of a text file."""
    try:
        return unicodedata.normalize("NFC", file_bytes(path).decode())
    except UnicodeDecodeError:
        raise Invalid(f"{path.name} is not valid UTF-8") from None


@function("file", STRING, local=True)
def file(context: FunctionContext, path: str) -> Inner:
    """The text of a file."""
    return file_text(found(context, path))


@function("filebase64", STRING, local=True)
def filebase64(context: FunctionContext, path: str) -> Inner:
    """The content of a file in Base64."""
    return base64.b64encode(file_bytes(found(context, path))).decode()


@function("fileexists", STRING, local=True)
def fileexists(context: FunctionContext, path: str) -> Inner:
    """Whether there is a file."""
    resolved = within(context, path)
    if resolved.is_dir():
        raise Invalid(f'"{path}" is a directory')
    return resolved.is_file()


@function("fileset", STRING, STRING, local=True)
def fileset(context: FunctionContext, path: str, pattern: str) -> Inner:
    """The files of a directory whose names match a pattern, relative to it."""
    directory = within(context, path)
    matches = re.compile(_pattern(pattern))
    names: list[Inner] = []
    waiting = [directory] if directory.is_dir() else []
    seen = 0
    while waiting:
        for entry in sorted(waiting.pop().iterdir()):
            seen = bounded(seen + 1)
            name = entry.relative_to(directory).as_posix()
            if not entry.resolve().is_relative_to(context.boundary):
                if matches.fullmatch(name):
                    raise Outside(f'"{name}" is a link out of {context.boundary.name or context.boundary}')
                continue
            if entry.is_dir():
                if not entry.is_symlink():
                    waiting.append(entry)
            elif matches.fullmatch(name):
                names.append(name)
    return set_from(names, element=STRING)


def _pattern(pattern: str) -> str:
    """A glob pattern with ``**`` and ``{a,b}`` as a regular expression."""
    made: list[str] = []
    depth = 0
    at = 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            if made[-1:] != [_DIRECTORIES]:
                made.append(_DIRECTORIES)
            at += 3
            continue
        character = pattern[at]
        at += 1
        if character == "*":
            if pattern.startswith("*", at):
                made.append(".*")
                at += 1
            else:
                made.append("[^/]*")
        elif character == "?":
            made.append("[^/]")
        elif character == "{":
            depth += 1
            made.append("(?:")
        elif character == "}" and depth:
            depth -= 1
            made.append(")")
        elif character == "," and depth:
            made.append("|")
        elif character in "[\\":
            raise Unsupported(f"{character} in a pattern of fileset is not understood")
        else:
            made.append(re.escape(character))
    if pattern.count("*") > _MOST_STARS:
        raise Beyond("the pattern of fileset may take too long")
    if depth:
        raise Invalid("the pattern of fileset is not valid")
    return "".join(made)


@function("abspath", STRING, local=True)
def abspath(context: FunctionContext, path: str) -> Inner:
    """A path from the root of the file system."""
    return posixpath.normpath(posixpath.join(context.root.as_posix(), path))


@function("basename", STRING)
def basename(path: str) -> Inner:
    """The last part of a path."""
    if not path:
        return "."
    return path.rstrip("/").rsplit("/", 1)[-1] or "/"


@function("dirname", STRING)
def dirname(path: str) -> Inner:
    """A path without its last part."""
    directory = path[: path.rfind("/") + 1]
    cleaned = posixpath.normpath(directory) if directory else "."
    return "/" + cleaned.lstrip("/") if cleaned.startswith("/") else cleaned


@function("pathexpand", STRING)
def pathexpand(path: str) -> Inner:
    """A path whose ``~`` is a home directory, which differs from machine to machine."""
    if path.startswith("~"):
        raise Outside(f'"{path}" is in a home directory')
    return path
