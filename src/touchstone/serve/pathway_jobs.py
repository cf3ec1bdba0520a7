"""Long solves asked for on the pages of one workspace: one at a time, told how far they are, stopped when somebody says so, the best plan kept."""

import logging
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any

from touchstone.calc.pathway.deployment.solver import Progress
from touchstone.calc.pathway.refusal import refusal
from touchstone.errors import Refusal

_WAITING, _KEPT = 8, 32
Work = Callable[[Callable[[Progress], None], threading.Event], Any]
"""What is worked out: told how far it is, and stopped, by these two."""


@dataclass(slots=True)
class Job:
    """One solve: waiting, at work, done or failed.

    Attributes:
        progress: the last that was told; found: the answer, once it is there; problem: why there is none.
        stop: set to end it with the best plan so far; ended: set once it has ended, for who waits.
    """

    name: str
    work: Work
    progress: Progress | None = None
    found: Any = None
    problem: Refusal | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def done(self) -> bool:
        """Whether it has ended, one way or the other."""
        return self.found is not None or self.problem is not None

    def run(self) -> None:
        """Work it out; whatever goes wrong is kept, nobody waits for an exception in the background."""
        try:
            self.found = self.work(self._tell, self.stop)
        except Refusal as problem:
            self.problem = problem
        except Exception as error:
            logging.getLogger(__name__).exception("the plan of %s could not be worked out", self.name)
            self.problem = refusal("PATHWAY-016", self.name, why=type(error).__name__)
        finally:
            self.ended.set()

    def _tell(self, progress: Progress) -> None:
        self.progress = progress


class Jobs:
    """The solves of one console; one works, the others wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._every: dict[Hashable, Job] = {}
        self._waiting: list[Job] = []
        self._working = False

    def ask(self, key: Hashable, name: str, work: Work) -> Job:
        """Have something worked out, unless it waits or is at work already. Raises UnusablePathway: PATHWAY-017, too many wait."""
        with self._lock:
            held = self._every.get(key)
            if held is not None and not held.done:
                return held
            if len(self._waiting) >= _WAITING:
                raise refusal("PATHWAY-017", name, count=_WAITING)
            for old in [each for each, kept in self._every.items() if kept.done][
                : max(len(self._every) - _KEPT, 0)
            ]:
                del self._every[old]
            self._every.pop(key, None)
            job = self._every[key] = Job(name, work)
            self._waiting.append(job)
            if not self._working:
                self._working = True
                threading.Thread(target=self._work, daemon=True).start()
            return job

    def of(self, key: Hashable) -> Job | None:
        """The job of a key, None where nobody asked."""
        return self._every.get(key)

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._working = False
                    return
                job = self._waiting.pop(0)
            job.run()
