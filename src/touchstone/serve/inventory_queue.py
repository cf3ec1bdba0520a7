"""Reports of inventories in the making: one after the other, each question once, and the files of the last ones."""

import logging
import threading
from collections.abc import Hashable

from touchstone.calc.carbon.factors.refusal import refusal
from touchstone.calc.carbon.inventory.account import Account
from touchstone.errors import Refusal
from touchstone.flow import Workspace
from touchstone.publish.words import LANGUAGES
from touchstone.serve.inventory_paper import FORMS, checked_report, form_of, moment_now, paper_name

_WAITING = 20
"""Reports that may wait; a longer queue says that somebody asks for all there are."""
_KEPT = 16
"""Reports whose files are kept, some megabytes each; the oldest that is done goes first."""


class ReportNotMade(Refusal):
    """A report that was asked for on a page was not begun, or ended unexpectedly."""


class Papers:
    """The files of one report: wanted, in the making, done, or failed.

    Attributes:
        name: of all files, without language and format; files: those that are done, by name.
        steps_done: of `steps`; done: all files are there.
        problem: why it could not be made, None where nothing went wrong.
    """

    steps = 1 + len(LANGUAGES) * len(FORMS)

    def __init__(self, workspace: Workspace, account: Account) -> None:
        self.name = paper_name(account)
        self.files: dict[str, bytes] = {}
        self.steps_done = 0
        self.problem: Refusal | None = None
        self._asked: tuple[Workspace, Account] | None = (workspace, account)
        self._moment = moment_now()

    @property
    def done(self) -> bool:
        """Whether all files are there."""
        return self.steps_done == self.steps

    def make(self) -> None:
        """Make all files. Whatever goes wrong is kept as `problem`: nobody waits for an exception in the background."""
        assert self._asked
        (workspace, account), self._asked = self._asked, None
        try:
            self._make(workspace, account)
        except Refusal as problem:
            self.problem = problem
        except Exception as error:
            logging.getLogger(__name__).exception("the report %s could not be made", self.name)
            self.problem = refusal(ReportNotMade, "INVENTORY-021", self.name, why=type(error).__name__)

    def _make(self, workspace: Workspace, account: Account) -> None:
        report = checked_report(workspace, account, None, self._moment)
        self.steps_done += 1
        for lang in LANGUAGES:
            for form in FORMS:
                self.files[f"{self.name}.{lang}.{form}"] = form_of(report, form, lang)
                self.steps_done += 1


class Queue:
    """The reports that were asked for on the pages of one workspace; one is made at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._every: dict[Hashable, Papers] = {}
        self._waiting: list[Papers] = []
        self._working = self._making = False

    def ask(self, key: Hashable, workspace: Workspace, account: Account) -> None:
        """Have a report made, unless it waits, is in the making or done already; one that failed is tried again.

        Raises:
            ReportNotMade: INVENTORY-022, too many wait.
        """
        with self._lock:
            there = self._every.get(key)
            if there and not there.problem:
                return
            if len(self._waiting) >= _WAITING:
                raise refusal(ReportNotMade, "INVENTORY-022", paper_name(account), n=_WAITING)
            self._every.pop(key, None)
            self._every[key] = papers = Papers(workspace, account)
            self._waiting.append(papers)
            self._drop()
            if not self._working:
                self._working = True
                threading.Thread(target=self._work, name="reports", daemon=True).start()

    def held(self, key: Hashable) -> Papers | None:
        """The report of a question, None where nobody asked or it was long ago."""
        return self._every.get(key)

    def before(self, papers: Papers) -> int:
        """How many come before a report that waits, with the one in the making; 0 where it is the next, in the making itself, or over."""
        with self._lock:
            return self._waiting.index(papers) + self._making if papers in self._waiting else 0

    def _work(self) -> None:
        while True:
            with self._lock:
                self._working = self._making = bool(self._waiting)
                if not self._working:
                    return
                papers = self._waiting.pop(0)
            papers.make()

    def _drop(self) -> None:
        """Let go of the oldest reports that are over, beyond `_KEPT`."""
        over = [key for key, papers in self._every.items() if papers.done or papers.problem]
        for key in over[: max(0, len(over) - _KEPT)]:
            del self._every[key]
