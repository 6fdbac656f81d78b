"""Functions that encode and decode.

Terraform documentation: Functions, "Encoding Functions".
"""

from __future__ import annotations

import base64
import binascii
import codecs
import json
import re
import unicodedata
from urllib.parse import quote_plus

from checkov_ecs_endpoints.iac.terraform.faults import Invalid, Undecided, Unsupported, bounded
from checkov_ecs_endpoints.iac.terraform.functions.reading import known_text
from checkov_ecs_endpoints.iac.terraform.functions.registry import function
from checkov_ecs_endpoints.iac.terraform.kinds import ANY, STRING, ListOf, type_of
from checkov_ecs_endpoints.iac.terraform.members import settled, unclear
from checkov_ecs_endpoints.iac.terraform.numeric import format_number, parse_number
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Set, plain
from checkov_ecs_endpoints.json_text import Encoded, decode
from checkov_ecs_endpoints.values import Reference, Text, Unknown, Why

_GO_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


_FIELD = re.compile(r'(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|\Z)')


def encode_json(value: Inner) -> str | Encoded:
    """A value as JSON text; as :class:`Encoded`, which keeps the value, where it is not wholly known."""
    if settled(value):
        return _json(value)
    return encoded("json", value)


def encoded(format: str, value: Inner) -> Encoded:
    """The text of a value that is not wholly known."""
    why = unclear(value)
    return Encoded(why.why, why.subject, why.origin, why.note, why.via, format, plain(value))


def _json(value: Inner) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).translate(_GO_ESCAPES)
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, (int, float)):
        return format_number(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{_json(name)}:{_json(value[name])}" for name in sorted(value)) + "}"
    items = value.items if isinstance(value, Set) else value
    return "[" + ",".join(_json(item) for item in items) + "]"


@function("jsonencode", ANY, partial=True, nullable=True)
def jsonencode(value: Inner) -> Inner:
    """A value as JSON text."""
    return encode_json(value)


def _no_constant(name: str) -> float:
    raise ValueError(name)


@function("jsondecode", STRING, partial=True)
def jsondecode(value: Inner) -> Inner:
    """The value that a JSON text stands for."""
    if isinstance(value, str):
        try:
            return json.loads(
                value, parse_float=parse_number, parse_int=parse_number, parse_constant=_no_constant
            )
        except (ValueError, RecursionError):
            raise Invalid("the text is not valid JSON") from None
    if isinstance(value, Reference):
        raise Undecided(unclear(value))
    decoded = decode(value, None)
    if isinstance(decoded, Unknown) and isinstance(value, Text) and decoded.why is Why.INVALID:
        raise Invalid(decoded.note)
    return unclear(decoded) if isinstance(value, Unknown) and decoded is value else decoded


@function("yamlencode", ANY, partial=True, nullable=True)
def yamlencode(value: Inner) -> Inner:
    """A value as YAML text."""
    if not settled(value):
        return encoded("yaml", value)
    from checkov_ecs_endpoints.iac.terraform.functions.yaml_text import encode_yaml

    return encode_yaml(value)


@function("yamldecode", STRING, partial=True)
def yamldecode(value: Inner) -> Inner:
    """The value that a YAML text stands for."""
    if isinstance(value, Encoded) and value.format == "yaml":
        return value.value
    from checkov_ecs_endpoints.iac.terraform.functions.yaml_text import decode_yaml

    return decode_yaml(known_text(value))


def _rows(value: str) -> list[list[str]]:
    """The rows of a CSV text (RFC 4180); empty lines are none."""
    rows: list[list[str]] = []
    row: list[str] = []
    at = 0
    while at < len(value):
        if not row and value[at] in "\r\n":
            at += 1
            continue
        found = _FIELD.match(value, at)
        if found is None:
            raise Invalid("the text is not valid CSV")
        row.append(found[2] if found[1] is None else found[1].replace('""', '"'))
        at = found.end()
        if found[3] != ",":
            rows.append(row)
            row = []
        elif at == len(value):
            row.append("")
    return [*rows, row] if row else rows


@function("csvdecode", STRING)
def csvdecode(value: str) -> Inner:
    """The rows of a CSV text as objects, by the names in its first row."""
    rows = _rows(value)
    bounded(len(rows))
    if not rows:
        raise Invalid("the CSV text has no header")
    names, *records = rows
    if len(set(names)) < len(names) or any(len(record) != len(names) for record in records):
        raise Invalid("the rows of the CSV text do not fit its header")
    objects = [dict(zip(names, record, strict=True)) for record in records]
    return ListOf(objects, type_of(objects[0]) if objects else type_of(dict.fromkeys(names, "")))


@function("base64encode", STRING, partial=True)
def base64encode(value: Inner) -> Inner:
    """A text in Base64."""
    if isinstance(value, str):
        return base64.b64encode(value.encode()).decode()
    return encoded("base64", value)


@function("base64decode", STRING, partial=True)
def base64decode(value: Inner) -> Inner:
    """The text of a Base64 text."""
    if isinstance(value, Encoded) and value.format == "base64":
        return value.value
    return _text(_bytes(known_text(value)), "utf-8")


def _bytes(value: str) -> bytes:
    try:
        return base64.b64decode(value.replace("\r", "").replace("\n", ""), validate=True)
    except (binascii.Error, ValueError):
        raise Invalid("the text is not valid Base64") from None


def _text(content: bytes, codec: str) -> str:
    try:
        return unicodedata.normalize("NFC", content.decode(codec))
    except UnicodeError:
        raise Invalid("the bytes are not a text") from None


@function("base64gzip", STRING)
def base64gzip(value: str) -> Inner:
    """A text compressed, whose bytes depend on the program that compresses."""
    raise Unsupported("compressed text is not worked out")


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name)
    except LookupError:
        raise Invalid(f'there is no text encoding "{name}"') from None
    if found.name in ("utf-16", "utf-32") or not found._is_text_encoding:
        raise Unsupported(f"the text encoding {name} is not worked out")
    return found.name


@function("textencodebase64", STRING, STRING)
def textencodebase64(value: str, encoding: str) -> Inner:
    """A text in another encoding, in Base64."""
    try:
        return base64.b64encode(value.encode(_codec(encoding))).decode()
    except UnicodeError:
        raise Invalid(f"the text cannot be written in {encoding}") from None


@function("textdecodebase64", STRING, STRING)
def textdecodebase64(value: str, encoding: str) -> Inner:
    """The text of Base64 in another encoding."""
    return _text(_bytes(value), _codec(encoding))


@function("urlencode", STRING)
def urlencode(value: str) -> Inner:
    """A text as part of a URL's query."""
    return quote_plus(value, safe="")
