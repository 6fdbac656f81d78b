"""ECSNET_302: a workload does not depend on a NAT gateway in another Availability Zone.

"Create a NAT gateway in each Availability Zone, and configure your routing to ensure that resources
use the NAT gateway in the same Availability Zone":
https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Forwarder, NatGateway, Network, Subnet
from checkov_ecs_endpoints.model.workloads import Workload
from checkov_ecs_endpoints.reasoning.answers import Answer, any_of
from checkov_ecs_endpoints.reasoning.hubs import gateways_behind
from checkov_ecs_endpoints.reasoning.onward import way_to_nat
from checkov_ecs_endpoints.reasoning.origins import (
    Interfaces,
    Origin,
    application_interfaces,
    host_interfaces,
    origins,
)
from checkov_ecs_endpoints.reasoning.routing import Exit
from checkov_ecs_endpoints.reasoning.zones import one_zone, same_zone
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.trips import failed, of_some, of_workloads, passed, undecided, where
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Truth, Unknown, every, negate

_NO_NAT = Answer(False)
"""No NAT gateway is in the way at all, or none of another zone can be."""


def nat_in_same_zone(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails a workload when the route of some subnet leads to a NAT gateway in another zone."""
    return of_workloads(estate, _judge)


def _judge(network: Network, workload: Workload) -> Verdict | None:
    seen: list[tuple[Truth, Answer]] = []
    rest: Unknown | None = None
    for interfaces in (application_interfaces(workload), host_interfaces(workload)):
        rest = rest or interfaces.rest
        seen += [(one.exists, _of_interfaces(network, workload, one)) for one in interfaces]
    if rest is None and all(answer == _NO_NAT for _, answer in seen):
        return None
    name = workload.source.address
    truth = of_some([(exists, answer.truth) for exists, answer in seen], rest)
    deciding = next((answer for exists, answer in seen if answer.truth == truth), _NO_NAT)
    if truth is True:
        detail = "it stops when that zone does, and traffic between zones is charged besides"
        return failed(workload, deciding.cause, (detail,), deciding.steps)
    if isinstance(truth, Unknown):
        depends = workload.source.step(
            f"whether its NAT gateway is in its own zone depends on {truth.subject}"
        )
        return undecided(workload, truth, (*deciding.steps, depends), deciding.cause)
    evidence = tuple(dict.fromkeys(step for _, answer in seen for step in answer.steps))
    return passed(workload, f"{name}: no NAT gateway in another Availability Zone", evidence)


def _of_interfaces(network: Network, workload: Workload, one: Interfaces) -> Answer:
    """Whether some of the interfaces are in a subnet that depends on another zone's NAT gateway."""
    places = origins(network, Listing((one,)))
    answers = [_depends(network, workload, origin) for origin in places]
    if places.rest is not None:
        unclear = workload.source.step("where its interfaces are is not all known")
        answers.append(Answer(places.rest, "", (unclear,)))
    found = [answer for answer in answers if answer != _NO_NAT]
    return any_of(found, _NO_NAT)


def _depends(network: Network, workload: Workload, origin: Origin) -> Answer:
    """Whether a subnet depends on another zone's NAT gateway; one-zone VPCs have no other (design 4.2)."""
    way = way_to_nat(network, origin.subnet)
    steps = (where(workload, origin), *way.steps)
    if isinstance(way.exit, Unknown):
        return Answer(way.exit, "", steps)
    if way.exit is Exit.HUB:
        unclear = gateways_behind(network, way)
        return _NO_NAT if unclear is None else Answer(unclear, "", steps)
    if way.exit not in (Exit.NAT_GATEWAY, Exit.NAT_INSTANCE) or _in_one_zone(network, origin.subnet):
        return _NO_NAT
    nat: NatGateway | Forwarder
    zonal: Truth
    if way.exit is Exit.NAT_GATEWAY:
        nat = network.nat_gateways[way.gateway]
        zonal = negate(nat.regional)
        if zonal is not True and not isinstance(nat.subnet, str):
            may_be = "is regional: it is" if zonal is False else "may be regional, so"
            regional = nat.source.step(f"{nat.source.address} {may_be} in every zone", "regional")
            return Answer(zonal, "", (*steps, regional))
    else:
        nat, zonal = network.forwarders[way.gateway], True
    name = nat.source.address
    if not isinstance(nat.subnet, str):
        return Answer(nat.subnet or False, f"{name}: its subnet is not known", steps)
    there = network.subnets[nat.subnet]
    truth = every([zonal, nat.exists, negate(same_zone(origin.subnet, there))])
    perhaps = "perhaps " if isinstance(truth, Unknown) else ""
    word = f"{perhaps}in another" if truth else "in the same"
    sentence = f"{name} is in {there.source.address}, {word} Availability Zone"
    cause = f"{name}: {perhaps}not in the Availability Zone of {origin.name}"
    return Answer(truth, cause if truth else "", (*steps, nat.source.step(sentence, "subnet")))


def _in_one_zone(network: Network, subnet: Subnet) -> bool:
    """Whether all subnets of a VPC are certainly in one zone; an assumed VPC has others than are given."""
    if subnet.vpc in network.assumed:
        return False
    others = [other for other in network.subnets.values() if other.vpc == subnet.vpc]
    return isinstance(subnet.vpc, str) and one_zone(others) is True
