"""Parameters: what a template is given, in the kind that its declaration says.

User guide, "Parameters": types ``String``, ``Number``, ``List<Number>``,
``CommaDelimitedList``, the AWS-specific types and their lists, and SSM parameter types,
whose value is the *name* of an SSM parameter that is read when the stack is deployed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from checkov_ecs_endpoints.iac.cloudformation.nodes import (
    Entry,
    Node,
    Scalar,
    Sequence,
    members_of,
    text_of,
)
from checkov_ecs_endpoints.iac.cloudformation.texts import conceal, split, written
from checkov_ecs_endpoints.values import Location, OpenDict, OpenList, Text, Unknown, Value, Why

_SSM: Final = "AWS::SSM::Parameter::Value<"

MAX_LENGTH: Final = 4096
"""Characters of a parameter's value, and so members of a list (user guide, "Quotas")."""


def parameter_value(entry: Entry, given: Value | None, advise: Callable[[], str] = str) -> Value:
    """The value of a parameter: what was given to it (None: nothing), else its default.

    ``advise`` says what would give a value to one that has none.
    """
    declared = members_of(entry.value)
    subject = f"parameter {entry.key}"
    kind = _kind(entry)
    if kind.startswith(_SSM):
        return Unknown(Why.DATA_SOURCE, subject, entry.place, "an SSM parameter")
    if given is None:
        default = _default(declared)
        if default is None:
            return Unknown(Why.NO_VALUE, subject, entry.place, advise())
        if _is_hidden(declared) and default != "":
            return Unknown(Why.SECRET, subject, entry.place, "NoEcho")
        given = default
    elif _is_hidden(declared):
        return Unknown(Why.SECRET, subject, entry.place, "NoEcho")
    elif not _is_allowed(declared, given):
        return Unknown(Why.INVALID, subject, entry.place, "given a value that is not among AllowedValues")
    length = (
        len(given) if isinstance(given, (str, list)) else len(str(given)) if isinstance(given, Text) else 0
    )
    if length > MAX_LENGTH:
        return Unknown(Why.INVALID, subject, entry.place, f"longer than {MAX_LENGTH} characters")
    return _typed(kind, conceal(given, entry.place), entry.place)


def given_to(parameter: str, given: Value) -> Value | None:
    """What a stack is given for one of its parameters, of all that it is given; None for nothing."""
    if isinstance(given, OpenDict):
        return given.items.get(parameter, given.rest)
    if isinstance(given, dict):
        return given.get(parameter)
    return given if isinstance(given, Unknown) else None


def typed(entry: Entry, text: str) -> Value:
    """A text as the value of a parameter, in the kind that its declaration says."""
    return _typed(_kind(entry), text, entry.place)


def is_list(entry: Entry) -> bool:
    """Whether a parameter is of a type whose value is a list."""
    kind = _kind(entry).removeprefix(_SSM)
    return kind.startswith(("CommaDelimitedList", "List<"))


def allowed_texts(entry: Entry) -> frozenset[str] | None:
    """The texts that a parameter may be; None if the declaration does not list them.

    Of an SSM parameter ``AllowedValues`` are names, not values.
    """
    allowed = _member(members_of(entry.value), "AllowedValues")
    if not isinstance(allowed, Sequence) or _kind(entry).startswith(_SSM):
        return None
    return frozenset(_literal(item) for item in allowed.items if isinstance(item, Scalar))


def _kind(entry: Entry) -> str:
    return text_of(_member(members_of(entry.value), "Type")) or "String"


def _default(declared: dict[str, Entry]) -> Value | None:
    default = _member(declared, "Default")
    if isinstance(default, Scalar):
        return "" if default.value is None else _literal(default)
    if isinstance(default, Sequence):
        # Not what the guide says, but CloudFormation takes JSON lists for list types.
        return [conceal(_literal(item), item.place) for item in default.items if isinstance(item, Scalar)]
    allowed = _member(declared, "AllowedValues")
    if isinstance(allowed, Sequence) and len(allowed.items) == 1 and isinstance(allowed.items[0], Scalar):
        return _literal(allowed.items[0])
    return None


def _is_allowed(declared: dict[str, Entry], given: Value) -> bool:
    """Whether CloudFormation may take what is given; what is not known may be anything."""
    allowed = _member(declared, "AllowedValues")
    if not isinstance(allowed, Sequence):
        return True
    literals = {_literal(item) for item in allowed.items if isinstance(item, Scalar)}
    kind = text_of(_member(declared, "Type")) or ""
    if isinstance(given, str) and kind.startswith(("CommaDelimitedList", "List<")):
        members: list[Value] = [member.strip() for member in given.split(",")]
    else:
        members = given if isinstance(given, list) else [given]
    return all(text in literals for text in map(written, members) if text is not None)


def _literal(scalar: Scalar) -> str:
    return written(scalar.value) or scalar.text


def _is_hidden(declared: dict[str, Entry]) -> bool:
    hidden = _member(declared, "NoEcho")
    return isinstance(hidden, Scalar) and (written(hidden.value) or "").lower() == "true"


def _member(declared: dict[str, Entry], name: str) -> Node | None:
    return declared[name].value if name in declared else None


def _typed(kind: str, value: Value, place: Location) -> Value:
    if kind == "Number":
        return _number(value)
    if kind == "CommaDelimitedList" or kind.startswith("List<"):
        members = _listed(value, place)
        if isinstance(members, list) and any(isinstance(member, (list, dict)) for member in members):
            return Unknown(Why.INVALID, "a list of lists given to a parameter", place)
        if kind == "List<Number>" and isinstance(members, list):
            return [_number(member) for member in members]
        return members
    if isinstance(value, (list, dict, OpenList)):
        return Unknown(Why.INVALID, "a list given to a parameter of type " + kind, place)
    scalar = written(value)
    return value if scalar is None else scalar


def _listed(value: Value, place: Location) -> Value:
    if value == "":
        return []
    if not isinstance(value, (str, int, float, Text)):
        return [value] if not isinstance(value, (list, OpenList, Unknown)) else value
    members = split(",", value, place)
    if not isinstance(members, list):
        return members
    return [_stripped(member) for member in members]


def _stripped(value: Value) -> Value:
    """Without the blanks that CloudFormation takes off each member of a list."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Text):
        first, *middle, last = value.parts
        begin = first.lstrip() if isinstance(first, str) else first
        end = last.rstrip() if isinstance(last, str) else last
        parts = [part for part in (begin, *middle, end) if part != ""]
        return Text(tuple(parts)) if len(parts) > 1 else parts[0]
    return value


def _number(value: Value) -> Value:
    scalar = written(value)
    if scalar is None:
        return value
    try:
        number = float(scalar) if "." in scalar else int(scalar)
    except ValueError:
        return scalar
    return number if str(number) == scalar else scalar
