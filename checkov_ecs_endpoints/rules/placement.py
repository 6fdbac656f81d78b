"""ECSNET_403: no public addresses in a subnet that routes to an internet gateway."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.model.workloads import Workload
from checkov_ecs_endpoints.reasoning.origins import Origin, host_interfaces, origins
from checkov_ecs_endpoints.reasoning.routing import leads_to_internet_gateway
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.trips import failed, passed, undecided, where
from checkov_ecs_endpoints.settings import Settings
from checkov_ecs_endpoints.values import Unknown, every


def not_public(
    estate: Estate, attribute: str, parameters: Mapping[str, object], settings: Settings
) -> Iterator[Verdict]:
    """Fails a workload whose tasks or instances get public addresses in a public subnet."""
    for workload in estate.workloads:
        verdict = _judge(estate.network, workload)
        if verdict is not None:
            yield verdict


def _judge(network: Network, workload: Workload) -> Verdict | None:
    interfaces = host_interfaces(workload)
    if not interfaces:
        return None
    unclear: Verdict | None = None
    shown: list[Step] = []
    rest = interfaces.rest
    for origin in origins(network, interfaces):
        public, steps = leads_to_internet_gateway(network, origin.subnet)
        truth = every([origin.public_address(), public])
        evidence = (_address(origin), where(workload, origin), *steps)
        if truth is True:
            cause = f"{workload.source.address}: public addresses in {origin.name}"
            detail = "its interfaces can be reached from the internet, as far as its security groups allow"
            return failed(workload, cause, (detail,), evidence)
        if isinstance(truth, Unknown):
            unclear = unclear or undecided(workload, truth, evidence)
        shown += evidence
    if unclear is not None:
        return unclear
    never = [one for one in interfaces if one.placement.public_ip is False]
    if len(never) < len(interfaces.items):
        rest = rest or origins(network, interfaces).rest
    if rest is not None:
        return undecided(workload, rest, (workload.source.step("where its interfaces are is not all known"),))
    shown += [one.placement.source.step("it gets no public address", "public_ip") for one in never]
    cause = f"{workload.source.address}: no public address in a public subnet"
    return passed(workload, cause, tuple(dict.fromkeys(shown)))


def _address(origin: Origin) -> Step:
    address, subnet = origin.public_address(), origin.subnet
    word = "perhaps a" if isinstance(address, Unknown) else "a" if address else "no"
    if origin.placement.public_ip is None:
        sentence = f"it gets {word} public address, as {subnet.source.address} says"
        return subnet.source.step(sentence, "public_ip_on_launch")
    return origin.placement.source.step(f"it gets {word} public address", "public_ip")
