"""The one evaluation that all checks of a process share."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checkov_ecs_endpoints.host.checkov.answers import Fault
from checkov_ecs_endpoints.host.checkov.opinions import Opinion, opinion_of
from checkov_ecs_endpoints.host.checkov.questions import Question
from checkov_ecs_endpoints.host.checkov.request import Request
from checkov_ecs_endpoints.host.checkov.vertices import Block, block_at
from checkov_ecs_endpoints.iac.configuration import Framework
from checkov_ecs_endpoints.results import Problem
from checkov_ecs_endpoints.settings import OnUnknown
from checkov_ecs_endpoints.values import Location

if TYPE_CHECKING:
    from checkov_ecs_endpoints.scan import Scan
    from checkov_ecs_endpoints.survey import Crash, Judged

UPGRADE = "pip install --upgrade checkov-ecs-endpoints"
"""The command that mends an installation."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """What the evaluation says to one question, and where it could not do its work."""

    of_resources: tuple[Opinion, ...] = ()
    faults: tuple[Fault, ...] = ()


class Evaluation:
    """A scan of what Checkov was asked to scan, and the verdicts on it.

    Made when the first question is asked. Safe to use from several threads.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self._lock = threading.RLock()
        self._started = False
        self._scan: Scan | None = None
        self._faults: tuple[Fault, ...] = ()
        self._told: dict[Question, Opinions] = {}
        self._judged: dict[Question, tuple[Judged, ...]] = {}

    def ask(self, question: Question) -> Opinions:
        """The opinions on one question of a policy."""
        with self._lock:
            if question not in self._told:
                scan = self._scanned()
                told = self._answer(scan, question) if scan else Opinions()
                self._told[question] = Opinions(told.of_resources, (*self._faults, *told.faults))
            return self._told[question]

    def decided(self, policies: Sequence[tuple[str, Question]]) -> Opinions:
        """Whether all of the given policies could be decided: one opinion per workload."""
        with self._lock:
            asked = [self.ask(question) for _, question in policies]
            faults = tuple(dict.fromkeys(fault for one in asked for fault in one.faults))
            scan = self._scanned()
            if scan is None:
                return Opinions(faults=faults)
            from checkov_ecs_endpoints.host.checkov.undecided import undecided

            judged = [(name, one) for name, question in policies for one in self._judged.get(question, ())]
            return Opinions(tuple(undecided(self._request, scan, judged)), faults)

    def unread(self, blocks: Iterable[Block]) -> dict[Block, str]:
        """The blocks of files that were not read, or not in full, that we know nothing of; and why."""
        with self._lock:
            scan = self._scanned()
            configurations = scan.configurations if scan else ()
            read = {path for one in configurations for path in one.files}
            known = {
                block_at(
                    one.root if one.framework is Framework.TERRAFORM_PLAN else resource.location.path,
                    resource.address,
                )
                for one in configurations
                for resource in one.resources
            }
            problems = {one.path: one for one in scan.problems} if scan else {}
            return {
                block: self._why_unread(problems.get(block[0]))
                for block in blocks
                if block not in known and (block[0] in problems or block[0] not in read)
            }

    def _why_unread(self, problem: Problem | None) -> str:
        if problem is None:
            return "the file was not read"
        return f"{problem.message} ({self._request.place(Location(problem.path, problem.line))})"

    @property
    def on_unknown(self) -> OnUnknown:
        """What becomes of workloads in files that were not read: what the strictest settings say."""
        with self._lock:
            scan = self._scanned()
            chosen = {survey.settings.on_unknown for survey in scan.surveys} if scan else set()
            return OnUnknown.FAIL if OnUnknown.FAIL in chosen else OnUnknown.REPORT

    def _scanned(self) -> Scan | None:
        if not self._started:
            self._started = True
            try:
                self._read()
            except Exception as error:
                self._faults = (fault_of(error),)
        return self._scan

    def _read(self) -> None:
        # Here and not above: Checkov loads this module in every runner.
        from checkov_ecs_endpoints.scan import scan
        from checkov_ecs_endpoints.settings_file import SettingsError, SettingsFiles

        if not self._request.paths:
            return
        try:
            given = SettingsFiles(var_files=self._request.var_files, plan_sources=self._request.plan_sources)
            found = scan(self._request.paths, given)
        except SettingsError as error:
            place = f"{self._request.relative(error.path.as_posix())}:{error.line}"
            self._faults = (Fault(f"the settings cannot be used: {error}", f"correct {place}"),)
            return
        self._scan = found
        self._faults = tuple(Fault(one.message, UPGRADE) for one in found.problems if one.fault)

    def _answer(self, scan: Scan, question: Question) -> Opinions:
        from checkov_ecs_endpoints.survey import Crash

        before = {crash.problem for crash in scan.crashes}
        try:
            judged = scan.verdicts(question.operator, question.attribute, question.parameters)
        except KeyError:
            missing = f"the installed checkov-ecs-endpoints has no operator {question.operator}"
            return Opinions(faults=(Fault(missing, UPGRADE),))
        self._judged[question] = judged
        estates = [survey.estate for survey in scan.surveys]
        crashes = [one for one in scan.crashes if one.problem not in before]
        crashes += [estate for estate in estates if isinstance(estate, Crash)]
        return Opinions(
            tuple(opinion_of(self._request, one) for one in judged),
            tuple(dict.fromkeys(map(_fault_of_crash, crashes))),
        )


def _fault_of_crash(crash: Crash) -> Fault:
    configuration = crash.configuration
    is_terraform = configuration.framework is not Framework.CLOUDFORMATION
    return Fault(crash.problem.message, UPGRADE, configuration.root, is_terraform)


def fault_of(error: BaseException) -> Fault:
    """A fault of our own, told so that it can be mended or reported."""
    if isinstance(error, ImportError):
        return Fault(f"the installation is not complete: {error}", UPGRADE)
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})" if trace else ""
    return Fault(f"{type(error).__name__}: {error}{place}", UPGRADE)


_lock = threading.Lock()
_evaluations: dict[Request, Evaluation] = {}


def evaluation_of(request: Request) -> Evaluation:
    """The evaluation of a request, shared by all checks and threads of the process."""
    with _lock:
        return _evaluations.setdefault(request, Evaluation(request))
