"""Functions of digests and identifiers.

Terraform documentation: Functions, "Hash and Crypto Functions".
"""

from __future__ import annotations

import base64
import hashlib
import uuid

from checkov_ecs_endpoints.iac.terraform.faults import Invalid
from checkov_ecs_endpoints.iac.terraform.functions.context import FunctionContext
from checkov_ecs_endpoints.iac.terraform.functions.files import file_bytes, found
from checkov_ecs_endpoints.iac.terraform.functions.registry import function
from checkov_ecs_endpoints.iac.terraform.kinds import STRING
from checkov_ecs_endpoints.iac.terraform.scope import Inner

_NAMESPACES = {
    "dns": uuid.NAMESPACE_DNS,
    "url": uuid.NAMESPACE_URL,
    "oid": uuid.NAMESPACE_OID,
    "x500": uuid.NAMESPACE_X500,
}


def _digest(kind: str, content: bytes) -> bytes:
    return hashlib.new(kind, content, usedforsecurity=False).digest()


def _declare(kind: str) -> None:
    @function(kind, STRING)
    def of_text(value: str) -> Inner:
        return _digest(kind, value.encode()).hex()

    @function(f"file{kind}", STRING, local=True)
    def of_file(context: FunctionContext, path: str) -> Inner:
        return _digest(kind, file_bytes(found(context, path))).hex()


def _declare_base64(kind: str) -> None:
    @function(f"base64{kind}", STRING)
    def of_text(value: str) -> Inner:
        return base64.b64encode(_digest(kind, value.encode())).decode()

    @function(f"filebase64{kind}", STRING, local=True)
    def of_file(context: FunctionContext, path: str) -> Inner:
        return base64.b64encode(_digest(kind, file_bytes(found(context, path)))).decode()


for _kind in ("md5", "sha1", "sha256", "sha512"):
    _declare(_kind)
for _kind in ("sha256", "sha512"):
    _declare_base64(_kind)


@function("uuidv5", STRING, STRING)
def uuidv5(namespace: str, name: str) -> Inner:
    """The UUID of a name in a namespace."""
    try:
        space = _NAMESPACES.get(namespace) or uuid.UUID(namespace)
    except ValueError:
        raise Invalid(f'"{namespace}" is no namespace') from None
    return str(uuid.uuid5(space, name))
