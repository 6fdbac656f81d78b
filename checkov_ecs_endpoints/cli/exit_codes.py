"""The exit codes of the command (design 4.3)."""

OK = 0
FAILED = 1
UNUSABLE = 2
"""Wins over FAILED: the command could not do all of its work."""


class UsageError(Exception):
    """The command was called in a way that cannot be followed; the message says why."""
