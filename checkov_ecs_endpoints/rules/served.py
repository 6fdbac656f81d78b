"""Whether needs of a workload are served through endpoints from its private subnets: one verdict on all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from checkov_ecs_endpoints.catalog.services import services
from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.network import Network, Vpc
from checkov_ecs_endpoints.model.workloads import Workload
from checkov_ecs_endpoints.reasoning.answers import Answer
from checkov_ecs_endpoints.reasoning.costs import compared
from checkov_ecs_endpoints.reasoning.dispositions import Disposition
from checkov_ecs_endpoints.reasoning.needs import Need
from checkov_ecs_endpoints.reasoning.onward import steps_onward
from checkov_ecs_endpoints.reasoning.origins import Origin
from checkov_ecs_endpoints.reasoning.reachability import by_endpoint, path
from checkov_ecs_endpoints.reasoning.routing import Exit, leads_to_internet_gateway, way_out
from checkov_ecs_endpoints.reasoning.subnets import vpc_of
from checkov_ecs_endpoints.results import Verdict
from checkov_ecs_endpoints.rules.trips import Trip, failed, passed, replaced, trips, undecided
from checkov_ecs_endpoints.values import Unknown, every, negate


def judge(
    network: Network, workload: Workload, needs: Iterable[Need], others: tuple[Unknown, Step] | None = None
) -> Verdict | None:
    """The verdict on needs of a workload, None where no private subnet asks for any.

    ``others`` says why there may be more needs than those, and where that is written.
    """
    served = _Served(network, workload)
    for trip in trips(network, workload, needs):
        served.add(trip)
    return served.verdict(others)


@dataclass(slots=True)
class _Served:
    """What has been found so far: the services that are missed, and what is not known."""

    network: Network
    workload: Workload
    missed: dict[str, tuple[Trip, Origin, Answer]] = field(default_factory=dict)
    unclear: Verdict | None = None
    reached: dict[str, None] = field(default_factory=dict)
    evidence: list[Step] = field(default_factory=list)

    def add(self, trip: Trip) -> None:
        """Follow one need from one subnet; public ones are not judged."""
        origin = trip.origin
        if isinstance(origin, Unknown):
            gap = trip.gap or origin
            self.unclear = self.unclear or undecided(self.workload, gap, trip.steps(self.workload))
            return
        public, _ = leads_to_internet_gateway(self.network, origin.subnet)
        if public is True:
            return
        self.reached[trip.need.service] = None
        answer = by_endpoint(self.network, trip.need, origin)
        missed = every([trip.need.certain, negate(answer.truth), negate(public)])
        seen = (*trip.steps(self.workload), *answer.steps)
        if missed is True:
            self.missed.setdefault(trip.need.service, (trip, origin, answer))
        elif isinstance(missed, Unknown):
            self.unclear = self.unclear or undecided(self.workload, missed, seen, answer.cause)
        elif answer.truth is True:
            self.evidence += seen

    def verdict(self, others: tuple[Unknown, Step] | None) -> Verdict | None:
        """Failed if anything is missed, undecided if anything may be."""
        if self.missed:
            return self._failed(others)
        if self.unclear is not None or not self.reached:
            return self.unclear
        if others is not None:
            reason, step = others
            return undecided(self.workload, reason, (*dict.fromkeys(self.evidence), step))
        cause = f"{self.workload.source.address}: {', '.join(sorted(self.reached))} through an endpoint"
        return passed(self.workload, cause, tuple(dict.fromkeys(self.evidence)))

    def _failed(self, others: tuple[Unknown, Step] | None) -> Verdict:
        details: list[str] = []
        evidence: list[Step] = []
        for service, (trip, origin, answer) in sorted(self.missed.items()):
            elsewhere = self._elsewhere(trip.need, origin)
            becomes = path(self.network, trip.need, origin).disposition
            details.append(
                f"{services()[service].title}{elsewhere} is not reached through a VPC endpoint "
                f"from {origin.name}: its traffic is {becomes.value}"
            )
            way = way_out(self.network, origin.subnet)
            # What an endpoint saves: of the traffic of this region, where a NAT gateway gets it now.
            if becomes is Disposition.THROUGH_NAT and way.exit is Exit.NAT_GATEWAY and not elsewhere:
                details += filter(None, [compared(service)])
            evidence += [*trip.steps(self.workload), *replaced(self.workload, trip.need)]
            evidence += [*way.steps, *steps_onward(self.network, origin.subnet, way), *answer.steps]
        evidence += () if others is None else (others[1],)
        named = {self._endpoint_name(trip.need, origin) for trip, origin, _ in self.missed.values()}
        if named != {""}:
            details.append(f"names of endpoints that serve it: {', '.join(sorted(named - {''}))}")
        return failed(self.workload, self._cause(), tuple(details), tuple(dict.fromkeys(evidence)))

    def _cause(self) -> str:
        """The one thing that is wrong, for reports to group by; lacking several endpoints is one."""
        if len(self.missed) == 1:
            ((_, _, answer),) = self.missed.values()
            return answer.cause
        lacking: dict[str, list[str]] = {}
        for service, (_, origin, answer) in sorted(self.missed.items()):
            vpc = vpc_of(self.network, origin.subnet)
            absent = isinstance(vpc, Vpc) and answer.cause.startswith(f"{vpc.source.address}: no ")
            gap = answer.cause.partition(": no ")[0] + ": no endpoint for" if absent else answer.cause
            lacking.setdefault(gap, []).extend([service] if absent else [])
        return "; ".join(f"{gap} {', '.join(names)}".rstrip() for gap, names in lacking.items())

    def _elsewhere(self, need: Need, origin: Origin) -> str:
        """The region that is asked for, in words, where it is another one than that of the network."""
        own = self._own_region(origin)
        if services()[need.service].is_global or not isinstance(need.region, str) or need.region == own:
            return ""
        return f" in {need.region}"

    def _endpoint_name(self, need: Need, origin: Origin) -> str:
        """The name of the endpoint that would serve a need, "" where there is none or that is not known."""
        service, own = services()[need.service], self._own_region(origin)
        region = own if need.region is None else need.region
        if not isinstance(region, str):
            return ""
        name = service.endpoint_name(region, need.fips)
        if not isinstance(own, str) or not self._elsewhere(need, origin):
            return name
        return f"{name} (an interface endpoint across regions)" if service.cross_region else ""

    def _own_region(self, origin: Origin) -> str | Unknown | None:
        vpc = vpc_of(self.network, origin.subnet)
        return vpc.region if isinstance(vpc, Vpc) else vpc
