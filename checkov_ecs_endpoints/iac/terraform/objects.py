"""Objects out of keys and values."""

from __future__ import annotations

from collections.abc import Iterable

from checkov_ecs_endpoints.iac.terraform.conversion import to_string
from checkov_ecs_endpoints.iac.terraform.faults import Invalid
from checkov_ecs_endpoints.iac.terraform.members import equal, unclear
from checkov_ecs_endpoints.iac.terraform.merging import either
from checkov_ecs_endpoints.iac.terraform.scope import Inner
from checkov_ecs_endpoints.values import OpenDict, Unknown


def assembled(members: Iterable[tuple[Inner, Inner]]) -> Inner:
    """An object of keys and values; later members replace earlier ones."""
    known: dict[str, Inner] = {}
    rest: Unknown | None = None
    for written, value in members:
        if written is None:
            raise Invalid("null is no key")
        key = to_string(written)
        if isinstance(key, str):
            known[key] = value
            continue
        rest = rest or unclear(key)
        for earlier in known:
            if equal(earlier, key) is not False:
                known[earlier] = either(known[earlier], value, unclear(key))
    return known if rest is None else OpenDict(known, rest)
