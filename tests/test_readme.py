"""The README shows what the command prints."""

from __future__ import annotations

import re

from support.command import REPOSITORY, run

README = (REPOSITORY / "README.md").read_text()
LEFT_OUT = "[...]"


def example() -> tuple[str, list[str]]:
    """The command of the first screen, and the lines that it is said to print."""
    block = re.search(r"```console\n\$ (.*?)\n(.*?)```", README, re.DOTALL)
    assert block is not None
    return block[1], block[2].splitlines()


def told(lines: list[str]) -> list[str]:
    """Lines without what differs from run to run."""
    return [re.sub(r"\d+\.\d+ s\)", "s)", line) for line in lines]


def test_the_first_screen_is_what_the_command_prints() -> None:
    command, lines = example()
    name, *arguments = command.split()
    assert name == "checkov-ecs-endpoints"
    printed = iter(told(run(*arguments, directory=REPOSITORY).stdout.splitlines()))
    shown = [line for line in told(lines) if line != LEFT_OUT]
    missing = [line for line in shown if line not in printed]
    assert missing == []
    assert lines.count(LEFT_OUT) == 1


def test_the_first_screen_scans_what_the_first_command_scans() -> None:
    command, _ = example()
    assert f"pip install . && {command}\n" in README


def test_the_table_shows_what_the_command_lists() -> None:
    table = README.partition("\n## Policies\n")[2].partition("\n## ")[0]
    rows = dict(re.findall(r"^\| \[(ECSNET_\d+)\]\(.*?\) \| ([A-Z]+) \|", table, re.MULTILINE))
    printed = [line.split()[:2] for line in run("policies").stdout.splitlines()]
    assert rows == dict(printed)


def test_links_into_the_repository_lead_somewhere() -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)", README) if "://" not in link]
    assert [link for link in links if not (REPOSITORY / link).exists()] == []
