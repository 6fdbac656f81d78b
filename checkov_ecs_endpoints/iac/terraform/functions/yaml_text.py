"""YAML text as Terraform writes and reads it.

Terraform documentation: Functions, ``yamlencode``, ``yamldecode``; scalars are read by the
rules of https://github.com/zclconf/go-cty-yaml.
"""

from __future__ import annotations

import re
import sys
from itertools import accumulate

import yaml

from checkov_ecs_endpoints.iac.terraform.faults import MEMBERS, Beyond, Invalid, Unsupported
from checkov_ecs_endpoints.iac.terraform.numeric import Number, format_number, parse_number
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Set

_TRUTHS = {
    word: truth
    for truth, words in ((True, ("y", "yes", "true", "on")), (False, ("n", "no", "false", "off")))
    for plain in words
    for word in (plain, plain.capitalize(), plain.upper())
}
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_BASED = re.compile(r"0x([0-9a-fA-F]+)|0o([0-7]+)", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[Tt ].*)?", re.ASCII)
_ENDLESS = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_DEEPEST = 200
_LONGEST = 200_000
_OPENING = {"[": 1, "{": 1, "]": -1, "}": -1}
_WIDTH = 80
_FOLDED = re.compile(r"\"[^\"]* .*\"$")


class _Dumper(yaml.SafeDumper):
    """Writes every string quoted, or as a block where it has several lines."""

    def ignore_aliases(self, data: object) -> bool:
        """Terraform writes every value out."""
        return True


def _string(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else '"')


def _number(dumper: yaml.SafeDumper, value: int | float) -> yaml.Node:
    written = format_number(value)
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in written else 'int'}", written)


_Dumper.add_representer(str, _string)
for _kind in (int, float, Number):
    _Dumper.add_representer(_kind, _number)


def encode_yaml(value: Inner) -> str:
    """A value as YAML text."""
    written = str(
        yaml.dump(
            _tree(value),
            Dumper=_Dumper,
            allow_unicode=True,
            default_flow_style=False,
            sort_keys=False,
            width=sys.maxsize,
        )
    )
    if any(len(line) > _WIDTH and _FOLDED.search(line) for line in written.splitlines()):
        raise Unsupported("where long lines of YAML are folded is not worked out")
    # The library ends an open block with a mark that Terraform leaves out.
    return written.removesuffix("...\n") if isinstance(value, (str, dict, list, Set)) else written


def _tree(value: Inner) -> Inner:
    """The value in the types that the writer knows."""
    if isinstance(value, dict):
        return {name: _tree(value[name]) for name in sorted(value)}
    if isinstance(value, (list, Set)):
        return [_tree(item) for item in (value.items if isinstance(value, Set) else value)]
    return value


def _brackets(source: str) -> int:
    """How many brackets are open at once at most, be they in quotes or not."""
    depths = accumulate(_OPENING.get(character, 0) for character in source)
    return max(depths, default=0)


def decode_yaml(source: str) -> Inner:
    """The value that a YAML text stands for."""
    if len(source) > _LONGEST or _brackets(source) > _DEEPEST:
        raise Beyond("the YAML text is too large")
    loader = yaml.SafeLoader(source)
    try:
        node = loader.get_single_node()
        if node is None:
            raise Invalid("the YAML text is empty")
        return _Reader().value(node, 0)
    except (yaml.YAMLError, RecursionError):
        if "\t" in source:
            # The library is stricter with tabs than Terraform.
            raise Unsupported("YAML with tabs is not worked out") from None
        raise Invalid("the text is not valid YAML") from None
    finally:
        loader.dispose()


class _Reader:
    """Makes values of nodes; aliases count again each time, so that they cannot explode."""

    def __init__(self) -> None:
        self._left = MEMBERS

    def value(self, node: yaml.Node, depth: int) -> Inner:
        self._left -= 1
        if self._left < 0 or depth > _DEEPEST:
            raise Beyond("the YAML text is too large")
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        if not isinstance(node, yaml.MappingNode):
            raise Invalid("the text is not valid YAML")
        return self._mapping(node, depth)

    def _mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Inner]:
        made: dict[str, Inner] = {}
        merged: dict[str, Inner] = {}
        for key_node, value_node in node.value:
            if isinstance(key_node, yaml.ScalarNode) and key_node.value == "<<" and key_node.style is None:
                inner = self.value(value_node, depth + 1)
                for one in inner if isinstance(inner, list) else [inner]:
                    if not isinstance(one, dict):
                        raise Invalid("only mappings can be merged in YAML")
                    merged = one | merged
                continue
            key = self.value(key_node, depth + 1)
            if key is None or isinstance(key, (list, dict)):
                raise Invalid("a key of the YAML text is no text")
            if isinstance(key, bool):
                key = "true" if key else "false"
            made[key if isinstance(key, str) else format_number(key)] = self.value(value_node, depth + 1)
        return merged | made


def _scalar(node: yaml.ScalarNode) -> Inner:
    source = str(node.value)
    if not node.tag.startswith("tag:yaml.org,2002:"):
        raise Invalid(f"the YAML tag {node.tag} is not known")
    buffer = node.start_mark.buffer
    tagged = buffer is not None and buffer[node.start_mark.pointer] == "!"
    return source if tagged or node.style is not None else _plain(source)


def _plain(source: str) -> Inner:
    if source in _NULLS:
        return None
    if source in _TRUTHS:
        return _TRUTHS[source]
    based = _BASED.fullmatch(source)
    if based:
        return int(based[1], 16) if based[1] else int(based[2], 8)
    if _NUMBER.fullmatch(source):
        return parse_number(source)
    if _ENDLESS.fullmatch(source):
        raise Invalid("numbers without end are not allowed")
    return _date(source) if _DATE.fullmatch(source) else source


def _date(source: str) -> str:
    """Dates become times in UTC; times are kept as they are where they are in that form."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", source, re.ASCII):
        return source + "T00:00:00Z"
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", source, re.ASCII):
        return source
    raise Unsupported("this form of a time in YAML is not worked out")
