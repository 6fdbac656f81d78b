"""What the solvers answered, kept for the records that Checkov builds of it.

A record of a graph check is built from the vertex alone, and a vertex has no room for
evidence. Solver and record run in the same process, so answers wait here, under the
question, file and resource that the record names.
"""

from __future__ import annotations

from dataclasses import dataclass

from checkov_ecs_endpoints.host.checkov.questions import Question
from checkov_ecs_endpoints.results import Outcome


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the pack could not do its work, and the command or edit that mends it.

    ``root`` is the configuration where it happened, "" for everywhere, and ``terraform``
    whether it is one of Terraform.
    """

    message: str
    remedy: str
    root: str = ""
    terraform: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question about one resource, as Checkov prints it.

    SKIPPED is an undecided workload; then the lines are the comment of its record.
    """

    outcome: Outcome
    lines: tuple[str, ...] = ()
    fault: Fault | None = None


_answers: dict[tuple[Question, str, str], Answer] = {}
_shown: set[tuple[str, str]] = set()


def keep(question: Question, file: str, resource: str, answer: Answer) -> None:
    """Keep an answer for the record about ``resource`` of ``file``."""
    _answers[question, file, resource] = answer
    if answer.fault:
        _shown.discard((file, resource))


def kept(question: Question, file: str, resource: str) -> Answer | None:
    """The answer that was kept, if there is one."""
    return _answers.get((question, file, resource))


def faults_to_show(file: str, resource: str) -> tuple[Fault, ...]:
    """All faults that were met on a resource, for one record tells them; none once it did.

    Of two records of ECSNET_999 on one resource of Terraform, Checkov drops one. A runner asks all
    its checks before it builds the first record.
    """
    if (file, resource) in _shown:
        return ()
    _shown.add((file, resource))
    found = {
        answer.fault: None
        for (_, *place), answer in _answers.items()
        if answer.fault and place == [file, resource]
    }
    return tuple(sorted(found, key=lambda fault: fault.message))
