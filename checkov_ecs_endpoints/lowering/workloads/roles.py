"""IAM roles of tasks and of container instances, and the policies that a configuration gives them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from checkov_ecs_endpoints.evidence import Source
from checkov_ecs_endpoints.iac.configuration import Configuration, Resource
from checkov_ecs_endpoints.json_text import decode
from checkov_ecs_endpoints.lowering.fields import Block, Field
from checkov_ecs_endpoints.lowering.index import IDENTITIES, Index
from checkov_ecs_endpoints.lowering.network.declared import Declared
from checkov_ecs_endpoints.lowering.origins import origin
from checkov_ecs_endpoints.lowering.pieces import pieces
from checkov_ecs_endpoints.lowering.reading import members
from checkov_ecs_endpoints.lowering.regions import Region
from checkov_ecs_endpoints.lowering.workloads.language import WorkloadLanguage, declarations
from checkov_ecs_endpoints.lowering.workloads.statements import gap, permissions
from checkov_ecs_endpoints.model.base import Link
from checkov_ecs_endpoints.model.permissions import ManagedPolicy, Permission, Role
from checkov_ecs_endpoints.values import Location, Text, Truth, Unknown, Value, every

_NAMES = frozenset({"name", "unique_id"})
_NAMED = ("name", "RoleName", "InstanceProfileName")
_ROLE_ARN = re.compile(r"arn:[^/]*:role/(?:.*/)?(?P<name>[^/]+)", re.DOTALL)
_PROFILE_ARN = re.compile(r"arn:[^/]*:instance-profile/(?:.*/)?(?P<name>[^/]+)", re.DOTALL)
_MANAGED_ARN = re.compile(r"arn:.*:iam::aws:policy/(?:[\w-]+/)*(?P<name>[\w-]+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Roles:
    """The roles of a configuration, to be found by reference, name or ARN.

    ``_attached`` are the policies and attachments of each role by its id.
    """

    configuration: Configuration
    index: Index
    language: WorkloadLanguage
    _attached: dict[str, list[Declared]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, configuration: Configuration, index: Index, language: WorkloadLanguage) -> Roles:
        """All roles of a configuration."""
        roles = cls(configuration, index, language)
        for kind in (*language.role_policies, *language.attachments, language.policy):
            for declared in declarations(index, kind):
                listed = declared.field("roles")
                for value in members(listed.value, listed.place):
                    link = roles._link(Field(value, listed.place))
                    if isinstance(link, str):
                        roles._attached.setdefault(link, []).append(declared)
        return roles

    def find(self, named: Field, user: Resource) -> Role | Unknown | None:
        """The role that a value means, as its ``user`` has it; None where the value is null."""
        if named.value is None:
            return None
        link = self._link(named)
        if isinstance(link, Unknown):
            return link
        return self._role(link, Region.of(user, self.configuration, self.index))

    def of_profile(self, named: Field, user: Resource) -> Role | Unknown | None:
        """The role in the instance profile that a value means, None where the value is null."""
        if named.value is None:
            return None
        kind = self.language.instance_profile
        link = self._by_name(named.value, kind.types, _PROFILE_ARN) or self.index.link(
            named.value, kind.types, named.place, {*IDENTITIES, *_NAMES}
        )
        if isinstance(link, Unknown):
            return link
        profile = Declared(Block.of(self.index.by_id[link]), kind, self.index)
        role = profile.field("role")
        listed = members(role.value, role.place)
        return self.find(Field(listed.items[0] if listed.items else listed.rest, role.place), user)

    def _link(self, named: Field) -> Link:
        types = self.language.role.types
        return self._by_name(named.value, types, _ROLE_ARN) or self.index.link(
            named.value, types, named.place, {*IDENTITIES, *_NAMES}
        )

    def _by_name(self, value: Value, types: tuple[str, ...], arn: re.Pattern[str]) -> str | None:
        """The resource whose name a text is, or ends its ARN."""
        value = self.index.resolved(value)
        found = pieces(value)
        match = arn.fullmatch(found.pattern)
        name = found.value(match["name"]) if match else value
        if not isinstance(name, (str, Text)):
            return None
        named = [
            resource.id
            for resource in self.index.of_type(*types)
            if any(resource.attributes.get(attribute) == name for attribute in _NAMED)
        ]
        return named[0] if len(named) == 1 else None

    def _role(self, id_: str, region: Region) -> Role:
        role = Declared(Block.of(self.index.by_id[id_]), self.language.role, self.index)
        found = _Policies(self, region)
        inline = role.blocks("inline", self.language.inline_policy)
        for policy in inline:
            found.add_document(policy, True)
        found.add_listed(role, "managed", True)
        for declared in self._attached.get(id_, ()):
            if declared.has("document"):
                found.add_document(declared, declared.exists)
            else:
                found.add_listed(declared, "policies", declared.exists)
        return Role(
            source=role.source(),
            permissions=tuple(found.permissions),
            managed=tuple(found.managed),
            rest=inline.rest or found.rest,
        )

    def policy(self, value: Value, place: Location) -> Declared | Unknown:
        """The policy of the configuration that a value means."""
        kind = self.language.policy
        link = self.index.link(value, kind.types, place)
        if isinstance(link, Unknown):
            return link
        return Declared(Block.of(self.index.by_id[link]), kind, self.index)

    def name_of_managed(self, value: Value) -> str:
        """The name of a policy of AWS, by its ARN or by the data source that looks it up."""
        found = origin(value, self.index)
        if found is not None and found.is_data and found.type == "aws_iam_policy" and found.resource:
            asked = found.resource.attributes
            value = asked.get("arn") or asked.get("name")
            if isinstance(value, str) and not value.startswith("arn:"):
                return value
        match = _MANAGED_ARN.fullmatch(pieces(value).pattern)
        return match["name"] if match else ""


@dataclass(slots=True)
class _Policies:
    """The policies of one role, as they are found."""

    roles: Roles
    region: Region
    permissions: list[Permission] = field(default_factory=list)
    managed: list[ManagedPolicy] = field(default_factory=list)
    rest: Unknown | None = None

    def add_document(self, declared: Declared, exists: Truth) -> None:
        """The statements of a policy document."""
        document = declared.field("document")
        read = decode(document.value, document.place)
        source = Source(declared.address, document.place)
        self.permissions += permissions(read, source, self.region, exists)
        self.rest = self.rest or gap(read)

    def add_listed(self, declared: Declared, word: str, exists: Truth) -> None:
        """The policies that a list names by their ARNs: those of AWS, and those of the configuration."""
        listed = declared.field(word)
        source = Source(declared.address, listed.place)
        policies = members(listed.value, listed.place)
        self.rest = self.rest or policies.rest
        for value in policies:
            name = self.roles.name_of_managed(value)
            policy = self.roles.policy(value, listed.place)
            if name:
                self.managed.append(ManagedPolicy(source=source, name=name, exists=exists))
            elif isinstance(policy, Unknown):
                self.rest = self.rest or policy
            else:
                self.add_document(policy, every([exists, policy.exists]))
