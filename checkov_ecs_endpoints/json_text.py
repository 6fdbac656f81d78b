"""JSON text that holds references and unknowns, read back without loss."""

from __future__ import annotations

from checkov_ecs_endpoints.values import Location, Value


def decode(value: Value, place: Location | None) -> Value:
    """The value that a JSON text stands for, with references and unknowns where the text has them.

    Serves ``jsonencode`` of values that are not wholly known as well as templates with
    ``${...}`` in the middle of JSON. Text that is not JSON is an Unknown with Why.INVALID.
    """
    raise NotImplementedError
