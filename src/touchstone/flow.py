"""The centre: from a folder of documents to audited figures, one short method a step, in order."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from getpass import getuser
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from touchstone.errors import Refusal, UnknownSeries, UnreadableFile
from touchstone.facts.columns import moment_of
from touchstone.facts.document import Document
from touchstone.facts.fact import Fact
from touchstone.facts.ledger import Ledger
from touchstone.facts.lineage import Explanation
from touchstone.facts.reader import Moment
from touchstone.facts.series import Facts, Series, SeriesKey, unknown_series
from touchstone.facts.standing import Reading

if TYPE_CHECKING:
    from touchstone.audit.finding import Finding
    from touchstone.desk.desk import Desk
    from touchstone.facts.search import Passage

_Path = str | os.PathLike[str]
Progress = Callable[[int, int, str], None]
"""Told after each step: how many are done, of how many, and the name of the last."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the workspace: its latest reading. `size` in bytes, `chars` in characters."""

    hash: str
    name: str
    title: str
    media: str
    size: int
    published: date | None
    recorded: datetime
    figures: int
    chars: int


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


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file of inputs: how many are new, how many were known, and the rows that cannot be used."""

    added: int
    known: int
    problems: tuple[Refusal, ...]


class Workspace:
    """One folder: documents, facts, findings and what people accepted. Copying it copies everything."""

    def __init__(self, folder: "str | os.PathLike[str]") -> None:
        self.ledger = Ledger(Path(folder).absolute())
        self.folder = self.ledger.folder
        self._findings = self.folder / "findings.json.zz"
        self._accepted = self.folder / "accepted.toml"

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

        here = self.folder.resolve()
        places = {r.name: Path(os.path.normpath(here / r.origin)) for r in self.ledger.readings() if r.origin}
        inside = {name: at for name, at in places.items() if any(at.is_relative_to(f) for f in folders)}
        return tuple(sorted(name for name, at in inside.items() if name not in met and is_missing(at)))

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

    # --- 3. audit: facts become findings

    def audit(self, progress: Progress | None = None, today: date | None = None) -> "tuple[Finding, ...]":
        """Test all figures against each other; the findings are kept until the next audit.

        `today` is the day against which acceptances expire; the current day where none is given.
        """
        from touchstone.audit.accepted import load_accepted
        from touchstone.audit.audit import audit
        from touchstone.audit.kept import keep_findings

        accepted = load_accepted(self._accepted)
        findings = tuple(audit(list(self._readings(progress)), today or date.today(), accepted))
        keep_findings(self._findings, findings)
        return findings

    def findings(self) -> "tuple[Finding, ...]":
        """The findings of the last audit, most serious first; none before the first."""
        from touchstone.audit.kept import kept_findings

        return kept_findings(self._findings)

    def findings_of(self, fact: str) -> "tuple[Finding, ...]":
        """The findings of the last audit in which a fact takes part."""
        return tuple(finding for finding in self.findings() if fact in finding.facts)

    def _readings(self, progress: Progress | None) -> Iterator[tuple[Document, list[Fact]]]:
        """Each document once, however many names it has, with the facts that count in it."""
        from touchstone.read.intake import named

        names = {entry.hash: entry.name for entry in reversed(self.documents())}
        facts: dict[str, list[Fact]] = {hash: [] for hash in names}
        for fact in self.facts(source=list(names)):
            facts[fact.source].append(fact)
        for done, (hash, name) in enumerate(sorted(names.items(), key=lambda item: item[1]), 1):
            yield named(self.document(hash), name), facts[hash]
            if progress:
                progress(done, len(names), name)

    # --- 4. people: corrections, acceptances, explanations

    def correct(self, fact: str, value: Decimal, reason: str, half_width: Decimal | None = None) -> Fact:
        """Replace a value by hand, with a reason; the old one stays as a vintage."""
        return self.ledger.correct(fact, value, reason, half_width)

    def accept(
        self, finding: str, reason: str, until: date | None = None, by: str = "", today: date | None = None
    ) -> None:
        """Accept a finding in `accepted.toml`, until a last day; the next audit shows it as accepted.

        `by` is the name of the user of this machine where none is given; `today` the current day.

        Raises:
            TouchstoneError: no reason is given, or (UnreadableFile) the last day has passed.
        """
        from touchstone.audit.accepted import add_accepted
        from touchstone.audit.audit import Acceptance

        if until and until < (today or date.today()):
            raise _passed(finding, until)
        add_accepted(self._accepted, finding, Acceptance(reason, by.strip() or _user(), until))

    def withdraw(self, finding: str) -> bool:
        """Take back the acceptance of a finding; False where there is none. The next audit shows it again."""
        from touchstone.audit.accepted import remove_accepted

        return remove_accepted(self._accepted, finding)

    def explain(self, id: str) -> Explanation:
        """Where a number comes from, down to the printed words; the beginning of an id will do.

        Raises:
            UnknownFact: no fact has this id, or several begin so.
        """
        return self.ledger.explain(self.ledger.whole_id(id))

    # --- 5. the desk: prices assessed by people

    def desk(self) -> "Desk":
        """The desk: assessments, their inputs and their trail."""
        from touchstone.desk.desk import Desk

        return Desk(self.ledger)

    def import_inputs(
        self, path: _Path, by: str, quotation: str = "", at: datetime | None = None
    ) -> ImportReport:
        """Take in the deals, bids, offers and indications of a spreadsheet or csv file.

        The file itself is kept in the library, and not read for figures: what it says stays at the desk.

        Raises:
            UnreadableFile: it cannot be read. UnusableQuote: it has no table of inputs.
        """
        from touchstone.desk.intake import inputs_of
        from touchstone.read.read import file_bytes, read_bytes

        name = Path(path).name
        data = file_bytes(Path(path), name)
        document = read_bytes(data, name)
        taken = inputs_of(document, quotation)
        self.ledger.library.keep(document, data)
        added = self.desk().add(taken.inputs, by, at)
        return ImportReport(added, len(taken.inputs) - added, (*document.left_out, *taken.problems))


def _passed(finding: str, until: date) -> UnreadableFile:
    return UnreadableFile(
        "ACCEPT-002", finding, f"a last day that has passed: {until}", "today or a later day", "nothing was accepted",
        "choose a later day, or none",
        zh=(f"有效期已过：{until}", "今天或以后的日期", "没有认可", "另选一个日期，或不填"),
    )  # fmt: skip


def _user() -> str:
    """The name of the user of this machine, "" where it has none."""
    try:
        return getuser()
    except (OSError, KeyError):
        return ""


def _entry(reading: Reading) -> Entry:
    return Entry(
        reading.hash, reading.name, reading.title, reading.media, reading.size, reading.published,
        moment_of(reading.recorded), reading.figures, reading.chars,
    )  # fmt: skip
