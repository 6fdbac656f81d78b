"""All instances of one block, as expressions see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checkov_ecs_endpoints.iac.terraform import zone_names
from checkov_ecs_endpoints.iac.terraform.repetition import ANY, Key, Kind, Repetition
from checkov_ecs_endpoints.iac.terraform.scope import Inner, Object, plain
from checkov_ecs_endpoints.values import (
    Location,
    OpenDict,
    OpenList,
    Reference,
    Text,
    Unknown,
    Why,
    first_unknown,
)


def seen(name: str, repetition: Repetition, objects: Mapping[Key, Object]) -> Inner:
    """What the name of a block stands for: one object, a list, a map, or instances that may exist."""
    if repetition.kind is Kind.SINGLE:
        return objects[None]
    if not repetition.certain:
        return PartlyKnown(name, repetition, objects)
    if repetition.kind is Kind.COUNT:
        return list(objects.values())
    return {str(key): value for key, value in objects.items()}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PartlyKnown:
    """Instances of which it is not known which ones exist (see ``scope.Instances``)."""

    name: str
    repetition: Repetition
    objects: Mapping[Key, Object]

    def at(self, key: Inner, place: Location) -> Inner:
        """The instance of one key.

        The instance that stands for all unknown keys answers to the very key that is not
        known, for then both sides walk the same collection; not to a known key, for two
        known keys mean two instances.
        """
        rest = self.repetition.rest
        if isinstance(key, Unknown):
            return self.objects[ANY] if key == rest else key
        wanted = _key(key, self.repetition.kind)
        if wanted is not None and wanted in self.objects:
            return self.objects[wanted]
        if rest is not None:
            return first_unknown(key) or rest
        return Unknown(Why.INVALID, self.name, place, f"it has no instance {key}")

    def opened(self) -> OpenList | OpenDict:
        """The instances that certainly exist, and why there may be more."""
        pairs = [(member.key, self.objects[member.key]) for member in self.repetition.members]
        if self.repetition.rest is None and all(member.exists is True for member in self.repetition.members):
            by_zone = zone_names.keyed(pairs)
            if by_zone is not None:
                return by_zone
        certain = {
            member.key: self.objects[member.key]
            for member in self.repetition.members
            if member.exists is True
        }
        if self.repetition.kind is Kind.COUNT:
            return OpenList(tuple(certain.values()), self._doubt)  # type: ignore[arg-type]
        known = {key: value for key, value in certain.items() if isinstance(key, str)}
        return OpenDict(known, self._doubt)  # type: ignore[arg-type]

    def plain(self) -> OpenList | OpenDict:
        """What stands for the instances outside the front end."""
        opened: OpenList | OpenDict = plain(self.opened())
        return opened

    @property
    def _doubt(self) -> Unknown:
        if self.repetition.rest is not None:
            return self.repetition.rest
        doubts = (member.exists for member in self.repetition.members)
        found = next((doubt for doubt in doubts if isinstance(doubt, Unknown)), None)
        return found or Unknown(Why.AFTER_APPLY, self.name, None, "its keys are not wholly known")


def _key(key: Inner, kind: Kind) -> Key:
    if kind is Kind.COUNT:
        if isinstance(key, str) and key.isdigit():
            return int(key)
        if isinstance(key, float) and key.is_integer():
            return int(key)
        return key if isinstance(key, int) else None
    if isinstance(key, (str, Text, Reference)):
        return key
    return str(key) if isinstance(key, int) else None
