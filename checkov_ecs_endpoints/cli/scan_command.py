"""``checkov-ecs-endpoints scan``."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from checkov_ecs_endpoints.cli import output
from checkov_ecs_endpoints.cli.exit_codes import FAILED, OK, UNUSABLE, UsageError
from checkov_ecs_endpoints.findings import Assessment, assess
from checkov_ecs_endpoints.policy_files import Policy, PolicyError, load_policies
from checkov_ecs_endpoints.scan import Scan, scan
from checkov_ecs_endpoints.selection import Selection, Tolerance, selectors
from checkov_ecs_endpoints.settings_file import SettingsError, SettingsFiles

_WIDTH = 100
"""Of text that does not go to a terminal, so that it is the same everywhere."""


def run(options: argparse.Namespace) -> int:
    """Scan, report, and return the exit code."""
    started = time.monotonic()
    selection, tolerance = _selection(options), _tolerance(options)
    policies = _policies(options, selection)
    assessment = assess(_scan(options), policies, selection, strict=options.strict)
    _write(options, assessment, policies, time.monotonic() - started)
    if assessment.problems:
        return UNUSABLE
    broken = any(
        finding.fails and tolerance.breaks(finding.check_id, finding.severity)
        for finding in assessment.findings
    )
    return FAILED if broken else OK


def _selection(options: argparse.Namespace) -> Selection:
    try:
        return Selection(selectors(options.check), selectors(options.skip_check))
    except ValueError as error:
        raise UsageError(error) from error


def _tolerance(options: argparse.Namespace) -> Tolerance:
    try:
        return Tolerance(options.soft_fail, selectors(options.soft_fail_on), selectors(options.hard_fail_on))
    except ValueError as error:
        raise UsageError(error) from error


def _policies(options: argparse.Namespace, selection: Selection) -> tuple[Policy, ...]:
    try:
        policies = load_policies()
    except (PolicyError, FileNotFoundError) as error:
        raise UsageError(error) from error
    if not any(selection.runs(policy.id, policy.severity) for policy in policies):
        given = [f"--check {','.join(options.check)}"] if options.check else []
        given += [f"--skip-check {','.join(options.skip_check)}"] if options.skip_check else []
        raise UsageError(f"{' '.join(given)} leaves no policy to run")
    return policies


def _scan(options: argparse.Namespace) -> Scan:
    for option, paths in (("--var-file", options.var_file), ("--parameter-file", options.parameter_file)):
        for path in paths:
            if not path.is_file():
                raise UsageError(f"{option} {path} is not a file")
    for option, directory in (("--root", options.root), ("--plan-sources", options.plan_sources)):
        if directory is not None and not directory.is_dir():
            raise UsageError(f"{option} {directory} is not a directory")
    settings = SettingsFiles(
        config=options.config,
        var_files=tuple(path.resolve() for path in options.var_file),
        parameter_files=tuple(path.resolve() for path in options.parameter_file),
        plan_sources=options.plan_sources.resolve() if options.plan_sources else None,
    )
    try:
        return scan(options.paths or [Path()], settings, options.root)
    except FileNotFoundError as error:
        raise UsageError(f"{error.filename} does not exist") from error
    except SettingsError as error:
        raise UsageError(error) from error
    except ValueError as error:
        raise UsageError(error) from error


def _write(
    options: argparse.Namespace, assessment: Assessment, policies: Sequence[Policy], seconds: float
) -> None:
    if options.format == "json":
        from checkov_ecs_endpoints.reports import json_report

        text = json_report.render(assessment, seconds)
    else:
        text = _text(options.output is None, assessment, policies, seconds)
    if options.output is None:
        output.write(text)
        return
    try:
        options.output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"--output {options.output}: {error.strerror}") from error


def _text(to_stdout: bool, assessment: Assessment, policies: Sequence[Policy], seconds: float) -> str:
    from checkov_ecs_endpoints.reports import text
    from checkov_ecs_endpoints.reports.style import Style

    terminal = to_stdout and sys.stdout.isatty()
    width = min(shutil.get_terminal_size().columns, 120) if terminal else _WIDTH
    # https://no-color.org: any value but the empty one turns colour off.
    colour = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    style = Style(str(Path.cwd()), width, colour)
    return text.render(assessment, {policy.id: policy for policy in policies}, seconds, style)
