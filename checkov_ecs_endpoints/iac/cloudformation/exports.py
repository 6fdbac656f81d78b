"""Which export an ``Fn::ImportValue`` means, by the structure of both names.

Names of exports are unique in an account and Region (user guide, "Outputs"), and are
mostly built around the name of a stack: ``${AWS::StackName}-Vpc`` here,
``${NetworkStackName}-Vpc`` there. Whatever is not known may be any text, so a name fits
an export when their known beginnings and ends agree; one that fits two is not decided,
nor is one that agrees with an export in too little to tell it from what is not scanned.
What a template imports besides may decide it: ``prod-Vpc`` and ``prod-Subnet`` are exports
of one stack, called ``prod``, where both are named for their stack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from checkov_ecs_endpoints.iac.cloudformation.nodes import members_of
from checkov_ecs_endpoints.iac.cloudformation.stack import Stack
from checkov_ecs_endpoints.values import Location, Reference, Text, Unknown, Value, Why

_NAMED: Final = 4
"""Files that a note names before it says how many more there are."""

_WORD: Final = re.compile(r"[A-Za-z0-9]{2}")
_STACK_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,127}")
"""API reference, ``CreateStack``: what a stack may be called."""

ExportKey: TypeAlias = tuple[Path, tuple[str, ...], str]
"""A template, the nested stack in it, and the output."""


@dataclass(frozen=True, slots=True)
class Export:
    """An exported output: of which template, in which nested stack of it, and its name."""

    template: Path
    stack: tuple[str, ...]
    output: str
    name: str | Text | Reference
    place: Location

    @property
    def key(self) -> ExportKey:
        """What tells it from every other export of the scan."""
        return (self.template, self.stack, self.output)


def exports_of(stack: Stack) -> list[Export]:
    """The exports of a stack and its nested stacks whose names are known at least in part."""
    found: list[Export] = []
    for inner in stack.walk():
        for output, entry in inner.outputs.entries.items():
            export = members_of(entry.value).get("Export")
            name = members_of(export.value).get("Name") if export else None
            if export is None or name is None or inner.existence(entry) is False:
                continue
            value = inner.evaluator.value(name.value)
            if isinstance(value, (str, Text, Reference)):
                found.append(Export(stack.template.path, inner.path, output, value, entry.place))
    return found


def match(
    name: Value,
    exports: Iterable[Export],
    here: Path,
    called: Callable[[Path], str],
    company: Callable[[], Iterable[Value]] = tuple,
) -> Export | Unknown:
    """The one export that a name imported by the template ``here`` means, or why that cannot be said.

    ``called`` names a template for people; ``company`` are the names imported beside it.
    """
    if not isinstance(name, (str, Text)):
        subject = name.subject if isinstance(name, Unknown) else str(name)
        return Unknown(Why.IMPORT, f"Fn::ImportValue of {subject}", None, "nothing of the name is known")
    exports = list(exports)
    fitting = [export for export in exports if _fits(name, export.name)]
    # The same name in the importing tree itself: two stacks cannot export it both.
    own = [export for export in fitting if export.template == here and export.name == name]
    if len(own) == 1:
        return own[0]
    alike = [export for export in fitting if _literals(export.name) == _literals(name)]
    chosen = alike if len(alike) == 1 else fitting
    if not chosen:
        return Unknown(Why.IMPORT, str(name), None, "no template of this scan exports it")
    if len(chosen) > 1:
        # If no stack exports them all, one is not in the scan, and it may be any.
        chosen = _of_one_stack(name, chosen, company(), exports) or chosen
    if len(chosen) > 1:
        return Unknown(
            Why.AMBIGUOUS, str(name), None, f"{len(chosen)} exports fit it, in {_files(chosen, called)}"
        )
    if not _tells(name, chosen[0].name):
        note = f"export {chosen[0].name} of {called(chosen[0].template)} may be it, or another"
        return Unknown(Why.AMBIGUOUS, str(name), None, note)
    return chosen[0]


def _of_one_stack(
    name: str | Text, fitting: list[Export], company: Iterable[Value], exports: list[Export]
) -> list[Export]:
    """Those of the fitting exports whose stack exports what is imported from it besides."""
    for other in company:
        if isinstance(other, (str, Text)):
            alike = [export for export in exports if _fits(other, export.name)]
            origins = [(_stack_name(other, one), one.template, one.stack) for one in alike]
            fitting = [
                one
                for one in fitting
                if (stack := _stack_name(name, one)) is None
                or stack not in {origin[0] for origin in origins}
                or (stack, one.template, one.stack) in origins
            ]
    return fitting


def _stack_name(name: str | Text, export: Export) -> str | Reference | Unknown | None:
    """What the stack of an export that a name fits is called; None where its name does not say."""
    if not isinstance(export.name, Text) or not _of_stack(export.name):
        return None
    if isinstance(name, str):
        return name[len(export.name.prefix) : len(name) - len(export.name.suffix)]
    gaps = [part for part in name.parts if not isinstance(part, str)]
    return gaps[0] if len(gaps) == 1 and _literals(name) == _literals(export.name) else None


def _files(exports: Iterable[Export], called: Callable[[Path], str]) -> str:
    files = sorted({called(export.template) for export in exports})
    return ", ".join(files[:_NAMED]) + (f" and {len(files) - _NAMED} more" if len(files) > _NAMED else "")


def words_of(name: str | Text) -> list[str]:
    """The words in the known pieces of a name."""
    return [word for literal in _literals(name) for word in re.findall(r"[A-Za-z0-9]{2,}", literal)]


def _tells(name: str | Text, export: str | Text | Reference) -> bool:
    """Whether two names that fit agree in enough to be the same thing's.

    An end tells what is exported; a beginning alone (``prod-${Name}``) only if nothing
    but the name of a stack comes after it.
    """
    if isinstance(name, str) and isinstance(export, str):
        return True
    one, other = _ends(name), _ends(export)
    shorter, longer = sorted((one[1], other[1]), key=len)
    whole = isinstance(name, str) or isinstance(export, str)
    apart = whole or shorter == longer or not shorter[:1].isalnum()
    if _WORD.search(shorter) and apart:
        return True
    begins = whole or one == other
    return (
        begins
        and bool(_WORD.search(min(one[0], other[0], key=len)))
        and (_of_stack(name) or _of_stack(export))
    )


def _ends(name: str | Text | Reference) -> tuple[str, str]:
    if isinstance(name, str):
        return name, name
    return (name.prefix, name.suffix) if isinstance(name, Text) else ("", "")


def _of_stack(name: str | Text | Reference) -> bool:
    """Whether a name is known but for the name of its stack."""
    gaps = [part for part in name.parts if not isinstance(part, str)] if isinstance(name, Text) else []
    return len(gaps) == 1 and isinstance(gaps[0], Reference) and gaps[0].resource.endswith("AWS::StackName")


def _literals(name: str | Text | Reference) -> tuple[str, ...]:
    """The known pieces of a name, in order, with "" wherever something is not known."""
    if isinstance(name, str):
        return (name,)
    parts = name.parts if isinstance(name, Text) else (name,)
    return tuple(part if isinstance(part, str) else "" for part in parts)


def _fits(name: str | Text, export: str | Text | Reference) -> bool:
    if isinstance(name, str) and isinstance(export, str):
        return name == export
    if isinstance(export, Reference):
        return False
    if isinstance(name, str):
        return _may_be(export, name)
    if isinstance(export, str):
        return _may_be(name, export)
    # Of two texts with gaps, each can fill the other's middle: the ends alone decide.
    begins = name.prefix.startswith(export.prefix) or export.prefix.startswith(name.prefix)
    ends = name.suffix.endswith(export.suffix) or export.suffix.endswith(name.suffix)
    in_common = (name.prefix and export.prefix) or (name.suffix and export.suffix)
    return begins and ends and bool(in_common)


def _may_be(name: str | Text, whole: str) -> bool:
    """Whether the gaps of a name can be filled so that it reads as ``whole``."""
    if isinstance(name, Text) and _of_stack(name):
        filling = whole[len(name.prefix) : len(whole) - len(name.suffix)]
        if not _STACK_NAME.fullmatch(filling):
            return False
    first, *middle, last = _literals(name)
    if not whole.startswith(first):
        return False
    position = len(first)
    for literal in middle:
        found = whole.find(literal, position)
        if found < 0:
            return False
        position = found + len(literal)
    return whole.endswith(last) and len(whole) - len(last) >= position
