"""Prices: facts become quotes, surveys of how prices move each other, and papers; people assess them at the desk."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from touchstone.errors import Refusal, UnknownSeries
from touchstone.facts.reader import Moment
from touchstone.flow.records import Progress, Records

if TYPE_CHECKING:
    from touchstone.calc.linkage.kept import KeptSurvey
    from touchstone.desk.desk import Desk
    from touchstone.errors import Refusal
    from touchstone.facts.exchange import ExchangeRates
    from touchstone.facts.quotation import Quotations
    from touchstone.facts.quote import Quote
    from touchstone.facts.quoted import Quoted


_Path = str | os.PathLike[str]


@dataclass(frozen=True, slots=True)
class Bulletin:
    """The files of an issue, and what the editor should know: quotes left out, figures nothing bears out."""

    files: tuple[Path, ...]
    notices: "tuple[Refusal, ...]"


@dataclass(frozen=True, slots=True)
class InputsReport:
    """What became of a file of inputs: how many are new, how many were known, and the rows that cannot be used.

    `replaced` is how many inputs of an older file of the same name it took the place of.
    """

    added: int
    known: int
    problems: tuple[Refusal, ...]
    replaced: int = 0


class Prices(Records):
    """The prices of one folder."""

    # --- what each price is, and how prices move each other

    def quotations(self) -> "Quotations":
        """What each price is a price of: the `quotations.toml` of the workspace, then those shipped."""
        from touchstone.facts.quotation import quotations

        return quotations(self.folder / "quotations.toml")

    def quotes(self, as_of: Moment | None = None) -> "Quoted":
        """The quotes as of a moment, one for each quotation and period, and what could not become one."""
        from touchstone.facts.quoted import PRICES, quotes_of

        names = {entry.hash: entry.name for entry in self.documents(as_of)}
        return quotes_of(self.facts(measure=PRICES, as_of=as_of), self.quotations(), names)

    def exchange_rates(self, as_of: Moment | None = None) -> "ExchangeRates":
        """The rates of exchange stated as of a moment."""
        from touchstone.facts.exchange import ExchangeRates

        names = {entry.hash: entry.name for entry in self.documents(as_of)}
        return ExchangeRates(self.facts(measure="exchange_rate", as_of=as_of), names)

    def survey(
        self, recipe: str, progress: Progress | None = None, as_of: Moment | None = None,
        computed: datetime | None = None,
    ) -> "KeptSurvey":  # fmt: skip
        """How the prices of a recipe move each other; the result is kept until the next time, unless it is of the past.

        Args:
            recipe: key of a file of data/linkage, or of the folder `linkage` of the workspace.
            as_of: the ledger as it stood then; such a result is given and not kept, so that no page shows the past as now.
            computed: the moment written on the result; now where none is given.

        Raises:
            UnknownSeries: there is no such recipe.
            UnusableSeries: its series are too few or too short for one window.
        """
        from touchstone.calc.linkage.kept import kept, write_survey
        from touchstone.calc.linkage.recipe import recipes
        from touchstone.calc.linkage.survey import survey
        from touchstone.facts.tax import value_added_tax

        known = recipes(self.folder / "linkage")
        if recipe not in known:
            raise UnknownSeries(f"no recipe {recipe!r}; there are {', '.join(known)}")
        quotes: dict[str, list[Quote]] = {}
        for quote in self.quotes(as_of).quotes:
            if quote.quotation.code in known[recipe].series:
                quotes.setdefault(quote.quotation.code, []).append(quote)
        found = survey(
            quotes,
            known[recipe],
            self.exchange_rates(as_of).on,
            lambda day: value_added_tax("CN", day),
            progress,
        )
        used = {quote.source for several in quotes.values() for quote in several}
        titles = [entry.title or entry.name for entry in self.documents(as_of) if entry.hash in used]
        result = kept(found, computed or datetime.now(UTC), titles)
        if as_of is None:
            write_survey(self.folder / "linkage" / f"{recipe}.json.zz", result)
        return result

    def survey_keys(self) -> tuple[str, ...]:
        """The recipes of which a survey is kept."""
        return tuple(sorted(path.name.split(".")[0] for path in (self.folder / "linkage").glob("*.json.zz")))

    def kept_survey(self, recipe: str) -> "KeptSurvey":
        """The survey of a recipe as it was computed last.

        Raises:
            UnknownSeries: there is none.
            LedgerError: it cannot be read.
        """
        from touchstone.calc.linkage.kept import read_survey

        if recipe not in self.survey_keys():
            raise UnknownSeries(
                f"no survey of {recipe!r}; touchstone linkage computes one\n没有“{recipe}”的联动结果；用touchstone linkage计算"
            )
        return read_survey(self.folder / "linkage" / f"{recipe}.json.zz")

    # --- facts become papers

    def bulletin(
        self, day: date, out: _Path, languages: Sequence[str] = ("zh", "en"),
        formats: Sequence[str] = ("docx", "xlsx", "pdf", "html"), judgement: _Path | None = None,
        progress: Progress | None = None, as_of: Moment | None = None, console: str | None = None,
    ) -> Bulletin:  # fmt: skip
        """Write the weekly bulletin of a day into a folder of its own below `out`; all files appear, or none.

        It is read back before it is written. The changes worked out for it are kept as derived facts. Documents
        published after the day do not count; with `as_of` the ledger is read as it stood then.
        Where no judgement is given, that of the workspace is taken (judgement/2020-10-09.toml), which the console writes.
        With `console`, the address of a console that serves this workspace, figures lead there.

        Raises:
            Refusal: nothing was quoted in the week, a file of the workspace or of the editor cannot be used, or
                the bulletin contradicts itself; no file is written.
        """
        from touchstone.facts.derived import fresh
        from touchstone.publish.bulletin.files import check_formats, write_issue
        from touchstone.publish.bulletin.issue import issue_of, known_of
        from touchstone.publish.bulletin.judgement_file import judgement_path
        from touchstone.publish.report.console import address_of

        check_formats(languages, formats)
        address_of(console)
        known = known_of(self, day, as_of)
        kept = judgement_path(self.folder, day)
        written = Path(judgement) if judgement else kept if kept.exists() else None
        issue = issue_of(day, known, languages, written)
        files = write_issue(issue, known.quotations, Path(out), languages, formats, progress, console)
        self.ledger.append(fresh(issue.derived, self.facts(status="derived")))
        return Bulletin(files, issue.notices)

    # --- the desk: prices assessed by people

    def desk(self) -> "Desk":
        """The desk: assessments, their inputs and their trail."""
        from touchstone.desk.desk import Desk

        return Desk(self.ledger)

    def import_inputs(
        self, path: _Path, by: str, quotation: str = "", at: datetime | None = None
    ) -> InputsReport:
        """Take in the deals, bids, offers and indications of a spreadsheet or csv file.

        The file itself is kept in the library, and not read for figures: what it says stays at the desk.

        Raises:
            UnreadableFile: it cannot be read. UnusableQuote: it has no table of inputs, or there is no such quotation.
        """
        from touchstone.desk.intake import inputs_of
        from touchstone.read.read import file_bytes, read_bytes

        name = Path(path).name
        data = file_bytes(Path(path), name)
        document = read_bytes(data, name)
        desk = self.desk()
        taken = inputs_of(document, quotation, desk.known_quotations())
        self.ledger.library.keep(document, data)
        added = desk.add(taken.inputs, by, at)
        problems = (*document.left_out, *taken.problems)
        return InputsReport(added.new, len(taken.inputs) - added.new, problems, added.replaced)
