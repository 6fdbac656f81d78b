"""What the rules share: the journeys of a workload's needs, and verdicts made of answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from checkov_ecs_endpoints.evidence import Step
from checkov_ecs_endpoints.model.estate import Estate
from checkov_ecs_endpoints.model.network import Network
from checkov_ecs_endpoints.model.workloads import TaskDefinition, Workload
from checkov_ecs_endpoints.reasoning.launches import Interface
from checkov_ecs_endpoints.reasoning.needs import Need
from checkov_ecs_endpoints.reasoning.origins import Origin, origins_of_need
from checkov_ecs_endpoints.results import Outcome, Verdict
from checkov_ecs_endpoints.values import Truth, Unknown, Why, every, some


@dataclass(frozen=True, slots=True)
class Trip:
    """One need from one subnet; ``origin`` is Unknown where the subnet is not known."""

    need: Need
    origin: Origin | Unknown

    @property
    def gap(self) -> Unknown | None:
        """Why nothing is known of a trip, where its subnet is not known.

        That is a condition first which decides on the need: in its cases there may be none.
        """
        certain = self.need.certain
        if isinstance(self.origin, Unknown) and isinstance(certain, Unknown) and certain.why is Why.CONDITION:
            return certain
        return self.origin if isinstance(self.origin, Unknown) else None

    def steps(self, workload: Workload) -> tuple[Step, ...]:
        """The evidence of where the trip starts: what asks for it, and from which subnet."""
        if isinstance(self.origin, Unknown):
            return (
                self.need.asked,
                *self.need.notes,
                workload.source.step(f"where its traffic starts is not known: {self.origin}"),
            )
        return (self.need.asked, *self.need.notes, where(workload, self.origin))


def where(workload: Workload, origin: Origin) -> Step:
    """The step that says which subnet the traffic starts in."""
    on_instance = origin.interfaces.interface is Interface.INSTANCE
    who = "its container instance" if on_instance else workload.source.address
    if origin.placement.template:
        who += f" (launched from {origin.placement.template})"
    return origin.placement.source.step(f"{who} is in subnet {origin.name}", "subnets")


def replaced(workload: Workload, need: Need) -> tuple[Step, ...]:
    """The step that says that a pipeline deploys something else than the file says (design 4.2)."""
    if not need.of_task_definition or not deployed_by_pipeline(workload):
        return ()
    sentence = (
        "a pipeline deploys another task definition: this is what the file says (lifecycle.ignore_changes)"
    )
    return (workload.source.step(sentence, "task_definition"),)


def deployed_by_pipeline(workload: Workload) -> bool:
    """Whether something else than the file decides which containers run."""
    task = workload.task_definition
    return workload.task_definition_ignored or (isinstance(task, TaskDefinition) and task.containers_ignored)


def trips(network: Network, workload: Workload, needs: Iterable[Need]) -> Iterator[Trip]:
    """Every trip of the given needs, known origins first."""
    unknown: list[Trip] = []
    for need in needs:
        listed = origins_of_need(network, workload, need)
        for origin in listed:
            yield Trip(need, origin)
        if listed.rest is not None:
            unknown.append(Trip(need, listed.rest))
    yield from unknown


def of_workloads(estate: Estate, judge: Callable[[Network, Workload], Verdict | None]) -> Iterator[Verdict]:
    """The verdict on each workload that a policy applies to."""
    for workload in estate.workloads:
        verdict = judge(estate.network, workload)
        if verdict is not None:
            yield verdict


def of_some(alternatives: list[tuple[Truth, Truth]], rest: Unknown | None) -> Truth:
    """Whether something holds of one of alternatives, of which at least one exists.

    Each is whether it exists and whether it holds of it; ``rest`` says that there may be others.
    """
    if rest is None and alternatives and all(holds is True for _, holds in alternatives):
        return True
    return some([*(every(pair) for pair in alternatives), *([rest] if rest is not None else [])])


def failed(workload: Workload, cause: str, details: tuple[str, ...], evidence: tuple[Step, ...]) -> Verdict:
    """A failure of a workload: whenever it exists, for its own existence decides nothing else."""
    if isinstance(workload.exists, Unknown):
        details = (*details, f"it may not exist: {workload.exists}")
    return Verdict(Outcome.FAILED, workload.id, workload.id, cause, details, evidence)


def passed(workload: Workload, cause: str, evidence: tuple[Step, ...] = ()) -> Verdict:
    """A pass of a workload."""
    return Verdict(Outcome.PASSED, workload.id, workload.id, cause, (), evidence)


def undecided(workload: Workload, reason: Unknown, evidence: tuple[Step, ...], cause: str = "") -> Verdict:
    """What cannot be decided of a workload, and why."""
    return Verdict(
        Outcome.UNKNOWN,
        workload.id,
        workload.id,
        cause or f"{workload.source.address}: {reason.subject}",
        (str(reason),),
        evidence,
        reason,
    )
