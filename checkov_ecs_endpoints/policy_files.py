"""The policies: Checkov YAML files, found in a checkout or in the installed package, read and checked.

Format: Checkov, "Create custom policies - YAML attribute check and composite"
(https://www.checkov.io/3.Custom%20Policies/YAML%20Custom%20Policies.html), with metadata of our own
beside Checkov's, which Checkov passes over: ``description``, ``remediation`` and ``since``, and
``rationale``, ``undecided`` and ``references``, which may be left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

OPERATOR_PREFIX = "ecs_"
"""What the operators of this project begin with; no operator of Checkov does."""

SEVERITIES = ("CRITICAL", "HIGH", "MEDIUM", "LOW", "INFO")
COMBINING = ("and", "or", "not")


class PolicyError(Exception):
    """A policy file that cannot be used; says which file and what is wrong."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")


@dataclass(frozen=True, slots=True)
class Policy:
    """One policy. A ``combining`` one joins conditions with and, or, not, and needs Checkov.

    ``operator``, ``attribute`` and ``parameters`` are empty for a combining policy. ``rationale``
    says why it matters, ``undecided`` when it cannot tell, and ``references`` are links beside the
    ``guideline``; those of others than this project may have none of them.
    """

    id: str
    name: str
    severity: str
    category: str
    guideline: str
    description: str
    remediation: str
    since: str
    rationale: str = ""
    undecided: str = ""
    references: tuple[str, ...] = ()
    operator: str = ""
    attribute: str = ""
    parameters: Mapping[str, object] = field(default_factory=dict)
    combining: bool = False
    resource_types: tuple[str, ...] = ()


def policies_directory() -> Path:
    """The directory of the policies: in the installed package, or in the checkout around it."""
    package = Path(__file__).resolve().parent
    for directory in (package / "policies", package.parent / "policies"):
        if directory.is_dir():
            return directory
    raise FileNotFoundError(f"no policies in {package} or beside it: the installation is not complete")


def load_policies(directory: Path | None = None) -> tuple[Policy, ...]:
    """All policies of a directory, sorted by id; raises PolicyError for one that cannot be used."""
    files: dict[str, Path] = {}
    policies: list[Policy] = []
    for path in policy_paths(directory or policies_directory()):
        policy = read_policy(path)
        if policy.id in files:
            raise PolicyError(path, f"has the id {policy.id} of {files[policy.id].name}")
        files[policy.id] = path
        policies.append(policy)
    return tuple(sorted(policies, key=lambda policy: policy.id))


def policy_paths(directory: Path) -> Iterator[Path]:
    """The files that Checkov takes for policies in a directory of external checks, sorted."""
    return (path for path in sorted(directory.rglob("*")) if path.suffix in (".yaml", ".yml", ".json"))


def read_policy(path: Path) -> Policy:
    """Read and check one policy file; raises PolicyError."""
    # Imported here: `policies --path` has to be quick, and reads none.
    import yaml

    try:
        document = yaml.load(path.read_bytes(), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, yaml.YAMLError) as error:
        raise PolicyError(path, f"cannot be read: {error}") from error
    metadata = _mapping(path, document, "metadata")
    definition = _mapping(path, document, "definition")
    policy = _described(path, metadata)
    if any(key in definition for key in COMBINING):
        return replace(policy, combining=True)
    return replace(
        policy,
        operator=_text(path, definition, "operator"),
        attribute=_text(path, definition, "attribute"),
        parameters=_parameters(path, definition),
        resource_types=_resource_types(path, definition),
    )


def operators(definition: object) -> frozenset[str]:
    """The operators of this project that a definition uses, at any depth."""
    if isinstance(definition, dict):
        named = definition.get("operator")
        own = {named} if isinstance(named, str) and named.startswith(OPERATOR_PREFIX) else set()
        return frozenset(own).union(*map(operators, definition.values()))
    if isinstance(definition, list):
        return frozenset().union(*map(operators, definition))
    return frozenset()


def _described(path: Path, metadata: Mapping[str, object]) -> Policy:
    policy = Policy(
        id=_text(path, metadata, "id"),
        name=_text(path, metadata, "name"),
        severity=_text(path, metadata, "severity"),
        category=_text(path, metadata, "category"),
        guideline=_text(path, metadata, "guideline"),
        description=_text(path, metadata, "description"),
        remediation=_text(path, metadata, "remediation"),
        since=_text(path, metadata, "since"),
        rationale=_text(path, metadata, "rationale") if "rationale" in metadata else "",
        undecided=_text(path, metadata, "undecided") if "undecided" in metadata else "",
        references=_links(path, metadata.get("references", [])),
    )
    if policy.severity not in SEVERITIES:
        raise PolicyError(path, f"metadata.severity is not one of {', '.join(SEVERITIES)}")
    if not re.fullmatch(r"\d+\.\d+\.\d+", policy.since):
        raise PolicyError(path, "metadata.since is not a version like 1.2.3")
    return policy


def _mapping(path: Path, document: object, key: str) -> Mapping[str, object]:
    found = document.get(key) if isinstance(document, dict) else None
    if not isinstance(found, dict):
        raise PolicyError(path, f"has no mapping {key}")
    return found


def _text(path: Path, mapping: Mapping[str, object], key: str) -> str:
    found = mapping.get(key)
    if not isinstance(found, str) or not found:
        raise PolicyError(path, f"has no text {key}")
    return found


def _links(path: Path, found: object) -> tuple[str, ...]:
    if not isinstance(found, list) or not all(
        isinstance(item, str) and item.startswith("https://") for item in found
    ):
        raise PolicyError(path, "metadata.references is not a list of links that begin with https://")
    return tuple(found)


def _parameters(path: Path, definition: Mapping[str, object]) -> Mapping[str, object]:
    found = definition.get("value")
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise PolicyError(path, "has a value that is not a mapping of parameters")
    return found


def _resource_types(path: Path, definition: Mapping[str, object]) -> tuple[str, ...]:
    found = definition.get("resource_types")
    if not isinstance(found, list) or not found or not all(isinstance(item, str) for item in found):
        raise PolicyError(path, "has no list of resource_types")
    return tuple(found)
