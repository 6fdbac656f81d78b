"""The operators, as Checkov's graph checks ask them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from checkov.common.checks_infra.solvers.attribute_solvers.base_attribute_solver import BaseAttributeSolver
from checkov.common.graph.graph_builder import CustomAttributes

from checkov_ecs_endpoints.host.checkov.answers import Answer, Fault, keep
from checkov_ecs_endpoints.host.checkov.evaluation import (
    Evaluation,
    Opinions,
    evaluation_of,
    fault_of,
)
from checkov_ecs_endpoints.host.checkov.opinions import UNDECIDED_AS, Opinion, merged
from checkov_ecs_endpoints.host.checkov.placement import Atlas, Placed, about
from checkov_ecs_endpoints.host.checkov.questions import (
    DECIDED,
    PACK_WORKS,
    Question,
    own_checks,
    questions,
)
from checkov_ecs_endpoints.host.checkov.request import leaves_out, request, selected, writes_sarif
from checkov_ecs_endpoints.host.checkov.vertices import (
    Vertex,
    address_of,
    block_of,
    copy_of,
    directories_of,
    file_of,
    is_module_call,
    is_terraform,
    root_of,
    vertices_of,
)
from checkov_ecs_endpoints.results import Outcome

if TYPE_CHECKING:
    from checkov.common.typing import LibraryGraph

CERTAIN_WORKLOADS = ("aws_ecs_service", "aws_ecs_task_set", "AWS::ECS::Service", "AWS::ECS::TaskSet")
"""Types that are workloads whatever is in them; rules and schedules may start other things."""

outdated: dict[str, str] = {}
"""Operators that need a newer engine than this one, and the version they need."""


@dataclass(slots=True)
class _Lists:
    """The three lists that Checkov expects of a solver."""

    passed: list[Vertex] = field(default_factory=list)
    failed: list[Vertex] = field(default_factory=list)
    unknown: list[Vertex] = field(default_factory=list)

    def add(self, vertex: Vertex, outcome: Outcome) -> None:
        """Put a vertex where its outcome belongs.

        An undecided workload goes with the failed ones: of an unknown vertex Checkov makes no
        record, and it is the record that turns to SKIPPED.
        """
        if outcome is Outcome.PASSED:
            self.passed.append(vertex)
        elif outcome is Outcome.UNKNOWN:
            self.unknown.append(vertex)
        else:
            self.failed.append(vertex)


class EcsSolver(BaseAttributeSolver):
    """One condition of a policy: an operator of this project with its attribute and parameters."""

    def __init__(
        self,
        operator: str,
        resource_types: list[str],
        attribute: str | None,
        value: object,
        is_jsonpath_check: bool = False,
    ) -> None:
        super().__init__(resource_types, attribute, value, is_jsonpath_check)
        self.operator = operator
        self.question = Question.of(operator, attribute, value)

    def run(self, graph_connector: LibraryGraph) -> tuple[list[Vertex], list[Vertex], list[Vertex]]:
        """One copy of a vertex per instance that was evaluated; Checkov calls this from threads."""
        vertices = vertices_of(graph_connector)
        resources = [one for one in vertices if self.resource_type_pred(one, self.resource_types)]
        calls = [one for one in vertices if is_module_call(one)]
        lists = _Lists()
        if resources or calls:
            try:
                self._run(vertices, resources, calls, lists)
            except (Exception, SystemExit) as error:
                self._fail(fault_of(error), resources, calls, lists)
        return lists.passed, lists.failed, lists.unknown

    def get_operation(self, vertex: Vertex) -> bool | None:
        """The answer about one vertex, inside ``and``, ``or`` and ``not``; None for no answer."""
        if not self.resource_type_pred(vertex, self.resource_types):
            return False
        try:
            answer = self._about(vertex)
        except (Exception, SystemExit) as error:
            answer = Answer(Outcome.FAILED, fault=fault_of(error))
        keep(self.question, *_printed(vertex), answer)
        decided = answer.outcome in (Outcome.PASSED, Outcome.FAILED)
        return answer.outcome is Outcome.PASSED if decided else None

    def _get_operation(self, *args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError("run and get_operation answer for this operator")

    def _run(
        self, vertices: Sequence[Vertex], resources: Sequence[Vertex], calls: Sequence[Vertex], lists: _Lists
    ) -> None:
        evaluation = _evaluation(vertices)
        said = self._ask(evaluation)
        # What is seen and not judged may be of any type.
        atlas = Atlas(vertices if self.operator == DECIDED else resources, calls)
        by_print: dict[tuple[str, str], list[Placed]] = {}
        for placed in atlas.place(self._wanted(said)):
            by_print.setdefault(placed.printed, []).append(placed)
        for (file, resource), group in sorted(by_print.items(), key=lambda item: item[0]):
            answer = merged([placed.opinion for placed in group])
            keep(self.question, file, resource, answer)
            # Checkov drops doubles of what passed and failed in Terraform; each vertex may carry a
            # skip of its own. A template under several roots has one vertex.
            distinct = list({id(placed.vertex): placed for placed in group}.values())
            copies = distinct[:1] if answer.outcome is Outcome.SKIPPED else distinct
            for placed in copies:
                lists.add(copy_of(placed.vertex, resource), answer.outcome)
        # Last, because the answer that is kept last is the one that the record tells.
        for fault in said.faults:
            self._fail(fault, resources, calls, lists)
        if self.operator == DECIDED and not said.faults:
            self._add_unread(evaluation, resources, lists)

    def _about(self, vertex: Vertex) -> Answer:
        said = self._ask(_evaluation([vertex]))
        if said.faults:
            return Answer(Outcome.FAILED, fault=said.faults[0])
        opinions = about(vertex, self._wanted(said))
        return merged(opinions) if opinions else Answer(Outcome.UNKNOWN)

    def _ask(self, evaluation: Evaluation) -> Opinions:
        if self.operator in outdated:
            needed = outdated[self.operator]
            message = f"{self.operator} needs checkov-ecs-endpoints {needed} or newer"
            return Opinions(
                faults=(Fault(message, f'pip install --upgrade "checkov-ecs-endpoints>={needed}"'),)
            )
        if self.operator not in (DECIDED, PACK_WORKS):
            return evaluation.ask(self.question)
        said = evaluation.decided(_judging())
        if self.operator == DECIDED:
            return said
        works = tuple(replace(one, outcome=Outcome.PASSED, lines=()) for one in said.of_resources)
        return Opinions(works, said.faults)

    def _wanted(self, said: Opinions) -> list[Opinion]:
        types = () if self.operator == DECIDED else self.resource_types
        return [
            opinion
            for opinion in said.of_resources
            if (not types or opinion.resource.type in types)
            and not leaves_out(opinion.file)
            and not (opinion.outcome is Outcome.SKIPPED and writes_sarif())
        ]

    def _fail(
        self, fault: Fault, resources: Sequence[Vertex], calls: Sequence[Vertex], lists: _Lists
    ) -> None:
        """Fail one vertex: of the configuration with the fault, else of its language."""
        ordered = [*sorted(resources, key=_printed), *sorted(calls, key=_printed)]
        concerned = [one for one in ordered if not fault.root or root_of(one) == fault.root]
        alike = [one for one in ordered if is_terraform(one) == fault.terraform]
        for vertex in (concerned or alike)[:1]:
            keep(self.question, *_printed(vertex), Answer(Outcome.FAILED, fault=fault))
            lists.failed.append(copy_of(vertex, address_of(vertex)))

    def _add_unread(self, evaluation: Evaluation, resources: Sequence[Vertex], lists: _Lists) -> None:
        """Workloads in files that Checkov could read and we could not are undecided too."""
        outcome = UNDECIDED_AS[evaluation.on_unknown]
        if outcome is Outcome.SKIPPED and writes_sarif():
            return
        certain = [one for one in resources if one[CustomAttributes.RESOURCE_TYPE] in CERTAIN_WORKLOADS]
        unread = evaluation.unread({block_of(vertex) for vertex in certain})
        for vertex in certain:
            why = unread.get(block_of(vertex))
            if why and not leaves_out(file_of(vertex)):
                keep(self.question, *_printed(vertex), Answer(outcome, (f"not decided: {why}",)))
                lists.add(copy_of(vertex, address_of(vertex)), outcome)


def _evaluation(vertices: Sequence[Vertex]) -> Evaluation:
    return evaluation_of(request(lambda: {place for one in vertices for place in directories_of(one)}))


def _printed(vertex: Vertex) -> tuple[str, str]:
    return file_of(vertex), address_of(vertex)


def _judging() -> list[tuple[str, Question]]:
    """The policies that ECSNET_900 speaks of: those that run and that one condition decides."""
    checks = own_checks()
    plain = {
        name: asked
        for name, check in checks.items()
        if not check.sub_checks
        for asked in questions(check)
        if asked.operator not in (DECIDED, PACK_WORKS)
    }
    chosen = [check.id for check in selected(checks.values()) if check.id in plain]
    return [(name, plain[name]) for name in sorted(chosen or plain)]
