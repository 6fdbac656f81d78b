"""Records: putting evidence on those that Checkov builds of our answers, and faults into view.

Checkov builds the record of a graph check through the name ``Record`` of three modules,
without ``details``. :func:`recording` makes what stands there instead.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from checkov.common.bridgecrew.severities import BcSeverities, Severities
from checkov.common.models.enums import CheckResult
from checkov.common.output.record import OUTPUT_CODE_LINE_LIMIT, PLACEHOLDER_LINE, Record

from checkov_ecs_endpoints.host.checkov.answers import Answer, Fault, faults_to_show, kept
from checkov_ecs_endpoints.host.checkov.evaluation import fault_of
from checkov_ecs_endpoints.host.checkov.questions import own_checks, questions
from checkov_ecs_endpoints.host.checkov.request import resolved, writes_sarif
from checkov_ecs_endpoints.results import Outcome

FAULT_ID = "ECSNET_999"
FAULT_NAME = "ECS endpoint policies could be applied"

Arguments = dict[str, Any]
"""The keyword arguments of a record, as Checkov's runners give them."""


def recording(plain: Callable[..., Record]) -> Callable[..., Record]:
    """What builds records in place of ``plain``: the same, with our answers told."""

    @wraps(plain)
    def build(*args: Any, **arguments: Any) -> Record:
        return plain(*args, **_told(arguments))

    build.ecs_endpoints = True  # type: ignore[attr-defined]
    return build


def _told(arguments: Arguments) -> Arguments:
    check = own_checks().get(arguments.get("check_id", ""))
    if check is None:
        return arguments
    try:
        file, resource = _printed(arguments)
        found = [kept(question, file, resource) for question in questions(check)]
        return _with(arguments, [answer for answer in found if answer is not None])
    except Exception as error:
        return _broken(arguments, fault_of(error))


def _printed(arguments: Arguments) -> tuple[str, str]:
    return resolved(str(arguments["file_abs_path"])), str(arguments["resource"])


def _with(arguments: Arguments, answers: list[Answer]) -> Arguments:
    if any(answer.fault for answer in answers):
        faults = faults_to_show(*_printed(arguments))
        return _broken(arguments, *faults) if faults else _dropped(arguments)
    if any(answer.outcome is Outcome.SKIPPED for answer in answers):
        return _undecided(arguments, " ".join(answers[0].lines))
    return _evident(arguments, [line for answer in answers for line in answer.lines])


def _dropped(arguments: Arguments) -> Arguments:
    """Arguments of a record that no report takes up."""
    return {**arguments, "check_result": {**arguments["check_result"], "result": CheckResult.UNKNOWN}}


def _undecided(arguments: Arguments, comment: str) -> Arguments:
    result = arguments["check_result"]
    if result["result"] is CheckResult.SKIPPED:  # its owner has skipped it, with a comment of their own
        return arguments
    skipped = {**result, "result": CheckResult.SKIPPED, "suppress_comment": comment}
    return {**arguments, "check_result": skipped}


def _broken(arguments: Arguments, *faults: Fault) -> Arguments:
    result = {**arguments["check_result"], "result": CheckResult.FAILED}
    result.pop("suppress_comment", None)
    changed = {
        **arguments,
        "check_id": FAULT_ID,
        "check_name": f"{FAULT_NAME} (to mend: {'; '.join(dict.fromkeys(f.remedy for f in faults))})",
        "check_result": result,
        "severity": Severities[BcSeverities.CRITICAL],
    }
    return _evident(changed, [f"not judged: {fault.message}" for fault in faults])


def _evident(arguments: Arguments, lines: list[str]) -> Arguments:
    if not lines:
        return arguments
    if not writes_sarif():
        return {**arguments, "details": lines}
    return {**arguments, "code_block": _annotated(arguments.get("code_block") or [], lines)}


def _annotated(code: list[tuple[int, str]], lines: list[str]) -> list[tuple[int, str]]:
    """Code with the evidence above it, cut so that text output does not hide it all for its length."""
    first = code[0][0] if code else 1
    notes = [(first, f"# ECSNET: {' '.join(line.splitlines())}\n") for line in lines]
    room = OUTPUT_CODE_LINE_LIMIT - len(notes) - 2
    if len(code) > room > 0:
        code = [*code[:room], (code[room][0], PLACEHOLDER_LINE)]
    return [*notes, *code]
