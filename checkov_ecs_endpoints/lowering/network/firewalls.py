"""AWS Network Firewalls: where their endpoints are, and whether their policy may drop anything.

https://docs.aws.amazon.com/network-firewall/latest/developerguide/firewall-policy-settings.html
"""

from __future__ import annotations

from checkov_ecs_endpoints.lowering.fields import Block
from checkov_ecs_endpoints.lowering.network.declared import Declared, Reader
from checkov_ecs_endpoints.lowering.reading import members
from checkov_ecs_endpoints.model.base import Link, Listing
from checkov_ecs_endpoints.model.network import Firewall, TargetKind
from checkov_ecs_endpoints.values import Truth, Unknown

_ARNS = ("FirewallArn", "FirewallPolicyArn")
_PASSES = "aws:pass"
_TO_STATEFUL = ("aws:forward_to_sfe", _PASSES)
_DROPS = "aws:drop"


def firewalls(reader: Reader) -> dict[str, Firewall]:
    """The firewalls and their further endpoints, by the id that routes name."""
    language = reader.language
    declared = {one.id: one for one in reader.all(language.firewall)}
    found = {id_: _firewall(one, one, reader) for id_, one in declared.items()}
    for endpoint in reader.all(language.firewall_endpoint):
        of = endpoint.link("firewall", language.firewall.types, also=_ARNS)
        found[endpoint.id] = _firewall(endpoint, declared[of] if isinstance(of, str) else None, reader)
    return found


def _firewall(declared: Declared, of: Declared | None, reader: Reader) -> Firewall:
    language = reader.language
    subnets = declared.blocks("subnets", language.firewall_subnet)
    nats = declared.blocks("nats", language.firewall_nat)
    transits = [type_ for type_, kind in language.targets.items() if kind is TargetKind.TRANSIT_GATEWAY]
    return Firewall(
        id=declared.id,
        source=declared.source(subnets="subnets"),
        exists=declared.exists,
        subnets=Listing(tuple(one.link("subnet", language.subnets) for one in subnets), subnets.rest),
        transit_gateway=declared.link("transit", transits) if declared.has("transit") else None,
        nat_gateways=Listing(tuple(one.link("nat", language.nat_gateway.types) for one in nats), nats.rest),
        # A firewall whose policy is not in these files is taken to be there for a reason.
        restricts=True if of is None else _restricts(of, reader),
    )


def _restricts(firewall: Declared, reader: Reader) -> Truth:
    """Whether the policy may drop anything: it has rules, or drops by default."""
    kind = reader.language.firewall_policy
    link: Link = firewall.link("policy", kind.types, also=_ARNS)
    if isinstance(link, Unknown):
        return True
    policy = Declared(Block.of(reader.index.by_id[link]), kind, reader.index)
    if any(policy.has(word) for word in ("stateless_groups", "stateful_groups")):
        return True
    stateless, stateful = (
        members(policy.field(word).value, policy.field(word).place)
        for word in ("stateless_actions", "stateful_actions")
    )
    actions = [*stateless, *(stateful if _PASSES not in stateless else ())]
    unknown = next((action for action in actions if isinstance(action, Unknown)), stateless.rest)
    if any(isinstance(action, str) and action.startswith(_DROPS) for action in actions):
        return True
    passes = bool(stateless) and all(action in _TO_STATEFUL for action in stateless)
    return unknown or stateful.rest or not passes
