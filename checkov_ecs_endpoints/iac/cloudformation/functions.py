"""The intrinsic functions, each from its arguments to a value.

User guide, "Intrinsic function reference" and "AWS::LanguageExtensions transform".
``Fn::If`` and the condition functions are the evaluator's and :mod:`conditions`' own.
"""

from __future__ import annotations

import base64
import ipaddress
from collections.abc import Callable
from itertools import islice
from typing import Final, TypeAlias

from checkov_ecs_endpoints.iac.cloudformation.conditions import same
from checkov_ecs_endpoints.iac.cloudformation.nodes import Node, Scalar, Sequence, members_of
from checkov_ecs_endpoints.iac.cloudformation.scope import Evaluating, Resolved, is_present
from checkov_ecs_endpoints.iac.cloudformation.texts import (
    Placeholder,
    derived,
    join,
    joined,
    piece,
    split,
    template_parts,
    to_json,
    written,
)
from checkov_ecs_endpoints.values import (
    Location,
    OpenList,
    Reference,
    Text,
    Unknown,
    Value,
    Why,
    first_unknown,
)

Function: TypeAlias = Callable[[Evaluating, Node, Location], Resolved]

ZONES: Final = "Fn::GetAZs:"
"""Resource of the references to Availability Zones: the Region, or ``AWS::Region``, follows.

``Select [1, GetAZs '']`` is ``Reference("Fn::GetAZs:AWS::Region", (1,))``. How many there
are depends on the account (zones with a default subnet), so the list itself stays open.
"""


_COMPARED: Final = 50
"""Keys of a mapping that are compared where it is not known which one is meant."""


def ref(see: Evaluating, argument: Node, place: Location) -> Resolved:
    """``Ref``."""
    name = see.value(argument)
    return see.scope.ref(name, place) if isinstance(name, str) else _unusable(name, "Ref", place)


def get_att(see: Evaluating, argument: Node, place: Location) -> Value:
    """``Fn::GetAtt``, as list or as ``Resource.Attribute``; the attribute may be a function."""
    parts = see.value(argument)
    if isinstance(parts, str):
        parts = list(parts.partition(".")[::2])
    if not isinstance(parts, list) or len(parts) < 2:
        return _unusable(parts, "Fn::GetAtt", place)
    names = [part for part in parts if isinstance(part, str) and part]
    if len(names) != len(parts):
        return _unusable(parts, "Fn::GetAtt", place)
    return see.scope.attribute(names[0], ".".join(names[1:]), place)


def sub(see: Evaluating, argument: Node, place: Location) -> Value:
    """``Fn::Sub``: a text, or a text and its own variables."""
    variables: dict[str, Node] = {}
    if isinstance(argument, Sequence) and len(argument.items) == 2:
        variables = {key: entry.value for key, entry in members_of(argument.items[1]).items()}
        argument = argument.items[0]
    # Not its value: a dynamic reference may be in pieces until they are put together.
    template = argument.text if isinstance(argument, Scalar) and argument.value is not None else None
    if template is None:
        return _unusable(see.value(argument), "Fn::Sub", place)
    parts: list[str | Reference | Text | Unknown] = []
    for part in template_parts(template):
        if not isinstance(part, Placeholder):
            parts.append(part)
        elif part.name in variables:
            parts.append(piece(see.value(variables[part.name]), f"${{{part.name}}}", place))
        else:
            parts.append(piece(_named(see, part.name, place), f"${{{part.name}}}", place))
    return joined(parts, place)


def _named(see: Evaluating, name: str, place: Location) -> Value:
    resource, dot, attribute = name.partition(".")
    if dot:
        return see.scope.attribute(resource, attribute, place)
    value = see.scope.ref(name, place)
    return value if is_present(value) else Unknown(Why.INVALID, f"${{{name}}}", place)


def join_texts(see: Evaluating, argument: Node, place: Location) -> Value:
    """``Fn::Join``."""
    arguments = _arguments(see, argument, 2, 2)
    if arguments is None or not isinstance(arguments[0], str):
        return _unusable(see.value(argument), "Fn::Join", place)
    return join(arguments[0], arguments[1], place)


def split_text(see: Evaluating, argument: Node, place: Location) -> Value:
    """``Fn::Split``."""
    arguments = _arguments(see, argument, 2, 2)
    if arguments is None or not isinstance(arguments[0], str) or not arguments[0]:
        return _unusable(see.value(argument), "Fn::Split", place)
    return split(arguments[0], arguments[1], place)


def select(see: Evaluating, argument: Node, place: Location) -> Value:
    """``Fn::Select``."""
    arguments = _arguments(see, argument, 2, 2)
    if arguments is None:
        return _unusable(see.value(argument), "Fn::Select", place)
    index, members = _whole(arguments[0]), arguments[1]
    if index is None or index < 0:
        return _unusable(arguments[0], "Fn::Select", place)
    if isinstance(members, list):
        if index < len(members):
            return members[index]
        return Unknown(Why.INVALID, "Fn::Select", place, f"no member {index} in a list of {len(members)}")
    if isinstance(members, OpenList):
        if members.rest.subject.startswith(ZONES):
            return Reference(members.rest.subject, (index,), place)
        return derived(members.rest, f"Fn::Select {index}", place)
    if isinstance(members, Unknown):
        return derived(members, f"Fn::Select {index}", place)
    if isinstance(members, Reference):
        return Reference(members.resource, (*members.attribute, index), place)
    return _unusable(members, "Fn::Select", place)


def get_azs(see: Evaluating, argument: Node, place: Location) -> Value:
    """``Fn::GetAZs``: the zones of a Region, of which neither names nor number are known."""
    region = see.value(argument)
    if region == "" or region is None:
        region = see.scope.region
    if not isinstance(region, (str, Reference)):
        return _unusable(region, "Fn::GetAZs", place)
    return OpenList((), Unknown(Why.AFTER_APPLY, f"{ZONES}{region}", place))


def find_in_map(see: Evaluating, argument: Node, place: Location) -> Value:
    """``Fn::FindInMap``; where a key is not known, the value if every key gives the same."""
    if not isinstance(argument, Sequence) or len(argument.items) not in (3, 4):
        return _unusable(see.value(argument), "Fn::FindInMap", place)
    name, *keys = [see.value(node) for node in argument.items[:3]]
    fallback = members_of(argument.items[3]).get("DefaultValue") if len(argument.items) == 4 else None
    if not isinstance(name, str):
        return _unusable(name, "Fn::FindInMap", place)
    default = fallback.value if fallback is not None else None
    return _looked_up(see, see.scope.mapping(name), keys, default, place)


def _looked_up(
    see: Evaluating, node: Node | Unknown | None, keys: list[Value], default: Node | None, place: Location
) -> Value:
    if isinstance(node, Unknown):
        return derived(node, "Fn::FindInMap", place)
    if node is None:
        problem = Unknown(Why.INVALID, "Fn::FindInMap", place, "no such mapping or key")
        return problem if default is None else see.value(default)
    if not keys:
        return see.value(node)
    inside = see.members(node)
    members = inside.entries
    key = written(keys[0])
    if key is not None:
        found = members[key].value if key in members else inside.rest
        return _looked_up(see, found, keys[1:], default, place)
    if len(members) > _COMPARED or inside.rest is not None:
        return _unusable(keys[0], "Fn::FindInMap", place)
    reachable = [_looked_up(see, entry.value, keys[1:], default, place) for entry in members.values()]
    if default is not None:
        reachable.append(see.value(default))
    if (
        reachable
        and first_unknown(reachable) is None
        and all(same(reachable[0], value) for value in reachable)
    ):
        return reachable[0]
    return _unusable(keys[0], "Fn::FindInMap", place)


def encode_base64(see: Evaluating, argument: Node, place: Location) -> Value:
    """``Fn::Base64``; a text with gaps stays as written, its known pieces are what can be read."""
    value = see.value(argument)
    if isinstance(value, Text):
        return value
    plain = written(value)
    if plain is None:
        return _unusable(value, "Fn::Base64", place)
    return base64.b64encode(plain.encode("utf-8", "surrogatepass")).decode("ascii")


def cidr(see: Evaluating, argument: Node, place: Location) -> Value:
    """``Fn::Cidr``: ``[block, count, bits of each part]``, 256 parts at most."""
    arguments = _arguments(see, argument, 2, 3)
    if arguments is None:
        return _unusable(see.value(argument), "Fn::Cidr", place)
    block = arguments[0]
    if isinstance(block, Reference):
        block = see.scope.repeated(block)
    count, bits = _whole(arguments[1]), _whole(arguments[2]) if len(arguments) == 3 else None
    if not isinstance(block, str) or count is None or (len(arguments) == 3 and bits is None):
        return _unusable([block, *arguments[1:]], "Fn::Cidr", place)
    try:
        network = ipaddress.ip_network(block, strict=False)
        prefix = network.max_prefixlen - (bits if bits is not None else 8)
        parts = [str(part) for part in islice(network.subnets(new_prefix=prefix), min(max(count, 0), 256))]
    except ValueError as error:
        return Unknown(Why.INVALID, "Fn::Cidr", place, str(error))
    if len(parts) != count:
        return Unknown(Why.INVALID, "Fn::Cidr", place, f"{block} does not hold {count} such blocks")
    return list[Value](parts)


def import_value(see: Evaluating, argument: Node, place: Location) -> Value:
    """``Fn::ImportValue``."""
    return see.scope.imported(see.value(argument), place)


def get_stack_output(see: Evaluating, argument: Node, place: Location) -> Value:
    """``Fn::GetStackOutput``: an output of a stack by the stack's name, which no template says."""
    named = {
        key: see.value(entry.value)
        for key, entry in members_of(argument).items()
        if key in ("StackName", "OutputName")
    }
    texts = [named.get("OutputName"), named.get("StackName")]
    if not all(isinstance(text, (str, Text, Reference)) for text in texts):
        return _unusable(texts, "Fn::GetStackOutput", place)
    note = "read by the name of a stack, which templates do not have"
    return Unknown(Why.IMPORT, f"output {texts[0]} of stack {texts[1]}", place, note)


def length(see: Evaluating, argument: Node, place: Location) -> Value:
    """``Fn::Length``."""
    value = see.value(argument)
    return len(value) if isinstance(value, list) else _unusable(value, "Fn::Length", place)


def to_json_string(see: Evaluating, argument: Node, place: Location) -> Value:
    """``Fn::ToJsonString``."""
    return to_json(see.value(argument), place)


FUNCTIONS: Final[dict[str, Function]] = {
    "Ref": ref,
    "Fn::GetAtt": get_att,
    "Fn::Sub": sub,
    "Fn::Join": join_texts,
    "Fn::Split": split_text,
    "Fn::Select": select,
    "Fn::GetAZs": get_azs,
    "Fn::FindInMap": find_in_map,
    "Fn::Base64": encode_base64,
    "Fn::Cidr": cidr,
    "Fn::ImportValue": import_value,
    "Fn::GetStackOutput": get_stack_output,
    "Fn::Length": length,
    "Fn::ToJsonString": to_json_string,
}


def _arguments(see: Evaluating, node: Node, least: int, most: int) -> list[Value] | None:
    if not isinstance(node, Sequence) or not least <= len(node.items) <= most:
        return None
    return [see.value(item) for item in node.items]


def _whole(value: Value) -> int | None:
    scalar = written(value)
    return (
        int(scalar)
        if scalar is not None and scalar.isascii() and scalar.isdigit() and len(scalar) < 10
        else None
    )


def _unusable(value: Value, function: str, place: Location) -> Unknown:
    """Why a function has no value for an argument: the argument's own unknown, or that it is wrong."""
    unknown = first_unknown(value)
    if unknown is not None:
        return derived(unknown, function, place)
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, (Reference, Text))), None)
    if isinstance(value, (Reference, Text)):
        return Unknown(Why.AFTER_APPLY, str(value), place)
    return Unknown(Why.INVALID, function, place, "an argument of another kind than it takes")
