"""Records: files become documents and figures, and what is known of them is asked."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from touchstone.errors import UnknownSeries, UnreadableFile
from touchstone.facts.columns import moment_of
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.ledger import Ledger
from touchstone.facts.reader import Moment
from touchstone.facts.series import Facts, Series, SeriesKey, unknown_series
from touchstone.facts.standing import Reading

if TYPE_CHECKING:
    from touchstone.facts.search import Passage
    from touchstone.read.sources.declaration import Declaration
    from touchstone.read.sources.importing import ImportReport

_Path = str | os.PathLike[str]
Progress = Callable[[int, int, str], None]
"""Told after each step: how many are done, of how many, and the name of the last."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the workspace: its latest reading. `size` in bytes, `chars` in characters.

    `imported` says that it holds series that were read by a declaration.
    """

    hash: str
    name: str
    title: str
    media: str
    size: int
    published: date | None
    recorded: datetime
    figures: int
    chars: int
    imported: bool


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What became of the files: documents read now, files that could not be read, new facts, files known.

    `withdrawn` names documents read from these folders before, whose files are gone.
    """

    documents: list[Entry]
    problems: list[UnreadableFile]
    added: int
    unchanged: int
    withdrawn: tuple[str, ...] = ()


class Records:
    """The documents and facts of one folder."""

    def __init__(self, folder: "str | os.PathLike[str]") -> None:
        self.ledger = Ledger(Path(folder).absolute())
        self.folder = self.ledger.folder

    # --- 1. read: files become documents and figures

    def read(self, paths: "_Path | Iterable[_Path]", progress: Progress | None = None) -> ReadReport:
        """Read files, and all files of folders; only what is new or has changed is taken in.

        A file that cannot be read is a problem of the report, and the rest goes on. A changed file
        is a new reading: its figures supersede those of the older one, which stay as vintages. So is
        an unchanged file that an earlier edition of the reading rules has read. A document read from one
        of the folders before, whose file is gone, is withdrawn: it counts no more, and stays as a vintage.
        Hidden files and the workspace itself are passed over.
        """
        from touchstone.read.folder import files_in
        from touchstone.read.intake import Intake

        paths = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        files, problems = files_in(paths, self.folder)
        intake = Intake(self.ledger)
        for done, file in enumerate(files, 1):
            try:
                intake.take(file)
            except UnreadableFile as problem:
                problems.append(problem)
            if progress:
                progress(done, len(files), file.name)
        intake.commit()
        gone = self._gone([Path(path).resolve() for path in paths if Path(path).is_dir()], intake.met)
        if gone:
            self.ledger.withdraw(gone)
        read = [entry for entry in self.documents() if entry.name in intake.read]
        return ReadReport(read, problems, intake.added, intake.unchanged, gone)

    def _gone(self, folders: list[Path], met: set[str]) -> tuple[str, ...]:
        """The documents whose files lay in these folders, are no longer there, and were not met elsewhere."""
        from touchstone.read.intake import is_missing
        from touchstone.read.sources.declaration import is_declared

        here = self.folder.resolve()
        places = {
            r.name: Path(os.path.normpath(here / r.origin))
            for r in self.ledger.readings()
            if r.origin and not is_declared(r.edition)
        }
        inside = {name: at for name, at in places.items() if any(at.is_relative_to(f) for f in folders)}
        return tuple(sorted(name for name, at in inside.items() if name not in met and is_missing(at)))

    def import_series(
        self, path: "_Path | None", source: "str | os.PathLike[str] | Declaration", published: date | None = None,
        progress: Progress | None = None,
    ) -> "ImportReport":  # fmt: skip
        """Import the series of a source as its declaration says; see `read.sources.importing.import_series`.

        Args:
            path: the file; None takes the history that comes with the source, or fetches it by its connector.
            source: the id of a declaration that comes with Touchstone, or the path of one in YAML.
            published: the day the file was published, where that is known.

        Raises:
            Refusal: the declaration, the file or the source cannot be used. What is wrong in single rows is a
                problem of the report, and the rest is imported.
        """
        from touchstone.read.sources.declaration import declaration
        from touchstone.read.sources.importing import import_series

        return import_series(
            self.ledger, None if path is None else Path(path), declaration(source), published, progress
        )

    # --- 2. what is known: documents, facts, series

    def documents(self, as_of: Moment | None = None) -> list[Entry]:
        """The documents, each by its latest reading as of a moment, in order of name."""
        return [_entry(reading) for reading in self.ledger.readings(as_of)]

    def document(self, hash: str) -> Document:
        """A document as it was read, by its hash. Raises LedgerError: there is none."""
        return self.ledger.document(hash)

    def raw(self, hash: str) -> bytes:
        """The bytes of a document as they came. Raises LedgerError: there is none."""
        return self.ledger.library.raw(hash)

    def facts(self, **filters: Any) -> Facts:
        """The facts that count; see `Ledger.facts` for `as_of`, `ids` and the filters."""
        return self.ledger.facts(**filters)

    def fact(self, id: str) -> Fact:
        """One fact, superseded or not. Raises UnknownFact."""
        return self.ledger.fact(id)

    def series(
        self, subject: str, measure: str, place: str | None = None, as_of: Moment | None = None,
        unit: str | None = None,
    ) -> Series:  # fmt: skip
        """One point a period, each the latest vintage as of a moment; see `Ledger.series`.

        Raises:
            UnknownSeries: there never was one; the message names the nearest, `series_keys` all.
        """
        found = self.ledger.series(subject, measure, place, as_of, unit)
        if not found.vintages and not self.ledger.series(subject, measure, place, unit=unit).vintages:
            raise UnknownSeries(unknown_series(subject, measure, place, unit, self.series_keys()))
        return found

    def series_keys(self, as_of: Moment | None = None) -> list[SeriesKey]:
        """Every series there is."""
        return self.ledger.series_keys(as_of)

    def vintages(
        self, subject: str, measure: str, place: str | None = None, period: str | None = None,
        as_of: Moment | None = None, unit: str | None = None,
    ) -> tuple[Fact, ...]:  # fmt: skip
        """All that was ever stated of a series (or of one period of it), superseded or not, oldest first."""
        every = self.series(subject, measure, place, as_of, unit).vintages
        return tuple(fact for fact in every if period in (None, fact.period))

    def search(self, words: str, limit: int = 50) -> list[Fact]:
        """Figures in sentences that hold all the words, and those known by them, whatever the case."""
        from touchstone.facts.search import search

        return search(self.ledger, words, limit)

    def passages(self, words: str, limit: int = 50) -> "list[Passage]":
        """Sentences that hold all the words, separated by spaces, with the figures in them."""
        from touchstone.facts.search import passages

        return list(islice(passages(self.ledger, words, limit), limit))


def _entry(reading: Reading) -> Entry:
    from touchstone.read.sources.declaration import is_declared

    return Entry(
        reading.hash, reading.name, reading.title, reading.media, reading.size, reading.published,
        moment_of(reading.recorded), reading.figures, reading.chars,
        is_declared(reading.edition),
    )  # fmt: skip
