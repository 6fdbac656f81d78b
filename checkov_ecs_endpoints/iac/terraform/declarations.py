"""What the files of one directory declare, override files merged in.

Terraform documentation: Configuration Language, Files and Directories; Override Files.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checkov_ecs_endpoints.iac.terraform.literals import literal
from checkov_ecs_endpoints.iac.terraform.syntax import Attribute, Block, Body, File
from checkov_ecs_endpoints.iac.terraform.type_constraints import Primitive, Type, constraint
from checkov_ecs_endpoints.results import Problem

JSON_SUFFIXES = (".tf.json", ".tofu.json")
NATIVE_SUFFIXES = (".tf", ".tofu")
SUFFIXES = NATIVE_SUFFIXES + JSON_SUFFIXES

LOCK_FILE = ".terraform.lock.hcl"


@dataclass(frozen=True, slots=True)
class Declarations:
    """The blocks of a module directory, by name."""

    directory: Path
    variables: Mapping[str, Block]
    locals: Mapping[str, Attribute]
    outputs: Mapping[str, Block]
    resources: Mapping[tuple[str, str], Block]
    data: Mapping[tuple[str, str], Block]
    modules: Mapping[str, Block]
    providers: tuple[Block, ...]
    terraform: tuple[Block, ...]
    files: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()
    _types: dict[str, Type] = field(default_factory=dict, compare=False, repr=False)

    def type_of(self, variable: str) -> Type:
        """The type constraint of a variable, ``any`` where there is none or it cannot be read."""
        if variable not in self._types:
            attribute = self.variables[variable].body.attributes.get("type")
            read = constraint(attribute.expression) if attribute else Primitive.ANY
            self._types[variable] = Primitive.ANY if isinstance(read, Problem) else read
        return self._types[variable]

    @property
    def has_state(self) -> bool:
        """Whether a backend or a cloud block says where the state is kept."""
        return any(block.type in ("backend", "cloud") for top in self.terraform for block in top.body.blocks)


def is_configuration(name: str) -> bool:
    """Whether Terraform or OpenTofu loads a file of this name (not its tests, not backups)."""
    return name.endswith(SUFFIXES) and not name.startswith(".")


def loaded(paths: Iterable[Path]) -> list[Path]:
    """The files of a directory in the order they count: overrides last, ``.tofu`` instead of ``.tf``.

    OpenTofu documentation: Files and Directories, "when both files exist, the .tofu file is used".
    """
    names = {path.name: path for path in paths if is_configuration(path.name)}
    kept = [
        path for name, path in names.items() if ".tofu" in name or name.replace(".tf", ".tofu") not in names
    ]
    return sorted(kept, key=lambda path: (is_override(path.name), path.name))


def is_override(name: str) -> bool:
    """Whether a file is an override file: ``override.tf``, ``*_override.tf`` and their twins."""
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if name.endswith(suffix):
            stem = name.removesuffix(suffix)
            return stem == "override" or stem.endswith("_override")
    return False


def declare(directory: Path, files: Iterable[File]) -> Declarations:
    """Collect the blocks of the files, which come in the order of :func:`loaded`."""
    blocks: dict[tuple[str, ...], Block] = {}
    providers: dict[tuple[str, ...], Block] = {}
    terraform: list[Block] = []
    local: dict[str, Attribute] = {}
    problems: list[Problem] = []
    paths: list[Path] = []
    for file in files:
        paths.append(file.path)
        problems.extend(file.problems)
        override = is_override(file.path.name)
        for block in file.body.blocks:
            if block.type == "locals":
                for name, attribute in block.body.attributes.items():
                    if override or name not in local:
                        local[name] = attribute
            elif block.type == "terraform":
                terraform.append(block)
            elif block.type == "provider":
                _add(providers, (*block.labels, _alias(block)), block, override)
            else:
                _add(blocks, (block.type, *block.labels), block, override)
    return Declarations(
        directory=directory,
        variables=_named(blocks, "variable"),
        locals=local,
        outputs=_named(blocks, "output"),
        resources=_typed(blocks, "resource"),
        data=_typed(blocks, "data"),
        modules=_named(blocks, "module"),
        providers=tuple(providers.values()),
        terraform=tuple(terraform),
        files=tuple(paths),
        problems=tuple(problems),
    )


def _alias(block: Block) -> str:
    attribute = block.body.attributes.get("alias")
    return "" if attribute is None else literal(attribute.expression) or ""


def _add(blocks: dict[tuple[str, ...], Block], key: tuple[str, ...], block: Block, override: bool) -> None:
    known = blocks.get(key)
    if known is None:
        blocks[key] = block
    elif override:
        blocks[key] = merged(known, block)


def merged(base: Block, override: Block) -> Block:
    """A block with the arguments of an override block in place of its own.

    Attributes are replaced one by one; nested blocks of one type replace all of that
    type, ``dynamic`` ones counting as the type they make; ``lifecycle`` is merged.
    """
    replaced = {made_type(block) for block in override.body.blocks}
    kept: list[Block] = []
    for block in base.body.blocks:
        if block.type == "lifecycle":
            for other in override.body.blocks:
                if other.type == "lifecycle":
                    block = merged(block, other)
            kept.append(block)
        elif made_type(block) not in replaced:
            kept.append(block)
    kept.extend(block for block in override.body.blocks if block.type != "lifecycle" or not _has(kept))
    attributes = {**base.body.attributes, **override.body.attributes}
    return Block(base.type, base.labels, Body(attributes, tuple(kept)), base.location)


def _has(blocks: list[Block]) -> bool:
    return any(block.type == "lifecycle" for block in blocks)


def made_type(block: Block) -> str:
    """The type of nested block that a block stands for: its own, or the label of ``dynamic``."""
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type


def _named(blocks: Mapping[tuple[str, ...], Block], kind: str) -> dict[str, Block]:
    return {key[1]: block for key, block in blocks.items() if key[0] == kind and len(key) == 2}


def _typed(blocks: Mapping[tuple[str, ...], Block], kind: str) -> dict[tuple[str, str], Block]:
    return {(key[1], key[2]): block for key, block in blocks.items() if key[0] == kind and len(key) == 3}
