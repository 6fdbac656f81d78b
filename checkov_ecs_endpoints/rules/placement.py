"""ECSNET_403: no public addresses in a subnet that routes to an internet gateway."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.base import Listing
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.model.workloads import Workload
from checkov_ecs_endpoints.reasoning import public_access
from checkov_ecs_endpoints.reasoning.answers import Answer, any_of
from checkov_ecs_endpoints.reasoning.origins import Interfaces, Origin, host_interfaces, origins
from checkov_ecs_endpoints.reasoning.routing import leads_to_internet_gateway
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.trips import failed, of_some, of_workloads, passed, undecided, where
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Unknown, every


def not_public(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails a workload whose tasks or instances get public addresses in a public subnet."""
    return of_workloads(estate, _judge)


def _judge(network: Network, workload: Workload) -> Verdict | None:
    interfaces = host_interfaces(workload)
    if not interfaces:
        return None
    judged = [(one, _exposed(network, workload, one)) for one in interfaces]
    truth = of_some([(one.exists, answer.truth) for one, answer in judged], interfaces.rest)
    deciding = [answer for _, answer in judged if truth is False or answer.truth is not False]
    evidence = tuple(dict.fromkeys(step for answer in deciding for step in answer.steps))
    if truth is True:
        exposed = next(answer for answer in deciding if answer.truth is True)
        shut = {block.source.address for block in network.access_blocks}
        unless = " once VPC Block Public Access is off" if shut & {s.resource for s in exposed.steps} else ""
        detail = (
            f"its interfaces can be reached from the internet{unless}, as far as its security groups allow"
        )
        return failed(workload, exposed.cause, (detail,), exposed.steps)
    if isinstance(truth, Unknown):
        unclear = workload.source.step("where its interfaces are is not all known")
        return undecided(workload, truth, evidence or (unclear,))
    return passed(workload, f"{workload.source.address}: no public address in a public subnet", evidence)


def _exposed(network: Network, workload: Workload, one: Interfaces) -> Answer:
    """Whether some of the interfaces get public addresses in a public subnet."""
    places = origins(network, Listing((one,)))
    answers: list[Answer] = []
    for origin in places:
        public, steps = leads_to_internet_gateway(network, origin.subnet)
        truth = every([origin.public_address(), public])
        cause = f"{origin.name}: public addresses in a public subnet"
        access = public_access.lets_out(network, [origin.subnet], direct=True)
        stops = access.steps if access.truth is False else ()
        answers.append(Answer(truth, cause, (_address(origin), where(workload, origin), *steps, *stops)))
        answers.append(_over_ipv6(network, workload, origin))
    if one.placement.public_ip is False:
        never = one.placement.source.step("it gets no public address", "public_ip")
        answers.append(Answer(False, "", (never,)))
    elif places.rest is not None:
        unclear = workload.source.step("where its interfaces are is not all known")
        answers.append(Answer(places.rest, "", (unclear,)))
    return any_of(answers, Answer(False))


def _over_ipv6(network: Network, workload: Workload, origin: Origin) -> Answer:
    """Whether the interfaces get IPv6 addresses, all of them public, in a subnet that is public for IPv6."""
    address = origin.ipv6_address()
    if address is False:
        return Answer(False)
    public, steps = leads_to_internet_gateway(network, origin.subnet, (6,))
    cause = f"{origin.name}: IPv6 addresses in a public subnet"
    step = origin.subnet.source.step(f"{origin.name} has a range of IPv6", "ipv6")
    return Answer(every([address, public]), cause, (step, where(workload, origin), *steps))


def _address(origin: Origin) -> Step:
    address, subnet = origin.public_address(), origin.subnet
    word = "perhaps a" if isinstance(address, Unknown) else "a" if address else "no"
    if origin.placement.public_ip is None:
        sentence = f"it gets {word} public address, as {subnet.source.address} says"
        return subnet.source.step(sentence, "public_ip_on_launch")
    return origin.placement.source.step(f"it gets {word} public address", "public_ip")
