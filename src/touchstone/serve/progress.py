"""A progress bar on standard error, shown only once something has taken two seconds."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from touchstone.serve.shown import shown

_PATIENCE = 2.0


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int, str], None]]:
    """Give a function to tell (done, of how many, name of the last) to; a pipe sees no bar."""
    started = time.monotonic()
    bar: Any = None
    task: Any = None

    def tell(done: int, total: int, name: str) -> None:
        nonlocal bar, task
        if bar is None and sys.stderr.isatty() and time.monotonic() - started > _PATIENCE:
            bar = _bar()
            bar.start()
            task = bar.add_task(what, total=total, completed=done, name=shown(name))
        if bar is not None:
            bar.update(task, completed=done, total=total, name=shown(name))

    try:
        yield tell
    finally:
        if bar is not None:
            bar.stop()


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    last = TextColumn("{task.fields[name]}", markup=False)
    return Progress(*columns, last, console=Console(stderr=True), transient=True)
