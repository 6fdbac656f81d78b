"""``for`` expressions.

Terraform documentation: Configuration Language, For Expressions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tree_sitter import Node

from checkov_ecs_endpoints.iac.terraform import zone_names
from checkov_ecs_endpoints.iac.terraform.conversion import to_string
from checkov_ecs_endpoints.iac.terraform.faults import MEMBERS, Beyond, Invalid
from checkov_ecs_endpoints.iac.terraform.functions.reading import Members
from checkov_ecs_endpoints.iac.terraform.kinds import ANY, type_of
from checkov_ecs_endpoints.iac.terraform.members import equal, listed, unclear
from checkov_ecs_endpoints.iac.terraform.nodes import named
from checkov_ecs_endpoints.iac.terraform.numeric import Whole
from checkov_ecs_endpoints.iac.terraform.operators import truth
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Keyed, Set
from checkov_ecs_endpoints.iac.terraform.shapes import HclExpression
from checkov_ecs_endpoints.iac.terraform.weights import weight
from checkov_ecs_endpoints.values import OpenDict, OpenList, Reference, Text, Unknown

if TYPE_CHECKING:
    from checkov_ecs_endpoints.iac.terraform.evaluator import Evaluator


@dataclass(frozen=True, slots=True)
class Rounds:
    """The keys and values that a loop goes through.

    ``rest`` says why there may be more, ``order`` why it is not known which comes first.
    """

    members: tuple[tuple[Inner, Inner], ...]
    rest: Unknown | None = None
    order: Unknown | None = None


def rounds(value: Inner) -> Rounds:
    """What a loop over a value goes through, in Terraform's order."""
    if value is None:
        raise Invalid("null cannot be looped over")
    if isinstance(value, Set):
        value = listed(value, ANY)
        if isinstance(value, list):
            return Rounds(tuple((item, item) for item in value))
        return Rounds(tuple((item, item) for item in value.items), value.rest)
    if isinstance(value, list):
        return Rounds(tuple((Whole(at), item) for at, item in enumerate(value)))
    if isinstance(value, OpenList):
        return Rounds(tuple((value.rest, item) for item in value.items), value.rest)
    if isinstance(value, dict):
        return Rounds(tuple((key, value[key]) for key in sorted(value)))
    if isinstance(value, Keyed):
        return Rounds(value.pairs, None, value.order)
    if isinstance(value, OpenDict):
        return Rounds(tuple((key, value.items[key]) for key in sorted(value.items)), value.rest)
    if isinstance(value, (str, bool, int, float, Text)):
        raise Invalid("only lists, sets, maps and objects can be looped over")
    if isinstance(value, (Unknown, Reference)):
        return Rounds((), unclear(value))
    inside = value.plain()
    return rounds(inside)


@dataclass(slots=True)
class _Loop:
    """The pieces of a loop: over what, the bodies, the filter."""

    evaluator: Evaluator
    code: HclExpression
    names: tuple[str, ...]
    over: Rounds
    bodies: tuple[Node, ...]
    condition: Node | None
    held: int = 0

    def weighed(self, value: Inner) -> Inner:
        """The value of a round, unless those of all rounds are too large together."""
        self.held += weight(value)
        if self.held > MEMBERS:
            raise Beyond(f"a value of more than {MEMBERS} members")
        return value

    def turns(self) -> Iterator[tuple[Evaluator, Unknown | None]]:
        """An evaluator for each round that may count, and why it may not."""
        for key, value in self.over.members:
            self.evaluator.budget.spend()
            bound = (
                {self.names[0]: value} if len(self.names) == 1 else {self.names[0]: key, self.names[1]: value}
            )
            inside = self.evaluator.binding(bound)
            counts = True if self.condition is None else truth(inside.node(self.code, self.condition))
            if counts is not False:
                yield inside, counts if isinstance(counts, Unknown) else None


def intro(evaluator: Evaluator, code: HclExpression, node: Node) -> tuple[tuple[str, ...], Rounds]:
    """The names of a loop and what it goes through, of ``for k, v in x`` in either syntax."""
    children = named(node)
    names = tuple(code.text(child) for child in children if child.type == "identifier")
    over = next(child for child in children if child.type == "expression")
    return names, rounds(evaluator.node(code, over))


def _loop(evaluator: Evaluator, code: HclExpression, node: Node) -> _Loop:
    children = named(node)
    names, over = intro(evaluator, code, next(child for child in children if child.type == "for_intro"))
    bodies = tuple(child for child in children if child.type == "expression")
    condition = next((named(child)[0] for child in children if child.type == "for_cond"), None)
    return _Loop(evaluator, code, names, over, bodies, condition)


def tuple_of(evaluator: Evaluator, code: HclExpression, node: Node) -> Inner:
    """``[for ...]``."""
    loop = _loop(evaluator, code, node)
    members: list[Inner] = []
    rest = loop.over.rest
    for inside, doubt in loop.turns():
        value = loop.weighed(inside.node(code, loop.bodies[0]))
        if doubt is None:
            members.append(value)
        else:
            rest = rest or doubt
    return Members(tuple(members), rest, None, loop.over.order).like(members)


def object_of(evaluator: Evaluator, code: HclExpression, node: Node) -> Inner:
    """``{for ...}``, with ``...`` for grouping."""
    try:
        loop = _loop(evaluator, code, node)
        grouping = any(child.type == "ellipsis" for child in node.children)
        found, double = (_grouped(loop), None) if grouping else _keyed(loop)
    except Invalid as fault:
        fault.kind = None
        raise
    if double is not None:
        mistake = Invalid(f'two members have the key "{double}"')
        mistake.kind = type_of(found)
        raise mistake
    return found


def _keyed(loop: _Loop) -> tuple[Inner, str | None]:
    """The members by key, the first of those that have the same, and such a key."""
    members: dict[str, Inner] = {}
    rest = loop.over.rest
    others: set[str] | None = set() if rest is None else None
    double: str | None = None
    turns = [(*_entry(loop, inside), doubt) for inside, doubt in loop.turns()]
    if rest is None and not any(doubt for *_, doubt in turns):
        pairs = [(key, value) for key, value, _ in turns]
        found = zone_names.keyed(pairs) or _partly_keyed(pairs)
        if found is not None:
            return found, None
    for key, value, doubt in turns:
        if not isinstance(key, str):
            rest, others = rest or doubt or unclear(key), None
        elif doubt is not None:
            rest = rest or doubt
            others = None if others is None else others | {key}
        elif key in members:
            double = double or key
        else:
            members[key] = value
    if rest is None:
        return members, double
    return OpenDict(members, rest, None if others is None else frozenset(others)), double


def _partly_keyed(pairs: Sequence[tuple[Inner, Inner]]) -> Keyed | None:
    """A mapping of which every key is known in part; None where all are known, or one is not at all.

    They are different texts, for two that are the same would be an error.
    """
    keys = [key for key, _ in pairs]
    loose = next((key for key in keys if not isinstance(key, str)), None)
    if loose is None or not all(isinstance(key, (str, Reference, Text)) for key in keys):
        return None
    if len(set(keys)) != len(keys):
        return None
    known = {key: value for key, value in pairs if isinstance(key, str)}
    order = unclear(loose)
    return Keyed(known, order, None, tuple(pairs), order if len(pairs) > 1 else None)


def _entry(loop: _Loop, inside: Evaluator) -> tuple[Inner, Inner]:
    written = inside.node(loop.code, loop.bodies[0])
    if written is None:
        raise Invalid("null is no key")
    return to_string(written), loop.weighed(inside.node(loop.code, loop.bodies[1]))


def _grouped(loop: _Loop) -> Inner:
    groups: dict[str, list[Inner]] = {}
    doubts: dict[str, Unknown] = {}
    rest = loop.over.rest or loop.over.order
    loose: list[tuple[Inner, Unknown]] = [] if rest is None else [(rest, rest)]
    for inside, doubt in loop.turns():
        key, value = _entry(loop, inside)
        if isinstance(key, str) and doubt is None:
            groups.setdefault(key, []).append(value)
        else:
            loose.append((key, doubt or unclear(key)))
    for key, doubt in loose:
        rest = rest or doubt
        for name in groups:
            if equal(name, key) is not False:
                doubts.setdefault(name, doubt)
    made: dict[str, Inner] = {
        name: OpenList(tuple(group), doubts[name]) if name in doubts else group
        for name, group in groups.items()
    }
    return made if rest is None else OpenDict(made, rest)
