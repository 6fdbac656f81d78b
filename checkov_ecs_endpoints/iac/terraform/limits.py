"""How much one root may cost, so that no configuration can stall or exhaust a scan."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

MAX_INSTANCES = 2_000
"""Instances of one block with ``count`` or ``for_each``."""

MAX_MODULES = 4_000
"""Module instances of one root."""

MAX_RESOURCES = 20_000
"""Resource instances of one root."""

MAX_MODULE_DEPTH = 40
"""Module calls inside one another."""

MAX_DEPTH = 300
"""Values that wait for one another: locals, variables, outputs and attributes in a chain."""

MAX_BLOCKS = 5_000
"""Nested blocks that the ``dynamic`` blocks of one root make."""

MAX_HELD = 2_000_000
"""Members of all the larger values of one root together."""

LARGER = 100
"""Values of fewer members are not counted."""

STACK_BYTES = 512 * 1024 * 1024
FRAMES = 60_000


def with_deep_stack(work: Callable[[], T]) -> T:
    """Run ``work`` with room for chains of values that are longer than Python's stack allows.

    The memory of the stack is taken only as far as it is used.
    """
    outcome: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # handed to the caller's thread below
            failure.append(error)

    frames, stack = sys.getrecursionlimit(), threading.stack_size(STACK_BYTES)
    try:
        thread = threading.Thread(target=run, name="terraform")
        sys.setrecursionlimit(max(frames, FRAMES))
        thread.start()
        threading.stack_size(stack)
        thread.join()
    finally:
        # Other threads have the stack they had, and must run out of frames before they run out of it.
        threading.stack_size(stack)
        sys.setrecursionlimit(frames)
    if failure:
        raise failure[0]
    return outcome[0]
