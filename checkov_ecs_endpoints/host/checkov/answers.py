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
_shown: set[tuple[str, str, Fault]] = set()


def keep(question: Question, file: str, resource: str, answer: Answer) -> None:
    """Keep an answer for the record about ``resource`` of ``file``."""
    _answers[question, file, resource] = answer
    if answer.fault:
        _shown.discard((file, resource, answer.fault))


def kept(question: Question, file: str, resource: str) -> Answer | None:
    """The answer that was kept, if there is one."""
    return _answers.get((question, file, resource))


def shows(file: str, resource: str, fault: Fault) -> bool:
    """Whether a fault is yet to be shown on a resource: every policy meets it, one record tells it.

    A runner asks all its checks before it builds the first record.
    """
    if (file, resource, fault) in _shown:
        return False
    _shown.add((file, resource, fault))
    return True
