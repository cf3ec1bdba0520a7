"""The bar of a command that works in a few long steps: seen after two seconds, however long the step at hand takes."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from touchstone.serve.progress import progress

_TICK = 0.2
"""Seconds between two looks at how far the work is."""


@contextmanager
def steps(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Give a function to be called after each of `total` steps; nothing may be printed before the last is done."""
    done, over = 0, threading.Event()

    def step() -> None:
        nonlocal done
        done = min(done + 1, total)

    with progress(what) as tell:

        def look() -> None:
            while not over.wait(_TICK):
                tell(done, total, "")

        watcher = threading.Thread(target=look, daemon=True)
        watcher.start()
        try:
            yield step
        finally:
            over.set()
            watcher.join()
