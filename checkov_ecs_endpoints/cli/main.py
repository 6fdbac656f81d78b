"""The command's entry: what it offers, and where each part of it is done.

Only what ``--help`` needs is imported here; each subcommand imports its own work.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from checkov_ecs_endpoints import __version__
from checkov_ecs_endpoints.cli.exit_codes import UNUSABLE, UsageError

_EXIT_CODES = """\
exit codes:
  0  nothing failed
  1  a policy failed
  2  the command could not do all of its work: bad usage, or input that could not be read
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except UsageError as error:
        print(f"checkov-ecs-endpoints: error: {error}", file=sys.stderr)
        return UNUSABLE
    except Exception:
        # Python's own exit code for this is 1, which here says that a policy failed.
        import traceback

        traceback.print_exc()
        print("checkov-ecs-endpoints: a fault of its own, not of what was scanned", file=sys.stderr)
        return UNUSABLE


def _run(options: argparse.Namespace) -> int:
    if options.command == "policies":
        from checkov_ecs_endpoints.cli import policies_command

        return policies_command.run(path=options.path)
    from checkov_ecs_endpoints.cli import scan_command

    return scan_command.run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="checkov-ecs-endpoints",
        description="Find Amazon ECS workloads that cannot reach what they need, or can reach too much.",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_scan(commands)
    policies = commands.add_parser("policies", help="list the policies", allow_abbrev=False)
    policies.add_argument(
        "--path", action="store_true", help="print their directory, for checkov --external-checks-dir"
    )
    return parser


def _add_scan(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    scan = commands.add_parser(
        "scan",
        help="judge the ECS workloads of Terraform and CloudFormation files",
        epilog=_EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    scan.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="directories or files (default: .)")
    scan.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    scan.add_argument("--output", type=Path, metavar="FILE", help="write the report there, not to stdout")
    scan.add_argument(
        "--root", type=Path, metavar="DIR", help="read inside DIR (default: the nearest directory with .git)"
    )
    _add_list(scan, "--check", "run these policies only: ids, globs, or a severity and above")
    _add_list(scan, "--skip-check", "do not run these: ids, globs, or a severity and below")
    scan.add_argument("--soft-fail", action="store_true", help="exit 0 whatever fails")
    _add_list(scan, "--soft-fail-on", "exit 0 for these: ids, globs, or a severity and below")
    _add_list(scan, "--hard-fail-on", "exit 1 for these: ids, globs, or a severity and above")
    scan.add_argument(
        "--var-file",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="a tfvars file for every Terraform root; may be given several times",
    )
    scan.add_argument(
        "--parameter-file",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="parameters for every CloudFormation template that declares them; may be given several times",
    )
    scan.add_argument(
        "--plan-sources",
        type=Path,
        metavar="DIR",
        help="the Terraform files that plans were made of (default: those beside each plan)",
    )
    scan.add_argument(
        "--config", type=Path, metavar="FILE", help="settings (default: the nearest .ecs-endpoints.yaml)"
    )
    scan.add_argument("--strict", action="store_true", help="what cannot be decided fails too")


def _add_list(parser: argparse.ArgumentParser, name: str, text: str) -> None:
    parser.add_argument(name, action="append", default=[], metavar="LIST", help=text)
